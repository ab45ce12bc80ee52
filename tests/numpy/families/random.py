# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Random numbers: the same seed gives the same bits, and takes as many draws.

NumPy 2.x is followed where 1.24 differs, by what is written out here: wald without cancellation, zipf over a window
of what an int64 holds, beta of small and of tiny parameters (2.1), geometric numbers that an int64 does not hold, and binomial numbers by
inversion, whose chance of 0 is exp(n log1p(-p)), which 1.24 has as exp(n log(1 - p)).
"""

import ctypes
import math

import numpy as np
from numpy.random import MT19937, PCG64, PCG64DXSM, SFC64, Generator, Philox, RandomState, SeedSequence

from core import CODE, F32, F64, INT64, Program

KINDS = [PCG64, PCG64DXSM, Philox, SFC64, MT19937]
NONE = -(2**63)
MANY = 1500


def finish(p, step, arguments, integers, gives, labels):
    values = [p.input(np.asarray(a)) if isinstance(a, (np.ndarray, np.generic, list)) else a for a in arguments]
    for value, label in zip(p.step(step, values, integers, gives=list(gives)), labels):
        p.result(value, label)
    return p


def one(name, arguments, draw, kind=0, seed=7, size=None, dtype=0, eager=False):
    """A program of one step of a generator; `draw` is what NumPy does."""
    rng = Generator(KINDS[kind](seed))
    gives = np.asarray(draw(rng))
    raw = np.asarray(rng.bit_generator.random_raw(2))
    shape = () if size is None else (size,) if isinstance(size, int) else tuple(size)
    p = Program(f"{name} {KINDS[kind].__name__} {[np.shape(a) or a for a in arguments]} {size} {dtype}", eager=eager)
    integers = [kind, seed, dtype, size is not None, *shape]
    return finish(p, "rng." + name, arguments, integers, [gives, raw], [name, "draws of " + name])


# Of 2.x.


def wald(rng, mean, scale, n):
    out = []
    for _ in range(n):
        y = rng.standard_normal()
        y = mean * y * y
        x = mean * (1 - 2 / (1 + math.sqrt(1 + 4 * scale / y)))
        out.append(x if rng.random() <= mean / (mean + x) else mean * mean / x)
    return np.array(out)


def zipf(rng, a, n):
    if a >= 1025:
        return np.ones(n, np.int64)
    out, less = [], a - 1.0
    b, least = math.pow(2.0, less), math.pow(float(2**63 - 1), -less)
    while len(out) < n:
        u = rng.random()
        u = u * least + (1 - u)
        v = rng.random()
        x = math.floor(math.pow(u, -1.0 / less))
        if x > 2**63 or x < 1:
            continue
        t = math.pow(1.0 + 1.0 / x, less)
        if v * x * (t - 1.0) / (b - 1.0) <= t / b:
            out.append(min(x, 2**63 - 1))
    return np.array(out)


def tiny_beta(rng, a, b, n):
    return np.array([float((a + b) * rng.random() < a) for _ in range(n)])


def small_beta(rng, a, b, n):
    """Where a power is 0 1.24 divides nevertheless, and 2.1 goes by logarithms."""
    out = []
    while len(out) < n:
        u, v = rng.random(), rng.random()
        x, y = math.pow(u, 1.0 / a), math.pow(v, 1.0 / b)
        if x + y > 1 or not u + v > 0:
            continue
        if x > 0 and y > 0:
            out.append(x / (x + y))
            continue
        ratio = math.log(u) / a - math.log(v) / b
        up = ratio > 0
        out.append(math.exp(-math.log1p(math.exp(-ratio)) if up else ratio - math.log1p(math.exp(ratio))))
    return np.array(out)


def inversion(rng, n, p, count, log_q):
    """Binomial numbers from uniform ones, by the sum of their chances."""
    q, none, out = 1.0 - p, math.exp(n * log_q), []
    most = int(min(float(n), n * p + 10.0 * math.sqrt(n * p * q + 1)))
    while len(out) < count:
        k, chance, u = 0, none, rng.random()
        while u > chance:
            k += 1
            if k > most:
                k, chance, u = 0, none, rng.random()
            else:
                u -= chance
                chance = ((n - k + 1) * p * chance) / (k * q)
        out.append(k)
    return np.array(out)


STANDARD = ["random", "standard_normal", "standard_exponential"]
FLOATS = {  # each side of where the algorithms change
    "uniform": [(0.0, 1.0), (-3.0, 7.5), (2.0, 2.0)],
    "normal": [(0.0, 1.0), (1.5, 2.5), (3.0, 0.0)],
    "exponential": [(1.0,), (2.5,), (0.0,)],
    "gamma": [(2.5, 0.5), (0.5, 3.0), (1.0, 2.0), (0.0, 1.0), (1e5, 1.0)],
    "beta": [(0.5, 0.5), (1.0, 1.0), (2.0, 3.0), (0.5, 3.0), (0.05, 0.3)],
    "chisquare": [(0.5,), (1.0,), (2.0,), (3.0,), (100.0,)],
    "f": [(3.0, 4.0), (0.5, 10.0)],
    "noncentral_chisquare": [(0.5, 2.0), (3.0, 1.0), (2.0, 0.0), (0.5, 50.0)],
    "noncentral_f": [(3.0, 4.0, 1.5), (0.5, 2.0, 0.0)],
    "standard_cauchy": [()],
    "standard_t": [(0.5,), (2.0,), (30.0,)],
    "pareto": [(0.5,), (3.0,)],
    "weibull": [(0.5,), (3.0,), (0.0,)],
    "power": [(0.5,), (3.0,)],
    "laplace": [(0.0, 1.0), (1.0, 2.0)],
    "gumbel": [(0.0, 1.0), (1.0, 2.0)],
    "logistic": [(0.0, 1.0), (1.0, 2.0)],
    "lognormal": [(0.0, 1.0), (1.0, 0.3)],
    "rayleigh": [(1.0,), (2.0,)],
    "vonmises": [(0.0, 0.0), (0.0, 1e-9), (1.0, 5e-6), (1.0, 0.5), (-3.0, 1000.0), (3.1, 1e7)],
    "triangular": [(-1.0, 0.5, 3.0), (0.0, 0.0, 1.0), (0.0, 1.0, 1.0)],
}
COUNTS = {
    "binomial": [(10, 0.5), (10, 0.1), (1, 0.3), (100, 0.25), (100, 0.31), (1000, 0.5), (1000, 0.9), (40, 0.97),
                 (10**6, 0.3), (10**12, 0.4), (0, 0.5), (5, 0.0), (5, 1.0)],
    "negative_binomial": [(5.0, 0.5), (0.5, 0.1), (100.0, 0.01), (3.0, 1.0)],
    "poisson": [(0.0,), (0.5,), (9.999,), (10.0,), (50.0,), (1e6,), (1e15,)],
    "geometric": [(0.9,), (0.34,), (0.33,), (0.1,), (1e-5,), (1.0,)],
    "logseries": [(0.0,), (0.1,), (0.5,), (0.99,), (0.999999,)],
    "hypergeometric": [(10, 10, 5), (100, 50, 9), (100, 50, 30), (100, 50, 140), (15, 100000, 200),
                       (10**8, 10**8, 10**6), (0, 20, 5), (30, 0, 10), (500, 500, 500), (20, 3, 14)],
}  # fmt: skip


def distributions(rng):
    for turn, name in enumerate(STANDARD):
        for kind in range(5):
            for size in (MANY, None, (3, 5), 0, 1):
                for dtype in (F64, F32):
                    yield one(name, [], lambda g: np.asarray(getattr(g, name)(size, dtype), dtype), kind, 3 + turn, size, CODE[dtype])
    for kind in range(5):
        for dtype in (F64, F32):
            yield one("standard_exponential by inversion", [], lambda g: g.standard_exponential(MANY, dtype, "inv"),
                      kind, 5, MANY, CODE[dtype])  # fmt: skip
            for shape in (0.0, 0.3, 0.999, 1.0, 1.5, 30.0):
                yield one("standard_gamma", [shape], lambda g: g.standard_gamma(shape, MANY, dtype), kind, 6, MANY, CODE[dtype])
    for name, list_ in {**FLOATS, **COUNTS}.items():
        for k, parameters in enumerate(list_):
            for kind in range(5) if k < 2 else (k % 5,):
                yield one(name, list(parameters), lambda g: getattr(g, name)(*parameters, size=MANY), kind, k, MANY)
            yield one(name, list(parameters), lambda g: getattr(g, name)(*parameters), k % 5, k)
        # Parameters that are arrays.
        parameters = [np.array([p[i] for p in (list_[:2] * 2)[:2]]) for i in range(len(list_[0]))]
        if parameters:
            parameters[0] = parameters[0].reshape(2, 1)
            yield one(name, parameters, lambda g: getattr(g, name)(*parameters), 1, 11)
            yield one(name, parameters, lambda g: getattr(g, name)(*parameters, size=(300, 2, 2)), 2, 12, (300, 2, 2))
            one_array = [parameters[0], *list_[0][1:]]
            yield one(name, one_array, lambda g: getattr(g, name)(*one_array, size=(300, 2, 2)), 3, 13, (300, 2, 2))
    for mean, scale in ((1.0, 2.0), (3.0, 0.5), (1e-3, 1e3)):
        yield one("wald", [mean, scale], lambda g: wald(g, mean, scale, MANY), 0, 1, MANY)
    for a in (1.1, 1.5, 2.0, 3.0, 20.0, 2000.0):
        yield one("zipf", [a], lambda g: zipf(g, a, MANY), 0, 1, MANY)
    yield one("beta", [1e-104, 2e-104], lambda g: tiny_beta(g, 1e-104, 2e-104, MANY), 0, 1, MANY)
    for a, b in ((0.001, 0.002), (0.004, 0.0005)):
        yield one("beta", [a, b], lambda g: small_beta(g, a, b, MANY), 0, 1, MANY)
    for n, p in ((10**9, 1e-9), (10**16, 1.6e-16)):  # the two formulas give different numbers for the second
        old, new = (inversion(Generator(PCG64(1)), n, p, 20000, log) for log in (math.log(1 - p), math.log1p(-p)))
        assert np.array_equal(old, Generator(PCG64(1)).binomial(n, p, 20000)), "1.24 takes the logarithm of 1 - p"
        assert p > 1e-15 or not np.array_equal(old, new)
        yield one("binomial", [n, p], lambda g: inversion(g, n, p, 20000, math.log1p(-p)), 0, 1, 20000)
    for kind in range(5):  # so many are drawn where they are read
        for dtype in (F64, F32):
            yield one("random", [], lambda g: g.random(70001, dtype), kind, 2, 70001, CODE[dtype])
        yield one("uniform", [-1.5, 2.0], lambda g: g.uniform(-1.5, 2.0, 70001), kind, 2, 70001)
    yield one("geometric", [1e-300], lambda g: np.where(g.standard_exponential(20) > -1, 2**63 - 1, 0), 0, 1, 20)


INTEGERS = ["bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"]


def integers(rng):
    for turn, name in enumerate(INTEGERS):
        dtype = np.dtype(name)
        least, most = (0, 1) if name == "bool" else (int(np.iinfo(dtype).min), int(np.iinfo(dtype).max))
        bounds = {(0, 1), (least, most), (0, most), (0, most // 2 + 1), (0, max(1, most // 3 * 2)), (1, min(100, most))}
        for k, (low, high) in enumerate(sorted(bounds)):
            for kind in range(5) if k == 0 else ((turn + k) % 5, (turn + k + 1) % 5):
                for size in (MANY, 3, None):
                    low_, high_ = (np.uint64(x) if x >= 2**63 else x for x in (low, high))
                    if name == "uint64" and high >= 2**63:
                        low_ = np.uint64(low)
                    yield one("integers to endpoint", [low_, high_], lambda g: np.asarray(g.integers(low, high, size, dtype.type, True), dtype),
                              kind, k, size, CODE[dtype])  # fmt: skip
        yield one("integers", [0, min(most, 10)], lambda g: g.integers(0, min(most, 10), MANY, dtype.type), turn % 5, 1, MANY, CODE[dtype])
        yield one("integers below", [min(most, 99)], lambda g: g.integers(min(most, 99), None, 50, dtype.type), turn % 5, 1, 50, CODE[dtype])
        low, high = np.arange(6).reshape(2, 3).astype("int64") % 2, np.array([1, min(100, most), 1])
        if name == "uint64":
            low, high = low.astype(dtype), high.astype(dtype)
        yield one("integers to endpoint", [low, high], lambda g: g.integers(low, high, (200, 2, 3), dtype.type, True), turn % 5, 2,
                  (200, 2, 3), CODE[dtype])  # fmt: skip
    for high in (2**32, 2**32 - 1, 2**32 + 1, 3 * 2**30, 2**62 + 1):
        for kind in range(5):
            yield one("integers", [0, high], lambda g: g.integers(0, high, MANY), kind, 1, MANY, CODE[INT64])
    for length in (0, 1, 4, 11):
        yield one("bytes", [], lambda g: np.frombuffer(g.bytes(length), np.uint8), length % 5, 1, None, length)


def choices(rng):
    weights = np.arange(1, 51.0)
    weights /= weights.sum()
    table = np.arange(150).reshape(50, 3)
    for kind in range(5):
        for total, size in ((10, 10), (100, 5), (20000, 10), (20000, 1000), (20000, 399), (20000, 401), (5, 0), (7, None)):
            for shuffle in (True, False):
                yield one("choice", [total], lambda g: g.choice(total, size, False, shuffle=shuffle), kind, size or 1, size, 2 * shuffle)
            yield one("choice", [total], lambda g: g.choice(total, size), kind, size or 1, size, 3)
        for replace in (True, False):
            yield one("choice", [50, weights], lambda g: g.choice(50, 20, replace, weights), kind, 1, 20, 2 + replace)
            yield one("choice", [table, weights], lambda g: g.choice(table, (2, 5), replace, weights), kind, 1, (2, 5), 2 + replace)
            yield one("choice", [table], lambda g: g.choice(table, 4, replace, axis=1) if replace else g.choice(table, 2, replace, axis=1),
                      kind, 1, 4 if replace else 2, 4 + 2 + replace)  # fmt: skip
        for x in (np.arange(1000), np.arange(10).astype("int8"), np.linspace(0, 1, 33), np.arange(5) * 1j, np.arange(1), np.arange(0)):
            yield one("permutation", [x], lambda g: g.permutation(x), kind, 2)
            yield one("permuted", [x], lambda g: g.permuted(x), kind, 3, None, NONE)
            yield one("shuffle", [x], lambda g: shuffled(g, x, 0), kind, 4)
        yield one("permutation", [20], lambda g: g.permutation(20), kind, 2)
        for axis in (0, 1, -1):
            yield one("permutation", [table], lambda g: g.permutation(table, axis), kind, 2, None, axis)
            yield one("permuted", [table], lambda g: g.permuted(table, axis=axis), kind, 3, None, axis)
            yield one("shuffle", [table], lambda g: shuffled(g, table, axis), kind, 4, None, axis)
        yield one("permuted", [table], lambda g: g.permuted(table), kind, 5, None, NONE)


def shuffled(g, x, axis):
    x = x.copy()
    g.shuffle(x, axis=axis)
    return x


def rows(rng):
    for kind in range(5):
        for n, p in ((20, [0.2, 0.3, 0.5]), (1000, [0.1] * 10), (5, [0.0, 1.0]), (3, [1.0])):
            yield one("multinomial", [n, p], lambda g: g.multinomial(n, p, 100), kind, n, 100)
            yield one("multinomial", [n, p], lambda g: g.multinomial(n, p), kind, n)
        n, p = np.array([[10], [20]]), np.array([[0.2, 0.8], [0.5, 0.5], [0.9, 0.1]])
        yield one("multinomial", [n, p], lambda g: g.multinomial(n, p), kind, 1)
        for alpha in ([1.0, 2.0, 3.0], [0.05, 0.01, 0.02], [0.05, 0.2], [4.0]):
            yield one("dirichlet", [alpha], lambda g: g.dirichlet(alpha, (20, 5)), kind, 1, (20, 5))
            yield one("dirichlet", [alpha], lambda g: g.dirichlet(alpha), kind, 2)
        for method in ("marginals", "count"):
            for colors, n in (([10, 20, 30], 15), ([10, 20, 30], 50), ([5, 0, 100], 100), ([3], 2), ([16, 8, 4], 0)):
                yield one("multivariate_hypergeometric", [colors, n],
                          lambda g: g.multivariate_hypergeometric(colors, n, 50, method), kind, n, 50, int(method == "count"))  # fmt: skip


def one_blas_thread():
    """Whether NumPy's BLAS is OpenBLAS, and on one thread now: the number changes the bits of its results."""
    try:
        ctypes.CDLL("libopenblas.so.0").openblas_set_num_threads(1)
    except (OSError, AttributeError):
        return False
    return True


