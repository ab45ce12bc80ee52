# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Arrays from nothing, and triangles and diagonals."""

import itertools

import numpy as np

from core import BOOL, CODE, DTYPES, EQUAL, F32, F64, INT64, ULPS, Program, numbers

SHAPES = [(), (0,), (3,), (17,), (4, 5), (0, 3), (2, 3, 17)]
ARANGES = [
    (5,), (0,), (-3,), (2.5,), (2, 9), (9, 2), (9, 2, -2), (0, 10, 3), (0, 1, 0.1), (1.0, 0.0, -0.25), (0.0, 7),
    (-5, 5, 2), (0, 1000), (1, 2, 0.3), (-1.5, 1.5), (0, 1e-3, 1e-4), (5, 5), (10, 0, -3),
]  # fmt: skip
LINSPACES = [(0, 1, 50), (0, 1, 1), (0, 1, 0), (0, 1, 2), (-3.5, 8.25, 17), (5, 5, 4), (1, -1, 9), (0, 1e300, 7), (1e-3, 1e3, 1000)]


def one(label, name, arguments, integers, reals, gives, how=EQUAL, ulps=0.0):
    p = Program(f"{name}({label})")
    p.result(p.step(name, arguments, integers, reals, gives=gives), name, how, ulps)
    return p


def programs(rows, rng):
    for dtype in DTYPES:
        code = CODE[dtype]
        for shape in SHAPES:
            label = f"{shape}, {dtype}"
            yield one(label, "zeros", [], [code, *shape], [], np.zeros(shape, dtype))
            yield one(label, "ones", [], [code, *shape], [], np.ones(shape, dtype))
            value = True if dtype == BOOL else 7
            yield one(label, "full", [value], [code, *shape], [], np.full(shape, value, dtype))
            x = numbers(rng, dtype, shape)
            for other in (-1, CODE[F32]):
                p = Program(f"like {dtype}{shape}")
                a = p.input(x)
                to = None if other < 0 else F32
                p.result(p.step("zeros_like", [a], [other], gives=np.zeros_like(x, to)), "zeros_like")
                p.result(p.step("ones_like", [a], [other], gives=np.ones_like(x, to)), "ones_like")
                p.result(p.step("full_like", [a, 1], [other], gives=np.full_like(x, 1, to)), "full_like")
                yield p
    for value in (True, 3, -2, 2.5, float("nan"), 2**63):
        yield one(f"(4,), {value}", "full", [value], [-1, 4], [], np.full(4, value))
    p = Program("full of a row")
    row = numbers(rng, F64, (5,))
    p.result(p.step("full", [p.input(row)], [-1, 4, 5], gives=np.full((4, 5), row)), "full")
    yield p
    for arguments in ARANGES:
        for dtype in (None, INT64, F32, F64, np.dtype("uint8")):
            whole = all(isinstance(x, int) for x in arguments)
            if dtype is not None and dtype.kind != "f" and (not whole or min(arguments) < 0):
                continue
            gives = np.arange(*arguments, dtype=dtype)
            # NumPy adds start to multiples of (start + step) - start; nd multiplies the step.
            how, ulps = (EQUAL, 0) if gives.dtype.kind != "f" or whole else (ULPS, 4)
            integers = [-1 if dtype is None else CODE[dtype]]
            yield one(f"{arguments}, {dtype}", "arange", list(arguments), integers, [], gives, how, ulps)
    p = Program("arange with a step of 0")
    p.step("arange", [0, 5, 0], [-1])
    yield p.fails("value")
    for start, stop, num in LINSPACES:
        for endpoint in (True, False):
            for dtype in (F64, F32, INT64) if stop < 1e10 else (F64,):
                gives = np.linspace(start, stop, num, endpoint, dtype=dtype)
                label = f"{start}, {stop}, {num}, {endpoint}, {dtype}"
                yield one(label, "linspace", [], [num, endpoint, CODE[dtype]], [float(start), float(stop)], gives,
                          ULPS if dtype.kind == "f" else EQUAL, 1)  # fmt: skip
    for start, stop, num in ((0, 3, 4), (0, 1, 50), (-2, 2, 17), (2, -3, 5)):
        for endpoint in (True, False):
            for base in (10.0, 2.0):
                wide = np.logspace(np.longdouble(start), stop, num, endpoint, base, dtype=np.longdouble)
                yield one(f"{start}, {stop}, {num}, {endpoint}, {base}", "logspace", [], [num, endpoint, CODE[F64]],
                          [float(start), float(stop), base], wide.astype(F64), ULPS, 8)  # fmt: skip
    for start, stop, num in ((1, 1000, 4), (1, 256, 9), (-1, -1000, 5), (5, 0.01, 33), (1, 2, 1)):
        for endpoint in (True, False):
            gives = np.geomspace(np.longdouble(start), np.longdouble(stop), num, endpoint).astype(F64)
            label = f"{start}, {stop}, {num}, {endpoint}"
            yield one(label, "geomspace", [], [num, endpoint, CODE[F64]], [float(start), float(stop)], gives, ULPS, 16)
    for n, m, k in ((3, 3, 0), (4, 5, 1), (4, 5, -2), (5, 2, 0), (0, 3, 0), (1, 1, 5), (17, 19, -7)):
        for dtype in (F64, F32, INT64, BOOL):
            label = f"{n}, {m}, {k}, {dtype}"
            yield one(label, "eye", [], [n, m, k, CODE[dtype]], [], np.eye(n, m, k, dtype))
            yield one(label, "tri", [], [n, m, k, CODE[dtype]], [], np.tri(n, m, k, dtype))
        yield one(f"{n}", "identity", [], [n, CODE[F32]], [], np.identity(n, F32))
    # NumPy also makes a triangle of a vector's copies; nd refuses, as the Array API does.
    for shape in ((4, 5), (5, 4), (1, 3), (0, 3), (2, 3, 17), (3,)):
        for k, dtype in itertools.product((0, 1, -1, 3, -7), (BOOL, INT64, F32, np.dtype("uint8"))):
            x = numbers(rng, dtype, shape)
            p = Program(f"{dtype}{shape} k={k}")
            a = p.input(x)
            names = ["tril", "triu", "diagonal"] if len(shape) > 1 else []
            names += ["diag"] if len(shape) < 3 else []
            for name in names:
                p.result(p.shaped(name, a, k), name)
            yield p
    for n in (None, 0, 2, 5):
        for increasing in (0, 1):
            for dtype in (INT64, F64, np.dtype("int8"), F32):
                x = numbers(rng, dtype, (4,), "small")
                p = Program(f"vander of {dtype}(4,) n={n} increasing={increasing}")
                gives = np.vander(x, n, bool(increasing))
                value = p.step("vander", [p.input(x)], [-1 if n is None else n, increasing], gives=gives)
                p.result(value, "vander", ULPS if gives.dtype.kind == "f" else EQUAL, 4)
                yield p
