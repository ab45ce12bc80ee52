# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Views that share memory: random programs that take views of views and write through any of them."""

import numpy as np

from core import DTYPES, EQUAL_ZERO, F32, F64, INT32, INT64, Program, numbers
from families.indexing import random_index

TYPES = [INT64, F64, F32, INT32, np.dtype("int8"), np.dtype("uint16")]
SHAPES = [(6,), (17,), (4, 5), (3, 1, 4), (16, 16), (2, 3, 5), (1,), (0, 3)]


def random_view(p, rng, a):
    """A view of `a`, or the copy that NumPy gives in its place."""
    shape = a.data.shape
    kinds = ["index", "T", "ravel", "flip", "expand_dims", "reshape", "swapaxes", "squeeze", "diagonal", "broadcast_to"]
    kind = kinds[rng.integers(len(kinds))]
    ndim = len(shape)
    if ndim == 0 or ndim > 4:
        return p.shaped("ravel", a)
    if kind == "index":
        return p.getitem(a, random_index(rng, shape))
    if kind == "T":
        return p.shaped("T", a)
    if kind == "reshape" and a.data.size and a.data.size % 2 == 0:
        return p.shaped("reshape", a, 2, a.data.size // 2)
    if kind == "swapaxes":
        return p.shaped("swapaxes", a, int(rng.integers(ndim)), int(rng.integers(ndim)))
    if kind == "squeeze":
        return p.shaped("squeeze", a)
    if kind == "diagonal" and ndim >= 2:
        return p.shaped("diagonal", a, int(rng.integers(-1, 2)))
    if kind == "broadcast_to":
        return p.shaped("broadcast_to", a, 2, *shape)
    if kind == "expand_dims":
        return p.shaped("expand_dims", a, int(rng.integers(ndim + 1)))
    if kind == "flip":
        return p.shaped("flip", a)
    return p.shaped("ravel", a)


def random_value(p, rng, a, part, arrays):
    """Something to write into `part`, an array of NumPy: a number, or an array that broadcasts to it."""
    fitting = [x for x in arrays if fits(x.data.shape, part.shape) and np.can_cast(x.dtype, part.dtype, "same_kind")]
    if fitting and rng.random() < 0.75:
        x = fitting[rng.integers(len(fitting))]
        if rng.random() < 0.4:
            with np.errstate(all="ignore"):
                gives = x.data + x.data
            return p.step("add", [x, x], gives=gives)
        return x
    return int(rng.integers(0, 50))


def fits(shape, wanted):
    try:
        return np.broadcast_shapes(shape, wanted) == wanted
    except ValueError:
        return False


def programs(rows, rng):
    for turn in range(700):
        dtype = TYPES[turn % len(TYPES)]
        p = Program(f"program {turn} of {dtype}", together=turn % 2 == 0)
        shapes = [SHAPES[rng.integers(len(SHAPES))] for _ in range(2)]
        arrays = [p.input(numbers(rng, dtype, shape, "small")) for shape in shapes]
        for _ in range(rng.integers(3, 12)):
            a = arrays[rng.integers(len(arrays))]
            choice = rng.random()
            if choice < 0.4:
                arrays.append(random_view(p, rng, a))
                continue
            if choice < 0.5:
                arrays.append(p.step("add", [a, 1], gives=a.data + dtype.type(1)))
                continue
            if choice < 0.55:
                arrays.append(p.shaped("copy", a))
                continue
            if not a.data.flags.writeable or a.data.ndim == 0:
                continue
            operator = [None, None, "add", "subtract", "multiply"][rng.integers(5)]
            if choice < 0.7 and operator:
                p.inplace(operator, a, random_value(p, rng, a, a.data, arrays))
                continue
            if a.data.ndim > 4:
                continue
            index = random_index(rng, a.data.shape)
            p.setitem(a, index, random_value(p, rng, a, a.data[index], arrays), operator)
        for i, a in enumerate(arrays[-6:]):
            p.result(a, f"array {i}", EQUAL_ZERO)
        yield p
    # Overlapping copies, each direction, whole and strided.
    for dtype in (F64, INT64):
        for n in (5, 16, 33, 1000):
            for to, source in ((slice(1, None), slice(None, -1)), (slice(None, -1), slice(1, None)),
                               (slice(None), slice(None, None, -1)), (slice(None, n // 2), slice(n - n // 2, None)),
                               (slice(0, 2 * (n // 2), 2), slice(0, n // 2))):  # fmt: skip
                p = Program(f"{dtype}({n},)[{to}] = [{source}]")
                a = p.input(numbers(rng, dtype, (n,), "small"))
                p.setitem(a, to, p.getitem(a, source))
                p.result(a, "copy")
                p.setitem(a, to, p.getitem(a, source), "add")
                p.result(a, "add")
                yield p
        x = numbers(rng, dtype, (9, 9), "small")
        p = Program(f"{dtype}(9, 9) += its transpose")
        a = p.input(x)
        p.inplace("add", a, p.shaped("T", a))
        p.result(a, "symmetric")
        yield p

