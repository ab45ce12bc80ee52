#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares a family of functions with NumPy: makes its programs and pipes them to the driver.

    compare.py --driver numpy-driver --rows cases.tsv [--seed N] [--only TEXT] [--without TEXT]
               [--counts FILE] FAMILY
"""

import argparse
import importlib
import pathlib
import subprocess
import sys

import numpy as np

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))

import counts  # noqa: E402
import pointwise  # noqa: E402


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--driver", required=True)
    arguments.add_argument("--rows", required=True)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--only", help="programs whose label contains this")
    arguments.add_argument("--without", help="no programs whose label contains this")
    arguments.add_argument("--counts", help="a file for the number of comparisons of each name")
    arguments.add_argument("family")
    options = arguments.parse_args()

    rows = pointwise.read_rows(options.rows)
    rng = np.random.Generator(np.random.PCG64(options.seed))
    programs = importlib.import_module("families." + options.family).programs(rows, rng)
    driver = subprocess.Popen([options.driver], stdin=subprocess.PIPE)
    compared = {}
    try:
        for program in programs:
            if options.only and options.only not in program.label:
                continue
            if options.without and options.without in program.label:
                continue
            program.write(driver.stdin)
            for name in {step[0] for step in program.steps}:
                compared[name] = compared.get(name, 0) + (len(program.results) or 1)
        driver.stdin.write(b"\0")
        driver.stdin.close()
    except BrokenPipeError:
        pass  # the driver says why
    status = driver.wait()
    if status == 0:
        counts.write(options.counts, compared)
    if status < 0:
        print(f"the driver died of signal {-status}")
    return status if status >= 0 else 1


if __name__ == "__main__":
    sys.exit(main())
