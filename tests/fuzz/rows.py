# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Steps of one row of the op table: pointwise ones, reductions and scans."""

import numpy as np

import core
import pointwise
from core import ABSOLUTE, BOOL, EQUAL, EQUAL_ZERO, F16, F32, F64, INT64
from families import reductions, scans
from program import Skip, Step, Value, axes_text
from verify import Expected

NONE = -(2**63)


def moderate(*arrays):
    """Complex numbers for which NumPy's loops agree among themselves."""
    for x in arrays:
        if x.dtype.kind == "c" or x.dtype.kind == "f":
            size = np.abs(np.stack([x.real, x.imag]) if x.dtype.kind == "c" else x)
            if not np.all((size == 0) | ((size > 1e-3) & (size < 1e3))):
                raise Skip


def weak(scalar, arrays):
    """A scalar as NEP 50 has it beside arrays."""
    dtype = np.result_type(*arrays)
    if isinstance(scalar, bool):
        return np.asarray(scalar)
    if isinstance(scalar, int):
        dtype = INT64 if dtype == BOOL else dtype
        if dtype.kind in "iu" and not np.iinfo(dtype).min <= scalar <= np.iinfo(dtype).max:
            raise Skip
        return np.asarray(scalar).astype(dtype)
    if isinstance(scalar, float):
        return np.asarray(scalar).astype(dtype if dtype.kind in "fc" else F64)
    return np.asarray(scalar).astype(dtype if dtype.kind == "c" else {F64: np.complex128}.get(dtype, np.complex64 if dtype.kind == "f" else np.complex128))


def row_value(name, *operands):
    arrays = [o for o in operands if isinstance(o, np.ndarray)]
    if name == "where":
        pair = [o for o in operands[1:] if isinstance(o, np.ndarray)]
        if not pair:
            raise Skip
        operands = [operands[0]] + [o if isinstance(o, np.ndarray) else weak(o, pair) for o in operands[1:]]
    else:
        operands = [o if isinstance(o, np.ndarray) else weak(o, arrays) for o in operands]
    dtypes = [o.dtype for o in operands]
    if pointwise.refused(name, dtypes):
        raise Skip
    whole = not {d.kind for d in dtypes} & set("fc")
    if name == "power" and whole:
        if not np.all((operands[1] >= 0) & (operands[1] < 64)):
            raise Skip
    if name == "reciprocal" and whole and not np.all(operands[0]):
        raise Skip
    if name in ("left_shift", "right_shift"):
        width = 8 * np.dtype(pointwise.result_dtype(name, dtypes)).itemsize
        if not np.all((operands[1] >= 0) & (operands[1] < width)):
            raise Skip
    if name == "ldexp" and not np.all(np.abs(operands[1].astype(np.float64)) < 2**15):
        raise Skip
    if name == "copysign" and np.any(np.isnan(operands[1])) or name == "signbit" and np.any(np.isnan(operands[0])):
        raise Skip  # which nan arithmetic gives, sign included, is the machine's choice
    if name in ("gamma", "lgamma", "erf", "erfc") and operands[0].size > 600:
        raise Skip
    if any(d.kind == "c" for d in dtypes) and name not in ("where", "real", "imag", "conjugate", "isnan", "isfinite", "isinf"):
        moderate(*operands)
        if name == "power" and not np.all(operands[0]):
            raise Skip
    if name.startswith("logical_"):
        operands = [o.astype(bool) for o in operands]
    data, how, slack = pointwise.evaluate(name, *operands)
    if name in ("real", "imag"):
        return Expected(getattr(operands[0], name))  # a view
    data = np.array(data)  # some of NumPy's give an operand itself
    if data.dtype.kind == "c" and not np.all(np.isfinite(data)):
        raise Skip
    if data.dtype.kind == "c" and how not in (EQUAL, EQUAL_ZERO):
        # Next to where they vanish or jump the parts are compared with the whole.
        bound = 64 * np.finfo(data.dtype).eps * np.maximum(np.abs(data), 1e-30)
        return Expected(data, ABSOLUTE, 0.0, np.maximum(np.asarray(slack, np.float64) if how == ABSOLUTE else 0, bound))
    if how == ABSOLUTE:
        return Expected(data, how, 0.0, np.asarray(slack, np.float64))
    return Expected(data, how, float(slack))


