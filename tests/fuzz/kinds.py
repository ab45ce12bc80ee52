# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The kinds of steps that programs are drawn from: each row of the op table is one, and what is composed of rows.

A kind is a function of the generator that returns a Step, or None where nothing fits.
"""

import numpy as np

import core
import pointwise
from core import BOOL, CODE, EQUAL, EQUAL_ZERO, F16, F32, F64, INT64, ABSOLUTE, real_of
from families import indexing, linalg, reductions, scans
from program import VAST, Skip, Step, Value, scalar_text
from verify import TYPE_ONLY, Expected

NONE = -(2**63)
CPP_DTYPE = {"bool": "nd::bool_"}


def dtype_text(dtype):
    return CPP_DTYPE.get(np.dtype(dtype).name, "nd::" + np.dtype(dtype).name)


def axes_text(axes):
    return "nd::axes(std::vector<int64_t>{" + ", ".join(map(str, axes)) + "})"


def moderate(*arrays):
    """Complex numbers for which NumPy's loops agree among themselves."""
    for x in arrays:
        if x.dtype.kind == "c" or x.dtype.kind == "f":
            size = np.abs(np.stack([x.real, x.imag]) if x.dtype.kind == "c" else x)
            if not np.all((size == 0) | ((size > 1e-3) & (size < 1e3))):
                raise Skip


# Pointwise rows.


def weak(scalar, arrays):
    """A scalar as NEP 50 has it beside arrays."""
    dtype = np.result_type(*arrays)
    if isinstance(scalar, bool):
        return np.asarray(scalar)
    if isinstance(scalar, int):
        dtype = INT64 if dtype == BOOL else dtype
        if dtype.kind in "iu" and not np.iinfo(dtype).min <= scalar <= np.iinfo(dtype).max:
            raise Skip
        return np.asarray(scalar).astype(dtype)
    if isinstance(scalar, float):
        return np.asarray(scalar).astype(dtype if dtype.kind in "fc" else F64)
    return np.asarray(scalar).astype(dtype if dtype.kind == "c" else {F64: np.complex128}.get(dtype, np.complex64 if dtype.kind == "f" else np.complex128))


def row_value(name, *operands):
    arrays = [o for o in operands if isinstance(o, np.ndarray)]
    if name == "where":
        pair = [o for o in operands[1:] if isinstance(o, np.ndarray)]
        if not pair:
            raise Skip
        operands = [operands[0]] + [o if isinstance(o, np.ndarray) else weak(o, pair) for o in operands[1:]]
    else:
        operands = [o if isinstance(o, np.ndarray) else weak(o, arrays) for o in operands]
    dtypes = [o.dtype for o in operands]
    if pointwise.refused(name, dtypes):
        raise Skip
    whole = not {d.kind for d in dtypes} & set("fc")
    if name == "power" and whole:
        if not np.all((operands[1] >= 0) & (operands[1] < 64)):
            raise Skip
    if name == "reciprocal" and whole and not np.all(operands[0]):
        raise Skip
    if name in ("left_shift", "right_shift"):
        width = 8 * np.dtype(pointwise.result_dtype(name, dtypes)).itemsize
        if not np.all((operands[1] >= 0) & (operands[1] < width)):
            raise Skip
    if name == "ldexp" and not np.all(np.abs(operands[1].astype(np.float64)) < 2**15):
        raise Skip
    if name == "copysign" and np.any(np.isnan(operands[1])) or name == "signbit" and np.any(np.isnan(operands[0])):
        raise Skip  # which nan arithmetic gives, sign included, is the machine's choice
    if name in ("gamma", "lgamma", "erf", "erfc") and operands[0].size > 600:
        raise Skip
    if any(d.kind == "c" for d in dtypes) and name not in ("where", "real", "imag", "conjugate", "isnan", "isfinite", "isinf"):
        moderate(*operands)
        if name == "power" and not np.all(operands[0]):
            raise Skip
    if name.startswith("logical_"):
        operands = [o.astype(bool) for o in operands]
    data, how, slack = pointwise.evaluate(name, *operands)
    if name in ("real", "imag"):
        return Expected(getattr(operands[0], name))  # a view
    data = np.array(data)  # some of NumPy's give an operand itself
    if data.dtype.kind == "c" and not np.all(np.isfinite(data)):
        raise Skip
    if data.dtype.kind == "c" and how not in (EQUAL, EQUAL_ZERO):
        # Next to where they vanish or jump the parts are compared with the whole.
        bound = 64 * np.finfo(data.dtype).eps * np.maximum(np.abs(data), 1e-30)
        return Expected(data, ABSOLUTE, 0.0, np.maximum(np.asarray(slack, np.float64) if how == ABSOLUTE else 0, bound))
    if how == ABSOLUTE:
        return Expected(data, how, 0.0, np.asarray(slack, np.float64))
    return Expected(data, how, float(slack))


