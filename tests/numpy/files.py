#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Files that nd and NumPy both read and write, .npy, .npz and text; and functions that give no arrays.

    files.py --driver files-driver [--counts FILE]
"""

import argparse
import io
import itertools
import pathlib
import subprocess
import sys
import tempfile
import urllib.parse
import warnings
import zipfile

import numpy as np

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))

import counts  # noqa: E402
from core import DTYPES, NAMES  # noqa: E402

warnings.simplefilter("ignore")


class Driver:
    def __init__(self, path):
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __call__(self, name, /, **values):
        """The driver's answer to a command."""
        fields = [name]
        for key, value in values.items():
            for v in value if isinstance(value, (list, tuple)) else [value]:
                v = int(v) if isinstance(v, bool) else v
                fields.append(f"{key}={urllib.parse.quote(str(v))}")
        print("\t".join(fields), file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"the driver died at {fields}")
        return answer.rstrip("\n")


class Comparison:
    def __init__(self, driver, folder):
        self.driver, self.folder = driver, folder
        self.numbers = itertools.count()
        self.counts = {}
        self.mismatches = 0

    def path(self, ending):
        return str(self.folder / f"{next(self.numbers)}{ending}")

    def check(self, name, label, fine, why=""):
        self.counts[name] = self.counts.get(name, 0) + 1
        if not fine:
            self.mismatches += 1
            if self.mismatches <= 60:
                print(f"{name}: {label}: {why}")

    def same(self, name, label, got, wanted):
        """Dtype, shape, order in memory, and every bit but those of a nan."""
        wanted = np.asarray(wanted)
        if wanted.dtype.byteorder == ">":
            wanted = wanted.astype(wanted.dtype.newbyteorder("="))
        if got.dtype != wanted.dtype or got.shape != wanted.shape:
            return self.check(name, label, False, f"{got.dtype}{got.shape}, wanted {wanted.dtype}{wanted.shape}")
        a, b = np.ascontiguousarray(got), np.ascontiguousarray(wanted)
        if a.dtype.kind in "fc":
            a, b = (np.where(np.isnan(x), np.nan, x).astype(x.dtype) if x.dtype.kind == "f" else x for x in (a, b))
            parts = [(a.real, b.real), (a.imag, b.imag)] if a.dtype.kind == "c" else [(a, b)]
            fine = all(np.array_equal(x, y, equal_nan=True) and np.array_equal(np.signbit(x) & ~np.isnan(x),
                                                                               np.signbit(y) & ~np.isnan(y))
                       for x, y in parts)  # fmt: skip
        else:
            fine = a.tobytes() == b.tobytes()
        return self.check(name, label, fine, f"{got.ravel()[:8]}, wanted {wanted.ravel()[:8]}")

    def loads(self, name, label, answer, out, wanted):
        """What the driver saved at `out` against an array, or an exception."""
        if isinstance(wanted, Exception):
            return self.check(name, label, answer.startswith(("io_error: ", "value_error: ", "error: ")),
                              f"{answer}, wanted {wanted!r}")  # fmt: skip
        if answer != "ok":
            return self.check(name, label, False, f"{answer}, wanted {wanted!r}")
        return self.same(name, label, np.load(out), wanted)


def tried(function, *arguments, **values):
    try:
        return function(*arguments, **values)
    except Exception as e:  # noqa: BLE001: whatever NumPy raises, nd has to throw something
        return e


def data_of(dtype, shape, rng):
    n = int(np.prod(shape))
    if dtype.kind == "b":
        return rng.integers(0, 2, shape).astype(bool)
    if dtype.kind in "iu":
        low, high = np.iinfo(dtype).min, np.iinfo(dtype).max
        return rng.integers(low, high, shape, dtype=dtype, endpoint=True)
    values = rng.standard_normal(n).astype(dtype)
    if dtype.kind == "c":
        values = (values + 1j * rng.standard_normal(n)).astype(dtype)
    special = [0.0, -0.0, np.inf, -np.inf, np.nan]
    values[: min(n, 5)] = special[: min(n, 5)]
    return rng.permutation(values).reshape(shape)


SHAPES = [(), (0,), (1,), (5,), (3, 4), (2, 0, 3), (2, 3, 4), (1, 1, 7)]


