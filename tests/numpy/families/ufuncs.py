# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Functions of elements that are more than a row: rounding to decimals, parts of floats, powers of two, divisors."""

import numpy as np

from core import BOOL, DTYPES, EVERY_LAYOUT, F16, F32, F64, INTS, Program, laid, numbers, real_of, wide
from pointwise import refused

SHAPES = [(), (0,), (1,), (7,), (33,), (4, 5), (2, 3, 17), (0, 3)]
DECIMALS = [0, 1, 2, 3, 8, 12, -1, -2, -3]
PAIRS = [((13,), (13,)), ((), (5,)), ((4, 5), (5,)), ((3, 1), (1, 17)), ((0, 3), (3,)), ((2, 3, 4), (3, 1))]


def beyond(values, dtype):
    info = np.iinfo(dtype)
    return bool(((values < info.min) | (values >= info.max)).any())


def rounding(rng):
    turn = 0
    for d, dtype in enumerate(DTYPES):
        for s, shape in enumerate(SHAPES):
            layout = EVERY_LAYOUT[(s + d) % len(EVERY_LAYOUT)]
            data = numbers(rng, dtype, shape, "any" if turn % 2 else "moderate")
            if dtype.kind in "fc":
                # Halves, which go to even.
                ties = np.asarray(rng.integers(-2000, 2000, shape) / 8).astype(dtype)
                data = np.where(rng.random(shape) < 0.5, ties, data)
            data = laid(np.asarray(data), layout)
            p = Program(f"round {dtype}{shape} {layout}")
            (a,) = p.views((data, layout))
            # NumPy's rint of bool is float16, and it refuses decimals.
            p.result(p.step("round", [a], gives=np.round(data)), "round")
            p.result(p.step(".round", [a], gives=np.round(data)), ".round")
            for decimals in DECIMALS if dtype != BOOL else ():
                if dtype.kind in "iu" and decimals < 0 and beyond(np.round(data.astype(F64), decimals), dtype):
                    continue  # NumPy converts what the dtype does not hold as the processor does
                turn += 1
                name = ("round", "around", ".round")[turn % 3]
                p.result(p.step(name, [a], [decimals], gives=np.round(data, decimals)), f"{name} to {decimals}")
            yield p
    for decimals in (1, -1):
        p = Program(f"bool to {decimals}")
        p.step("round", [p.input(np.ones(3, bool))], [decimals])
        yield p.fails("dtype")


def parts(rng):
    for d, dtype in enumerate(DTYPES):
        if dtype.kind == "c":
            for name in ("frexp", "modf"):
                p = Program(f"{name} of {dtype}")
                p.step(name, [p.input(np.ones(3, dtype))], gives=[np.ones(3), np.ones(3)])
                yield p.fails("dtype")
            continue
        for s, shape in enumerate(SHAPES):
            layout = EVERY_LAYOUT[(s + d) % len(EVERY_LAYOUT)]
            data = laid(numbers(rng, dtype, shape), layout)
            p = Program(f"parts of {dtype}{shape} {layout}", together=s % 2 == 0)
            (a,) = p.views((data, layout))
            for name in ("frexp", "modf"):
                whole = [np.asarray(v) for v in getattr(np, name)(data)]
                for value, part in zip(p.step(name, [a], gives=whole), ("first", "second")):
                    p.result(value, f"{name} {part}")
            yield p


