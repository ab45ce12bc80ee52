# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""numpy_transforms.py [OUT.json]: NumPy on what transforms.cpp measures, under the same names."""
import json
import sys

import numpy as np
from numpy_updates import seconds


def waves(*shape, dtype=np.complex128):
    return np.sin(np.arange(float(np.prod(shape))) * 0.7).reshape(shape).astype(dtype)


def cases():
    for n in (1 << 10, 1000, 1009, 1 << 20, 1_000_003):
        yield f"fft/{n}", np.fft.fft, waves(n)
    for n in (1 << 10, 1 << 20, 19_683):
        yield f"rfft/{n}", np.fft.rfft, waves(n, dtype=np.float64)
    yield "irfft/19683", lambda x: np.fft.irfft(x, 19_683), waves(19_683 // 2 + 1)
    yield "fft_rows/16", np.fft.fft, waves(10_000, 16)
    yield "fft2/1024", np.fft.fft2, waves(1024, 1024)
    yield "fft2_mixed", np.fft.fft2, waves(1000, 1001)


def main():
    rows = []
    for name, function, x in cases():
        took = seconds(function, (x,))
        rows.append({"name": name, "seconds": took})
        print(f"{name}: {1e3 * took:.3g} ms", flush=True)
    if len(sys.argv) > 1:
        with open(sys.argv[1], "w", encoding="utf-8") as out:
            json.dump({"numpy": np.__version__, "rows": rows}, out)


main()
