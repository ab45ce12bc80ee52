# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Reductions over every set of axes, with and without keepdims, and their options."""

import itertools

import numpy as np

from core import (BOOL, C64, C128, CODE, DTYPES, EQUAL_ZERO, EVERY_LAYOUT, F16, F32, F64, INT64, LAYOUTS, Program,
                  chunks, complex_of, laid,
                  numbers, real_of)  # fmt: skip

SHAPES = [
    (), (0,), (1,), (7,), (16,), (33,), (1000,), (0, 3), (3, 0), (1, 5), (5, 1), (4, 5), (17, 19), (3, 1, 4),
    (2, 3, 17), (17, 2, 3), (2, 0, 3), (2, 3, 4, 5), (3, 17, 2, 9),
]  # fmt: skip
LARGE = [(70000,), (300, 257), (30, 40, 50), (5, 20000), (20000, 5)]
HAS_AXES, KEEPDIMS, HAS_DTYPE, HAS_MASK, HAS_INITIAL, METHOD = 1, 2, 4, 8, 16, 32
NAMES = ["sum", "prod", "mean", "var", "std", "min", "max", "any", "all", "argmin", "argmax", "ptp", "count_nonzero"]
NONEMPTY = {"min", "max", "argmin", "argmax", "ptp"}


def result_dtype(name, dtype):
    if name in ("any", "all"):
        return BOOL
    if name in ("argmin", "argmax", "count_nonzero"):
        return INT64
    if name in ("sum", "prod"):
        return dtype if dtype.kind in "fc" else np.dtype("uint64" if dtype.kind == "u" else "int64")
    if name == "mean":
        return dtype if dtype.kind in "fc" else F64
    if name in ("var", "std"):
        return real_of(dtype) if dtype.kind in "fc" else F64
    return dtype


def steps(name, axis, keepdims, ddof=0.0, dtype=None, extra=0):
    axes = [] if axis is None else list(axis)
    flags = (axis is not None) * HAS_AXES | keepdims * KEEPDIMS | (dtype is not None) * HAS_DTYPE | extra
    return [flags, CODE[dtype] if dtype is not None else 0] + axes, [ddof]


