# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""One program in every way: do the ways agree, and does NumPy?"""

import re

from processes import CPUS, EVERY_WAY, PLANT, STAGES, Died, Driver, Stages
from program import Skip


class Failure:
    """What is wrong, in words; the kind has to stay when the program shrinks."""

    def __init__(self, kind, text, variant=0):
        self.kind, self.text, self.variant = kind, text, variant

    def __str__(self):
        return f"{self.kind}: {self.text}"


class Checker:
    def __init__(self, driver, stages, planted=False, cpus=CPUS):
        self.drivers = [Driver(driver, cpu) for cpu in cpus]
        self.stages = Stages([stages]) if stages else None
        self.planted = planted
        self.compared = self.undefined = self.raised = self.variants = self.roads = 0
        self.rows = set()

    def start(self, program, turn=None):
        """Sends it off; with a turn other CPUs than this one run two of its sizes, the first and one more."""
        program.sent = []
        every = range(len(program.variants))
        some = every if turn is None or len(every) < 3 else [0, 1 + turn % (len(every) - 1)]
        for i, driver in enumerate(self.drivers):
            flags = (EVERY_WAY | STAGES * bool(self.stages)) * (i == 0) | PLANT * self.planted
            variants = some if i else every
            try:
                driver.send(program.group(flags, variants))
                program.sent.append((variants, None))
            except Died as error:
                program.sent.append((variants, error))

    def finish(self, program):
        """A Failure or nothing."""
        failure, all_replies = None, []
        for driver, (variants, error) in zip(self.drivers, program.sent):
            try:
                if error:
                    raise error
                all_replies.append(dict(zip(variants, driver.replies(len(variants)))))
            except Died as error:
                failure = failure or Failure("crash", f"on {driver.cpu}: {error}")
        return failure or self.judge(program, all_replies)

    def run(self, program):
        self.start(program)
        return self.finish(program)

    def judge(self, program, all_replies):
        native = all_replies[0]
        for variant, reply in native.items():
            self.variants += 1
            raises = variant in getattr(program, "raising", ())
            if raises and not reply.error:
                return Failure("no error", f"NumPy refuses this at sizes {variant}", variant)
            if reply.error and not raises:
                return Failure("error", reply.error, variant)
            if reply.error:
                self.raised += 1
            for driver, replies in zip(self.drivers, all_replies):
                other = replies.get(variant)
                if other is None:
                    continue
                if other.differences:
                    return Failure("ways of running", f"on {driver.cpu}: {other.differences.strip()}", variant)
                if reply.error:
                    continue  # what nobody reads only fails step by step
                if other.error:
                    return Failure("CPUs", f"only {driver.cpu} refuses: {other.error}", variant)
                if other.hash != reply.hash:
                    return Failure("CPUs", f"{driver.cpu} gives other bits than {self.drivers[0].cpu}", variant)
            if reply.error or variant in program.large:
                continue
            try:
                wrong, compared, skipped = program.verify(variant, reply.values)
            except Skip:
                self.undefined += 1
                continue
            self.compared += compared
            self.undefined += skipped
            if wrong:
                return Failure("NumPy", wrong, variant)
        if self.stages and native[0].recorded:
            self.rows |= set(re.findall(r"\bnd\.(\w+)", native[0].recorded))
            self.roads += 1
            try:
                wrong = self.stages.check(native[0].recorded, native[0].lowered)
            except Died as error:
                wrong = f"the reader of stages: {error}"
            if wrong:
                return Failure("stages", wrong)
        return None

    def stop(self):
        for process in [*self.drivers, *([self.stages] if self.stages else [])]:
            process.stop()
