# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Averages and covariances; interpolation, integrals, derivatives, sliding products, vector products."""

import numpy as np

from core import (BOOL, C64, C128, DTYPES, EQUAL_ZERO, F16, F32, F64, INT32, INT64, INTS, LAYOUTS, Program, laid,
                  numbers, real_of)  # fmt: skip

NONE = -(2**63)
MODES = ["valid", "same", "full"]


def eps_of(dtype):
    return float(np.finfo(F32 if dtype == F16 else dtype).eps)


def near(p, value, label, exact, slack, scale=None):
    """Within `slack` eps of the result's largest magnitude, or of `scale`; float16 rounds once more."""
    exact = np.asarray(exact)
    if value.dtype.kind not in "fc":
        return p.result(value, label, expected=exact)
    size = np.abs(exact)
    finite = np.isfinite(size)
    scale = np.max(np.where(finite, size, 0), initial=0) if scale is None else scale
    bound = slack * eps_of(value.dtype) * scale + (2 * float(np.finfo(F16).eps) * size if value.dtype == F16 else 0)
    p.near(value, label, exact, np.where(finite, bound, 0).astype(np.float64))


def averages(rng):
    turn = 0
    for dtype in DTYPES:
        for shape, axis, own in (((7,), None, (7,)), ((4, 5), None, (4, 5)), ((4, 5), (0,), (4,)), ((4, 5), (-1,), (5,)), ((2, 3, 17), (0, 2), (2, 17)),
                                 ((2, 3, 17), (2, 1), (17, 3)), ((4, 5), (1,), (4, 5)), ((), None, ())):  # fmt: skip
            for kind in (None, F64, F32, INT64, C64):
                turn += 1
                if kind is not None and turn % 2 and dtype not in (F64, F32, INT64):
                    continue
                layout = LAYOUTS[turn % 5] if shape else "contiguous"
                keepdims = turn % 3 == 0
                x = laid(numbers(rng, dtype, shape, "small"), layout)
                flags = keepdims << 1 | (axis is not None) << 2 | (kind is not None)
                p = Program(f"average of {dtype}{shape} {layout} axis={axis} by {kind}", together=turn % 2 == 0)
                started = p.view(x, layout)
                more = []
                if kind is not None:
                    more = [p.input((np.abs(numbers(rng, kind, own, "small")) + 1).astype(kind))]
                a = p.finish(started)
                if kind is None:
                    out = np.mean(x, axis, keepdims=keepdims).dtype
                    w = np.ones(shape)
                else:
                    wide_kind = kind if dtype.kind in "fc" else np.promote_types(kind, F64)
                    out = np.promote_types(dtype, wide_kind)
                    w = more[0].data
                    if own != shape:
                        axes = [i % x.ndim for i in axis]
                        w = w.transpose(np.argsort(axes)).reshape([s if i in axes else 1 for i, s in enumerate(shape)])
                    w = np.broadcast_to(w, shape)
                wide = np.clongdouble if out.kind == "c" else np.longdouble
                total = np.sum(w.astype(wide), axis, keepdims=keepdims)
                exact = np.sum(x.astype(wide) * w.astype(wide), axis, keepdims=keepdims) / total
                name = "average" if turn % 2 else "average returned"
                gives = [exact.astype(out), total.astype(out)]
                if name == "average":
                    near(p, p.step(name, [a, *more], [flags, *(axis or ())], gives=gives[0]), name, exact, 64, 64)
                else:
                    mean, scl = p.step(name, [a, *more], [flags, *(axis or ())], gives=gives)
                    near(p, mean, name, exact, 64, 64)
                    near(p, scl, "sum of weights", total, 64)
                yield p
    x = np.ones((4, 5))
    for label, kind, w, axes, eager in (("no axis", "dtype", np.ones(5), [], False), ("another shape", "value", np.ones(4), [1], False), ("add up to 0", "value", np.array([1.0, -1, 0, 0]), [0], True)):
        p = Program(f"average: {label}", eager=eager)
        p.step("average", [p.input(x), p.input(w)], [1 | bool(axes) << 2, *axes])
        yield p.fails(kind)


