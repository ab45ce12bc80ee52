# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Advanced indexing: random index expressions read and updated, and the functions around it."""

import numpy as np

from core import BOOL, DTYPES, F32, F64, INT32, INT64, INTS, LAYOUTS, Program, Value, numbers, plain

EXPRESSIONS = 260  # structures that are read,
UPDATES_OF = 90  # and that are written,
SIZES = 4  # each of several sizes,
FILLINGS = 5  # with several positions in its arrays: 5,000 expressions,
UPDATE_FILLINGS = 14
NONE = -(2**63)


class Array:
    """An index array before it is an input of a program."""

    def __init__(self, data):
        self.data = np.asarray(data)


# Index expressions. A structure is a list of kinds; sizes and positions are drawn for each use.


def random_structure(rng):
    """Kinds of items, in order, and the number of axes that are left to the end."""
    while True:
        items = []
        for _ in range(rng.integers(1, 5)):
            items.append(
                rng.choice(["int", "slice", "all", "newaxis", "array", "mask", "true", "array0"],
                           p=[0.13, 0.17, 0.08, 0.1, 0.3, 0.13, 0.04, 0.05])  # fmt: skip
            )
        if rng.random() < 0.25:
            items.insert(rng.integers(len(items) + 1), "ellipsis")
        if any(kind in ("array", "mask", "true", "array0") for kind in items):
            break
    masks = [int(rng.choice([1, 2, 3], p=[0.6, 0.3, 0.1])) for kind in items if kind == "mask"]
    axes = sum(kind in ("int", "slice", "all", "array", "array0") for kind in items) + sum(masks)
    spare = int(rng.integers(0, 3)) if axes < 4 else 0
    if axes > 5 or len(items) > 6 or (axes == 0 and spare == 0 and rng.random() < 0.7):
        return random_structure(rng)
    common = [(3,), (3,), (2, 3), (4, 1), (), (1,), (0,)][rng.choice(7, p=[0.3, 0.2, 0.25, 0.08, 0.05, 0.07, 0.05])]
    return items, masks, spare, common


def draw(rng, structure):
    """A shape and an index for it."""
    items, masks, spare, common = structure
    masks = iter(masks)
    shape, index = [], []
    positive = 0 in common or rng.random() < 0.9
    size = lambda: int(rng.integers(1 if positive else 0, 6))  # noqa: E731
    many = common[-1] if common else 1
    for kind in items:
        if kind == "ellipsis":
            shape += [size() for _ in range(spare)]
            index.append(Ellipsis)
        elif kind == "newaxis":
            index.append(None)
        elif kind == "true":
            # What it broadcasts with has to have room for it.
            index.append(bool(many != 0 and (rng.random() < 0.8 or many > 1)))
            if many > 1 and index[-1] is False:
                index[-1] = True
        elif kind == "mask":
            extents = [max(1, size()) for _ in range(next(masks))]
            total = int(np.prod(extents))
            lone = sum(k in ("array", "mask", "true") for k in items) == 1
            count = int(rng.integers(0, total + 1)) if lone else int(rng.choice([1, many]))
            if count > total:
                count = 1
            mask = np.zeros(total, bool)
            mask[rng.permutation(total)[:count]] = True
            shape += extents
            index.append(Array(mask.reshape(extents)))
        elif kind == "int":
            n = max(1, size())
            shape.append(n)
            index.append(int(rng.integers(-n, n)))
        elif kind == "all":
            shape.append(size())
            index.append(slice(None))
        elif kind == "slice":
            shape.append(size())
            bounds = [None if rng.random() < 0.4 else int(rng.integers(-6, 7)) for _ in range(2)]
            step = None if rng.random() < 0.4 else int(rng.choice([-2, -1, 1, 2, 3]))
            index.append(slice(*bounds, step))
        else:
            n = max(1, size())
            shape.append(n)
            own = ()
            if kind == "array":
                own = list(common[rng.integers(0, len(common)) :] if len(common) > 1 else common)
                own = tuple(1 if rng.random() < 0.15 else e for e in own)
            dtype = rng.choice([INT64, INT64, INT32, np.dtype("uint8"), np.dtype("int16")])
            low = 0 if dtype.kind == "u" else -n
            index.append(Array(rng.integers(low, n, own).astype(dtype)))
    if Ellipsis not in items and "ellipsis" not in items:
        shape += [size() for _ in range(spare)]
    return tuple(shape), tuple(index)


