#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares the texts of arrays with NumPy's, character for character.

    print.py --driver print-driver [--seed N] [--arrays N]

NumPy 2.2 is the model. Where an older or a newer NumPy runs, what differs is made up for: repr's shape=, the sign of
integers and the bounds of exponents. bfloat16, which NumPy has not, is what NumPy makes of the same float32 values
with digits from `digits` below, which must also give NumPy's own digits of float16.
"""

import argparse
import collections
import contextlib
import ctypes
import fractions
import struct
import subprocess
import sys

sys.dont_write_bytecode = True

import numpy as np  # noqa: E402

np.seterr(all="ignore")
VERSION = tuple(int(part) for part in np.__version__.split(".")[:2])
if VERSION < (2, 0) and hasattr(np, "_set_promotion_state"):
    np._set_promotion_state("weak")  # NEP 50, which NumPy 2 always follows
arrayprint = np._core.arrayprint if VERSION >= (2, 0) else np.core.arrayprint

# In the order of nd::dtype.
ORDER = ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "bfloat16",
         "float32", "float64", "complex64", "complex128"]  # fmt: skip
MODES = ["fixed", "unique", "maxprec", "maxprec_equal"]
DEFAULTS = dict(precision=8, threshold=1000, edgeitems=3, linewidth=75, suppress=False, sign="-", floatmode="maxprec",
                nanstr="nan", infstr="inf")  # fmt: skip


# Digits by exact arithmetic: an oracle for bfloat16, itself checked on float16.


def interval(value, bits, least):
    """The numbers that round to `value`: low, high and whether they count themselves."""
    exponent = least
    while value >= fractions.Fraction(2) ** (exponent + bits):
        exponent += 1
    step = fractions.Fraction(2) ** exponent
    mantissa = value / step
    assert mantissa.denominator == 1
    below = step / 4 if mantissa == 2 ** (bits - 1) and exponent > least else step / 2
    return value - below, value + step / 2, mantissa % 2 == 0


def leading_exponent(value):
    exponent = 0
    while fractions.Fraction(10) ** (exponent + 1) <= value:
        exponent += 1
    while fractions.Fraction(10) ** exponent > value:
        exponent -= 1
    return exponent


def shortest(value, bits, least):
    """(digits as an integer, the power of ten it stands for)"""
    if value == 0:
        return 0, 0
    low, high, closed = interval(value, bits, least)
    power = leading_exponent(value)
    while True:
        unit = fractions.Fraction(10) ** power
        down = value // unit
        fitting = [
            n for n in (down, down + 1) if low < n * unit < high or (closed and (low == n * unit or n * unit == high))
        ]
        if fitting:
            number = min(fitting, key=lambda n: (abs(n * unit - value), n % 2))
            while number % 10 == 0:
                number, power = number // 10, power + 1
            return number, power
        power -= 1


def nearest(value, power):
    """`value` as an integer number of 10**power, ties to even."""
    return round(value / fractions.Fraction(10) ** power)


def chosen(value, bits, least, unique, first, last):
    """Digits of `value` that end between 10**first and 10**last, or any if those are None."""
    if not unique:
        return nearest(value, last), last
    number, power = shortest(value, bits, least)
    if last is not None and power < last:
        return nearest(value, last), last
    if first is not None and power > first:
        return nearest(value, first), first
    return number, power


class Digits:
    """numpy's dragon4_positional and dragon4_scientific for a type of `bits` significant bits."""

    def __init__(self, bits, least):
        self.bits, self.least = bits, least

    def sign(self, x, plus):
        return "-" if np.signbit(x) else "+" if plus else ""

    def positional(self, x, precision=-1, unique=True, fractional=True, trim="k", sign=False, pad_left=0, pad_right=0,
                   min_digits=-1):  # fmt: skip
        assert fractional
        value = fractions.Fraction(abs(float(x)))
        first = None if min_digits is None or min_digits < 0 else -min_digits
        last = None if precision is None or precision < 0 else -precision
        number, power = chosen(value, self.bits, self.least, unique, first, last)
        whole, part = str(number), ""
        if power >= 0:
            whole += "0" * power if number else ""
        else:
            whole = whole.rjust(1 - power, "0")
            whole, part = whole[:power], whole[power:]
        if trim == "k":
            part = part.ljust(max(min_digits if unique else precision, 0), "0")
        else:
            part = part.rstrip("0")
        whole = self.sign(x, sign) + whole
        return whole.rjust(pad_left) + "." + part.ljust(pad_right)

    def scientific(self, x, precision=-1, unique=True, trim="k", sign=False, pad_left=0, exp_digits=2, min_digits=-1):
        value = fractions.Fraction(abs(float(x)))
        leading = leading_exponent(value) if value else 0
        first = None if min_digits is None or min_digits < 0 else leading - min_digits
        last = None if precision is None or precision < 0 else leading - precision
        number, power = chosen(value, self.bits, self.least, unique, first, last)
        text = str(number)
        exponent = power + len(text) - 1 if number else 0
        part = text[1:]
        if trim == "k":
            wanted = max(min_digits if unique else precision, 0)
            part = part.ljust(wanted, "0")[:wanted] if set(part[wanted:]) <= {"0"} else part
        else:
            part = part.rstrip("0")
        whole = (self.sign(x, sign) + text[0]).rjust(pad_left)
        return f"{whole}.{part}e{'-' if exponent < 0 else '+'}{str(abs(exponent)).rjust(max(exp_digits, 2), '0')}"

    def scalar(self, x):
        """str() of a value on its own."""
        if not np.isfinite(x):
            return "nan" if np.isnan(x) else "-inf" if x < 0 else "inf"
        if x == 0 or 1e-4 <= abs(float(x)) < 1e16:
            text = self.positional(x, trim=".")
            return text + "0" if text.endswith(".") else text
        return self.scientific(x, trim=".").replace(".e", "e")


