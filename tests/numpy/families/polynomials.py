# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Polynomials: fits, values, zeros, arithmetic, poly1d."""

import pathlib

import numpy as np

from core import BOOL, C64, C128, DTYPES, EQUAL_ZERO, F16, F32, F64, INT32, INT64, LAYOUTS, Program, numbers
from families.calculus import eps_of, near

NONE = -(2**63)
REAL = [d for d in DTYPES if d.kind != "c" and d != BOOL]


def longley():
    path = pathlib.Path(__file__).resolve().parents[2] / "examples" / "data" / "longley.csv"
    return np.loadtxt(path, delimiter=",", skiprows=1)


def fits(rng):
    table = longley()
    year, work = table[:, 7], table[:, 1]
    turn = 0
    cases = [(year, work, 1), (year, work, 2), (year - 1954.5, work, 4)]
    for dtype in (F64, F32, INT64, np.dtype("int16")):
        for n, degree in ((1, 0), (5, 1), (7, 2), (30, 3), (100, 5), (4, 3), (1000, 2)):
            x = np.linspace(-2, 3, n).astype(dtype) if dtype.kind == "f" else (np.arange(n) - n // 2).astype(dtype)
            cases.append((x, (rng.standard_normal(n) + np.polyval([0.5, -1, 2], x)).astype(dtype), degree))
            cases.append((x, rng.standard_normal((n, 3)).astype(dtype), degree))
    for x, y, degree in cases:
        for weighted in (False, True):
            turn += 1
            w = (rng.random(x.size) + 0.5) if weighted else None
            if weighted and turn % 3 == 0 and x.dtype == F32:
                w = w.astype(F32)
            wide = x.astype(F64) + 0.0
            out = np.polyfit(x, y, degree, w=w).dtype if x.dtype != F32 else F32
            lhs = np.vander(wide, degree + 1)
            lhs = lhs / np.sqrt((lhs * lhs).sum(0))
            condition = np.linalg.cond(lhs if w is None else lhs * w[:, None])
            # The fit in float64 stands for the truth of one in float32.
            gives = np.polyfit(wide, y.astype(F64), degree, w=w)
            slack = 200 * condition * max(degree, 1)
            p = Program(f"polyfit {degree} of {x.dtype} {x.size} {y.shape} weighted={weighted} {turn}", together=turn % 2 == 0)
            a, b = p.input(x), p.input(y)
            more = [p.input(w)] if weighted else []
            # NumPy keeps float32 beside weights of float64: they multiply in place.
            value = p.step("polyfit", [a, b, *more], [degree, weighted], gives=gives.astype(out))
            near(p, value, "polyfit", gives, slack)
            yield p
            full = np.polyfit(wide, y.astype(F64), degree, w=w, full=True)
            p = Program(f"polyfit_full {degree} of {x.dtype} {x.size} {y.shape} weighted={weighted} {turn}")
            a, b = p.input(x), p.input(y)
            more = [p.input(w)] if weighted else []
            residuals = full[1] if full[1].size else np.zeros(0)
            rcond = x.size * eps_of(out)
            gives = [full[0].astype(out), residuals.astype(out), np.asarray(full[2], np.int64), full[3].astype(out), np.asarray(rcond)]
            c, r, rank, s, own = p.step("polyfit_full", [a, b, *more], [degree, weighted], gives=gives)
            near(p, c, "polyfit_full", full[0], slack)
            if x.size > degree + 1:
                near(p, r, "residuals", residuals, slack, max(np.max(residuals, initial=0), np.sum((y.astype(F64) * (1 if w is None else (w if y.ndim == 1 else w[:, None]))) ** 2)))
            p.result(rank, "rank")
            near(p, s, "singular values", full[3], 100)
            p.result(own, "rcond")
            yield p
            if x.size <= degree + 1:
                continue
            for unscaled in (False, True):
                c, v = np.polyfit(wide, y.astype(F64), degree, w=w, cov="unscaled" if unscaled else True)
                if unscaled and y.ndim == 2:
                    v = np.asarray(v)
                p = Program(f"polyfit_cov {degree} of {x.dtype} {x.size} {y.shape} weighted={weighted} unscaled={unscaled} {turn}")
                a, b = p.input(x), p.input(y)
                more = [p.input(w)] if weighted else []
                own, cov = p.step("polyfit_cov", [a, b, *more], [degree, weighted | unscaled << 1], gives=[c.astype(out), v.astype(out)])
                near(p, own, "polyfit_cov", c, slack)
                near(p, cov, "covariance", v, slack * max(condition, 1))
                yield p
    p = Program("polyfit with rcond")
    x = np.linspace(0, 1, 30)
    y = np.cos(5 * x)
    a, b = p.input(x), p.input(y)
    near(p, p.step("polyfit", [a, b], [8, 0], [1e-3], gives=np.polyfit(x, y, 8, rcond=1e-3)), "polyfit rcond", np.polyfit(x, y, 8, rcond=1e-3), 1e5)
    yield p
    for label, kind, arguments, name, integers in (
        ("degree", "value", [x, x], "polyfit", [-1, 0]), ("2-d x", "shape", [np.ones((2, 2)), x], "polyfit", [1, 0]), ("lengths", "shape", [x, x[1:]], "polyfit", [1, 0]),
        ("empty", "shape", [x[:0], x[:0]], "polyfit", [1, 0]), ("weights", "shape", [x, x, x[1:]], "polyfit", [1, 1]), ("few points", "value", [x[:3], x[:3]], "polyfit_cov", [2, 0]),
    ):  # fmt: skip
        p = Program(f"{name}: {label}")
        p.step(name, [p.input(v) for v in arguments], integers)
        yield p.fails(kind)


def values(rng):
    turn = 0
    for dtype in DTYPES:
        if dtype == BOOL:
            continue
        for n in (0, 1, 2, 4, 9):
            for shape in ((), (0,), (7,), (4, 5)):
                turn += 1
                other = DTYPES[turn % len(DTYPES)]
                if other == BOOL:
                    other = dtype
                c = numbers(rng, dtype, (n,), "small")
                x = numbers(rng, other, shape, "small")
                p = Program(f"polyval of {dtype} {n} at {other}{shape}", together=turn % 2 == 0)
                a, b = p.input(c), p.input(x)
                gives = np.asarray(np.polyval(c, x))
                value = p.step("polyval", [a, b], gives=gives)
                if gives.dtype.kind == "c":
                    size = np.max(np.polyval(np.abs(c), np.abs(x)), initial=0)
                    near(p, value, "polyval", gives, 40, float(size))
                else:
                    p.result(value, "polyval", EQUAL_ZERO)
                # A C++ number takes the coefficients' dtype.
                if dtype.kind in "fc" and n:
                    at = p.step("polyval", [a, 0.5], gives=np.asarray(np.polyval(c, dtype.type(0.5))))
                    near(p, at, "polyval at a number", at.data, 16)
                yield p


def zeros(rng):
    cases = [[1, -6, 11, -6], [1, 0, 1], [0, 0, 2, -4], [3, 0, 0], [0, 0, 0], [5], [], [2.0, 1], [1, 2, 3, 4, 5, 6], [0, 1, 0, 0, -1, 0], [1, 1j, -2], [1.5, 0, 0, 0, 0, -3]]
    cases = [np.asarray(c, np.result_type(np.asarray(c).dtype)) for c in cases]
    cases += [rng.standard_normal(n) for n in (3, 6, 12)] + [rng.standard_normal(5).astype(F32), numbers(rng, C128, (6,), "finite"), numbers(rng, C64, (4,), "finite")]
    cases += [np.array([1, 7, 12], t) for t in REAL if t != F16]
    for c in cases:
        if c.size == 0:
            c = c.astype(F64)
        exact = np.roots(c)
        gives = np.sort(exact)
        p = Program(f"roots of {c.dtype} {c.tolist()[:6]}", eager=True)
        a = p.input(c)
        value = p.step("sorted roots", [a], gives=gives)
        near(p, value, "roots", gives, 4000)
        yield p
        if exact.size:
            back = c[np.flatnonzero(c)[0] :]
            p = Program(f"poly of the roots of {c.dtype} {c.tolist()[:6]}", eager=True)
            a = p.input(exact)
            gives = np.asarray(np.poly(exact))
            near(p, p.step("poly", [a], gives=gives), "poly", gives, 100)
            assert np.allclose(gives, back / back[0], 1e-3, 1e-3)
            yield p
    for t in DTYPES:
        if t == BOOL:
            continue
        for n in (0, 1, 2, 5):
            x = numbers(rng, t, (n,), "small")
            gives = np.asarray(np.poly(x))
            p = Program(f"poly of {t} {n}", eager=t.kind == "c")
            near(p, p.step("poly", [p.input(x)], gives=gives), "poly", gives, 16)
            yield p
    m = np.array([[2.0, 1], [1, 3]])
    for x in (m, np.array([[0, 1.0], [-1, 0]]), rng.standard_normal((4, 4))):
        p = Program("poly of a matrix", eager=True)
        near(p, p.step("poly", [p.input(x)], gives=np.poly(x)), "poly of a matrix", np.poly(x), 200)
        yield p
    for c in ([2.0, -3, 1], [1.0, 2, 3, 4], [1.0, 0, 4]):  # inside nd::jit
        c = np.asarray(c)
        p = Program(f"|roots| of {c.tolist()}")
        gives = np.sort(np.abs(np.roots(c)))
        size = p.step("absolute", [p.step("roots", [p.input(c)])], gives=gives)
        near(p, p.step("sort", [size], [0], gives=gives), "|roots|", gives, 1000)
        yield p
    for name, x in (("poly", np.ones((2, 3))), ("roots", np.ones((2, 2))), ("polyder", np.ones((2, 2)))):
        p = Program(f"{name} of shape {x.shape}")
        p.step(name, [p.input(x)], [1])
        yield p.fails("value")


def arithmetic(rng):
    turn = 0
    for dtype in DTYPES:
        if dtype == BOOL:
            continue
        for n, m in ((1, 1), (4, 2), (2, 5), (7, 3), (3, 3)):
            turn += 1
            other = DTYPES[turn % len(DTYPES)]
            if other == BOOL:
                other = dtype
            u, v = numbers(rng, dtype, (n,), "small"), numbers(rng, other, (m,), "small")
            u[0], v[0] = 3, 2
            p = Program(f"polyadd of {dtype} {n} and {other} {m}", together=turn % 2 == 0)
            a, b = p.input(u), p.input(v)
            for name in ("polyadd", "polysub", "polymul"):
                gives = np.asarray(getattr(np, name)(u, v))
                near(p, p.step(name, [a, b], gives=gives), name, gives, 16)
            yield p
            q, r = np.polydiv(u, v)
            # As small as the remainder may be after cancellation, NumPy drops what is in front by its value.
            p = Program(f"polydiv of {dtype} {n} by {other} {m}", eager=True)
            a, b = p.input(u), p.input(v)
            if q.dtype != F16:
                own = p.step("polydiv", [a, b], gives=[q, r])
                near(p, own[0], "polydiv", q, 1000)
                near(p, own[1], "remainder", r, 1000, max(1, np.max(np.abs(q)) * np.max(np.abs(v)) * 10))
                yield p
            p = Program(f"polyder of {dtype} {n}")
            a = p.input(u)
            for times in (0, 1, 2, 5):
                gives = np.polyder(u, times)
                near(p, p.step("polyder", [a], [times], gives=gives), "polyder", gives, 8)
            for times in (0, 1, 2):
                gives = np.polyint(u, times)
                near(p, p.step("polyint", [a], [times], gives=gives), "polyint", gives, 8)
            yield p
            k = numbers(rng, F64, (3,), "finite")
            p = Program(f"polyint of {dtype} {n} with constants")
            a, one, all_ = p.input(u), p.input(k[0]), p.input(k)
            for times in (1, 3):
                near(p, p.step("polyint", [a, one], [times], gives=np.polyint(u, times, k[0])), "polyint k", np.polyint(u, times, k[0]), 16)
                near(p, p.step("polyint", [a, all_], [times], gives=np.polyint(u, times, k)), "polyint k", np.polyint(u, times, k), 16)
            yield p
            if dtype == F16 or other == F16 or dtype.kind in "iu" and dtype.itemsize < 8 or other.kind in "iu" and other.itemsize < 8:
                continue  # powers leave their range
            P, Q = np.poly1d(u), np.poly1d(v)
            quotient, remainder = P / Q if isinstance(P / Q, tuple) else ((P / Q), np.poly1d([0.0]))
            gives = [P.c, (P + Q).c, (P - Q).c, (P * Q).c, quotient.c, remainder.c, (-P).c, (P * 2).c, (3 + P).c, (P / 4).c, (P**3).c, P(Q).c,
                     P.deriv().c, P.integ(2).c, np.asarray(P[1]), P(u), np.asarray(P(dtype.type(0.5) if dtype.kind in "fc" else 0.5)), P.deriv(2).c,
                     (1 - Q).c, np.asarray(P[100])]  # fmt: skip
            labels = ["c", "+", "-", "*", "/", "remainder", "negative", "* 2", "3 +", "/ 4", "** 3", "p(q)", "deriv", "integ", "[1]", "p(array)", "p(0.5)", "deriv(2)", "1 -", "[100]"]
            p = Program(f"poly1d of {dtype} {n} and {other} {m}", eager=True)
            a, b = p.input(u), p.input(v)
            for value, label, wanted in zip(p.step("poly1d", [a, b], gives=gives), labels, gives):
                if label in ("remainder", "p(q)") and wanted.dtype in (F32, C64):
                    continue
                near(p, value, f"poly1d {label}", wanted, 5000, max(1.0, float(np.max(np.abs(wanted), initial=0))) * 4)
            yield p
    for z in ([1, 2], [1.0, -1, 3], [1j, -1j]):
        z = np.asarray(z)
        p = Program(f"poly1d of roots {z.tolist()}", eager=True)
        gives = np.poly1d(z, True).c
        near(p, p.step("poly1d of roots", [p.input(z)], gives=gives), "poly1d of roots", gives, 8)
        yield p
    for name, kind, arguments, integers in (("polyder", "value", [np.ones(3)], [-1]), ("polyint", "value", [np.ones(3)], [-1]), ("polyint", "value", [np.ones(3), np.ones(2)], [3]),
                                            ("poly1d", "value", [np.ones((2, 2)), np.ones(2)], []), ("polydiv", "value", [np.ones(0), np.ones(2)], [])):  # fmt: skip
        p = Program(f"{name} {integers}")
        p.step(name, [p.input(v) for v in arguments], integers)
        yield p.fails(kind)


def programs(rows, rng):
    yield from fits(rng)
    yield from values(rng)
    yield from zeros(rng)
    yield from arithmetic(rng)