def scalar_for(g, dtype):
    roll = g.rng.random()
    if dtype.kind == "b" or roll < 0.15:
        return int(g.rng.integers(0, 4))
    if dtype.kind in "iu":
        low = 0 if dtype.kind == "u" else -5
        return int(g.rng.integers(low, 9)) if roll < 0.85 else float(np.round(g.rng.normal(), 3))
    if dtype.kind == "c" and roll > 0.8:
        return complex(1.5, -0.5)
    return float(np.round(g.rng.normal() * 3, 3))


def pointwise_row(row):
    name, arity = row.name, row.arity

    def make(g):
        first = g.pick()
        arguments = [first]
        for position in range(1, arity):
            if g.rng.random() < 0.25 and not (name == "where" and position == 2 and not isinstance(arguments[1], Value)):
                arguments.append(scalar_for(g, g.state[first].dtype))
            else:
                arguments.append(g.fitting(*[a for a in arguments if isinstance(a, Value)]))
        if arity == 2 and isinstance(arguments[1], Value) and g.rng.random() < 0.3:
            arguments.reverse()
        if name == "where":
            conditions = [v for v in g.values if g.state[v].dtype == BOOL and g.fits(v, *[a for a in arguments[1:] if isinstance(a, Value)])]
            if not conditions:
                return None
            arguments[0] = conditions[g.rng.integers(len(conditions))]
        if name in ("left_shift", "right_shift", "power", "ldexp") and g.rng.random() < 0.7 and isinstance(arguments[0], Value):
            arguments[1] = int(g.rng.integers(0, 4))
        if None in arguments or not any(isinstance(a, Value) for a in arguments):
            return None
        if name == "clip" and not all(isinstance(a, Value) for a in arguments):
            arguments[1:] = [a if isinstance(a, Value) else abs(a) * s for a, s in zip(arguments[1:], (-1, 1))]
            if any(isinstance(a, (complex, bool)) for a in arguments):
                return None
        return Step(name, arguments, lambda *o: row_value(name, *o), cpp=lambda a, i: f"nd::{name}({', '.join(a)})")

    return make


# Reductions.


def reduced(name, axis, keepdims, ddof, masked, initial):
    def gives(x, *rest):
        if x.dtype.kind == "c":
            moderate(x)
            if name in ("min", "max", "argmin", "argmax", "ptp"):
                raise Skip
        if name in ("sum", "prod", "mean", "var", "std") and x.dtype.kind in "fc":
            # What passes infinity on the way depends on the order.
            size = np.abs(x).astype(np.longdouble)
            size = size[np.isfinite(size)]
            top = np.log(np.longdouble(np.finfo(F32 if x.dtype == F16 else x.dtype).max)) - 3
            grows = np.log(np.maximum(size, 1)) if name == "prod" else np.log(np.maximum(np.sum(size), 1)) * (2 if name in ("var", "std") else 1)
            if np.sum(grows) > top or name == "prod" and np.sum(np.log(np.minimum(np.where(size == 0, 1, size), 1))) < -top:
                raise Skip
        if name in reductions.NONEMPTY and x.size == 0:
            raise Skip  # where there is no result either, versions of NumPy differ
        p = core.Program("")
        a = p.input(x)
        mask = p.input(rest[0]) if masked else None
        value = np.asarray(reductions.reduce(p, a, name, axis, keepdims, ddof, mask=mask, initial=initial))  # noqa: F841
        if not p.results:
            raise Skip
        _, _, how, ulps, data, bounds = p.results[-1]
        return Expected(data, how, ulps, bounds)

    return gives


def reduction_row(name):
    def make(g):
        a = g.pick()
        x = g.state[a]
        if name == "ptp" and x.dtype == BOOL:
            return None
        if g.zero_safe and name in reductions.NONEMPTY:
            return None
        axis = None
        if x.ndim and g.rng.random() < 0.75:
            axis = tuple(int(i) - (x.ndim if g.rng.random() < 0.3 else 0) for i in range(x.ndim) if g.rng.random() < 0.5)
            if name.startswith("arg") or not axis:
                axis = (int(g.rng.integers(x.ndim)),)
        keepdims = bool(g.rng.random() < 0.45)
        ddof = float(g.rng.choice([0, 0, 1, 0.5])) if name in ("var", "std") else 0.0
        arguments, masked, initial = [a], False, None
        if name in ("sum", "prod", "mean", "any", "all", "var") and g.rng.random() < 0.12:
            masks = [v for v in g.values if g.state[v].dtype == BOOL and g.state[v].shape == x.shape and g.tag(v) == g.tag(a)]
            if masks:
                masked = True
                arguments.append(masks[g.rng.integers(len(masks))])
        if name in ("sum", "min", "max", "prod") and x.dtype.kind in "if" and g.rng.random() < 0.1:
            initial = 3
            arguments.append(3)
        extra = masked * reductions.HAS_MASK | (initial is not None) * reductions.HAS_INITIAL
        integers, reals = reductions.steps(name, axis, keepdims, ddof, None, extra)

        def cpp(names, i):
            options = [".keepdims = true"] * keepdims + [f".ddof = {ddof:g}"] * bool(ddof)
            options += [f".where = {name}" for name in names[1 : 1 + masked]] + [f".initial = {initial}"] * (initial is not None)
            where = "nd::axes()" if axis is None else axes_text(axis)
            return f"nd::{name}({names[0]}, {where}, nd::reduce_options{{{', '.join(options)}}})"

        return Step(name, arguments, reduced(name, axis, keepdims, ddof, masked, initial), integers, reals, cpp=cpp)

    return make


