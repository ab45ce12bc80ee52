# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""where and clip; with scalars too."""

import numpy as np

from core import BOOL, DTYPES, EQUAL_ZERO, F32, LAYOUTS, Program, numbers
from pointwise import evaluate

TRIPLES = [
    ((), (), ()), ((0,), (1,), ()), ((17,), (17,), (17,)), ((33,), (), (1,)), ((1,), (16,), (16,)),
    ((4, 5), (5,), (4, 1)), ((4, 1), (1, 5), ()), ((5,), (4, 5), (1, 1)), ((2, 3, 17), (3, 1), (17,)),
    ((0, 3), (3,), (1, 3)), ((2, 1, 4, 5), (3, 1, 1), (4, 5)), ((300, 257), (257,), (300, 1)),
]  # fmt: skip


def programs(rows, rng):
    turn = 0
    for d, dtype in enumerate(DTYPES):
        for shapes in TRIPLES:
            turn += 1
            layout = [LAYOUTS[turn % 5], LAYOUTS[turn // 5 % 5], "contiguous"]
            label = f"{dtype}{shapes} {', '.join(layout)}"
            # The condition is often no bool.
            condition = numbers(rng, DTYPES[(d * turn) % len(DTYPES)] if turn % 2 else BOOL, shapes[0])
            x, y = (numbers(rng, dtype, s) for s in shapes[1:])
            p = Program(f"{label}, condition {condition.dtype}")
            c, a, b = p.views((condition, layout[0]), (x, layout[1]), (y, layout[2]))
            gives = np.where(condition, x, y)
            p.result(p.step("where", [c, a, b], gives=gives), "where")
            yield p

            x = numbers(rng, dtype, shapes[0])
            low = numbers(rng, dtype, shapes[1], "small")
            high = numbers(rng, dtype, shapes[2], "small")
            if dtype.kind == "f" and turn % 2:
                low = np.where(rng.random(shapes[1]) < 0.2, np.nan, low).astype(dtype)
            p = Program(label)
            a, l, h = p.views((x, layout[0]), (low, layout[1]), (high, layout[2]))
            gives, how, _ = evaluate("clip", x, low, high)
            p.result(p.step("clip", [a, l, h], gives=gives), "clip", how)
            yield p
    # Mixed dtypes.
    for d, dtype in enumerate(DTYPES):
        for other in DTYPES:
            c, x, y = (numbers(rng, t, (9,), "small") for t in (BOOL, dtype, other))
            p = Program(f"{dtype}, {other}")
            c_, x_, y_ = p.input(c), p.input(x), p.input(y)
            gives = np.where(c, x, y)
            p.result(p.step("where", [c_, x_, y_], gives=gives), "where")
            gives, how, _ = evaluate("clip", x, y, y)
            p.result(p.step("clip", [x_, y_, y_], gives=gives), "clip", how)
            yield p
    # Three dtypes are promoted together: uint16, int8 and float32 give float32, not what int32 and float32 give.
    for dtypes in (("u2", "i1", "f4"), ("i1", "f4", "u2"), ("u1", "i1", "f2"), ("i2", "u2", "f4"), ("u8", "i8", "f2"), ("i4", "u4", "f4")):
        x, y, z = (numbers(rng, np.dtype(t), (9,), "small") for t in dtypes)
        p = Program(f"clip of {' '.join(dtypes)}")
        gives, how, _ = evaluate("clip", x, y, z)
        assert gives.dtype == np.clip(x, y, z).dtype
        p.result(p.step("clip", [p.input(x), p.input(y), p.input(z)], gives=gives), "clip", how)
        yield p
    # Scalars take the arrays' dtype.
    for dtype in DTYPES[1:]:
        x = numbers(rng, dtype, (3, 11))
        p = Program(f"{dtype} with scalars")
        a = p.input(x)
        one, five = dtype.type(1), dtype.type(5)
        p.result(p.step("clip", [a, 1, 5], gives=np.minimum(np.maximum(x, one), five)), "clip", EQUAL_ZERO)
        positive = p.step("operator>", [a, 0], gives=x > 0)
        p.result(p.step("where", [positive, a, 0], gives=np.where(x > 0, x, dtype.type(0))), "where")
        p.result(p.step("where", [positive, 1, 0], gives=np.where(x > 0, 1, 0)), "where of scalars")
        yield p
    p = Program("float32 with a floating scalar")
    x = numbers(rng, F32, (40,))
    a = p.input(x)
    p.result(p.step("where", [p.step("operator>", [a, 0.1], gives=x > F32.type(0.1)), a, 0.1],
                    gives=np.where(x > F32.type(0.1), x, F32.type(0.1))), "where")  # fmt: skip
    yield p
