# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Binary rows, every dtype with every dtype: the result's dtype for all rows, values for some."""

import itertools

import numpy as np

from core import DTYPES, TYPE, Program, chunks, numbers
from pointwise import evaluate, operands_for, refused, result_dtype

WITH_VALUES = "add multiply divide floor_divide remainder maximum less equal greater_equal logical_and hypot".split()
WITH_VALUES += "bitwise_xor subtract fmod copysign power left_shift".split()
ALONE = {"power", "left_shift"}


def programs(rows, rng):
    names = [row.name for row in rows if row.family == "pointwise" and row.arity == 2]
    for first in DTYPES:
        for second in DTYPES:
            pair = [first, second]
            label = f"{first} with {second}"
            allowed = [n for n in names if not refused(n, pair)]
            p = Program(label)
            a, b = (p.input(np.ones(3, dtype)) for dtype in pair)
            for name in allowed:
                gives = np.zeros(3, result_dtype(name, pair))
                p.result(p.step(name, [a, b], gives=gives), f"dtype of {name}", TYPE)
            yield p
            for name in names:
                if name not in allowed:
                    p = Program(f"{name} of {label}")
                    p.step(name, [p.input(np.ones(3, first)), p.input(np.ones(3, second))])
                    yield p.fails("dtype")

            some = [n for n in WITH_VALUES if n in allowed]
            groups = chunks([n for n in some if n not in ALONE], 6) + [[n] for n in some if n in ALONE]
            for group in groups:
                x, y = operands_for(rng, group[0], pair, [(19,), (19,)])
                p = Program(label)
                a, b = p.input(x), p.input(y)
                for name in group:
                    gives, how, ulps = evaluate(name, x, y)
                    p.result(p.step(name, [a, b], gives=gives), name, how, ulps)
                yield p
            # Concatenation promotes likewise.
            x, y = (numbers(rng, dtype, (4,), "small") for dtype in pair)
            p = Program(label)
            joined = np.concatenate([x, y])
            p.result(p.step("concatenate", [p.input(x), p.input(y)], [0], gives=joined), "concatenate")
            yield p
    # Many promote from the highest category down, in any order.
    narrow = [d for d in DTYPES if d.itemsize <= 4 or d.kind == "c"]
    for n, triple in enumerate(itertools.combinations(narrow, 3)):
        triple = triple[n % 3 :] + triple[: n % 3]
        x = [np.ones(2, dtype) for dtype in triple]
        p = Program(" with ".join(map(str, triple)))
        p.result(p.step("concatenate", [p.input(e) for e in x], [0], gives=np.concatenate(x)), "concatenate")
        yield p
    # The numbers themselves compare, not their float64 roundings.
    signed = np.array([2**53 + 1, 2**62 + 1, 2**63 - 1, -1, 0, -(2**63)], np.int64)
    unsigned = np.array([2**53, 2**62, 2**63, 2**64 - 1, 0, 2**63], np.uint64)
    for x, y in ((signed, unsigned), (unsigned, signed)):
        p = Program(f"large {x.dtype} with {y.dtype}")
        a, b = p.input(x), p.input(y)
        for name in ("equal", "not_equal", "less", "less_equal", "greater", "greater_equal"):
            p.result(p.step(name, [a, b], gives=evaluate(name, x, y)[0]), f"{name} beyond 2**53")
        yield p
