# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""numpy_random.py OUT.json: NumPy on what random.cpp measures, under the same names."""
import numpy as np
from numpy_bench import measure

MANY = 10_000_000


def noisy_mean(generator, dtype):
    noise = generator.random(MANY, dtype)
    return (dtype(0) + dtype(0.1) * noise).mean()


def cases():
    rng = np.random.default_rng(1)
    for dtype in (np.float64, np.float32):
        yield f"random/{dtype.__name__}", rng.random, (MANY, dtype)
        yield f"standard_normal/{dtype.__name__}", rng.standard_normal, (MANY, dtype)
        yield f"noisy_mean/{dtype.__name__}", noisy_mean, (np.random.Generator(np.random.Philox(1)), dtype)
    yield "integers", rng.integers, (0, 1000, MANY)
    yield "standard_exponential", rng.standard_exponential, (MANY,)
    yield "standard_gamma", rng.standard_gamma, (2.5, MANY)
    yield "poisson", rng.poisson, (20, MANY)
    yield "permutation", rng.permutation, (1_000_000,)


measure(cases())
