# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Steps that move elements: views, indexing, joining, casts."""

import numpy as np

import core
from core import CODE
from program import Skip, Step, axes_text, dtype_text, index_text


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
        return Step(name, [a], lambda x: np.tile(x, reps).copy(), reps,  # of nothing it is a view, and may be read-only
                    cpp=lambda c, i: f"nd::tile({c[0]}, nd::shape({{{', '.join(map(str, reps))}}}))")
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
