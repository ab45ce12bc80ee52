# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A random program: steps on values, inputs of several sizes; its binary form, its replay in NumPy, and as C++."""

import io

import numpy as np

import core
from verify import Expected, disagreement


BLAS = {"matmul", "dot", "inner", "outer", "inv", "det", "solve", "qr", "svdvals", "slogdet", "lstsq"}  # rounds by the layout of its operands


VAST = 600_000  # elements: more take NumPy too long


class Skip(Exception):
    """NumPy does not define the result, or leaves it to the platform."""


class Value:
    """A name for what an input or a step gives."""


class Step:
    """One call.

    name       of the driver's step
    arguments  Values and Python scalars
    gives      of NumPy's operands: an Expected, an array (exact; a view stays one), a list of them; None for a write
    integers   as the driver takes them, or a function of the operands
    cpp        of the arguments' names and the integers: an expression; with several results one for each, of `r`
    """

    def __init__(self, name, arguments, gives, integers=(), reals=(), results=1, cpp=None, parts=None, sensitive=False):
        self.name, self.arguments, self.gives = name, arguments, gives
        self.integers, self.reals = integers, list(reals)
        self.results = [Value() for _ in range(results)]
        self.cpp, self.parts = cpp, parts
        self.sensitive = sensitive  # whether it gives a view or a copy depends on the layout

    def operands(self, state):
        return [state[a] if isinstance(a, Value) else a for a in self.arguments]

    def integers_for(self, operands):
        return [int(i) for i in (self.integers(*operands) if callable(self.integers) else self.integers)]

    def call(self, operands):
        """Expected values, one for each result; writes happen."""
        given = self.gives(*operands)
        if not self.results:
            return []
        given = given if isinstance(given, list) else [given]
        return [g if isinstance(g, Expected) else Expected(g) for g in given]


class Program:
    """Steps, the values to compare in the end, and for each variant the inputs' data."""

    def __init__(self, label, inputs, steps, results, variants, large=()):
        self.label, self.inputs, self.steps, self.results = label, inputs, steps, results
        self.variants, self.large = variants, set(large)

    def writes(self):
        return any(not s.results for s in self.steps)

    def replay(self, data):
        """NumPy's values, and the first exception of NumPy's. Raises Skip."""
        state = dict(zip(self.inputs, (d.copy() for d in data)))
        for step in self.steps:
            operands = step.operands(state)
            try:
                expected = step.call(operands)
            except Skip:
                raise
            except MemoryError:
                raise Skip from None
            except (ValueError, IndexError, TypeError, np.linalg.LinAlgError, OverflowError, ZeroDivisionError) as error:
                return state, error
            for value, e in zip(step.results, expected):
                state[value] = e.data
        return state, None

    # Binary form.

    def write(self, out, variant):
        data = self.variants[variant]
        number = {v: i for i, v in enumerate([*self.inputs, *(r for s in self.steps for r in s.results)])}
        fixed = self.writes() and any(s.sensitive for s in self.steps)
        fixed |= any(s.name in BLAS for s in self.steps)
        p = core.Program(f"{self.label}, sizes {variant}", eager=fixed)
        p.inputs = [np.asarray(d) for d in data]
        state, _ = dict(zip(self.inputs, (d.copy() for d in data))), None
        refs = {}

        def ref(a):
            if not isinstance(a, Value):
                return a
            return refs.setdefault(a, core.Value(number[a], np.zeros(0)))

        stopped = False
        for step in self.steps:
            integers = step.integers
            if callable(integers) or not stopped:
                try:
                    operands = step.operands(state)
                    integers = step.integers_for(operands)
                    for value, e in zip(step.results, step.call(operands)):
                        state[value] = e.data
                except Exception:  # NumPy refuses: what comes after cannot be known
                    stopped = True
            if callable(integers):
                integers = [0]
            p.steps.append((step.name, [ref(a) for a in step.arguments], [int(i) for i in integers], step.reals))
            if stopped:
                break
        if not stopped:
            p.results = [(f"result {i}", number[v], core.TYPE, 0.0, np.zeros(0), None) for i, v in enumerate(self.results)]
        p.write(out)
        return stopped

    def group(self, flags, variants):
        out = io.BytesIO()
        out.write(len(variants).to_bytes(2, "little") + bytes([flags]))
        for variant in variants:
            self.write(out, variant)
        return out.getvalue()

    def verify(self, variant, values):
        """Compares what each step of nd gave with NumPy's step on the same operands."""
        state = dict(zip(self.inputs, (d.copy() for d in self.variants[variant])))
        values = iter(values)
        compared = skipped = 0
        for position, step in enumerate(self.steps):
            operands = step.operands(state)
            undefined = False
            try:
                expected = step.call(operands)
            except Skip:
                undefined = True
            if not step.results:
                if undefined:
                    raise Skip
                target = step.arguments[0]
                wrong = disagreement(next(values), Expected(state[target], core.EQUAL_ZERO))
                compared += 1
                if wrong:
                    return f"step {position}, {step.name}: {wrong}", compared, skipped
                continue
            for i, value in enumerate(step.results):
                got = next(values)
                if undefined:
                    skipped += 1
                    state[value] = got
                    continue
                compared += 1
                wrong = disagreement(got, expected[i])
                if wrong:
                    return f"step {position}, {step.name}: {wrong}", compared, skipped
                shares = any(isinstance(o, np.ndarray) and np.may_share_memory(o, expected[i].data) for o in operands)
                state[value] = expected[i].data if shares else got
        return None, compared, skipped


