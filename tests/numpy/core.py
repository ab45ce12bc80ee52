# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Programs that nd and NumPy both run, and their binary form (read by read.cpp)."""

import struct
import warnings

import numpy as np

warnings.simplefilter("ignore")
np.seterr(all="ignore")
if hasattr(np, "_set_promotion_state") and np.lib.NumpyVersion(np.__version__) < "2.0.0":
    np._set_promotion_state("weak")  # NEP 50, which NumPy 2 always follows

# In the order of nd::dtype; NumPy has no bfloat16.
ORDER = ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "bfloat16",
         "float32", "float64", "complex64", "complex128"]  # fmt: skip
NAMES = ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float32", "float64",
         "float16", "complex64", "complex128"]  # fmt: skip
DTYPES = [np.dtype(name) for name in NAMES]
BOOL, INT32, INT64, F32, F64 = (np.dtype(n) for n in ("bool", "int32", "int64", "float32", "float64"))
INTS = DTYPES[1:9]
F16, C64, C128 = (np.dtype(n) for n in ("float16", "complex64", "complex128"))
FLOATS = [F32, F64]
CODE = {dtype: ORDER.index(dtype.name) for dtype in DTYPES}

TYPE, EQUAL, EQUAL_ZERO, ULPS, ABSOLUTE = range(5)
FAILURES = {"none": 0, "shape": 1, "dtype": 2, "index": 3, "value": 4, "linalg": 5}


def wide(dtype):
    """The float in which a result of `dtype` is exact enough to round."""
    if dtype.kind == "c":
        return np.clongdouble
    return np.longdouble if dtype == F64 else np.float64


class Value:
    """An array of a program: its number and what NumPy has for it."""

    def __init__(self, number, data):
        self.number, self.data = number, data
        self.dtype, self.shape = data.dtype, data.shape


def whole(index):
    """The index in NumPy, made to give an array where it would give a scalar."""
    index = plain(index)
    return index if any(i is Ellipsis for i in index) else index + (Ellipsis,)


