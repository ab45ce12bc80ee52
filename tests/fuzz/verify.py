# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Whether what a step gave is what NumPy gives for the same operands; the rules of mismatch.cpp."""

import numpy as np

from core import ABSOLUTE, EQUAL, EQUAL_ZERO, ULPS

TYPE_ONLY = -1


class Expected:
    """What NumPy has, and how near nd must come."""

    def __init__(self, data, how=EQUAL, ulps=0.0, bounds=None):
        self.data, self.how, self.ulps, self.bounds = np.asarray(data), how, ulps, bounds


def rank(x):
    """Numbers in their order, neighbours one apart."""
    bits = x.view(f"i{x.dtype.itemsize}").astype(np.int64)
    low = -(2 ** (8 * x.dtype.itemsize - 1))
    return np.where(bits >= 0, bits, (np.int64(low) if low > -(2**63) else np.iinfo(np.int64).min) - bits)


def agree(got, want, how, ulps, bounds, zero_open):
    """Per element, of real numbers."""
    nan = np.isnan(got) & np.isnan(want)
    same = got == want
    if not (zero_open or how in (EQUAL_ZERO, ABSOLUTE)):
        same &= (got != 0) | (np.signbit(got) == np.signbit(want))
    near = np.zeros(got.shape, bool)
    comparable = ~np.isnan(got) & ~np.isnan(want) & (got != want)
    if how == ULPS:
        a, b = rank(got), rank(want)
        distance = np.maximum(a, b).astype(object) - np.minimum(a, b).astype(object) if got.dtype.itemsize == 8 else abs(a - b)
        near = comparable & np.asarray(distance <= ulps, bool)
    elif how == ABSOLUTE:
        wide = np.float64
        near = comparable & np.isfinite(got) & np.isfinite(want)
        near &= np.abs(got.astype(wide) - want.astype(wide)) <= bounds
    return nan | same | near


def disagreement(got, expected):
    """A sentence, or nothing."""
    want = expected.data
    if got.dtype != want.dtype:
        return f"dtype {got.dtype}, NumPy has {want.dtype}"
    if got.shape != want.shape:
        return f"shape {got.shape}, NumPy has {want.shape}"
    if expected.how == TYPE_ONLY or got.size == 0:
        return None
    bounds = np.broadcast_to(expected.bounds, got.shape) if expected.bounds is not None else None
    with np.errstate(all="ignore"):
        if got.dtype.kind == "f":
            good = agree(got, want, expected.how, expected.ulps, bounds, False)
        elif got.dtype.kind == "c":
            zero_open = expected.how != EQUAL
            parts = [agree(np.ascontiguousarray(g), np.ascontiguousarray(w), expected.how, expected.ulps, bounds, zero_open)
                     for g, w in ((got.real, want.real), (got.imag, want.imag))]  # fmt: skip
            good = (np.isnan(got) & np.isnan(want)) | (parts[0] & parts[1])
        else:
            good = got == want
    if np.all(good):
        return None
    at = tuple(int(i) for i in np.argwhere(~good)[0])
    allowed = f", {bounds[at]:.3g} allowed" if bounds is not None else f", {expected.ulps:g} ulps allowed" if expected.ulps else ""
    return f"{np.count_nonzero(~good)} of {got.size} elements differ, first {list(at)}: {got[at]!r}, NumPy has {want[at]!r}{allowed}"