def scan(g):
    a = g.pick()
    x = g.state[a]
    name = str(g.rng.choice(["cumsum", "cumprod", "nancumsum"]))
    axis = None if x.ndim == 0 or g.rng.random() < 0.3 else int(g.rng.integers(-x.ndim, x.ndim))

    def gives(x):
        if x.dtype.kind == "c":
            if name == "cumprod":
                raise Skip
            moderate(x)
        return scans.scan(name, x, axis, None)

    at = "" if axis is None else f", {axis}"
    return Step(name, [a], gives, [NONE if axis is None else axis, -1], cpp=lambda n, i: f"nd::{name}({n[0]}{at})")


def accumulate(g):
    a = g.pick(lambda x: x.ndim and x.dtype.kind != "c")
    if a is None:
        return None
    name = str(g.rng.choice(["minimum_accumulate", "maximum_accumulate"]))
    axis = int(g.rng.integers(g.state[a].ndim))
    short = name.split("_")[0]
    return Step(name, [a], lambda x: Expected(getattr(np, short).accumulate(x, axis), EQUAL_ZERO), [axis],
                cpp=lambda n, i: f"nd::{short}_accumulate({n[0]}, {axis})")  # fmt: skip


def diff(g):
    a = g.pick(lambda x: x.ndim)
    if a is None or g.tag(a) is not None:
        return None
    n, axis = int(g.rng.integers(1, 3)), int(g.rng.integers(-g.state[a].ndim, g.state[a].ndim))

    def gives(x):
        if x.dtype.kind == "c":
            moderate(x)
        return np.diff(x, n, axis)

    return Step("diff", [a], gives, [n, axis, 0], cpp=lambda c, i: f"nd::diff({c[0]}, {n}, {axis})")


# Views and other shapes.


def plain(name, gives, integers=(), text=None, sensitive=False):
    """A step on one array with the same integers at every size."""
    text = text or (lambda a, i: f"nd::{name}({a}{''.join(f', {k}' for k in i)})")
    return lambda a: Step(name, [a], gives, integers, cpp=lambda n, i: text(n[0], i), sensitive=sensitive)


def view(g):
    a = g.pick()
    x = g.state[a]
    n = x.ndim
    tagged = g.tag(a) is not None
    axis = int(g.rng.integers(-n, n)) if n else 0
    other = int(g.rng.integers(-n, n)) if n else 0
    perm = [int(i) for i in g.rng.permutation(n)]
    choices = [plain("T", lambda x: x.T, text=lambda a, i: f"{a}.T()")]
    if n:
        choices += [
            plain("transpose", lambda x: x.transpose(perm), perm, lambda a, i: f"nd::transpose({a}, {axes_text(i)})"),
            plain("swapaxes", lambda x: np.swapaxes(x, axis, other), [axis, other]),
            plain("flip", lambda x: np.flip(x, axis), [axis], lambda a, i: f"nd::flip({a}, {i[0]})"),
        ]
    if not tagged:
        choices += [
            plain("ravel", lambda x: x.ravel(), sensitive=True),
            plain("flatten", lambda x: x.flatten(), text=lambda a, i: f"{a}.flatten()"),
        ]
        if n < 4:
            at = int(g.rng.integers(n + 1))
            choices.append(plain("expand_dims", lambda x: np.expand_dims(x, at), [at]))
        if n and x.shape[axis] == 1:
            choices.append(plain("squeeze", lambda x: np.squeeze(x, axis), [axis]))
        if n >= 2:
            k = int(g.rng.integers(-1, 2))
            choices += [
                plain("diagonal", lambda x: np.diagonal(x, k), [k]),
                plain("tril", lambda x: np.tril(x, k), [k]),
                plain("triu", lambda x: np.triu(x, k), [k]),
                plain("matrix_transpose", lambda x: np.swapaxes(x, -1, -2)),
            ]
            lead = lambda x: [x.shape[0] * x.shape[1], *x.shape[2:]]  # noqa: E731
            shaped = lambda a, i: f"nd::reshape({a}, nd::shape({{{', '.join(map(str, i))}}}))"  # noqa: E731
            choices.append(lambda a: Step("reshape", [a], lambda x: x.reshape(lead(x)), lead, cpp=lambda c, i: shaped(c[0], i), sensitive=True))
        if n == 1 and x.size < 40:
            choices.append(plain("diag", lambda x: np.diag(x), [0]))
        if n < 3:
            wide = lambda x: [2, *x.shape]  # noqa: E731
            choices.append(lambda a: Step("broadcast_to", [a], lambda x: np.broadcast_to(x, wide(x)), wide,
                                          cpp=lambda c, i: f"nd::broadcast_to({c[0]}, nd::shape({{{', '.join(map(str, i))}}}))"))  # fmt: skip
    return g.same_tag(choices[g.rng.integers(len(choices))](a), a, "T" if n < 2 else None)


