# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The programs that run what is drawn: drivers, one for each CPU, and the reader of stages."""

import os
import select
import struct
import subprocess
import tempfile
import time

import numpy as np

import core

CPUS = [None, "x86-64-v3", "x86-64-v2"]  # this one's, AVX2, SSE
STAGES, PLANT, EVERY_WAY = 1, 2, 4  # what a driver is asked for


class Died(Exception):
    """A process crashed, hung, or ended."""


class Process:
    def __init__(self, command, environment=None, patience=180):
        self.command, self.environment, self.patience = command, environment or {}, patience
        self.process = None

    def start(self):
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors,
                                        bufsize=0, env=os.environ | self.environment)  # fmt: skip

    def send(self, data):
        if self.process is None:
            self.start()
        view = memoryview(data)
        try:
            while view:
                view = view[self.process.stdin.write(view) :]
        except BrokenPipeError:
            self.died()

    def receive(self, count):
        parts, deadline = [], time.monotonic() + self.patience
        while count:
            ready, _, _ = select.select([self.process.stdout], [], [], max(0, deadline - time.monotonic()))
            if not ready:
                self.process.kill()
                self.died(f"no answer for {self.patience} s")
            part = os.read(self.process.stdout.fileno(), min(count, 1 << 20))
            if not part:
                self.died()
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    def died(self, why=None):
        status = self.process.wait()
        self.errors.seek(0)
        text = self.errors.read().decode(errors="replace")[-2000:]
        self.process = None
        raise Died(f"{why or f'ended with status {status}'}: {text.strip()}")

    def stop(self):
        if self.process is not None:
            self.process.stdin.close()
            self.process.wait()
            self.process = None


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, form):
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values[0] if len(values) == 1 else values

    def text(self):
        n = self.take("I")
        self.at += n
        return self.data[self.at - n : self.at].decode(errors="replace")

    def value(self):
        code, ndim = self.take("B"), self.take("B")
        shape = tuple(self.take("q") for _ in range(ndim))
        dtype = np.dtype(core.ORDER[code])
        n = int(np.prod(shape, dtype=np.int64)) * dtype.itemsize
        self.at += n
        return np.frombuffer(self.data[self.at - n : self.at], dtype).reshape(shape).copy()


class Reply:
    """What a driver says of one variant."""

    def __init__(self, r):
        self.error, self.differences = r.text(), r.text()
        self.hash = r.take("Q")
        self.values = [r.value() for _ in range(r.take("I"))]
        self.recorded, self.lowered = r.text(), r.text()


class Driver(Process):
    def __init__(self, path, cpu):
        environment = {"ND_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "2"}
        if cpu:
            environment["ND_TARGET_CPU"] = cpu
        if cpu == CPUS[-1]:
            environment["ND_DEBUG"] = "bounds"  # its code checks each access
        super().__init__([path], environment)
        self.cpu = cpu or "this CPU"

    def replies(self, count):
        length = struct.unpack("<Q", self.receive(8))[0]
        r = Reader(self.receive(length))
        return [Reply(r) for _ in range(count)]


class Stages(Process):
    def check(self, recorded, lowered):
        for text in (recorded, lowered):
            encoded = text.encode()
            self.send(struct.pack("<I", len(encoded)) + encoded)
        return self.receive(struct.unpack("<I", self.receive(4))[0]).decode(errors="replace")
