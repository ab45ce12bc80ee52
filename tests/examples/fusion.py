# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# What NumPy takes for the expression of fusion.cpp: one line, milliseconds, the median of several calls.
import statistics
import time

import numpy as np

n = 10_000_000
a, b, c = np.linspace(0, 3, n), np.linspace(0, 4, n), np.linspace(1, 2, n)
times = []
for _ in range(9):
    start = time.perf_counter()
    result = np.sqrt(a * a + b * b) + c
    times.append(1e3 * (time.perf_counter() - start))
print(f"NumPy {np.__version__}={statistics.median(times):.2f}")
