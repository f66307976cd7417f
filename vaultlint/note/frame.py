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

from vaultlint.text import Span

_LINE_END = re.compile(r"\r\n?")


class Frame:
    """A text of its own; ``at(start, end)`` is the span in the note of a stretch of it."""

    __slots__ = ("_notes", "_starts", "at", "text")

    def __init__(self, text: str, starts: list[int], notes: list[int]) -> None:
        self.text = text
        self._starts = starts
        self._notes = notes
        self.at: Callable[[int, int], Span] = self._span if notes else Span

    def _span(self, start: int, end: int) -> Span:
        return Span(self.offset(start), self.offset(end))

    def offset(self, at: int) -> int:
        """Return the note's offset (code points) of the frame's offset ``at``."""
        if not self._notes:
            return at
        line = bisect_right(self._starts, at) - 1
        return self._notes[line] + at - self._starts[line]

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
