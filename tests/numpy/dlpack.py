#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Arrays that nd and NumPy share through DLPack, in one process: the same addresses, writes seen on both sides.

    dlpack.py --library LIBRARY [--counts FILE]
"""

import argparse
import ctypes
import gc
import itertools
import pathlib
import sys

import numpy as np

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))

import counts  # noqa: E402
from core import CODE  # noqa: E402

DTYPES = [np.dtype(n) for n in ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16",
                                "float32", "float64", "complex64", "complex128")]  # fmt: skip

api = ctypes.pythonapi
Destructor = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
api.PyCapsule_New.restype = ctypes.py_object
api.PyCapsule_New.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
api.PyCapsule_GetPointer.restype = ctypes.c_void_p
api.PyCapsule_GetPointer.argtypes = [ctypes.py_object, ctypes.c_char_p]
api.PyCapsule_SetName.argtypes = [ctypes.py_object, ctypes.c_char_p]


class DLTensor(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("device_type", ctypes.c_int), ("device_id", ctypes.c_int),
                ("ndim", ctypes.c_int), ("code", ctypes.c_uint8), ("bits", ctypes.c_uint8), ("lanes", ctypes.c_uint16),
                ("shape", ctypes.POINTER(ctypes.c_int64)), ("strides", ctypes.POINTER(ctypes.c_int64)),
                ("byte_offset", ctypes.c_uint64)]  # fmt: skip


class Managed(ctypes.Structure):
    pass


Deleter = ctypes.CFUNCTYPE(None, ctypes.POINTER(Managed))
Managed._fields_ = [("tensor", DLTensor), ("context", ctypes.c_void_p), ("deleter", Deleter)]


class Library:
    def __init__(self, path):
        self.c = ctypes.CDLL(path)
        pointer, integer = ctypes.c_void_p, ctypes.c_int64
        for name, result, arguments in [
            ("arange", pointer, [ctypes.c_int, ctypes.POINTER(integer), ctypes.c_int]),
            ("view", pointer, [pointer, ctypes.c_int]),
            ("import", pointer, [pointer]),
            ("export", pointer, [pointer]),
            ("add", ctypes.c_bool, [pointer, ctypes.c_double]),
            ("address", pointer, [pointer]),
            ("values", integer, [pointer, ctypes.POINTER(ctypes.c_double)]),
            ("free", None, [pointer]),
            ("live_bytes", integer, []),
            ("failure", ctypes.c_char_p, []),
        ]:
            function = getattr(self.c, "dl_" + name)
            function.restype, function.argtypes = result, arguments

    def failure(self):
        return self.c.dl_failure().decode()


class Array:
    """An nd::array with NumPy's protocol."""

    def __init__(self, library, handle):
        assert handle, library.failure()
        self.library, self.handle = library, handle

    def __del__(self):
        self.library.c.dl_free(self.handle)

    def __dlpack__(self, stream=None):
        tensor = self.library.c.dl_export(self.handle)
        if not tensor:
            raise BufferError(self.library.failure())
        return api.PyCapsule_New(tensor, b"dltensor", None)

    def __dlpack_device__(self):
        return (1, 0)

    def view(self, which):
        return Array(self.library, self.library.c.dl_view(self.handle, which))

    def values(self):
        out = (ctypes.c_double * 4096)()
        return np.array(out[: self.library.c.dl_values(self.handle, out)])


def arange(library, dtype, shape):
    return Array(library, library.c.dl_arange(CODE[dtype], (ctypes.c_int64 * max(1, len(shape)))(*shape), len(shape)))


def taken(library, a):
    """A NumPy array's tensor in nd, as a consumer takes it out of the capsule."""
    capsule = a.__dlpack__()
    handle = library.c.dl_import(api.PyCapsule_GetPointer(capsule, b"dltensor"))
    if handle:
        api.PyCapsule_SetName(capsule, b"used_dltensor")
        return Array(library, handle)
    return None


count = {"to_dlpack": 0, "from_dlpack": 0}
mismatches = 0


def check(name, label, fine, why=""):
    global mismatches
    count[name] += 1
    if not fine:
        mismatches += 1
        print(f"{name}: {label}: {why}")


def view_of(a, which):
    return [lambda: a, lambda: a.T, lambda: a[::-2], lambda: a[np.newaxis], lambda: a[..., 1:]][which]()


def outwards(library, dtype, shape, which):
    """NumPy looks at nd's memory."""
    label = f"{dtype.name}{shape} view {which}"
    base = arange(library, dtype, shape)
    x = base.view(which)
    a = np.from_dlpack(x)
    n = int(np.prod(shape))
    wanted = view_of(np.arange(n).astype(dtype).reshape(shape), which)
    check("to_dlpack", label, a.dtype == dtype and a.shape == wanted.shape and np.array_equal(a, wanted), f"{a}")
    check("to_dlpack", label + " address", not a.size or a.ctypes.data == library.c.dl_address(x.handle))
    check("to_dlpack", label + " strides", all(s == t for s, t, e in zip(a.strides, wanted.strides, a.shape) if e > 1)
          or not a.size, f"{a.strides}, wanted {wanted.strides}")  # fmt: skip
    library.c.dl_add(base.handle, 3.0)
    check("to_dlpack", label + " write in nd", np.array_equal(a, wanted + dtype.type(3)), f"{a}")
    if a.size:
        # NumPy makes what it imports read-only, as it cannot know better; the memory is there to be written.
        raw = np.ctypeslib.as_array((ctypes.c_uint8 * dtype.itemsize).from_address(a.ctypes.data))
        raw[:] = np.frombuffer(np.array([7], dtype).tobytes(), np.uint8)
        check("to_dlpack", label + " write outside", x.values()[0] == 7, f"{x.values()}")
    del base, x
    gc.collect()
    check("to_dlpack", label + " outlives nd's handles", not a.size or a.ravel()[0] == 7, f"{a}")


