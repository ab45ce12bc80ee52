# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Medians and quantiles by every method, histograms, counts.

Quantiles are those of NumPy 2.x, written down here where the installed NumPy is older: q takes the dtype of the data, the
weight between two elements that of the ranks, closest_observation goes to even order statistics, and there are weights.
"""

import numpy as np

from core import (BOOL, C64, DTYPES, EQUAL_ZERO, F16, F32, F64, INT32, INT64, INTS, LAYOUTS, Program, laid,
                  numbers)  # fmt: skip
from families.reductions import axis_sets

METHODS = ["inverted_cdf", "averaged_inverted_cdf", "closest_observation", "interpolated_inverted_cdf", "hazen", "weibull",
           "linear", "median_unbiased", "normal_unbiased", "lower", "higher", "midpoint", "nearest"]  # fmt: skip
DISCRETE = {"inverted_cdf", "closest_observation", "lower", "higher", "nearest"}
RULES = ["auto", "doane", "fd", "rice", "scott", "sqrt", "stone", "sturges"]


def ranks(method, n, q):
    """The place of the quantile among n sorted elements (integers for discrete methods)."""

    def boundary(index, condition):
        below = np.floor(index)
        at = np.where(condition(index - below, below), below, below + 1).astype(np.intp)
        return np.maximum(at, 0)

    def virtual(alpha, beta):
        return n * q + (alpha + q * (1 - alpha - beta)) - 1

    if method == "inverted_cdf":
        return boundary(n * q - 1, lambda gamma, _: gamma == 0)
    if method == "closest_observation":
        return boundary(n * q - 1 - 0.5, lambda gamma, below: (gamma == 0) & (below % 2 == 1))
    return {
        "averaged_inverted_cdf": lambda: n * q - 1,
        "interpolated_inverted_cdf": lambda: virtual(0, 1),
        "hazen": lambda: virtual(0.5, 0.5),
        "weibull": lambda: virtual(0, 0),
        "linear": lambda: (n - 1) * q,
        "median_unbiased": lambda: virtual(1 / 3.0, 1 / 3.0),
        "normal_unbiased": lambda: virtual(3 / 8.0, 3 / 8.0),
        "lower": lambda: np.floor((n - 1) * q).astype(np.intp),
        "higher": lambda: np.ceil((n - 1) * q).astype(np.intp),
        "midpoint": lambda: 0.5 * (np.floor((n - 1) * q) + np.ceil((n - 1) * q)),
        "nearest": lambda: np.around((n - 1) * q).astype(np.intp),
    }[method]()


def quantile_1d(x, q, method, skip=False):
    """Quantiles of a vector."""
    if skip and x.dtype.kind == "f":
        x = x[~np.isnan(x)]
        if not x.size:
            return np.full(q.shape, np.nan, np.result_type(x.dtype, q.dtype) if method not in DISCRETE else x.dtype)
    n = x.size
    x = np.sort(x)
    v = np.asanyarray(ranks(method, n, q))
    if v.dtype.kind in "iu" and method not in DISCRETE and method != "linear":
        v = v.astype(np.float64)
    if v.dtype.kind in "iu":
        out = x[v]
    else:
        below = np.floor(v)
        above = below + 1
        below = np.where(v >= n - 1, -1, below)
        above = np.where(v >= n - 1, -1, above)
        below = np.where(v < 0, 0, below)
        above = np.where(v < 0, 0, above)
        gamma = v - below
        if method == "averaged_inverted_cdf":
            gamma = np.where(gamma == 0, 0.5, 1.0)
        if method == "midpoint":
            gamma = np.where(v % 1 == 0, 0.0, 0.5)
        gamma = np.asarray(gamma, v.dtype)
        a, b = x[below.astype(np.intp)], x[above.astype(np.intp)]
        step = np.subtract(b, a)
        out = np.asanyarray(a + step * gamma)
        out = np.where(gamma >= 0.5, (b - step * (1 - gamma)).astype(out.dtype), out)
    if x.dtype.kind == "f" and np.isnan(x[-1]):
        out = np.full(np.shape(out), np.nan, np.asarray(out).dtype)
    return out


def weighted_1d(x, w, q, skip=False):
    if skip and x.dtype.kind == "f":
        x, w = x[~np.isnan(x)], w[~np.isnan(x)]
        if not x.size:
            return np.full(q.shape, np.nan, x.dtype)
    order = np.argsort(x, kind="stable")
    x, w = x[order], w[order]
    cdf = np.cumsum(w, dtype=np.float64)
    cdf /= cdf[-1]
    if q.dtype.kind == "f":
        cdf = cdf.astype(q.dtype)
    cdf[cdf == 0] = -1
    at = np.minimum(np.searchsorted(cdf, q, side="left"), x.size - 1)
    if x.dtype.kind == "f" and np.isnan(x[-1]):
        return np.full(np.shape(at), np.nan, x.dtype)
    return x[at]


def along(x, axis, keepdims, q_shape, each, weights=None):
    """`each` of every vector along the axes, the axes of q first."""
    axes = tuple(range(x.ndim)) if axis is None else tuple(a % x.ndim for a in axis)
    kept = [i for i in range(x.ndim) if i not in axes]
    order = kept + sorted(axes)
    rows = x.transpose(order).reshape(int(np.prod([x.shape[i] for i in kept], dtype=int)), -1)
    if weights is None:
        out = np.stack([np.asarray(each(row)) for row in rows])
    else:
        w = np.broadcast_to(weights, x.shape).transpose(order).reshape(rows.shape)
        out = np.stack([np.asarray(each(row, v)) for row, v in zip(rows, w)])
    out = np.moveaxis(out.reshape([x.shape[i] for i in kept] + list(q_shape)), range(len(kept)), range(len(q_shape), len(q_shape) + len(kept)))
    if keepdims:
        out = out.reshape(list(q_shape) + [1 if i in axes else s for i, s in enumerate(x.shape)])
    return out


def fraction(name, q, dtype):
    """q as NumPy 2.x takes it beside data of a dtype."""
    q = np.asanyarray(q, dtype=dtype if isinstance(q, (int, float)) and dtype.kind == "f" else None)
    if "percentile" in name:
        q = np.true_divide(q, dtype.type(100) if dtype.kind == "f" else 100)
    return np.asanyarray(q)


def quantile(p, name, a, q, axis, method, keepdims=False, weights=None):
    """Adds a step and its comparison; q is a value or a number."""
    x = a.data
    own = q.data if hasattr(q, "data") and hasattr(q, "number") else q
    f = fraction(name, own, x.dtype)
    skip = name.startswith("nan")
    if weights is None:
        expected = along(x, axis, keepdims, f.shape, lambda row: quantile_1d(row, f, method, skip))
    else:
        w = weights.data
        if w.shape != x.shape:
            axes = [i % x.ndim for i in axis]
            turned = w.transpose(np.argsort(axes))
            w = turned.reshape([s if i in axes else 1 for i, s in enumerate(x.shape)])
        expected = along(x, axis, keepdims, f.shape, lambda row, v: weighted_1d(row, v, f, skip), w)
    flags = keepdims | (weights is not None) << 1 | (axis is not None) << 2
    integers = [(METHODS + ["guess"]).index(method), flags] + list(axis or ())
    arguments = [a, q] + ([weights] if weights is not None else [])
    value = p.step(name, arguments, integers, gives=expected)
    p.result(value, f"{name} {method}" + (" weights" if weights is not None else ""), EQUAL_ZERO)


def data_for(rng, dtype, shape, turn):
    if dtype.kind != "f":
        return numbers(rng, dtype, shape, "any" if turn % 2 else "small")
    x = numbers(rng, dtype, shape, "finite")
    if turn % 4 == 1:
        x = np.round(x).astype(dtype)  # ties
    if turn % 4 == 2:
        x = np.where(rng.random(shape) < 0.1, np.nan, x).astype(dtype)
    if turn % 4 == 3:
        x = np.where(rng.random(shape) < 0.1, rng.choice([np.inf, -np.inf], shape), x).astype(dtype)
    return x


REAL = [d for d in DTYPES if d.kind != "c"]
SHAPES = [(), (1,), (2,), (7,), (16,), (33,), (1000,), (1, 5), (5, 1), (4, 5), (17, 19), (3, 1, 4), (2, 3, 17), (17, 2, 3), (3, 17, 2, 9)]  # fmt: skip
Q = [0.0, 0.25, 0.5, 0.75, 1.0, 0.1, 1 / 3, 0.999]


def quantiles(rng):
    turn = 0
    for shape in SHAPES:
        for axis in axis_sets(len(shape)):
            if axis == ():
                continue
            for k in range(2):
                turn += 1
                dtype = [F64, F32, REAL[turn % len(REAL)], F16][(turn + k) % 4]
                layout = LAYOUTS[turn % 5] if shape else "contiguous"
                x = laid(data_for(rng, dtype, shape, turn), layout)
                keepdims = turn % 3 == 0
                named = axis and tuple(i - len(shape) if turn % 2 else i for i in axis)
                for method in (METHODS[turn % 13], METHODS[(turn + 6) % 13]):
                    if dtype == BOOL and method not in DISCRETE:
                        continue
                    turn += 1
                    p = Program(f"{method} of {dtype}{shape} {layout} axis={named} keepdims={keepdims}", together=turn % 3 != 0)
                    kinds = [np.asarray(Q[turn % 5 :]), np.asarray(Q[turn % 8], F32), np.asarray([Q[turn % 6 :][:2], [0.5, 0.2]]), np.asarray([0, 1]), np.asarray(0.5)]  # fmt: skip
                    q = kinds[turn % 5]
                    started = p.view(x, layout)
                    fractions, percents = p.input(q), p.input(q * q.dtype.type(100) if q.dtype.kind == "f" else q * 100)
                    a = p.finish(started)
                    if turn % 2:
                        quantile(p, "quantile", a, fractions, named, method, keepdims)
                        quantile(p, "percentile", a, 100 * Q[turn % 6], named, method, keepdims)
                        quantile(p, "nanpercentile", a, percents, named, method, keepdims)
                    else:
                        quantile(p, "percentile", a, percents, named, method, keepdims)
                        quantile(p, "quantile", a, Q[turn % 8], named, method, keepdims)
                        quantile(p, "nanquantile", a, Q[turn % 7], named, method, keepdims)
                    yield p
    for dtype in REAL:
        for method in METHODS:
            if dtype == BOOL and method not in DISCRETE:
                continue
            for n in ((1, 2, 257), (3, 10, 11))[turn % 2]:
                turn += 1
                x = data_for(rng, dtype, (n,), turn)
                p = Program(f"{method} of {n} {dtype}")
                a, q = p.input(x), p.input(np.asarray(Q))
                quantile(p, "nanquantile" if n % 2 else "quantile", a, q, None, method)
                yield p


def weights(rng):
    for dtype in REAL:
        for shape, axis, own in (((7,), None, (7,)), ((4, 5), (1,), (5,)), ((4, 5), (0,), (4, 5)), ((2, 3, 17), (0, 2), (2, 17)), ((33,), (0,), (33,)), ((2, 3, 17), (2, 1), (17, 3))):
            for kind in ((F64, INT64, F32)[sum(own) % 3],):
                x = data_for(rng, dtype, shape, len(shape))
                w = np.asarray(rng.integers(0, 4, own)).astype(kind)
                w[(-1,) * w.ndim] = 2
                w[..., 0] += 1
                w[0] += 1
                p = Program(f"weighted quantile of {dtype}{shape} axis={axis} by {kind}")
                a, v, q = p.input(x), p.input(w), p.input(np.asarray(Q))
                quantile(p, "quantile", a, q, axis, "inverted_cdf", weights=v)
                quantile(p, "percentile", a, 37.5, axis, "inverted_cdf", True, weights=v)
                quantile(p, "nanquantile", a, 0.625, axis, "inverted_cdf", weights=v)
                yield p
    x = np.ones((4, 5))
    for label, kind, w, axis, method in (("another method", "value", np.ones((4, 5)), None, "linear"), ("negative", "value", -x, None, "inverted_cdf"),
                                         ("no axis", "dtype", np.ones(5), None, "inverted_cdf"), ("another shape", "value", np.ones(4), (1,), "inverted_cdf")):  # fmt: skip
        p = Program(f"weights: {label}", eager=label == "negative")
        arguments = [p.input(x), 0.5, p.input(w)]
        p.step("quantile", arguments, [METHODS.index(method), 2 | (axis is not None) << 2, *(axis or ())])
        yield p.fails(kind)


def medians(rng):
    turn = 0
    for shape in SHAPES + [(0,), (0, 3), (3, 0), (70000,), (300, 257)]:
        for axis in axis_sets(len(shape)):
            if axis == ():
                continue
            for keepdims in (False, True):
                for k in range(2):
                    turn += 1
                    dtype = [F64, REAL[turn % len(REAL)], F32][(turn + k) % 3]
                    layout = LAYOUTS[turn % 5] if shape else "contiguous"
                    x = laid(data_for(rng, dtype, shape, turn), layout)
                    p = Program(f"median of {dtype}{shape} {layout} axis={axis} keepdims={keepdims}", together=turn % 2 == 0)
                    (a,) = p.views((x, layout))
                    integers = [keepdims | (axis is not None) << 2, *(axis or ())]
                    for name in ("median", "nanmedian"):
                        wide = x.astype(F64) if dtype.kind != "f" else x
                        gives = np.asarray(getattr(np, name)(wide, axis, keepdims=keepdims))
                        if dtype.kind == "f":
                            gives = gives.astype(dtype)
                        p.result(p.step(name, [a], integers, gives=gives), name, EQUAL_ZERO)
                    yield p
    for name, x, kind in (("median", np.ones(3, C64), "dtype"), ("quantile", np.ones(3, C64), "dtype"), ("quantile", np.ones(0), "index"),
                          ("quantile", np.ones(3, bool), "dtype"), ("nanpercentile", np.ones((3, 0)), "index")):  # fmt: skip
        p = Program(f"{name} of {x.dtype}{x.shape}")
        p.step(name, [p.input(x)] if name == "median" else [p.input(x), 0.5], [0] if name == "median" else [6, 0])
        yield p.fails(kind)
    for name, q, method in (("quantile", 1.5, 6), ("quantile", -0.1, 6), ("percentile", 101.0, 6), ("quantile", 0.5, 13), ("quantile", float("nan"), 6)):
        p = Program(f"{name} {q} method {method}")
        p.step(name, [p.input(np.ones(3)), q], [method, 0])
        yield p.fails("value")


def histogram_width(rule, x, range_):
    """NumPy 2.x: bins of integers are at least 1 wide."""
    first, last = range_ if range_ else (x.min(), x.max())
    kept = x if range_ is None else x[(x >= first) & (x <= last)]
    if first == last:
        first, last = first - 0.5, last + 0.5
    if kept.size == 0:
        return 1
    width = np.lib.histograms._hist_bin_selectors[rule](kept, (first, last))
    if not width:
        return 1
    if x.dtype.kind in "iu" and width < 1:
        width = 1
    return int(np.ceil((float(last) - float(first)) / width))


def histograms(rng):
    turn = 0
    for shape in ((0,), (1,), (7,), (33,), (1000,), (4, 5), (2, 3, 17), ()):
        for dtype in REAL:
            for k in range(5):
                turn += 1
                if turn % 2 and len(shape) != 1:
                    continue
                layout = LAYOUTS[turn % 5] if shape else "contiguous"
                x = numbers(rng, dtype, shape, "finite" if turn % 2 else "small")
                if dtype.kind in "iu":
                    x = numbers(rng, dtype, shape, "small")
                x = laid(x, layout)
                counted = x.astype(np.uint8) if dtype == BOOL else x
                range_ = [None, (-1.5, 1.25), (0.0, 3.0), None, (2.0, 2.0)][turn % 5]
                edges = None
                if k < 2:
                    number = [10, 1, 7, 100][turn % 4]
                    bins, integers, extra = number, [0, number], []
                elif k == 2:
                    edges = np.sort(numbers(rng, [F64, INT64, F32][turn % 3], (6,), "small"))
                    bins, integers, extra = edges, [2, 0], [edges]
                else:
                    # The rules do not know float16's small range.
                    if dtype == F16 or dtype == BOOL:
                        continue
                    rule = RULES[turn % 8]
                    bins = histogram_width(rule, counted, range_) if counted.size else 1
                    integers, extra = [1, RULES.index(rule)], []
                if range_ is None and counted.size == 0 and k >= 3:
                    bins = 1
                density = turn % 3 == 0
                weight = None
                if turn % 7 < 3 and k < 3:
                    weight = numbers(rng, [F64, INT32, F32, np.dtype("complex128")][turn % 4], shape, "small")
                # The edges of the installed NumPy are not rounded to the data's dtype in every case.
                gives, expected = np.histogram(counted, bins, range_, density=density, weights=weight)
                p = Program(f"histogram of {dtype}{shape} {layout} bins={integers} range={range_} density={density}", eager=k > 2)
                started = p.view(x, layout)
                more = [p.input(v) for v in extra + ([weight] if weight is not None else [])]
                a = p.finish(started)
                flags = (range_ is not None) | density << 1 | (weight is not None) << 2
                reals = list(range_ or ())
                if density and weight is not None and not np.sum(weight):
                    continue
                counts, own = p.step("histogram", [a, *more], integers + [flags], reals, gives=[gives, expected])
                exact = np.asarray(gives)
                if exact.dtype.kind in "fc":
                    scale = np.max(np.abs(exact), initial=0) if np.all(np.isfinite(exact)) else 0
                    eps = np.finfo(exact.dtype).eps
                    p.near(counts, "histogram", exact, np.where(np.isfinite(exact), 64 * eps * max(scale, 1), 0))
                else:
                    p.result(counts, "histogram")
                p.result(own, "histogram edges")
                if weight is None and not density:
                    p.result(p.step("histogram_bin_edges", [a, *more], integers + [flags], reals, gives=expected), "histogram_bin_edges")
                yield p
    x = np.linspace(0, 1, 9)
    bad = x.copy()
    bad[3] = np.nan
    for label, data, integers, reals, more, eager in (
        ("nan", bad, [0, 10, 0], [], [], True), ("no bins", x, [0, 0, 0], [], [], False),
        ("decreasing edges", x, [2, 0, 0], [], [np.array([0.0, 2, 1])], True), ("range", x, [0, 3, 1], [2.0, 1.0], [], False),
        ("infinite range", x, [0, 3, 1], [0.0, np.inf], [], False), ("weights", x, [0, 3, 4], [], [np.ones(4)], False),
        ("2-d edges", x, [2, 0, 0], [], [np.ones((2, 2))], False),
    ):  # fmt: skip
        p = Program(f"histogram: {label}", eager=eager)
        p.step("histogram", [p.input(v) for v in [data, *more]], integers, reals)
        yield p.fails("value")
    for n in (0, 1, 50, 1000):
        for number in ((10, 10), (3, 7), (1, 5)):
            for flags in (0, 3, 4, 7) if n == 50 else (1, 2):
                x, y = rng.standard_normal(n), rng.standard_normal(n)
                range_ = [(-1.0, 1.0), (-2.0, 0.5)] if flags & 1 else None
                weight = rng.random(n) if flags & 4 else None
                if n == 0 and flags & 2:
                    continue
                gives = np.histogram2d(x, y, number, range_, density=bool(flags & 2), weights=weight)
                p = Program(f"histogram2d of {n} bins={number} flags={flags}")
                a, b = p.input(x), p.input(y)
                more = [p.input(weight)] if flags & 4 else []
                reals = [v for r in range_ or () for v in r]
                h, xe, ye = p.step("histogram2d", [a, b, *more], [flags, 0, number[0], 0, number[1]], reals, gives=list(gives))
                p.near(h, "histogram2d", gives[0], 1e-13 * max(1, np.max(np.abs(gives[0]), initial=0)))
                p.result(xe, "histogram2d edges")
                p.result(ye, "histogram2d edges")
                yield p
                sample = np.column_stack([x, y, rng.standard_normal(n)])
                edges = np.array([-1.0, 0, 0.5, 3])
                bins = [number[0], edges, 2]
                ranges = range_ + [(-0.5, 0.5)] if range_ else None
                gives, expected = np.histogramdd(sample, bins, ranges, density=bool(flags & 2), weights=weight)
                p = Program(f"histogramdd of {n} bins={bins} flags={flags}")
                a, e = p.input(sample), p.input(edges)
                more = [p.input(weight)] if flags & 4 else []
                reals = [v for r in ranges or () for v in r]
                out = p.step("histogramdd", [a, e, *more], [flags, 0, number[0], 2, 0, 0, 2], reals, gives=[gives, *expected])
                p.near(out[0], "histogramdd", gives, 1e-13 * max(1, np.max(np.abs(np.nan_to_num(gives)), initial=0)) * np.isfinite(gives))
                for own in out[1:]:
                    p.result(own, "histogramdd edges")
                yield p


def counts(rng):
    for dtype in [BOOL, *INTS]:
        for n in (0, 1, 7, 1000):
            if dtype == np.dtype("uint64"):
                p = Program(f"bincount of {dtype}")
                p.step("bincount", [p.input(np.ones(3, dtype))], [0])
                yield p.fails("dtype")
                break
            x = np.abs(numbers(rng, dtype, (n,), "small"))
            for least in (0, 5, 40):
                p = Program(f"bincount of {n} {dtype} minlength={least}")
                a = p.input(x)
                p.result(p.step("bincount", [a], [least], gives=np.bincount(x, minlength=least)), "bincount")
                yield p
                for kind in ((F64, INT32) if least else (F32, BOOL)) if n else ():
                    w = numbers(rng, kind, (n,), "finite")
                    p = Program(f"bincount of {n} {dtype} by {kind} minlength={least}")
                    a, b = p.input(x), p.input(w)
                    p.result(p.step("bincount", [a, b], [least], gives=np.bincount(x, w, least)), "bincount with weights")
                    yield p
    for label, kind, arguments, least in (("2-d", "shape", [np.ones((2, 2), int)], 0), ("floats", "dtype", [np.ones(2)], 0),
                                          ("minlength", "value", [np.ones(2, int)], -1), ("weights", "value", [np.ones(2, int), np.ones(3)], 0)):  # fmt: skip
        p = Program(f"bincount: {label}")
        p.step("bincount", [p.input(v) for v in arguments], [least])
        yield p.fails(kind)
    turn = 0
    for dtype in REAL:
        for shape in ((), (0,), (7,), (4, 5), (1000,)):
            for right in (False, True):
                turn += 1
                x = numbers(rng, dtype, shape, "small" if turn % 2 else "finite")
                edges = np.unique(numbers(rng, REAL[turn % len(REAL)], (8,), "small"))
                edges = edges[~np.isnan(edges)] if edges.dtype.kind == "f" else edges
                for bins in (edges, edges[::-1], edges[:1], edges[:0]):
                    p = Program(f"digitize {dtype}{shape} into {bins.dtype}{bins.shape} right={right}", together=turn % 2 == 0)
                    a, b = p.input(x), p.input(bins)
                    p.result(p.step("digitize", [a, b], [right], gives=np.digitize(x, bins, right)), "digitize")
                    yield p
    p = Program("digitize into what is not sorted", eager=True)
    p.step("digitize", [p.input(np.ones(3)), p.input(np.array([0.0, 2, 1]))], [0])
    yield p.fails("value")


def programs(rows, rng):
    yield from quantiles(rng)
    yield from weights(rng)
    yield from medians(rng)
    yield from histograms(rng)
    yield from counts(rng)
