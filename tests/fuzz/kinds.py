# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The kinds of steps that programs are drawn from: each row of the op table is one, and what is composed of rows.

A kind is a function of the generator that returns a Step, or None where nothing fits.
"""

from algebra import factorise, product, transform
from choices import choice, choose_rows, masked, order
from rows import accumulate, compare, diff, pointwise_row, reduction_row, scan
from views import cast, getitem, join, piece, view
from writes import write


def kinds(rows):
    """(weight, maker): rows from the table, one by one; then what is made of rows."""
    rows_of = {1: [], 2: [], 3: [], "reduction": []}
    for row in rows:
        rows_of[row.arity if row.family == "pointwise" else "reduction"].append(row)

    def any_of(list_of_rows, maker):
        makers = [maker(row) for row in list_of_rows]
        return lambda g: makers[g.rng.integers(len(makers))](g)

    extra = [reduction_row(name) for name in ("ptp", "count_nonzero")]
    return [
        (14, any_of(rows_of[1], pointwise_row)),
        (26, any_of(rows_of[2], pointwise_row)),
        (5, any_of(rows_of[3], pointwise_row)),
        (14, any_of(rows_of["reduction"], lambda row: reduction_row(row.name))),
        (1, lambda g: extra[g.rng.integers(2)](g)),
        (5, compare),
        (8, view),
        (8, getitem),
        (5, masked),
        (3, choose_rows),
        (7, cast),
        (4, join),
        (4, piece),
        (4, order),
        (3, choice),
        (5, product),
        (2, factorise),
        (2, transform),
        (3, scan),
        (1, accumulate),
        (1, diff),
        (9, write),
    ]
