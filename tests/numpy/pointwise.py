# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What NumPy 2 gives for a pointwise row, and how near nd must come."""

import numpy as np

from core import BOOL, EQUAL, EQUAL_ZERO, F32, F64, ULPS, numbers, wide

# Rounded from a wider float; the units in the last place that nd may be off.
ROUNDED = dict.fromkeys(
    "exp exp2 expm1 log log2 log10 log1p cbrt sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh"
    " arctanh arctan2 hypot power".split(),
    2,
)
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


def function(name):
    if name == "clip":
        return lambda x, low, high: np.minimum(np.maximum(x, low), high)  # as documented, for every dtype
    return getattr(np, name)


def result_dtype(name, dtypes):
    """NumPy's, but float32 where NumPy has float16, which nd has not."""
    if name in ("floor", "ceil", "trunc") and dtypes[0].kind in "biu":
        return dtypes[0]  # since NumPy 2.1
    dtype = function(name)(*(np.ones(1, dtype) for dtype in dtypes)).dtype
    return F32 if dtype == np.float16 else dtype


def compare_exactly(name, x, y):
    """int64 with uint64: NumPy 2 compares the numbers, NumPy 1 their float64 roundings."""
    return np.asarray(function(name)(x.astype(object), y.astype(object))).astype(bool)


def evaluate(name, *operands):
    """(result, closeness, ulps)"""
    dtypes = [x.dtype for x in operands]
    dtype = result_dtype(name, dtypes)
    how = EQUAL_ZERO if name in ZERO_SIGN_OPEN else EQUAL
    f = function(name)
    if name in ("floor", "ceil", "trunc") and dtype.kind in "biu":
        return operands[0], how, 0
    if dtype.kind == "f" and name not in ("where", "clip"):
        operands = [x.astype(dtype) for x in operands]
        if name in ROUNDED:
            out = f(*(x.astype(wide(dtype)) for x in operands))
            return np.asarray(out).astype(dtype), ULPS, ROUNDED[name]
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
    if name == "power" and "f" not in kinds:
        low = np.asarray(rng.integers(0, 2 if dtypes[1] == BOOL else 7, shapes[1]))
        data[1] = low.astype(dtypes[1])
    if name == "power" and np.dtype(result_dtype(name, dtypes)).kind == "f" and kind == "any":
        # Moderate powers beside the special ones.
        near = np.asarray(rng.uniform(-8, 8, shapes[1]))
        if dtypes[1].kind == "f":
            data[1] = np.where(rng.random(shapes[1]) < 0.6, near, data[1]).astype(dtypes[1])
    if name == "reciprocal" and "f" not in kinds:
        data[0] = np.where(data[0] == 0, dtypes[0].type(1), data[0])
    if name in ("left_shift", "right_shift"):
        width = 8 * np.dtype(result_dtype(name, dtypes)).itemsize
        low = -2 if dtypes[1].kind == "i" else 0
        amounts = np.asarray(rng.integers(low, width + 3, shapes[1]))
        data[1] = amounts.astype(dtypes[1])
    return data
