# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Functions that only move elements: reshape, transpose and their kin, alone and before arithmetic."""

import itertools

import numpy as np

from core import DTYPES, EQUAL_ZERO, LAYOUTS, Program, numbers

TRANSPOSED = [(3,), (4, 5), (17, 19), (1, 5), (0, 3), (3, 1, 4), (2, 3, 17), (2, 3, 4, 5), (300, 257)]
RESHAPED = [
    ((), (1,)), ((), (1, 1, 1)), ((1,), ()), ((12,), (3, 4)), ((12,), (2, -1, 3)), ((4, 5), (20,)), ((4, 5), (5, 4)),
    ((4, 5), (2, 10)), ((0, 3), (3, 0)), ((0, 3), (0,)), ((0,), (5, -1, 2)), ((2, 3, 17), (6, 17)),
    ((2, 3, 17), (2, 51)), ((2, 3, 17), (17, 6)), ((2, 3, 4, 5), (-1,)), ((2, 3, 4, 5), (6, 1, 20)),
    ((100,), (10, 10)), ((17, 19), (19, 17)), ((3, 1, 4), (3, 4)), ((5, 1), (1, 5)),
]  # fmt: skip
BROADCAST = [
    ((), ()), ((), (3,)), ((1,), (0,)), ((3,), (2, 3)), ((4, 1), (4, 5)), ((1, 5), (4, 5)), ((4, 1), (2, 4, 5)),
    ((1,), (17, 19)), ((3, 1, 4), (3, 2, 4)), ((0, 1), (0, 3)), ((2, 1, 4, 1), (2, 3, 4, 5)),
]  # fmt: skip
FLIPPED = [((7,), (0,)), ((4, 5), (0,)), ((4, 5), (1,)), ((4, 5), (0, 1)), ((2, 3, 17), (-1, 0)), ((2, 3, 17), ())]


def calls():
    for shape in TRANSPOSED:
        n = len(shape)
        yield shape, "transpose", ()
        yield shape, "T", ()
        yield shape, "ravel", ()
        yield shape, "flatten", ()
        yield shape, "copy", ()
        yield shape, "flip", ()
        orders = list(itertools.permutations(range(n)))
        for order in orders if n < 4 else orders[::5]:
            yield shape, "transpose", order
            yield shape, "permute_dims", tuple(i - n for i in order)
        for i, j in itertools.combinations(range(n), 2):
            yield shape, "swapaxes", (i, j - n)
            yield shape, "moveaxis", (i, j)
            yield shape, "moveaxis", (j, i - n)
        if n >= 3:
            yield shape, "moveaxis", (0, 1, -1, 0)
        if n >= 2:
            yield shape, "matrix_transpose", ()
            yield shape, "fliplr", ()
        yield shape, "flipud", ()
        for axis in range(n + 1):
            yield shape, "expand_dims", (axis,)
        yield shape, "expand_dims", (0, -1)
    for shape, other in RESHAPED:
        yield shape, "reshape", other
    for shape, other in BROADCAST:
        yield shape, "broadcast_to", other
    for shape, axes in FLIPPED:
        yield shape, "flip", axes
    for shape, axes in (((1,), ()), ((3, 1, 4), ()), ((3, 1, 4), (1,)), ((1, 5), (-2,)), ((1, 1, 1), (0, 2)), ((4, 5), ())):
        yield shape, "squeeze", axes


def errors():
    yield (4, 5), "reshape", (3, 7)
    yield (4, 5), "reshape", (-1, 3)
    yield (0,), "reshape", (0, -1, 2)
    yield (4, 5), "broadcast_to", (4, 6)
    yield (4, 5), "broadcast_to", (5,)
    yield (4, 5), "transpose", (0, 2)
    yield (4, 5), "swapaxes", (0, 2)
    yield (4, 5), "moveaxis", (2, 0)
    yield (4, 5), "squeeze", (2,)
    yield (4, 5), "expand_dims", (4,)
    yield (4, 5), "flip", (2,)


def programs(rows, rng):
    for turn, (shape, name, integers) in enumerate(calls()):
        dtypes = [DTYPES[turn % len(DTYPES)]] + ([DTYPES[(5 * turn + 3) % len(DTYPES)]] if shape != (300, 257) else [])
        for dtype in dtypes:
            layout = LAYOUTS[turn % 5] if shape else "contiguous"
            x = numbers(rng, dtype, shape)
            p = Program(f"{name}{list(integers)} of {dtype}{shape} {layout}", together=turn % 2 == 0)
            (a,) = p.views((x, layout))
            moved = p.shaped(name, a, *integers)
            p.result(moved, name)
            # The moved array as an operand, with an operand that is not.
            other = p.step("isnan", [a], gives=np.isnan(x))
            p.result(p.shaped(name, other, *integers), f"{name} of isnan")
            p.result(p.step("equal", [moved, moved], gives=moved.data == moved.data), f"{name}, equal to itself")
            yield p
    # a + a.T, and arrays whose elements meet in another order.
    for dtype in DTYPES[1:]:
        for n in (1, 5, 16, 33):
            x = numbers(rng, dtype, (n, n))
            p = Program(f"{dtype}({n}, {n})")
            a = p.input(x)
            t = p.shaped("T", a)
            p.result(p.step("add", [a, t], gives=x + x.T), "a + a.T")
            up = p.shaped("flip", a, 0)
            p.result(p.step("maximum", [up, t], gives=np.maximum(up.data, x.T)), "maximum of flip and T", how=EQUAL_ZERO)
            row = p.shaped("reshape", p.getitem(a, (0, slice(None))), n, 1)
            p.result(p.step("multiply", [row, a], gives=row.data * x), "first row as a column times a")
            yield p
    for shape, name, integers in errors():
        p = Program(f"{name}{list(integers)} of {shape}")
        p.step(name, [p.input(np.zeros(shape))], integers)
        yield p.fails("shape")
    for name, integers in (("reshape", (-1, -1)), ("transpose", (0, 0)), ("transpose", (0,)), ("squeeze", (0,))):
        p = Program(f"{name}{list(integers)} of (4, 5)")
        p.step(name, [p.input(np.zeros((4, 5)))], integers)
        yield p.fails("value")