def powers_of_two(rng):
    turn = 0
    for first in (d for d in DTYPES if d.kind != "c"):
        for second in [BOOL] + INTS:
            if refused("ldexp", [first, second]):
                continue  # the promotion family has these
            for shapes in PAIRS if first.kind == "f" else PAIRS[:2]:
                turn += 1
                layouts = EVERY_LAYOUT[turn % 6], EVERY_LAYOUT[turn // 6 % 6]
                x = numbers(rng, first, shapes[0])
                n = numbers(rng, second, shapes[1])
                if second != BOOL and second.itemsize > 1:
                    # From the subnormal numbers to the largest and beyond.
                    near = np.asarray(rng.integers(0 if second.kind == "u" else -2200, 2200, shapes[1]))
                    n = np.where(rng.random(shapes[1]) < 0.6, near, n).astype(second)
                x, n = laid(x, layouts[0]), laid(np.asarray(n), layouts[1])
                p = Program(f"ldexp {first}{shapes[0]} {second}{shapes[1]}", together=turn % 2 == 0)
                a, b = p.views((x, layouts[0]), (n, layouts[1]))
                p.result(p.step("ldexp", [a, b], gives=np.ldexp(x, n)), "ldexp")
                yield p
    # Rounded once, also where the result is subnormal.
    for dtype in (F16, F32, F64):
        x = np.asarray(rng.uniform(1, 2, 2000)).astype(dtype)
        info = np.finfo(dtype)
        n = rng.integers(info.minexp - info.nmant - 3, info.minexp + 3, 2000)
        p = Program(f"ldexp to subnormal {dtype}")
        p.result(p.step("ldexp", [p.input(x), p.input(n)], gives=np.ldexp(x, n)), "ldexp")
        yield p
    # Scalars beside arrays: neither promotes the other.
    x = numbers(rng, F32, (13,), "finite")
    p = Program("ldexp of scalars")
    a, n = p.input(x), p.input(np.arange(-3, 4, dtype=np.int32))
    p.result(p.step("ldexp", [a, 3], gives=np.ldexp(x, 3)), "ldexp")
    p.result(p.step("ldexp", [1.5, n], gives=np.ldexp(1.5, n.data)), "ldexp")
    # NumPy 1 gives float16 for a whole one, whatever the array's dtype.
    p.result(p.step("ldexp", [3, n], gives=np.ldexp(3.0, n.data)), "ldexp")
    yield p


def neighbours(rng):
    """Each number's neighbours on both sides, bit for bit."""
    for dtype in (F16, F32, F64):
        x = numbers(rng, dtype, (5000,))
        if dtype == F16:
            x = np.arange(2**16, dtype=np.uint16).view(np.float16)
        p = Program(f"neighbours in {dtype}")
        a = p.input(x)
        towards = [np.full(x.shape, v, dtype) for v in (np.inf, -np.inf, 0.0)] + [x[::-1].copy()]
        for y in [p.input(y) for y in towards]:
            p.result(p.step("nextafter", [a, y], gives=np.nextafter(x, y.data)), "nextafter")
        p.result(p.step("spacing", [a], gives=np.spacing(x)), "spacing")
        yield p


def divisors(rng):
    """Numbers that have common divisors."""
    for dtype in INTS:
        info = np.iinfo(dtype)
        factors = [1, 2, 3, 4, 5, 7, 12, 36]
        x, y = (rng.choice(factors, 500) * rng.choice(factors, 500) % 127 for _ in range(2))
        wide_ones = rng.integers(info.min, info.max, (2, 500), dtype, endpoint=True)
        for u, v in ((x.astype(dtype), y.astype(dtype)), (wide_ones[0], wide_ones[1] // 3 * 3)):
            yield divisors_of(dtype, u, np.asarray(v, dtype))


def divisors_of(dtype, x, y):
    p = Program(f"divisors {dtype}")
    a, b = p.input(x), p.input(y)
    p.result(p.step("gcd", [a, b], gives=np.gcd(x, y)), "gcd")
    p.result(p.step("lcm", [a, b], gives=np.lcm(x, y)), "lcm")
    return p


def float_powers(rng):
    for first in DTYPES:
        for second in DTYPES:
            x, y = (numbers(rng, dtype, (11,), "small") for dtype in (first, second))
            x = np.where(x == 0, first.type(1), x)
            exact = np.float_power(x, y)
            p = Program(f"float_power {first} {second}")
            value = p.step("float_power", [p.input(x), p.input(y)], gives=exact)
            eps = np.finfo(F64).eps
            size = np.where(np.isfinite(exact), np.abs(exact), 0)
            p.near(value, "float_power", exact, 100 * eps * size if exact.dtype.kind == "c" else 2 * eps * size)
            yield p


def sincs(rng):
    for d, dtype in enumerate(DTYPES):
        for s, shape in enumerate(SHAPES):
            layout = EVERY_LAYOUT[(s + d) % len(EVERY_LAYOUT)]
            data = laid(numbers(rng, dtype, shape, "finite" if dtype.kind in "fc" else "small"), layout)
            gives = dtype if dtype.kind in "fc" else F64
            w = np.asarray(data).astype(wide(gives))
            angle = np.pi * np.where(w == 0, 1, w)
            exact = np.asarray(np.where(w == 0, 1, np.sin(angle) / angle))
            p = Program(f"sinc {dtype}{shape} {layout}")
            (a,) = p.views((data, layout))
            # The angle is rounded: relative to 1 rather than to the result, which has zeros.
            value = p.step("sinc", [a], gives=exact.astype(gives))
            p.near(value, "sinc", exact, 16 * float(np.finfo(real_of(gives)).eps) * np.maximum(1, np.abs(exact)))
            yield p


def programs(rows, rng):
    yield from rounding(rng)
    yield from parts(rng)
    yield from powers_of_two(rng)
    yield from neighbours(rng)
    yield from divisors(rng)
    yield from float_powers(rng)
    yield from sincs(rng)
