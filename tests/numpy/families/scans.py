# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Running sums and products, differences, and folds that leave nan out."""

import numpy as np

from core import (BOOL, CODE, DTYPES, EQUAL, EQUAL_ZERO, F16, F32, F64, INT64, INTS, LAYOUTS, Program, chunks, laid,
                  numbers, real_of)  # fmt: skip
from families.reductions import HAS_AXES, HAS_DTYPE, HAS_INITIAL, HAS_MASK, KEEPDIMS, axis_sets

NONE = -(2**63)
SHAPES = [
    (), (0,), (1,), (7,), (33,), (1000,), (0, 3), (3, 0), (1, 5), (5, 1), (4, 5), (17, 19), (3, 1, 4), (2, 3, 17),
    (17, 2, 3), (2, 0, 3), (2, 3, 4, 5), (70000,), (300, 257), (257, 300),
]  # fmt: skip


def wide(dtype):
    return dtype if dtype.kind in "fc" else np.dtype("uint64" if dtype.kind == "u" else "int64")


def scan(name, x, axis, dtype):
    """NumPy's answer, bit for bit; the names of the Array API as 1.24 has them in other words."""
    if name in ("minimum_accumulate", "maximum_accumulate"):
        return getattr(np, name.split("_")[0]).accumulate(x, axis or 0)
    out = getattr(np, name.lstrip("."))(x, axis, dtype=dtype or wide(x.dtype))
    return np.asarray(out)


def compare(p, value, label, axis):
    """Bit for bit, but for complex products: NumPy contracts them where the processor can."""
    if value.dtype.kind != "c" or "prod" not in label:
        return p.result(value, label)
    gives = value.data
    size = np.abs(gives)
    count = np.arange(gives.size) if axis is None else np.expand_dims(
        np.arange(gives.shape[axis]), [i for i in range(gives.ndim) if i != axis % gives.ndim])  # fmt: skip
    bound = np.where(np.isfinite(size), 4 * (count + 2) * np.finfo(gives.dtype).eps * size + 1e-300, 0)
    p.near(value, label, gives, bound)


