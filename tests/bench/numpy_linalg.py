# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""numpy_linalg.py OUT.json: NumPy on what linalg.cpp measures, under the same names."""
import numpy as np
from numpy_bench import measure


def normal(*shape, dtype=np.float64):
    return np.random.default_rng(1).standard_normal(shape).astype(dtype)


def positive(*shape):
    x = normal(*shape)
    return x @ x.swapaxes(-1, -2) + shape[-1] * np.eye(shape[-1])


def batched(n, *last):
    return normal(200_000 // (n * n), n, *last)


def mlp(x, w1, b1, w2, b2):
    return np.maximum(x @ w1 + b1, 0) @ w2 + b2


def epilogue(x, w, b):
    return np.maximum(x @ w + b, 0)


def cases():
    for dtype in (np.float32, np.float64):
        shapes = ((256, 784), (784, 512), (512,), (512, 10), (10,))
        yield f"mlp/{dtype.__name__}", mlp, [normal(*shape, dtype=dtype) for shape in shapes]
        shapes = ((4096, 64), (64, 1024), (1024,))
        yield f"epilogue/{dtype.__name__}", epilogue, [normal(*shape, dtype=dtype) for shape in shapes]
    yield "matmul", np.matmul, (normal(1024, 1024), normal(1024, 1024))
    for n in (4, 16, 32):
        yield f"matmul_batched/{n}", np.matmul, (batched(n, n), batched(n, n))
    yield "gram", lambda a: a.T @ a, (normal(2000, 300),)
    for n in (3, 8, 16, 32):
        yield f"solve_batched/{n}", np.linalg.solve, (batched(n, n), batched(n, 1))
    yield "solve", np.linalg.solve, (normal(500, 500), normal(500))
    for n in (4, 16):
        yield f"inv_batched/{n}", np.linalg.inv, (batched(n, n),)
    yield "inv", np.linalg.inv, (normal(500, 500),)
    for n in (8, 32):
        yield f"cholesky_batched/{n}", np.linalg.cholesky, (positive(200_000 // (n * n), n, n),)
    yield "cholesky", np.linalg.cholesky, (positive(500, 500),)
    yield "eigh", np.linalg.eigvalsh, (positive(300, 300),)
    for n in (3, 8, 32):
        yield f"eigh_batched/{n}", lambda a: np.linalg.eigh(a)[1], (positive(200_000 // (n * n), n, n),)
    for n in (3, 8, 32):
        yield f"qr_batched/{n}", lambda a: np.linalg.qr(a)[0], (batched(n, n),)
    for n in (3, 8, 32):
        yield f"svd_batched/{n}", lambda a: np.linalg.svd(a, False)[0], (batched(n, n),)
    yield "svd", lambda a: np.linalg.svd(a, False)[0], (normal(300, 200),)
    for n in (3, 8, 32):
        yield f"eig_batched/{n}", lambda a: np.linalg.eig(a)[1], (batched(n, n),)
    yield "lstsq", lambda a, b: np.linalg.lstsq(a, b, rcond=None)[0], (normal(20, 4), normal(20))


measure(cases())
