# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Basic indexing: integers, slices of every sign, newaxis, ellipsis, chains of them, and iteration."""

import numpy as np

from core import DTYPES, F32, INT64, Program, numbers

SHAPES = [(7,), (1,), (0,), (4, 5), (0, 3), (17, 19), (3, 1, 4), (2, 3, 17), (2, 3, 4, 5)]
SLICES = [
    slice(None), slice(1, None), slice(None, -1), slice(None, None, 2), slice(None, None, -1), slice(-1, None, -2),
    slice(5, 1), slice(-100, 100), slice(100, None), slice(1, 4), slice(4, 1, -1), slice(None, None, 7),
    slice(-2, None), slice(0, 0), slice(None, 0, -1), slice(2, -100, -3), slice(None, -100, -1),
]  # fmt: skip


def random_index(rng, shape):
    """An index that is within `shape`."""
    used = rng.integers(1, len(shape) + 1)
    gap = used < len(shape) and rng.random() < 0.5
    split = rng.integers(0, used + 1) if gap else used
    axes = list(range(split)) + list(range(len(shape) - (used - split), len(shape)))
    items = []
    for position, axis in enumerate(axes):
        if gap and position == split:
            items.append(Ellipsis)
        n = shape[axis]
        if n > 0 and rng.random() < 0.3:
            items.append(int(rng.integers(-n, n)))
        else:
            items.append(SLICES[rng.integers(len(SLICES))])
    if gap and split == used:
        items.append(Ellipsis)
    while len(items) < 6 and rng.random() < 0.3:
        items.insert(int(rng.integers(len(items) + 1)), None)
    return tuple(items)


def programs(rows, rng):
    turn = 0
    for shape in SHAPES:
        for _ in range(60 if len(shape) > 1 else len(SLICES)):
            turn += 1
            dtype = DTYPES[turn % len(DTYPES)]
            index = random_index(rng, shape) if len(shape) > 1 else (SLICES[_],)
            p = Program(f"{dtype}{shape}[{show(index)}]", together=turn % 2 == 0)
            a = p.input(numbers(rng, dtype, shape))
            part = p.getitem(a, index)
            p.result(part, "getitem")
            if part.data.ndim:
                again = random_index(rng, part.shape)
                p.label += f", [{show(again)}] of it"
                p.result(p.getitem(part, again), "getitem twice")
                # The view as an operand, beside the array it is of.
                both = p.step("logical_not", [part], gives=np.logical_not(part.data))
                p.result(both, "logical_not of getitem")
            yield p
    # Overlapping and shifted views of one array in one kernel.
    for dtype in (F32, INT64):
        for n in (5, 16, 33, 1000):
            x = numbers(rng, dtype, (n,), "small")
            p = Program(f"{dtype}({n},) neighbours")
            a = p.input(x)
            left, middle, right = (p.getitem(a, s) for s in (slice(None, -2), slice(1, -1), slice(2, None)))
            total = p.step("add", [left, right], gives=left.data + right.data)
            p.result(p.step("subtract", [total, middle], gives=total.data - middle.data), "stencil")
            back = p.getitem(a, slice(None, None, -1))
            p.result(p.step("add", [a, back], gives=x + back.data), "a + reversed a")
            yield p
        x = numbers(rng, dtype, (9, 11), "small")
        p = Program(f"{dtype}(9, 11) five-point stencil")
        a = p.input(x)
        inner = slice(1, -1)
        parts = [p.getitem(a, i) for i in ((inner, inner), (slice(None, -2), inner), (slice(2, None), inner),
                                           (inner, slice(None, -2)), (inner, slice(2, None)))]  # fmt: skip
        total = parts[0]
        for part in parts[1:]:
            total = p.step("add", [total, part], gives=total.data + part.data)
        p.result(total, "stencil")
        yield p
    for shape in ((3,), (4, 5), (2, 3, 4)):
        x = numbers(rng, INT64, shape)
        p = Program(f"rows of int64{shape}")
        for i, row in enumerate(p.step("rows", [p.input(x)], gives=list(x))):
            p.result(row, f"row {i}")
        yield p
    for shape, index in (((4, 5), (4,)), ((4, 5), (0, -6)), ((4, 5), (0, 0, 0)), ((0, 3), (0,)), ((3,), (Ellipsis, 3)),
                         ((4, 5), (slice(None), 5)), ((), (0,)), ((4, 5), (Ellipsis, 0, Ellipsis))):  # fmt: skip
        p = Program(f"float64{shape}[{show(index)}]")
        a = p.input(np.zeros(shape))
        a.data = np.zeros((9,) * 4)  # so that NumPy takes the index
        if index.count(Ellipsis) > 1:
            p.step("getitem", [a], [3, 0, 0, 3])
        else:
            p.getitem(a, index)
        yield p.fails("index")
    p = Program("float64(4,)[::0]")
    p.step("getitem", [p.input(np.zeros(4))], [1, 0, 0, 0, 0, 1, 0])
    yield p.fails("value")


def show(index):
    def one(i):
        if i is Ellipsis:
            return "..."
        if not isinstance(i, slice):
            return str(i)
        return ":".join("" if b is None else str(b) for b in (i.start, i.stop, i.step)).removesuffix(":")

    return ", ".join(map(one, index))