def reduce(p, a, name, axis, keepdims, ddof=0.0, dtype=None, mask=None, initial=None, method=False):
    """Adds a reduction and how near it must come."""
    x = a.data
    extra = (mask is not None) * HAS_MASK | (initial is not None) * HAS_INITIAL | method * METHOD
    integers, reals = steps(name, axis, keepdims, ddof, dtype, extra)
    arguments = [a] + ([mask] if mask is not None else []) + ([initial] if initial is not None else [])
    options = {"axis": axis, "keepdims": keepdims}
    if mask is not None:
        options["where"] = np.broadcast_to(mask.data, x.shape)
    if initial is not None:
        options["initial"] = initial
    out = result_dtype(name, x.dtype) if dtype is None else dtype
    label = name + (f" ddof={ddof:g}" if ddof else "") + (f" dtype={dtype}" if dtype is not None else "")
    label += (" where" if mask is not None else "") + (f" initial={initial}" if initial is not None else "")

    if name in ("argmin", "argmax"):
        position = axis[0] if axis else None
        gives = getattr(np, name)(x, position, keepdims=keepdims)
        return p.result(p.step(name, arguments, integers, reals, gives=gives), label)
    if name == "ptp":
        gives = np.max(x, axis, keepdims=keepdims) - np.min(x, axis, keepdims=keepdims) if x.dtype != BOOL else None
        return p.result(p.step(name, arguments, integers, reals, gives=gives), label, EQUAL_ZERO)
    if name == "count_nonzero":
        gives = np.asarray(np.count_nonzero(x, axis, keepdims=keepdims), np.int64)
        return p.result(p.step(name, arguments, integers, reals, gives=gives), label)
    if name in ("min", "max", "any", "all") or out.kind not in "fc":
        if name in ("sum", "prod"):
            options["dtype"] = out
        gives = np.asarray(getattr(np, name)(x, **options))
        return p.result(p.step(name, arguments, integers, reals, gives=gives), label, EQUAL_ZERO)

    computed = x.dtype if dtype is None and x.dtype.kind == "c" else out
    wide = np.clongdouble if computed.kind == "c" else np.longdouble
    w = x.astype(computed).astype(wide)  # nd converts, then folds; float16 in float32
    fold = F32 if out == F16 else computed
    eps = float(np.finfo(fold).eps)
    if name in ("var", "std"):
        options["ddof"] = ddof
    expected = np.asarray(getattr(np, name)(w, dtype=wide, **options))
    if out.kind == "f":
        expected = expected.real
    options.pop("ddof", None)
    options.pop("initial", None)
    finite = lambda part: np.where(np.isfinite(part), np.abs(part), 0)  # noqa: E731
    # A complex infinity has a finite part that is compared too.
    magnitude = np.sum(finite(w.real) + finite(w.imag) if computed.kind == "c" else np.abs(w), **options)
    if name == "prod" and computed.kind == "c":
        # Which infinities and nan an overflow ends in depends on the order.
        growth = np.maximum(np.log(np.maximum(np.abs(w), 1e-300)), 0)
        if not np.all(np.sum(growth, **{k: options[k] for k in options if k in ("axis", "where")}) < 80):
            return None
    n = np.sum(np.ones(w.shape, np.longdouble), **options)
    few = np.log2(np.maximum(n, 1)) + 4 + np.sqrt(n)
    if name == "sum":
        bound = few * eps * (magnitude + abs(initial or 0))
    elif name == "prod":
        bound = (n + 2) * eps * np.abs(expected)
    elif name == "mean":
        bound = few * eps * magnitude / n
    else:
        shift = few * eps * magnitude / n
        square = expected if name == "var" else expected**2
        # The mean's own error only enters squared: two passes, as NumPy computes it.
        bound = 2 * few * eps * square + shift**2 * n / np.maximum(n - ddof, 1e-30)
        if name == "std":
            bound = np.where(bound < square, bound / (2 * np.sqrt(square)) * 1.5, np.sqrt(bound)) + eps * expected
    # Where NumPy itself folds an outer axis one by one it is no better than this.
    own = {"axis": axis, "keepdims": keepdims, "dtype": fold} | {k: options[k] for k in options if k == "where"}
    if name in ("var", "std"):
        own["ddof"] = ddof
    error = np.abs(getattr(np, name)(x, **own) - expected).astype(np.float64)
    bound = np.maximum(bound, 4 * np.max(error, initial=0, where=np.isfinite(error)))
    if out == F16:
        bound = bound + float(np.finfo(F16).eps) * np.abs(expected)
    finite = np.isfinite(expected) | (computed.kind == "c" and name in ("sum", "mean"))
    bound = np.where(finite, bound + np.finfo(out).smallest_subnormal, 0)
    value = p.step(name, arguments, integers, reals, gives=expected.astype(out))
    p.near(value, label, expected, bound.astype(np.float64))


def fails(name, x, axis, kind):
    p = Program(f"{name} of {x.dtype}{x.shape} axis={axis}")
    p.step(name, [p.input(x)], *steps(name, axis, False))
    return p.fails(kind)


def axis_sets(ndim):
    yield None
    for count in range(ndim + 1):
        yield from itertools.combinations(range(ndim), count)


def data_for(rng, dtype, shape, turn):
    if dtype.kind == "c":
        return complex_of(*(data_for(rng, real_of(dtype), shape, turn) for _ in range(2)))
    if dtype.kind != "f":
        return numbers(rng, dtype, shape)
    x = numbers(rng, dtype, shape, "finite")
    if turn % 5 == 0:
        return np.round(x).astype(dtype)  # ties, signed zeros
    if turn % 5 == 1:
        return np.asarray(x + 1000).astype(dtype)  # far from zero: var must not cancel
    if turn % 5 == 2:
        special = np.array([np.nan, np.inf, -np.inf, 0, -0.0], dtype)
        return np.where(rng.random(shape) < 0.1, rng.choice(special, shape), x).astype(dtype)
    return x