def inwards(library, dtype, shape, which):
    """nd looks at NumPy's memory."""
    label = f"{dtype.name}{shape} view {which}"
    base = np.arange(int(np.prod(shape))).astype(dtype).reshape(shape).copy()
    a = view_of(base, which)
    before = sys.getrefcount(a)
    x = taken(library, a)
    real = a.real.astype(np.float64)
    check("from_dlpack", label, np.array_equal(x.values(), real.ravel()), f"{x.values()}")
    check("from_dlpack", label + " address", not a.size or library.c.dl_address(x.handle) == a.ctypes.data)
    base += dtype.type(2)
    check("from_dlpack", label + " write in NumPy", np.array_equal(x.values(), real.ravel() + 2), f"{x.values()}")
    library.c.dl_add(x.handle, 5.0)
    check("from_dlpack", label + " write in nd", np.array_equal(a.real, (real + 7).astype(a.real.dtype)), f"{a}")
    held = sys.getrefcount(a)
    second = x.view(0)
    del x
    gc.collect()
    check("from_dlpack", label + " is kept", sys.getrefcount(a) == held > before, f"{sys.getrefcount(a)}")
    del second
    gc.collect()
    check("from_dlpack", label + " is given back", sys.getrefcount(a) == before, f"{sys.getrefcount(a)}, {before}")


def refusals(library):
    shape = (ctypes.c_int64 * 2)(2, 3)
    data = (ctypes.c_double * 6)(*range(6))
    calls = []
    deleter = Deleter(lambda self: calls.append(1))

    def managed(**fields):
        m = Managed()
        m.tensor = DLTensor(ctypes.cast(data, ctypes.c_void_p), 1, 0, 2, 2, 64, 1, shape, None, 0)
        m.deleter = deleter
        for key, value in fields.items():
            setattr(m.tensor, key, value)
        return m

    def refused(label, text, **fields):
        m = managed(**fields)
        handle = library.c.dl_import(ctypes.addressof(m))
        check("from_dlpack", label, not handle and text in library.failure(), library.failure())
        check("from_dlpack", label + ": still the caller's", not calls, f"{len(calls)}")

    refused("device", "the elements are on CUDA:1, which the processor cannot read; copy them to the CPU first",
            device_type=2, device_id=1)  # fmt: skip
    refused("lanes", "4 lanes have no dtype", lanes=4)
    refused("bits", "type code 2 with 128 bits", bits=128)
    refused("axes", "the tensor has 65 axes; 0 to 64 are expected", ndim=65)
    refused("no shape", "the tensor has 2 axes and a null pointer for its shape", shape=ctypes.POINTER(ctypes.c_int64)())
    refused("no data", "has a null pointer for data", data=None)
    refused("negative extent", "-2", shape=(ctypes.c_int64 * 2)(-2, 3))
    refused("overflow", "reaches over more than 2^63 bytes", strides=(ctypes.c_int64 * 2)(2**62, 1))
    refused("overflow", "2^63", shape=(ctypes.c_int64 * 2)(2**40, 2**40))
    check("from_dlpack", "null", not library.c.dl_import(None) and "null" in library.failure(), library.failure())

    # The deleter is called once, when the last view is gone; an offset is counted in bytes.
    m = managed(byte_offset=16, shape=(ctypes.c_int64 * 2)(2, 2))
    x = Array(library, library.c.dl_import(ctypes.addressof(m)))
    check("from_dlpack", "byte offset", list(x.values()) == [2, 3, 4, 5], f"{x.values()}")
    y = x.view(1)
    del x
    check("from_dlpack", "a view keeps the tensor", not calls)
    check("from_dlpack", "its values", list(y.values()) == [2, 4, 3, 5], f"{y.values()}")
    del y
    check("from_dlpack", "the deleter runs once", len(calls) == 1, f"{len(calls)}")

    # A read-only array has no way to say so.
    x = arange(library, np.dtype(float), (2, 2)).view(5)
    try:
        x.__dlpack__()
        check("to_dlpack", "read-only", False, "exported")
    except BufferError as e:
        check("to_dlpack", "read-only", "to_dlpack_versioned() or copy()" in str(e), str(e))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--library", required=True)
    arguments.add_argument("--counts", help="a file for the number of comparisons of each name")
    options = arguments.parse_args()
    library = Library(options.library)
    for dtype, shape, which in itertools.product(DTYPES, [(5,), (3, 4), (2, 3, 4), (0, 3), (1, 6)], range(5)):
        if dtype.itemsize > 1 or int(np.prod(shape)) < 100:
            outwards(library, dtype, shape, which)
            inwards(library, dtype, shape, which)
    for dtype in DTYPES:
        outwards(library, dtype, (), 0)
        inwards(library, dtype, (), 0)
    refusals(library)
    gc.collect()
    before = library.c.dl_live_bytes()
    for _ in range(200):
        np.from_dlpack(arange(library, np.dtype(float), (100, 100)))
    gc.collect()
    check("to_dlpack", "memory comes back", library.c.dl_live_bytes() <= before, f"{library.c.dl_live_bytes()}, {before}")
    counts.write(options.counts, count)
    print(f"{sum(count.values())} comparisons, {mismatches} mismatches")
    return 1 if mismatches else 0


if __name__ == "__main__":
    sys.exit(main())