def index_text(index):
    def bound(b):
        return "{}" if b is None else str(b)

    def one(i):
        if i is Ellipsis:
            return "nd::ellipsis"
        if i is None:
            return "nd::newaxis"
        if isinstance(i, slice):
            return "nd::all" if i == slice(None) else f"nd::slice({bound(i.start)}, {bound(i.stop)}, {bound(i.step)})"
        return str(i)

    return "[" + ", ".join(map(one, index)) + "]"


SLICES = [slice(None), slice(1, None), slice(None, -1), slice(None, None, 2), slice(None, None, -1), slice(-1, None, -2),
          slice(0, 2), slice(-3, None), slice(1, 4), slice(100, None), slice(None, 0, -1)]  # fmt: skip


def some_index(g, shape, runtime):
    """An index of slices and integers; integers are in every array that is not empty."""
    index = []
    for extent in shape[: g.rng.integers(1, len(shape) + 1)]:
        if not g.zero_safe and not runtime and g.rng.random() < 0.25 and extent:
            index.append(int(g.rng.choice([0, -1])))
        else:
            index.append(SLICES[g.rng.integers(len(SLICES))])
    if g.rng.random() < 0.3 and len(index) < len(shape):
        index.insert(0, Ellipsis)
    elif g.rng.random() < 0.2 and len(shape) < 4 and not runtime:
        index.insert(int(g.rng.integers(len(index) + 1)), None)
    return tuple(index)


def getitem(g):
    a = g.pick(lambda x: x.ndim)
    if a is None:
        return None
    index = some_index(g, g.state[a].shape, g.tag(a) is not None)
    integers, _ = core.Program("").index(index)
    return Step("getitem", [a], lambda x: x[core.whole(index)], integers, cpp=lambda n, i: n[0] + index_text(index))


def masked(g):
    """a[mask], whose extent a run decides."""
    a = g.pick(lambda x: x.ndim)
    if a is None or g.tag(a) is not None:
        return None
    x = g.state[a]
    masks = [v for v in g.values if g.state[v].dtype == BOOL and g.state[v].ndim and g.tag(v) is None and x.shape[: g.state[v].ndim] == g.state[v].shape]
    if not masks:
        return None
    mask = masks[-1 - g.rng.integers(min(4, len(masks)))]
    def gives(x, m):
        if m.shape != x.shape[: m.ndim]:  # NumPy takes an empty mask of any shape
            raise IndexError
        return x[m]

    step = Step("getitem", [a, mask], gives, [5, 1], cpp=lambda n, i: f"{n[0]}[{n[1]}]")
    return g.tagged(step, ("mask", mask, g.version(mask)))


def unique_of(what):
    """Values beside counts or positions; which nan stands where is open, and of equal zeros which stays."""

    def gives(x):
        if x.dtype.kind in "fc" and np.any(np.isnan(x)):
            raise Skip
        values, other = np.unique(x, **{"return_" + what: True}, equal_nan=False)
        return [Expected(values, EQUAL_ZERO), other.reshape(x.shape) if what == "inverse" else other]

    return gives


def choose_rows(g):
    """What a run decides the extent of, beside masks."""
    a = g.pick(lambda x: x.dtype.kind != "c")
    if a is None:
        return None
    x = g.state[a]
    name = str(g.rng.choice(["unique", "unique_counts", "unique_inverse", "nonzero", "flatnonzero", "argwhere", "unique_values"]))
    if name in ("nonzero",) and x.ndim == 0 or name == "argwhere" and x.ndim == 0:
        return None
    if name == "unique":
        step = Step(name, [a], lambda x: Expected(np.unique(x), EQUAL_ZERO), [1], cpp=lambda n, i: f"nd::unique({n[0]})")
    elif name == "unique_values":
        step = Step(name, [a], lambda x: Expected(np.unique(x, equal_nan=False), EQUAL_ZERO), cpp=lambda n, i: f"nd::unique_values({n[0]})")
    elif name == "unique_counts":
        step = Step(name, [a], unique_of("counts"), results=2,
                    cpp=lambda n, i: f"nd::unique_counts({n[0]})", parts=[".values", ".counts"])  # fmt: skip
    elif name == "unique_inverse":
        step = Step(name, [a], unique_of("inverse"), results=2, cpp=lambda n, i: f"nd::unique_inverse({n[0]})", parts=[".values", ".inverse_indices"])
        return g.tagged(step, ("unique", object()), first_only=g.tag(a))
    elif name == "nonzero":
        step = Step(name, [a], lambda x: list(np.nonzero(x)), results=x.ndim, cpp=lambda n, i: f"nd::nonzero({n[0]})",
                    parts=[f"[{k}]" for k in range(x.ndim)])  # fmt: skip
    elif name == "flatnonzero":
        step = Step(name, [a], lambda x: np.flatnonzero(x), cpp=lambda n, i: f"nd::flatnonzero({n[0]})")
    else:
        step = Step(name, [a], lambda x: np.argwhere(x), cpp=lambda n, i: f"nd::argwhere({n[0]})")
    return g.tagged(step, (name, object()))


