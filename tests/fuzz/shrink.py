# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Makes a failing program small: fewer results, steps and sizes, as long as it fails in the same way."""

import numpy as np

from generate import defined
from program import Program, Skip, Value


def alive(steps, results):
    """The steps that results depend on; writes count for what they write into."""
    needed, changed = set(results), True
    kept = set()
    while changed:
        changed = False
        for step in reversed(steps):
            if step in kept:
                continue
            values = {a for a in step.arguments if isinstance(a, Value)}
            if set(step.results) & needed or (not step.results and values & needed):
                kept.add(step)
                needed |= values
                changed = True
    return [s for s in steps if s in kept]


def rebuilt(program, steps, results, variants=None, inputs=None, large=()):
    made = Program(program.label, inputs or program.inputs, steps, results, variants or program.variants, large)
    for s in steps:
        for a in s.arguments:
            if isinstance(a, Value) and a not in made.inputs and not any(a in t.results for t in steps):
                return None
    try:
        return defined(made) if results else None
    except Exception:
        return None


def without_unused_inputs(program):
    used = {a for s in program.steps for a in s.arguments} | set(program.results)
    keep = [i for i, v in enumerate(program.inputs) if v in used]
    if len(keep) == len(program.inputs) or not keep:
        return None
    return rebuilt(program, program.steps, program.results, [[d[i] for i in keep] for d in program.variants],
                   [program.inputs[i] for i in keep], program.large)  # fmt: skip


def candidates(program):
    """Smaller programs, the boldest first."""
    steps, results = program.steps, program.results
    if len(program.variants) > 1:
        for k in range(len(program.variants)):
            others = [d for i, d in enumerate(program.variants) if i != k]
            yield lambda: rebuilt(program, steps, results, others, large=[i - (i > k) for i in program.large if i != k])
    if len(results) > 1:
        for r in results:
            kept = [v for v in results if v != r]
            yield lambda: rebuilt(program, alive(steps, kept), kept, large=program.large)
    kept = alive(steps, results)
    if len(kept) < len(steps):
        yield lambda: rebuilt(program, kept, results, large=program.large)
    # The result of an earlier step instead of all that follows.
    for k in range(1, len(steps)):
        if steps[k - 1].results:
            made = steps[:k]
            yield lambda: rebuilt(program, alive(made, steps[k - 1].results[:1]), list(steps[k - 1].results[:1]), large=program.large)
    # A step less: what it gave becomes an input, or is not there.
    for k in reversed(range(len(steps))):
        step, rest = steps[k], steps[:k] + steps[k + 1 :]
        if not step.results:
            yield lambda: rebuilt(program, rest, results, large=program.large)
            continue
        yield lambda: as_inputs(program, step, rest)
    yield lambda: without_unused_inputs(program)
    # Simple numbers.
    for i in range(len(program.inputs)):
        for simple in (np.zeros_like, np.ones_like):
            simpler = [[simple(x) if j == i else x for j, x in enumerate(d)] for d in program.variants]
            if any(not np.array_equal(a[i], b[i]) for a, b in zip(simpler, program.variants)) and not any(
                np.array_equal(d[i], np.zeros_like(d[i])) for d in program.variants
            ):
                yield lambda: rebuilt(program, steps, results, simpler, large=program.large)


def as_inputs(program, step, rest):
    used = {a for s in rest for a in s.arguments} | set(program.results)
    wanted = [v for v in step.results if v in used]
    unused = [v for v in program.inputs if v not in used]
    if len(program.inputs) - len(unused) + len(wanted) > 6:
        return None
    variants = []
    for data in program.variants:
        try:
            state, _ = program.replay(data)
        except Skip:
            return None
        if any(v not in state for v in wanted):
            return None
        # What it gave then, before later steps wrote into it, matters little to the failure.
        variants.append([d for d, v in zip(data, program.inputs) if v not in unused] + [np.array(state[v]) for v in wanted])
    inputs = [v for v in program.inputs if v not in unused] + wanted
    return rebuilt(program, rest, program.results, variants, inputs, program.large)


def weight(program):
    return (len(program.steps), len(program.results), len(program.variants), len(program.inputs))


def shrink(program, failure, checker, attempts=400):
    """The smallest program found, and how it fails."""
    progress = True
    while progress and attempts > 0:
        progress = False
        for make in candidates(program):
            smaller = make()
            if smaller is None or not smaller.steps:
                continue
            attempts -= 1
            found = checker.run(smaller)
            if found and found.kind == failure.kind:
                program, failure, progress = smaller, found, True
                break
            if attempts <= 0:
                break
    return program, failure
