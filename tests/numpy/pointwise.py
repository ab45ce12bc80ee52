# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What NumPy 2 gives for a pointwise row, and how near nd must come."""

import math

import numpy as np

from core import ABSOLUTE, BOOL, EQUAL, EQUAL_ZERO, F16, F64, ULPS, complex_of, numbers, real_of, wide

# Rounded from a wider float; the units in the last place that nd may be off.
ROUNDED = dict.fromkeys(
    "exp exp2 expm1 log log2 log10 log1p cbrt sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh"
    " arctanh arctan2 hypot power erf erfc gamma".split(),
    2,
)
# What NumPy has not, from the standard library in float64, and how far that may be off in float64.
LIBRARY = {"erf": 3, "erfc": 3, "gamma": 12, "lgamma": 12}
# The error is relative to the operands, or to 1 for lgamma, where the result is smaller.
CANCELLING = {"lgamma", "logaddexp", "logaddexp2"}
# Complex results that NumPy's formula gives, but for fused multiply-adds in some of its loops.
FORMULA = {"multiply", "divide", "reciprocal", "square", "absolute"}
ANGLES = ("angle", "angle in degrees")
ZERO_SIGN_OPEN = {"maximum", "minimum", "fmax", "fmin", "clip"}


class Row:
    def __init__(self, line):
        self.name, self.family, arity, self.rule = line.rstrip("\n").split("\t")
        self.arity = int(arity)


def read_rows(path):
    return [Row(line) for line in open(path)]


def refused(name, dtypes):
    """Whether NumPy has no loop for these dtypes."""
    try:
        result_dtype(name, dtypes)
        return False
    except TypeError:
        return True


def from_library(name):
    """math.erf and its like over arrays, with values instead of exceptions."""

    def value(x):
        try:
            return getattr(math, name)(x)
        except OverflowError:
            return math.copysign(math.inf, x) if name == "gamma" and abs(x) < 1 else math.inf
        except ValueError:  # a pole
            return math.inf if name == "lgamma" else math.copysign(math.inf, x) if x == 0 else math.nan

    def over(x):
        dtype = np.fabs(np.ones(1, x.dtype)).dtype
        return np.vectorize(value, otypes=[np.float64])(np.asarray(x).astype(np.float64)).astype(dtype)

    return over


def bitwise_count(x):
    """The bits set in |x|, as NumPy 2 counts them."""
    if x.dtype.kind not in "biu":
        raise TypeError("it takes integers")
    size = np.abs(x.astype(np.int8) if x.dtype == BOOL else x)
    raw = np.ascontiguousarray(size).reshape(-1, 1).view(np.uint8)
    return np.unpackbits(raw, axis=1).sum(axis=1, dtype=np.uint8).reshape(x.shape)


def function(name):
    if name in LIBRARY:
        return from_library(name)
    if name == "bitwise_count":
        return bitwise_count
    if name in ("frexp_mantissa", "frexp_exponent"):
        return lambda x: np.frexp(x)[name == "frexp_exponent"]
    if name == "clip":
        return clip
    if name == "complex":
        return make_complex
    if name == "conj of an array":
        return lambda z: z.conj()
    if name == "angle in degrees":
        return lambda z: np.angle(z, deg=True)
    return getattr(np, name)


def clip(x, low, high):
    """As documented, for every dtype; all three are promoted together."""
    dtype = np.result_type(x.dtype, low.dtype, high.dtype)
    return np.minimum(np.maximum(x.astype(dtype), low.astype(dtype)), high.astype(dtype))


def make_complex(re, im):
    dtypes = [np.exp(np.ones(1, x.dtype)).dtype for x in (re, im)]
    part = np.result_type(*dtypes, np.float32)
    if part.kind == "c":
        raise TypeError("a part is real")
    return complex_of(*np.broadcast_arrays(re.astype(part), im.astype(part)))