def axes_and_dtypes(rng):
    turn = 0
    for shape in SHAPES + LARGE:
        for axis in axis_sets(len(shape)):
            turn += 1
            for keepdims in (False, True) if len(shape) < 3 else (turn % 2 == 0,):
                dtypes = [DTYPES[9 + turn % 2], DTYPES[turn % 9]]
                if turn % 2 == 0:
                    dtypes[turn // 2 % 2] = DTYPES[11 + turn // 4 % 3]
                for dtype in dtypes:
                    turn += 1
                    layout = EVERY_LAYOUT[turn % 6] if shape else "contiguous"
                    x = laid(data_for(rng, dtype, shape, turn), layout)
                    # ptp subtracts, which bool has not; several axes have no one position.
                    names = [n for n in NAMES if not (n == "ptp" and dtype == BOOL)]
                    if axis is not None and len(axis) != 1:
                        names = [n for n in names if not n.startswith("arg")]
                    if x.size == 0 and 0 in [x.shape[i] for i in (range(x.ndim) if axis is None else axis)]:
                        if not keepdims:
                            for name in set(names) & NONEMPTY:
                                yield fails(name, x, axis, "value")
                        names = [n for n in names if n not in NONEMPTY]
                    negative = axis and tuple(i - x.ndim if turn % 2 else i for i in axis)
                    for group in chunks(names, 4):
                        p = Program(f"{dtype}{shape} {layout} axis={axis} keepdims={keepdims}", together=turn % 4 != 0)
                        (a,) = p.views((x, layout))
                        for name in group:
                            method = turn % 3 == 0 and name != "count_nonzero"
                            reduce(p, a, name, negative if axis else axis, keepdims, method=method)
                        yield p


def options(rng):
    for dtype in DTYPES:
        for shape, axis in (((7,), None), ((4, 5), (0,)), ((4, 5), (1,)), ((2, 3, 17), (0, 2)), ((1,), (0,))):
            x = data_for(rng, dtype, shape, 3)
            label = f"{dtype}{shape} axis={axis}"
            for ddof in (1, 2, 7, 0.5) if dtype in DTYPES[:11] else (1, 7):
                p = Program(label)
                a = p.input(x)
                reduce(p, a, "var", axis, False, ddof)
                reduce(p, a, "std", axis, True, ddof)
                yield p
            for out in (np.dtype("int32"), np.dtype("uint8"), F32, F64, F16, C64, C128):
                if dtype.name in ("int16", "int32", "uint16", "uint32") and out in (F16, C64, C128):
                    continue
                if dtype.kind in "fc" and "iufc".index(out.kind) < "iufc".index(dtype.kind):
                    continue
                p = Program(label)
                a = p.input(numbers(rng, dtype, shape, "small" if dtype.kind not in "fc" else "finite"))
                for name in ("sum", "prod") + (("mean", "std") if out.kind == "f" else ()):
                    reduce(p, a, name, axis, False, dtype=out)
                yield p
            p = Program(label)
            a, mask = p.input(x), p.input(rng.random(shape) < 0.6)
            for name in ("sum", "prod", "mean", "var", "any", "all"):
                reduce(p, a, name, axis, False, mask=mask)
            yield p
            p = Program(label)
            a, mask = p.input(x), p.input(rng.random(shape[-1:]) < 0.4)
            start = True if dtype == BOOL else 3
            for name in ("min", "max"):
                reduce(p, a, name, axis, False, mask=mask, initial=start)
                reduce(p, a, name, axis, True, initial=start)
            if dtype != BOOL:
                reduce(p, a, "sum", axis, False, initial=start)
                reduce(p, a, "prod", axis, True, mask=mask, initial=start)
            yield p
    for dtype in (F64, INT64):
        p = Program(f"empty {dtype} with an initial value")
        a = p.input(np.zeros((0, 3), dtype))
        for name in ("min", "max", "sum", "prod"):
            reduce(p, a, name, (0,), False, initial=5)
        yield p
    x = np.ones((4, 5))
    for name in NAMES:
        yield fails(name, x, (2,), "shape")
        yield fails(name, x, (-3,), "shape")
    for name in ("sum", "var", "max"):
        yield fails(name, x, (0, 0), "value")
        yield fails(name, x, (1, -1), "value")


def programs(rows, rng):
    missing = {row.name for row in rows if row.family == "reduction"} - set(NAMES)
    assert not missing, f"rows without a comparison: {missing}"
    yield from axes_and_dtypes(rng)
    yield from options(rng)
