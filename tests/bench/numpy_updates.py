# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""numpy_updates.py [OUT.json]: NumPy on what updates.cpp measures, under the same names; a time for each
benchmark (of 1000 rows, or of one call) and the bytes per second that updates.cpp counts."""
import json
import statistics
import sys
import time

import numpy as np

ROWS, COLUMNS, UPDATES, MILLION = 5000, 2500, 1000, 1_000_000


def each_row(update):
    def run(a, row):
        for i in range(UPDATES):
            update(a, row, i * 7 % ROWS)
    return run


def set_row(a, row, i):
    a[i] = row


def add_row(a, row, i):
    a[i] += row


def set_one_row(a, row, _):
    a[1234] = row


def add_to_one_row(a, row, _):
    a[1234] += row


def set_masked(a, mask):
    a[mask] = 0


def add_at_indices(a, indices):
    a[indices] += 1


def masked_sum(x, mask):
    return x[mask].sum()


def masked(x, mask):
    return x[mask]


def cases():
    """Names, functions, their arguments, and the bytes that have to move."""
    matrix = np.zeros((ROWS, COLUMNS)), np.linspace(0, 1, COLUMNS)
    row = UPDATES * matrix[1].nbytes
    yield "set_row", each_row(set_row), matrix, 2 * row
    yield "add_row", each_row(add_row), matrix, 3 * row
    yield "jit_set_row", each_row(set_one_row), matrix, 2 * row
    yield "jit_add_row", each_row(add_to_one_row), matrix, 3 * row
    yield "jit_set_row_at", each_row(set_row), matrix, 2 * row
    yield "jit_add_to_view", each_row(add_row), matrix, 3 * row
    a, mask = np.linspace(-1, 1, MILLION), np.arange(MILLION) % 3 == 0
    yield "set_masked", set_masked, (a, mask), mask.nbytes + a.nbytes // 3
    a, indices = np.zeros(MILLION), np.arange(MILLION) * 7919 % MILLION
    yield "add_at_indices", add_at_indices, (a, indices), indices.nbytes + 2 * a.nbytes
    x, mask = np.linspace(-1, 1, 10 * MILLION), np.arange(10 * MILLION) % 3 == 0
    yield "masked_sum", masked_sum, (x, mask), x.nbytes + mask.nbytes
    yield "masked", masked, (x, mask), x.nbytes + x.nbytes // 3 + mask.nbytes


def seconds(function, arguments):
    """Median seconds a call of five runs of a tenth of a second."""
    result = function(*arguments)
    runs = []
    for _ in range(5):
        calls, began = 0, time.perf_counter()
        while time.perf_counter() - began < 0.1:
            result = function(*arguments)  # as in a program: the last result is still alive
            calls += 1
        runs.append((time.perf_counter() - began) / calls)
    del result
    return statistics.median(runs)


def main():
    rows = []
    for name, function, arguments, moved in cases():
        took = seconds(function, arguments)
        rows.append({"name": name, "seconds": took})
        print(f"{name}: {1e3 * took:.3g} ms, {1e-9 * moved / took:.1f} GB/s", flush=True)
    if len(sys.argv) > 1:
        with open(sys.argv[1], "w", encoding="utf-8") as out:
            json.dump({"numpy": np.__version__, "rows": rows}, out)


if __name__ == "__main__":
    main()
