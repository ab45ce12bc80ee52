# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Binary rows and operators over dtypes, pairs of shapes and layouts."""

import numpy as np

from core import DTYPES, EVERY_LAYOUT, Program, chunks, laid
from pointwise import evaluate, operands_for, refused

PAIRS = [
    ((), ()), ((0,), (1,)), ((1,), (1,)), ((3,), (3,)), ((7,), ()), ((8,), (8,)), ((16,), (1,)), ((1,), (17,)),
    ((33,), (33,)), ((100,), (100,)), ((0, 3), (3,)), ((4, 5), (5,)), ((4, 5), (4, 1)), ((4, 1), (1, 5)),
    ((5, 1), (5, 1)), ((17, 19), (17, 19)), ((17, 19), (1, 19)), ((3, 1, 4), (2, 1)), ((2, 3, 17), (17,)),
    ((2, 3, 17), (3, 1)), ((2, 3, 17), (2, 1, 17)), ((2, 3, 4, 5), (3, 1, 5)), ((2, 1, 4, 1), (3, 1, 5)),
    ((1000,), (1000,)),
]  # fmt: skip
LARGE = [((70000,), (70000,)), ((300, 257), (257,)), ((300, 257), (300, 1))]
OPERATORS = {
    "operator+": "add", "operator-": "subtract", "operator*": "multiply", "operator/": "divide",
    "operator%": "remainder", "operator&": "bitwise_and", "operator|": "bitwise_or", "operator^": "bitwise_xor",
    "operator<<": "left_shift", "operator>>": "right_shift", "operator==": "equal", "operator!=": "not_equal",
    "operator<": "less", "operator<=": "less_equal", "operator>": "greater", "operator>=": "greater_equal",
    "atan2": "arctan2", "bitwise_left_shift": "left_shift", "bitwise_right_shift": "right_shift",
    "mod": "remainder", "pow": "power", "true_divide": "divide",
}  # fmt: skip
SPECIAL_DATA = {"power", "left_shift", "right_shift"}


def divmods(rng):
    for dtype in DTYPES[1:]:
        if dtype.kind == "c":
            continue
        for shapes in PAIRS[::4]:
            x, y = operands_for(rng, "divmod", [dtype, dtype], shapes)
            p = Program(f"{dtype}{shapes[0]} {dtype}{shapes[1]}")
            q, r = p.step("divmod", [p.input(x), p.input(y)], gives=list(np.divmod(x, y)))
            p.result(q, "divmod.quotient")
            p.result(r, "divmod.remainder")
            yield p


def programs(rows, rng):
    names = [row.name for row in rows if row.family == "pointwise" and row.arity == 2] + list(OPERATORS)
    yield from divmods(rng)
    turn = 0
    for d, dtype in enumerate(DTYPES):
        allowed = [n for n in names if not refused(OPERATORS.get(n, n), [dtype, dtype])]
        plain = [n for n in allowed if OPERATORS.get(n, n) not in SPECIAL_DATA]
        groups = chunks(plain, 5) + [[n] for n in allowed if n not in plain]
        for name in names:
            if name not in allowed:
                p = Program(f"{name} of {dtype}")
                x, y = (p.input(np.ones(3, dtype)) for _ in range(2))
                p.result(p.step(name, [x, y]), name)
                yield p.fails("dtype")
        for g, group in enumerate(groups):
            of_floats = dtype.kind == "f"
            pairs = PAIRS[(g + d) % 2 :: 2] if of_floats else PAIRS[(g + d) % 4 :: 4]
            for shapes in pairs + LARGE[(g + d) % 3 :: 3]:
                turn += 1
                layouts = EVERY_LAYOUT[turn % 6], EVERY_LAYOUT[turn // 6 % 6] if turn % 3 else "contiguous"
                name = OPERATORS.get(group[0], group[0])
                x, y = map(laid, operands_for(rng, name, [dtype, dtype], shapes), layouts)
                p = Program(f"{dtype}{shapes[0]} {layouts[0]}, {shapes[1]} {layouts[1]}", together=turn % 3 != 0)
                a, b = p.views((x, layouts[0]), (y, layouts[1]))
                for n in group:
                    gives, how, ulps = evaluate(OPERATORS.get(n, n), x, y)
                    p.result(p.step(n, [a, b], gives=gives), n, how, ulps)
                yield p
