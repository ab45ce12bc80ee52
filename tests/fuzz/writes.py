# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Steps that write into an array."""

import numpy as np

import core
from core import BOOL
from program import Skip, Step, index_text
from rows import moderate
from views import can_cast, some_index


def write(g):
    a = g.pick(lambda x: x.ndim and x.flags.writeable)
    if a is None or g.tag(a) is not None:
        return None
    x = g.state[a]
    operator = [None, None, "add", "subtract", "multiply"][g.rng.integers(5)]
    if x.dtype == BOOL and operator == "subtract":
        operator = None
    symbol = {None: "=", "add": "+=", "subtract": "-=", "multiply": "*="}[operator]
    whole = operator is not None and g.rng.random() < 0.3
    arrays, index, mask = [], (), None
    if not whole:
        masks = [v for v in g.values if g.state[v].dtype == BOOL and g.state[v].shape == x.shape and g.tag(v) is None]
        if masks and g.rng.random() < 0.3:
            mask = masks[g.rng.integers(len(masks))]
            arrays = [mask]
        else:
            index = some_index(g, x.shape, False)
    try:
        part = x if whole or mask is not None else x[core.whole(index)]
    except IndexError:
        return None
    value = int(g.rng.integers(0, 4)) if x.dtype.kind != "b" else True
    if mask is None and g.rng.random() < 0.75:
        # What broadcasts at every size: a number or as many extents.
        fitting = [v for v in g.values if g.tag(v) is None and g.fits_into(v, part.shape)
                   and np.can_cast(g.state[v].dtype, x.dtype, "same_kind")]  # fmt: skip
        if fitting:
            value = fitting[g.rng.integers(len(fitting))]

    def combine(part, operand):
        if part.dtype.kind == "c" and operator == "multiply":  # some of NumPy's loops round once for two steps
            common = np.promote_types(part.dtype, operand.dtype) if isinstance(operand, np.ndarray) else part.dtype
            x, y = part.astype(common), np.asarray(operand).astype(common)
            real, imag = x.real * y.real - x.imag * y.imag, x.real * y.imag + x.imag * y.real
            part.real, part.imag = real, imag
        else:
            getattr(np, operator)(part, operand, out=part, casting="same_kind")

    def gives(x, value, *arrays):
        operand = value.copy() if isinstance(value, np.ndarray) else value
        if isinstance(operand, np.ndarray) and not can_cast(operand, x.dtype):
            raise Skip
        if x.dtype.kind == "c" and operator == "multiply":
            moderate(x, np.asarray(operand))
        if whole:
            combine(x, operand)
            return
        if arrays and arrays[0].shape != x.shape:  # NumPy takes an empty mask of any shape
            raise IndexError
        where = tuple(mask.copy() for mask in arrays) or index  # NumPy reads a mask that it writes into as it goes
        if operator:
            part = x[core.whole(where) if not arrays else where]
            combine(part, operand)
            x[where] = part
        else:
            x[where] = operand

    if whole:
        return Step("inplace_" + operator, [a, value], gives, results=0, cpp=lambda n, i: f"{n[0]} {symbol} {n[1]}")
    name = "setitem" + (f"_{operator}" if operator else "")
    if mask is not None:
        return Step(name, [a, value, mask], gives, [5, 2], results=0, cpp=lambda n, i: f"{n[0]}[{n[2]}] {symbol} {n[1]}")
    integers, _ = core.Program("").index(index)
    return Step(name, [a, value], gives, integers, results=0, cpp=lambda n, i: f"{n[0]}{index_text(index)} {symbol} {n[1]}")
