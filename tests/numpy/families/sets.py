# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Partial and full order by one key or several, and arrays as sets."""

import numpy as np

from core import BOOL, C64, C128, DTYPES, EQUAL_ZERO, F16, F32, F64, INT64, LAYOUTS, Program, numbers

NONE = -(2**63)
SHAPES = [(1,), (5,), (300,), (4, 5), (2, 30, 3), (2000,)]


def axis_of(axis):
    return NONE if axis is None else axis


def partitions(rng):
    for turn, shape in enumerate(SHAPES):
        for k, dtype in enumerate(DTYPES):
            layout = LAYOUTS[(turn + k) % len(LAYOUTS)]
            x = numbers(rng, dtype, shape, "any" if k % 2 else "small")
            for axis in [None, *range(-1, len(shape) - 1)]:
                n = x.size if axis is None else shape[axis]
                for kth in ([n // 2], [0], [-1], [n // 3, n - 1, n // 2]):
                    if (turn + 2 * k + len(kth) + kth[0]) % 4:
                        continue
                    p = Program(f"partition {kth} axis={axis} of {dtype}{shape} {layout}", together=True)
                    a = p.finish(p.view(x, layout))
                    method = axis is not None and k % 3 == 0
                    value = p.step(("." if method else "") + "partition", [a], [axis_of(axis), *kth], gives=np.partition(x, kth, axis))
                    where = p.step(("." if method else "") + "argpartition", [a], [axis_of(axis), *kth],
                                   gives=np.argpartition(x, kth, axis))  # fmt: skip
                    # What stands at kth, and what stands around it, in order.
                    ordered = np.sort(x, axis, kind="stable")
                    whole = [slice(None)] * ordered.ndim
                    at = -1 if axis is None else axis
                    if axis is None:
                        taken = p.step("take", [a, where], [NONE, 0], gives=value.data)
                    else:
                        taken = p.step("take_along_axis", [a, where], [axis], gives=value.data)
                    for name, v in (("partition", value), ("argpartition", taken)):
                        for place in kth:
                            place %= n
                            for part in (slice(place, place + 1), slice(None, place), slice(place + 1, None)):
                                whole[at] = part
                                cut = p.getitem(v, tuple(whole))
                                if cut.data.size == 0:
                                    continue
                                cut = p.step("sort", [cut], [at], gives=ordered[tuple(whole)])
                                p.result(cut, name, EQUAL_ZERO)
                    # Few programs evaluate many results one by one.
                    p.results = p.results[:6]
                    yield p


def orders(rng):
    for turn, shape in enumerate([(7,), (1,), (0,), (4, 5), (0, 3), (3, 1, 4), (1500,), (2, 1100)]):
        for k, dtype in enumerate(DTYPES):
            layout = LAYOUTS[(turn + k) % len(LAYOUTS)]
            x = numbers(rng, dtype, shape, "small" if k % 2 else "any")
            for axis in [None, *range(-1, len(shape) - 1)]:
                if (turn + k + len(shape)) % 2 and axis is not None:
                    continue
                p = Program(f"orders of {dtype}{shape} axis={axis} {layout}", together=k % 2 == 0)
                a = p.finish(p.view(x, layout))
                flat = x.ravel() if axis is None else x
                at = -1 if axis is None else axis
                n = flat.shape[at]
                back = n - 1 - np.flip(np.argsort(np.flip(flat, at), at, kind="stable"), at)
                p.result(p.step("argsort descending", [a], [axis_of(axis)], gives=back), "argsort descending")
                down = np.take_along_axis(flat, back, at)
                p.result(p.step("sort descending", [a], [axis_of(axis)], gives=down), "sort descending")
                if axis is not None:
                    p.result(p.step(".sort", [a], [axis], gives=np.sort(x, axis, kind="stable")), ".sort")
                p.result(p.step("argsort", [a], [axis_of(axis)], gives=np.argsort(x, axis, kind="stable")), "argsort")
                yield p
            narrow = dtype.kind in "iu" and dtype.itemsize < 4
            gives = np.sort(x, -1, kind="stable").astype(dtype if dtype.kind == "c" else C64 if narrow else C128)
            p = Program(f"sort_complex of {dtype}{shape}")
            p.result(p.step("sort_complex", [p.input(x)], gives=gives), "sort_complex")
            yield p
    # Long rows of few different values: the order of equals.
    for dtype in DTYPES:
        x = numbers(rng, dtype, (5000,), "small")
        if dtype.kind == "f":
            x[rng.random(5000) < 0.1] = np.nan
            x[rng.random(5000) < 0.1] = -0.0
        p = Program(f"equals of {dtype}")
        a = p.input(x)
        p.result(p.step("argsort", [a], [0], gives=np.argsort(x, kind="stable")), "argsort")
        p.result(p.step("sort", [a], [0], gives=np.sort(x, kind="stable")), "sort")
        p.result(p.step("argsort", [a], [0], gives=np.argsort(x, kind="stable")), "argsort")
        yield p
    turn = 0
    for shape in [(), (1,), (9,), (300,), (4, 30), (3, 1, 4), (0,)]:
        for count in (1, 2, 3, 5):
            for alike in (True, False):
                for axis in range(-1, len(shape) - 1) if shape else (-1,):
                    turn += 1
                    dtypes = [DTYPES[turn % len(DTYPES)] if alike else DTYPES[(turn + 3 * k) % len(DTYPES)] for k in range(count)]
                    keys = [numbers(rng, d, shape, "small") for d in dtypes]
                    p = Program(f"lexsort by {[d.name for d in dtypes]} of {shape} axis={axis}")
                    values = p.views(*((x, LAYOUTS[(turn + k) % len(LAYOUTS)]) for k, x in enumerate(keys)))
                    gives = np.asarray(np.lexsort(keys, axis))
                    p.result(p.step("lexsort", values, [axis], gives=gives), "lexsort")
                    yield p
                    if alike and shape:
                        p = Program(f"lexsort by an array of {dtypes[0]} of {count} and {shape} axis={axis}")
                        p.result(p.step("lexsort of an array", [p.input(np.stack(keys))], [axis], gives=gives), "lexsort")
                        yield p


def uniques(rng):
    for turn, shape in enumerate([(), (0,), (1,), (7,), (1500,), (4, 5), (0, 3), (3, 0), (6, 2, 2), (30, 2)]):
        for k, dtype in enumerate(DTYPES):
            few = numbers(rng, dtype, shape, "small")
            if dtype.kind in "iuf" and few.size > 8:
                few = (few % 3).astype(dtype)
            if dtype.kind in "fc" and few.size > 3:
                few.ravel()[[1, 3]] = np.nan
            for axis in [None, *range(-1, len(shape) - 1)]:
                if dtype == F16 and axis is not None:
                    few = np.where(np.isnan(few), F16.type(1), few)  # NumPy has no order of such rows
                for equal_nan in (True, False):
                    what = (turn + 2 * k + equal_nan + (axis or 0)) % 8
                    if axis is not None and dtype in (BOOL,) and shape == (3, 0):
                        continue
                    index, inverse, counts = bool(what & 1), bool(what & 2), bool(what & 4)
                    if (turn + k + equal_nan + (axis or 0)) % 3 and dtype not in (F64, C64):
                        continue
                    # Asked for the index, NumPy keeps the order of equals, which nan that differ show.
                    gives = np.unique(few, True, True, True, axis, equal_nan=equal_nan)
                    gives = [g for g, wanted in zip(gives, (True, index, inverse, counts)) if wanted]
                    if inverse and axis is None:
                        gives[1 + index] = gives[1 + index].reshape(shape)
                    p = Program(f"unique {what} of {dtype}{shape} axis={axis} equal_nan={equal_nan}", together=k % 2 == 0)
                    results = p.step("unique with", [p.finish(p.view(few, LAYOUTS[(turn + k) % 5]))], [what, axis_of(axis), equal_nan], gives=gives)
                    names = ["unique"] + ["return_index"] * index + ["return_inverse"] * inverse + ["return_counts"] * counts
                    for name, r in zip(names, results):
                        p.result(r, name)
                    yield p


def sets(rng):
    shapes = [((7,), (5,)), ((0,), (4,)), ((4,), (0,)), ((0,), (0,)), ((1,), (1,)), ((4, 5), (2, 3)), ((300,), (40,)), ((3, 1, 4), (2000,)), ((), (3,)), ((3,), ())]  # fmt: skip
    turn = 0
    for left, right in shapes:
        for k, dtype in enumerate(DTYPES):
            turn += 1
            if turn % 4 and dtype not in (F64, INT64):
                continue
            other = DTYPES[(k + turn // 5) % len(DTYPES)] if turn % 3 == 0 else dtype
            x, y = numbers(rng, dtype, left, "small"), numbers(rng, other, right, "small")
            for z in (x, y):
                if z.dtype.kind in "fc" and z.size > 3:
                    z.ravel()[2] = np.nan
            # Both as one dtype: NumPy compares integers by a table.
            both = np.result_type(dtype, other)
            p = Program(f"sets of {dtype}{left} and {other}{right}", together=turn % 2 == 0)
            a, b = p.views((x, LAYOUTS[turn % 5]), (y, "contiguous"))
            xs, ys = x.astype(both), y.astype(both)
            for invert in (False, True):
                gives = np.isin(xs, ys, invert=invert)
                p.result(p.step("isin", [a, b], [invert], gives=gives), "isin")
            p.result(p.step("union1d", [a, b], gives=np.union1d(x, y)), "union1d")
            p.result(p.step("setdiff1d", [a, b], [0], gives=np.setdiff1d(x, ys)), "setdiff1d")
            p.result(p.step("setxor1d", [a, b], [0], gives=np.setxor1d(xs, ys)), "setxor1d")
            p.result(p.step("intersect1d", [a, b], [0], gives=np.intersect1d(x, y)), "intersect1d")
            yield p
            p = Program(f"intersect1d of {dtype}{left} and {other}{right}")
            values = [p.input(x), p.input(y)]
            gives = list(np.intersect1d(x, y, return_indices=True))
            for name, r in zip(("intersect1d", "return_indices", "return_indices"), p.step("intersect1d with indices", values, [0], gives=gives)):
                p.result(r, name)
            yield p
            xu, yu = rng.permutation(np.unique(x)), rng.permutation(np.unique(y))
            p = Program(f"sets of distinct {dtype}{left} and {other}{right}")
            a, b = p.input(xu), p.input(yu)
            p.result(p.step("setdiff1d", [a, b], [1], gives=np.setdiff1d(xu, yu.astype(both), True)), "setdiff1d")
            p.result(p.step("setxor1d", [a, b], [1], gives=np.setxor1d(xu.astype(both), yu.astype(both), True)), "setxor1d")
            p.result(p.step("intersect1d", [a, b], [1], gives=np.intersect1d(xu, yu, True)), "intersect1d")
            yield p
    p = Program("isin of scalars")
    a = p.input(np.arange(5))
    p.result(p.step("isin", [a, 3], [0], gives=np.isin(np.arange(5), 3)), "isin")
    p.result(p.step("isin", [3, a], [0], gives=np.isin(3, np.arange(5))), "isin")
    yield p


def errors():
    def failing(label, kind, name, arrays, integers=()):
        p = Program(label)
        values = [p.input(np.asarray(a)) for a in arrays]
        p.result(p.step(name, values, integers, gives=np.zeros(0)), "error")
        return p.fails(kind)

    x = np.zeros((4, 5))
    yield failing("partition", "value", "partition", [x], [1, 5])
    yield failing("partition below", "value", "partition", [x], [0, -5])
    yield failing("partition at nothing", "value", "partition", [x], [0])
    yield failing("argpartition axis", "shape", "argpartition", [x], [2, 0])
    yield failing("argpartition 0-d", "shape", "argpartition", [np.zeros(())], [0, 0])
    yield failing("lexsort shapes", "shape", "lexsort", [x, np.zeros(4)], [-1])
    yield failing("lexsort axis", "shape", "lexsort", [x, x], [2])
    yield failing("lexsort of nothing", "value", "lexsort", [], [0])
    yield failing("unique axis", "shape", "unique with", [x], [0, 2, 1])


def programs(rows, rng):
    yield from partitions(rng)
    yield from orders(rng)
    yield from uniques(rng)
    yield from sets(rng)
    yield from errors()
