# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Draws programs: which values there are, what fits what, and which extents a run decides."""

import numpy as np

import core
from core import BOOL, F32, F64, INT64
from program import VAST, Program, Skip, Value

SIZES = [2, 3, 4, 5, 7, 8, 11, 13, 16, 17, 19, 23, 31, 33]
EXTENTS = [(), (1,), ("n",), ("n",), ("m", 1), ("m", "n"), ("m", "n"), ("m", "n"), ("n", "k"), ("1", "n"), ("n", "n"),
           ("k", "m", "n"), ("k", "1", "1"), ("k", "m", "1")]  # fmt: skip
TYPES = [F64, F64, F64, F32, F32, INT64, INT64, np.dtype("int32"), np.dtype("int8"), np.dtype("uint8"), np.dtype("uint16"),
         np.dtype("uint64"), np.dtype("float16"), np.dtype("complex128"), np.dtype("complex64"), BOOL, BOOL]  # fmt: skip
LARGEST = 3000


class Input:
    """An input before its sizes are known."""

    def __init__(self, extents, dtype, kind):
        self.extents, self.dtype, self.kind = extents, dtype, kind

    def data(self, rng, sizes):
        shape = tuple(sizes[e] if e in sizes else int(e) for e in self.extents)
        return core.numbers(rng, self.dtype, shape, self.kind)


class Generator:
    def __init__(self, seed, kinds):
        self.rng = np.random.Generator(np.random.PCG64(seed))
        self.kinds = [maker for _, maker in kinds]
        weights = np.array([weight for weight, _ in kinds], float)
        self.weights = np.cumsum(weights / weights.sum())
        self.seed = seed
        self.zero_safe = bool(self.rng.random() < 0.5)
        self.steps, self.values, self.state, self.tags = [], [], {}, {}
        self.sorted_lines, self.writes = set(), 0

    # What kinds ask.

    def pick(self, condition=None):
        """A value for which the condition holds, later ones more often."""
        for _ in range(8):
            n = len(self.values)
            at = self.rng.integers(n) if self.rng.random() < 0.5 else n - 1 - self.rng.integers(min(n, 5))
            value = self.values[at]
            if condition is None or condition(self.state[value]):
                return value
        return self.values[-1] if condition is None else None

    def tag(self, value):
        """What decides its extents at run time, if something does."""
        return self.tags.get(value)

    def fits(self, value, *others):
        """Whether these broadcast at every size."""
        tags = {self.tag(v) for v in (value, *others) if self.state[v].ndim}
        if len(tags) > 1:
            return False
        try:
            shape = np.broadcast_shapes(*(self.state[v].shape for v in (value, *others)))
        except ValueError:
            return False
        return int(np.prod(shape)) <= LARGEST

    def fitting(self, *others):
        for _ in range(10):
            value = self.pick()
            if self.fits(value, *others):
                return value
        return None

    def fits_into(self, value, shape):
        """Whether it broadcasts to `shape`, at other sizes too."""
        own = self.state[value].shape
        return len(own) <= len(shape) and all(a == b or a == 1 for a, b in zip(own[::-1], shape[::-1]))

    def version(self, value):
        """Masks that are written into choose something else."""
        return self.writes

    def sorted(self, value):
        return value in self.sorted_lines

    def tagged(self, step, tag, first_only=False):
        step.tags = tag, first_only
        return step

    def same_tag(self, step, parent, how="T"):
        return step

    # Drawing.

    def add(self, step):
        """Runs it in NumPy; whether it stays."""
        operands = step.operands(self.state)
        try:
            step.integers_for(operands)
            expected = step.call(operands)
        except (Skip, ValueError, IndexError, TypeError, np.linalg.LinAlgError, OverflowError):
            return False
        if any(e.data.size > LARGEST or e.data.ndim > 5 or e.data.dtype not in core.CODE for e in expected):
            return False
        parents = [a for a in step.arguments if isinstance(a, Value)]
        given, first_only = getattr(step, "tags", (None, False))
        own = next((self.tag(a) for a in parents if self.tag(a) is not None), None)
        for i, (value, e) in enumerate(zip(step.results, expected)):
            self.state[value] = e.data
            self.values.append(value)
            tag = given
            if given is None or (first_only is not False and i):
                # Where nothing is left a part is as long as the whole, which elsewhere it is not.
                same = e.data.size > 0 and any(self.tag(a) is not None and self.state[a].shape == e.data.shape for a in parents)
                tag = own if own is None or same else ("derived", object())
            if tag is not None and e.data.ndim:
                self.tags[value] = tag
            if step.name in ("sort", "unique", "unique_counts") and i == 0 and e.data.ndim == 1:
                self.sorted_lines.add(value)
        self.writes += not step.results
        self.steps.append(step)
        return True

    def sizes(self):
        return dict(zip("nmk", (int(s) for s in self.rng.choice(SIZES, 3, replace=False))))

    def program(self):
        rng = self.rng
        inputs = []
        for _ in range(rng.integers(1, 6)):
            dtype = TYPES[rng.integers(len(TYPES))]
            kind = str(rng.choice(["small", "small", "finite", "moderate", "any"]))
            inputs.append(Input(EXTENTS[rng.integers(len(EXTENTS))], dtype, kind))
        if not any(len(i.extents) > 1 for i in inputs):
            inputs[0].extents = ("m", "n")
        base = self.sizes()
        values = [Value() for _ in inputs]
        data = [i.data(rng, base) for i in inputs]
        self.values = list(values)
        self.state = dict(zip(values, (d.copy() for d in data)))
        wanted = int(np.exp(rng.uniform(np.log(2), np.log(61))))
        for _ in range(8 * wanted):
            if len(self.steps) >= wanted:
                break
            step = self.kinds[int(np.searchsorted(self.weights, rng.random()))](self)
            if step is not None:
                self.add(step)
        results = self.results(values)
        variants, large = [data], []
        some = "nmk"[rng.integers(3)]
        for change in ({some: 0}, {"nmk"[rng.integers(3)]: 1}, self.sizes()):
            variants.append([i.data(rng, base | change) for i in inputs])
        if rng.random() < 0.35:
            large.append(len(variants))
            variants.append([i.data(rng, {"n": int(rng.choice([129, 300])), "m": 67, "k": 3}) for i in inputs])
        program = Program(f"program {self.seed}", values, self.steps, results, variants, large)
        return defined(program)

    def results(self, inputs):
        made = [v for v in self.values if v not in set(inputs)] or self.values
        chosen = [made[-1], *(made[self.rng.integers(len(made))] for _ in range(self.rng.integers(0, 5)))]
        return list(dict.fromkeys(chosen))


def defined(program):
    """Leaves out the sizes at which NumPy does not say what comes."""
    kept, large, raising = [], [], []
    for k, data in enumerate(program.variants):
        try:
            state, error = program.replay(data)
        except Skip:
            if k == 0:
                return None
            continue
        if error is not None and k in program.large:
            continue
        if any(isinstance(x, np.ndarray) and x.size > VAST for x in state.values()):
            continue
        if k in program.large:
            large.append(len(kept))
        if error is not None:
            raising.append(len(kept))
        kept.append(data)
    program.variants, program.large, program.raising = kept, set(large), set(raising)
    return program
