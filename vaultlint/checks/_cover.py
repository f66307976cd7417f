"""Stretches of text as one set of offsets, to ask whether a place is in code or in HTML.

Invariant: asking costs the logarithm of the number of stretches, whatever overlaps whatever.

Tests: tests/unit/checks/test_cover.py
"""

from bisect import bisect_right
from collections.abc import Iterable

from vaultlint.check import Note, Span


class Cover:
    """The offsets that lie in any of ``spans``."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def __contains__(self, offset: int) -> bool:
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self._ends[at]


def regions(note: Note, kinds: frozenset[str]) -> Cover:
    """Return where the regions of these ``kinds`` are in ``note``."""
    return Cover(region.span for region in note.regions if region.kind in kinds)
