"""A run over a series of inputs: what failed, and what took longest.

Failing is: an exception, an answer that cannot be right, or more than SECONDS of processor time. An
input that hangs ends the process with a traceback.
"""

import faulthandler
import time
from collections.abc import Callable
from typing import NamedTuple

from tests.fuzz.inputs import made
from tests.fuzz.subject import RULES_EVERY, Subject

SECONDS = 5.0
"""More than any input of a hundred thousand characters takes, by far."""
HANGS = 300.0
"""Seconds after which an input is taken to hang, on however busy a machine."""
MOST_FAILURES = 20


class Result(NamedTuple):
    """How the run went; ``failures`` tells of each number what went wrong."""

    inputs: int
    bytes: int
    slowest: float
    slowest_number: int
    failures: dict[int, str]


def run(seed: int, first: int, count: int, progress: Callable[[int], None] | None = None) -> Result:
    """Try ``count`` inputs; the run ends early after MOST_FAILURES."""
    subject = Subject()
    failures: dict[int, str] = {}
    done = size = slowest_number = 0
    slowest = 0.0
    for number in range(first, first + count):
        data = made(seed, number)
        faulthandler.dump_traceback_later(HANGS, exit=True)
        started = time.process_time()
        try:
            subject.read(data)
            if number % RULES_EVERY == 0 or count == 1:
                subject.judge(data)
        except Exception as error:  # noqa: BLE001 -- whatever it is, it is what is looked for
            failures[number] = f"{type(error).__name__}: {error}"[:300]
        taken = time.process_time() - started
        if taken > slowest:
            slowest, slowest_number = taken, number
        if taken > SECONDS:
            failures.setdefault(number, f"it took {taken:.1f} s")
        done += 1
        size += len(data)
        if progress is not None and done % 1000 == 0:
            progress(done)
        if len(failures) >= MOST_FAILURES:
            break
    faulthandler.cancel_dump_traceback_later()
    return Result(done, size, slowest, slowest_number, failures)