def refill(rng, index, shape):
    """Other positions and other masks of as many places: the same program."""
    axis, out = 0, []
    spare = len(shape) - sum(0 if i is None or i is Ellipsis or isinstance(i, bool) else
                             i.data.ndim if isinstance(i, Array) and i.data.dtype == BOOL else 1 for i in index)  # fmt: skip
    for i in index:
        if isinstance(i, Array) and i.data.dtype == BOOL:
            out.append(Array(rng.permutation(i.data.ravel()).reshape(i.data.shape)))
            axis += i.data.ndim
        elif isinstance(i, Array):
            low = 0 if i.data.dtype.kind == "u" else -shape[axis]
            out.append(Array(rng.integers(low, shape[axis], i.data.shape).astype(i.data.dtype)))
            axis += 1
        else:
            out.append(i)
            axis += spare if i is Ellipsis else 0 if i is None or isinstance(i, bool) else 1
    return tuple(out)


def uses(rng, structure, fillings):
    """Shapes and indices of a structure."""
    for _ in range(SIZES):
        shape, index = draw(rng, structure)
        for _ in range(fillings):
            yield shape, index
            index = refill(rng, index, shape)


def show(index):
    def one(i):
        if i is Ellipsis:
            return "..."
        if isinstance(i, Array):
            return f"{'mask' if i.data.dtype == BOOL else 'array'}{i.data.shape}"
        if isinstance(i, slice):
            return ":".join("" if b is None else str(b) for b in (i.start, i.stop, i.step)).removesuffix(":")
        return str(i)

    return ", ".join(map(one, index))


def stretches(index):
    """Whether a mask that holds once meets a longer index: inside jit what a run decides does not stretch."""
    if not has_mask(index):
        return False
    ends, once = [1], False
    for i in index:
        if isinstance(i, bool) or (isinstance(i, Array) and i.data.dtype == BOOL):
            count = np.count_nonzero(i.data if isinstance(i, Array) else i)
            ends.append(count)
            once |= count == 1
        elif isinstance(i, Array) and i.data.ndim:
            ends.append(i.data.shape[-1])
    return once and any(end != 1 for end in ends)


def has_mask(index):
    return any(isinstance(i, bool) or (isinstance(i, Array) and i.data.dtype == BOOL) for i in index)


def enter(p, index):
    """The index with its arrays as inputs of the program."""
    return tuple(p.input(i.data) if isinstance(i, Array) else i for i in index)


def fits(shape, index):
    try:
        return np.zeros(shape)[tuple(i.data if isinstance(i, Array) else i for i in index)].shape
    except IndexError:
        return None


