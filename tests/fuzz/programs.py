#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Random programs: lazily, compiled, step by step, on other sizes, threads, CPUs and stages, and in NumPy.

    programs.py --driver fuzz-driver --stages fuzz-stages --rows cases.tsv [--facts facts.tsv] [--seed S]
                [--minutes M] [--programs N] [--failures FOLDER] [--keep-going] [--this-cpu] [--plant] [--emit FILE]

--plant has the driver make a mistake that must be found and shrunk; --emit only writes programs as C++.
"""

import argparse
import pathlib
import sys
import time
import traceback

sys.dont_write_bytecode = True
here = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(here), str(here.parent / "numpy")]

import core  # noqa: E402, F401
import pointwise  # noqa: E402
from check import Checker  # noqa: E402
from generate import Generator  # noqa: E402
from kinds import kinds  # noqa: E402
from processes import CPUS  # noqa: E402
from program import cpp_text, function_text  # noqa: E402
from shrink import shrink  # noqa: E402


def draw(seed, table):
    """The program of a seed; a seed whose program NumPy does not define gives none."""
    return Generator(seed, table).program()


def emit(path, seed, count, table):
    """The first programs as C++, each run both ways."""
    functions, calls = [], []
    while len(functions) < count:
        p = draw(seed, table)
        seed += 1
        if p is None or not p.steps:
            continue
        name = f"program_{len(functions)}"
        functions.append(function_text(p, name))
        calls.append(f"  (void){name};")
    lines = ["// Programs drawn at random, written as C++ by programs.py.", "#include <nd/nd.h>", "#include <cmath>", "#include <complex>",
             "#include <cstdint>", "", "int main() {", *functions, *calls, "}"]  # fmt: skip
    pathlib.Path(path).write_text("\n".join(lines) + "\n")


def report(program, failure, checker, folder, seed):
    print(f"FAILED with --seed {seed} --programs 1 ({len(program.steps)} steps)\n  {failure}", flush=True)
    small, how = shrink(program, failure, checker)
    variant = min(how.variant, len(small.variants) - 1)
    text = cpp_text(small, variant, f"{how}\nFound with --seed {seed} --programs 1")
    print(f"shrunk to {len(small.steps)} steps: {how}\n{text}", flush=True)
    if folder:
        folder = pathlib.Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{seed}.cpp").write_text(text)
    return small


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--driver", required=True)
    arguments.add_argument("--stages")
    arguments.add_argument("--rows", required=True)
    arguments.add_argument("--facts")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--minutes", type=float)
    arguments.add_argument("--programs", type=int)
    arguments.add_argument("--this-cpu", action="store_true", help="for no other CPU: three times as many programs")
    arguments.add_argument("--failures", help="a folder for what fails, as C++")
    arguments.add_argument("--keep-going", action="store_true")
    arguments.add_argument("--plant", action="store_true")
    arguments.add_argument("--emit", help="a file for the first programs as C++")
    options = arguments.parse_args()
    table = kinds(pointwise.read_rows(options.rows))
    if options.emit:
        emit(options.emit, options.seed, options.programs or 20, table)
        return 0

    cpus = CPUS[:1] if options.plant or options.this_cpu else CPUS
    checker = Checker(options.driver, None if options.plant else options.stages, options.plant, cpus)
    end = time.monotonic() + 60 * options.minutes if options.minutes else None
    started, said, failed, count, steps = time.monotonic(), time.monotonic(), 0, 0, 0
    seed = options.seed - 1
    running = None

    def finish(item):
        nonlocal failed
        if item is None:
            return
        program, of = item
        failure = checker.finish(program)
        if failure:
            failed += 1
            small = report(program, failure, checker, options.failures, of)
            if options.plant:
                return small

    while not (end and time.monotonic() > end) and not (options.programs and count >= options.programs):
        seed += 1
        try:
            program = draw(seed, table)
        except Exception:
            print(f"drawing the program of seed {seed} failed")
            traceback.print_exc()
            return 2
        if program is None or not program.steps:
            if options.programs and options.programs == 1:
                print(f"NumPy does not define the program of seed {seed}")
                return 0
            continue
        small = finish(running)
        if small is not None:
            # The fault is in a compiled `maximum`: little else may be left.
            good = len(small.steps) <= 2 and any(s.name == "maximum" for s in small.steps)
            print("the planted fault was found" + ("" if good else ", but the program did not shrink to it"))
            checker.stop()
            return 0 if good else 1
        running = None
        if failed and not options.keep_going:
            break
        checker.start(program, turn=seed)
        running = (program, seed)
        count += 1
        steps += len(program.steps)
        if time.monotonic() - said > 30:
            said = time.monotonic()
            print(f"[{said - started:.0f} s] {count} programs, {steps} steps, {failed} failed; next seed {seed + 1}", flush=True)
    finish(running)
    checker.stop()
    print(f"{count} programs of {steps} steps, {checker.variants} sizes, {checker.compared} values compared with NumPy, "
          f"{checker.undefined} undefined there, {checker.raised} refused by both, {checker.roads} roads through all stages; "
          f"{failed} failed; {time.monotonic() - started:.0f} s; next seed {seed + 1}")  # fmt: skip
    if options.facts and checker.rows:
        known = {line.split("\t")[0] for line in open(options.facts)}
        print(f"rows drawn: {len(known & checker.rows)} of {len(known)}; not drawn: {' '.join(sorted(known - checker.rows))}")
    if options.plant:
        print("the planted fault was not found")
        return 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