def scalar_for(g, dtype):
    roll = g.rng.random()
    if dtype.kind == "b" or roll < 0.15:
        return int(g.rng.integers(0, 4))
    if dtype.kind in "iu":
        low = 0 if dtype.kind == "u" else -5
        return int(g.rng.integers(low, 9)) if roll < 0.85 else float(np.round(g.rng.normal(), 3))
    if dtype.kind == "c" and roll > 0.8:
        return complex(1.5, -0.5)
    return float(np.round(g.rng.normal() * 3, 3))


def pointwise_row(row):
    name, arity = row.name, row.arity

    def make(g):
        first = g.pick()
        arguments = [first]
        for position in range(1, arity):
            if g.rng.random() < 0.25 and not (name == "where" and position == 2 and not isinstance(arguments[1], Value)):
                arguments.append(scalar_for(g, g.state[first].dtype))
            else:
                arguments.append(g.fitting(*[a for a in arguments if isinstance(a, Value)]))
        if arity == 2 and isinstance(arguments[1], Value) and g.rng.random() < 0.3:
            arguments.reverse()
        if name == "where":
            conditions = [v for v in g.values if g.state[v].dtype == BOOL and g.fits(v, *[a for a in arguments[1:] if isinstance(a, Value)])]
            if not conditions:
                return None
            arguments[0] = conditions[g.rng.integers(len(conditions))]
        if name in ("left_shift", "right_shift", "power", "ldexp") and g.rng.random() < 0.7 and isinstance(arguments[0], Value):
            arguments[1] = int(g.rng.integers(0, 4))
        if None in arguments or not any(isinstance(a, Value) for a in arguments):
            return None
        if name == "clip" and not all(isinstance(a, Value) for a in arguments):
            arguments[1:] = [a if isinstance(a, Value) else abs(a) * s for a, s in zip(arguments[1:], (-1, 1))]
            if any(isinstance(a, (complex, bool)) for a in arguments):
                return None
        return Step(name, arguments, lambda *o: row_value(name, *o), cpp=lambda a, i: f"nd::{name}({', '.join(a)})")

    return make


def compare(g):
    """Masks, which much else takes."""
    a = g.pick(lambda x: x.ndim)
    if a is None:
        return None
    b = g.fitting(a) if g.rng.random() < 0.5 else scalar_for(g, g.state[a].dtype)
    name = str(g.rng.choice(["less", "greater", "not_equal", "less_equal"]))
    if b is None or isinstance(b, complex):
        return None
    return Step(name, [a, b], lambda *o: row_value(name, *o), cpp=lambda n, i: f"nd::{name}({', '.join(n)})")


def reduced(name, axis, keepdims, ddof, masked, initial):
    def gives(x, *rest):
        if x.dtype.kind == "c":
            moderate(x)
            if name in ("min", "max", "argmin", "argmax", "ptp"):
                raise Skip
        if name in ("sum", "prod", "mean", "var", "std") and x.dtype.kind in "fc":
            # What passes infinity on the way depends on the order.
            size = np.abs(x).astype(np.longdouble)
            size = size[np.isfinite(size)]
            top = np.log(np.longdouble(np.finfo(F32 if x.dtype == F16 else x.dtype).max)) - 3
            grows = np.log(np.maximum(size, 1)) if name == "prod" else np.log(np.maximum(np.sum(size), 1)) * (2 if name in ("var", "std") else 1)
            if np.sum(grows) > top or name == "prod" and np.sum(np.log(np.minimum(np.where(size == 0, 1, size), 1))) < -top:
                raise Skip
        if name in reductions.NONEMPTY and x.size == 0:
            raise Skip  # where there is no result either, versions of NumPy differ
        p = core.Program("")
        a = p.input(x)
        mask = p.input(rest[0]) if masked else None
        value = np.asarray(reductions.reduce(p, a, name, axis, keepdims, ddof, mask=mask, initial=initial))  # noqa: F841
        if not p.results:
            raise Skip
        _, _, how, ulps, data, bounds = p.results[-1]
        return Expected(data, how, ulps, bounds)

    return gives


