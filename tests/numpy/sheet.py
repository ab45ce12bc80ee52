#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The sheet frontend/NUMPY.md stays true: the C++ cells are compiled and run, the Python cells are run, and what they
give is compared.

    sheet.py --sheet NUMPY.md --emit sheet.cpp
    sheet.py --sheet NUMPY.md --program sheet-driver
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HEAD = """// Generated from frontend/NUMPY.md.
#include <complex>
#include <fstream>
#include <functional>
#include <iostream>
#include <sstream>

%s

namespace {
[[maybe_unused]] std::string contents(const char *path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}
[[maybe_unused]] void write(const char *path, const char *text) { std::ofstream(path) << text; }

// What a cell gives, saved as arrays, or as text.
int part = 0;
void save(int row, const nd::array &x) {
  nd::save(std::to_string(row) + "-" + std::to_string(part++) + ".npy", x);
}
void save(int row, const std::vector<nd::array> &list) {
  for (const nd::array &x : list)
    save(row, x);
}
void save(int row, const nd::shape &s) { save(row, nd::array(std::vector<int64_t>(s))); }
void save(int row, const std::string &text) { std::ofstream(std::to_string(row) + ".txt") << text; }
void save(int row, const std::vector<std::string> &list) {
  std::string text;
  for (const std::string &s : list)
    text += s + " ";
  save(row, text);
}
template <class T>
requires std::is_arithmetic_v<T> void save(int row, T number) { save(row, nd::array(number)); }
template <class T>
requires std::is_class_v<T> && (!requires(T x) { nd::array(x); }) void save(int row, T parts) {
  std::apply([&](const auto &...p) { (save(row, p), ...); }, nd::detail::fields(parts));
}
} // namespace

int main() {
"""


def blocks(text):
    """The two blocks that set up, then the rows: section, Python, C++."""
    setup = dict(re.findall(r"```(python|cpp)\n(.*?)```", text, re.DOTALL))
    rows, section = [], ""
    for line in text.splitlines():
        if line.startswith("## "):
            section = line[3:]
        cells = re.fullmatch(r"\| `(.*?)` \| `(.*?)` \|", line)
        if cells:
            rows.append((section, cells[1], cells[2]))
        elif line.startswith("| ") and line != "| NumPy | nd |":
            raise SystemExit(f"this row is not two cells of code: {line}")
    return setup, rows


def statements(cell):
    """The statements before the last expression, and that; a semicolon within brackets or quotes divides nothing."""
    parts, depth, quote = [""], 0, ""
    for c in cell:
        if quote:
            quote = "" if c == quote else quote
        elif c in "\"'":
            quote = c
        else:
            depth += (c in "([{") - (c in ")]}")
        if c == ";" and not depth and not quote:
            parts.append("")
        else:
            parts[-1] += c
    return [p.strip() for p in parts[:-1]], parts[-1].strip()


def emit(setup, rows):
    lines = setup["cpp"].splitlines()
    includes = "\n".join(line for line in lines if line.startswith(("#", "using")))
    variables = "".join("    " + line + "\n" for line in lines if line and not line.startswith(("#", "using")))
    out = HEAD % includes
    for i, (_, _, cell) in enumerate(rows):
        before, last = statements(cell)
        out += "  try {\n" + re.sub(r"nd::array (\w+)", r"[[maybe_unused]] nd::array \1", variables)
        out += "".join(f"    {s};\n" for s in before) + f"    part = 0;\n    save({i}, {last});\n"
        out += f'  }} catch (const std::exception &e) {{\n    std::ofstream("{i}.error") << e.what();\n  }}\n'
    return out + "}\n"


def values(result, np):
    """What a Python cell gives, as the C++ side saves it."""
    if isinstance(result, str):
        return result
    if isinstance(result, list) and result and isinstance(result[0], str):
        return "".join(s + " " for s in result)
    if isinstance(result, (tuple, list)):
        if all(isinstance(r, int) for r in result):
            return [np.array(result)]
        return [np.asarray(r) for r in result]
    return [np.asarray(result)]


def compare(setup, rows, program):
    import numpy as np

    if hasattr(np, "_set_promotion_state") and np.lib.NumpyVersion(np.__version__) < "2.0.0":
        np._set_promotion_state("weak")
    mismatches = 0

    def wrong(row, why):
        nonlocal mismatches
        mismatches += 1
        print(f"{row[0]}: {row[1]} | {row[2]}: {why}")

    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([os.path.abspath(program)], cwd=folder, check=True)
        theirs = os.path.join(folder, "python")
        os.mkdir(theirs)
        os.chdir(theirs)
        for i, row in enumerate(rows):
            scope = {}
            exec(setup["python"], scope)
            before, last = statements(row[1])
            for s in before:
                exec(s, scope)
            wanted = values(eval(last, scope), np)
            base = pathlib.Path(folder)
            if (base / f"{i}.error").exists():
                wrong(row, (base / f"{i}.error").read_text())
            elif isinstance(wanted, str):
                got = (base / f"{i}.txt").read_text()
                if got != wanted:
                    wrong(row, f"{got!r}, wanted {wanted!r}")
            else:
                files = sorted(base.glob(f"{i}-*.npy"), key=lambda f: int(f.stem.split("-")[1]))
                got = [np.load(f) for f in files]
                if len(got) != len(wanted):
                    wrong(row, f"{len(got)} arrays, wanted {len(wanted)}")
                for a, b in zip(got, wanted):
                    if a.dtype != b.dtype or a.shape != b.shape or not np.allclose(a, b, 1e-14, 1e-14, True):
                        wrong(row, f"{a.dtype}{a.shape} {a.tolist()}, wanted {b.dtype}{b.shape} {b.tolist()}")
        os.chdir("/")
    print(f"{len(rows)} rows, {mismatches} mismatches")
    return 1 if mismatches or not rows else 0


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--sheet", required=True)
    arguments.add_argument("--emit")
    arguments.add_argument("--program")
    options = arguments.parse_args()
    setup, rows = blocks(pathlib.Path(options.sheet).read_text())
    if options.emit:
        pathlib.Path(options.emit).write_text(emit(setup, rows))
        return 0
    return compare(setup, rows, options.program)


if __name__ == "__main__":
    sys.exit(main())
