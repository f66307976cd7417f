"""Two clocks, and how they tell that time has passed unseen.

A process that was stopped wakes up much later than it meant to; after a machine slept, the wall
clock has run on and the monotonic one has not. In both cases events may have been lost.

Invariant: only the monotonic clock measures durations; the wall clock is for people and for
noticing a jump. Both are injected.

Tests: tests/unit/watch/test_clocks.py
"""

import time
from collections.abc import Callable
from typing import NamedTuple

LATE = 5.0
"""So many seconds later than meant, the process was stopped rather than busy."""
APART = 30.0
"""When the clocks drift apart by so many seconds, one of them has jumped."""


class Clocks(NamedTuple):
    """Seconds: ``monotonic`` from anywhere, ``wall`` since the epoch."""

    monotonic: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time


class Gaps:
    """Notices times in which nobody was looking."""

    def __init__(self, clocks: Clocks) -> None:
        self._clocks = clocks
        self._offset = clocks.wall() - clocks.monotonic()
        self._awaited: float | None = None

    def wait_until(self, moment: float) -> None:
        """Say that the process means to wake up by ``moment`` (monotonic)."""
        self._awaited = moment

    def passed(self) -> bool:
        """Return whether time has passed unseen since ``wait_until``, and take it as seen."""
        now = self._clocks.monotonic()
        offset = self._clocks.wall() - now
        late = self._awaited is not None and now > self._awaited + LATE
        jumped = abs(offset - self._offset) > APART
        self._awaited = None
        if jumped:
            self._offset = offset
        return late or jumped
