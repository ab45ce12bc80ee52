# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""report.py [--markdown] RESULTS [PAGE.html]: one table, and a page, from the files that tools/bench left.

RESULTS holds WHO-ROUND.json or WHO-ROUND-WHAT.json with WHO one of nd, nd1 (one thread), fftw and eigen (one thread),
limit (Google Benchmark's format), numpy and kept (NumPy with memory kept; numpy_bench.py's format). A figure is the median
over the rounds.
"""
import glob
import html
import json
import os
import re
import statistics
import sys

UNITS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0}
SECTIONS = [
    ("From source to first result", [
        ("compile/3", "new expression, 3 ops: first call"),
        ("compile/20", "new expression, 20 ops: first call"),
        ("compile/100", "new expression, 100 ops: first call"),
        ("compile_softmax", "new softmax: first call"),
        ("start", "process: start, first result, end"),
    ]),
    ("Calls", [
        ("call", "(a + b) * c, 8 float64, compiled"),
        ("lazy", "(a + b) * c, 8 float64, recorded each time"),
        ("norm/1000", "sqrt(a*a + b*b) + c, 1e3 float64"),
        ("norm/100000", "sqrt(a*a + b*b) + c, 1e5 float64"),
        ("norm/10000000", "sqrt(a*a + b*b) + c, 1e7 float64"),
        ("softmax/float32", "softmax over rows, 4096 x 1024 float32"),
        ("layer_norm/float32", "layer norm over rows, 4096 x 1024 float32"),
        ("layer_norm/float64", "layer norm over rows, 4096 x 1024 float64"),
        ("standardise/float32", "standardise columns, 4096 x 1024 float32"),
        ("standardise/float64", "standardise columns, 4096 x 1024 float64"),
    ]),
    ("Linear algebra", [
        ("mlp/float32", "max(x @ w1 + b1, 0) @ w2 + b2, 256 x 784 x 512 x 10 float32"),
        ("mlp/float64", "the same in float64"),
        ("epilogue/float32", "max(x @ w + b, 0), 4096 x 64 x 1024 float32"),
        ("epilogue/float64", "the same in float64"),
        ("matmul", "a @ b, 1024 x 1024 float64"),
        ("matmul_batched/4", "a @ b, 12500 matrices 4 x 4 float64"),
        ("matmul_batched/16", "a @ b, 781 matrices 16 x 16 float64"),
        ("matmul_batched/32", "a @ b, 195 matrices 32 x 32 float64"),
        ("gram", "a.T @ a, 2000 x 300 float64"),
        ("solve_batched/3", "solve, 22222 matrices 3 x 3 float64"),
        ("solve_batched/8", "solve, 3125 matrices 8 x 8 float64"),
        ("solve_batched/16", "solve, 781 matrices 16 x 16 float64"),
        ("solve_batched/32", "solve, 195 matrices 32 x 32 float64"),
        ("solve", "solve, 500 x 500 float64"),
        ("inv_batched/4", "inv, 12500 matrices 4 x 4 float64"),
        ("inv_batched/16", "inv, 781 matrices 16 x 16 float64"),
        ("inv", "inv, 500 x 500 float64"),
        ("cholesky_batched/8", "cholesky, 3125 matrices 8 x 8 float64"),
        ("cholesky_batched/32", "cholesky, 195 matrices 32 x 32 float64"),
        ("cholesky", "cholesky, 500 x 500 float64"),
        ("eigh", "eigvalsh, 300 x 300 float64"),
        ("eigh_batched/3", "eigh, 22222 matrices 3 x 3 float64"),
        ("eigh_batched/8", "eigh, 3125 matrices 8 x 8 float64"),
        ("eigh_batched/32", "eigh, 195 matrices 32 x 32 float64"),
        ("qr_batched/3", "qr, 22222 matrices 3 x 3 float64"),
        ("qr_batched/8", "qr, 3125 matrices 8 x 8 float64"),
        ("qr_batched/32", "qr, 195 matrices 32 x 32 float64"),
        ("svd_batched/3", "svd, 22222 matrices 3 x 3 float64"),
        ("svd_batched/8", "svd, 3125 matrices 8 x 8 float64"),
        ("svd_batched/32", "svd, 195 matrices 32 x 32 float64"),
        ("svd", "svd, 300 x 200 float64"),
        ("eig_batched/3", "eig, 22222 matrices 3 x 3 float64"),
        ("eig_batched/8", "eig, 3125 matrices 8 x 8 float64"),
        ("eig_batched/32", "eig, 195 matrices 32 x 32 float64"),
        ("lstsq", "lstsq, 20 x 4 float64"),
    ]),
    ("Fourier transforms", [
        ("fft/1024", "fft of 2^10 complex128"),
        ("fft/1000", "fft of 10^3 complex128"),
        ("fft/1009", "fft of 1009 complex128, a prime"),
        ("fft/1048576", "fft of 2^20 complex128"),
        ("fft/1000003", "fft of 1000003 complex128, a prime"),
        ("rfft/1024", "rfft of 2^10 float64"),
        ("rfft/1048576", "rfft of 2^20 float64"),
        ("rfft/19683", "rfft of 3^9 float64"),
        ("irfft/19683", "irfft to 3^9 float64"),
        ("fft_rows/16", "fft over rows, 10000 x 16 complex128"),
        ("fft2/1024", "fft2, 1024 x 1024 complex128"),
        ("fft2_mixed", "fft2, 1000 x 1001 complex128"),
    ]),
    ("Order, 1e6 random elements", [
        ("sort/float64", "sort, 1e6 float64"),
        ("sort/float32", "sort, 1e6 float32"),
        ("sort/int32", "sort, 1e6 int32"),
        ("argsort/float64", "argsort, 1e6 float64"),
        ("partition", "partition in the middle, 1e6 float64"),
        ("median", "median, 1e6 float64"),
        ("unique", "unique, 1e6 float64"),
        ("searchsorted", "searchsorted of 1e6 in 1e6, float64"),
    ]),
    ("Random numbers", [
        ("random/float64", "random, 1e7 float64"),
        ("random/float32", "random, 1e7 float32"),
        ("integers", "integers(0, 1000), 1e7 int64"),
        ("standard_normal/float64", "standard_normal, 1e7 float64"),
        ("standard_normal/float32", "standard_normal, 1e7 float32"),
        ("standard_exponential", "standard_exponential, 1e7 float64"),
        ("standard_gamma", "standard_gamma(2.5), 1e7 float64"),
        ("poisson", "poisson(20), 1e7 int64"),
        ("permutation", "permutation of 1e6 int64"),
        ("noisy_mean/float64", "(x + 0.1 * random).mean(), 1e7 float64 of Philox, compiled"),
        ("noisy_mean/float32", "the same in float32"),
    ]),
    ("Parts of arrays", [
        ("set_row", "a[i] = row, 1000 rows of 100 MB float64"),
        ("add_row", "a[i] += row, 1000 rows of 100 MB float64"),
        ("jit_set_row", "a[1234] = row, 1000 times, compiled"),
        ("jit_add_row", "a[1234] += row, 1000 times, compiled"),
        ("jit_set_row_at", "a[i] = row, 1000 rows, i an argument, compiled"),
        ("jit_add_to_view", "view += row, 1000 rows, compiled"),
        ("set_masked", "a[mask] = 0, 1e6 float64"),
        ("add_at_indices", "a[indices] += 1, 1e6 float64"),
        ("masked_sum", "x[mask].sum(), 1e7 float64, compiled"),
        ("masked", "x[mask], 1e7 float64"),
    ]),
]
COLUMNS = [("nd", "nd"), ("nd1", "nd, 1 thread"), ("numpy", "NumPy"), ("kept", "NumPy, kept")]
PEERS = [("fftw", "FFTW on one thread, its plans made beforehand"), ("eigen", "Eigen on one thread, compiled for this machine")]
# The lazy form has NumPy's plain call beside it.
SAME_IN_NUMPY = {"lazy": "call"}


def plain_name(name):
    """A benchmark's name without what Google Benchmark adds."""
    return re.sub(r"/(real_time|manual_time|iterations:\d+|repeats:\d+|min_time:[\d.]+|threads:\d+)", "", name)


