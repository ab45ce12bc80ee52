# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Fourier transforms of every kind, length, axis, layout and norm, against sums in long double (up to 400 points) or
NumPy's transforms of doubles; the bounds grow with the logarithm of the length. NumPy 2 computes float32 in float32 and
gives complex64, as nd does, where NumPy 1 gives complex128."""

import numpy as np

from core import BOOL, C64, C128, EQUAL, EVERY_LAYOUT, F16, F32, F64, INT64, Program, laid, numbers

NONE = -(2**63)
NORMS = ["backward", "ortho", "forward"]
LENGTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 20, 24, 26, 27, 30, 31, 32, 33, 49, 53, 59, 60, 64,
           77, 81, 97, 100, 101, 106, 118, 120, 121, 125, 128, 143, 169, 202, 210, 243, 256, 337, 360, 384, 400, 512, 729,
           1000, 1001, 1009, 1018, 1024, 1155, 2048, 2187, 4096, 5000]  # fmt: skip
LONG = [40320, 65536, 65537, 59049, 100000, 131072, 262144, 360360]


def spectrum(dtype):
    """The complex dtype of NumPy 2's results."""
    return C64 if dtype in (F16, F32, C64) else C128


def dft(x, n, axis, sign):
    """Sums in long double where they are few, along an axis with n points."""
    x = np.moveaxis(np.asarray(x), axis, -1)
    m = x.shape[-1]
    x = x[..., :n] if m >= n else np.concatenate([x, np.zeros(x.shape[:-1] + (n - m,), x.dtype)], -1)
    if n <= 400:
        k = np.arange(n)
        angle = np.asarray(np.outer(k, k) % n, np.longdouble) * (2 * np.arctan2(np.longdouble(0), np.longdouble(-1)) / n)
        out = x.astype(np.clongdouble) @ (np.cos(angle) + 1j * sign * np.sin(angle)).T
    else:
        wide = x.astype(np.complex128)
        out = np.fft.fft(wide) if sign < 0 else np.fft.ifft(wide) * n
    return np.moveaxis(out, -1, axis)


