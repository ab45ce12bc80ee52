#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Prints the public names and how many comparisons with NumPy each has had; one without any is a failure.

    names.py --counts FOLDER TEST...

names.txt lists the names. Those in names_not_yet.txt are still missing: one that has comparisons has to leave that
list.
"""

import argparse
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))

import counts  # noqa: E402


def lines(name):
    text = (pathlib.Path(__file__).parent / name).read_text()
    return [line.split("#")[0].strip() for line in text.splitlines() if line.split("#")[0].strip()]


def names():
    """(section, name, steps that compare it) of names.txt."""
    section = ""
    for line in lines("names.txt"):
        if line.endswith(":"):
            section = line[:-1]
            continue
        for word in line.split():
            name, _, steps = word.partition(":")
            yield section, name, steps.split(",") if steps else [name]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--counts", required=True, help="the folder where the tests have left theirs")
    arguments.add_argument("tests", nargs="+")
    options = arguments.parse_args()
    compared = counts.read(options.counts, options.tests)
    not_yet = {word for line in lines("names_not_yet.txt") for word in line.split()}
    failures, known, done, last = [], set(), 0, ""
    for section, name, steps in names():
        if section != last:
            print(f"{section}:")
            last = section
        count = sum(compared.get(step, 0) for step in steps)
        known.add(name)
        done += count > 0
        print(f"  {name:24}{count:8}{'  not yet' if name in not_yet else ''}")
        if count and name in not_yet:
            failures.append(f"{name} has {count} comparisons: take it off names_not_yet.txt")
        elif not count and name not in not_yet:
            failures.append(f"{name} has no comparison (steps {', '.join(steps)})")
    failures += [f"names_not_yet.txt lists {name}, which names.txt does not" for name in sorted(not_yet - known)]
    for failure in failures:
        print(failure)
    print(f"{done} of {len(known)} names compared, {sum(compared.values())} step comparisons, {len(not_yet)} not yet")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
