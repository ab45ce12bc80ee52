# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""concatenate, stack and their kin; broadcast_arrays, meshgrid."""

import numpy as np

from core import DTYPES, EQUAL_ZERO, F64, LAYOUTS, Program, numbers

CONCATENATED = [
    ([(3,), (4,)], 0), ([(0,), (4,)], 0), ([(0,), (0,)], 0), ([(1,), (1,), (1,)], -1), ([(4, 5), (2, 5)], 0),
    ([(4, 5), (4, 3), (4, 1)], 1), ([(4, 5), (4, 0)], 1), ([(0, 3), (2, 3)], 0), ([(2, 3, 17), (2, 1, 17)], 1),
    ([(2, 3, 17), (2, 3, 4)], -1), ([(17,)], 0), ([(17, 19), (17, 19)], -2), ([(1000,), (33,), (7,)], 0),
]  # fmt: skip
STACKED = [([()], 0), ([(), ()], 0), ([(3,), (3,)], 0), ([(3,), (3,)], 1), ([(3,), (3,), (3,)], -1), ([(4, 5), (4, 5)], 0),
           ([(4, 5), (4, 5)], 1), ([(4, 5), (4, 5)], 2), ([(0, 3), (0, 3)], 1), ([(2, 3, 17), (2, 3, 17)], -2)]  # fmt: skip
KIN = [
    ("vstack", [(3,), (3,)]), ("vstack", [(2, 3), (3,)]), ("vstack", [(2, 3), (4, 3)]), ("vstack", [(), ()]),
    ("hstack", [(3,), (4,)]), ("hstack", [(4, 2), (4, 3)]), ("hstack", [(), ()]), ("hstack", [(2, 3, 4), (2, 1, 4)]),
    ("dstack", [(3,), (3,)]), ("dstack", [(4, 5), (4, 5)]), ("dstack", [(2, 3, 4), (2, 3, 1)]), ("dstack", [(), ()]),
    ("column_stack", [(3,), (3,)]), ("column_stack", [(4,), (4, 5), (4,)]), ("c_", [(3,), (3,)]),
    ("c_", [(4, 2), (4, 3)]),
]  # fmt: skip


def numpy_join(name, arrays):
    if name == "c_":
        return np.c_[tuple(arrays)]
    return getattr(np, name)(arrays)


def joined(rng, name, shapes, axis, turn):
    dtypes = [DTYPES[(turn + (k if turn % 3 == 0 else 0)) % len(DTYPES)] for k in range(len(shapes))]
    layouts = [LAYOUTS[(turn + k) % 5] for k in range(len(shapes))]
    arrays = [numbers(rng, dtype, shape, "small") for dtype, shape in zip(dtypes, shapes)]
    where = "" if axis is None else f" axis={axis}"
    p = Program(f"{name}{where} of " + ", ".join(f"{d}{s} {l}" for d, s, l in zip(dtypes, shapes, layouts)),
                together=turn % 2 == 0)  # fmt: skip
    values = p.views(*zip(arrays, layouts))
    gives = numpy_join(name, arrays) if axis is None else getattr(np, name)(arrays, axis)
    value = p.step(name, values, [] if axis is None else [axis], gives=gives)
    p.result(value, name)
    # Joined results feed arithmetic and reductions, and are fed by arithmetic.
    p.result(p.step("equal", [value, value], gives=gives == gives), f"equal of {name}")
    if gives.size:
        p.result(p.step("max", [value], [0, 0], [0.0], gives=gives.max()), f"max of {name}", EQUAL_ZERO)
    return p


def programs(rows, rng):
    turn = 0
    for repeat in range(4):
        for name, table in (("concatenate", CONCATENATED), ("concat", CONCATENATED[:2]), ("stack", STACKED)):
            for shapes, axis in table:
                turn += 1
                p = joined(rng, "concatenate" if name == "concat" else name, shapes, axis, turn)
                if name == "concat":
                    p.steps = [(name if s[0] == "concatenate" else s[0], *s[1:]) for s in p.steps]
                yield p
        for name, shapes in KIN:
            turn += 1
            yield joined(rng, name, shapes, None, turn)
    # Pieces of one array put together in another order, and doubled.
    for n in (4, 17, 100):
        x = numbers(rng, F64, (n, 3))
        p = Program(f"halves of float64({n}, 3) exchanged")
        a = p.input(x)
        halves = [p.getitem(a, slice(n // 2, None)), p.getitem(a, slice(None, n // 2))]
        whole = p.step("concatenate", halves, [0], gives=np.concatenate([h.data for h in halves]))
        p.result(whole, "concatenate of slices")
        p.result(p.step("add", [whole, a], gives=whole.data + x), "concatenate plus the array")
        p.result(p.step("concatenate", [a, a, a], [1], gives=np.concatenate([x, x, x], 1)), "concatenate of copies")
        yield p
    for shapes in ([(3,), (4, 1)], [(), (2, 3)], [(1,), (0,)], [(2, 1, 4), (3, 1), (4,)]):
        arrays = [numbers(rng, DTYPES[k + 3], s) for k, s in enumerate(shapes)]
        p = Program(f"broadcast_arrays of {shapes}")
        values = [p.input(x) for x in arrays]
        results = p.step("broadcast_arrays", values, gives=np.broadcast_arrays(*arrays))
        for k, r in enumerate(results):
            p.result(r, f"broadcast_arrays {k}")
        yield p
    for shapes in ([(3,), (4,)], [(3,)], [(2,), (3,), (4,)], [(0,), (3,)], [(), (3,)]):
        for ij in (0, 1):
            arrays = [numbers(rng, F64, s) for s in shapes]
            p = Program(f"meshgrid of {shapes} {'ij' if ij else 'xy'}")
            values = [p.input(x) for x in arrays]
            gives = list(np.meshgrid(*arrays, indexing="ij" if ij else "xy"))
            for k, r in enumerate(p.step("meshgrid", values, [ij], gives=gives)):
                p.result(r, f"meshgrid {k}")
            yield p
    for shapes, axis in (([(3,), (4, 1)], 0), ([(4, 5), (3, 5)], 1), ([(4, 5), (4, 5)], 2), ([(), ()], 0)):
        p = Program(f"concatenate of {shapes} axis={axis}")
        p.step("concatenate", [p.input(np.zeros(s)) for s in shapes], [axis])
        yield p.fails("shape")
    p = Program("stack of (3,) and (4,)")
    p.step("stack", [p.input(np.zeros(3)), p.input(np.zeros(4))], [0])
    yield p.fails("shape")
