# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""numpy_bench.py OUT.json: NumPy on what throughput.cpp, ordering.cpp and start.cpp measure, under the same names."""
import json
import statistics
import subprocess
import sys
import time

import numpy as np


def filled(*shape, dtype=np.float64):
    return np.linspace(-1, 1, int(np.prod(shape))).reshape(shape).astype(dtype)


def add_multiply(a, b, c):
    return (a + b) * c


def norm(a, b, c):
    return np.sqrt(a * a + b * b) + c


def softmax(x):
    e = np.exp(x - x.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def layer_norm(x):
    return (x - x.mean(1, keepdims=True)) / np.sqrt(x.var(1, keepdims=True) + 1e-5)


def standardise(x):
    return (x - x.mean(0)) / x.std(0)


def start():
    program = "import numpy as np; print((np.arange(8.0) + np.ones(8)) * np.full(8, 0.5))"
    subprocess.run([sys.executable, "-c", program], check=True, stdout=subprocess.DEVNULL)


def seconds(function, arguments):
    """Median seconds a call of five runs, each long enough to measure."""
    calls = 1
    while True:
        began = time.perf_counter()
        for _ in range(calls):
            result = function(*arguments)
        took = time.perf_counter() - began
        if took > 0.1:
            break
        calls = max(2 * calls, int(0.15 * calls / max(took, 1e-9)))
    runs = []
    for _ in range(5):
        began = time.perf_counter()
        for _ in range(calls):
            result = function(*arguments)  # as in a program: the last result is still alive
        runs.append((time.perf_counter() - began) / calls)
    return statistics.median(runs)


def cases():
    yield "start", start, ()
    yield "call", add_multiply, (filled(8), filled(8), filled(8))
    for n in (1_000, 100_000, 10_000_000):
        yield f"norm/{n}", norm, (filled(n), filled(n), filled(n))
    yield "softmax/float32", softmax, (filled(4096, 1024, dtype=np.float32),)
    for function in (layer_norm, standardise):
        for dtype in (np.float32, np.float64):
            yield f"{function.__name__}/{dtype.__name__}", function, (filled(4096, 1024, dtype=dtype),)


    yield from ordering()


def drawn(dtype, seed=0):
    return (np.random.default_rng(seed).standard_normal(1_000_000) * 1e6).astype(dtype)


def ordering():
    for dtype in (np.float64, np.float32, np.int32):
        yield f"sort/{dtype.__name__}", np.sort, (drawn(dtype),)
    yield "argsort/float64", np.argsort, (drawn(np.float64),)
    yield "partition", np.partition, (drawn(np.float64), 500_000)
    yield "median", np.median, (drawn(np.float64),)
    yield "unique", np.unique, (drawn(np.float64),)
    yield "searchsorted", np.searchsorted, (np.sort(drawn(np.float64, 1)), drawn(np.float64))


def measure(cases):
    """Writes what the cases take to the file that the command line names."""
    rows = []
    for name, function, arguments in cases:
        took = seconds(function, arguments)
        rows.append({"name": name, "seconds": took})
        print(f"{name}: {took:.3g} s", flush=True)
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        json.dump({"numpy": np.__version__, "rows": rows}, out)


if __name__ == "__main__":
    measure(cases())
