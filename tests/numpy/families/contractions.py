# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""einsum, tensordot and the other products that sum over axes."""

import numpy as np

from core import BOOL, C128, CODE, DTYPES, EQUAL_ZERO, F16, F32, F64, INT32, LAYOUTS, ULPS, Program, numbers

NONE = -(2**63)

EINSUMS = [  # small whole numbers: every order of the sums gives the same
    ("i", [(5,)]), ("i->", [(5,)]), ("ij->ji", [(4, 5)]), ("ij", [(4, 5)]), ("ji", [(4, 5)]), ("ii", [(4, 4)]), ("ii->i", [(4, 4)]),
    ("iii->i", [(3, 3, 3)]), ("iij->j", [(3, 3, 4)]), ("ijij->ij", [(2, 3, 2, 3)]), ("iji->j", [(3, 4, 3)]), ("...", [(2, 3)]),
    ("...->...", [()]), ("i...->...", [(3, 4, 2)]), ("...i->i...", [(3, 4, 2)]), ("...ii->...", [(2, 3, 3)]), ("->", [()]),
    ("ij->", [(17, 19)]), ("ijk->ik", [(2, 3, 4)]), ("ba", [(4, 5)]), ("Ba", [(4, 5)]), ("aB", [(4, 5)]),
    ("i,i", [(5,), (5,)]), ("i,i->i", [(5,), (5,)]), ("i,j", [(5,), (4,)]), ("i,j->ji", [(5,), (4,)]), ("i,->i", [(5,), ()]),
    (",", [(), ()]), ("ij,jk", [(3, 4), (4, 5)]), ("ij,jk->ki", [(3, 4), (4, 5)]), ("ji,jk->ik", [(4, 3), (4, 5)]),
    ("ij,kj->ik", [(3, 4), (5, 4)]), ("ij,j", [(3, 4), (4,)]), ("i,ij->j", [(3,), (3, 4)]), ("ij,ij", [(3, 4), (3, 4)]),
    ("ij,ij->i", [(3, 4), (3, 4)]), ("ij,ji", [(3, 4), (4, 3)]), ("ij,ij->ij", [(3, 4), (3, 4)]), ("bij,bjk->bik", [(2, 3, 4), (2, 4, 5)]),
    ("bij,bj->bi", [(2, 3, 4), (2, 4)]), ("bij,bkj->bik", [(2, 3, 4), (2, 5, 4)]), ("bhqd,bhkd->bhqk", [(2, 3, 4, 5), (2, 3, 6, 5)]),
    ("ijk,jil->kl", [(3, 4, 5), (4, 3, 2)]), ("ijk,kl", [(2, 3, 4), (4, 5)]), ("...ij,...jk->...ik", [(2, 3, 4), (4, 5)]),
    ("...ij,...jk->...ik", [(2, 1, 3, 4), (5, 4, 2)]), ("...,...", [(2, 3), (3,)]), ("...i,...i", [(2, 3, 4), (3, 4)]),
    ("i...,i...->...", [(3, 2), (3, 2)]), ("ij...,jk...->ik...", [(2, 3, 4), (3, 5, 4)]), ("ii,i", [(4, 4), (4,)]),
    ("ii,jj->ij", [(3, 3), (4, 4)]), ("ij,k->", [(2, 3), (4,)]), ("ij,jk->", [(2, 3), (3, 4)]), ("ij,jk->j", [(2, 3), (3, 4)]),
    ("i,i", [(1,), (5,)]), ("ij,jk", [(3, 1), (4, 5)]), ("ij,ij->i", [(3, 1), (3, 4)]), ("ij,ij->ij", [(1, 4), (3, 1)]),
    ("ij,jk", [(0, 3), (3, 4)]), ("ij,jk", [(2, 0), (0, 4)]), ("i,i", [(0,), (0,)]), ("ij->j", [(0, 3)]), ("i,j->ij", [(0,), (3,)]),
    ("ij,jk,kl", [(2, 3), (3, 4), (4, 5)]), ("ij,jk,kl->li", [(5, 2), (2, 6), (6, 3)]), ("i,i,i", [(5,), (5,), (5,)]),
    ("i,ij,j", [(3,), (3, 4), (4,)]), ("ea,fb,abcd,gc,hd->efgh", [(2, 3), (3, 2), (3, 2, 2, 3), (2, 2), (3, 3)]),
    ("ij,ik,il->jkl", [(4, 2), (4, 3), (4, 2)]), ("a,ab,abc->abc", [(2,), (2, 3), (2, 3, 4)]), ("...a,...b,...c->...abc", [(2, 2), (2, 3), (2, 2)]),
    ("ij,jk,kl,lm->im", [(2, 7), (7, 3), (3, 8), (8, 2)]), ("ij,jk,ki", [(3, 4), (4, 5), (5, 3)]), ("i,j,k->kji", [(2,), (3,), (4,)]),
    ("ab,bc,cd,de,ef->af", [(2, 3)] + [(3, 3)] * 3 + [(3, 2)]), ("a,b,c,d,e,f->", [(2,)] * 6), ("ij , jk -> ik", [(3, 4), (4, 5)]),
    ("aab,bc->ac", [(3, 3, 4), (4, 2)]), ("xyz,xyz,xyz->y", [(2, 3, 4)] * 3), ("ij,jk->ik", [(40, 50), (50, 30)]),
    ("bij,bjk->bik", [(3, 20, 17), (3, 17, 19)]), ("i...j,j...k->...ik", [(3, 2, 4), (4, 2, 5)]),
]  # fmt: skip


