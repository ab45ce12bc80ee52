# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Unary rows over dtypes, shapes and layouts."""

from core import DTYPES, EVERY_LAYOUT, FLOATS, SHAPES, Program, chunks, laid
from pointwise import evaluate, operands_for, refused

ALIASES = ["abs", "acos", "acosh", "asin", "asinh", "atan", "atanh", "bitwise_invert", "bitwise_not", "fix",
           "rad2deg", "deg2rad", "conj", "angle", "angle in degrees", "iscomplex", "isreal",
           ".real", ".imag", ".conj"]  # fmt: skip
NUMPY_NAME = {
    "abs": "absolute", "acos": "arccos", "acosh": "arccosh", "asin": "arcsin", "asinh": "arcsinh",
    "atan": "arctan", "atanh": "arctanh", "bitwise_invert": "invert", "bitwise_not": "invert", "fix": "trunc",
    "rad2deg": "degrees", "deg2rad": "radians", "conj": "conjugate",
    ".real": "real", ".imag": "imag", ".conj": "conj of an array",
    "unary+": "positive", "unary-": "negative", "unary~": "invert",
}  # fmt: skip
LARGE = {(70000,), (300, 257)}


def programs(rows, rng):
    names = [row.name for row in rows if row.family == "pointwise" and row.arity == 1]
    names += ALIASES + ["unary+", "unary-", "unary~"]
    turn = 0
    for d, dtype in enumerate(DTYPES):
        allowed = [n for n in names if not refused(NUMPY_NAME.get(n, n), [dtype])]
        for name in names:
            if name not in allowed:
                p = Program(f"{name} of {dtype}")
                a = p.input(operands_for(rng, "positive", [dtype], [(3,)])[0])
                p.result(p.step(name, [a]), name)
                yield p.fails("dtype")
        for s, shape in enumerate(SHAPES):
            if shape in LARGE and dtype not in FLOATS:
                continue
            new = dtype.kind in "fc" and dtype not in FLOATS
            if new and (s + d) % 2 and shape not in ((7,), (33,), (1000,), ()):
                continue
            layouts = ["contiguous", EVERY_LAYOUT[1 + (s + d) % 5]] if dtype in FLOATS else [EVERY_LAYOUT[(s + d) % 6]]
            # Every row at one-dimensional shapes and for floats, elsewhere a third, in turn; functions of
            # complex numbers take long to compile.
            for layout in layouts:
                turn += 1
                every = len(shape) == 1 and (dtype.kind != "c" or shape in ((7,), (33,), (1000,)))
                some = allowed if dtype in FLOATS or every else allowed[turn % 3 :: 3]
                if layout != "contiguous" and shape in LARGE:
                    some = some[turn % 3 :: 3]
                for group in chunks(some, 5):
                    p = Program(f"{dtype}{shape} {layout}", together=turn % 3 != 0)
                    data = operands_for(rng, "reciprocal" if "reciprocal" in group else "", [dtype], [shape])[0]
                    data = laid(data, layout)
                    (a,) = p.views((data, layout))
                    for name in group:
                        gives, how, ulps = evaluate(NUMPY_NAME.get(name, name), data)
                        p.result(p.step(name, [a], gives=gives), name, how, ulps)
                    yield p
