# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Whole formulas in one program: what fusion has to get right.

Each formula is written once and runs twice: its steps go to nd, its values are computed wide.
"""

import numpy as np

from core import ABSOLUTE, CODE, EQUAL, EQUAL_ZERO, F32, F64, INT64, LAYOUTS, Program, numbers
from families.reductions import HAS_AXES, KEEPDIMS


class Term:
    """A value of a formula: nd's, and NumPy's in a wide float."""

    def __init__(self, f, value, wide):
        self.f, self.value, self.wide = f, value, np.asarray(wide)

    def _binary(self, name, other, reverse=False):
        pair = (other, self) if reverse else (self, other)
        return self.f.call(name, *pair)

    def __add__(self, other): return self._binary("add", other)
    def __radd__(self, other): return self._binary("add", other, True)
    def __sub__(self, other): return self._binary("subtract", other)
    def __rsub__(self, other): return self._binary("subtract", other, True)
    def __mul__(self, other): return self._binary("multiply", other)
    def __rmul__(self, other): return self._binary("multiply", other, True)
    def __truediv__(self, other): return self._binary("divide", other)
    def __rtruediv__(self, other): return self._binary("divide", other, True)
    def __gt__(self, other): return self._binary("greater", other)
    def __getitem__(self, index):
        a = self.f.program.getitem(self.f.typed(self), index)
        return Term(self.f, a, a.data)

    def shaped(self, name, *integers):
        a = self.f.program.shaped(name, self.f.typed(self), *integers)
        return Term(self.f, a, a.data)

    def fold(self, name, axis=None, keepdims=False, ddof=0.0):
        axes = [] if axis is None else [axis] if isinstance(axis, int) else list(axis)
        flags = (axis is not None) * HAS_AXES | keepdims * KEEPDIMS
        options = {"ddof": ddof} if ddof else {}
        where = None if axis is None else tuple(axes) if name not in ("argmin", "argmax") else axes[0]
        gives = np.asarray(getattr(np, name)(self.wide, axis=where, keepdims=keepdims, **options))
        value = self.f.program.step(name, [self.value], [flags, 0] + axes, [ddof], gives=gives)
        return Term(self.f, value, gives)


class Formula:
    """Builds a program; every floating array in it is of one dtype."""

    def __init__(self, label, dtype, together):
        self.program = Program(label, together)
        self.dtype = dtype

    def inputs(self, *pairs):
        values = self.program.views(*pairs)
        return [Term(self, v, v.data.astype(np.longdouble) if v.dtype.kind == "f" else v.data) for v in values]

    def typed(self, term):
        term.value.data = term.wide
        return term.value

    def call(self, name, *operands):
        arguments = [x.value if isinstance(x, Term) else x for x in operands]
        wides = [x.wide if isinstance(x, Term) else x for x in operands]
        gives = np.asarray(getattr(np, name)(*wides))
        return Term(self, self.program.step(name, arguments, gives=gives), gives)

    def near(self, term, label, slack, scale=None):
        """Within `slack` eps of the largest magnitude, or of `scale`."""
        if term.wide.dtype.kind in "bi":
            return self.program.result(term.value, label, EQUAL, expected=term.wide)
        scale = np.max(np.abs(term.wide), initial=0) if scale is None else scale
        expected = term.wide.astype(self.dtype)
        bounds = np.broadcast_to(np.float64(slack * np.finfo(self.dtype).eps * scale), expected.shape)
        self.program.result(term.value, label, ABSOLUTE, expected=expected, bounds=bounds)


def softmax(f, x, axis):
    e = f.call("exp", x - x.fold("max", axis, True))
    f.near(e / e.fold("sum", axis, True), "softmax", 64)


def log_softmax(f, x, axis):
    y = x - x.fold("max", axis, True)
    f.near(y - f.call("log", f.call("exp", y).fold("sum", axis, True)), "log_softmax", 64)


def logsumexp(f, x, axis):
    top = x.fold("max", axis, True)
    total = f.call("exp", x - top).fold("sum", axis, True)
    f.near(f.call("log", total) + top, "logsumexp", 64)


def layer_norm(f, x, axis):
    centred = x - x.fold("mean", axis, True)
    spread = (centred * centred).fold("mean", axis, True)
    f.near(centred / f.call("sqrt", spread + 1e-5) * 1.5 + 0.25, "layer_norm", 256)


def standardise(f, x, axis):
    mean, deviation = x.fold("mean", axis, True), x.fold("std", axis, True)
    f.near((x - mean) / (deviation + 1e-3), "standardise", 2000)
    f.near(mean, "standardise.mean", 32, np.max(np.abs(x.wide), initial=0))
    f.near(deviation, "standardise.std", 128)


def minmax(f, x, axis):
    low, high = x.fold("min", axis, True), x.fold("max", axis, True)
    f.near((x - low) / (high - low + 1.0), "minmax", 16)
    f.near(high.fold("sum"), "sum of max", 256)
    f.near(x.fold("argmax", axis), "argmax", 0)


def norms(f, x, axis):
    square = x * x
    f.near(x / f.call("sqrt", square.fold("sum", axis, True) + 1e-6), "unit length", 64)
    f.near(square.fold("sum"), "square sum", 512)
    f.near(f.call("absolute", x).fold("max", axis), "largest magnitude", 0)


def moments(f, x, axis):
    """Several results of several extents from one pass over x."""
    f.near(x.fold("sum", axis), "moments.sum", 256, np.sum(np.abs(x.wide), initial=0))
    f.near(x.fold("var", axis, ddof=0.5), "moments.var", 512)
    f.near(x.fold("min", axis, True), "moments.min", 0)
    f.near((x * 2.0).fold("sum"), "moments.total", 256, 2 * np.sum(np.abs(x.wide), initial=0))
    f.near(x + 1.0, "moments.x+1", 1)


def twice_reduced(f, x, axis):
    rows = f.call("exp", x * 0.25).fold("sum", axis)
    f.near(rows.fold("max"), "max of sum of exp", 256)
    f.near(rows / rows.fold("sum"), "share", 512)


def masked(f, x, axis):
    positive = x > 0.0
    kept = f.call("where", positive, x, x * 0.01)
    f.near(kept, "leaky relu", 2)
    f.near(kept.fold("sum", axis), "sum of leaky relu", 256, np.sum(np.abs(x.wide), initial=0))
    f.near(f.call("where", positive, x - x.fold("mean", axis, True), 0.0), "where of centred", 64,
           np.max(np.abs(x.wide), initial=0))  # fmt: skip


def transposed_chain(f, x, axis):
    t = x.shaped("transpose")
    f.near(t * 2.0 + t.fold("max", 0, True), "transposed", 4)
    f.near((t - t.fold("mean", 0, True)).fold("sum", -1), "sum of centred transpose", 1024,
           np.max(np.abs(x.wide), initial=0))  # fmt: skip
    f.near(x.shaped("ravel") * 3.0, "ravelled", 2)


def views_chain(f, x, axis):
    y = x * x + 1.0
    f.near(y[..., ::-1] - y, "reversed minus itself", 8, np.max(np.abs(y.wide), initial=0))
    f.near(y[..., 1:] - y[..., :-1], "differences", 8, np.max(np.abs(y.wide), initial=0))
    f.near(y[..., ::2].fold("sum", axis), "sum of every second", 256, np.sum(np.abs(y.wide), initial=0))


def deep(f, x, axis):
    y = x
    for k in range(12):
        y = f.call("tanh", y * 0.9 + 0.1 * k) + x * 0.5
    f.near(y, "twelve layers", 256)


FORMULAS = [softmax, log_softmax, logsumexp, layer_norm, standardise, minmax, norms, moments, twice_reduced, masked,
            transposed_chain, views_chain, deep]  # fmt: skip
SHAPES = [(7,), (17, 19), (1, 5), (5, 1), (4, 5), (64, 33), (3, 1, 4), (2, 3, 17), (2, 3, 4, 5), (300, 257), (16, 16)]


def formulas(rng):
    turn = 0
    for formula in FORMULAS:
        for dtype in (F32, F64):
            for shape in SHAPES:
                for axis in ({0, len(shape) - 1}):
                    turn += 1
                    layout = LAYOUTS[turn % 5]
                    x = numbers(rng, dtype, shape, "finite")
                    name = formula.__name__
                    f = Formula(f"{name} over axis {axis} of {dtype}{shape} {layout}", dtype, turn % 2 == 0)
                    (a,) = f.inputs((x, layout))
                    formula(f, a, axis)
                    yield f.program


def several_inputs(rng):
    for dtype in (F32, F64):
        for n, m, k in ((5, 4, 3), (33, 17, 19), (1, 5, 1), (100, 64, 32)):
            x, w = numbers(rng, dtype, (n, m), "finite"), numbers(rng, dtype, (m, k), "finite")
            b, g = numbers(rng, dtype, (k,), "finite"), numbers(rng, dtype, (n, 1), "finite")
            # A dense layer, its activation and the loss.
            f = Formula(f"dense layer of {dtype}({n}, {m}), ({m}, {k})", dtype, n % 2 == 0)
            x_, w_, b_, g_ = f.inputs((x, "contiguous"), (w, "transposed"), (b, "strided"), (g, "reversed"))
            product = f.call("matmul", x_, w_)
            y = f.call("tanh", product + b_)
            f.near(y, "tanh(x @ w + b)", 16 * (m + 2))
            error = y - g_
            f.near((error * error).fold("mean"), "mean square error", 64 * (m + 2))
            f.near(f.call("matmul", x_.shaped("T"), error), "gradient", 64 * (m + 2) * n, 1.0 + np.max(np.abs(x)))
            yield f.program

            # Distances of all rows to all rows.
            y = numbers(rng, dtype, (k, m), "finite")
            f = Formula(f"distances of {dtype}({n}, {m}), ({k}, {m})", dtype, n % 2 == 1)
            a, b = f.inputs((x, "contiguous"), (y, "contiguous"))
            d = a.shaped("expand_dims", 1) - b
            square = (d * d).fold("sum", -1)
            f.near(f.call("sqrt", square), "distances", 64)
            f.near(square.fold("min", 1), "nearest", 64)
            f.near(square.fold("argmin", 1), "nearest row", 0)
            yield f.program

            # Outer sums of reductions over different axes.
            f = Formula(f"double centring of {dtype}({n}, {m})", dtype, n % 2 == 0)
            (a,) = f.inputs((x, "offset"))
            f.near(a - a.fold("mean", 0, True) - a.fold("mean", 1, True) + a.fold("mean"), "double centring", 128,
                   np.max(np.abs(x)))  # fmt: skip
            rows, columns = a.fold("sum", 1), a.fold("sum", 0)
            f.near(rows.fold("sum") - columns.fold("sum"), "sums both ways", 1024, np.sum(np.abs(x)))
            f.near(rows.shaped("reshape", n, 1) * columns, "outer product of sums", 2048, np.sum(np.abs(x)) ** 2)
            yield f.program


def random_chains(rng, count):
    """Random graphs of exact steps on small integers: every way of sharing and broadcasting."""
    extents = [(3, 4, 5), (2, 5, 17), (4, 4, 4), (1, 7, 33), (6, 3, 1), (2, 16, 8)]
    for turn in range(count):
        k, m, n = extents[turn // 6 % 6]
        shapes = [(), (1,), (n,), (m, 1), (m, n), (m, n), (1, n), (k, m, n), (k, 1, 1), (k, m, 1)]
        dtype = [INT64, np.dtype("int8"), np.dtype("uint16"), F64, F32, np.dtype("int32")][turn % 6]
        p = Program(f"random chain {turn} of {dtype}", together=turn % 3 != 0)
        values = [p.input(numbers(rng, dtype, shapes[rng.integers(len(shapes))], "small")) for _ in range(3)]
        for _ in range(rng.integers(3, 12)):
            kind = rng.random()
            a, b = (values[-1 - rng.integers(min(len(values), 4))] for _ in range(2))
            if not broadcast(a.shape, b.shape):
                continue
            if kind < 0.5:
                name = ["add", "subtract", "multiply", "maximum", "minimum"][rng.integers(5)]
                values.append(p.step(name, [a, b], gives=getattr(np, name)(a.data, b.data)))
            elif kind < 0.6:
                c = p.step("less", [a, b], gives=a.data < b.data)
                gives = np.where(c.data, a.data, b.data)
                values.append(p.step("where", [c, a, b], gives=gives))
            elif kind < 0.85 and a.data.ndim:
                name = ["sum", "max", "min"][rng.integers(3)]
                axis = tuple(int(i) for i in range(a.data.ndim) if rng.random() < 0.5) or (int(rng.integers(a.data.ndim)),)
                keepdims = bool(rng.random() < 0.6)
                options = {"dtype": dtype} if name == "sum" else {}
                gives = getattr(np, name)(a.data, axis=axis, keepdims=keepdims, **options)
                flags = HAS_AXES | keepdims * KEEPDIMS | (name == "sum") * 4
                values.append(p.step(name, [a], [flags, CODE[dtype], *axis], [0.0], gives=gives))
            elif kind < 0.92:
                values.append(p.shaped("T", a))
            elif a.data.ndim:
                values.append(p.getitem(a, (Ellipsis, slice(None, None, -1))))
            if dtype.kind == "f" and np.max(np.abs(values[-1].data)) > 2**18:
                values.pop()  # beyond this float32 rounds
                p.steps.pop()
                p.count -= 1
        last = [v for v in values[3:] if v.dtype == dtype]
        for v in {id(v): v for v in [*last[-1:], *last[::3]][:6]}.values():
            p.result(v, "random chain", EQUAL_ZERO)
        if p.results:
            yield p


def siblings(rng, count):
    """Results that share reductions of one array over several sets of axes."""
    for turn in range(count):
        dtype = [F64, INT64, F32][turn % 3]
        shape = [(5, 4), (17, 33), (4, 4), (2, 3, 17), (1, 7), (7, 1)][turn // 3 % 6]
        p = Program(f"siblings {turn} of {dtype}{shape}", together=turn % 3 != 0)
        x = p.input(rng.integers(-5, 6, shape).astype(dtype))
        leaves = [x]
        for _ in range(rng.integers(2, 5)):
            axis = tuple(i for i in range(len(shape)) if rng.random() < 0.5)
            source = x if rng.random() < 0.8 else leaves[rng.integers(len(leaves))]
            name = ["sum", "max", "min"][rng.integers(3)]
            options = {"dtype": dtype} if name == "sum" else {}
            if source.shape != shape or not axis:
                continue
            gives = getattr(np, name)(source.data, axis=axis, keepdims=True, **options)
            leaves.append(p.step(name, [source], [HAS_AXES | KEEPDIMS, 0, *axis], [0.0], gives=gives))
        for _ in range(rng.integers(1, 4)):
            value = leaves[rng.integers(len(leaves))]
            for _ in range(rng.integers(1, 4)):
                other = leaves[rng.integers(len(leaves))]
                name = ["add", "subtract", "maximum"][rng.integers(3)]
                value = p.step(name, [value, other], gives=getattr(np, name)(value.data, other.data))
            if rng.random() < 0.4:
                axis = int(rng.integers(len(shape)))
                gives = np.max(value.data, axis=axis)
                value = p.step("max", [value], [HAS_AXES, 0, axis], [0.0], gives=gives)
            p.result(value, "sibling", EQUAL_ZERO)
        yield p


def broadcast(*shapes):
    try:
        np.broadcast_shapes(*shapes)
        return True
    except ValueError:
        return False


def programs(rows, rng):
    yield from formulas(rng)
    yield from several_inputs(rng)
    yield from random_chains(rng, 300)
    yield from siblings(rng, 300)