class Results:
    def __init__(self, folder):
        self.seconds, self.bandwidth, self.compiler, self.facts = {}, {}, {}, {}
        for path in sorted(glob.glob(os.path.join(folder, "*-*.json"))):
            who = os.path.basename(path).split("-")[0]
            with open(path, encoding="utf-8") as file:
                data = json.load(file)
            if "rows" in data:
                self.facts["NumPy"] = data["numpy"]
                for row in data["rows"]:
                    self.seconds.setdefault((who, row["name"]), []).append(row["seconds"])
            else:
                self.read_google(who, data)
        for table in (self.seconds, self.bandwidth, self.compiler):
            for key, values in table.items():
                table[key] = statistics.median(values)

    def read_google(self, who, data):
        self.facts["cores"] = data["context"]["num_cpus"]
        for row in data["benchmarks"]:
            if row.get("error_occurred"):
                sys.exit(f"{row['name']}: {row['error_message']}")
            if row.get("aggregate_name", "median") != "median":
                continue
            name = plain_name(row["run_name"])
            if who == "limit":
                name = f"{name}/{row['threads']}"
            self.seconds.setdefault((who, name), []).append(row["real_time"] * UNITS[row["time_unit"]])
            if "bytes_per_second" in row:
                self.bandwidth.setdefault((who, name), []).append(row["bytes_per_second"])
            if "compiler_ms" in row:
                self.compiler.setdefault((who, name), []).append(1e-3 * row["compiler_ms"])

    def time(self, who, name):
        if who in ("numpy", "kept"):
            name = SAME_IN_NUMPY.get(name, name)
        return self.seconds.get((who, name))

    def limits(self):
        found = [(int(name.split("/")[1]), value) for (who, name), value in self.bandwidth.items() if who == "limit"]
        return sorted(found)


