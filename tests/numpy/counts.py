# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""How many comparisons each name has: a file of lines "name<TAB>count" for each test, which names.py adds up."""

import pathlib


def write(path, counts):
    if path:
        pathlib.Path(path).parent.mkdir(parents=True, exist_ok=True)
        pathlib.Path(path).write_text("".join(f"{name}\t{count}\n" for name, count in sorted(counts.items())))


def read(folder, tests):
    """The sum over tests; a test without a file has failed or never run."""
    total = {}
    for test in tests:
        file = pathlib.Path(folder) / f"{test}.tsv"
        if not file.exists():
            raise SystemExit(f"{test} has left no counts in {folder}: run it first, and see that it passes")
        for line in file.read_text().splitlines():
            name, count = line.split("\t")
            total[name] = total.get(name, 0) + int(count)
    return total