def covariances(rng):
    turn = 0
    for dtype in DTYPES:
        for shape in ((7,), (1, 7), (3, 7), (17, 33), (4, 1), (0, 3)):
            for flags in range(32):
                turn += 1
                if (flags + turn // 32) % 3 and (shape != (3, 7) or turn % 2) or dtype not in (F64, C128, INT64) and flags % 5:
                    continue
                columns, ddof = bool(flags & 8), [None, 0, 2, 1][turn % 4]
                observations = shape[0] if columns and len(shape) == 2 and shape[0] != 1 else shape[-1]
                x = numbers(rng, dtype, shape, "finite" if dtype.kind in "fc" else "small")
                arguments = [x]
                given = {"rowvar": not columns, "bias": bool(flags & 16), "ddof": ddof}
                if flags & 1:
                    given["y"] = numbers(rng, F64, x.shape if turn % 2 else (observations,), "finite")
                    arguments.append(given["y"])
                if flags & 2:
                    given["fweights"] = rng.integers(1, 4, observations)
                    arguments.append(given["fweights"])
                if flags & 4:
                    given["aweights"] = rng.random(observations) + 0.5
                    arguments.append(given["aweights"])
                try:
                    gives = np.asarray(np.cov(**{"m": x, **given}))
                except (ValueError, ZeroDivisionError):
                    continue  # 1.24 transposes y where 2.x does
                p = Program(f"cov of {dtype}{shape} flags={flags} ddof={ddof}", together=turn % 2 == 0)
                values = [p.input(v) for v in arguments]
                near(p, p.step("cov", values, [flags, NONE if ddof is None else ddof], gives=gives), "cov", gives, 1000)
                yield p
                if flags < 16 and not flags & 6 and shape[0] != 0:
                    gives = np.asarray(np.corrcoef(x, given.get("y"), rowvar=not columns))
                    p = Program(f"corrcoef of {dtype}{shape} flags={flags}")
                    values = [p.input(v) for v in arguments]
                    near(p, p.step("corrcoef", values, [flags], gives=gives), "corrcoef", gives, 1000)
                    yield p
    for label, kind, arguments, flags in (
        ("3-d", "shape", [np.ones((2, 2, 2))], 0), ("weights", "shape", [np.ones((2, 3)), np.ones(4)], 4),
        ("y", "shape", [np.ones((2, 3)), np.ones((2, 4))], 1),
    ):  # fmt: skip
        p = Program(f"cov: {label}")
        p.step("cov", [p.input(v) for v in arguments], [flags, NONE])
        yield p.fails(kind)
    for label, kind, weights, flag in (("fweights", "dtype", np.array([1.5, 1, 1]), 2), ("negative", "value", np.array([1.0, -1, 1]), 4)):
        p = Program(f"cov: {label}", eager=True)
        p.step("cov", [p.input(np.ones((2, 3))), p.input(weights)], [flag, NONE])
        yield p.fails(kind)


def interpolations(rng):
    turn = 0
    for n in (1, 2, 3, 10, 100):
        for shape in ((), (0,), (7,), (4, 5), (1000,)):
            for flags in range(5):
                for kind in (F64, C128):
                    turn += 1
                    xp = np.sort(rng.standard_normal(n) * 3)
                    if turn % 3 == 0:
                        xp = np.unique(np.round(xp)).astype([F64, INT64, F32][turn % 9 // 3])
                    fp = numbers(rng, kind if turn % 4 else DTYPES[turn % len(DTYPES)], xp.shape, "small")
                    if turn % 5 == 0 and fp.dtype.kind in "fc":
                        fp[0] = np.inf
                    x = rng.standard_normal(shape) * 4
                    if x.size > 3:
                        flat = x.reshape(-1)
                        flat[0], flat[1], flat[2] = np.nan, xp[0], xp[-1]
                    x = np.asarray(x).astype([F64, F32][turn % 2])
                    reals = [v for i, v in enumerate((-7.0, 9.0, 2.5)) if flags >> i & 1]
                    given = {name: v for i, (name, v) in enumerate((("left", -7.0), ("right", 9.0), ("period", 2.5))) if flags >> i & 1}
                    if flags & 4 and len(np.unique(xp % 2.5)) < xp.size:
                        continue
                    if flags & 4 and np.any(np.isnan(x)):
                        x = np.nan_to_num(x)
                    gives = np.asarray(np.interp(x, xp, fp, **given))
                    p = Program(f"interp of {x.dtype}{shape} among {xp.dtype} {n} {fp.dtype} flags={flags}", together=turn % 2 == 0)
                    a, b, c = p.input(x), p.input(xp), p.input(fp)
                    p.result(p.step("interp", [a, b, c], [flags], reals, gives=gives), "interp", EQUAL_ZERO)
                    yield p
    for label, kind, arguments, reals in (("lengths", "shape", [np.ones(3), np.ones(3), np.ones(4)], []), ("empty", "value", [np.ones(3), np.ones(0), np.ones(0)], []),
                                          ("complex", "dtype", [np.ones(3, C128), np.ones(3), np.ones(3)], []), ("period", "value", [np.ones(3)] * 3, [0.0])):  # fmt: skip
        p = Program(f"interp: {label}")
        p.step("interp", [p.input(v) for v in arguments], [4 if reals else 0], reals)
        yield p.fails(kind)


def integrals(rng):
    turn = 0
    for dtype in DTYPES:
        for shape in ((0,), (1,), (7,), (1000,), (4, 5), (2, 3, 17)):
            for axis in range(-len(shape), len(shape)):
                for form in range(3):
                    turn += 1
                    if turn % 2 and dtype not in (F64, F32):
                        continue
                    layout = LAYOUTS[turn % 5]
                    y = laid(numbers(rng, dtype, shape, "finite" if dtype.kind in "fc" else "small"), layout)
                    x = None
                    if form == 1:
                        x = np.sort(rng.standard_normal(shape[axis])).astype([F64, F32][turn % 2])
                    if form == 2:
                        x = rng.standard_normal(shape)
                    dx = 0.25 * (turn % 3 + 1)
                    p = Program(f"trapezoid of {dtype}{shape} {layout} axis={axis} form={form}", together=turn % 2 == 0)
                    started = p.view(y, layout)
                    more = [p.input(x)] if x is not None else []
                    a = p.finish(started)
                    wide = y if dtype == BOOL else y.astype(np.clongdouble if dtype.kind == "c" else np.longdouble if dtype.kind == "f" else dtype)
                    gives = np.asarray(np.trapz(y, x, dx, axis))
                    exact = np.asarray(np.trapz(wide, x, dx, axis))
                    scale = np.max(np.abs(np.trapz(np.abs(y), None if x is None else np.cumsum(np.abs(np.diff(x, axis=axis if form == 2 else -1, prepend=0)), axis if form == 2 else -1), dx, axis)), initial=0)
                    value = p.step("trapezoid", [a, *more], [x is not None, axis], [dx], gives=gives)
                    slack = 8 + np.sqrt(shape[axis])
                    if gives.dtype == F16:
                        slack *= 2 * np.finfo(F16).eps / np.finfo(F32).eps
                    if gives.dtype.kind in "fc" and dtype.kind in "fc":  # pairs are added in the samples' dtype
                        slack *= max(1.0, float(np.finfo(dtype).eps) / eps_of(gives.dtype))
                    near(p, value, "trapezoid", exact, slack, float(scale) if np.isfinite(scale) else 0)
                    yield p


def gradients(rng):
    turn = 0
    for dtype in DTYPES:
        if dtype == BOOL:
            continue
        for shape in ((2,), (3,), (7,), (1000,), (4, 5), (3, 17, 4)):
            for order in (1, 2):
                if min(shape) < order + 1:
                    continue
                axes = [None] + [(i,) for i in range(-len(shape), len(shape))] + [(1, 0)] * (len(shape) > 1)
                for axis in axes:
                    count = len(shape) if axis is None else len(axis)
                    over = range(len(shape)) if axis is None else [i % len(shape) for i in axis]
                    for form in range(5):
                        turn += 1
                        if turn % 3 and (dtype not in (F64, F32) or turn % 3 == 1 and len(shape) == 3):
                            continue
                        layout = LAYOUTS[turn % 5]
                        x = laid(numbers(rng, dtype, shape, "finite" if dtype.kind in "fc" else "small"), layout)
                        if form == 0:
                            spacings = []
                        elif form == 1:
                            spacings = [0.5 + turn % 3]
                        elif form == 2:
                            spacings = [0.5 + i for i in range(count)]
                        elif form == 3:
                            spacings = [np.cumsum(rng.random(shape[i]) + 0.25).astype([F64, F32][turn % 2]) for i in over]
                        else:
                            spacings = [np.arange(shape[i]) * 2 if turn % 2 else np.cumsum(rng.integers(1, 4, shape[i])) for i in over]
                        gives = np.gradient(x, *spacings, axis=axis if axis is None or len(axis) > 1 else axis[0], edge_order=order)
                        gives = np.stack(gives) if isinstance(gives, list) else np.asarray(gives)
                        p = Program(f"gradient of {dtype}{shape} {layout} axis={axis} order={order} form={form}", together=turn % 2 == 0)
                        started = p.view(x, layout)
                        more = [s if isinstance(s, float) else p.input(s) for s in spacings]
                        a = p.finish(started)
                        value = p.step("gradient", [a, *more], [order, *(axis or ())], gives=gives)
                        if dtype.kind == "c":
                            near(p, value, "gradient", gives, 16)
                        else:
                            p.result(value, "gradient", EQUAL_ZERO)
                        yield p
    x = np.ones((4, 5))
    for label, arguments, integers in (("spacings", [x, 1.0, 1.0, 1.0], [1]), ("short", [np.ones(1)], [1]), ("shorter", [np.ones(2)], [2]), ("order", [x], [3]),
                                       ("coordinates", [x, np.ones(4), np.ones(4)], [1]), ("one vector", [x, np.ones(4)], [1]), ("0-d", [np.ones(())], [1])):  # fmt: skip
        p = Program(f"gradient: {label}")
        p.step("gradient", [v if isinstance(v, float) else p.input(v) for v in arguments], integers)
        yield p.fails("value")


def slides(rng):
    turn = 0
    for n, m in ((1, 1), (7, 1), (1, 7), (7, 3), (3, 7), (16, 16), (100, 4), (33, 40), (1000, 17), (17, 1000), (300, 257)):
        for name in ("convolve", "correlate"):
            for mode in range(3):
                for k in range(4):
                    turn += 1
                    first = [F64, DTYPES[turn % len(DTYPES)], F32, C128][k]
                    second = [F64, DTYPES[turn // 2 % len(DTYPES)], F32, [C64, F64, C128][turn % 3]][k]
                    layouts = LAYOUTS[turn % 5], LAYOUTS[turn // 5 % 5]
                    x, y = (laid(numbers(rng, t, (s,), "finite" if t.kind in "fc" else "any"), l) for t, s, l in zip((first, second), (n, m), layouts))
                    p = Program(f"{name} {MODES[mode]} of {first} {n} {layouts[0]} with {second} {m} {layouts[1]}", together=turn % 2 == 0)
                    a, b = p.views((x, layouts[0]), (y, layouts[1]))
                    out = np.promote_types(first, second)
                    gives = getattr(np, name)(x, y, MODES[mode])
                    value = p.step(name, [a, b], [mode], gives=np.asarray(gives, out))
                    if out.kind not in "fc":
                        p.result(value, name)
                    else:
                        wide = np.clongdouble if out.kind == "c" else np.longdouble
                        exact = getattr(np, name)(x.astype(wide), y.astype(wide), MODES[mode])
                        size = getattr(np, name)(np.abs(x).astype(F64), np.abs(y).astype(F64), MODES[mode])
                        bound = (2 * min(n, m) + 4) * eps_of(out) * size + (2 * float(np.finfo(F16).eps) * np.abs(exact) if out == F16 else 0)
                        p.near(value, name, exact, bound)
                    yield p
    for label, kind, arguments, mode in (("empty", "value", [np.ones(0), np.ones(3)], 2), ("2-d", "shape", [np.ones((2, 2)), np.ones(3)], 2), ("mode", "value", [np.ones(3), np.ones(3)], 3)):
        for name in ("convolve", "correlate"):
            p = Program(f"{name}: {label}")
            p.step(name, [p.input(v) for v in arguments], [mode])
            yield p.fails(kind)


def products(rng):
    turn = 0
    for dtype in DTYPES:
        if dtype == BOOL:
            continue
        for n, m in ((3, 3), (2, 2), (3, 2), (2, 3)):
            for shapes in (((n,), (m,)), ((4, n), (4, m)), ((4, n), (m,)), ((5, 1, n), (4, m)), ((0, n), (0, m))):
                turn += 1
                layouts = LAYOUTS[turn % 5], LAYOUTS[turn // 2 % 5]
                other = dtype if turn % 2 else DTYPES[(turn // 2) % len(DTYPES)]
                if other == BOOL:
                    other = dtype
                x, y = (laid(numbers(rng, t, s, "finite" if t.kind in "fc" else "any"), l) for t, s, l in zip((dtype, other), shapes, layouts))
                p = Program(f"cross of {dtype}{shapes[0]} {layouts[0]} and {other}{shapes[1]} {layouts[1]}", together=turn % 2 == 0)
                a, b = p.views((x, layouts[0]), (y, layouts[1]))
                gives = np.cross(x, y)
                value = p.step("cross", [a, b], [-1, -1, -1, NONE], gives=gives)
                if gives.dtype.kind == "c":
                    near(p, value, "cross", gives, 16)
                else:
                    p.result(value, "cross", EQUAL_ZERO)
                yield p
    for axes, shapes in (((0, -1, -1, None), ((3, 4), (4, 3))), ((0, 1, 0, None), ((3, 4), (4, 3))), ((-1, -1, -1, 0), ((3, 4), (3, 4))), ((1, 0, 1, None), ((5, 3, 4), (3, 4))), ((0, 0, 0, None), ((2, 4), (2, 4)))):
        x, y = rng.standard_normal(shapes[0]), rng.standard_normal(shapes[1])
        p = Program(f"cross axes={axes}")
        a, b = p.input(x), p.input(y)
        gives = np.cross(x, y, axes[0], axes[1], axes[2], axes[3])
        p.result(p.step("cross", [a, b], [*axes[:3], NONE if axes[3] is None else axes[3]], gives=gives), "cross axes", EQUAL_ZERO)
        yield p
    for label, kind, x, y in (("lengths", "value", np.ones(4), np.ones(3)), ("bool", "dtype", np.ones(3, bool), np.ones(3, bool)), ("0-d", "shape", np.ones(()), np.ones(3)), ("broadcast", "shape", np.ones((4, 3)), np.ones((5, 3)))):
        p = Program(f"cross: {label}")
        p.step("cross", [p.input(x), p.input(y)], [-1, -1, -1, NONE])
        yield p.fails(kind)


def programs(rows, rng):
    yield from averages(rng)
    yield from covariances(rng)
    yield from interpolations(rng)
    yield from integrals(rng)
    yield from gradients(rng)
    yield from slides(rng)
    yield from products(rng)