def result_dtype(name, dtypes):
    if name in ("floor", "ceil", "trunc") and dtypes[0].kind in "biu":
        return dtypes[0]  # since NumPy 2.1
    return function(name)(*(np.ones(1, dtype) for dtype in dtypes)).dtype


def compare_exactly(name, x, y):
    """int64 with uint64: NumPy 2 compares the numbers, NumPy 1 their float64 roundings."""
    return np.asarray(function(name)(x.astype(object), y.astype(object))).astype(bool)


def sign_of_complex(z):
    """x / |x|, as since NumPy 2; 0 for 0, the direction of one infinite part."""
    size = np.abs(z)
    part = real_of(z.dtype).type
    unit = lambda x: np.where(np.isinf(x), np.copysign(part(1), x), part(0))  # noqa: E731
    out = np.where(np.isinf(size), complex_of(unit(z.real), unit(z.imag)), complex_of(z.real / size, z.imag / size))
    out = np.where(np.isinf(z.real) & np.isinf(z.imag), np.nan, out)
    return np.where(size == 0, 0, np.where(np.isnan(size), np.nan, out)).astype(z.dtype)


def log1p(z):
    """NumPy adds 1 first, which loses the real part of a small z."""
    x, y = z.real, z.imag
    near = np.log1p(x * (2 + x) + y * y) / 2
    return complex_of(np.where(np.hypot(x, y) < 0.5, near, np.log(np.hypot(1 + x, y))), np.arctan2(y, 1 + x))


def evaluate_complex(name, dtype, operands):
    f = function(name)
    operands = [x.astype(dtype) for x in operands]
    part = real_of(dtype)
    eps = float(np.finfo(part).eps)
    if name == "sign":
        return sign_of_complex(operands[0]), ULPS, 3
    if name in FORMULA:
        gives = np.asarray(f(*operands))
        size = np.abs(gives).astype(np.float64)
        if name in ("multiply", "square"):
            size = (np.abs(operands[0]) * np.abs(operands[-1])).astype(np.float64)
        if name == "divide":
            size = (np.abs(operands[0]) / np.abs(operands[1])).astype(np.float64)
        bounds = np.where(np.isfinite(size), 4 * eps * size + np.finfo(part).smallest_subnormal, 0)
        return gives, ABSOLUTE, np.asarray(bounds)
    if name == "sqrt" or name in ROUNDED:
        w = [x.astype(wide(dtype)) for x in operands]
        exact = np.asarray(log1p(*w) if name == "log1p" else f(*w))
        gives = exact.astype(dtype)
        if dtype == np.complex64 and name != "power":
            return gives, ULPS, 2
        steps = 8.0
        if name == "power":
            steps = 24 + 4 * np.abs(w[1] * np.log(np.where(w[0] == 0, 1, w[0])))
        if name == "exp2":
            steps = 8 + 4 * np.abs(w[0])
        # The finite part beside an infinite one is compared too.
        finite = [np.where(np.isfinite(v), np.abs(v), 0) for v in (exact.real, exact.imag)]
        bounds = steps * eps * np.hypot(*finite) + np.finfo(part).smallest_subnormal
        return gives, ABSOLUTE, bounds.astype(np.float64)
    return np.asarray(f(*operands)), EQUAL_ZERO if name in ZERO_SIGN_OPEN else EQUAL, 0