# As C++.

CPP_TYPES = {"bool": "bool", "float32": "float", "float64": "double", "float16": "float", "complex64": "std::complex<float>",
             "complex128": "std::complex<double>"}  # fmt: skip


def number_text(x):
    x = x.item() if isinstance(x, np.generic) else x
    if isinstance(x, bool):
        return "true" if x else "false"
    if isinstance(x, int):
        if x == -(2**63):
            return "INT64_MIN"
        return f"{x}u" if x > 2**63 - 1 else str(x)
    if isinstance(x, complex):
        return f"{{{number_text(x.real)}, {number_text(x.imag)}}}"
    if x != x:
        return "NAN"
    if x in (np.inf, -np.inf):
        return "INFINITY" if x > 0 else "-INFINITY"
    return repr(x)


CPP_DTYPE = {"bool": "nd::bool_"}


def dtype_text(dtype):
    return CPP_DTYPE.get(np.dtype(dtype).name, "nd::" + np.dtype(dtype).name)


def axes_text(axes):
    return "nd::axes(std::vector<int64_t>{" + ", ".join(map(str, axes)) + "})"


def index_text(index):
    def bound(b):
        return "{}" if b is None else str(b)

    def one(i):
        if i is Ellipsis:
            return "nd::ellipsis"
        if i is None:
            return "nd::newaxis"
        if isinstance(i, slice):
            return "nd::all" if i == slice(None) else f"nd::slice({bound(i.start)}, {bound(i.stop)}, {bound(i.step)})"
        return str(i)

    return "[" + ", ".join(map(one, index)) + "]"


def scalar_text(x):
    return f"std::complex<double>({x.real!r}, {x.imag!r})" if isinstance(x, complex) else number_text(x)


def list_text(items):
    return "{" + ", ".join(map(str, items)) + "}"


def data_text(data):
    type_ = CPP_TYPES.get(data.dtype.name, data.dtype.name + "_t")
    items = ", ".join(number_text(x) for x in data.ravel())
    text = f"nd::array(std::vector<{type_}>{{{items}}}).reshape(nd::shape({list_text(data.shape)}))"
    return text + (".astype(nd::float16)" if data.dtype == np.float16 else "")


def function_text(program, name, variant=0):
    """The program as a lambda."""
    names = {v: f"v{i}" for i, v in enumerate([*program.inputs, *(r for s in program.steps for r in s.results)])}
    state = dict(zip(program.inputs, (d.copy() for d in program.variants[variant])))
    lines = [f"  auto {name} = []({', '.join('nd::array ' + names[v] for v in program.inputs)}) {{"]
    for k, step in enumerate(program.steps):
        operands = step.operands(state)
        try:
            integers = step.integers_for(operands)
            for value, e in zip(step.results, step.call(operands)):
                state[value] = e.data
        except Exception:
            integers = [] if callable(step.integers) else list(step.integers)
        text = step.cpp([names[a] if isinstance(a, Value) else scalar_text(a) for a in step.arguments], integers)
        if not step.results:
            lines.append(f"    {text};")
        elif step.parts is None:
            lines.append(f"    nd::array {names[step.results[0]]} = {text};")
        else:
            lines.append(f"    auto r{k} = {text};")
            for value, part in zip(step.results, step.parts):
                lines.append(f"    nd::array {names[value]} = r{k}{part};")
    lines.append(f"    return std::vector<nd::array>{{{', '.join(names[v] for v in program.results)}}};")
    return "\n".join(lines + ["  };"])


def cpp_text(program, variant=0, note=""):
    """A whole program: lazily and compiled, side by side."""
    inputs = [f"  auto a{i} = [] {{ return {data_text(d)}; }};" for i, d in enumerate(program.variants[variant])]
    calls = ", ".join(f"a{i}()" for i in range(len(inputs)))
    note = "".join(f"// {line}\n" for line in note.splitlines())
    return f"""{note}#include <nd/nd.h>

#include <cmath>
#include <complex>
#include <cstdint>
#include <iostream>

int main() {{
{function_text(program, "program", variant)}
{chr(10).join(inputs)}
  std::vector<nd::array> lazy = program({calls}), compiled = nd::jit(program)({calls});
  for (size_t i = 0; i < lazy.size(); ++i)
    std::cout << "lazy\\n" << lazy[i] << "\\ncompiled\\n" << compiled[i] << "\\n";
}}
"""