def npy(c, rng):
    for dtype, shape, order, byteorder in itertools.product(DTYPES, SHAPES, "CF", "=>"):
        data = np.asarray(data_of(dtype, shape, rng), order=order)
        stored = data.astype(dtype.newbyteorder(byteorder), order="K")
        path, out = c.path(".npy"), c.path(".npy")
        np.save(path, stored)
        label = f"{dtype.name}{shape} {order}{byteorder}"
        c.loads("load", label, c.driver("load", **{"in": path, "out": out}), out, stored)
        if byteorder == "=":
            # The same bytes as NumPy writes.
            wanted = pathlib.Path(path).read_bytes()
            c.check("save", label, pathlib.Path(out).read_bytes() == wanted, "the files differ")
            for mode in ["r", "r+", "c"]:
                answer = c.driver("load", **{"in": path, "out": out, "mmap_mode": mode})
                c.loads("load", f"{label} {mode}", answer, out, np.load(path, mmap_mode=mode))
        elif dtype.itemsize > 1 and stored.dtype.byteorder == ">":
            answer = c.driver("load", **{"in": path, "out": out, "mmap_mode": "r"})
            c.check("load", label + " mapped", "byte order" in answer, answer)
        if shape:
            view = stored.T
            c.driver("save", **{"in": path, "out": out, "transpose": 1})
            c.same("save", label + " T", np.load(out), view)
            c.check("save", label + " order", np.load(out).flags.c_contiguous ==
                    np.ascontiguousarray(view).flags.c_contiguous or not view.flags.c_contiguous,
                    "C order")  # fmt: skip
            c.driver("save", **{"in": path, "out": out, "step": 1})
            c.same("save", label + " [::2]", np.load(out), stored[::2])
    # A mapped file is written through, or not.
    for mode in ["r+", "c", "r"]:
        path, out = c.path(".npy"), c.path(".npy")
        data = np.arange(2048.0 * 3).reshape(3, 2048)
        np.save(path, data)
        answer = c.driver("add_one", **{"in": path, "out": out, "mmap_mode": mode})
        if mode == "r":
            c.check("load", "write into a read-only mapping", answer.startswith("value_error"), answer)
        else:
            c.same("load", f"{mode} array", np.load(out), data + 1)
        c.same("load", f"{mode} file", np.load(path), data + 1 if mode == "r+" else data)
    answer = c.driver("load", **{"in": path, "out": out, "mmap_mode": "w"})
    c.check("load", "mmap_mode w", answer.startswith("value_error"), answer)
    # bfloat16 as ml_dtypes has NumPy write it.
    raw = np.arange(6, dtype=np.uint16).reshape(2, 3) * 999
    path, out = c.path(".npy"), c.path(".npy")
    np.save(path, raw.view("V2"))
    c.loads("load", "bfloat16", c.driver("load", **{"in": path, "out": out}), out, raw.view("V2"))
    c.check("save", "bfloat16", b"'<V2'" in pathlib.Path(out).read_bytes())
    # Other versions of the format.
    for version in [(1, 0), (2, 0), (3, 0)]:
        path, out = c.path(".npy"), c.path(".npy")
        with open(path, "wb") as file:
            np.lib.format.write_array(file, raw, version)
        c.loads("load", f"version {version}", c.driver("load", **{"in": path, "out": out}), out, raw)