def vectors(rng):
    """Few and short ones, and Cholesky factors to 32, within some ulps: nd sums in another order. The others equal."""
    serial = one_blas_thread()
    a, b = (np.random.RandomState(3).standard_normal((k, k)) for k in (10, 50))
    for mean, cov in (([0.0, 0.0], [[1.0, 0.3], [0.3, 2.0]]), ([1.0, -2.0, 3.0], [[4.0, 1.0, 0.5], [1.0, 3.0, 0.2], [0.5, 0.2, 1.0]]),
                      ([5.0], [[4.0]]), (np.arange(10.0), a @ a.T + np.eye(10)), (np.arange(50.0), b @ b.T + np.eye(50))):  # fmt: skip
        for kind, method in enumerate(("svd", "eigh", "cholesky")):
            for size in (None, 7, (20, 5), 500) if len(mean) < 50 else (1000,):
                g = Generator(KINDS[kind](3))
                gives = g.multivariate_normal(mean, cov, size, method=method)
                raw = g.bit_generator.random_raw(2)
                shape = () if size is None else (size,) if isinstance(size, int) else size
                p = Program(f"multivariate_normal {len(mean)} {method} {size}")
                values = [p.input(np.asarray(x)) for x in (mean, cov)]
                got, after = p.step("rng.multivariate_normal", values, [kind, 3, kind, size is not None, *shape], gives=[gives, raw])
                if serial and len(mean) > (32 if method == "cholesky" else 25) and np.size(gives) > 1000:
                    p.result(got, "multivariate_normal")
                else:
                    # Eigenvectors are as exact as the gaps between the eigenvalues allow.
                    gap = np.min(np.diff(np.linalg.eigvalsh(cov)), initial=np.inf) / np.max(cov)
                    p.near(got, "multivariate_normal", gives, 1e-13 * (1 + 1 / gap) * (1 + np.abs(gives)))
                p.result(after, "draws of multivariate_normal")
                yield p


