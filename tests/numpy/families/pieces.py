# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Arrays taken apart, put together, moved, padded, made longer and shorter."""

import itertools

import numpy as np

from core import ABSOLUTE, BOOL, C128, CODE, DTYPES, EQUAL, EVERY_LAYOUT, F16, F32, F64, INT64, LAYOUTS, Program, laid, numbers, real_of

NONE = -(2**63)
MODES = ["constant", "edge", "linear_ramp", "maximum", "mean", "median", "minimum", "reflect", "symmetric", "wrap", "empty"]


class Turn:
    """The next dtype and layout."""

    def __init__(self):
        self.n = 0

    def next(self):
        self.n += 1
        return DTYPES[self.n % len(DTYPES)], LAYOUTS[self.n // len(DTYPES) % len(LAYOUTS)]


def one(rng, turn, shape, name, integers, gives, kind="small", then=True, arguments=()):
    """A step on one array; gives(data) is NumPy's."""
    dtype, layout = turn.next()
    x = numbers(rng, dtype, shape, kind)
    p = Program(f"{name}{tuple(integers)} of {dtype}{shape} {layout}", together=turn.n % 2 == 0)
    values = p.views((x, layout), *((a, "contiguous") for a in arguments))
    out = gives(x)
    if isinstance(out, (list, tuple)):
        out = [np.asarray(o) for o in out]
        for k, r in enumerate(p.step(name, values, integers, gives=out)[:6]):
            p.result(r, f"{name} {k}" if k < 3 else name)
        return p
    out = np.asarray(out)
    value = p.step(name, values, integers, gives=out)
    p.result(value, name)
    if then and out.dtype.kind != "b":  # results feed arithmetic
        p.result(p.step("multiply", [value, value], gives=out * out), f"square of {name}")
    return p


def axis_of(axis):
    return NONE if axis is None else axis


def splits(rng, turn):
    for shape in ((6,), (7,), (12,), (4, 6), (6, 1, 4), (2, 3, 4)):
        for axis in range(-len(shape), len(shape)):
            for sections in (1, 2, 3):
                if shape[axis] % sections == 0:
                    yield one(rng, turn, shape, "split", [axis, 0, sections], lambda x: np.split(x, sections, axis))
                yield one(rng, turn, shape, "array_split", [axis, 0, sections + 1], lambda x: np.array_split(x, sections + 1, axis))
            for cuts in ([], [1], [0, 2], [3, 1], [-1], [2, 2, 9], [-9, 1]):
                yield one(rng, turn, shape, "split", [axis, 1, *cuts], lambda x: np.split(x, cuts, axis))
                yield one(rng, turn, shape, "array_split", [axis, 1, *cuts], lambda x: np.array_split(x, cuts, axis))
            yield one(rng, turn, shape, "unstack", [axis], lambda x: list(np.moveaxis(x, axis, 0)))
    for name, shape in (("hsplit", (6,)), ("hsplit", (2, 4)), ("vsplit", (4, 3)), ("vsplit", (2, 1, 3)), ("dsplit", (2, 3, 4))):
        for cuts in ([0, 2], [1, 1], [1, 1, 3]):
            where = cuts[1] if not cuts[0] else cuts[1:]
            yield one(rng, turn, shape, name, [0, *cuts], lambda x: getattr(np, name)(x, where))
    # Parts are views: what is written into one shows in the array.
    x = np.arange(6.0)
    p = Program("a write into a part")
    a = p.input(x)
    a.data = x.copy()
    first, second = p.step("split", [a], [0, 0, 2], gives=np.split(a.data, 2))
    second.data = a.data[3:]
    p.setitem(second, 1, 100)
    p.result(a, "the array of a part written into")
    yield p


def joins(rng, turn):
    for shapes, axis in (([(3,), (4,)], None), ([(2, 3), (4,), ()], None), ([(0,), (2, 2)], None), ([(4, 5), (2, 5)], 0), ([(4, 5), (4, 1)], -1)):
        for dtype in (F64, F32, C128, np.dtype("int64"), F16):
            lower = [d for d in DTYPES if np.can_cast(d, dtype, "same_kind")]
            arrays = [numbers(rng, lower[(turn.n + k) % len(lower)], s, "small") for k, s in enumerate(shapes)]
            turn.n += 1
            p = Program(f"concatenate of {shapes} as {dtype}")
            values = [p.input(x) for x in arrays]
            flat = np.concatenate([x.astype(dtype) for x in arrays], axis)
            p.result(p.step("concatenate as", values, [CODE[dtype], axis_of(axis)], gives=flat), "concatenate")
            if axis is None:
                p.result(p.step("concat flat", values, gives=np.concatenate(arrays, None)), "concat")
            yield p
    for name in ("stack", "vstack", "hstack"):
        for dtype in (F64, C128, F32):
            arrays = [numbers(rng, d, (2, 3), "small") for d in (BOOL, np.dtype("int32"), F32)]
            p = Program(f"{name} as {dtype}")
            values = [p.input(x) for x in arrays]
            gives = getattr(np, name)([x.astype(dtype) for x in arrays])
            p.result(p.step(f"{name} as", values, [CODE[dtype], 0], gives=gives), name)
            yield p
    for shapes in ([(3,), (), (2,)], [(), ()], [(2, 3), (1, 3)]):
        arrays = [numbers(rng, turn.next()[0], s, "small") for s in shapes]
        p = Program(f"r_ of {shapes}")
        p.result(p.step("r_", [p.input(x) for x in arrays], gives=np.r_[tuple(arrays)]), "r_")
        yield p
    for shapes in ([(2, 2), (2, 3), (1, 2), (1, 3)], [(2,), (3,), (2,), (3,)], [(), (), (), ()], [(2,), (3,)], [(2, 1), (2, 4)],
                   [(2, 2, 2), (2, 2, 1), (2, 3, 2), (2, 3, 1)]):  # fmt: skip
        arrays = [numbers(rng, turn.next()[0], s, "small") for s in shapes]
        p = Program(f"block of {shapes}")
        gives = np.block([arrays[:2], arrays[2:]] if len(arrays) == 4 else [arrays])
        p.result(p.step("block", [p.input(x) for x in arrays], gives=gives), "block")
        yield p


def moves(rng, turn):
    shapes = [(), (0,), (1,), (5,), (4, 5), (0, 3), (3, 1, 4), (2, 3, 4, 5), (1000,)]
    for shape in shapes:
        for reps in ((2,), (1,), (0,), (2, 3), (1, 2), (2, 1, 3), ()):
            yield one(rng, turn, shape, "tile", reps, lambda x: np.tile(x, reps))
        for shift in (0, 1, -1, 3, 1001, -7):
            yield one(rng, turn, shape, "roll", [1, shift], lambda x: np.roll(x, shift))
            for axis in range(-len(shape), len(shape)):
                yield one(rng, turn, shape, "roll", [1, shift, axis], lambda x: np.roll(x, shift, axis))
        if len(shape) > 1:
            for shift, axis in (([1, 2], [0, 1]), ([2], [0, -1]), ([1, -1, 3], [1]), ([2, 3], [0, 0])):
                given = shift if len(shift) > 1 else shift[0], axis if len(axis) > 1 else axis[0]
                yield one(rng, turn, shape, "roll", [len(shift), *shift, *axis], lambda x: np.roll(x, *given))
            for k in range(-1, 5):
                for plane in ((0, 1), (1, 0), (-1, 0), (0, -1)):
                    yield one(rng, turn, shape, "rot90", [k, *plane], lambda x: np.rot90(x, k, plane))
        for axis in range(-len(shape), len(shape)):
            for start in range(-len(shape), len(shape) + 1):
                yield one(rng, turn, shape, "rollaxis", [axis, start], lambda x: np.rollaxis(x, axis, start), then=False)
        for name in ("atleast_1d", "atleast_2d", "atleast_3d"):
            yield one(rng, turn, shape, name, [], getattr(np, name))
        if shape:
            yield one(rng, turn, shape, "ndim and size", [], lambda x: [x.ndim, x.size, x.shape[-1]])
        for new in ((3,), (2, 3), (7, 4), (0, 2), (), (13,)):
            yield one(rng, turn, shape, "resize", new, lambda x: np.resize(x, new))
    x, y = numbers(rng, F64, (3,)), numbers(rng, F64, ())
    p = Program("atleast_2d of two")
    for k, r in enumerate(p.step("atleast_2d of two", [p.input(x), p.input(y)], gives=np.atleast_2d(x, y))):
        p.result(r, f"atleast_2d {k}")
    yield p


def spelled(a):
    a = np.asarray(a)
    return [a.ndim, *a.shape, *a.ravel()]


def reflected(x, widths, mode):
    """np.pad of NumPy 2, whose patterns repeat beyond the array where those of 1.24 do not."""
    for axis, (before, behind) in enumerate(np.broadcast_to(widths, (x.ndim, 2))):
        n = x.shape[axis]
        at = np.arange(-before, n + behind)
        if mode == "wrap":
            at = at % n
        elif n == 1:
            at = at * 0
        else:
            period = 2 * n if mode == "symmetric" else 2 * (n - 1)
            at = at % period
            at = np.where(at < n, at, period - at - (mode == "symmetric"))
        x = np.take(x, at, axis)
    return x


def pads(rng, turn):
    widths = {1: [0, 1, 3, (2, 1), (0, 2), ((3, 0),), (17, 20)], 2: [0, 2, (1, 3), ((1, 2), (0, 4)), ((2,), (1,)), ((0, 0), (3, 1))],
              3: [1, ((1, 0), (2, 3), (0, 0)), ((0, 1), (0, 0), (5, 2))], 0: [1]}  # fmt: skip
    for shape in ((1,), (2,), (5,), (40,), (3, 4), (1, 3), (17, 19), (2, 3, 4)):
        for width in widths[len(shape)]:
            for mode in MODES:
                dtype, layout = turn.next()
                x = numbers(rng, dtype, shape, "small")
                many = np.max(width) >= min(shape)
                options, arguments, lengths = {}, [], []
                if mode in ("constant", "linear_ramp"):
                    value = [7, (1, 2), np.arange(2 * len(shape)).reshape(-1, 2)][turn.n % 3]
                    options["constant_values" if mode == "constant" else "end_values"] = value
                    arguments = [np.asarray(value)]
                elif mode in ("maximum", "mean", "median", "minimum") and turn.n % 3:
                    lengths = [2, (1, 3)][turn.n % 3 - 1]
                    options["stat_length"] = lengths
                    lengths = spelled(lengths)
                odd = mode in ("reflect", "symmetric") and turn.n % 2 and not many
                if odd:
                    options["reflect_type"] = "odd"
                if mode == "empty":
                    gives = np.pad(x, width)
                elif mode in ("reflect", "symmetric", "wrap") and not odd:
                    gives = reflected(x, width, mode)
                    if not many:
                        assert np.array_equal(gives, np.pad(x, width, mode))
                else:
                    gives = np.pad(x, width, mode, **options)
                p = Program(f"pad {mode} by {width} of {dtype}{shape} {layout} {options}", together=turn.n % 2 == 0)
                a, *rest = p.views((x, layout), *((v, "contiguous") for v in arguments))
                value = p.step("pad", [a, *rest], [MODES.index(mode), bool(odd), *spelled(width), *lengths], gives=gives)
                if mode == "empty":  # what is added may be anything
                    inner = tuple(slice(w[0], w[0] + n) for w, n in zip(np.broadcast_to(width, (x.ndim, 2)), shape))
                    value = p.getitem(value, inner)
                if mode == "mean" and dtype.kind in "fc":
                    bound = 64 * np.finfo(real_of(dtype)).eps * 10
                    p.result(value, f"pad {mode}", ABSOLUTE, ulps=bound)
                else:
                    p.result(value, f"pad {mode}")
                yield p
    # Beyond the array, about edges that have moved.
    for n, width, mode in ((4, (7, 2), "reflect"), (3, (10, 11), "symmetric"), (5, (4, 13), "reflect"), (2, (5, 5), "reflect")):
        x = numbers(rng, INT64, (n,), "small")
        at = np.arange(-width[0], n + width[1])
        # f(-i) = 2 f(0) - f(i), and about the other end.
        period = 2 * n if mode == "symmetric" else 2 * (n - 1)
        if mode == "reflect":
            turns = np.floor_divide(at, n - 1)
            inside = at - turns * (n - 1)
            gives = np.where(turns % 2 == 0, x[inside] + turns * (x[-1] - x[0]), x[0] + x[-1] - x[n - 1 - inside] + turns * (x[-1] - x[0]))
        else:
            gives = x
            left, right = width
            while left or right:
                k = len(gives) // n * n
                l, r = min(left, k), min(right, k)
                gives = np.concatenate([2 * gives[0] - gives[:l][::-1], gives, 2 * gives[-1] - gives[len(gives) - r :][::-1]])
                left, right = left - l, right - r
        p = Program(f"pad {mode} odd by {width} of {n}")
        p.result(p.step("pad", [p.input(x)], [MODES.index(mode), 1, *spelled(width)], gives=gives), f"pad {mode} odd")
        yield p
    p = Program("pad of 0-d")
    p.result(p.step("pad", [p.input(np.float64(3))], [0, 0, *spelled(1)], gives=np.pad(np.float64(3), 1)), "pad")
    yield p
    for shape in ((0,), (0, 3)):
        x = np.zeros(shape)
        p = Program(f"pad of {shape}")
        p.result(p.step("pad", [p.input(x), 5], [0, 0, *spelled((2, 1))], gives=np.pad(x, (2, 1), constant_values=5)), "pad")
        yield p


def place(i):
    """The integers for places, and the arrays that go with them."""
    if isinstance(i, int):
        return [0, i], []
    if isinstance(i, slice):
        bounds = [(b is not None, b or 0) for b in (i.start, i.stop, i.step)]
        return [1, *itertools.chain(*bounds)], []
    return [2], [np.asarray(i)]


def edits(rng, turn):
    for shape in ((5,), (1,), (4, 3), (3, 1, 4), (0,), (2, 6)):
        for axis in [None, *range(-len(shape), len(shape))]:
            n = int(np.prod(shape)) if axis is None else shape[axis]
            rest = () if axis is None else tuple(e for k, e in enumerate(shape) if k != axis % len(shape))
            whole = [slice(None), slice(1, 3), slice(None, None, 2), slice(None, None, -2), slice(4, 0, -3), slice(2, 2)]
            mask = rng.random(n) < 0.5
            removed = [*whole, mask, np.zeros(n, bool)] + ([0, -1, n - 1, [0, n - 1, 0], [n // 2]] if n else [])
            for where in removed:
                ints, arrays = place(where)
                if ints == [2]:
                    ints = [2, 1]
                gives = lambda x: np.delete(x, where if not isinstance(where, list) else np.array(where), axis)
                yield one(rng, turn, shape, "delete_", [axis_of(axis), *ints], gives, arguments=arrays, then=False)
            places = [0, n, -n if n else 0, slice(0, n, 2), np.array([0, n, 0]), np.array([n, 0]), np.array([n // 2]), slice(0, 2)]
            for where in places:
                count = 1 if isinstance(where, int) else len(range(*where.indices(n))) if isinstance(where, slice) else where.size
                whole_shape = (count, *rest) if isinstance(where, int) else None
                for value in [np.asarray(3), None]:
                    dtype, layout = turn.next()
                    x = numbers(rng, dtype, shape, "small")
                    if value is None:
                        moved = [count, *rest]
                        if axis is not None and not isinstance(where, int):
                            moved = list(np.moveaxis(np.zeros(moved), 0, axis).shape)
                        if isinstance(where, int) and axis is not None:
                            moved = list(rest)
                        value = numbers(rng, dtype, tuple(moved), "small")
                    ints, arrays = place(where)
                    if ints == [2]:
                        ints = [2, 2]
                    p = Program(f"insert {where} of {value.shape} into {dtype}{shape} axis={axis} {layout}")
                    a, v, *given = p.views((x, layout), *((k, "contiguous") for k in (value, *arrays)))
                    gives = np.insert(x, where, value, axis)
                    p.result(p.step("insert", [a, v, *given], [axis_of(axis), *ints], gives=gives), "insert")
                    yield p
            for other in (shape, (2,)):
                if axis is not None and len(other) != len(shape):
                    continue
                more = numbers(rng, turn.next()[0], other, "small")
                yield one(rng, turn, shape, "append", [axis_of(axis)], lambda x: np.append(x, more, axis), arguments=[more])
    # Several values at one place.
    for value in (np.arange(6.0).reshape(2, 3), np.arange(3.0), np.arange(2.0).reshape(2, 1), np.arange(8.0).reshape(2, 4)):
        for axis in (0, 1):
            x = numbers(rng, F64, (4, 3) if axis == 0 else (2, 5))
            try:
                gives = np.insert(x, 1, value, axis)
            except ValueError:
                continue
            p = Program(f"insert of {value.shape} axis={axis}")
            p.result(p.step("insert", [p.input(x), p.input(value)], [axis, 0, 1], gives=gives), "insert")
            yield p


def trims(rng, turn):
    def trimmed(x, ends, axes):
        found = np.argwhere(x)
        low, high = ([0] * x.ndim, [0] * x.ndim) if not len(found) else (found.min(0), found.max(0) + 1)
        cut = [slice(None)] * x.ndim
        for k in range(x.ndim) if axes is None else axes:
            cut[k] = slice(low[k] if "f" in ends or not len(found) else None, high[k] if "b" in ends or not len(found) else None)
        return x[tuple(cut)]

    for shape in ((0,), (1,), (9,), (40,), (5, 6), (3, 4, 5)):
        for ends in (1, 2, 3):
            for axes in [None, *((k,) for k in range(len(shape)))]:
                for filled in (0, 0.2, 1):
                    dtype, layout = turn.next()
                    x = numbers(rng, dtype, shape, "small")
                    x = np.where(rng.random(shape) < filled, x, 0).astype(dtype)
                    gives = trimmed(x, ["", "f", "b", "fb"][ends], axes)
                    if len(shape) == 1:
                        assert np.array_equal(gives, np.trim_zeros(x, ["", "f", "b", "fb"][ends]))
                    p = Program(f"trim_zeros {ends} axis={axes} of {dtype}{shape} {layout} filled {filled}")
                    value = p.step("trim_zeros", [p.finish(p.view(x, layout))], [ends, *(axes or ())], gives=gives)
                    p.result(value, "trim_zeros")
                    yield p


def errors():
    def failing(label, kind, name, arrays, integers=()):
        p = Program(label)
        values = [p.input(np.asarray(a)) for a in arrays]
        p.result(p.step(name, values, integers, gives=np.zeros(0)), "error")
        return p.fails(kind)

    x = np.zeros((4, 6))
    yield failing("split", "value", "split", [x], [1, 0, 4])
    yield failing("split 0", "value", "split", [x], [1, 0, 0])
    yield failing("split axis", "shape", "split", [x], [2, 0, 2])
    yield failing("dsplit", "value", "dsplit", [x], [0, 0, 2])
    yield failing("concatenate as", "dtype", "concatenate as", [x], [CODE[INT64], 0])
    yield failing("tile", "value", "tile", [x], [-1])
    yield failing("roll", "value", "roll", [x], [2, 1, 2, 0, 1, 0])
    yield failing("roll axis", "shape", "roll", [x], [1, 1, 2])
    yield failing("rot90", "value", "rot90", [x], [1, 0, -2])
    yield failing("rollaxis", "shape", "rollaxis", [x], [0, 3])
    yield failing("pad negative", "value", "pad", [x], [0, 0, *spelled(-1)])
    yield failing("pad widths", "value", "pad", [x], [0, 0, *spelled(((1, 2), (1, 2), (1, 2)))])
    yield failing("pad empty", "value", "pad", [np.zeros((0, 2))], [1, 0, *spelled(1)])
    yield failing("pad stat_length", "value", "pad", [x], [3, 0, *spelled(1), *spelled(0)])
    yield failing("insert", "index", "insert", [x, 1.0], [0, 0, 5])
    yield failing("insert below", "index", "insert", [x, 1.0], [0, 0, -5])
    yield failing("insert list", "index", "insert", [x, 1.0, [0, 5]], [0, 2, 2])
    yield failing("insert values", "shape", "insert", [x, np.zeros((3, 5))], [0, 0, 1])
    yield failing("delete_", "index", "delete_", [x], [0, 0, 4])
    yield failing("delete_ list", "index", "delete_", [x, [1, 4]], [0, 2, 1])
    yield failing("delete_ mask", "value", "delete_", [x, [True]], [0, 2, 1])
    yield failing("append", "shape", "append", [x, np.zeros(6)], [0])
    yield failing("trim_zeros", "value", "trim_zeros", [x], [0])


def programs(rows, rng):
    turn = Turn()
    yield from splits(rng, turn)
    yield from joins(rng, turn)
    yield from moves(rng, turn)
    yield from pads(rng, turn)
    yield from edits(rng, turn)
    yield from trims(rng, turn)
    yield from errors()