def small(rng, dtype, shape):
    x = numbers(rng, dtype, shape, "small")
    return np.sign(x).astype(dtype) if dtype == F16 else x


def einsums(rng):
    for turn, (text, shapes) in enumerate(EINSUMS):
        for k, dtype in enumerate(DTYPES):
            if (turn + k) % 2 and dtype not in (F64, BOOL):
                continue
            arrays = [small(rng, DTYPES[(k + j) % len(DTYPES)] if (turn + k) % 7 == 3 else dtype, s) for j, s in enumerate(shapes)]
            layouts = [LAYOUTS[(turn + k + j) % 5] for j in range(len(shapes))]
            p = Program(f"einsum {text!r} of {[str(a.dtype) for a in arrays]} {shapes} {layouts}", together=k % 2 == 0)
            values = p.views(*zip(arrays, layouts))
            gives = np.asarray(np.einsum(text, *arrays))
            p.result(p.step("einsum", values, [NONE, *map(ord, text)], gives=gives), f"einsum of {len(shapes)}", EQUAL_ZERO)
            yield p
        for dtype in (F64, C128):
            arrays = [small(rng, INT32, s) for s in shapes]
            p = Program(f"einsum {text!r} as {dtype}")
            values = [p.input(x) for x in arrays]
            gives = np.asarray(np.einsum(text, *arrays, dtype=dtype)).astype(dtype)  # NumPy forgets it for views
            p.result(p.step("einsum", values, [CODE[dtype], *map(ord, text)], gives=gives), "einsum as", EQUAL_ZERO)
            yield p
    # More operands than are tried in every order.
    for text in ("ab,bc,cd,de,ef,fg,gh,hi,ij->aj", "ab,ab,bc,ac,cd,da,de,ef,fb,eg->g", "ab,cd,ef,gh,ij,kl,mn,op,qr->ar"):
        for dtype in (F64, INT32, BOOL):
            x = np.sign(numbers(rng, INT32, (2, 2), "small")).astype(dtype)
            count = text.count(",") + 1
            p = Program(f"einsum {text!r} of {dtype}")
            a = p.input(x)
            gives = np.asarray(np.einsum(text, *[x] * count, optimize=dtype != BOOL))
            p.result(p.step("einsum", [a] * count, [NONE, *map(ord, text)], gives=gives), "einsum of many", EQUAL_ZERO)
            yield p
    # The order of chains.
    for text, shapes in (("ij,jk,kl->il", [(2, 50), (50, 40), (40, 3)]), ("ij,jk,kl->il", [(50, 2), (2, 40), (40, 30)]), ("ij,j,jk->ik", [(5, 4), (4,), (4, 6)]),
                         ("i,j->ij", [(2,), (3,)]), ("ij,jk,kl,lm->im", [(10, 20), (20, 5), (5, 30), (30, 2)])):  # fmt: skip
        arrays = [np.zeros(s) for s in shapes]
        best = np.einsum_path(text, *arrays, optimize="optimal")[0][1:]
        p = Program(f"einsum_path {text!r} of {shapes}", eager=True)
        gives = np.array([sorted(step) for step in best]).ravel()
        p.result(p.step("einsum_path", [p.input(x) for x in arrays], map(ord, text), gives=gives), "einsum_path")
        yield p