def npz(c, rng):
    def arrays(count):
        return [data_of(DTYPES[rng.integers(len(DTYPES))], SHAPES[rng.integers(len(SHAPES))], rng)
                for _ in range(count)]  # fmt: skip

    for count, named, compressed in itertools.product([0, 1, 2, 7], [False, True], [False, True]):
        data = arrays(count)
        if count == 7:
            data[2] = np.asarray(data_of(np.dtype(float), (200, 300), rng), order="F")
            data[3] = np.zeros((1000, 100))
        names = [["a", "b c", "ä", "x/y", "w.npy", "z_9", "long" * 30][i] if named else f"arr_{i}"
                 for i in range(count)]  # fmt: skip
        label = f"{count} {'named' if named else 'numbered'}"
        write = np.savez_compressed if compressed else np.savez
        name = write.__name__
        path, theirs = c.path(".npz"), c.path(".npz")
        files = []
        for a in data:
            files.append(c.path(".npy"))
            np.save(files[-1], a)
        if named:
            write(theirs, **dict(zip(names, data)))
        else:
            write(theirs, *data)
        arguments = {"compressed": 1} if compressed else {}
        answer = c.driver("savez", out=path, array=files, name=names if named else [], **arguments)
        c.check(name, label, answer == "ok", answer)
        with np.load(path) as ours:
            c.check(name, label + " names", ours.files == np.load(theirs).files, f"{ours.files}")
            for n, a in zip(np.load(theirs).files, data):
                c.same(name, f"{label} {n}", ours[n], a)
        c.check(name, label + " zip", zipfile.ZipFile(path).testzip() is None)
        if not compressed:
            a, b = (pathlib.Path(p).read_bytes() for p in (path, theirs))
            # Before 3.11.4 Python left the 32-bit sizes in place beside the zip64 field.
            same = a == b if sys.version_info >= (3, 11, 4) else len(a) == len(b)
            c.check(name, label + " bytes", same, "the archives differ")
        out = c.path("")
        answer = c.driver("load_npz", **{"in": theirs, "out": out})
        wanted = "\t".join(["ok"] + np.load(theirs).files)
        c.check("load_npz", label, answer == wanted, f"{answer}, wanted {wanted}")
        for i, a in enumerate(data):
            c.same("load_npz", f"{label} {i}", np.load(f"{out}{i}.npy"), a)
    # zip64 fields in the directory, data descriptors, and damage.
    path, out = c.path(".npz"), c.path("")

    class Pipe(io.RawIOBase):  # zipfile cannot seek back in it
        def __init__(self, file):
            self.file = file

        def writable(self):
            return True

        def write(self, data):
            return self.file.write(data)

        def flush(self):
            if not self.file.closed:
                self.file.flush()

    with open(path, "wb") as file, zipfile.ZipFile(Pipe(file), "w", zipfile.ZIP_DEFLATED) as archive:
        for i in range(3):
            with archive.open(f"a{i}.npy", "w", force_zip64=True) as member:
                np.lib.format.write_array(member, np.arange(100.0) * i)
    answer = c.driver("load_npz", **{"in": path, "out": out})
    c.check("load_npz", "streamed archive", answer == "ok\ta0\ta1\ta2", answer)
    for i in range(3):
        c.same("load_npz", f"streamed archive {i}", np.load(f"{out}{i}.npy"), np.arange(100.0) * i)
    broken = bytearray(pathlib.Path(theirs).read_bytes())
    for at in range(0, len(broken), max(1, len(broken) // 60)):
        damaged = bytearray(broken)
        damaged[at] ^= 0x10
        pathlib.Path(path).write_bytes(damaged)
        answer = c.driver("load_npz", **{"in": path, "out": out})
        said = answer.startswith("io_error") and ("byte " in answer or "entry '" in answer)
        c.check("load_npz", f"damage at {at}", said or answer.startswith("ok"), answer)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("note.txt", "no array")
    answer = c.driver("load_npz", **{"in": path, "out": out})
    c.check("load_npz", "an entry that is no array", "entry 'note.txt': byte 0" in answer, answer)


LOADTXT = [
    ("1 2\n3 4\n", {}),
    ("1,2\n3,4\n", {"delimiter": ","}),
    ("1,2\n3,4\n", {"delimiter": ",", "unpack": True}),
    ("# c\n1 2 # x\n\n#\n3 4", {}),
    ("% c\n1 2 // x\n3 4", {"comments": ["%", "//"]}),
    ("1;2\n3;4", {"delimiter": ";", "usecols": [1]}),
    ("1 2 3\n4 5 6", {"usecols": [-1, 0]}),
    ("a b\n1 2\n3 4\n5 6", {"skiprows": 1, "max_rows": 2}),
    ("x\n\n#\n1 2\n\n3 4\n5 6", {"skiprows": 1, "max_rows": 2}),
    ("1\n2\n3", {}),
    ("1 2 3", {}),
    ("7", {}),
    ("7", {"ndmin": 1}),
    ("7", {"ndmin": 2}),
    ("1 2 3", {"ndmin": 2}),
    ("1\n2\n3", {"ndmin": 2}),
    ("1\n2\n3", {"ndmin": 2, "unpack": True}),
    ("1 2\n3 4", {"ndmin": 3}),
    ("", {}),
    ("", {"ndmin": 2}),
    ("# nothing\n\n", {}),
    ('"1","2"\n"3","4"', {"delimiter": ",", "quotechar": '"'}),
    ('"1\n",2\n3,"4"', {"delimiter": ",", "quotechar": '"'}),
    ('1 "2" 3', {"quotechar": '"'}),
    ("1,2\n3", {"delimiter": ","}),
    ("1,2\n3,4,5", {"delimiter": ","}),
    ("1,2\n3,x", {"delimiter": ","}),
    ("1,,2", {"delimiter": ","}),
    ("1,2,\n3,4,", {"delimiter": ","}),
    ("1 2\n3 4", {"usecols": [2]}),
    ("1 2\n3 4", {"usecols": [-3]}),
    ("1\t2\n3\t4", {"delimiter": "\t"}),
    ("1\t2\n3\t4", {}),
    (" 1 , 2 \n 3 , 4 ", {"delimiter": ","}),
    ("1 2\r\n3 4\r\n", {}),
    ("1 2\r3 4\r", {}),
    ("1e5 1E-5 .5 5. +1 -1 -0 1e400 1e-400 inf -inf nan Infinity", {}),
    ("0.1 0.2 0.30000000000000004 1.7976931348623157e308 5e-324 2.2250738585072011e-308", {}),
    ("9007199254740993 9007199254740992.5 0.1e-5 123456789012345678901234567890", {}),
    ("ab,1\ncde,2", {"delimiter": ",", "length": [0]}),
    ("1,ab\n2,cde", {"delimiter": ",", "length": [1], "usecols": [1]}),
    ("0x10", {}), ("1_000", {}), ("1d5", {}), ("--1", {}), ("1,5", {}), ("one", {}), ("1 2 #", {"comments": ["#"]}),
    ("1#2", {"comments": [""]}),
]  # fmt: skip

INTEGERS = ["1 2 -3", "+4 0 7", "127 -128", "128 -129", "255 0", "256", "32767 -32768", "32768", "65535", "65536",
            "2147483647 -2147483648", "2147483648", "4294967295", "4294967296", "9223372036854775807",
            "-9223372036854775808", "9223372036854775808", "18446744073709551615", "18446744073709551616", "x", "1 x",
            "0 1 2"]  # fmt: skip
COMPLEX = ["1+2j", "(1+2j)", "( 1+2j )", "2j", "-2j", "1", "(3)", "1-2j 3+4j", "1e2+1e-2j", "inf+nanj", "1+infj", "j",
           "1+j", "1 +2j", "1+2", "(1+2j", "1+2j)", "1+2i", "1j2", "()", "1++2j", "1+-2j", "-0-0j"]  # fmt: skip

FORMS = ["1", "-1", "1.5", "-0.0", "1e3", "1e-320", "1e309", ".5", "5.", "+3", "nan", "-nan", "inf", "-Infinity", "NaN",
         "1e", "e1", ".", "+", "", "1.2.3", "0x1p3", "0x10", "1_0", "True", "1f", "1L", " 7 ", "1e+5", "1E5",
         "00012", "1e0005", "infinit", "nan(1)", "++1", "1-", "0.1", "123456789.123456789", "1e22", "1e23",
         "4.35", "2.675", "9.5367431640625e-07", "6.0221e23"]  # fmt: skip


def loadtxt(c, rng):
    def one(text, options, dtype, label):
        path, out = c.path(".txt"), c.path(".npy")
        pathlib.Path(path).write_bytes(text.encode())
        theirs = dict(options)
        if theirs.get("comments") == [""]:
            theirs["comments"] = None
        if "length" in theirs:
            theirs["converters"] = {i: len for i in theirs.pop("length")}
        if dtype == np.float16 and "_" in text:
            return  # which NumPy alone reads with Python's float()
        with warnings.catch_warnings():
            # "1.5" as an integer, which NumPy deprecates, is an error here.
            warnings.simplefilter("error", DeprecationWarning)
            wanted = tried(np.loadtxt, path, dtype=dtype, encoding="utf-8", **theirs)
        answer = c.driver("loadtxt", **{"in": path, "out": out, "dtype": dtype.name}, **options)
        c.loads("loadtxt", f"{label} {dtype.name} {options}", answer, out, wanted)
        if answer.startswith("io_error"):
            c.check("loadtxt", f"{label} names its line", f"{path}:" in answer, answer)

    for text, options in LOADTXT:
        for dtype in [np.dtype(n) for n in ("float64", "float32", "float16", "complex128")]:
            one(text, options, dtype, repr(text))
    for text, dtype in itertools.product(INTEGERS, [d for d in DTYPES if d.kind in "iu"]):
        one(text, {}, dtype, repr(text))
    for text in ["0 1 2", "-1", "x", "True"]:
        one(text, {}, np.dtype(bool), repr(text))
    for text, dtype in itertools.product(COMPLEX, [np.dtype("complex64"), np.dtype("complex128")]):
        one(text, {"delimiter": ","}, dtype, repr(text))
    for form in FORMS:
        one(f"1,{form}", {"delimiter": ","}, np.dtype(float), repr(form))
    for _ in range(60):  # digits of every length
        values = rng.integers(0, 2**63, 20).view(np.float64)
        text = " ".join(np.format_float_scientific(v, precision=int(rng.integers(1, 25)), unique=False) for v in values)
        one(text, {}, np.dtype(float), "random")
        one(text, {}, np.dtype(np.float32), "random")
    # A column at a time from a table, also deflated.
    table = rng.standard_normal((50, 7))
    path, out = c.path(".txt.gz"), c.path(".npy")
    np.savetxt(path, table)
    c.loads("loadtxt", "gzip", c.driver("loadtxt", **{"in": path, "out": out}), out, np.loadtxt(path))
    cut = pathlib.Path(path).read_bytes()[:100]
    pathlib.Path(path).write_bytes(cut)
    answer = c.driver("loadtxt", **{"in": path, "out": out})
    c.check("loadtxt", "gzip cut short", "byte 100: the gzip stream ends early" in answer, answer)


GENFROMTXT = [
    ("1 2\n3 4", {}),
    ("1,2\n3,4", {"delimiter": ","}),
    ("1,,3\n4,5,", {"delimiter": ","}),
    ("1,,3\n4,5,", {"delimiter": ",", "filling_values": 0}),
    ("1,,3\n4,5,", {"delimiter": ",", "filling_values": [7, 8]}),
    ("1,,3\n4,5,", {"delimiter": ",", "filling_in": 1, "filling_with": -5}),
    ("1,,3\n4,5,", {"delimiter": ",", "filling_in": 1, "filling_with": -5, "usecols": [1, 2]}),
    ("1,N/A,3\n4,5,x", {"delimiter": ","}),
    ("1,N/A,3\n4,5,x", {"delimiter": ",", "missing_values": "N/A,x", "filling_values": -1}),
    ("1,N/A,3\n4,5,x", {"delimiter": ",", "missing_values": "N/A", "loose": False}),
    ("1,N/A,3\n4,5,x", {"delimiter": ",", "missing_values": "N/A,x", "loose": False}),
    ("1,N/A\n-,5", {"delimiter": ",", "missing_values": ["-", "N/A"], "loose": False}),
    ("1,N/A\n4,-", {"delimiter": ",", "missing_in": 1, "missing_text": ["-", "N/A"], "loose": False}),
    ("1,N/A\n4,-", {"delimiter": ",", "missing_in": 0, "missing_text": ["-", "N/A"], "loose": False}),
    ("1,-999\n2,3", {"delimiter": ",", "missing_values": "-999"}),
    ("h\n1 2\n3 4\nf", {"skip_header": 1, "skip_footer": 1}),
    ("1 2\n3 4\n5 6\n7 8", {"skip_footer": 2}),
    ("1 2\n3 4\n5 6\n7 8", {"max_rows": 2}),
    ("1 2\n3 4", {"skip_footer": 1, "max_rows": 1}),
    ("1 2\n3 4", {"max_rows": 0}),
    ("# c\n1 2 # x\n\n3 4", {}),
    ("% c\n1 2 % x\n3 4", {"comments": "%"}),
    ("1 2 3\n4 5 6", {"usecols": [2, 0]}),
    ("1 2 3\n4 5 6", {"usecols": [-1]}),
    ("1 2 3\n4 5", {"usecols": [0, 1]}),
    ("1 2 3\n4 5", {}),
    ("1 2 3\n4 5\n7 8 9", {"invalid_raise": False}),
    ("1 2 3\n4 5\n7 8 9\n1", {"skip_footer": 1, "invalid_raise": False}),
    ("1 2 3\n4 5 6\n7", {"skip_footer": 1}),
    ("7", {}), ("7", {"ndmin": 1}), ("7", {"ndmin": 2}), ("1 2", {"ndmin": 2}), ("1\n2", {"ndmin": 2}),
    ("1\n2", {"ndmin": 2, "unpack": True}), ("1 2\n3 4", {"unpack": True}),
    ("a;b\n1;2\n3;4", {"delimiter": ";", "skip_header": 1}),
    ("1 , 2\n3 , x", {"delimiter": ",", "autostrip": True}),
    ("1, \n3,4", {"delimiter": ",", "autostrip": True}),
    ("1, \n3,4", {"delimiter": ",", "loose": False}),
    ("1::2\n3::4", {"delimiter": "::"}),
    ("123456\n789012", {"width": [3]}),
    ("1234567\n7890", {"width": [3]}),
    ("12345\n78901", {"width": [2, 3]}),
    ("  1 22333\n  4 55666", {"width": [3, 3, 3]}),
    ("1 2\r\n3 4\r\n", {}), ("1\t\t3\n4\t5\t6", {"delimiter": "\t"}), ("1\t2\n3\t4", {}),
    ("ab,1\ncde,2", {"delimiter": ",", "length": [0]}),
    ("1_000,2\n3,4", {"delimiter": ","}), ("1_,2\n3,_4", {"delimiter": ","}),
    ("nan,inf\n-inf,1e400", {"delimiter": ","}),
    ("TRUE,1\nfalse,0", {"delimiter": ","}),
    ("1.7,2\n300,x", {"delimiter": ","}), ("-1.7,2.2\n3,4", {"delimiter": ","}),
    ("1+2j,3\n4j,(5-6j)", {"delimiter": ","}), ("j,-j\nJ,1+J", {"delimiter": ","}),
    ("year,spots,no\n1700,5,1\n1701,11,2", {"delimiter": ",", "names": True, "use_names": ["spots"]}),
    ("# year spots no\n1700 5 1\n1701 11 2", {"names": True, "use_names": ["no", "year"]}),
    ("\n#\na b (c),b,b,,file\n1,2,3,4,5\n6,7,8,9,0",
     {"delimiter": ",", "names": True, "use_names": ["b_1", "a_b_c", "f0", "file_"]}),
    ("1,2,3\n4,5,6", {"delimiter": ",", "called": "x, y, z", "use_names": ["z", "x"]}),
    ("a,b\n1,2", {"delimiter": ",", "names": True, "use_names": ["c"]}),
]  # fmt: skip


def genfromtxt(c, rng):
    def one(text, options, dtype):
        path, out = c.path(".txt"), c.path(".npy")
        pathlib.Path(path).write_bytes(text.encode())
        theirs = dict(options)
        if "length" in theirs:
            theirs["converters"] = {i: len for i in theirs.pop("length")}
        if "width" in theirs:
            theirs["delimiter"] = theirs["width"] if len(theirs["width"]) > 1 else theirs["width"][0]
            del theirs["width"]
        if "missing_in" in theirs:
            theirs["missing_values"] = {theirs.pop("missing_in"): theirs.pop("missing_text")}
        if "use_names" in theirs:
            theirs["usecols"] = theirs.pop("use_names")
        if "called" in theirs:
            theirs["names"] = theirs.pop("called")
        named = "use_names" in options
        if named and dtype == bool:  # NumPy's records take the truth of the text, its arrays TRUE and FALSE
            return
        if "filling_in" in theirs:
            theirs["filling_values"] = {theirs.pop("filling_in"): theirs.pop("filling_with")}
        with np.errstate(all="ignore"), warnings.catch_warnings():
            # NumPy 2 refuses integers out of range, which 1.x lets wrap with a warning.
            warnings.simplefilter("error", DeprecationWarning)
            wanted = tried(np.genfromtxt, path, dtype=dtype, encoding="utf-8", **theirs)
        if named and isinstance(wanted, np.ndarray):  # NumPy gives records
            wanted = np.stack([wanted[n] for n in wanted.dtype.names], -1) if wanted.dtype.names else wanted
            wanted = wanted[..., 0] if len(theirs["usecols"]) == 1 and wanted.ndim > 1 else wanted
        if isinstance(wanted, np.ndarray) and wanted.dtype != dtype:
            return
        answer = c.driver("genfromtxt", **{"in": path, "out": out, "dtype": dtype.name}, **options)
        c.loads("genfromtxt", f"{text!r} {dtype.name} {options}", answer, out, wanted)
        if answer.startswith("io_error"):
            c.check("genfromtxt", f"{text!r} names its line", f"{path}:" in answer, answer)

    for text, options in GENFROMTXT:
        for name in ("float64", "float32", "int64", "int32", "int8", "uint16", "complex128", "bool"):
            one(text, options, np.dtype(name))
    for form in FORMS + COMPLEX:  # each behind a 1
        for loose in (False, True):
            for name in ("float64", "complex128", "int64", "int16"):
                one(f"1,{form}", {"delimiter": ",", "loose": loose}, np.dtype(name))


FORMATS = ["%.18e", "%e", "%E", "%.3e", "%12.4e", "%-12.4e|", "%+e", "% e", "%012.3e", "%f", "%.0f", "%10.2f", "%-10.2f|",
           "%+.1f", "%010.2f", "%-010.2f|", "%F", "%g", "%G", "%.3g", "%.0g", "%.17g", "%10g", "%+g", "%010g", "%s",
           "%10s", "%-10s|", "%.3s", "%d", "%i", "%u", "%5d", "%-5d|", "%05d", "%+d", "% d", "%.4d", "%8.4d", "%08.4d",
           "%x", "%X", "%o", "%#x", "%#o", "%5x", "%.4x", "%", "%q", "no", "%%", "%d%%", "[%d]", "%ld",
           "%.200f", "%.1000f"]  # fmt: skip


def savetxt(c, rng):
    def one(data, options, label):
        source, ours, theirs = c.path(".npy"), c.path(".txt"), c.path(".txt")
        np.save(source, data)
        arguments = dict(options)
        fmt = arguments.get("fmt")
        wanted = tried(np.savetxt, theirs, data, **arguments)
        answer = c.driver("savetxt", **{"in": source, "out": ours}, **options)
        if isinstance(wanted, Exception):
            return c.check("savetxt", label, answer != "ok" and not pathlib.Path(ours).exists(), f"{answer}, wanted {wanted!r}")
        if answer != "ok":
            return c.check("savetxt", label, False, answer)
        a, b = pathlib.Path(ours).read_bytes(), pathlib.Path(theirs).read_bytes()
        return c.check("savetxt", label, a == b, f"{fmt}: {a[:80]!r}, wanted {b[:80]!r}")

    for dtype, shape in itertools.product(DTYPES, [(0,), (3,), (2, 3), (3, 0), (0, 3), (), (2, 2, 2)]):
        one(np.asarray(data_of(dtype, shape, rng)), {}, f"{dtype.name}{shape}")
    values = {
        "float64": [0, -0.0, 1, -1.5, 1e-5, 123456.789, 1e16, 1e22, 1e300, -2.5, 0.1, 5e-324, np.pi, 99999.5],
        "float32": [0, 1, 0.1, 1e-5, 16777216, -2.5, 1e30, 3.4e38],
        "float16": [0, 1, 0.1, 65504, -2.5],
        "int64": [0, 1, -1, 255, -256, 2**63 - 1, -(2**63)],
        "uint64": [0, 1, 2**64 - 1],
        "int8": [0, 1, -1, 127, -128],
        "bool": [0, 1],
    }
    for fmt, (name, list_) in itertools.product(FORMATS, values.items()):
        one(np.array(list_, name), {"fmt": fmt}, f"{fmt} {name}")
    for fmt in ["%d", "%e", "%010f", "%-8g|", "%+G", "%s", "%5.1f"]:
        one(np.array([np.inf, -np.inf, np.nan]), {"fmt": fmt}, f"{fmt} special")
    z = np.array([[1 + 2j, -3.5 - 0.25j], [np.inf + 1j, -0.0 - 0.0j], [complex(np.nan, -np.inf), 1e300j]])
    for fmt in ["%.18e", "%.2f", "%g", "%+.1e", "%d", "%s", "%.2f %.2f %.1f %.1f", ["%.1f%+.1fj", "(%g,%g)"], ["%g", "%g"],
                "%.2f %.2f", "%5.1f"]:  # fmt: skip
        one(z, {"fmt": fmt}, f"{fmt} complex")
        one(z.astype(np.complex64)[:2], {"fmt": fmt}, f"{fmt} complex64")
    x = rng.standard_normal((4, 3))
    for options in [{"delimiter": ","}, {"delimiter": ", "}, {"newline": "\r\n"}, {"header": "a b c"}, {"footer": "end"},
                    {"header": "two\nlines", "footer": "and\nmore"}, {"header": "h", "comments": ""},
                    {"header": "h", "comments": "// "}, {"fmt": ["%d", "%.2f", "%s"]}, {"fmt": "%d;%.2f;%g"},
                    {"fmt": ["%d", "%d"]}, {"fmt": "%d %d"}, {"fmt": "%.3f", "delimiter": "\t"}]:  # fmt: skip
        one(x, options, str(options))
        one(np.asfortranarray(x), options, f"{options} F")
    # What is written is read back.
    for _ in range(20):
        data = rng.integers(0, 2**63, (5, 4)).view(np.float64)
        source, text, out = c.path(".npy"), c.path(".txt.gz"), c.path(".npy")
        np.save(source, data)
        c.driver("savetxt", **{"in": source, "out": text})
        c.same("savetxt", "gzip", np.loadtxt(text), data)
        c.loads("loadtxt", "round trip", c.driver("loadtxt", **{"in": text, "out": out}), out, data)


def is_near(a, b, rtol, atol, equal_nan):
    """numpy.isclose of NumPy 2; in 1.x infinite complex numbers became nan on the way."""
    if b.dtype.kind in "biu":
        b = b.astype(float)
    if a.dtype.kind == "b":
        a = a.astype(b.dtype)
    with np.errstate(all="ignore"):
        near = (np.abs(a - b) <= atol + rtol * np.abs(b)) & np.isfinite(b) | (a == b)
    return near | np.isnan(a) & np.isnan(b) if equal_nan else near


def predicates(c, rng):
    for dtype, shape in itertools.product(DTYPES, [(), (0,), (4,), (2, 3)]):
        data = data_of(dtype, shape, rng)
        near = (data * (1 + 1e-6) + 1e-9).astype(dtype) if dtype.kind in "fc" else data
        other = data.copy()
        if data.size:
            other.flat[-1] = not other.flat[-1] if dtype.kind == "b" else 1 if other.flat[-1] != 1 else 2
        for b in [data, near, other, data.astype(np.float64 if dtype.kind != "c" else np.complex128), data[..., :1]
                  if shape else data[None]]:  # fmt: skip
            paths = c.path(".npy"), c.path(".npy")
            np.save(paths[0], data)
            np.save(paths[1], b)
            for nan in (False, True):
                wanted = f"ok {np.array_equal(data, b, equal_nan=nan)}"
                answer = c.driver("array_equal", a=paths[0], b=paths[1], equal_nan=nan)
                c.check("array_equal", f"{dtype.name}{shape}", answer == wanted, f"{answer}, wanted {wanted}")
                for rtol, atol in [(1e-5, 1e-8), (0.0, 0.0), (1.0, 0.5)]:
                    near, out = is_near(data, b, rtol, atol, nan), c.path(".npy")
                    arguments = dict(a=paths[0], b=paths[1], rtol=rtol, atol=atol, equal_nan=nan)
                    c.loads("isclose", f"{dtype.name}{shape} {rtol}", c.driver("isclose", out=out, **arguments), out, near)
                    wanted = f"ok {bool(np.all(near))}"
                    answer = c.driver("allclose", **arguments)
                    c.check("allclose", f"{dtype.name}{shape} {rtol}", answer == wanted, f"{answer}, wanted {wanted}")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--driver", required=True)
    arguments.add_argument("--counts", help="a file for the number of comparisons of each name")
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    rng = np.random.Generator(np.random.PCG64(options.seed))
    with tempfile.TemporaryDirectory() as folder:
        c = Comparison(Driver(options.driver), pathlib.Path(folder))
        for part in (npy, npz, loadtxt, genfromtxt, savetxt, predicates):
            part(c, rng)
        c.driver.process.stdin.close()
        c.driver.process.wait()
    counts.write(options.counts, c.counts)
    for name, count in c.counts.items():
        print(f"  {name}: {count}")
    print(f"{sum(c.counts.values())} comparisons, {c.mismatches} mismatches")
    return 1 if c.mismatches else 0


if __name__ == "__main__":
    sys.exit(main())