def running(rng):
    turn = 0
    names = ["cumsum", "cumprod", ".cumsum", ".cumprod", "nancumsum", "nancumprod"]
    for shape in SHAPES:
        for axis in [None, *range(-len(shape), len(shape))] or [None, 0, -1]:
            for k in range(6 if np.prod(shape) < 5000 else 2):
                turn += 1
                dtype = DTYPES[turn % len(DTYPES)]
                layout = LAYOUTS[turn // 3 % 5] if shape else "contiguous"
                # Complex products of infinities depend on how C multiplies; others are exact.
                kind = "finite" if dtype.kind == "c" else "any"
                x = laid(numbers(rng, dtype, shape, kind), layout)
                if dtype.kind == "c" and turn % 3 == 0 and x.size:
                    x = np.where(rng.random(shape) < 0.1, np.nan, x).astype(dtype)
                p = Program(f"{dtype}{shape} {layout} axis={axis}", together=turn % 4 != 0)
                (a,) = p.views((x, layout))
                for name in names[turn % 2 :: 2]:
                    if dtype.kind == "c" and x.size > 1000 and "prod" in name:
                        continue  # where such products overflow is not said
                    gives = scan(name, x, axis, None)
                    value = p.step(name, [a], [NONE if axis is None else axis, -1], gives=gives)
                    compare(p, value, name, axis)
                if x.ndim:
                    for name in ("minimum_accumulate", "maximum_accumulate"):
                        gives = scan(name, x, axis, None)
                        if dtype.kind != "c":
                            p.result(p.step(name, [a], [axis or 0], gives=gives), name, EQUAL_ZERO)
                yield p
    for dtype in DTYPES:
        for out in DTYPES:
            if dtype.kind == "c" and out.kind != "c" or dtype.kind == "f" and out.kind not in "fc":
                continue
            x = numbers(rng, dtype, (4, 5), "small")
            p = Program(f"{dtype} as {out}")
            a = p.input(x)
            for name in ("cumsum", "cumprod"):
                # NumPy casts element by element as it goes; so does astype.
                gives = np.asarray(getattr(np, name)(x.astype(out), 1, dtype=out))
                p.result(p.step(name, [a], [1, CODE[out]], gives=gives), f"{name} dtype")
            yield p
    for name in ("cumsum", "cumprod", "nancumsum"):
        for axis in (2, -3):
            p = Program(f"{name} axis={axis}")
            p.step(name, [p.input(np.ones((4, 5)))], [axis, -1])
            yield p.fails("shape")


def cumulative(rng):
    for dtype in DTYPES:
        for shape, axis in (((7,), None), ((7,), 0), ((0,), None), ((4, 5), 0), ((4, 5), -1), ((2, 0, 3), 1), ((2, 3, 4), 1)):
            x = numbers(rng, dtype, shape, "finite")
            for name, neutral in (("cumsum", 0), ("cumprod", 1)):
                own = {"cumsum": "cumulative_sum", "cumprod": "cumulative_prod"}[name]
                for first in (False, True):
                    for out in (None, F64) if dtype.kind != "c" else (None,):
                        gives = np.asarray(getattr(np, name)(x, axis, dtype=out or wide(dtype)))
                        if first:
                            start = np.full([1 if i == (axis or 0) % x.ndim else n for i, n in enumerate(shape)], neutral, gives.dtype)
                            gives = np.concatenate([start, gives], axis or 0)
                        p = Program(f"{own} of {dtype}{shape} axis={axis} initial={first}")
                        a = p.input(x)
                        integers = [NONE if axis is None else axis, -1 if out is None else CODE[out], first]
                        compare(p, p.step(own, [a], integers, gives=gives), own, axis)
                        yield p
    for shape in ((), (4, 5)):
        for own in ("cumulative_sum", "cumulative_prod"):
            p = Program(f"{own} of {shape} without an axis")
            p.step(own, [p.input(np.ones(shape))], [NONE, -1, 0])
            yield p.fails("value")


def differences(rng):
    turn = 0
    for shape in ((0,), (1,), (2,), (7,), (1000,), (4, 5), (1, 5), (0, 3), (2, 3, 17)):
        for axis in range(-len(shape), len(shape)):
            for n in (0, 1, 2, 3, 8):
                turn += 1
                dtype = DTYPES[turn % len(DTYPES)]
                layout = LAYOUTS[turn % 5]
                x = laid(numbers(rng, dtype, shape), layout)
                p = Program(f"diff {n} of {dtype}{shape} {layout} axis={axis}", together=turn % 2 == 0)
                (a,) = p.views((x, layout))
                p.result(p.step("diff", [a], [n, axis, 0], gives=np.diff(x, n, axis)), "diff", EQUAL)
                yield p
                if n in (1, 2) and shape[axis]:
                    other = DTYPES[turn // 2 % len(DTYPES)]
                    before = [1 + turn % 2 if i == axis % len(shape) else s for i, s in enumerate(shape)]
                    pieces = [numbers(rng, other, before if turn % 3 else ()), numbers(rng, dtype, ())]
                    for flags in (1, 2, 3):
                        given = {}
                        if flags & 1:
                            given["prepend"] = pieces[0]
                        if flags & 2:
                            given["append"] = pieces[1]
                        p = Program(f"diff {n} of {dtype}{shape} axis={axis} {list(given)} {other}")
                        a = p.input(x)
                        extra = [p.input(v) for v in given.values()]
                        gives = np.diff(x, n, axis, **given)
                        p.result(p.step("diff", [a, *extra], [n, axis, flags], gives=gives), "diff with ends")
                        yield p
    for dtype in DTYPES:
        if dtype == BOOL:
            continue
        for shape in ((0,), (1,), (7,), (4, 5), ()):
            x = numbers(rng, dtype, shape)
            for flags in range(4):
                pieces = [numbers(rng, dtype, (2,)), numbers(rng, dtype, (1, 3), "small")]
                p = Program(f"ediff1d of {dtype}{shape} {flags}")
                a = p.input(x)
                extra = [p.input(v) for i, v in enumerate(pieces) if flags >> i & 1]
                given = [v if flags >> i & 1 else None for i, v in enumerate(pieces)]
                gives = np.ediff1d(x, to_end=given[0], to_begin=given[1])
                p.result(p.step("ediff1d", [a, *extra], [flags], gives=gives), "ediff1d")
                yield p
    p = Program("diff of order -1")
    p.step("diff", [p.input(np.ones(3))], [-1, -1, 0])
    yield p.fails("value")
    p = Program("diff of 0-d")
    p.step("diff", [p.input(np.ones(()))], [1, -1, 0])
    yield p.fails("value")
    p = Program("ediff1d of int with float ends")
    p.step("ediff1d", [p.input(np.ones(3, np.int64)), p.input(np.ones(1))], [1])
    yield p.fails("dtype")


NAN_FOLDS = ["nansum", "nanprod", "nanmean", "nanvar", "nanstd", "nanmin", "nanmax"]


def nan_data(rng, dtype, shape, turn):
    x = numbers(rng, dtype, shape, "finite" if dtype.kind in "fc" else "any")
    if dtype.kind not in "fc":
        return x
    x = np.where(rng.random(shape) < (0.1, 0.5, 0.9, 0.0)[turn % 4], np.nan, x).astype(dtype)
    return x


def nan_fold(p, a, name, axis, keepdims, ddof=0.0, dtype=None, mask=None, initial=None):
    x = a.data
    flags = (axis is not None) * HAS_AXES | keepdims * KEEPDIMS | (dtype is not None) * HAS_DTYPE
    flags |= (mask is not None) * HAS_MASK | (initial is not None) * HAS_INITIAL
    integers = [flags, CODE[dtype] if dtype is not None else 0] + list(axis or ())
    arguments = [a] + ([mask] if mask is not None else []) + ([initial] if initial is not None else [])
    options = {"axis": axis, "keepdims": keepdims}
    if mask is not None:
        options["where"] = np.broadcast_to(mask.data, x.shape)
    if initial is not None:
        options["initial"] = initial
    if name in ("nanvar", "nanstd"):
        options["ddof"] = ddof
    if name in ("nanmin", "nanmax"):
        if x.dtype.kind == "c" and np.any(np.all(np.isnan(x), axis)):
            return  # which of its nan NumPy gives is not said
        gives = np.asarray(getattr(np, name)(x, **options))
        return p.result(p.step(name, arguments, integers, [ddof], gives=gives), name, EQUAL_ZERO)
    out = np.asarray(getattr(np, name)(x, dtype=dtype, **options)).dtype
    if out.kind not in "fc":
        gives = np.asarray(getattr(np, name)(x, dtype=dtype, **options))
        return p.result(p.step(name, arguments, integers, [ddof], gives=gives), name)
    computed = x.dtype if dtype is None and x.dtype.kind == "c" else out
    w = x.astype(np.clongdouble if computed.kind == "c" else np.longdouble)
    exact = np.asarray(getattr(np, name)(w, **options))
    keep = ~np.isnan(x)
    if mask is not None:
        keep = keep & options["where"]
    size = {"axis": axis, "keepdims": keepdims}
    magnitude = np.sum(np.where(keep, np.abs(w), 0), **size)
    n = np.sum(keep, **size)
    eps = float(np.finfo(F32 if out == F16 else out).eps)
    few = 2 * (np.log2(np.maximum(n, 1)) + 8 + np.sqrt(n))
    if name == "nansum":
        bound = few * eps * (magnitude + abs(initial or 0))
    elif name == "nanprod":
        bound = (2 * n + 4) * eps * np.abs(exact)
    elif name == "nanmean":
        bound = few * eps * magnitude / np.maximum(n, 1)
    else:
        bound = 4 * few * eps * np.abs(exact) + few * eps * magnitude / np.maximum(n, 1)
        if name == "nanvar":
            bound = bound * (1 + magnitude / np.maximum(n, 1))
    if out == F16:
        bound = bound + 2 * float(np.finfo(F16).eps) * (np.abs(exact) + abs(initial or 0)) + 1e-7
    bound = np.where(np.isfinite(exact), bound + np.finfo(out).smallest_subnormal, 0)
    value = p.step(name, arguments, integers, [ddof], gives=exact.astype(out))
    p.near(value, name, exact, np.asarray(bound, np.float64))


def without_nan(rng):
    turn = 0
    floats = [d for d in DTYPES if d.kind in "fc"]
    for shape in SHAPES[:17]:
        for axis in axis_sets(len(shape)):
            for keepdims in (False, True):
                turn += 1
                dtypes = [floats[turn % 5], DTYPES[turn % len(DTYPES)]]
                for dtype in dtypes:
                    turn += 1
                    layout = LAYOUTS[turn % 5] if shape else "contiguous"
                    x = laid(nan_data(rng, dtype, shape, turn), layout)
                    empty = x.size == 0 and 0 in [x.shape[i] for i in (range(x.ndim) if axis is None else axis)]
                    if dtype.kind == "c" and empty:
                        continue
                    names = [n for n in NAN_FOLDS if not (empty and n in ("nanmin", "nanmax"))]
                    if dtype == BOOL:
                        names = [n for n in names if n not in ("nanvar", "nanstd")]
                    for group in chunks(names, 4):
                        p = Program(f"{dtype}{shape} {layout} axis={axis} keepdims={keepdims}", together=turn % 3 != 0)
                        (a,) = p.views((x, layout))
                        for name in group:
                            nan_fold(p, a, name, axis, keepdims, ddof=float(turn % 3 == 0 and "var" in name or turn % 3 == 0 and "std" in name))
                        if p.results:
                            yield p
                    if axis is not None and len(axis) != 1 or empty:
                        continue
                    for name in ("nanargmin", "nanargmax"):
                        p = Program(f"{name} of {dtype}{shape} {layout} axis={axis}")
                        (a,) = p.views((x, layout))
                        integers = [(axis is not None) * HAS_AXES | keepdims * KEEPDIMS, 0] + list(axis or ())
                        try:
                            gives = getattr(np, name)(x, axis[0] if axis else None, keepdims=keepdims)
                        except ValueError:
                            p.eager = True  # nd.jit knows no values
                            p.step(name, [a], integers)
                            yield p.fails("value")
                            continue
                        p.result(p.step(name, [a], integers, gives=gives), name)
                        yield p
    for dtype in floats:
        for shape, axis in (((7,), None), ((4, 5), (0,)), ((2, 3, 17), (0, 2))):
            x = nan_data(rng, dtype, shape, 0)
            p = Program(f"{dtype}{shape} axis={axis} with options")
            a, mask = p.input(x), p.input(rng.random(shape[-1:]) < 0.7)
            nan_fold(p, a, "nansum", axis, False, mask=mask, initial=3)
            nan_fold(p, a, "nanmean", axis, True, mask=mask)
            nan_fold(p, a, "nanvar", axis, False, mask=mask, ddof=1.0)
            if dtype.kind == "f":
                nan_fold(p, a, "nanmin", axis, False, mask=mask, initial=3)
                nan_fold(p, a, "nanmax", axis, True, initial=-2)
                nan_fold(p, a, "nansum", axis, False, dtype=F64)
            yield p


def programs(rows, rng):
    yield from running(rng)
    yield from cumulative(rng)
    yield from differences(rng)
    yield from without_nan(rng)
