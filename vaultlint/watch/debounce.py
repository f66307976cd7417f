"""The debouncer: hints in, the files that have come to rest out.

A file is due when nothing was heard of it for a quiet time, and a little later while others are still
heard of, so that what was saved together is looked at together; or when it has been waiting for
long although it never rests. More hints than a burst make one look at everything, once the storm is
over: a listing is then cheaper than the single looks, and cannot miss what an overflow lost.

Invariant: pure; the time is an argument. What was hinted is due at some time, whatever follows.

Tests: tests/unit/watch/test_debounce.py, tests/properties/test_debounce.py
"""

from typing import NamedTuple

from vaultlint.note.model import NoteId


class Pace(NamedTuple):
    """Times in seconds; ``burst`` counts files.

    ``quiet`` and ``patience``: a file is due after so long without a hint, or since its first;
    for ``company`` it waits longer while other files are hinted at.
    ``calm`` and ``storm`` are the same for a look at everything.
    """

    quiet: float = 0.3
    company: float = 0.6
    patience: float = 3.0
    burst: int = 1000
    calm: float = 2.0
    storm: float = 10.0


class Batch(NamedTuple):
    """What is to be looked at: ``files``, or ``everything``."""

    files: tuple[NoteId, ...] = ()
    everything: bool = False


class _Heard(NamedTuple):
    first: float
    last: float


class Debouncer:
    """What was hinted and is not yet due."""

    def __init__(self, pace: Pace = Pace()) -> None:  # noqa: B008 -- a constant
        self.pace = pace
        self._files: dict[NoteId, _Heard] = {}
        self._everything: _Heard | None = None
        self._last = float("-inf")

    def add(self, file: NoteId, now: float) -> None:
        """Take in that ``file`` may have changed."""
        if self._everything is not None:
            self._everything = self._everything._replace(last=now)
            return
        known = self._files.get(file)
        self._last = now
        self._files[file] = _Heard(now if known is None else known.first, now)
        if len(self._files) > self.pace.burst:
            self.add_everything(now)

    def add_everything(self, now: float) -> None:
        """Take in that anything may have changed."""
        known = self._everything
        self._everything = _Heard(now if known is None else known.first, now)
        self._files.clear()

    @property
    def storms(self) -> bool:
        """Return whether a look at everything is awaited."""
        return self._everything is not None

    def due_at(self) -> float | None:
        """Return when something is due, None while nothing was hinted."""
        if self._everything is not None:
            return self._at(self._everything)
        return min(map(self._at, self._files.values()), default=None)

    def take(self, now: float) -> Batch | None:
        """Return and forget what is due, None if nothing is."""
        if self._everything is not None:
            if self._at(self._everything) > now:
                return None
            self._everything = None
            return Batch(everything=True)
        if all(self._at(heard) > now for heard in self._files.values()):
            return None
        due = tuple(
            sorted(file for file, heard in self._files.items() if self._rested(heard) <= now)
        )
        for file in due:
            del self._files[file]
        return Batch(due)

    def _at(self, heard: _Heard) -> float:
        pace = self.pace
        if self._everything is not None:
            return min(heard.last + pace.calm, heard.first + pace.storm)
        together = min(self._last + pace.quiet, heard.last + pace.quiet + pace.company)
        return min(together, heard.first + pace.patience)

    def _rested(self, heard: _Heard) -> float:
        return min(heard.last + self.pace.quiet, heard.first + self.pace.patience)