def reading(rng):
    turn = 0
    for _ in range(EXPRESSIONS):
        structure = random_structure(rng)
        dtype = DTYPES[rng.integers(11)]
        for shape, index in uses(rng, structure, FILLINGS):
            turn += 1
            if fits(shape, index) is None or sum(isinstance(i, Array) for i in index) > 5:
                continue
            layout = LAYOUTS[turn // FILLINGS % 5] if shape else "contiguous"
            p = Program(f"{dtype}{shape}[{show(index)}] {layout}", together=turn // FILLINGS % 2 == 0, eager=stretches(index))
            view = p.view(numbers(rng, dtype, shape), layout)
            entered = enter(p, index)
            part = p.getitem(p.finish(view), entered)
            p.result(part, "getitem")
            if turn // FILLINGS % 4 == 0:
                p.result(p.step("logical_not", [part], gives=np.logical_not(part.data)), "logical_not of getitem")
            yield p


UPDATES = {"add_at": np.add, "subtract_at": np.subtract, "multiply_at": np.multiply, "minimum_at": np.minimum,
           "maximum_at": np.maximum, "divide_at": np.divide}  # fmt: skip


def random_value(rng, dtype, shape, seed):
    """Something that broadcasts to `shape`; the seed decides how."""
    how = np.random.default_rng(seed)
    shape = list(shape[how.integers(0, len(shape) + 1) :])
    shape = [1 if how.random() < 0.2 else n for n in shape]
    if how.random() < 0.1:
        shape.insert(0, 1)
    return numbers(rng, dtype, tuple(shape), "small" if dtype.kind == "f" else "any")


def updating(rng):
    turn = 0
    names = list(UPDATES)
    for _ in range(UPDATES_OF):
        structure = random_structure(rng)
        dtype = DTYPES[rng.integers(11)]
        name = names[rng.integers(len(names))]
        if name == "divide_at" and dtype.kind != "f":
            name = "add_at"
        if name == "subtract_at" and dtype == BOOL:
            name = "maximum_at"
        for shape, index in uses(rng, structure, UPDATE_FILLINGS):
            turn += 1
            selected = fits(shape, index)
            if selected is None or sum(isinstance(i, Array) for i in index) > 4:
                continue
            size = turn // UPDATE_FILLINGS  # of one size layout and value's shape are the same: code is compiled once
            layout = LAYOUTS[size % 5] if shape else "contiguous"
            x = numbers(rng, dtype, shape, "small" if dtype.kind == "f" else "any")
            value = random_value(rng, dtype, selected, size)
            # ufunc.at takes no value with more axes than the selection has; assignment does.
            of_at = value.reshape(value.shape[max(0, value.ndim - len(selected)) :])
            p = Program(f"{dtype}{shape}[{show(index)}] {value.shape} {layout}", eager=stretches(index))
            view = p.view(x, layout)
            entered = enter(p, index)
            given = p.input(of_at)
            a = p.finish(view)
            integers, arrays = p.index(entered)
            expected = x.copy()
            UPDATES[name].at(expected, plain(entered), of_at)
            p.result(p.step(name, [a, *arrays, given], integers, gives=expected), name)
            if turn % 4 == 0:
                yield p
            if len(index) == 1 and has_mask(index):
                value = of_at  # NumPy itself takes no leading axes of 1 there
            p = Program(f"{dtype}{shape}[{show(index)}] = {value.shape} {layout}", eager=stretches(index))
            view = p.view(x, layout)
            entered = enter(p, index)
            given = p.input(value)
            a = p.finish(view)
            p.setitem(a, entered, given)
            p.result(a, "setitem")
            p.setitem(a, entered, 3 if dtype != BOOL else True)
            p.result(a, "setitem of a number")
            if dtype != BOOL and value.ndim <= len(selected):
                p.setitem(a, entered, given, "add")
                p.result(a, "setitem +=")
            yield p


def masked(rng):
    """One mask: alone, behind slices, over several axes; values that are the same wherever it holds."""
    forms = [
        lambda m: (m,), lambda m: (m, Ellipsis), lambda m: (Ellipsis, m), lambda m: (None, m), lambda m: (m, None),
        lambda m: (slice(None), m), lambda m: (None, slice(None), m, None), lambda m: (m, slice(None), None),
        lambda m: (slice(None, None, -1), m), lambda m: (m, slice(1, None)), lambda m: (m, 0), lambda m: (0, m),
    ]  # fmt: skip
    turn = 0
    for shape in [(4,), (4, 5), (4, 5, 3), (4, 1, 3), (1, 4), (33,), (70000,)]:
        for covered in range(1, len(shape) + 1):
            for form in forms:
                turn += 1
                dtype = DTYPES[turn % 11]
                x = numbers(rng, dtype, shape)
                try:
                    at = next(i for i in range(len(shape)) if fits(shape, form(Array(np.ones(shape[i : i + covered], bool)))))
                except StopIteration:
                    continue
                mask = Array(rng.random(shape[at : at + covered]) < rng.random())
                index = form(mask)
                selected = fits(shape, index)
                if selected is None:
                    continue
                p = Program(f"{dtype}{shape}[{show(index)}]")
                a, entered = p.input(x), enter(p, index)
                p.result(p.getitem(a, entered), "getitem of a mask")
                yield p
                for own in [(), (1,), tuple(selected[-1:]), tuple(selected)]:
                    value = numbers(rng, dtype, own)
                    p = Program(f"{dtype}{shape}[{show(index)}] = {own}")
                    a, entered, given = p.input(x), enter(p, index), p.input(value)
                    p.setitem(a, entered, given)
                    p.result(a, "setitem of a mask")
                    yield p


# Functions.

SHAPES = [(7,), (1,), (0,), (4, 5), (0, 3), (17, 19), (3, 1, 4), (2, 3, 4, 5), (1000,)]


def call(label, name, inputs, integers, expected, eager=False, together=False):
    p = Program(label, eager=eager, together=together)
    values = [p.input(x) if isinstance(x, np.ndarray) else x for x in inputs]
    expected = list(expected) if isinstance(expected, (tuple, list)) else expected
    given = p.step(name, values, integers, gives=expected)
    for i, value in enumerate(given if isinstance(given, list) else [given]):
        p.result(value, f"{name} {i}" if isinstance(given, list) else name)
    return p


def changed(x, function, *arguments, **named):
    out = x.copy()
    function(out, *arguments, **named)
    return out


def selections(rng):
    for turn, shape in enumerate(SHAPES * 2):
        dtype = DTYPES[turn % 11]
        x = numbers(rng, dtype, shape)
        small = rng.random(shape) < 0.4
        label = f"{dtype}{shape}"
        mask = np.where(small, x, 0).astype(dtype)
        yield call(label, "nonzero", [mask], (), np.nonzero(mask), together=turn % 2 == 0)
        yield call(label, "where1", [mask], (), np.where(mask))
        yield call(label, "flatnonzero", [mask], (), np.flatnonzero(mask))
        yield call(label, "argwhere", [mask], (), np.argwhere(mask))
        yield call(label, "extract", [small, x], (), np.extract(small, x))
        for axis in [None, *range(len(shape))]:
            n = x.size if axis is None else shape[axis]
            given = NONE if axis is None else axis
            condition = rng.random(n) < 0.5
            yield call(label, "compress", [condition, x], [given], np.compress(condition, x, axis))
            if n > 1:
                short = condition[: n // 2]
                yield call(label, "compress", [short, x], [given], np.compress(short, x, axis))
            for own in [(), (3,), (2, 4), (0,)]:
                if n == 0 and own != (0,):
                    continue
                for mode, name in enumerate(["raise", "wrap", "clip"]):
                    low, high = (-n, n) if mode == 0 else (-3 * n - 1, 3 * n + 2)
                    i = np.asarray(rng.integers(low, max(high, low + 1), own))
                    if n == 0 and name == "wrap":
                        continue
                    yield call(label, "take", [x, i], [given, mode], np.take(x, i, axis, mode=name))
        if x.size:
            for own in [(), (5,), (2, 3), (0,)]:
                for mode, name in enumerate(["raise", "wrap", "clip"]):
                    low, high = (-x.size, x.size) if mode == 0 else (-2 * x.size, 2 * x.size)
                    i = np.asarray(rng.integers(low, high, own))
                    for count in (2, 9):
                        v = numbers(rng, dtype, (count,))
                        yield call(label, "put", [x, i, v], [mode], changed(x, np.put, i, v, mode=name))
        for axis in [None, *range(len(shape))]:
            flat = x.ravel() if axis is None else x
            along = 0 if axis is None else axis
            n = flat.shape[along]
            if n == 0:
                continue
            own = list(flat.shape)
            own[along] = 3
            if axis is not None and len(own) > 1 and turn % 3 == 0:
                own[along - 1] = 1
            i = rng.integers(-n, n, own)
            given = NONE if axis is None else axis
            yield call(label, "take_along_axis", [x, i], [given], np.take_along_axis(x, i, axis))
            # Each position once, as the order of writing is not NumPy's promise.
            own[along] = 1
            i = rng.integers(-n, n, own)
            v = numbers(rng, dtype, tuple(own) if turn % 2 else ())
            yield call(label, "put_along_axis", [x, i, v], [given], changed(x, np.put_along_axis, i, v, axis))
        for count in (1, 2, 3, max(1, x.size)):
            v = numbers(rng, dtype, (count,))
            if small.any():
                yield call(label, "place", [x, small, v], (), changed(x, np.place, small, v))
            if x.size:
                yield call(label, "putmask", [x, small, v], (), changed(x, np.putmask, small, v))
        choices = [numbers(rng, dtype, shape), numbers(rng, dtype, shape[-1:]), numbers(rng, dtype, ())]
        for mode, name in enumerate(["raise", "wrap", "clip"]):
            which = rng.integers(0, 3, shape) if mode == 0 else rng.integers(-5, 6, shape)
            yield call(label, "choose", [which, *choices], [mode], np.choose(which, choices, mode=name))


def grids(rng):
    for n, ndim in ((3, 2), (4, 3), (1, 1), (0, 2)):
        yield call(f"{n}", "diag_indices", [], [n, ndim], np.diag_indices(n, ndim))
    for n, k, m in ((4, 0, None), (4, 1, 3), (3, -1, 5), (1, 0, None), (5, 2, 2), (3, -4, None)):
        given = NONE if m is None else m
        yield call(f"{n} {k} {m}", "tril_indices", [], [n, k, given], np.tril_indices(n, k, m))
        yield call(f"{n} {k} {m}", "triu_indices", [], [n, k, given], np.triu_indices(n, k, m))
    for shape in ((3,), (2, 3), (2, 1, 4), (0, 3)):
        yield call(f"{shape}", "indices", [], shape, np.indices(shape))
    for shape in ((7,), (4, 5), (2, 3, 4), (3, 1, 4), (5, 1, 1, 2)):
        for own in ((), (6,), (2, 3)):
            size = int(np.prod(shape))
            i = np.asarray(rng.integers(0, size, own))
            parts = [np.asarray(part) for part in np.unravel_index(i, shape)]
            yield call(f"{shape}", "unravel_index", [i], shape, parts)
            yield call(f"{shape}", "ravel_multi_index", parts, [0, *shape], np.ravel_multi_index(parts, shape))
            wild = [np.asarray(rng.integers(-9, 10, own)) for _ in shape]
            for mode, name in ((1, "wrap"), (2, "clip")):
                yield call(f"{shape} {name}", "ravel_multi_index", wild, [mode, *shape],
                           np.ravel_multi_index(wild, shape, mode=name))  # fmt: skip
    for lists in ([[1, 2]], [[0, 2], [1, 3, 0]], [[0], [1, 1], [0, 2]]):
        arrays = [np.array(x) for x in lists]
        yield call(f"{lists}", "ix_", arrays, (), np.ix_(*arrays))
        p = Program(f"a[ix_({lists})]")
        x = numbers(rng, F64, (4,) * len(lists))
        a, *given = p.input(x), *(p.input(i) for i in arrays)
        parts = p.step("ix_", given, gives=list(np.ix_(*arrays)))
        p.result(p.getitem(a, tuple(parts)), "getitem of ix_")
        yield p
    yield call("bool", "ix_", [np.array([True, False, True]), np.array([2, 0])], (), np.ix_([True, False, True], [2, 0]))


def orders(rng):
    for turn, shape in enumerate([(7,), (1,), (0,), (4, 5), (0, 3), (17, 19), (3, 1, 4), (2, 3, 4, 5), (1000,)]):
        for dtype in DTYPES[turn % 2 :: 2]:
            x = numbers(rng, dtype, shape)
            label = f"{dtype}{shape}"
            for axis in [None, -1, *range(len(shape) - 1)]:
                given = NONE if axis is None else axis
                p = call(label, "argsort", [x], [given], np.argsort(x, axis, kind="stable"))
                ordered = np.sort(x, axis, kind="stable")
                p.result(p.step("sort", [Value(0, x)], [given], gives=ordered), "sort")
                yield p
            flat = np.sort(x.ravel())
            for right in (False, True):
                keys = numbers(rng, dtype, (5, 3))
                keys.ravel()[: min(7, flat.size)] = flat[: min(7, flat.size)]
                side = "right" if right else "left"
                yield call(label, "searchsorted", [flat, keys], [right], np.searchsorted(flat, keys, side))
            order = np.argsort(x.ravel(), kind="stable")
            yield call(label, "searchsorted", [x.ravel(), keys, order], [0], np.searchsorted(x.ravel(), keys, sorter=order))
            few = numbers(rng, dtype, shape, "small")
            if dtype.kind == "f" and few.size > 3:
                few.ravel()[[1, 3]] = np.nan
            values, first, inverse, counts = np.unique(few, True, True, True, equal_nan=False)
            inverse = inverse.reshape(shape)
            yield call(label, "unique", [few], [1], np.unique(few))
            yield call(label, "unique", [few], [0], values)
            yield call(label, "unique_values", [few], (), values)
            yield call(label, "unique_counts", [few], (), [values, counts])
            yield call(label, "unique_inverse", [few], (), [values, inverse])
            yield call(label, "unique_all", [few], (), [values, first, inverse, counts], together=turn % 2 == 0)
            for axis in [None, *range(len(shape))]:
                n = x.size if axis is None else shape[axis]
                given = NONE if axis is None else axis
                counts = rng.integers(0, 4, n)
                if axis is None or dtype in (F32, BOOL):
                    yield call(label, "repeat", [x, counts], [given], np.repeat(x, counts, axis))
                    yield call(label, "repeat", [x, 3], [given], np.repeat(x, 3, axis))
                    yield call(label, "repeat", [x, np.array([2])], [given], np.repeat(x, [2], axis))
    # Keys of other dtypes.
    for left, right in ((INT32, F64), (F32, INT64), (np.dtype("uint8"), INT32)):
        a, v = np.sort(numbers(rng, left, (50,), "small")), numbers(rng, right, (20,), "small")
        yield call(f"{left} {right}", "searchsorted", [a, v], [0], np.searchsorted(a, v))


def errors():
    x = np.zeros((4, 5))

    def failing(label, kind, name, arguments, integers=(), eager=False):
        p = Program(label, eager=eager)
        values = [p.input(np.asarray(a)) if not isinstance(a, int) else a for a in arguments]
        p.result(p.step(name, values, integers, gives=np.zeros(0)), "error")
        return p.fails(kind)

    yield failing("a[7]", "index", "getitem", [x, [1, 7]], [5, 1])
    yield failing("a[-5]", "index", "getitem", [x, [-5]], [5, 1])
    yield failing("a[:, 5]", "index", "getitem", [x, [[5]]], [4, 5, 1])
    yield failing("a[float]", "index", "getitem", [x, [1.5]], [5, 1])
    yield failing("a[(2,), (3,)]", "index", "getitem", [x, [0, 1], [0, 1, 2]], [5, 1, 5, 2])
    yield failing("a[i, i, i]", "index", "getitem", [x, [0], [0], [0]], [5, 1, 5, 2, 5, 3])
    yield failing("a[mask (3,)]", "index", "getitem", [x, [True] * 3], [5, 1])
    yield failing("a[:, mask (4,)]", "index", "getitem", [x, [True] * 4], [4, 5, 1])
    yield failing("a[mask (4, 5, 1)]", "index", "getitem", [x, np.ones((4, 5, 1), bool)], [5, 1])
    yield failing("a[mask of 2, array of 3]", "index", "getitem", [x, [True, True, False, False], [0, 1, 2]], [5, 1, 5, 2])
    yield failing("take", "index", "take", [x, [20]], [NONE, 0])
    yield failing("take axis", "shape", "take", [x, [0]], [2, 0])
    yield failing("take from nothing", "index", "take", [np.zeros(0), [0]], [0, 1])
    yield failing("put", "index", "put", [x, [3, 20], [1.0]], [0])
    yield failing("add_at", "index", "add_at", [x, [4], 1], [5, 1])
    yield failing("add_at shape", "shape", "add_at", [x, [0, 1], np.zeros(3)], [5, 1])
    yield failing("add_at dtype", "dtype", "add_at", [np.zeros(3, int), [0], np.zeros(1)], [5, 1])
    yield failing("divide_at dtype", "dtype", "divide_at", [np.zeros(3, int), [0], np.ones(1, int)], [5, 1])
    yield failing("repeat", "value", "repeat", [x, -1], [0])
    yield failing("repeat counts", "shape", "repeat", [x, [1, 2, 3]], [0])
    yield failing("choose", "index", "choose", [[0, 2], [1, 2], [3, 4]], [0])
    yield failing("choose below", "index", "choose", [[0, -1], [1, 2], [3, 4]], [0])
    yield failing("nonzero", "value", "nonzero", [np.zeros(())])
    yield failing("sort", "shape", "sort", [np.zeros(())], [0])
    yield failing("take_along_axis", "shape", "take_along_axis", [x, [0]], [0])
    yield failing("unravel_index", "index", "unravel_index", [[0, 20]], [4, 5])
    yield failing("ravel_multi_index", "index", "ravel_multi_index", [[4], [0]], [0, 4, 5])
    yield failing("searchsorted", "shape", "searchsorted", [x, [0.0]], [0])


def programs(rows, rng):
    yield from reading(rng)
    yield from updating(rng)
    yield from masked(rng)
    yield from selections(rng)
    yield from grids(rng)
    yield from orders(rng)
    yield from errors()