def duration(seconds):
    if seconds is None:
        return ""
    for unit, size in (("ns", 1e-9), ("µs", 1e-6), ("ms", 1e-3), ("s", 1.0)):
        if seconds < 999.5 * size or unit == "s":
            value = seconds / size
            return f"{value:.{0 if value >= 99.95 else 1 if value >= 9.995 else 2}f} {unit}"


def ratio(results, who, name, nd="nd"):
    ours, theirs = results.time(nd, name), results.time(who, name)
    return f"{theirs / ours:.1f} x" if ours and theirs else ""


def gigabytes(results, name):
    value = results.bandwidth.get(("nd", name))
    return f"{value / 1e9:.1f}" if value else ""


def notes(results):
    yield "Medians. The ratios are NumPy's time by nd's; kept: NumPy with malloc told to keep freed memory."
    yield "GB/s count each operand read once and the result written once; more than memory's is the cache's."
    for threads, value in results.limits():
        yield f"Memory's limit, a = b + s * c over 240 MB, {threads} thread{'s' * (threads > 1)}: {value / 1e9:.1f} GB/s"
    for who, what in PEERS:
        found = [f"{title} {ratio(results, who, name, 'nd1')}" for _, name, title in rows(results)
                 if results.time(who, name) and results.time("nd1", name)]
        if found:
            yield f"{what}; its time by nd's on one thread: {'; '.join(found)}"
    for name, title in SECTIONS[0][1]:
        inside = results.compiler.get(("nd", name))
        if inside:
            yield f"{title}, inside the compiler: {duration(inside)}"
    yield ", ".join(f"{what} {value}" for what, value in results.facts.items()) + ", " + processor()


def processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as info:
            return re.search(r"model name\s*: (.*)", info.read())[1]
    except (OSError, TypeError):
        return "unknown processor"


def rows(results):
    for section, benchmarks in SECTIONS:
        for name, title in benchmarks:
            if results.time("nd", name):
                yield section, name, title


def table(results, markdown):
    heads = ["", *(title for _, title in COLUMNS), "NumPy/nd", "kept/nd", "GB/s"]
    lines = [heads]
    for _, name, title in rows(results):
        lines.append([title, *(duration(results.time(who, name)) for who, _ in COLUMNS),
                      ratio(results, "numpy", name), ratio(results, "kept", name), gigabytes(results, name)])
    widths = [max(len(line[i]) for line in lines) for i in range(len(heads))]
    for number, line in enumerate(lines):
        cells = [line[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:]))]
        print("| " + " | ".join(cells).replace("*", r"\*") + " |" if markdown else "  ".join(cells))
        if number == 0:
            print("|---" + "|--:" * len(widths[1:]) + "|" if markdown else "-" * (sum(widths) + 2 * len(widths) - 2))
    print()
    for note in notes(results):
        print(f"- {note}" if markdown else note)


STYLE = """
:root { color-scheme: light dark; --ink: #1d2530; --quiet: #647084; --nd: #1668a8; --nd1: #7fb2d9;
  --numpy: #b9762f; --kept: #dcb68a; --page: #fff; }
@media (prefers-color-scheme: dark) { :root { --ink: #e3e8ef; --quiet: #93a0b4; --page: #14181e; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page);
  max-width: 52rem; margin: 2.5rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2.2rem; }
figure { margin: 1.1rem 0; } figcaption { font-weight: 600; }
svg { width: 100%; height: auto; display: block; } text { font: 12px system-ui, sans-serif; fill: var(--ink); }
p { color: var(--quiet); margin: .2rem 0; }
"""


def bars(results, name):
    """The times of one benchmark as bars on a common scale, which begins at zero."""
    times = [(who, title, results.time(who, name)) for who, title in COLUMNS]
    times = [row for row in times if row[2]]
    longest = max(value for _, _, value in times)
    parts = []
    for number, (who, title, value) in enumerate(times):
        y = 20 * number
        width = max(1.0, 440 * value / longest)
        label = duration(value)
        if who in ("numpy", "kept"):
            label += f", {ratio(results, who, name)}"
        parts.append(f'<text x="104" y="{y + 13}" text-anchor="end">{html.escape(title)}</text>'
                     f'<rect x="112" y="{y + 2}" width="{width:.1f}" height="15" rx="2" fill="var(--{who})"/>'
                     f'<text x="{118 + width:.1f}" y="{y + 13}">{html.escape(label)}</text>')
    return f'<svg viewBox="0 0 720 {20 * len(times)}" role="img">{"".join(parts)}</svg>'


def page(results, path):
    body = []
    last = None
    for section, name, title in rows(results):
        if section != last:
            body.append(f"<h2>{html.escape(section)}</h2>")
            last = section
        body.append(f"<figure><figcaption>{html.escape(title)}</figcaption>{bars(results, name)}</figure>")
    explained = "".join(f"<p>{html.escape(note)}</p>" for note in notes(results))
    with open(path, "w", encoding="utf-8") as out:
        out.write(f'<!doctype html><html lang="en"><meta charset="utf-8"><title>nd: benchmarks</title>'
                  f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style>'
                  f"<h1>nd beside NumPy</h1>{explained}{''.join(body)}</html>\n")


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--markdown"]
    results = Results(arguments[0])
    table(results, "--markdown" in sys.argv)
    if len(arguments) > 1:
        page(results, arguments[1])


main()