def whole(x, n, axis):
    """All n elements that the first half of x along an axis stands for."""
    x = np.moveaxis(np.asarray(x, np.clongdouble), axis, -1)
    half = np.zeros(x.shape[:-1] + (n // 2 + 1,), x.dtype)
    count = min(half.shape[-1], x.shape[-1])
    half[..., :count] = x[..., :count]
    half[..., 0].imag = 0
    if n % 2 == 0:
        half[..., -1].imag = 0
    out = np.concatenate([half, np.conj(half[..., 1 : (n + 1) // 2][..., ::-1])], -1)
    return np.moveaxis(out, -1, axis)


def exactly(name, x, n, axis, norm):
    """The result, and the root of the sum of squares of what it was made of."""
    x = np.asarray(x, np.complex128 if x.dtype.kind == "c" else np.float64)
    forward = name in ("fft", "rfft", "hfft")
    if name in ("irfft", "hfft"):
        n = 2 * (x.shape[axis] - 1) if n is None else n
        x = whole(np.conj(x) if name == "hfft" else x, n, axis)
        out = dft(x, n, axis, +1).real
    else:
        n = x.shape[axis] if n is None else n
        out = dft(x, n, axis, -1 if name in ("fft", "rfft", "ihfft") else +1)
        if name in ("rfft", "ihfft"):
            out = np.take(out, range(n // 2 + 1), axis)
            # The ends are real.
            ends = [0] + ([n // 2] if n % 2 == 0 else [])
            at = (slice(None),) * (axis % x.ndim) + (ends,)
            out[at] = out[at].real
        if name == "ihfft":
            out = np.conj(out)
    division = {"ortho": np.sqrt(np.longdouble(n)), "backward": 1 if forward else n, "forward": n if forward else 1}[norm]
    size = np.sqrt(np.sum(np.abs(x) ** 2, axis, keepdims=True)).astype(np.float64)
    return out / division, size / float(division), n


def one(rng, name, dtype, shape, axis, n, norm, layout):
    x = laid(numbers(rng, dtype, shape, "small" if dtype.kind in "iub" else "finite"), layout)
    p = Program(f"{name} of {dtype}{shape} {layout} n={n} axis={axis} {norm}")
    (a,) = p.views((x, layout))
    exact, size, points = exactly(name, x, n, axis, norm)
    out = spectrum(dtype)
    if name in ("irfft", "hfft"):
        out = F16 if dtype == F16 else {C64: F32, C128: F64}[out]
    arguments = [NONE if n is None else n, axis, NORMS.index(norm)]
    value = p.step(name, [a], arguments, gives=np.asarray(exact).astype(out))
    eps = float(np.finfo(out).eps)
    bound = 3 * (np.log2(points) + 2) * np.broadcast_to(size, exact.shape)
    if layout == "zero_stride":  # equal elements add up in one result, whose rounding is of its size
        bound = bound + 2 * np.max(np.abs(exact), axis, keepdims=True)
    p.near(value, name, exact, eps * bound + 1e-300)
    return p


def lines(rng):
    turn = 0
    for n in LENGTHS:
        for name in ("fft", "ifft", "rfft", "irfft", "hfft", "ihfft"):
            for dtype in (F64, F32, C128, C64):
                if name in ("rfft", "ihfft") and dtype.kind == "c":
                    continue
                turn += 1
                if n > 64 and turn % 3:
                    continue
                if name in ("irfft", "hfft") and n == 1:
                    continue
                yield one(rng, name, dtype, (n,), -1, None, NORMS[turn % 3], EVERY_LAYOUT[turn % 6])
    for n in LONG:
        for name in ("fft", "ifft", "rfft", "irfft"):
            turn += 1
            dtype = (F64, F32, C128, C64)[turn % 4]
            if name == "rfft" and dtype.kind == "c":
                dtype = F64
            yield one(rng, name, dtype, (n,), 0, None, NORMS[turn % 3], "contiguous")
    # More or fewer points than there are; odd ones from halves.
    for name in ("fft", "ifft", "rfft", "irfft", "hfft", "ihfft"):
        for have, n in ((10, 7), (10, 16), (7, 8), (9, 5), (1, 4), (33, 65), (33, 64), (40, 128), (100, 1), (17, 300), (70, 64), (511, 1024), (20000, 32768), (40000, 32768)):
            for dtype in (F64, C64, F32):
                if name in ("rfft", "ihfft") and dtype.kind == "c":
                    continue
                turn += 1
                yield one(rng, name, dtype, (have,), 0, n, NORMS[turn % 3], EVERY_LAYOUT[turn % 6])


def axes(rng):
    turn = 0
    for shape in ((3, 8), (4, 9), (8, 8), (9, 16), (16, 9), (17, 30), (30, 17), (7, 59), (59, 12), (20, 128), (128, 20),
                  (2, 3, 16), (3, 16, 5), (16, 5, 3), (2, 9, 30, 4), (5, 1, 8), (1, 64), (64, 1), (40, 130), (130, 40),
                  (11, 77), (77, 11), (9, 169), (289, 8), (10, 105)):  # fmt: skip
        for axis in range(len(shape)):
            for name in ("fft", "ifft", "rfft", "irfft", "hfft", "ihfft"):
                turn += 1
                dtype = [C128, F64, C64, F32][turn % 4]
                if name in ("rfft", "ihfft") and dtype.kind == "c":
                    dtype = F64 if dtype == C128 else F32
                if name in ("irfft", "hfft") and shape[axis] == 1:
                    continue
                n = [None, None, shape[axis] + 3, max(1, shape[axis] - 2)][turn // 4 % 4]
                yield one(rng, name, dtype, shape, axis - len(shape) * (turn % 2), n, NORMS[turn % 3], EVERY_LAYOUT[turn % 6])
    for dtype in (BOOL, np.dtype("int8"), np.dtype("uint16"), INT64, F16):
        for name in ("fft", "ifft", "rfft", "irfft", "hfft", "ihfft"):
            yield one(rng, name, dtype, (3, 12), -1, None, "backward", "contiguous")
    for name, shape in (("fft", (0, 8)), ("fft", (8, 0)), ("rfft", (0, 8)), ("irfft", (0, 5))):
        p = Program(f"{name} of nothing {shape}")
        axis = 1 if shape[0] == 0 else 0
        x = np.zeros(shape)
        value = p.step(name, [p.input(x)], [NONE, axis, 0], gives=getattr(np.fft, name)(x, axis=axis))
        p.result(value, name, EQUAL)
        yield p


def several(rng):
    turn = 0
    calls = [((6, 9), None, None), ((8, 16), None, (0,)), ((8, 16), (5, 20), None), ((4, 5, 6), None, None), ((4, 5, 6), None, (0, 2)),
             ((4, 5, 6), (3, 8), (2, 0)), ((4, 5, 6), (7, 8), None), ((4, 5, 6), (-1, 8), (0, 1)), ((2, 3, 4, 5), None, (1, -1)),
             ((40, 60), None, None), ((33, 17), None, (1, 0))]  # fmt: skip
    for shape, s, axis in calls:
        for name in ("fftn", "ifftn", "rfftn", "irfftn", "fft2", "ifft2", "rfft2", "irfft2"):
            own = axis
            if name.endswith("2"):
                if axis is not None and len(axis) != 2 or s is not None and len(s) != 2:
                    continue
                own = axis or (-2, -1)
            for dtype in (C128, F32):
                if name.startswith("r") and dtype.kind == "c":
                    dtype = F64
                turn += 1
                norm = NORMS[turn % 3]
                x = laid(numbers(rng, dtype, shape, "finite"), EVERY_LAYOUT[turn % 6])
                used = own if own is not None else tuple(range(-len(s), 0)) if s is not None else tuple(range(len(shape)))
                sizes = None if s is None else [shape[a] if e == -1 else e for e, a in zip(s, used)]
                exact = getattr(np.fft, name)(x.astype(C128 if dtype.kind == "c" else F64), s=sizes, axes=used, norm=norm)
                out = spectrum(dtype)
                if name.startswith("ir"):
                    out = {C64: F32, C128: F64}[out]
                p = Program(f"{name} of {dtype}{shape} s={s} axes={own} {norm}")
                (a,) = p.views((x, EVERY_LAYOUT[turn % 6]))
                integers = [NORMS.index(norm)]
                for given in (s, own):
                    integers += [-9] if given is None else [len(given), *given]
                value = p.step(name, [a], integers, gives=exact.astype(out))
                p.near(value, name, exact, 30 * float(np.finfo(out).eps) * max(1e-300, np.max(np.abs(exact))))
                yield p


def rest(rng):
    for n in (1, 2, 3, 8, 9, 100):
        for d in (1.0, 0.1, -2.5):
            for name in ("fftfreq", "rfftfreq"):
                p = Program(f"{name} of {n}, {d}", eager=True)
                p.result(p.step(name, [], [n], [d], gives=getattr(np.fft, name)(n, d)), name, EQUAL)
                yield p
    for name in ("fftshift", "ifftshift"):
        for shape, axis in (((5,), None), ((6,), None), ((4, 5), None), ((4, 5), (1,)), ((4, 5), (-1, 0)), ((0, 3), None), ((2, 3, 7), (2,))):
            x = numbers(rng, F64, shape, "finite")
            p = Program(f"{name} of {shape} {axis}")
            p.result(p.step(name, [p.input(x)], axis or (), gives=getattr(np.fft, name)(x, axis)), name)
            yield p
    # Special values: a column that is not finite does not touch the others.
    x = np.ones((4, 9))
    x[:, 3] = [np.nan, np.inf, 1, 2]
    p = Program("fft beside nan")
    value = p.step("fft", [p.input(x)], [NONE, 0, 0], gives=np.fft.fft(x, axis=0))
    kept = p.getitem(value, (slice(None), slice(4, 9)))
    p.result(kept, "fft", EQUAL)
    yield p
    for name, shape, integers, kind in (
        ("fft", (4,), [0, -1, 0], "value"), ("fft", (4,), [-3, -1, 0], "value"), ("fft", (4,), [NONE, 1, 0], "shape"),
        ("fft", (4,), [NONE, -1, 3], "value"), ("fft", (0,), [NONE, -1, 0], "value"), ("fft", (), [NONE, -1, 0], "shape"),
        ("rfft", (0,), [NONE, -1, 0], "value"), ("irfft", (1,), [NONE, -1, 0], "value"), ("irfft", (0,), [NONE, -1, 0], "value"),
        ("fftn", (4, 4), [0, 1, 3, 2, 0, 1], "value"), ("fftn", (4, 4), [0, -9, 1, 2], "shape"), ("rfftn", (), [0, -9, -9], "value"),
        ("fft2", (4,), [0, -9, 2, -2, -1], "shape"), ("fftfreq", None, [0], "value"), ("fftshift", (4,), [1], "shape"),
    ):  # fmt: skip
        p = Program(f"{name} of {shape} {integers}", eager=name == "fftfreq")
        p.step(name, [] if shape is None else [p.input(np.zeros(shape))], integers, [1.0] if shape is None else [])
        yield p.fails(kind)
    for name in ("rfft", "ihfft"):
        p = Program(f"{name} of complex numbers")
        p.step(name, [p.input(np.ones(4, C128))], [NONE, -1, 0])
        yield p.fails("dtype")


def programs(rows, rng):
    yield from lines(rng)
    yield from axes(rng)
    yield from several(rng)
    yield from rest(rng)
