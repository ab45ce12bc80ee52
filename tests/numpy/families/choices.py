# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Coordinates, elements of one array or another, and whether arrays are equal."""

import itertools

import numpy as np

from core import BOOL, C64, C128, CODE, DTYPES, F16, F32, F64, INT64, LAYOUTS, ULPS, Program, numbers, real_of


def one(label, name, arguments, integers, gives, reals=(), eager=False, ulps=0.0):
    p = Program(label, eager=eager)
    values = [p.input(np.asarray(a)) if isinstance(a, (np.ndarray, np.generic)) else a for a in arguments]
    several = isinstance(gives, (list, tuple))
    gives = [np.asarray(g) for g in gives] if several else np.asarray(gives)
    results = p.step(name, values, integers, reals, gives=gives)
    for r in results if several else [results]:
        p.result(r, name, *((ULPS, ulps) if ulps else ()))
    return p


def coordinates(rng):
    ends = [((), ()), ((3,), ()), ((), (2, 3)), ((3,), (2, 3)), ((0,), ()), ((2, 1), (1, 3))]
    for turn, (left, right) in enumerate(ends):
        for k, dtype in enumerate((F64, INT64, F32, C128, C64, np.dtype("int16"), F16)):
            x, y = numbers(rng, dtype, left, "small"), numbers(rng, dtype, right, "small")
            for num, endpoint in ((5, True), (4, False), (1, True), (0, True), (1, False), (17, True)):
                to = [None, F64, INT64 if dtype.kind != "c" else None, F32 if dtype.kind != "c" else C64][(turn + k + num) % 4]
                for axis in (0, -1) if num == 5 else (0,):
                    label = f"linspace of {dtype}{left} {right} {num} {endpoint} {to} axis={axis}"
                    gives, step = np.linspace(x, y, num, endpoint, True, to, axis)
                    work = dtype if dtype.kind in "fc" else F64
                    gives = gives if to is not None else gives.astype(work)  # NEP 50
                    step = np.full(np.broadcast(x, y).shape, np.nan, work) if np.isnan(step).all() else np.asarray(step).astype(work)
                    ints = [num, endpoint, -1 if to is None else CODE[to], axis]
                    if dtype == F16 or to == INT64 and dtype == F32:
                        continue  # computed in float16 by NumPy 2 alone
                    p = Program(label)
                    values = [p.input(x), p.input(y)]
                    if k % 2:
                        samples, got = p.step("linspace and step", values, ints, gives=[gives, step])
                        if gives.size and not np.isnan(step).any():
                            p.result(got, "retstep", ULPS, 2)
                    else:
                        samples = p.step("linspace of arrays", values, ints, gives=gives)
                    p.result(samples, "linspace", *((ULPS, 2) if gives.dtype.kind in "fc" else ()))
                    yield p
    for shapes in ([(3,), (4,)], [(3,)], [(2,), (3,), (4,)], [(0,), (3,)], [(), (3,)]):
        for ij, sparse, copy in itertools.product((0, 1), repeat=3):
            arrays = [numbers(rng, d, s) for d, s in zip((F64, INT64, BOOL), shapes)]
            gives = np.meshgrid(*arrays, indexing="ij" if ij else "xy", sparse=bool(sparse), copy=bool(copy))
            yield one(f"meshgrid of {shapes} {ij} {sparse} {copy}", "meshgrid with", arrays, [ij, sparse, copy], gives)
    for left, right in (((3,), ()), ((2, 3), (3,)), ((), (2,))):
        for num, endpoint, axis in ((5, True, 0), (4, False, -1), (1, True, 0)):
            x, y = np.abs(numbers(rng, F64, left, "small")) + 1, np.abs(numbers(rng, F64, right, "small")) + 1
            wide = np.power(np.longdouble(2), np.linspace(x, y, num, endpoint, axis=axis)).astype(F64)
            yield one(f"logspace of {left} {right} {num}", "logspace of arrays", [x, y, 2.0], [num, endpoint, axis], wide, ulps=2)
            base = np.asarray([2.0, 10.0, 3.0])[: np.broadcast(x, y).shape[-1]]
            wide = np.power(np.expand_dims(base, axis).astype(np.longdouble), np.linspace(x, y, num, endpoint, axis=axis)).astype(F64)
            yield one(f"logspace of {left} {right} {num} base {base}", "logspace of arrays", [x, y, base], [num, endpoint, axis], wide, ulps=2)
            sign = np.sign(numbers(rng, F64, (), "finite"))
            start, stop = (np.array(a * sign, np.longdouble) for a in np.broadcast_arrays(x, y))
            wide = np.geomspace(start, stop, num, endpoint, axis=axis).astype(F64)
            yield one(f"geomspace of {left} {right} {num}", "geomspace of arrays", [x * sign, y * sign], [num, endpoint, axis], wide, ulps=16)
    for shape in ((3, 3), (2, 5), (3, 3, 3), (1, 4)):
        for dtype in DTYPES:
            x = numbers(rng, dtype, shape, "small")
            for value in (1, numbers(rng, dtype, (min(shape),), "small")):
                gives = x.copy()
                np.fill_diagonal(gives, value)
                yield one(f"fill_diagonal of {dtype}{shape}", "fill_diagonal", [x, value], [], gives)
    for a, b, c in ((0, 3, 1), (1, 8, 3), (5, 0, -2), (3, 3, 1), (-2, 2, 1)):
        for d, e, f in ((0, 4, 1), (2, -3, -1), (0, 7, 5)):
            yield one(f"mgrid {a} {b} {c} {d} {e} {f}", "mgrid", [], [a, b, c, d, e, f], np.mgrid[a:b:c, d:e:f])
            yield one(f"ogrid {a} {b} {c} {d} {e} {f}", "ogrid", [], [a, b, c, d, e, f], list(np.ogrid[a:b:c, d:e:f]))
        yield one(f"mgrid {a} {b} {c}", "mgrid of one", [], [a, b, c], np.mgrid[a:b:c])
    for dtype in (F64, INT64, F32):
        for shape in ((3, 4), (1, 5), (0, 2)):
            gives = np.fromfunction(lambda i, j: i * 3 - j, shape, dtype=dtype)
            yield one(f"fromfunction {dtype}{shape}", "fromfunction", [], [CODE[dtype], *shape], gives)
    for turn, shape in enumerate(((3,), (2, 3), (1,), (0,), ())):
        for k in (0, 1, -2):
            x = numbers(rng, DTYPES[(turn + k) % 14], shape)
            yield one(f"diagflat of {x.dtype}{shape} k={k}", "diagflat", [x], [k], np.diagflat(x, k))
    for shape in ((), (2, 3), (0,)):
        x = numbers(rng, F32, (4,))
        yield one(f"ones_like in {shape}", "ones_like in", [x], shape, np.ones_like(x, shape=shape))
    for dtype in DTYPES:
        x = numbers(rng, F64, (5,), "small")
        if dtype.kind == "u":
            x = np.abs(x)
        yield one(f"asarray as {dtype}", "asarray as", [x], [CODE[dtype]], np.asarray(x, dtype))