BFLOAT16, FLOAT16 = Digits(8, -133), Digits(11, -24)


@contextlib.contextmanager
def replaced(**names):
    before = {name: getattr(arrayprint, name) for name in names}
    try:
        for name, value in names.items():
            setattr(arrayprint, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(arrayprint, name, value)


# What NumPy 2.2 prints.


class IntegerFormat:
    """As of NumPy 2.0, which added the sign."""

    def __init__(self, data, sign="-"):
        low, high = int(data.min()), int(data.max())
        if sign == " " and low < 0:
            sign = "-"
        self.text = "{:%s%d}" % (sign, max(len(f"{low:{'-'}}"), len(f"{high:{sign}}")))

    def __call__(self, x):
        return self.text.format(int(x))


def repr_2_2(a, name, array2string):
    text = "array(" + array2string(a, separator=", ", prefix="array(", suffix=")")
    options = np.get_printoptions()
    extras = []
    if (a.size == 0 and a.shape != (0,)) or a.size > options["threshold"]:
        extras.append(f"shape={a.shape}")
    if name not in ("bool", "int64", "float64", "complex128") or a.size == 0:
        extras.append(f"dtype={name}")
    if not extras:
        return text + ")"
    text, extra = text + ",", ", ".join(extras) + ")"
    wrap = len(text.split("\n")[-1]) + len(extra) + 1 > options["linewidth"]
    return text + ("\n" + " " * len("array(") if wrap else " ") + extra


def expected(a, name, options):
    """(str, repr)"""
    if VERSION >= (2, 3):
        options = dict(options, legacy="2.2")  # the bounds of exponents
    names = {}
    if VERSION < (2, 0):
        sign = options["sign"]
        names["IntegerFormat"] = lambda data: IntegerFormat(data, sign)
    if name == "bfloat16":
        names.update(dragon4_positional=BFLOAT16.positional, dragon4_scientific=BFLOAT16.scientific)
    with np.printoptions(**options), replaced(**names):
        if a.ndim == 0:
            text = BFLOAT16.scalar(a[()]) if name == "bfloat16" else str(a[()])
        else:
            text = np.array2string(a)
        return text, repr_2_2(a, name, np.array2string)


# Arrays.


def specials(dtype):
    info = np.finfo(dtype)
    return [0.0, -0.0, np.inf, -np.inf, np.nan, info.max, info.min, info.tiny, -info.smallest_subnormal, 1.0, -1.0,
            0.5, 1000.0, 1e-4, 123.456]  # fmt: skip


def reals(rng, dtype, shape):
    """Floats of one kind: whole, of one magnitude, of many, with infinities and not-a-numbers, ..."""
    size = int(np.prod(shape))
    dtype = np.dtype(dtype)
    span = {2: 4, 4: 37, 8: 300}[dtype.itemsize]
    kind = rng.choice(["whole", "unit", "narrow", "wide", "huge", "tiny", "short", "special", "mixed", "bits", "same"])
    normal = rng.standard_normal(size)
    if kind == "whole":
        values = np.round(normal * 10 ** rng.integers(0, 6))
    elif kind == "unit":
        values = rng.random(size)
    elif kind == "narrow":
        values = normal * 10.0 ** rng.integers(-6, 9)
    elif kind == "wide":
        values = normal * 10.0 ** rng.integers(-5, 6, size)
    elif kind == "huge":
        values = normal * 10.0 ** rng.integers(0, span, size)
    elif kind == "tiny":
        values = normal * 10.0 ** rng.integers(-span - 8, 0, size)
    elif kind == "short":
        values = rng.integers(-999, 1000, size) / 10.0 ** rng.integers(0, 4)
    elif kind == "special":
        values = rng.choice(specials(dtype), size)
    elif kind == "mixed":
        values = np.where(rng.random(size) < 0.8, normal, rng.choice([np.nan, np.inf, -np.inf, 0, -0.0], size))
    elif kind == "bits":
        raw = rng.integers(0, 256, size * dtype.itemsize, dtype=np.uint8).tobytes()
        values = np.frombuffer(raw, dtype, size)
    else:
        values = np.full(size, normal[0] if size else 0)
    if rng.random() < 0.3:
        values = np.abs(values)
    return np.asarray(values).astype(dtype).reshape(shape)


def to_bfloat16(a):
    """The float32 values of `a` cut to bfloat16; not-a-numbers stay such."""
    return np.where(np.isnan(a), np.float32(np.nan), (a.view(np.uint32) & 0xFFFF0000).view(np.float32).reshape(a.shape))


def data(rng, name, shape):
    if name == "bool":
        return rng.random(shape) < rng.random()
    if name == "bfloat16":
        return np.asarray(to_bfloat16(np.atleast_1d(reals(rng, "float32", shape)))).reshape(shape)
    dtype = np.dtype(name)
    if dtype.kind == "f":
        return reals(rng, dtype, shape)
    if dtype.kind == "c":
        part = "float32" if name == "complex64" else "float64"
        a = np.empty(shape, dtype)
        a.real, a.imag = reals(rng, part, shape), reals(rng, part, shape)
        return a
    info = np.iinfo(dtype)
    bits = rng.integers(1, 8 * dtype.itemsize + 1)
    low, high = max(info.min, -(2 ** int(bits))), min(info.max, 2 ** int(bits))
    if rng.random() < 0.3:
        low = max(low, 0)
    elif rng.random() < 0.1:
        high = -1 if info.min < 0 else high
    a = np.asarray(rng.integers(low, high, shape, dtype, endpoint=True))
    if rng.random() < 0.2 and a.size:
        a.flat[int(rng.integers(a.size))] = info.min
        a.flat[int(rng.integers(a.size))] = info.max
    return a


SHAPES = [(), (), (0,), (0, 3), (2, 0), (1,), (2,), (5,), (7,), (40,), (130,), (1, 1), (3, 4), (9, 2), (4, 12), (2, 31),
          (2, 3, 4), (3, 1, 5), (1, 2, 20), (2, 2, 2, 3), (1, 3, 1, 2), (2, 0, 4)]  # fmt: skip
LARGE = [(1001,), (1200,), (40, 50), (2, 600), (600, 2), (7, 2, 80), (11, 10, 10), (3, 4, 5, 20)]


def random_options(rng):
    options = dict(DEFAULTS)
    choices = dict(
        precision=[0, 1, 2, 3, 4, 6, 8, 10, 17, 20],
        threshold=[0, 5, 20, 100, 1000],
        edgeitems=[0, 1, 2, 3, 5],
        linewidth=[1, 20, 40, 60, 75, 120],
        suppress=[False, True],
        sign=["-", "+", " "],
        floatmode=MODES,
        nanstr=["nan", "NA", "not a number", "?"],
        infstr=["inf", "oo", "infinity"],
    )
    for key, values in choices.items():
        if rng.random() < 0.4:
            options[key] = values[int(rng.integers(len(values)))]
    return options


def layout(rng, a):
    """The same elements with other strides."""
    if a.ndim == 0 or rng.random() < 0.5:
        return np.ascontiguousarray(a).reshape(a.shape)
    how = rng.integers(3)
    if how == 0:  # Fortran's order
        return np.asfortranarray(a)
    if how == 1:  # backwards
        back = (slice(None, None, -1),) * a.ndim
        return np.ascontiguousarray(a[back])[back]
    base = np.zeros([2 * n + 1 for n in a.shape], a.dtype)
    view = base[tuple(slice(1, 2 * n, 2) for n in a.shape)]
    view[...] = a
    return view


def cases(rng, count):
    """(name, array, options)"""
    for shape in SHAPES + LARGE:
        for name in ORDER:
            if shape in LARGE and name == "bfloat16" and len(shape) == 1:
                continue  # its oracle is slow; the others summarise too
            yield name, data(rng, name, shape), DEFAULTS
    for i in range(count):
        name = ORDER[i % len(ORDER)]
        shapes = LARGE if rng.random() < 0.1 and name != "bfloat16" else SHAPES
        yield name, data(rng, name, shapes[int(rng.integers(len(shapes)))]), random_options(rng)
    # Halves and their neighbours at powers of two, and a range of just over 1000, which may round to it.
    whole = dict(DEFAULTS, threshold=10**6, floatmode="unique")
    powers = np.arange(0x0400, 0x7C00, 0x0400, dtype=np.uint16)
    some, large = np.arange(0, 0x7400, 7, dtype=np.uint16), np.arange(0x7400, 0x7C00, dtype=np.uint16)
    bits = np.concatenate([powers - 1, powers, powers + 1, some, large])
    yield "float16", bits.view(np.float16), whole
    yield "float16", bits.view(np.float16), dict(whole, suppress=True)
    powers = np.arange(0x0080, 0x7F80, 0x0080, dtype=np.uint32)
    bits = np.concatenate([powers - 1, powers, powers + 1]) << 16
    yield "bfloat16", bits.view(np.float32), whole
    for bits in range(0x3C00, 0x4000, 16):
        low = np.array([bits], np.uint16).view(np.float16)[0]
        yield "float16", np.array([low, 1000 * float(low)], np.float16), DEFAULTS
    # 49984 is 50000.0 alone: the bounds of an even value count.
    for bits in range(0x7A00, 0x7A40):
        yield "float16", np.array(bits, np.uint16).view(np.float16), DEFAULTS
    # Line breaks inside nested arrays.
    for name in ["bool", "int32", "float32", "complex64", "float64", "complex128"]:
        for width in range(1, 61, 3):
            for shape in [(30,), (2, 9), (2, 2, 7), (2, 1, 2, 6)]:
                yield name, data(rng, name, shape), dict(DEFAULTS, linewidth=width)


# The driver.


def request(name, a, options):
    if name == "bfloat16":
        bits = np.asarray(np.ascontiguousarray(a).view(np.uint32) >> 16).astype(np.uint16)
        a = bits.reshape(a.shape)
    low = sum(min(0, (n - 1) * s) for n, s in zip(a.shape, a.strides)) if a.size else 0
    high = sum(max(0, (n - 1) * s) for n, s in zip(a.shape, a.strides)) + a.itemsize if a.size else 0
    start = a.__array_interface__["data"][0] + low
    memory = ctypes.string_at(start, high - low) if a.size else b""
    text = [options[key].encode() for key in ("nanstr", "infstr")]
    return b"".join(
        [
            b"\1",
            struct.pack("<7q", options["precision"], options["threshold"], options["edgeitems"], options["linewidth"],
                        options["suppress"], ord(options["sign"]), MODES.index(options["floatmode"])),
            *(struct.pack("<q", len(t)) + t for t in text),
            struct.pack(f"<{2 + 2 * a.ndim}q", ORDER.index(name), a.ndim, *a.shape, *a.strides),
            struct.pack("<2q", -low, len(memory)),
            memory,
        ]
    )  # fmt: skip


def check_oracle(rng):
    """The digits above against NumPy's own, of float16."""
    values = rng.integers(0, 0x7C00, 400, dtype=np.uint16).view(np.float16)
    values = np.concatenate([values, np.float16([0, 1, 1024, 65504, 6e-8, 6.104e-5, 0.1, 0.25])])
    for x in values:
        for precision, unique, minimum in [(None, True, None), (3, True, None), (8, True, 0), (6, True, 6), (4, False, None)]:
            options = dict(precision=precision, unique=unique, trim="k" if minimum else ".", min_digits=minimum)
            if not unique:
                options.update(trim="k", min_digits=None)
            given = {key: -1 if value is None else value for key, value in options.items()}
            for ours, numpys in [(FLOAT16.positional, np.format_float_positional),
                                 (FLOAT16.scientific, np.format_float_scientific)]:  # fmt: skip
                if ours(x, **given) != numpys(x, **options):
                    raise SystemExit(f"the oracle is wrong: {x!r} {options}: {ours(x, **given)} {numpys(x, **options)}")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--driver", required=True)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--arrays", type=int, default=1500, help="how many under random options")
    arguments = arguments.parse_args()
    rng = np.random.Generator(np.random.PCG64(arguments.seed))
    check_oracle(rng)

    wanted, requests = [], []
    for name, a, options in cases(rng, arguments.arrays):
        a = layout(rng, a)
        wanted.append((name, a.shape, options, expected(a, name, options)))
        requests.append(request(name, a, options))
    answer = subprocess.run([arguments.driver], input=b"".join(requests), stdout=subprocess.PIPE, check=True).stdout

    position = 0

    def take():
        nonlocal position
        (size,) = struct.unpack_from("<q", answer, position)
        position += 8 + size
        return answer[position - size : position].decode()

    failures, printed = 0, collections.Counter()
    for name, shape, options, texts in wanted:
        printed[name] += 1
        for form, text in zip(("str", "repr"), texts):
            got = take()
            if got == text:
                continue
            failures += 1
            if failures <= 10:
                changed = {key: value for key, value in options.items() if value != DEFAULTS[key]}
                print(f"{form} of {name} {shape} {changed}\n--- NumPy\n{text}\n--- nd\n{got}\n")
    assert position == len(answer)
    counts = ", ".join(f"{name} {printed[name]}" for name in ORDER)
    print(f"{len(wanted)} arrays ({counts}), {2 * len(wanted)} texts, {failures} differ from NumPy")
    return failures > 0


if __name__ == "__main__":
    sys.exit(main())
