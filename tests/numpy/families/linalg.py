# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Products and factorisations; the bounds grow with the size and the condition."""

import numpy as np

from core import BOOL, C64, C128, DTYPES, EQUAL_ZERO, F16, F32, F64, INT64, LAYOUTS, Program, numbers

MATMULS = [
    ((3,), (3,)), ((0,), (0,)), ((4, 5), (5,)), ((4,), (4, 5)), ((4, 5), (5, 3)), ((1, 5), (5, 1)), ((5, 1), (1, 5)),
    ((0, 3), (3, 2)), ((4, 0), (0, 3)), ((17, 19), (19, 16)), ((2, 4, 5), (2, 5, 3)), ((2, 4, 5), (5, 3)),
    ((4, 5), (2, 5, 3)), ((2, 1, 4, 5), (3, 5, 2)), ((3,), (2, 3, 4)), ((2, 4, 3), (3,)), ((64, 100), (100, 33)),
]  # fmt: skip
DOTS = [((), ()), ((), (3,)), ((4, 5), ()), ((3,), (3,)), ((4, 5), (5,)), ((4, 5), (5, 3)), ((4, 5), (2, 5, 3)), ((2, 4, 5), (3, 5, 2)), ((5,), (2, 5, 3))]
INNERS = [((), (3,)), ((3,), (3,)), ((4, 5), (5,)), ((4, 5), (3, 5)), ((2, 4, 5), (3, 5))]


def wide_product(name, x, y):
    """The product and the product of magnitudes, wide."""
    wide = np.clongdouble if x.dtype.kind == "c" else np.longdouble
    f = getattr(np, name)
    return f(x.astype(wide), y.astype(wide)), f(np.abs(x.astype(wide)), np.abs(y.astype(wide)))


