# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Steps whose elements, or their number, depend on values."""

import numpy as np

from core import ABSOLUTE, BOOL, EQUAL_ZERO, F16, F64, INT64
from program import Skip, Step
from verify import Expected, TYPE_ONLY
from views import can_cast


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
