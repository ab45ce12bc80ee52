# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Decompositions of matrices that are random, graded, badly conditioned, of low rank, empty, 1 x 1, batched and not
finite. What is unique is compared with NumPy's double result, what is not by its residual; the bounds grow with the
size and the condition."""

import numpy as np

from core import C64, C128, EQUAL_ZERO, F16, F32, F64, INT64, LAYOUTS, Program, complex_of, numbers, real_of

DTYPES = [F64, F32, C128, C64]
SQUARES = [(1, 1), (2, 2), (3, 3), (5, 5), (17, 17), (40, 40), (3, 4, 4), (2, 3, 2, 2), (0, 3, 3), (0, 0), (2, 0, 0)]
RECTANGLES = [(1, 1), (5, 3), (3, 5), (4, 4), (17, 6), (6, 17), (2, 5, 3), (2, 3, 4, 6), (0, 3), (3, 0), (0, 4, 2), (2, 3, 0)]
INF = float("inf")


def wide(x):
    return x.astype(C128 if x.dtype.kind == "c" else F64)


def eps_of(dtype):
    return float(np.finfo(real_of(dtype)).eps)


def adjoint(x):
    return np.conj(np.swapaxes(x, -1, -2))


def largest(x):
    return float(np.max(np.abs(x), initial=0))


def matrix(rng, dtype, shape, kind):
    """In `dtype`: a random matrix, or one that is harder."""
    x = rng.standard_normal(shape)
    if dtype.kind == "c":
        x = complex_of(x, rng.standard_normal(shape))
    m, n = shape[-2:]
    if kind == "well":
        k = min(m, n)
        x[..., range(k), range(k)] += 3 * np.sqrt(k)
    elif kind == "graded":
        x = x * 10.0 ** -np.arange(m)[:, None] if m < 8 else x * 10.0 ** (-8.0 * np.arange(m) / m)[:, None]
    elif kind == "hilbert":
        x = np.broadcast_to(1.0 / (1 + np.arange(m)[:, None] + np.arange(n)), shape)
    elif kind == "low":  # rank 1
        x = x[..., :1] * np.arange(1.0, n + 1) if n and m else x
    elif kind == "zero":
        x = x * 0
    return x.astype(dtype)


def cases(rng, shapes, kinds, dtypes=DTYPES):
    turn = 0
    for shape in shapes:
        for kind in kinds:
            for dtype in dtypes:
                turn += 1
                x = matrix(rng, dtype, shape, kind)
                yield x, f"{kind} {dtype}{shape}", LAYOUTS[turn % 5]


def started(name, x, label, layout, **how):
    p = Program(f"{name} of {label} {layout}", **how)
    (a,) = p.views((x, layout))
    return p, a


def condition(x):
    return float(np.max(np.linalg.cond(wide(x)), initial=1.0)) if x.size else 1.0


def solving(rng):
    for x, label, layout in cases(rng, SQUARES, ["well", "random"], [C128, C64, F64, F32]):
        n, out = x.shape[-1], x.dtype
        slack = 30 * max(n, 1) * eps_of(out) * condition(x)
        for name in ("inv", "det"):
            p, a = started(name, x, label, layout)
            exact = np.asarray(getattr(np.linalg, name)(wide(x)))
            p.near(p.step(name, [a], gives=exact.astype(out)), name, exact, slack * largest(exact))
            yield p
        y = numbers(rng, out, x.shape[:-1] + (3,), "finite")
        p = Program(f"solve of {label} {layout}, {y.shape}")
        a, b = p.views((x, layout), (y, "transposed"))
        exact = np.linalg.solve(wide(x), wide(y))
        p.near(p.step("solve", [a, b], gives=exact.astype(out)), "solve", exact, slack * largest(exact))
        yield p
        p, a = started("slogdet", x, label, layout)
        sign, logarithm = (np.asarray(e) for e in np.linalg.slogdet(wide(x)))
        s, l = p.step("slogdet", [a], gives=[sign.astype(out), logarithm.astype(real_of(out))])
        p.near(s, "slogdet.sign", sign, slack)
        p.near(l, "slogdet.logabsdet", logarithm, slack + 10 * max(n, 1) * eps_of(out) * (1 + largest(logarithm)))
        yield p
    # Beyond the range of the determinant; singular; not finite.
    x = np.eye(300) * 1e10
    p = Program("slogdet of a large determinant")
    a = p.input(x)
    s, l = p.step("slogdet", [a], gives=[np.float64(1), np.float64(300 * np.log(1e10))])
    p.result(s, "slogdet.sign")
    p.near(l, "slogdet.logabsdet", l.data, 1e-9)
    p.result(p.step("det", [a], gives=np.float64(INF)), "det")
    yield p
    for dtype in DTYPES:
        x = np.array([[[1, 2], [2, 4]], [[1, 0], [0, 2]]]).astype(dtype)
        p = Program(f"slogdet of a singular {dtype}")
        s, l = p.step("slogdet", [p.input(x)], gives=[np.array([0, 1]).astype(dtype), np.array([-INF, np.log(2)]).astype(real_of(dtype))])
        p.result(s, "slogdet.sign", EQUAL_ZERO)
        p.near(l, "slogdet.logabsdet", l.data, 1e-6)
        yield p
        for name in ("inv", "solve"):
            p = Program(f"{name} of a singular {dtype}")
            p.result(p.step(name, [p.input(x), p.input(x)][: 1 + (name == "solve")], gives=x), name)
            yield p.fails("linalg")
        bad = np.full((3, 3), np.nan).astype(dtype)
        p = Program(f"nan in {dtype}")
        a = p.input(bad)
        if dtype.kind == "f":
            p.result(p.step("inv", [a], gives=bad), "inv")
            p.result(p.step("det", [a], gives=dtype.type(np.nan)), "det")
            p.result(p.step("solve", [a, a], gives=bad), "solve")
        p.result(p.step("slogdet", [a], gives=[bad[0, 0], real_of(dtype).type(np.nan)])[1], "slogdet.logabsdet")
        yield p


def triangles(rng):
    for x, label, layout in cases(rng, SQUARES, ["random", "graded"]):
        n, out = x.shape[-1], x.dtype
        w = wide(x)
        positive = (w @ adjoint(w) + np.eye(n) * max(n, 1)).astype(out)
        slack = 20 * max(n, 1) * eps_of(out) * condition(positive)
        for upper in (0, 1):
            one = np.triu(positive) if upper else np.tril(positive)  # the other is not looked at
            p, a = started(f"cholesky {upper}", one, label, layout)
            exact = np.linalg.cholesky(wide(positive))
            exact = adjoint(exact) if upper else exact
            p.near(p.step("cholesky", [a], [upper], gives=exact.astype(out)), "cholesky", exact, slack * largest(exact))
            yield p
    for x, why in ((np.diag([1.0, -1]), "an indefinite"), (np.zeros((3, 3)), "a zero"), (np.full((2, 2), np.nan), "a nan"),
                   (np.stack([np.eye(2), -np.eye(2)]), "a batched")):  # fmt: skip
        p = Program(f"cholesky of {why} matrix")
        p.result(p.step("cholesky", [p.input(x)], [0], gives=x), "cholesky")
        yield p.fails("linalg")
    for x, label, layout in cases(rng, RECTANGLES, ["well", "random"]):
        m, n, out = *x.shape[-2:], x.dtype
        k = min(m, n)
        slack = 20 * max(m, n, 1) * eps_of(out) * condition(x)
        scale = 1 + largest(x) * max(m, n)
        for mode, integers in (("reduced", []), ("complete", [1])):
            if 0 in x.shape[-2:] and mode == "complete":
                continue
            exact = np.linalg.qr(wide(x), mode)
            p, a = started(f"qr {mode}", x, label, layout)
            results = p.step("qr", [a], integers, gives=[e.astype(out) for e in exact])
            # Beyond the k-th, columns of Q are a basis of what is left, made by LAPACK in one way.
            for value, part, e in zip(results, "QR", exact):
                p.near(value, f"qr.{part}", e, slack * scale)
            yield p
        p, a = started("qr_r", x, label, layout)
        exact = np.linalg.qr(wide(x), "r")
        p.near(p.step("qr_r", [a], gives=exact.astype(out)), "qr_r", exact, slack * scale)
        yield p
        if k:
            p, a = started("qr_raw", x, label, layout)
            exact = np.linalg.qr(wide(x), "raw")
            results = p.step("qr_raw", [a], gives=[e.astype(out) for e in exact])
            for value, part, e in zip(results, ("h", "tau"), exact):
                p.near(value, f"qr_raw.{part}", e, slack * scale)
            yield p


def eigenvalues(rng):
    for x, label, layout in cases(rng, SQUARES, ["random", "graded", "low", "zero"]):
        n, out = x.shape[-1], x.dtype
        size = max(n, 1) * largest(x)
        p, a = started("eig_residual", x, label, layout)
        zeros = np.zeros(x.shape, real_of(out))
        bound = 30 * eps_of(out) * size + 1e-300
        residual, lengths = p.step("eig_residual", [a], gives=[zeros, np.zeros(x.shape[:-1], zeros.dtype)])
        p.near(residual, "eig", zeros, bound)
        p.near(lengths, "eig", np.zeros(x.shape[:-1]), 30 * max(n, 1) * eps_of(out))
        yield p
        # Hermitian: each triangle alone, and against the whole.
        h = x + adjoint(x)
        exact = np.linalg.eigvalsh(wide(h))
        for upper in (0, 1):
            one = np.triu(h) if upper else np.tril(h)
            p = Program(f"eigh {upper} of {label} {layout}")
            a, b = p.views((one, layout), (h, "contiguous"))
            residual, orthonormal = p.step("eigh_residual", [a, b], [upper], gives=[zeros, zeros])
            p.near(residual, "eigh", zeros, 2 * bound)
            p.near(orthonormal, "eigh", zeros, 20 * max(n, 1) * eps_of(out))
            p.near(p.step("eigh", [a], [upper], gives=[exact.astype(real_of(out)), h])[0], "eigh.eigenvalues", exact, 2 * bound)
            p.near(p.step("eigvalsh", [a], [upper], gives=exact.astype(real_of(out))), "eigvalsh", exact, 2 * bound)
            yield p
    # Values of general matrices: of normal ones, which are well conditioned, in the same order.
    for dtype in DTYPES:
        for x in ([[2, 0], [0, 3]], [[0, 1], [-1, 0]], [[1, 2, 0], [-2, 1, 0], [0, 0, 5]]):
            x = np.array(x).astype(dtype)
            exact = np.linalg.eigvals(x)  # real where all are, outside of nd::jit
            p = Program(f"eigvals of {dtype}{x.shape} {x[0, 1]}", eager=True)
            a = p.input(x)
            p.near(p.step("eigvals", [a], gives=exact), "eigvals", exact, 1e-6)
            w, v = np.linalg.eig(x)
            results = p.step("eig", [a], gives=[w, v])
            p.near(results[0], "eig.eigenvalues", w, 1e-6)
            if x[0, 1] == 0:  # others have any phase
                p.near(results[1], "eig.eigenvectors", v, 1e-6)
            yield p
    for shape in ((0, 0), (2, 0, 0), (0, 3, 3)):
        p = Program(f"eigvals of nothing {shape}", eager=True)
        p.result(p.step("eigvals", [p.input(np.zeros(shape))], gives=np.zeros(shape[:-1])), "eigvals")
        yield p
    for name in ("eig", "eigvals", "eigh", "eigvalsh"):
        for bad in (np.nan, INF):
            for dtype in (F64, C64):
                x = np.zeros((2, 3, 3), dtype)
                x[1, 2, 0] = bad
                p = Program(f"{name} of {bad} {dtype}")
                integers = [0] if name.endswith(("h", "sh")) else []
                out = p.step(name, [p.input(x)], integers, gives=[x[..., 0], x] if name in ("eig", "eigh") else x[..., 0])
                p.result(out[0] if isinstance(out, list) else out, name)
                yield p.fails("linalg")


def singular_values(rng):
    for x, label, layout in cases(rng, RECTANGLES, ["random", "graded", "low", "hilbert", "zero"]):
        m, n, out = *x.shape[-2:], x.dtype
        k, eps = min(m, n), eps_of(out)
        real = real_of(out)
        exact = np.linalg.svd(wide(x), compute_uv=False)
        bound = 20 * max(m, n, 1) * eps * largest(x) + 1e-300
        batch = x.shape[:-2]
        for full in (0, 1):
            p, a = started(f"svd {full}", x, label, layout)
            if k:
                left, right = (m, n) if full else (k, k)
                zeros = [np.zeros(s, real) for s in (x.shape, batch + (left, left), batch + (right, right))]
                residuals = p.step("svd_residual", [a], [full, 0], gives=zeros)
                for value, e, b in zip(residuals, zeros, (max(m, n) * bound, 20 * max(m, n) * eps, 20 * max(m, n) * eps)):
                    p.near(value, "svd", e, b)
            u, s, vh = np.linalg.svd(wide(x), bool(full))
            results = p.step("svd", [a], [full, 0], gives=[u.astype(out), s.astype(real), vh.astype(out)])
            p.near(results[1], "svd.S", s, bound)
            if not k:
                p.result(results[0], "svd.U")
                p.result(results[2], "svd.Vh")
            yield p
        p, a = started("svdvals", x, label, layout)
        p.near(p.step("svdvals", [a], [0], gives=exact.astype(real)), "svdvals", exact, bound)
        if k:
            rank = np.linalg.matrix_rank(wide(x), tol=max(m, n) * 1e-4 * exact[..., 0])
            p.result(p.step("matrix_rank", [a], [0], [max(m, n) * 1e-4], gives=np.int64(rank)), "matrix_rank")
        yield p
        if k == 0 or "random" in label or "zero" in label or "low" in label:
            p, a = started("pinv", x, label, layout)
            rcond = 1e-4
            exact = np.linalg.pinv(wide(x), rcond)
            scale = 100 * max(m, n, 1) * eps * (1 + largest(exact) ** 2) * (1 + largest(x))
            p.near(p.step("pinv", [a], [0], [rcond], gives=exact.astype(out)), "pinv", exact, scale)
            yield p
    for dtype in DTYPES:
        for shape in ((4, 4), (2, 3, 3)):
            x = matrix(rng, dtype, shape, "random")
            h = x + adjoint(x)
            n, eps = shape[-1], eps_of(dtype)
            p = Program(f"hermitian {dtype}{shape}")
            a = p.input(h)
            zeros = np.zeros(shape, real_of(dtype))
            for value in p.step("svd_residual", [a], [1, 1], gives=[zeros] * 3):
                p.near(value, "svd", zeros, 50 * n * eps * (1 + largest(h)))
            exact = np.linalg.svd(wide(h), compute_uv=False)
            p.near(p.step("svdvals", [a], [1], gives=exact.astype(real_of(dtype))), "svdvals", exact, 50 * n * eps * largest(h))
            p.result(p.step("matrix_rank", [a], [1], gives=np.int64(np.linalg.matrix_rank(h))), "matrix_rank")
            exact = np.linalg.pinv(wide(h), hermitian=True)
            p.near(p.step("pinv", [a], [1], gives=exact.astype(dtype)), "pinv", exact, 100 * n * eps * (1 + largest(exact) ** 2) * (1 + largest(h)))
            yield p
    for x in (np.zeros(3), np.ones(3), np.float64(0), np.float64(2), np.zeros((3, 3)), np.eye(4), np.diag([1, 1e-20, 3]), np.ones((2, 3, 4))):
        p = Program(f"matrix_rank of {x.shape} {np.sum(x)}")
        p.result(p.step("matrix_rank", [p.input(x)], [0], gives=np.int64(np.linalg.matrix_rank(x))), "matrix_rank")
        yield p
    x, limit = rng.standard_normal((2, 3, 3)), np.array([0.5, 1e9])
    p = Program("limits for each matrix")
    a, b = p.input(x), p.input(limit)
    p.result(p.step("matrix_rank", [a, b], [0], gives=np.int64(np.linalg.matrix_rank(x, tol=limit))), "matrix_rank")
    exact = np.linalg.pinv(x, np.array([1e-10, 0.5]))
    yield p
    p = Program("pinv with a limit for each matrix")
    a, b = p.input(x), p.input(np.array([1e-10, 0.5]))
    p.near(p.step("pinv", [a, b], [0], gives=exact), "pinv", exact, 1e-10 * (1 + largest(exact)))
    yield p
    for name, integers, count in (("svd", [0, 0], 3), ("svdvals", [0], 1)):
        for bad in (np.nan, -INF):
            x = np.ones((3, 2))
            x[1, 1] = bad
            p = Program(f"{name} of {bad}")
            out = p.step(name, [p.input(x)], integers, gives=[x] * count if count > 1 else x)
            p.result(out[0] if count > 1 else out, name)
            yield p.fails("linalg")


def least_squares(rng):
    for dtype in (C128, C64):
        for rows, columns, right in ((6, 3, None), (6, 3, 2), (4, 4, None), (3, 5, None), (40, 7, 3)):
            x = matrix(rng, dtype, (rows, columns), "well")
            y = numbers(rng, dtype, (rows,) if right is None else (rows, right), "finite")
            exact = np.linalg.lstsq(wide(x), wide(y), rcond=None)
            real = real_of(dtype)
            gives = [exact[0].astype(dtype), exact[1].astype(real), np.int64(exact[2]), exact[3].astype(real)]
            p = Program(f"lstsq of {dtype}{x.shape}, {y.shape}")
            results = p.step("lstsq", [p.input(x), p.input(y)], gives=gives)
            slack = 100 * max(rows, columns) * eps_of(dtype) * condition(x)
            for value, part, e in zip(results, ("x", "residuals", "rank", "s"), exact):
                if part == "rank":
                    p.result(value, "lstsq.rank")
                else:
                    p.near(value, f"lstsq.{part}", e, slack * max(1.0, largest(e)))
            yield p
    # Rank 2 of 3: no residuals, as they are not what they seem. Inside nd::jit they are nan.
    x = np.array([[1.0, 0, 1], [0, 1, 1], [1, 1, 2], [2, 1, 3], [0, 3, 3]])
    for y in (np.arange(5.0), np.arange(10.0).reshape(5, 2)):
        exact = np.linalg.lstsq(x, y, rcond=None)
        gives = [exact[0], exact[1], np.int64(exact[2]), exact[3]]
        p = Program(f"lstsq of a matrix of rank 2, {y.shape}", eager=True)
        results = p.step("lstsq", [p.input(x), p.input(y)], gives=gives)
        for value, part, e in zip(results, ("x", "residuals", "rank", "s"), gives):
            if part == "rank":
                p.result(value, "lstsq.rank")
            else:
                p.near(value, f"lstsq.{part} of low rank", e, np.full(np.shape(e), 1e-12))
        yield p
    p = Program("lstsq of nan")
    out = p.step("lstsq", [p.input(np.full((3, 2), np.nan)), p.input(np.ones(3))], gives=[np.zeros(2), np.zeros(1), np.int64(0), np.zeros(2)])
    p.result(out[0], "lstsq")
    yield p.fails("linalg")


ORDERS = [([0], []), ([1], [0.0]), ([1], [1.0]), ([1], [-1.0]), ([1], [2.0]), ([1], [-2.0]), ([1], [3.0]), ([1], [0.5]), ([1], [INF]), ([1], [-INF]), ([2], []), ([3], [])]


def named(kind, reals):
    return {0: None, 1: reals[0] if reals else None, 2: "fro", 3: "nuc"}[kind]


def norms(rng):
    turn = 0
    for dtype in (*DTYPES, INT64):
        for shape, axis in (((5,), None), ((1,), None), ((4, 5), None), ((4, 5), (0,)), ((4, 5), (1,)), ((2, 4, 5), (1, 2)), ((4, 2, 5), (2, 0)), ((2, 4, 5), (-1,)), ((2, 3, 4), None), ((), None)):
            for (kind,), reals in ORDERS:
                turn += 1
                x = numbers(rng, dtype, shape, "finite" if dtype.kind != "i" else "small")
                order, keepdims = named(kind, reals), turn % 2
                try:
                    exact = np.asarray(np.linalg.norm(wide(x), order, axis if axis is None or len(axis) > 1 else axis[0], bool(keepdims)))
                    failure = None
                except ValueError:
                    exact, failure = np.zeros(()), "value"
                p = Program(f"norm {order} of {dtype}{shape} over {axis}")
                (a,) = p.views((x, LAYOUTS[turn % 5]))
                out = real_of(dtype if dtype.kind != "i" else F64)
                value = p.step("norm", [a], [kind, keepdims, *(axis or ())], reals, gives=exact.astype(out))
                if failure:
                    yield p.fails(failure)
                    continue
                p.near(value, "norm", exact, 40 * eps_of(out) * (np.abs(exact) + (largest(x) if kind == 3 or reals and abs(reals[0]) == 2 else 0)))
                yield p
        for shape, axis in (((4, 5), ()), ((2, 3, 4), (0, 2)), ((2, 3, 4), (1,))):
            for p_norm in (2.0, 1.0, INF, 0.0, 3.0):
                turn += 1
                x = numbers(rng, dtype, shape, "finite" if dtype.kind != "i" else "small")
                over = axis or tuple(range(len(shape)))
                flat = np.moveaxis(wide(x), over, range(-len(over), 0)).reshape(*[e for i, e in enumerate(shape) if i not in over], -1)
                exact = np.asarray(np.linalg.norm(flat, p_norm, axis=-1))
                if turn % 2:
                    exact = exact.reshape([1 if i in over else e for i, e in enumerate(shape)])
                out = real_of(dtype if dtype.kind != "i" else F64)
                p = Program(f"vector_norm {p_norm} of {dtype}{shape} over {axis}")
                value = p.step("vector_norm", [p.input(x)], [1, turn % 2, *axis], [p_norm], gives=exact.astype(out))
                p.near(value, "vector_norm", exact, 20 * eps_of(out) * np.abs(exact))
                yield p
        for (kind,), reals in ORDERS[2:6] + ORDERS[8:]:
            x = numbers(rng, dtype, (2, 4, 3), "finite" if dtype.kind != "i" else "small")
            exact = np.asarray(np.linalg.norm(wide(x), named(kind, reals), (-2, -1)))
            out = real_of(dtype if dtype.kind != "i" else F64)
            p = Program(f"matrix_norm {named(kind, reals)} of {dtype}")
            value = p.step("matrix_norm", [p.input(x)], [kind, 0], reals, gives=exact.astype(out))
            p.near(value, "matrix_norm", exact, 40 * eps_of(out) * largest(x))
            yield p
    for (kind,), reals in ORDERS:
        if kind == 1 and reals[0] in (0, 3, 0.5):
            continue
        order = named(kind, reals)
        for dtype in DTYPES:
            for shape in ((3, 3), (1, 1), (2, 4, 4)) + (((5, 3),) if order in (None, 2, -2) else ()):
                x = matrix(rng, dtype, shape, "well")
                exact = np.asarray(np.linalg.cond(wide(x), order))
                p = Program(f"cond {order} of {dtype}{shape}")
                value = p.step("cond", [p.input(x)], [kind], reals, gives=exact.astype(real_of(dtype)))
                p.near(value, "cond", exact, 200 * eps_of(dtype) * (1 + exact**2))
                yield p
        x = np.stack([np.zeros((2, 2)), np.eye(2), [[1, 2], [2, 4.0]], [[np.nan, 1], [1, 1]]])
        if kind == 1 and reals[0] in (2, -2) or kind in (0, 3):
            continue  # singular values do not converge for nan
        exact = np.linalg.cond(x, order)
        p = Program(f"cond {order} of singular matrices")
        p.near(p.step("cond", [p.input(x)], [kind], reals, gives=exact), "cond", exact, 1e-12)
        yield p
    p = Program("cond of zeros")
    p.result(p.step("cond", [p.input(np.zeros((2, 2)))], [0], gives=np.float64(INF)), "cond")
    yield p
    p = Program("cond of nothing")
    p.result(p.step("cond", [p.input(np.zeros((2, 0)))], [0], gives=np.float64(INF)), "cond")
    yield p.fails("linalg")


def several(rng):
    for dtype in (*DTYPES, INT64):
        for shape in ((1, 1), (3, 3), (2, 3, 3), (0, 2, 2), (0, 0)):
            x = matrix(rng, dtype, shape, "well") if dtype.kind != "i" else numbers(rng, dtype, shape, "small")
            for n in (0, 1, 2, 3, 5, 8, 13) + ((-1, -2, -5) if dtype.kind != "i" else ()):
                exact = np.linalg.matrix_power(wide(x) if dtype.kind != "i" else x, n)
                p = Program(f"matrix_power {n} of {dtype}{shape}")
                value = p.step("matrix_power", [p.input(x)], [n], gives=exact.astype(dtype))
                if dtype.kind == "i":
                    p.result(value, "matrix_power")
                else:
                    p.near(value, "matrix_power", exact, 200 * (abs(n) + 1) * eps_of(dtype) * condition(x) * largest(exact))
                yield p
    for shapes in (((4,), (4, 5)), ((3, 4), (4, 5)), ((3, 4), (4, 5), (5, 2)), ((4,), (4, 5), (5,)), ((4,), (4, 5), (5, 3)), ((3, 4), (4, 5), (5,)),
                   ((2, 9), (9, 3), (3, 8), (8, 2), (2, 7)), ((1, 2), (2, 3), (3, 0), (0, 4))):  # fmt: skip
        for dtype in (F64, C64, INT64):
            arrays = [numbers(rng, dtype, s, "finite" if dtype.kind != "i" else "small") for s in shapes]
            exact = np.asarray(np.linalg.multi_dot([wide(x) if dtype.kind != "i" else x for x in arrays]))
            p = Program(f"multi_dot of {dtype}{shapes}")
            value = p.step("multi_dot", [p.input(x) for x in arrays], gives=exact.astype(dtype))
            if dtype.kind == "i":
                p.result(value, "multi_dot")
            else:
                p.near(value, "multi_dot", exact, 500 * eps_of(dtype) * (1 + largest(exact)))
            yield p
    for dtype in DTYPES:
        x = numbers(rng, dtype, (4, 6, 8, 3), "finite")
        y = numbers(rng, dtype, (4, 6), "finite")
        exact = np.linalg.tensorsolve(wide(x), wide(y))
        p = Program(f"tensorsolve of {dtype}")
        p.near(p.step("tensorsolve", [p.input(x), p.input(y)], gives=exact.astype(dtype)), "tensorsolve", exact, 1e6 * eps_of(dtype) * (1 + largest(exact)))
        yield p
        p = Program(f"tensorinv of {dtype}")
        exact = np.linalg.tensorinv(wide(x))
        p.near(p.step("tensorinv", [p.input(x)], [2], gives=exact.astype(dtype)), "tensorinv", exact, 1e6 * eps_of(dtype) * (1 + largest(exact)) ** 2)
        yield p
    x, y = rng.standard_normal((6, 4, 8, 3)), rng.standard_normal((8, 3))
    exact = np.linalg.tensorsolve(x, y, axes=(0, 1))
    p = Program("tensorsolve with axes")
    p.near(p.step("tensorsolve", [p.input(x), p.input(y)], [0, 1], gives=exact), "tensorsolve", exact, 1e-9 * (1 + largest(exact)))
    yield p
    for dtype in (F64, INT64, C64):
        x, y = (numbers(rng, dtype, (3,), "small") for _ in range(2))
        p = Program(f"linalg.outer and cross of {dtype}")
        a, b = p.input(x), p.input(y)
        p.result(p.step("linalg.outer", [a, b], gives=np.outer(x, y)), "linalg.outer", EQUAL_ZERO)
        p.result(p.step("linalg.cross", [a, b], [-1], gives=np.cross(x, y)), "linalg.cross", EQUAL_ZERO)
        yield p
        x = numbers(rng, dtype, (2, 3, 4), "small")
        for k in (0, 1, -2):
            p = Program(f"linalg.trace {k} of {dtype}")
            a = p.input(x)
            p.result(p.step("linalg.diagonal", [a], [k], gives=np.diagonal(x, k, -2, -1)), "linalg.diagonal")
            p.result(p.step("linalg.trace", [a], [k], gives=np.trace(x, k, -2, -1)), "linalg.trace", EQUAL_ZERO)
            yield p


def vectors(rng):
    """Eigenvectors and singular vectors have NumPy's signs: of matrices whose values are 1, 2, 3 and so on. Between 8 and
    25 rows rounding decides one in a thousand, and OpenBLAS rounds differently on other CPUs; from 26 on LAPACK divides."""

    def turned(shape, dtype):
        x = rng.standard_normal(shape)
        return np.linalg.qr(complex_of(x, rng.standard_normal(shape)) if dtype.kind == "c" else x)[0]

    for m, n in ((1, 1), (2, 2), (3, 3), (4, 4), (6, 6), (26, 26), (31, 31), (32, 32), (40, 40), (32, 27), (28, 30), (3, 2), (7, 3), (30, 4), (2, 3), (3, 7), (4, 30)):
        for dtype in DTYPES if max(m, n) < 40 else (F64, C128):
            k, batch = min(m, n), (3,)
            bound = 20 * max(m, n) ** 2 * eps_of(dtype)
            values = np.arange(1.0, k + 1)
            if m == n:
                q = turned(batch + (n, n), wide(np.zeros(0, dtype)).dtype)
                h = ((q * values) @ adjoint(q)).astype(dtype)
                for upper in (0, 1):
                    w, v = np.linalg.eigh(h, "LU"[upper])
                    p = Program(f"vectors of eigh {upper} {dtype} {n}")
                    got = p.step("eigh", [p.input(h)], [upper], gives=[w.astype(real_of(dtype)), v.astype(dtype)])
                    p.near(got[1], "eigh.eigenvectors", v, bound)
                    yield p
                if n <= 8 or n == 40:  # above, rounding decides more often
                    general = q @ (np.diag(values) + 0.3 * np.triu(rng.standard_normal(q.shape), 1)) @ adjoint(q)
                    general = general.astype(dtype)
                    w, v = (e.astype(dtype) for e in np.linalg.eig(general))
                    p = Program(f"vectors of eig {dtype} {n}", eager=True)
                    got = p.step("eig", [p.input(general)], gives=[w, v])
                    p.near(got[0], "eig.eigenvalues", w, bound * n)
                    p.near(got[1], "eig.eigenvectors", v, bound * n)
                    yield p
            for full in (0, 1) if m == n else (0,):  # columns of the full ones are any basis
                left, right = turned(batch + (m, k), dtype), turned(batch + (n, k), dtype)
                x = ((left * values) @ adjoint(right)).astype(dtype)
                u, s, vh = np.linalg.svd(x, bool(full))
                p = Program(f"vectors of svd {full} {dtype} {m} x {n}")
                got = p.step("svd", [p.input(x)], [full, 0], gives=[u.astype(dtype), s.astype(real_of(dtype)), vh.astype(dtype)])
                p.near(got[0], "svd.U", u, bound)
                p.near(got[2], "svd.Vh", vh, bound)
                yield p


def refused(rng):
    one = {"eig": 2, "eigh": 2, "qr": 2, "slogdet": 2, "svd": 3, "qr_raw": 2}
    with_flag = {"eigh": [0], "eigvalsh": [0], "cholesky": [0], "svd": [1, 0], "svdvals": [0], "pinv": [0], "cond": [0], "matrix_power": [2]}
    for name in ("inv", "det", "slogdet", "cholesky", "eig", "eigvals", "eigh", "eigvalsh", "svd", "svdvals", "qr", "qr_r", "qr_raw", "pinv", "matrix_power", "cond"):
        shapes = [(3,)] + ([(2, 3)] if name not in ("svd", "svdvals", "qr", "qr_r", "qr_raw", "pinv", "cond") else [])
        for shape in shapes:
            p = Program(f"{name} of {shape}")
            gives = [np.zeros(0)] * one[name] if name in one else None
            p.step(name, [p.input(np.ones(shape))], with_flag.get(name, []), gives=gives)
            yield p.fails("shape")
        if name in ("matrix_power",):
            continue
        p = Program(f"{name} of float16")
        p.step(name, [p.input(np.eye(3, dtype=F16))], with_flag.get(name, []), gives=[np.zeros(0)] * one[name] if name in one else None)
        yield p.fails("dtype")
    for name, shapes, integers, kind in (
        ("qr of another mode", [(2, 2)], [], "value"), ("eigh of another triangle", [(2, 2)], [], "value"), ("multi_dot", [(2, 2)], [], "value"),
        ("multi_dot", [(2, 2), (2, 2, 2), (2, 2)], [], "shape"), ("multi_dot", [(2, 3), (2, 3), (3, 2)], [], "shape"), ("tensorinv", [(2, 2)], [0], "value"),
        ("tensorinv", [(2, 3, 4)], [1], "shape"), ("tensorsolve", [(2, 3), (2,)], [], "shape"), ("linalg.outer", [(2, 2), (2,)], [], "value"),
        ("linalg.cross", [(2,), (2,)], [-1], "value"), ("norm", [(2, 2, 2)], [1, 0], "value"), ("norm", [(2, 2)], [0, 0, 1, 1], "value"),
        ("norm", [(2, 2)], [0, 0, 5], "shape"), ("matrix_norm", [(2,)], [0, 0], "shape"), ("vector_norm", [(2,)], [2, 0], "value"),
    ):  # fmt: skip
        p = Program(f"{name} of {shapes} {integers}")
        p.step(name, [p.input(np.ones(s)) for s in shapes], integers, [1.0] if name == "norm" and integers[0] == 1 else [], gives=[np.zeros(0)] * 2 if name.startswith(("qr", "eigh")) else None)
        yield p.fails(kind)


def programs(rows, rng):
    yield from solving(rng)
    yield from triangles(rng)
    yield from eigenvalues(rng)
    yield from singular_values(rng)
    yield from least_squares(rng)
    yield from norms(rng)
    yield from several(rng)
    yield from vectors(rng)
    yield from refused(rng)
