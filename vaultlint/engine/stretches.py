"""The files of a vault in stretches, which processes take from one queue until none is left.

A process that the machine slows down takes fewer of them, so all come to an end together.

Invariant: every stretch is taken once, by one process; a process that ends takes nothing with it but
what it took before.

Tests: tests/unit/engine/test_parallel.py
"""

import os
from collections.abc import Iterator, Sequence

from vaultlint.note.model import NoteId

MOST_STRETCHES = 256
"""The queue holds the number of each as one byte."""


class Stretches:
    """The files of ``stretches``, for this process and those that are forked from it.

    Iterating takes stretches and yields their files. Raises OSError when no pipe can be made.
    """

    def __init__(self, stretches: Sequence[Sequence[NoteId]]) -> None:
        """Fill the queue; there may be MOST_STRETCHES."""
        self._stretches = stretches
        self._numbers, filling = os.pipe()
        os.write(filling, bytes(range(len(stretches))))
        os.close(filling)

    def __iter__(self) -> Iterator[NoteId]:
        """Yield files for as long as a stretch is left."""
        while number := os.read(self._numbers, 1):
            yield from self._stretches[number[0]]

    def close(self) -> None:
        """Give the pipe back."""
        os.close(self._numbers)