def folds_elsewhere(g, value, name):
    """Whether a compiled fold over what a mask chose has an order of its own that shows: the array is not built then.
    unique chooses by a mask too."""
    tag = g.tag(value)
    if tag is None or not tag[0].startswith(("mask", "extract", "unique")):
        return False
    return name in ("var", "std") or (name in ("sum", "prod", "mean") and g.state[value].dtype.kind in "fc")


def reduction_row(name):
    def make(g):
        a = g.pick()
        x = g.state[a]
        if folds_elsewhere(g, a, name):
            return None
        if name == "ptp" and x.dtype == BOOL:
            return None
        if g.zero_safe and name in reductions.NONEMPTY:
            return None
        axis = None
        if x.ndim and g.rng.random() < 0.75:
            axis = tuple(int(i) - (x.ndim if g.rng.random() < 0.3 else 0) for i in range(x.ndim) if g.rng.random() < 0.5)
            if name.startswith("arg") or not axis:
                axis = (int(g.rng.integers(x.ndim)),)
        keepdims = bool(g.rng.random() < 0.45)
        ddof = float(g.rng.choice([0, 0, 1, 0.5])) if name in ("var", "std") else 0.0
        arguments, masked, initial = [a], False, None
        if name in ("sum", "prod", "mean", "any", "all", "var") and g.rng.random() < 0.12:
            masks = [v for v in g.values if g.state[v].dtype == BOOL and g.state[v].shape == x.shape and g.tag(v) == g.tag(a)]
            if masks:
                masked = True
                arguments.append(masks[g.rng.integers(len(masks))])
        if name in ("sum", "min", "max", "prod") and x.dtype.kind in "if" and g.rng.random() < 0.1:
            initial = 3
            arguments.append(3)
        extra = masked * reductions.HAS_MASK | (initial is not None) * reductions.HAS_INITIAL
        integers, reals = reductions.steps(name, axis, keepdims, ddof, None, extra)

        def cpp(names, i):
            options = [".keepdims = true"] * keepdims + [f".ddof = {ddof:g}"] * bool(ddof)
            options += [f".where = {name}" for name in names[1 : 1 + masked]] + [f".initial = {initial}"] * (initial is not None)
            where = "nd::axes()" if axis is None else axes_text(axis)
            return f"nd::{name}({names[0]}, {where}, nd::reduce_options{{{', '.join(options)}}})"

        return Step(name, arguments, reduced(name, axis, keepdims, ddof, masked, initial), integers, reals, cpp=cpp)

    return make


def scan(g):
    a = g.pick()
    x = g.state[a]
    name = str(g.rng.choice(["cumsum", "cumprod", "nancumsum"]))
    axis = None if x.ndim == 0 or g.rng.random() < 0.3 else int(g.rng.integers(-x.ndim, x.ndim))

    def gives(x):
        if x.dtype.kind == "c":
            if name == "cumprod":
                raise Skip
            moderate(x)
        return scans.scan(name, x, axis, None)

    at = "" if axis is None else f", {axis}"
    return Step(name, [a], gives, [NONE if axis is None else axis, -1], cpp=lambda n, i: f"nd::{name}({n[0]}{at})")


def accumulate(g):
    a = g.pick(lambda x: x.ndim and x.dtype.kind != "c")
    if a is None:
        return None
    name = str(g.rng.choice(["minimum_accumulate", "maximum_accumulate"]))
    axis = int(g.rng.integers(g.state[a].ndim))
    short = name.split("_")[0]
    return Step(name, [a], lambda x: Expected(getattr(np, short).accumulate(x, axis), EQUAL_ZERO), [axis],
                cpp=lambda n, i: f"nd::{short}_accumulate({n[0]}, {axis})")  # fmt: skip


def diff(g):
    a = g.pick(lambda x: x.ndim)
    if a is None or g.tag(a) is not None:
        return None
    n, axis = int(g.rng.integers(1, 3)), int(g.rng.integers(-g.state[a].ndim, g.state[a].ndim))

    def gives(x):
        if x.dtype.kind == "c":
            moderate(x)
        return np.diff(x, n, axis)

    return Step("diff", [a], gives, [n, axis, 0], cpp=lambda c, i: f"nd::diff({c[0]}, {n}, {axis})")