def choosing(rng):
    for turn, shape in enumerate([(), (1,), (7,), (4, 5), (0, 3), (2, 3, 4)]):
        for k, dtype in enumerate(DTYPES):
            x = numbers(rng, dtype, shape, "small")
            lower = [d for d in DTYPES if np.can_cast(d, dtype, "same_kind")]
            other = lower[(turn + 3 * k) % len(lower)]
            for own in (shape, shape[-1:], ()):
                y = numbers(rng, other, own, "small")
                gives = x.copy()
                np.copyto(gives, y)
                yield one(f"copyto {dtype}{shape} from {other}{own}", "copyto", [x, y], [0], gives)
                mask = numbers(rng, BOOL, shape)
                gives = x.copy()
                np.copyto(gives, y, where=mask)
                yield one(f"copyto {dtype}{shape} from {other}{own} where", "copyto", [x, y, mask], [0], gives)
            if dtype.kind == "i":
                y = numbers(rng, F64, shape, "small")
                gives = x.copy()
                np.copyto(gives, y, casting="unsafe")
                yield one(f"copyto {dtype}{shape} unsafe", "copyto", [x, y], [1], gives)
            gives = x.copy()
            gives.fill(1)
            yield one(f"fill {dtype}{shape}", "fill", [x, 1], [], gives)
            which = rng.integers(0, 2, shape)
            choices = [x, numbers(rng, dtype, shape, "small")]
            yield one(f"choose {dtype}{shape}", ".choose", [which, *choices], [], np.choose(which, choices))
            conditions = [numbers(rng, BOOL, shape), numbers(rng, BOOL, shape[-1:])]
            choices = [x, numbers(rng, DTYPES[(k + turn) % 14], shape, "small")]
            kind = np.result_type(*choices)
            for default in (0, numbers(rng, dtype, (), "small")):
                to = np.result_type(kind, default) if isinstance(default, np.ndarray) or kind != BOOL else INT64
                gives = np.select(conditions, [c.astype(to) for c in choices], np.asarray(default).astype(to))
                yield one(f"select {dtype}{shape}", "select", [*conditions, *choices, default], [], gives)
            special = numbers(rng, dtype, shape, "any")
            for reals in ((), (7.5,), (1.0, 100.0, -50.0)):
                options = dict(zip(("nan", "posinf", "neginf"), reals))
                gives = np.nan_to_num(special, **options)
                yield one(f"nan_to_num {dtype}{shape} {reals}", "nan_to_num", [special], [len(reals) == 1], gives, reals)


