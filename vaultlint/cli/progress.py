"""The progress line: on a terminal only, and only when a run takes long enough to wonder.

Tests: tests/unit/cli/test_progress.py
"""

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE = 0.5
"""Seconds without a line; a run that ends before imports nothing for it."""
PAUSE = 0.1
"""Seconds between two drawings."""


class ProgressLine:
    """A progress bar on stderr, drawn by the calls it gets (no thread), erased when closed."""

    def __init__(self, *, terminal: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._terminal = terminal
        self._clock = clock
        self._next = clock() + PATIENCE
        self._bar: tuple[Progress, TaskID] | None = None

    def __call__(self, done: int, total: int) -> None:
        """Draw that ``done`` of ``total`` files are done, if it is time."""
        if not self._terminal or (now := self._clock()) < self._next:
            return
        self._next = now + PAUSE
        if self._bar is None:
            self._bar = _new_bar(total)
        bar, task = self._bar
        bar.update(task, completed=done, total=total)
        bar.refresh()

    def close(self) -> None:
        """Erase the line."""
        if self._bar is not None:
            self._bar[0].stop()
            self._bar = None


def progress_line() -> ProgressLine:
    """Return the progress line of stderr, silent when that is no terminal."""
    return ProgressLine(terminal=sys.stderr.isatty())


def _new_bar(total: int) -> "tuple[Progress, TaskID]":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    bar = Progress(
        TextColumn("checking"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True, force_terminal=True),
        transient=True,
        auto_refresh=False,
    )
    bar.start()
    return bar, bar.add_task("checking", total=total)