def products(rng):
    turn = 0
    tables = [("matmul", MATMULS), ("dot", DOTS), ("inner", INNERS)]
    tables += [("vdot", [((3,), (3,)), ((4, 5), (4, 5))]), ("outer", [((3,), (4,)), ((2, 3), (4,)), ((0,), (3,))])]
    for name, table in tables:
        for shapes in table:
            for k in range(8):
                turn += 1
                first = [F64, F32, DTYPES[turn % 9], INT64, C128, C64, F16, DTYPES[(turn + 4) % len(DTYPES)]][k]
                second = first if k < 7 else DTYPES[(turn * 3) % len(DTYPES)]
                layouts = [LAYOUTS[(turn // 2 + i) % 5] if s else "contiguous" for i, s in enumerate(shapes)]
                x, y = (numbers(rng, t, s, "any" if t.kind in "iu" else "finite") for t, s in zip((first, second), shapes))
                label = ", ".join(f"{d}{s} {l}" for d, s, l in zip((first, second), shapes, layouts))
                p = Program(f"{name} of {label}")
                a, b = p.views((x, layouts[0]), (y, layouts[1]))
                out = np.promote_types(first, second)
                if out.kind not in "fc":
                    p.result(p.step(name, [a, b], gives=getattr(np, name)(x, y)), name)
                    yield p
                    continue
                exact, magnitude = wide_product(name, x.astype(out), y.astype(out))
                value = p.step(name, [a, b], gives=np.asarray(exact).astype(out))
                depth = x.shape[-1] if x.ndim and name != "vdot" else x.size
                # float16 sums in float32 and rounds once.
                bound = (2 * depth + 2) * float(np.finfo(F32 if out == F16 else out).eps) * np.asarray(np.abs(magnitude), np.float64)
                if out == F16:
                    bound = bound + float(np.finfo(F16).eps) * np.abs(exact)
                p.near(value, name, exact, bound)
                yield p
    for name, shapes in (("matmul", ((), (3,))), ("matmul", ((4, 5), (4, 5))), ("matmul", ((2, 4, 5), (3, 5, 2))),
                         ("dot", ((3,), (4,))), ("vdot", ((3,), (4,))), ("inner", ((4, 5), (4,)))):  # fmt: skip
        p = Program(f"{name} of {shapes}")
        p.step(name, [p.input(np.ones(s)) for s in shapes])
        yield p.fails("shape")
    for shape in ((4, 5), (5, 4), (3, 3), (2, 3, 4)):
        for k in (0, 1, -2):
            for dtype in (F64, INT64, np.dtype("int8"), BOOL):
                x = numbers(rng, dtype, shape, "small")
                p = Program(f"trace {k} of {dtype}{shape}")
                p.result(p.step("trace", [p.input(x)], [k], gives=np.trace(x, k)), "trace")
                yield p


def well_conditioned(rng, dtype, shape):
    n = min(shape[-2:])
    x = rng.standard_normal(shape)
    x[..., range(n), range(n)] += 3 * np.sqrt(n)
    return (x * 4).astype(dtype)


def factorisations(rng):
    turn = 0
    for dtype in (F64, F32, INT64, np.dtype("uint8")):
        out = dtype if dtype.kind == "f" else F64
        eps = float(np.finfo(out).eps)
        for shape in ((1, 1), (2, 2), (5, 5), (17, 17), (3, 4, 4), (2, 3, 2, 2), (0, 3, 3), (0, 0)):
            turn += 1
            layout = LAYOUTS[turn % 5]
            x = abs(well_conditioned(rng, F64, shape)).astype(dtype)
            w = x.astype(F64)
            n = shape[-1]
            condition = np.max(np.linalg.cond(w), initial=1.0) if x.size else 1.0
            slack = 20 * max(n, 1) * eps * condition
            for name in ("inv", "det"):
                p = Program(f"{name} of {dtype}{shape} {layout}")
                (a,) = p.views((x, layout))
                exact = getattr(np.linalg, name)(w)
                value = p.step(name, [a], gives=np.asarray(exact).astype(out))
                p.near(value, name, exact, slack * np.max(np.abs(exact), initial=0))
                yield p
            for columns in (None, 1, 3):
                if columns is None and len(shape) > 2:
                    continue  # NumPy 1 and 2 differ: only a 1-D right-hand side is a vector now
                right = shape[:-1] + ((columns,) if columns else ())
                y = numbers(rng, out, right, "finite")
                p = Program(f"solve of {dtype}{shape} {layout}, {out}{right}")
                a, b = p.views((x, layout), (y, "contiguous"))
                exact = np.linalg.solve(w, y.astype(F64))
                value = p.step("solve", [a, b], gives=exact.astype(out))
                p.near(value, "solve", exact, slack * np.max(np.abs(exact), initial=0))
                yield p
        for shape in ((1, 1), (5, 3), (3, 5), (4, 4), (17, 6), (2, 5, 3), (0, 3), (3, 0)):
            turn += 1
            layout = LAYOUTS[turn % 5]
            x = well_conditioned(rng, F64, shape).astype(dtype) if 0 not in shape else np.zeros(shape, dtype)
            p = Program(f"qr of {dtype}{shape} {layout}")
            (a,) = p.views((x, layout))
            exact = np.linalg.qr(x.astype(F64))
            condition = np.max(np.linalg.cond(x.astype(F64)), initial=1.0) if x.size else 1.0
            results = p.step("qr", [a], gives=[e.astype(out) for e in exact])
            for value, part, e in zip(results, "QR", exact):
                p.near(value, f"qr.{part}", e, 20 * max(shape) * eps * condition * np.max(np.abs(e), initial=0))
            yield p
    singular = np.array([[1.0, 2], [2, 4]])
    for name, x in (("inv", singular), ("inv", np.zeros((3, 3))), ("inv", np.stack([np.eye(2), singular]))):
        p = Program(f"{name} of a singular {x.shape}")
        p.result(p.step(name, [p.input(x)], gives=x), name)
        yield p.fails("linalg")
    p = Program("solve of a singular matrix")
    p.result(p.step("solve", [p.input(singular), p.input(np.ones(2))], gives=np.ones(2)), "solve")
    yield p.fails("linalg")
    p = Program("det of a singular matrix")
    p.result(p.step("det", [p.input(singular)], gives=np.float64(0)), "det", EQUAL_ZERO)
    yield p
    for name, shapes in (("inv", [(3, 4)]), ("inv", [(3,)]), ("det", [(2, 3)]), ("solve", [(3, 3), (4,)]),
                         ("solve", [(3, 4), (3,)]), ("qr", [(3,)])):  # fmt: skip
        p = Program(f"{name} of {shapes}")
        p.step(name, [p.input(np.ones(s)) for s in shapes], gives=[np.zeros(0)] * (2 if name == "qr" else 1))
        yield p.fails("shape")


def least_squares(rng):
    for dtype in (F64, F32, INT64):
        out = dtype if dtype.kind == "f" else F64
        eps = float(np.finfo(out).eps)
        for rows, columns, right in ((6, 3, None), (6, 3, 2), (4, 4, None), (3, 5, None), (3, 5, 2), (100, 7, None), (5, 1, 1)):
            x = well_conditioned(rng, F64, (rows, columns)).astype(dtype)
            y = numbers(rng, out, (rows,) if right is None else (rows, right), "finite")
            p = Program(f"lstsq of {dtype}{x.shape}, {y.shape}")
            exact = np.linalg.lstsq(x.astype(F64), y.astype(F64), rcond=None)
            gives = [exact[0].astype(out), exact[1].astype(out), np.int64(exact[2]), exact[3].astype(out)]
            results = p.step("lstsq", [p.input(x), p.input(y)], gives=gives)
            slack = 100 * max(rows, columns) * eps * np.linalg.cond(x.astype(F64))
            for value, part, e in zip(results, ("x", "residuals", "rank", "s"), exact):
                if part == "rank":
                    p.result(value, "lstsq.rank")
                else:
                    p.near(value, f"lstsq.{part}", e, slack * max(1.0, np.max(np.abs(e), initial=0)))
            yield p


def programs(rows, rng):
    yield from products(rng)
    yield from factorisations(rng)
    yield from least_squares(rng)