def equalities(rng):
    for turn, shape in enumerate([(), (0,), (5,), (4, 5), (2, 3, 4)]):
        for k, dtype in enumerate(DTYPES):
            x = numbers(rng, dtype, shape, "small")
            y = x.copy()
            if x.size and turn % 2:
                y.ravel()[-1] = 1 - y.ravel()[-1] if dtype != BOOL else ~y.ravel()[-1]
            pairs = [(x, x), (x, y), (x, x[..., None]), (x, x.astype(F64) if dtype.kind != "c" else x)]
            if dtype.kind in "fc" and x.size:
                z = x.copy()
                z.ravel()[0] = np.nan
                pairs += [(z, z), (z, x)]
            for a, b in pairs:
                for equal_nan in (False, True):
                    label = f"array_equal {dtype}{shape} {b.dtype}{b.shape} {equal_nan}"
                    yield one(label, "array_equal", [a, b], [equal_nan], np.array_equal(a, b, equal_nan), eager=True)
                yield one(f"array_equiv {dtype}{shape} {b.shape}", "array_equiv", [a, b], [], np.array_equiv(a, b), eager=True)
            near = x.astype(F64) + rng.choice([0, 1e-9, 1e-4, 0.1], shape) if dtype.kind != "c" else x + rng.choice([0, 1e-9j, 1e-4, 0.1], shape)
            for rtol, atol in ((1e-5, 1e-8), (0.0, 1e-3), (0.05, 0.0), (0.0, 1.0)):
                for equal_nan in (False, True):
                    reals = [rtol, atol]
                    gives = np.isclose(x, near, rtol, atol, equal_nan)
                    yield one(f"isclose {dtype}{shape} {reals}", "isclose with", [x, near], [equal_nan], gives, reals)
                    gives = np.allclose(x, near, rtol, atol, equal_nan)
                    yield one(f"allclose {dtype}{shape} {reals}", "allclose", [x, near], [equal_nan], gives, reals, eager=True)


def errors():
    def failing(label, kind, name, arrays, integers=()):
        p = Program(label)
        values = [p.input(np.asarray(a)) for a in arrays]
        p.result(p.step(name, values, integers, gives=np.zeros(0)), "error")
        return p.fails(kind)

    yield failing("linspace", "value", "linspace of arrays", [0.0, 1.0], [-1, 1, -1, 0])
    yield failing("linspace shapes", "shape", "linspace of arrays", [[0.0, 1], [1.0, 2, 3]], [3, 1, -1, 0])
    yield failing("linspace axis", "shape", "linspace of arrays", [[0.0, 1], 1.0], [3, 1, -1, 2])
    yield failing("fill_diagonal", "shape", "fill_diagonal", [np.zeros(3), 1.0])
    yield failing("fill_diagonal of a block", "value", "fill_diagonal", [np.zeros((3, 3, 2)), 1.0])
    yield failing("mgrid", "value", "mgrid of one", [], [0, 3, 0])
    yield failing("fromfunction", "shape", "fromfunction", [], [CODE[F64], 3])
    yield failing("copyto", "dtype", "copyto", [np.zeros(3, int), np.zeros(3)], [0])
    yield failing("copyto shape", "shape", "copyto", [np.zeros(3), np.zeros(2)], [0])
    yield failing("copyto mask", "dtype", "copyto", [np.zeros(3), np.zeros(3), np.zeros(3)], [0])
    yield failing("select", "dtype", "select", [np.zeros(3), np.zeros(3), 0.0])


def programs(rows, rng):
    yield from coordinates(rng)
    yield from choosing(rng)
    yield from equalities(rng)
    yield from errors()