def seeds(rng):
    for entropy in ([0], [42], [2**32 - 1], [2**32], [2**63 - 1], [1, 2, 3], [2**40, 7, 8, 9, 10, 11]):
        for children in range(3):
            seed = SeedSequence(entropy if len(entropy) > 1 else entropy[0])
            for i in range(children):
                seed = seed.spawn(i + 2)[i + 1]
            for wide in (False, True):
                p = Program(f"SeedSequence {entropy} {children} {wide}")
                gives = [seed.generate_state(9, np.uint64 if wide else np.uint32)]
                yield finish(p, "SeedSequence", [], [wide, 9, children, *entropy], gives, ["SeedSequence"])
    for digits in (1, 8, 9, 32, 33, 100):
        p = Program(f"SeedSequence of {digits} digits")
        gives = [SeedSequence(16**digits - 1).generate_state(8)]
        yield finish(p, "SeedSequence of a long integer", [], [digits], gives, ["SeedSequence"])
    for kind, make in enumerate(KINDS):
        for first in (0, 1, 5, 700):
            rng = Generator(make(1))
            rng.random(first, F32)
            if make is not SFC64:
                for jumps in (0, 1, 3):
                    p = Program(f"jumped {make.__name__} {first} {jumps}", eager=True)
                    gives = [rng.bit_generator.jumped(jumps).random_raw(10)]
                    yield finish(p, "jumped", [], [kind, 1, first, jumps], gives, ["jumped"])
            if make not in (SFC64, MT19937):
                for delta in (0, 1, 12345678901, -3):
                    rng = Generator(make(1))
                    rng.random(first, F32)
                    rng.bit_generator.advance(delta)
                    p = Program(f"advance {make.__name__} {first} {delta}", eager=True)
                    gives = [rng.random(5, F32), rng.bit_generator.random_raw(10)]
                    yield finish(p, "advance", [], [kind, 1, first, delta], gives, ["advance"] * 2)
            rng = Generator(make(1))
            rng.random(first, F32)
            p = Program(f"state {make.__name__} {first}", eager=True)
            yield finish(p, "state", [], [kind, 1, first, 3], [rng.random(20, F32), rng.random(3)], ["state"] * 2)
        seed = SeedSequence(9)
        seed.spawn(2)
        for child, sequence in enumerate(seed.spawn(3)):
            p = Program(f"spawn {make.__name__} {child}")
            yield finish(p, "rng.spawn", [], [kind, 9, child], [Generator(make(sequence)).random(5)], ["spawn"])