def products(rng):
    turn = 0
    dots = [((3, 4), (4, 5), 1), ((3, 4), (3, 4), 2), ((2, 3, 4), (3, 4, 5), 2), ((2, 3), (4,), 0), ((), (3,), 0), ((5,), (5,), 1), ((0, 3), (3, 2), 1),
            ((3, 4, 5), (4, 3, 2), [[1, 0], [0, 1]]), ((3, 4), (5, 3), [[0], [1]]), ((3, 4), (5, 3), [[-2], [-1]]), ((2, 3, 4), (4, 2), [[0, 2], [1, 0]]), ((2, 3), (4, 5), [[], []])]  # fmt: skip
    for left, right, over in dots:
        for k, dtype in enumerate(DTYPES):
            turn += 1
            x, y = small(rng, dtype, left), small(rng, DTYPES[(k + 1) % 14] if turn % 4 == 0 else dtype, right)
            p = Program(f"tensordot over {over} of {x.dtype}{left} and {y.dtype}{right}")
            values = p.views((x, LAYOUTS[turn % 5]), (y, LAYOUTS[turn // 5 % 5]))
            ints = [over] if isinstance(over, int) else [-1, *over[0], *over[1]]
            p.result(p.step("tensordot", values, ints, gives=np.asarray(np.tensordot(x, y, over))), "tensordot", EQUAL_ZERO)
            yield p
    for left, right in (((2, 3), (4, 5)), ((3,), (4,)), ((2, 3), (4,)), ((3,), (2, 1, 4)), ((), (3,)), ((2, 2), ()), ((0, 2), (3, 1)), ((1, 1), (1, 1)), ((2, 3, 2), (3, 1, 2))):
        for k, dtype in enumerate(DTYPES):
            turn += 1
            x, y = small(rng, dtype, left), small(rng, DTYPES[(k + 3) % 14] if turn % 4 == 0 else dtype, right)
            p = Program(f"kron of {x.dtype}{left} and {y.dtype}{right}")
            values = p.views((x, LAYOUTS[turn % 5]), (y, LAYOUTS[turn // 5 % 5]))
            p.result(p.step("kron", values, gives=np.asarray(np.kron(x, y))), "kron", EQUAL_ZERO)
            yield p
    vectors = [("vecdot", (5,), (5,)), ("vecdot", (3, 5), (5,)), ("vecdot", (3, 1, 5), (4, 5)), ("vecdot", (2, 0), (2, 0)), ("matvec", (3, 4), (4,)),
               ("matvec", (2, 3, 4), (4,)), ("matvec", (3, 4), (5, 4)), ("matvec", (2, 1, 3, 4), (5, 4)), ("vecmat", (3,), (3, 4)), ("vecmat", (2, 3), (3, 4)),
               ("vecmat", (3,), (2, 3, 4)), ("vecmat", (5, 3), (2, 1, 3, 4))]  # fmt: skip
    for name, left, right in vectors:  # new in NumPy 2
        for k, dtype in enumerate(DTYPES):
            turn += 1
            x, y = small(rng, dtype, left), small(rng, DTYPES[(k + 1) % 14] if turn % 4 == 0 else dtype, right)
            text = {"vecdot": "...i,...i->...", "matvec": "...ij,...j->...i", "vecmat": "...i,...ij->...j"}[name]
            conj = x.conj() if name != "matvec" and x.dtype.kind == "c" else x
            p = Program(f"{name} of {x.dtype}{left} and {y.dtype}{right}")
            values = p.views((x, LAYOUTS[turn % 5]), (y, LAYOUTS[turn // 5 % 5]))
            gives = np.asarray(np.einsum(text, conj, y))
            p.result(p.step(name, values, [-1] if name == "vecdot" else [], gives=gives), name, EQUAL_ZERO)
            yield p
    for dtype in DTYPES:
        x, y = small(rng, dtype, (5, 3)), small(rng, dtype, (5, 3))
        p = Program(f"vecdot of {dtype} axis=0")
        gives = np.einsum("ij,ij->j", x.conj() if dtype.kind == "c" else x, y)
        p.result(p.step("vecdot", [p.input(x), p.input(y)], [0], gives=gives), "vecdot", EQUAL_ZERO)
        yield p
    for shape in ((4, 5), (2, 3, 4), (3, 1, 2, 4), (0, 3)):
        for axis1, axis2 in ((0, 1), (1, 0), (-1, 0), (0, -1), (1, 2), (-2, -3)):
            if max(axis1, axis2) >= len(shape) or min(axis1, axis2) < -len(shape) or axis1 % len(shape) == axis2 % len(shape):
                continue
            for offset in (0, 1, -1, 9):
                turn += 1
                dtype = DTYPES[turn % 14]
                x = small(rng, dtype, shape)
                p = Program(f"trace {offset} {axis1} {axis2} of {dtype}{shape}", together=turn % 2 == 0)
                a = p.finish(p.view(x, LAYOUTS[turn // 14 % 5]))
                p.result(p.step(".trace" if turn % 2 else "trace of axes", [a], [offset, axis1, axis2], gives=np.asarray(np.trace(x, offset, axis1, axis2))), "trace", EQUAL_ZERO)
                name = ".diagonal" if turn % 2 else "diagonal of axes"
                p.result(p.step(name, [a], [offset, axis1, axis2], gives=np.diagonal(x, offset, axis1, axis2)), "diagonal")
                yield p


def errors():
    def failing(label, kind, name, shapes, integers=()):
        p = Program(label)
        values = [p.input(np.zeros(s)) for s in shapes]
        p.result(p.step(name, values, integers, gives=np.zeros(0)), "error")
        return p.fails(kind)

    for text, shapes, kind in (
        ("ij,jk->il", [(2, 3), (3, 4)], "value"), ("ij,jk->ii", [(2, 3), (3, 4)], "value"), ("ij", [(2, 3), (3, 4)], "value"),
        ("ij,jk", [(2, 3)], "value"), ("i", [(2, 3)], "value"), ("ijk", [(2, 3)], "value"), ("i.j", [(2, 3)], "value"),
        ("i..", [(2, 3)], "value"), ("......", [(2, 3)], "value"), ("i-j", [(2, 3)], "value"), ("ij->i->j", [(2, 3)], "value"),
        ("ij->i,j", [(2, 3)], "value"), ("i1", [(2, 3)], "value"), ("i...->i", [(2, 3)], "value"), ("ij,jk", [(2, 3), (4, 5)], "shape"),
        ("ii", [(2, 3)], "shape"), ("...,...", [(2, 3), (4,)], "shape"), ("ij->ij...k", [(2, 3)], "value"), ("ij->iJ", [(2, 3)], "value"),
    ):  # fmt: skip
        yield failing(f"einsum {text!r} of {shapes}", kind, "einsum", shapes, [NONE, *map(ord, text)])
    yield failing("einsum as", "dtype", "einsum", [(3,)], [CODE[INT32], ord("i")])
    yield failing("einsum as float32", "dtype", "einsum", [(3,)], [CODE[F32], ord("i")])
    yield failing("tensordot count", "value", "tensordot", [(2, 3), (3, 4)], [3])
    yield failing("tensordot size", "shape", "tensordot", [(2, 3), (4, 5)], [1])
    yield failing("tensordot twice", "value", "tensordot", [(2, 2), (2, 2)], [-1, 0, 0, 0, 1])
    yield failing("tensordot axis", "shape", "tensordot", [(2, 3), (3, 4)], [-1, 2, 0])
    yield failing("vecdot", "shape", "vecdot", [(3,), (4,)], [-1])
    yield failing("vecdot of one", "shape", "vecdot", [(3,), (1,)], [-1])
    yield failing("matvec", "shape", "matvec", [(3,), (3,)])
    yield failing("vecmat", "shape", "vecmat", [(3,), (4, 3)])
    yield failing("trace", "value", "trace of axes", [(3, 3)], [0, 1, -1])
    yield failing("trace 1-D", "shape", "trace of axes", [(3,)], [0, 0, 1])


def programs(rows, rng):
    yield from einsums(rng)
    yield from products(rng)
    yield from errors()
