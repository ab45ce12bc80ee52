# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Steps of linear algebra and of Fourier transforms."""

import numpy as np

from core import ABSOLUTE, C64, C128, F16, F32, F64
from families import linalg
from program import VAST, Skip, Step, Value
from verify import Expected


def rewritten(g, value):
    """Whether a product with this value is computed otherwise than as written: as a solution, or with the adjoint."""
    made = {v: step for step in g.steps for v in step.results}
    while value in made:
        step = made[value]
        if step.name in ("inv", "conjugate"):
            return True
        if len(step.arguments) != 1 or not isinstance(step.arguments[0], Value):
            return False
        value = step.arguments[0]
    return False


def product(g):
    a = g.pick(lambda x: x.ndim)
    if a is None or g.tag(a) is not None:
        return None
    x = g.state[a]
    name = str(g.rng.choice(["matmul", "matmul", "matmul", "dot", "inner", "outer"]))

    def fits(y):
        if y.ndim == 0 or y.ndim > 3:
            return False
        if name == "outer":
            return x.size * y.size < 4000
        if name == "inner":
            return x.shape[-1] == y.shape[-1] and x.ndim + y.ndim < 5
        depth = y.shape[-2] if y.ndim > 1 else y.shape[0]
        if name == "dot" and x.ndim + y.ndim > 5:
            return False
        return x.shape[-1] == depth

    b = g.pick(fits)
    if b is None or g.tag(b) is not None or rewritten(g, a) or rewritten(g, b):
        return None

    def gives(x, y):
        if name == "outer" and x.size * y.size > VAST:
            raise Skip
        out = np.promote_types(x.dtype, y.dtype)
        if out.kind not in "fc":
            return getattr(np, name)(x, y)
        x, y = x.astype(out), y.astype(out)
        exact, magnitude = linalg.wide_product(name, x, y)
        magnitude = np.asarray(np.abs(magnitude), np.float64)
        if not np.all(np.isfinite(magnitude)) or np.any(magnitude > float(np.finfo(out).max) / 16):
            raise Skip
        depth = 1 if name == "outer" else x.shape[-1]
        bound = (2 * depth + 2) * float(np.finfo(F32 if out == F16 else out).eps) * magnitude + float(np.finfo(out).tiny)
        if out == F16:
            bound = bound + float(np.finfo(F16).eps) * np.abs(exact)
        return Expected(np.asarray(exact).astype(out), ABSOLUTE, 0.0, np.asarray(bound, np.float64))

    return Step(name, [a, b], gives, cpp=lambda n, i: f"nd::{name}({n[0]}, {n[1]})")


def factorise(g):
    a = g.pick(lambda x: x.ndim == 2 and x.shape[0] == x.shape[1] and 0 < x.shape[0] < 20 and x.dtype in (F32, F64))
    if a is None or g.tag(a) is not None:
        return None
    name = str(g.rng.choice(["inv", "det", "solve", "qr", "svdvals", "slogdet", "lstsq"]))
    arguments = [a]
    if name in ("solve", "lstsq"):
        x = g.state[a]
        b = g.pick(lambda y: y.ndim == 2 and y.shape[0] == x.shape[0] and y.dtype in (F32, F64))
        if b is None or g.tag(b) is not None:
            return None
        arguments.append(b)

    def gives(*operands):
        if not all(np.all(np.isfinite(o)) for o in operands):
            raise Skip
        w = [o.astype(F64) for o in operands]
        out = np.result_type(*(o.dtype for o in operands))
        condition = np.linalg.cond(w[0]) if w[0].size else 1.0
        if not condition < 1e4:
            raise Skip
        slack = 50 * max(w[0].shape[0], 1) * float(np.finfo(out).eps) * condition
        if name == "svdvals":
            results = np.linalg.svd(w[0], compute_uv=False)
        elif name == "lstsq":
            results = np.linalg.lstsq(*w, rcond=None)
        else:
            results = getattr(np.linalg, name)(*w)
        results = [np.asarray(r) for r in (results if name in ("qr", "slogdet", "lstsq") else [results])]
        if name == "slogdet" and w[0].size:  # the logarithm of a product of so many factors
            slack *= max(w[0].shape[0], 1) / max(float(np.abs(results[1])), 1e-300)
        return [Expected(r.astype(out if r.dtype.kind == "f" else np.int64), ABSOLUTE, 0.0, np.asarray(slack * np.max(np.abs(r), initial=0))) for r in results]

    if name == "qr":
        return Step(name, arguments, gives, results=2, cpp=lambda n, i: f"nd::linalg::qr({n[0]})", parts=[".Q", ".R"])
    if name == "slogdet":
        return Step(name, arguments, gives, results=2, cpp=lambda n, i: f"nd::linalg::slogdet({n[0]})", parts=[".sign", ".logabsdet"])
    if name == "lstsq":
        parts = [".x", ".residuals", ".rank", ".s"]
        return Step(name, arguments, gives, results=4, cpp=lambda n, i: f"nd::linalg::lstsq({', '.join(n)})", parts=parts)
    integers = [0] if name == "svdvals" else []  # not Hermitian
    return Step(name, arguments, gives, integers, cpp=lambda n, i: f"nd::linalg::{name}({', '.join(n)})")


# Fourier transforms.

NORMS = ["backward", "ortho", "forward"]
NONE = -(2**63)


def transform(g):
    a = g.pick(lambda x: x.ndim and x.dtype != F16)
    if a is None or g.tag(a) is not None:
        return None
    x = g.state[a]
    names = ["fft", "ifft", "irfft", "hfft"] + ([] if x.dtype.kind == "c" else ["rfft", "rfft", "ihfft"])
    name = str(g.rng.choice(names))
    axis = int(g.rng.integers(-x.ndim, x.ndim))
    n = NONE if g.rng.random() < 0.7 else int(g.rng.integers(1, 12))
    norm = int(g.rng.integers(3))

    def gives(x):
        if not np.all(np.isfinite(x)) or np.any(np.abs(x).astype(F64) > 1e30):
            raise Skip
        single = x.dtype in (F32, C64)  # which NumPy 2 keeps
        points = None if n == NONE else n
        exact = getattr(np.fft, name)(x.astype(C128 if x.dtype.kind == "c" else F64), points, axis, NORMS[norm])
        length = exact.shape[axis] if points is None or name in ("rfft", "ihfft") else points
        # Every element is a sum over a line, each term no larger than the line's norm.
        magnitude = np.abs(x) if x.dtype.kind == "c" else np.abs(x.astype(F64))
        size = np.max(np.sum(magnitude, axis), initial=0) * (2 if name in ("irfft", "hfft") else 1)
        inverse = name in ("ifft", "irfft", "ihfft")
        scale = max(length, 1) ** (0.5 if norm == 1 else (norm == 0) == inverse)
        eps = float(np.finfo(F32 if single else F64).eps)
        bound = 8 * eps * (np.log2(max(length, 2)) + 2) * float(size) / scale + 1e-300
        out = {C64: C128, F32: F64}
        kind = {v: k for k, v in out.items()}[exact.dtype] if single else exact.dtype
        return Expected(exact.astype(kind), ABSOLUTE, 0.0, np.asarray(bound))

    def cpp(names, i):
        points = "std::nullopt" if n == NONE else str(n)
        return f'nd::fft::{name}({names[0]}, {points}, {axis}, "{NORMS[norm]}")'

    return Step(name, [a], gives, [n, axis, norm], cpp=cpp)