def legacy(rng):
    weights = np.arange(1, 51.0)
    weights /= weights.sum()
    table = np.arange(40).reshape(20, 2)
    steps = {
        "rand": ([], lambda r: r.rand(100), (100,)),
        "randn": ([], lambda r: r.randn(3, 33), (3, 33)),
        "randint": ([0, 10], lambda r: r.randint(0, 10, 500), (500,)),
        "randint of int16": ([-5, 300], lambda r: r.randint(-5, 300, 500, dtype=np.int16), (500,)),
        "choice": ([50], lambda r: r.choice(50, (4, 5)), (4, 5)),
        "choice without": ([50], lambda r: r.choice(50, 20, False), (20,)),
        "choice by": ([50, weights], lambda r: r.choice(50, 200, True, weights), (200,)),
        "choice by without": ([np.arange(50.0), weights], lambda r: r.choice(np.arange(50.0), 20, False, weights), (20,)),
        "permutation": ([table], lambda r: r.permutation(table), ()),
    }
    for name, (arguments, draw, size) in steps.items():
        for seed in (0, 42, 2**32 - 1, [1, 2, 3], [7]):
            r = RandomState(seed)
            gives = [np.asarray(draw(r)), r.randn(3), r.rand(2)]
            p = Program(f"legacy {name} {seed}", eager=True)
            start = [0, len(seed), *seed] if isinstance(seed, list) else [seed, -1]
            yield finish(p, "legacy." + name, arguments, [*start, *size], gives, [name, "randn", "rand"])
    for high in (2**32, 2**32 - 1, 2**40, 1):
        r = RandomState(5)
        gives = [r.randint(0, high, 300), r.randn(3), r.rand(2)]
        p = Program(f"legacy randint {high}", eager=True)
        yield finish(p, "legacy.randint", [0, high], [5, -1, 300], gives, ["randint", "randn", "rand"])
    for x in (np.arange(100), np.linspace(0, 1, 7), table):
        r = RandomState(5)
        y = x.copy()
        r.shuffle(y)
        p = Program(f"legacy shuffle {x.shape}", eager=True)
        yield finish(p, "legacy.shuffle", [x], [5, -1], [y, r.randn(3), r.rand(2)], ["shuffle", "randn", "rand"])