def evaluate(name, *operands):
    """(result, closeness, ulps or bounds)"""
    dtypes = [x.dtype for x in operands]
    dtype = result_dtype(name, dtypes)
    how = EQUAL_ZERO if name in ZERO_SIGN_OPEN else EQUAL
    f = function(name)
    if name in ("floor", "ceil", "trunc") and dtype.kind in "biu":
        return operands[0], how, 0
    computed = np.result_type(*dtypes)
    if computed.kind == "c" and dtype != BOOL and name not in ("where", "complex", "real", "imag") + ANGLES:
        return evaluate_complex(name, computed if dtype.kind != "c" else dtype, operands)
    if name in ANGLES:
        return np.asarray(f(*operands)), ULPS, 4
    if name in ("complex", "real", "imag"):
        return np.asarray(f(*operands)), EQUAL, 0
    if name in CANCELLING:
        w = [x.astype(np.float64 if name in LIBRARY else wide(dtype)) for x in operands]
        exact = np.asarray(f(*w))
        if name == "lgamma":
            # The library's is no nearer where it is small; math_ulp.cpp compares nd's with MPFR.
            size = np.maximum(np.abs(exact), (w[0] < 0) | (dtype == F64))
        else:
            size = np.maximum(np.maximum(np.abs(w[0]), np.abs(w[1])), np.abs(exact))
        steps = LIBRARY[name] if name in LIBRARY and dtype == F64 else 2
        bounds = steps * float(np.finfo(dtype).eps) * size + float(np.finfo(dtype).smallest_subnormal)
        return exact.astype(dtype), ABSOLUTE, np.where(np.isfinite(exact.astype(dtype)), bounds, 0).astype(np.float64)
    if dtype.kind == "f" and name not in ("where", "clip", "ldexp"):
        operands = [x.astype(dtype) for x in operands]
        if name in ROUNDED:
            out = f(*(x.astype(np.float64 if name in LIBRARY else wide(dtype)) for x in operands))
            ulps = LIBRARY[name] if name in LIBRARY and dtype == F64 else ROUNDED[name]
            return np.asarray(out).astype(dtype), ULPS, 1 if dtype == F16 else ulps
    elif dtype == BOOL and len(operands) == 2 and "i" in (k := {d.kind for d in dtypes}) and k == {"i", "u"}:
        if np.promote_types(*dtypes) == F64:
            return compare_exactly(name, *operands), how, 0
    elif name == "fmod":  # NumPy 1 divides the least integer by -1
        x, y = (v.astype(dtype) for v in operands)
        minus_one = (y == -1) if dtype.kind == "i" else np.zeros(y.shape, bool)
        return np.where(minus_one, dtype.type(0), f(x, np.where(minus_one, dtype.type(1), y))), how, 0
    return np.asarray(f(*operands)), how, 0


def operands_for(rng, name, dtypes, shapes, kind="any"):
    """Data for which NumPy defines the result."""
    data = [numbers(rng, dtype, shape, kind) for dtype, shape in zip(dtypes, shapes)]
    kinds = {d.kind for d in dtypes}
    if name == "power" and not kinds & set("fc"):
        low = np.asarray(rng.integers(0, 2 if dtypes[1] == BOOL else 7, shapes[1]))
        data[1] = low.astype(dtypes[1])
    if name == "power" and np.dtype(result_dtype(name, dtypes)).kind == "f" and kind == "any":
        # Moderate powers beside the special ones.
        near = np.asarray(rng.uniform(-8, 8, shapes[1]))
        if dtypes[1].kind == "f":
            data[1] = np.where(rng.random(shapes[1]) < 0.6, near, data[1]).astype(dtypes[1])
    if name == "power" and "c" in kinds:
        # Neither 0 nor infinities, whose powers the versions of NumPy define differently.
        data = [numbers(rng, d, s, "finite") for d, s in zip(dtypes, shapes)]
        data[0] = np.where(data[0] == 0, dtypes[0].type(1), data[0])
        whole = np.asarray(rng.integers(-5, 6, shapes[1]))
        if dtypes[1].kind in "fc":
            data[1] = np.where(rng.random(shapes[1]) < 0.5, whole, data[1] * 3).astype(dtypes[1])
    if name == "reciprocal" and not kinds & set("fc"):
        data[0] = np.where(data[0] == 0, dtypes[0].type(1), data[0])
    if name in ("left_shift", "right_shift"):
        width = 8 * np.dtype(result_dtype(name, dtypes)).itemsize
        low = -2 if dtypes[1].kind == "i" else 0
        amounts = np.asarray(rng.integers(low, width + 3, shapes[1]))
        data[1] = amounts.astype(dtypes[1])
    return data