def can_cast(x, dtype):
    """C defines the conversion."""
    if x.dtype.kind == "c" and dtype.kind != "c":
        return False
    if x.dtype.kind != "f" or dtype.kind not in "iu":
        return True
    info = np.iinfo(dtype)
    high = min(float(info.max), 2.0**62)
    return bool(np.all(np.isfinite(x))) and bool(np.all((x > max(float(info.min), -high) - (0 if dtype.kind == "u" else 1)) & (x < high)))


def cast(g):
    a = g.pick()
    dtype = core.DTYPES[g.rng.integers(len(core.DTYPES))]

    def gives(x):
        if not can_cast(x, dtype):
            raise Skip
        return x.astype(dtype)

    return g.same_tag(Step("astype", [a], gives, [CODE[dtype]], cpp=lambda n, i: f"{n[0]}.astype({dtype_text(dtype)})"), a)


# Pieces.


def join(g):
    a = g.pick(lambda x: x.ndim)
    if a is None or g.tag(a) is not None:
        return None
    x = g.state[a]
    axis = int(g.rng.integers(-x.ndim, x.ndim))
    cut = lambda s: s[: axis % x.ndim] + s[axis % x.ndim + 1 :]  # noqa: E731
    fits = [v for v in g.values if g.state[v].ndim == x.ndim and g.tag(v) is None and cut(g.state[v].shape) == cut(x.shape)]
    same = [v for v in fits if g.state[v].shape == x.shape]
    name = str(g.rng.choice(["concatenate", "concatenate", "stack", "hstack", "vstack"]))
    if name == "stack" and x.ndim > 3:
        return None
    pool = fits if name == "concatenate" else same
    parts = [a] + [pool[g.rng.integers(len(pool))] for _ in range(g.rng.integers(1, 3))]
    f = getattr(np, name)
    if name in ("concatenate", "stack"):
        return Step(name, parts, lambda *p: f(p, axis), [axis], cpp=lambda n, i: f"nd::{name}({{{', '.join(n)}}}, {axis})")
    return Step(name, parts, lambda *p: f(p), cpp=lambda n, i: f"nd::{name}({{{', '.join(n)}}})")


def piece(g):
    a = g.pick(lambda x: x.ndim)
    if a is None or g.tag(a) is not None:
        return None
    x = g.state[a]
    n = x.ndim
    axis = int(g.rng.integers(-n, n))
    k = int(g.rng.integers(-3, 4))
    name = str(g.rng.choice(["roll", "tile", "repeat", "pad", "array_split", "append", "rot90", "copy"]))
    if name == "roll":
        return Step(name, [a], lambda x: np.roll(x, k, axis), [1, k, axis], cpp=lambda c, i: f"nd::roll({c[0]}, {k}, {axis})")
    if name == "tile" and x.size < 600:
        reps = [int(r) for r in g.rng.integers(1, 3, n)]
        return Step(name, [a], lambda x: np.tile(x, reps), reps, cpp=lambda c, i: f"nd::tile({c[0]}, nd::shape({{{', '.join(map(str, reps))}}}))")
    if name == "repeat" and x.size < 600:
        return Step(name, [a, 2], lambda x, t: np.repeat(x, t, axis), [axis], cpp=lambda c, i: f"nd::repeat({c[0]}, 2, {axis})")
    if name == "pad":
        mode = int(g.rng.choice([0, 1, 9]))
        text = ["constant", "edge", "", "", "", "", "", "reflect", "symmetric", "wrap"][mode]
        return Step(name, [a], lambda x: np.pad(x, 1, text), [mode, 0, 0, 1], cpp=lambda c, i: f'nd::pad({c[0]}, 1, "{text}")')
    if name == "array_split":
        return Step(name, [a], lambda x: np.array_split(x, 2, axis), [axis, 0, 2], results=2, parts=["[0]", "[1]"],
                    cpp=lambda c, i: f"nd::array_split({c[0]}, 2, {axis})")  # fmt: skip
    if name == "append":
        other = g.pick(lambda y: y.ndim == n and y.shape == x.shape)
        if other is None or g.tag(other) is not None:
            return None
        return Step(name, [a, other], lambda x, y: np.append(x, y, axis), [axis], cpp=lambda c, i: f"nd::append({c[0]}, {c[1]}, {axis})")
    if name == "rot90" and n >= 2:
        return Step(name, [a], lambda x: np.rot90(x, k, (0, n - 1)), [k, 0, n - 1], cpp=lambda c, i: f"nd::rot90({c[0]}, {k}, {{0, {n - 1}}})")
    if name == "copy":
        return plain("copy", lambda x: x.copy())(a)
    return None


# Order and choice.