def refused(p, out, kind="value"):
    for value in out:
        p.result(value, "refusals")
    return p.fails(kind)


def refusals(rng):
    """Parameters outside the domain."""
    wrong = {
        "normal": [(0.0, -1.0)], "gamma": [(-1.0, 1.0), (1.0, -0.0)], "beta": [(0.0, 1.0), (1.0, -1.0)],
        "uniform": [(1.0, 0.0), (-1e308, 1e308), (0.0, math.inf)], "chisquare": [(0.0,)], "wald": [(0.0, 1.0)],
        "triangular": [(0.0, 2.0, 1.0), (1.0, 1.0, 1.0)], "binomial": [(-1, 0.5), (5, 1.5), (5, math.nan)],
        "poisson": [(-1.0,), (1e300,), (math.nan,)], "geometric": [(0.0,), (1.5,)], "logseries": [(1.0,)],
        "zipf": [(1.0,), (math.nan,)], "hypergeometric": [(5, 5, 11), (-1, 5, 3), (10**9, 5, 3)],
        "negative_binomial": [(0.0, 0.5), (1.0, 0.0), (1e30, 1e-10)],
    }  # fmt: skip
    for name, list_ in wrong.items():
        for parameters in list_:
            p = Program(f"{name}{parameters} is refused")
            out = p.step("rng." + name, list(parameters), [0, 1, 0, 1, 5], gives=[0, 0])
            yield refused(p, out)
    for low, high, dtype in ((5, 5, "int64"), (5, 3, "int64"), (0, 257, "uint8"), (-1, 5, "uint8"), (-129, 0, "int8")):
        p = Program(f"integers({low}, {high}, {dtype}) are refused")
        out = p.step("rng.integers", [low, high], [0, 1, CODE[np.dtype(dtype)], 1, 5], gives=[0, 0])
        yield refused(p, out)
    for arguments, bits in (([10], 2), ([10, np.full(10, 0.2)], 3), ([10, np.full(9, 1 / 9)], 3), ([10, np.eye(10)[0]], 2)):
        p = Program(f"choice of {len(arguments)} {bits} is refused")
        values = [p.input(a) if isinstance(a, np.ndarray) else a for a in arguments]
        out = p.step("rng.choice", values, [0, 1, bits, 1, 11], gives=[0, 0])
        yield refused(p, out)
    p = Program("parameters that do not broadcast")
    values = [p.input(np.zeros(3)), p.input(np.ones(2))]
    out = p.step("rng.normal", values, [0, 1, 0, 0], gives=[0, 0])
    yield refused(p, out, "shape")


def programs(rows_, rng):
    for part in (distributions, integers, choices, rows, vectors, seeds, legacy, refusals):
        yield from part(rng)