class Program:
    """Inputs, steps and results, built through the methods named like nd's functions."""

    def __init__(self, label, together=False, eager=False):
        self.label, self.together, self.eager = label, together, eager
        self.inputs, self.steps, self.results = [], [], []
        self.count = 0
        self.failure = "none"

    def _new(self, data):
        self.count += 1
        return Value(self.count - 1, data)

    def input(self, data):
        assert not self.steps
        data = np.asarray(data)
        assert data.dtype in CODE, data.dtype
        self.inputs.append(data.copy())
        return self._new(data)

    def step(self, name, arguments, integers=(), reals=(), gives=None):
        """A step whose result NumPy has as `gives`; a list for several results."""
        self.steps.append((name, list(arguments), [int(i) for i in integers], list(reals)))
        if isinstance(gives, list):
            return [self._new(np.asarray(g)) for g in gives]
        return self._new(np.asarray(gives) if gives is not None else np.zeros(0))

    def result(self, value, label, how=EQUAL, ulps=0.0, expected=None, bounds=None):
        """Compares `value`; by default with what its step gave."""
        data = value.data if expected is None else np.asarray(expected)
        if how == ABSOLUTE and bounds is None:
            bounds, ulps = np.broadcast_to(np.abs(ulps), data.shape), 0.0
        self.results.append((label, value.number, how, ulps, data, bounds))

    def near(self, value, label, expected, bounds):
        """Compares with `expected`, computed wide, each element within `bounds`."""
        bounds = np.broadcast_to(np.asarray(bounds, np.float64), np.shape(expected))
        rounded = np.asarray(expected).astype(value.dtype)
        self.result(value, label, ABSOLUTE, expected=rounded, bounds=np.abs(bounds))

    def fails(self, kind):
        self.failure = kind
        return self

    # Steps that need no arithmetic.

    def getitem(self, a, index):
        index = index if isinstance(index, tuple) else (index,)
        # nd gives a 0-d view where NumPy gives a scalar.
        integers, arrays = self.index(index)
        return self.step("getitem", [a, *arrays], integers, gives=a.data[whole(index)])

    def setitem(self, a, index, value, operator=None):
        """a[index] = value, or a[index] += value and its like."""
        index = index if isinstance(index, tuple) else (index,)
        # A copy: for one axis and strides of one sign NumPy copies overlapping elements as it goes.
        operand = value.data.copy() if isinstance(value, Value) else value
        integers, arrays = self.index(index, first=2)
        if operator:
            part = a.data[whole(index)]
            getattr(np, operator)(part, operand, out=part, casting="same_kind")
            a.data[plain(index)] = part
        else:
            a.data[plain(index)] = operand
        self.effect("setitem" + (f"_{operator}" if operator else ""), [a, value, *arrays], integers)

    def inplace(self, operator, a, value):
        """a += value and its like."""
        operand = value.data if isinstance(value, Value) else value
        getattr(np, operator)(a.data, operand, out=a.data, casting="same_kind")
        self.effect("inplace_" + operator, [a, value])

    def effect(self, name, arguments, integers=()):
        """A step without results."""
        self.steps.append((name, list(arguments), [int(i) for i in integers], []))

    def index(self, index, first=1):
        """The integers that spell an index, and its arrays, which are values of the program."""
        integers, arrays = [], []
        for i in index:
            if isinstance(i, Value):
                arrays.append(i)
                integers += [5, len(arrays) + first - 1]
            elif isinstance(i, bool):
                integers += [6, i]
            elif i is None:
                integers.append(2)
            elif i is Ellipsis:
                integers.append(3)
            elif i == slice(None):
                integers.append(4)
            elif isinstance(i, slice):
                integers.append(1)
                for bound in (i.start, i.stop, i.step):
                    integers += [bound is not None, bound or 0]
            else:
                integers += [0, i]
        return integers, arrays

    def shaped(self, name, a, *integers):
        """A shape function whose arguments are integers."""
        data = a.data
        gives = {
            "reshape": lambda: data.reshape(integers),
            "broadcast_to": lambda: np.broadcast_to(data, integers),
            "transpose": lambda: data.transpose(integers or None),
            "permute_dims": lambda: data.transpose(integers),
            "squeeze": lambda: np.squeeze(data, integers or None),
            "expand_dims": lambda: np.expand_dims(data, integers),
            "flip": lambda: np.flip(data, integers or None),
            "moveaxis": lambda: np.moveaxis(data, integers[: len(integers) // 2], integers[len(integers) // 2 :]),
            "swapaxes": lambda: np.swapaxes(data, *integers),
            "T": lambda: data.T,
            "flatten": lambda: data.flatten(),
            "copy": lambda: data.copy(),
            "fliplr": lambda: np.fliplr(data),
            "flipud": lambda: np.flipud(data),
            "matrix_transpose": lambda: np.swapaxes(data, -1, -2),
            "ravel": lambda: data.ravel(),
            "diag": lambda: np.diag(data, *integers),
            "diagonal": lambda: np.diagonal(data, *integers),
            "tril": lambda: np.tril(data, *integers),
            "triu": lambda: np.triu(data, *integers),
        }[name]()
        return self.step(name, [a], integers, gives=gives)

    def astype(self, a, dtype):
        return self.step("astype", [a], [CODE[np.dtype(dtype)]], gives=a.data.astype(dtype))

    def view(self, data, layout):
        """An input and the steps that make `data` of it; see LAYOUTS."""
        if layout == "zero_stride" and (data.ndim == 0 or not data.shape[0]):
            layout = "contiguous"
        if data.ndim == 0:
            if layout == "contiguous":
                return self.input(data)
            base = np.stack([data, data, data])
            base[0] = base[2] = data ^ True if data.dtype == BOOL else 1
            return ("getitem", self.input(base), 1)
        if layout == "contiguous":
            return self.input(data)
        if layout == "transposed":
            return ("transpose", self.input(np.ascontiguousarray(data.T)))
        if layout == "reversed":
            flipped = (slice(None, None, -1),) * data.ndim
            return ("getitem", self.input(np.ascontiguousarray(data[flipped])), flipped)
        if layout == "strided":
            base = np.ones([2 * n + 1 for n in data.shape], data.dtype)
            odd = (slice(1, None, 2),) * data.ndim
            base[odd] = data
            return ("getitem", self.input(base), odd)
        if layout == "offset":
            base = np.ones((data.shape[0] + 1,) + data.shape[1:], data.dtype)
            base[1:] = data
            return ("getitem", self.input(base), slice(1, None))
        if layout == "zero_stride":
            return ("broadcast", self.input(data[:1]), data.shape)
        raise KeyError(layout)

    def finish(self, view):
        """The value of what view() gave; call it once all inputs are there."""
        if isinstance(view, Value):
            return view
        if view[0] == "getitem":
            return self.getitem(view[1], view[2])
        if view[0] == "broadcast":
            return self.shaped("broadcast_to", view[1], *view[2])
        return self.shaped("transpose", view[1])

    def views(self, *pairs):
        """The values of several (data, layout)."""
        started = [self.view(data, layout) for data, layout in pairs]
        return [self.finish(view) for view in started]

    # Binary form.

    def write(self, out):
        out.write(b"\1" + text(self.label) + bytes([FAILURES[self.failure], self.together | self.eager << 1]))
        out.write(struct.pack("<H", len(self.inputs)))
        for data in self.inputs:
            out.write(header(data) + np.ascontiguousarray(data).tobytes())
        out.write(struct.pack("<H", len(self.steps)))
        for name, arguments, integers, reals in self.steps:
            out.write(text(name) + bytes([len(arguments)]) + b"".join(map(argument, arguments)))
            out.write(struct.pack(f"<H{len(integers)}qH{len(reals)}d", len(integers), *integers, len(reals), *reals))
        out.write(struct.pack("<H", len(self.results)))
        for label, number, how, ulps, data, bounds in self.results:
            out.write(text(label) + struct.pack("<qBd", number, how, ulps) + header(data))
            if how != TYPE:
                out.write(np.ascontiguousarray(data).tobytes())
            if how == ABSOLUTE:
                out.write(np.ascontiguousarray(bounds, np.float64).tobytes())


def plain(index):
    """An index as NumPy takes it."""
    return tuple(i.data if isinstance(i, Value) else i for i in index)


LAYOUTS = ["contiguous", "transposed", "reversed", "strided", "offset"]
EVERY_LAYOUT = LAYOUTS + ["zero_stride"]


def laid(data, layout):
    """Data that can lie so: with a stride of zero the rows are equal."""
    if layout == "zero_stride" and data.ndim and data.shape[0]:
        return np.broadcast_to(data[:1], data.shape)
    return data


def text(s):
    encoded = s.encode()
    return struct.pack("<H", len(encoded)) + encoded


def header(data):
    return bytes([CODE[data.dtype], data.ndim]) + struct.pack(f"<{data.ndim}q", *data.shape)


def argument(a):
    if isinstance(a, Value):
        return struct.pack("<Bq", 0, a.number)
    if isinstance(a, bool):
        return struct.pack("<Bq", 1, a)
    if isinstance(a, int):
        return struct.pack("<Bq", 2, a) if a < 2**63 else struct.pack("<BQ", 3, a)
    if isinstance(a, complex):
        return struct.pack("<Bdd", 5, a.real, a.imag)
    return struct.pack("<Bd", 4, a)


# Data.

SHAPES = [
    (), (0,), (1,), (3,), (7,), (8,), (15,), (16,), (17,), (33,), (100,), (0, 3), (1, 5), (5, 1), (4, 5), (17, 19),
    (3, 1, 4), (2, 3, 17), (2, 3, 4, 5), (1000,), (70000,), (300, 257),
]  # fmt: skip


def special_floats(dtype):
    info = np.finfo(dtype)
    return np.array(
        [0, -0.0, np.inf, -np.inf, np.nan, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 3, info.max, -info.max, info.tiny,
         info.smallest_subnormal, -7 * info.smallest_subnormal, 1e10, -1e5, 88.5, -104, 709.5, -745],
        dtype,
    )  # fmt: skip


def real_of(dtype):
    """The dtype of the parts."""
    return {C64: F32, C128: F64}.get(np.dtype(dtype), np.dtype(dtype))


def complex_of(re, im):
    """re + 1j * im without the arithmetic, which infinities would not survive."""
    out = np.empty(np.shape(re), np.result_type(re.dtype, np.complex64))
    out.real, out.imag = re, im
    return out


def numbers(rng, dtype, shape, kind="any"):
    """`any` has special and extreme values; `moderate` special ones; `finite` is normally distributed; `small` small
    whole numbers. The parts of complex numbers are moderate at most: beyond, NumPy's loops differ among themselves."""
    dtype = np.dtype(dtype)
    if dtype == BOOL:
        return np.asarray(rng.random(shape) < 0.5)
    if dtype.kind in "iu":
        info = np.iinfo(dtype)
        low = np.asarray(rng.integers(max(info.min, -10), 11, shape)).astype(dtype)
        if kind != "any":
            return low
        full = np.asarray(rng.integers(info.min, info.max, shape, dtype, endpoint=True))
        ends = rng.choice(np.array([info.min, info.max, info.max - 1, 0, 1, info.min + 1], dtype), shape)
        which = rng.random(shape)
        return np.asarray(np.where(which < 0.5, low, np.where(which < 0.85, full, ends)), dtype)
    if dtype.kind == "c":
        kind = "moderate" if kind == "any" else kind
        return complex_of(*(numbers(rng, real_of(dtype), shape, kind) for _ in range(2)))
    if kind == "small":
        return np.asarray(rng.integers(-10, 11, shape)).astype(dtype)
    normal = np.asarray(rng.standard_normal(shape)).astype(dtype)
    if kind == "finite":
        return normal
    scaled = normal * np.power(10.0, rng.uniform(-4, 3, shape)).astype(dtype)
    specials = special_floats(dtype)
    if kind == "moderate":  # no number whose square leaves the range
        specials = np.concatenate([specials[:13], np.array([1e4, -1e-3, 88.5, -104], dtype)])
    special = rng.choice(specials, shape)
    return np.asarray(np.where(rng.random(shape) < 0.75, scaled, special), dtype)


def chunks(items, size):
    return [items[i : i + size] for i in range(0, len(items), size)]