def order(g):
    a = g.pick(lambda x: x.ndim)
    if a is None:
        return None
    x = g.state[a]
    axis = int(g.rng.integers(-x.ndim, x.ndim))
    name = str(g.rng.choice(["sort", "argsort", "take_along_axis", "partition", "argpartition", "lexsort", "median"]))
    if name == "sort":
        return g.same_tag(Step(name, [a], lambda x: np.sort(x, axis, kind="stable"), [axis], cpp=lambda n, i: f"nd::sort({n[0]}, {axis})"), a)
    if name == "argsort":
        return g.same_tag(Step(name, [a], lambda x: np.argsort(x, axis, kind="stable"), [axis], cpp=lambda n, i: f"nd::argsort({n[0]}, {axis})"), a)
    if g.tag(a) is not None:
        return None
    if name == "take_along_axis":
        orders = [v for v in g.values if g.state[v].dtype == INT64 and g.state[v].shape == x.shape and g.tag(v) is None]
        if not orders:
            return None
        where = orders[g.rng.integers(len(orders))]
        if not np.all((g.state[where] >= -x.shape[axis]) & (g.state[where] < x.shape[axis])):
            return None
        return Step(name, [a, where], lambda x, w: np.take_along_axis(x, w, axis), [axis],
                    cpp=lambda n, i: f"nd::take_along_axis({n[0]}, {n[1]}, {axis})")  # fmt: skip
    if name in ("partition", "argpartition") and not g.zero_safe:
        def gives(x):  # which of equals stands where is open
            if not x.shape[axis]:
                raise Skip
            data = getattr(np, name)(x, 0, axis)
            return Expected(data, TYPE_ONLY)

        return Step(name, [a], gives, [axis, 0], cpp=lambda n, i: f"nd::{name}({n[0]}, 0, {axis})")
    if name == "lexsort":
        same = [v for v in g.values if g.state[v].shape == x.shape and g.tag(v) is None]
        keys = [a] + [same[g.rng.integers(len(same))]]
        return Step(name, keys, lambda *k: np.lexsort(k, axis), [axis], cpp=lambda n, i: f"nd::lexsort({{{', '.join(n)}}}, {axis})")
    if name == "median" and x.dtype.kind in "iuf" and not g.zero_safe:
        def gives(x):
            m = np.median(x.astype(F64) if x.dtype.kind in "iu" else x, axis)
            return Expected(m, TYPE_ONLY if x.dtype == F16 else ABSOLUTE, 0.0, np.where(np.isfinite(m), np.abs(m), 0) * 2e-7)

        return Step(name, [a], gives, [4, axis], cpp=lambda n, i: f"nd::median({n[0]}, {axis})")
    return None


def choice(g):
    a = g.pick(lambda x: x.ndim)
    if a is None or g.tag(a) is not None:
        return None
    x = g.state[a]
    axis = int(g.rng.integers(-x.ndim, x.ndim))
    name = str(g.rng.choice(["take", "isin", "searchsorted", "copyto", "bincount", "compress", "extract"]))
    if name == "take":
        where = g.pick(lambda y: y.dtype.kind in "iu" and y.dtype != np.uint64 and y.ndim <= 2 and y.size < 100)
        if where is None or g.tag(where) is not None or g.zero_safe or x.ndim + g.state[where].ndim > 5 or x.size * g.state[where].size > 20000:
            return None
        mode = int(g.rng.integers(1, 3))
        text = ["", "wrap", "clip"][mode]

        def taken(x, w):
            if w.size and max(abs(int(w.min())), abs(int(w.max()))) > 10000:
                raise Skip  # NumPy wraps by one length at a time
            if not x.shape[axis]:
                raise Skip  # nd refuses it, NumPy only where there is a result
            return np.take(x, w.astype(np.int64), axis, mode=text)

        return Step(name, [a, where], taken, [axis, mode],
                    cpp=lambda n, i: f'nd::take({n[0]}, {n[1]}, {axis}, {{.mode = "{text}"}})')  # fmt: skip
    if name == "isin":
        other = g.pick(lambda y: y.size < 2000 and y.dtype == x.dtype)
        if other is None or g.tag(other) is not None:
            return None
        return Step(name, [a, other], lambda x, y: np.isin(x, y), [0], cpp=lambda n, i: f"nd::isin({n[0]}, {n[1]})")
    if name == "searchsorted":
        lines = [v for v in g.values if g.state[v].ndim == 1 and g.tag(v) is None and g.state[v].dtype == x.dtype and g.sorted(v)]
        if not lines or x.dtype.kind == "c":
            return None
        line = lines[g.rng.integers(len(lines))]

        def gives(s, v):
            if not np.array_equal(np.sort(s, kind="stable"), s, equal_nan=s.dtype.kind == "f"):
                raise Skip
            return np.searchsorted(s, v)

        return Step(name, [line, a], gives, [0], cpp=lambda n, i: f"nd::searchsorted({n[0]}, {n[1]})")
    if name == "copyto":
        masks = [v for v in g.values if g.state[v].dtype == BOOL and g.tag(v) is None and g.fits_into(v, x.shape)]
        values = [v for v in g.values if g.tag(v) is None and g.fits_into(v, x.shape) and np.can_cast(g.state[v].dtype, x.dtype, "same_kind")]
        if not masks or not values:
            return None
        mask, value = masks[g.rng.integers(len(masks))], values[g.rng.integers(len(values))]

        def gives(x, v, m):
            if not can_cast(v, x.dtype):
                raise Skip
            out = x.copy()
            np.copyto(out, v, where=m)
            return out

        return Step(name, [a, value, mask], gives, [0],
                    cpp=lambda n, i: f"[](nd::array a, nd::array b, nd::array m) {{ nd::array c = nd::copy(a); nd::copyto(c, b, {{.where = m}}); return c; }}({', '.join(n)})")  # fmt: skip
    if name == "bincount":
        if x.ndim != 1 or x.dtype.kind not in "iu" or x.dtype == np.uint64:
            return None

        def gives(x):
            if x.size and (x.min() < 0 or x.max() > 100):
                raise Skip
            return np.bincount(x, minlength=4)

        return g.tagged(Step(name, [a], gives, [4], cpp=lambda n, i: f"nd::bincount({n[0]}, {{.minlength = 4}})"), ("bincount", object()))
    if name == "extract":
        masks = [v for v in g.values if g.state[v].dtype == BOOL and g.state[v].shape == x.shape and g.tag(v) is None]
        if not masks:
            return None
        mask = masks[g.rng.integers(len(masks))]
        return g.tagged(Step(name, [mask, a], lambda m, x: np.extract(m, x), cpp=lambda n, i: f"nd::extract({n[0]}, {n[1]})"), ("extract", object()))
    return None


