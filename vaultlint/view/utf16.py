"""Positions as Obsidian and its plugins count them: 0-based lines, columns and offsets in UTF-16.

Invariant: the only place where UTF-16 units exist. A byte that is not UTF-8 counts as one unit, as
the replacement character does in the app.

Source: the Obsidian API, Loc and Pos.

Tests: tests/unit/view/test_utf16.py
"""

import re
from bisect import bisect_left
from typing import TypedDict

from vaultlint.text import LineIndex, Span

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Loc(TypedDict):
    """One place; ``offset`` counts from the start of the text, which has no byte order mark."""

    line: int
    col: int
    offset: int


class Pos(TypedDict):
    """From ``start`` up to, and without, ``end``."""

    start: Loc
    end: Loc


class Locator:
    """Converts code points of one text. Building is O(n), each conversion O(log n)."""

    def __init__(self, text: str) -> None:
        self.lines = LineIndex(text)
        # Each character beyond U+FFFF takes two units, so it shifts all that comes after it.
        self._astral = [] if text.isascii() else [match.start() for match in _ASTRAL.finditer(text)]

    def units(self, offset: int) -> int:
        """Return the UTF-16 offset of ``offset`` (code points)."""
        return offset + bisect_left(self._astral, offset) if self._astral else offset

    def loc(self, offset: int) -> Loc:
        """Return the place of ``offset`` (code points)."""
        line = self.lines.line_at(offset)
        if not self._astral:
            return {"line": line, "col": offset - self.lines.starts[line], "offset": offset}
        units = self.units(offset)
        return {"line": line, "col": units - self.units(self.lines.starts[line]), "offset": units}

    def pos(self, span: Span) -> Pos:
        """Return the places of both ends of ``span`` (code points)."""
        return {"start": self.loc(span.start), "end": self.loc(span.end)}
