# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""astype, every dtype to every dtype."""

import numpy as np

from core import BOOL, DTYPES, LAYOUTS, Program, complex_of, numbers, real_of

SHAPES = [(), (0,), (17,), (100,), (4, 5), (2, 3, 17)]


def convertible(rng, source, target, shape):
    """Data whose conversion C and NumPy define: floats must fit the integer they become."""
    if source.kind == "c" and target.kind in "iu":
        return complex_of(*(convertible(rng, real_of(source), target, shape) for _ in range(2)))
    data = numbers(rng, source, shape)
    if source.kind != "f" or target.kind not in "iu":
        return data
    info = np.iinfo(target)
    high = min(float(info.max), 2.0 ** (info.bits - 1 - (target.kind == "i"))) * 0.99
    high = min(high, float(np.finfo(source).max))
    low = -high if target.kind == "i" else 0.0
    data = np.where(np.isfinite(data), data, source.type(3.7))
    return np.clip(data * rng.choice([1, 100, 1e6, 1e12], shape), low, high).astype(source)


def programs(rows, rng):
    turn = 0
    for source in DTYPES:
        for target in DTYPES:
            for shape in SHAPES:
                turn += 1
                layout = LAYOUTS[turn % 5]
                data = convertible(rng, source, target, shape)
                p = Program(f"{source}{shape} {layout} to {target}")
                (a,) = p.views((data, layout))
                p.result(p.astype(a, target), "astype")
                yield p
        # There and back in one kernel: each step rounds, wraps or truncates.
        for middle in (BOOL, np.dtype("int8"), np.dtype("uint16"), np.dtype("float32"), np.dtype("float16"), np.dtype("complex64")):
            data = numbers(rng, source, (33,), "small")
            if source.kind in "fc" and middle.kind == "u":
                data = abs(data).astype(source)
            p = Program(f"{source} by {middle} to float64")
            p.result(p.astype(p.astype(p.input(data), middle), np.float64), "astype twice")
            yield p