# Linear algebra.


def product(g):
    a = g.pick(lambda x: x.ndim)
    if a is None or g.tag(a) is not None:
        return None
    x = g.state[a]
    name = str(g.rng.choice(["matmul", "matmul", "matmul", "dot", "inner", "outer"]))

    def fits(y):
        if y.ndim == 0 or y.ndim > 3:
            return False
        if name == "outer":
            return x.size * y.size < 4000
        if name == "inner":
            return x.shape[-1] == y.shape[-1] and x.ndim + y.ndim < 5
        depth = y.shape[-2] if y.ndim > 1 else y.shape[0]
        if name == "dot" and x.ndim + y.ndim > 5:
            return False
        return x.shape[-1] == depth

    b = g.pick(fits)
    if b is None or g.tag(b) is not None:
        return None

    def gives(x, y):
        if name == "outer" and x.size * y.size > VAST:
            raise Skip
        out = np.promote_types(x.dtype, y.dtype)
        if out.kind not in "fc":
            return getattr(np, name)(x, y)
        x, y = x.astype(out), y.astype(out)
        exact, magnitude = linalg.wide_product(name, x, y)
        magnitude = np.asarray(np.abs(magnitude), np.float64)
        if not np.all(np.isfinite(magnitude)) or np.any(magnitude > float(np.finfo(out).max) / 16):
            raise Skip
        depth = 1 if name == "outer" else x.shape[-1]
        bound = (2 * depth + 2) * float(np.finfo(F32 if out == F16 else out).eps) * magnitude + float(np.finfo(out).tiny)
        if out == F16:
            bound = bound + float(np.finfo(F16).eps) * np.abs(exact)
        return Expected(np.asarray(exact).astype(out), ABSOLUTE, 0.0, np.asarray(bound, np.float64))

    return Step(name, [a, b], gives, cpp=lambda n, i: f"nd::{name}({n[0]}, {n[1]})")


def factorise(g):
    a = g.pick(lambda x: x.ndim == 2 and x.shape[0] == x.shape[1] and 0 < x.shape[0] < 20 and x.dtype in (F32, F64))
    if a is None or g.tag(a) is not None:
        return None
    name = str(g.rng.choice(["inv", "det", "solve", "qr"]))
    arguments = [a]
    if name == "solve":
        x = g.state[a]
        b = g.pick(lambda y: y.ndim == 2 and y.shape[0] == x.shape[0] and y.dtype in (F32, F64))
        if b is None or g.tag(b) is not None:
            return None
        arguments.append(b)

    def gives(*operands):
        if not all(np.all(np.isfinite(o)) for o in operands):
            raise Skip
        w = [o.astype(F64) for o in operands]
        out = np.result_type(*(o.dtype for o in operands))
        condition = np.linalg.cond(w[0]) if w[0].size else 1.0
        if not condition < 1e4:
            raise Skip
        slack = 50 * max(w[0].shape[0], 1) * float(np.finfo(out).eps) * condition
        results = getattr(np.linalg, name)(*w)
        results = list(results) if name == "qr" else [np.asarray(results)]
        return [Expected(r.astype(out), ABSOLUTE, 0.0, np.asarray(slack * np.max(np.abs(r), initial=0))) for r in results]

    if name == "qr":
        return Step(name, arguments, gives, results=2, cpp=lambda n, i: f"nd::linalg::qr({n[0]})", parts=[".Q", ".R"])
    return Step(name, arguments, gives, cpp=lambda n, i: f"nd::linalg::{name}({', '.join(n)})")


