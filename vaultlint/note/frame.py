"""The text that the grammars read, and where each of its characters stands in the note.

A note without carriage returns is read as it is. The content of a quote, list item or footnote
is read with its markers and indentation taken away, so its lines have other offsets than in the
note; a frame keeps both.

Invariant: lines of a frame end at LF alone; ``at`` gives spans of the note's text.

Tests: tests/unit/note/test_blocks.py
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import partial

from vaultlint.text import Span

_LINE_END = re.compile(r"\r\n?")


class Frame:
    """A text of its own; ``at(start, end)`` is the span in the note of a stretch of it."""

    __slots__ = ("_notes", "_starts", "at", "text")

    def __init__(self, text: str, starts: list[int], notes: list[int]) -> None:
        self.text = text
        self._starts = starts
        self._notes = notes
        # A partial, not a bound method: that would be a cycle, and the collector may be frozen.
        self.at: Callable[[int, int], Span] = partial(_span, starts, notes) if notes else Span

    def offset(self, at: int) -> int:
        """Return the note's offset (code points) of the frame's offset ``at``."""
        return _offset(self._starts, self._notes, at) if self._notes else at

    def local(self, at: int) -> int:
        """Return the frame's offset of the note's offset ``at``, the inverse of ``offset``."""
        if not self._notes:
            return at
        line = max(bisect_right(self._notes, at) - 1, 0)
        return self._starts[line] + at - self._notes[line]

    def inner(self, lines: Iterable[tuple[int, int]]) -> "Frame":
        """Return the frame of the given stretches of this one, each as a line."""
        parts: list[str] = []
        starts: list[int] = []
        notes: list[int] = []
        size = 0
        for start, end in lines:
            parts.append(self.text[start:end])
            starts.append(size)
            notes.append(self.offset(start))
            size += end - start + 1
        return Frame("\n".join(parts), starts, notes)


def _offset(starts: list[int], notes: list[int], at: int) -> int:
    line = bisect_right(starts, at) - 1
    return notes[line] + at - starts[line]


def _span(starts: list[int], notes: list[int], start: int, end: int) -> Span:
    return Span(_offset(starts, notes, start), _offset(starts, notes, end))


def note_frame(text: str) -> Frame:
    """Return the frame of a whole note: every line ending is one LF in it."""
    if "\r" not in text:
        return Frame(text, [], [])
    parts: list[str] = []
    starts, notes = [0], [0]
    size = at = 0
    for match in _LINE_END.finditer(text):
        parts += (text[at : match.start()], "\n")
        size += match.start() - at + 1
        at = match.end()
        starts.append(size)
        notes.append(at)
    parts.append(text[at:])
    return Frame("".join(parts), starts, notes)
