# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Arrays with C++ scalars, which are weak (NEP 50), on either side and through operators."""

import numpy as np

from core import ABSOLUTE, BOOL, C64, C128, DTYPES, F16, F32, F64, FLOATS, INT64, Program, chunks, numbers, real_of
from families.binary import OPERATORS
from pointwise import evaluate, refused

SCALARS = [True, 3, 0, 2.5, -1.0, 1.5 - 2j]
OUT_OF_RANGE = {"int8": 300, "int16": -40000, "int32": 2**40, "uint8": -1, "uint16": 70000, "uint32": -3, "uint64": -1}
COMPARISONS = "equal not_equal less less_equal greater greater_equal".split()


def scalar_dtype(dtype, scalar):
    """The dtype that the scalar takes beside an array of `dtype`."""
    if isinstance(scalar, bool):
        return BOOL
    if isinstance(scalar, int):
        return INT64 if dtype == BOOL else dtype
    if isinstance(scalar, complex):
        return C64 if dtype in (F16, F32, C64) else C128
    return dtype if dtype.kind in "fc" else F64


def programs(rows, rng):
    names = [row.name for row in rows if row.family == "pointwise" and row.arity == 2] + list(OPERATORS)
    for dtype in DTYPES:
        for scalar in SCALARS:
            strong = np.asarray(scalar, scalar_dtype(dtype, scalar))
            for left in (False, True):
                groups = {}
                for name in names:
                    base = OPERATORS.get(name, name)
                    pair = [strong.dtype, dtype] if left else [dtype, strong.dtype]
                    # A whole x1 of ldexp, which does not promote with x2, is float64 (families/ufuncs.py).
                    if refused(base, pair) or (left and base == "ldexp"):
                        continue
                    positive = base in ("power", "left_shift", "right_shift")
                    groups.setdefault("small" if positive else "any", []).append(name)
                for kind, group in groups.items():
                    for some in chunks(group, 6):
                        x = numbers(rng, dtype, (13,), kind)
                        if kind == "small" and dtype.kind in "iu":
                            x = abs(x)
                        if kind == "small" and "c" in (dtype.kind, strong.dtype.kind):
                            # 0 to a power differs among the versions of NumPy.
                            if scalar == 0 and left and dtype.kind == "c":
                                continue
                            x = np.where(x == 0, dtype.type(2), x)
                        p = Program(f"{scalar} with {dtype}" if left else f"{dtype} with {scalar}")
                        a = p.input(x)
                        for name in some:
                            operands = (strong, x) if left else (x, strong)
                            gives, how, ulps = evaluate(OPERATORS.get(name, name), *operands)
                            arguments = [scalar, a] if left else [a, scalar]
                            p.result(p.step(name, arguments, gives=gives), name, how, ulps)
                        yield p
    # Floating powers that a compiler likes to replace.
    for dtype in FLOATS:
        for scalar in (0.5, -0.5, 2.0, -1.0, -2.0, 0.0, 1.0, 3.0, 1 / 3, 2, 3, -1, 0):
            x = numbers(rng, dtype, (200,))
            p = Program(f"{dtype} to the power {scalar}")
            gives, how, ulps = evaluate("power", x, np.asarray(scalar, dtype))
            p.result(p.step("power", [p.input(x), scalar], gives=gives), f"power {scalar}", how, ulps)
            yield p
    # What an integer array cannot hold; comparisons know the answer all the same.
    for name, scalar in OUT_OF_RANGE.items():
        for step in ("add", "operator*", "maximum", "remainder"):
            p = Program(f"{step} of {name} with {scalar}")
            p.step(step, [p.input(np.ones(3, name)), scalar])
            yield p.fails("value")
        x = numbers(rng, name, (13,))
        p = Program(f"{name} with {scalar}")
        a = p.input(x)
        for step in COMPARISONS:
            gives = np.asarray(getattr(np, step)(x.astype(object), scalar)).astype(bool)
            p.result(p.step(step, [a, scalar], gives=gives), f"{step} out of range")
        yield p
    for name in ("int8", "int64", "uint8"):
        p = Program(f"power of {name} with -1")
        p.step("power", [p.input(np.ones(3, name)), -1])
        yield p.fails("value")
    yield from assignments(rng)


def assignments(rng):
    """In place: the dtype of the left side stays."""
    turn = 0
    for dtype in DTYPES:
        for other in DTYPES:
            every = ("+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=")
            turn += 1
            for name in every if dtype == other else every[turn % 3 :: 3]:
                base = OPERATORS["operator" + name[:-1]]
                pair = [dtype, other]
                p = Program(f"{dtype} {name} {other}")
                x = numbers(rng, dtype, (5,), "small")
                y = numbers(rng, other, (5,), "small")
                if "shift" in base and other.kind in "iu":
                    y = abs(y)
                a, b = p.input(x), p.input(y)
                if refused(base, pair):
                    p.step("operator" + name, [a, b])
                    yield p.fails("dtype")
                    continue
                gives, how, ulps = evaluate(base, x, y)
                if not np.can_cast(gives.dtype, dtype, "same_kind"):
                    p.step("operator" + name, [a, b])
                    yield p.fails("dtype")
                    continue
                if gives.dtype.kind in "fc" and dtype.kind in "iu":
                    continue
                if how == ABSOLUTE:  # and the rounding to the array's dtype
                    part = np.finfo(real_of(dtype))
                    ulps = ulps + np.where(np.isfinite(gives), np.abs(gives) * float(part.eps), 0)
                p.result(p.step("operator" + name, [a, b], gives=gives.astype(dtype)), "operator" + name, how, ulps)
                yield p