# Writes.


def write(g):
    a = g.pick(lambda x: x.ndim and x.flags.writeable)
    if a is None or g.tag(a) is not None:
        return None
    x = g.state[a]
    operator = [None, None, "add", "subtract", "multiply"][g.rng.integers(5)]
    if x.dtype == BOOL and operator == "subtract":
        operator = None
    symbol = {None: "=", "add": "+=", "subtract": "-=", "multiply": "*="}[operator]
    whole = operator is not None and g.rng.random() < 0.3
    arrays, index, mask = [], (), None
    if not whole:
        masks = [v for v in g.values if g.state[v].dtype == BOOL and g.state[v].shape == x.shape and g.tag(v) is None]
        if masks and g.rng.random() < 0.3:
            mask = masks[g.rng.integers(len(masks))]
            arrays = [mask]
        else:
            index = some_index(g, x.shape, False)
    try:
        part = x if whole or mask is not None else x[core.whole(index)]
    except IndexError:
        return None
    value = int(g.rng.integers(0, 4)) if x.dtype.kind != "b" else True
    if mask is None and g.rng.random() < 0.75:
        # What broadcasts at every size: a number or as many extents.
        fitting = [v for v in g.values if g.tag(v) is None and g.fits_into(v, part.shape)
                   and np.can_cast(g.state[v].dtype, x.dtype, "same_kind")]  # fmt: skip
        if fitting:
            value = fitting[g.rng.integers(len(fitting))]

    def combine(part, operand):
        if part.dtype.kind == "c" and operator == "multiply":  # some of NumPy's loops round once for two steps
            y = np.asarray(operand).astype(part.dtype)
            real, imag = part.real * y.real - part.imag * y.imag, part.real * y.imag + part.imag * y.real
            part.real, part.imag = real, imag
        else:
            getattr(np, operator)(part, operand, out=part, casting="same_kind")

    def gives(x, value, *arrays):
        operand = value.copy() if isinstance(value, np.ndarray) else value
        if isinstance(operand, np.ndarray) and not can_cast(operand, x.dtype):
            raise Skip
        if x.dtype.kind == "c" and operator == "multiply":
            moderate(x, np.asarray(operand))
        if whole:
            combine(x, operand)
            return
        if arrays and arrays[0].shape != x.shape:  # NumPy takes an empty mask of any shape
            raise IndexError
        where = tuple(arrays) if arrays else index
        if operator:
            part = x[core.whole(where) if not arrays else where]
            combine(part, operand)
            x[where] = part
        else:
            x[where] = operand

    if whole:
        return Step("inplace_" + operator, [a, value], gives, results=0, cpp=lambda n, i: f"{n[0]} {symbol} {n[1]}")
    name = "setitem" + (f"_{operator}" if operator else "")
    if mask is not None:
        return Step(name, [a, value, mask], gives, [5, 2], results=0, cpp=lambda n, i: f"{n[0]}[{n[2]}] {symbol} {n[1]}")
    integers, _ = core.Program("").index(index)
    return Step(name, [a, value], gives, integers, results=0, cpp=lambda n, i: f"{n[0]}{index_text(index)} {symbol} {n[1]}")


def compare(g):
    """Masks, which much else takes."""
    a = g.pick(lambda x: x.ndim)
    if a is None:
        return None
    b = g.fitting(a) if g.rng.random() < 0.5 else scalar_for(g, g.state[a].dtype)
    name = str(g.rng.choice(["less", "greater", "not_equal", "less_equal"]))
    if b is None or isinstance(b, complex):
        return None
    return Step(name, [a, b], lambda *o: row_value(name, *o), cpp=lambda n, i: f"nd::{name}({', '.join(n)})")


def kinds(rows):
    """(weight, maker): rows from the table, one by one; then what is made of rows."""
    rows_of = {1: [], 2: [], 3: [], "reduction": []}
    for row in rows:
        rows_of[row.arity if row.family == "pointwise" else "reduction"].append(row)

    def any_of(list_of_rows, maker):
        makers = [maker(row) for row in list_of_rows]
        return lambda g: makers[g.rng.integers(len(makers))](g)

    extra = [reduction_row(name) for name in ("ptp", "count_nonzero")]
    return [
        (14, any_of(rows_of[1], pointwise_row)),
        (26, any_of(rows_of[2], pointwise_row)),
        (5, any_of(rows_of[3], pointwise_row)),
        (14, any_of(rows_of["reduction"], lambda row: reduction_row(row.name))),
        (1, lambda g: extra[g.rng.integers(2)](g)),
        (5, compare),
        (8, view),
        (8, getitem),
        (5, masked),
        (3, choose_rows),
        (7, cast),
        (4, join),
        (4, piece),
        (4, order),
        (3, choice),
        (5, product),
        (2, factorise),
        (3, scan),
        (1, accumulate),
        (1, diff),
        (9, write),
    ]
