"""Positions in text: the one place that knows spans, lines and how edits are applied.

Invariant: every offset in vaultlint counts code points of the text it belongs to; a line ends at
LF, CRLF or a lone CR and nowhere else (unlike ``str.splitlines`` and libyaml). Other units exist
only at the borders: UTF-8 bytes in note.parse, UTF-16 units in view.

Tests: tests/unit/test_text.py, tests/properties/test_text.py
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

_LINE_END = re.compile(r"\r\n|\r|\n")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NEAR = 2000  # code points; up to here counting costs less than an index
_AND_ITS_END = (1).__add__


class Span(NamedTuple):
    """A half-open range of code points, ``text[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the slice of ``text`` that this span covers."""
        return text[self.start : self.end]

    def shift(self, by: int) -> "Span":
        """Return this span moved by ``by`` code points."""
        return Span(self.start + by, self.end + by)


class Places(NamedTuple):
    """Where one YAML value stands: its key (None for list items and the root) and its value."""

    key: Span | None
    value: Span


class Position(NamedTuple):
    """A place for people: line and column, both 1-based, the column in code points."""

    line: int
    column: int


class LineIndex:
    """The lines of one text. Building is O(n), each look-up O(log lines).

    It is built for the first question beyond the start of the text: most findings are about the
    first lines of a note, where counting costs less.
    """

    __slots__ = ("_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: list[int] | None = None

    @property
    def starts(self) -> list[int]:
        """Return the offset of each line."""
        if self._starts is None:
            self._starts = _line_starts(self.text)
        return self._starts

    def line_at(self, offset: int) -> int:
        """Return the 0-based line that holds ``offset`` (code points)."""
        return bisect_right(self.starts, offset) - 1

    def position(self, offset: int) -> Position:
        """Return the 1-based line and column of ``offset`` (code points)."""
        if self._is_near(offset):
            before = self.text.count("\n", 0, offset)
            return Position(before + 1, offset - self.text.rfind("\n", 0, offset))
        line = self.line_at(offset)
        return Position(line + 1, offset - self.starts[line] + 1)

    def span_around(self, offset: int) -> Span:
        """Return the span of the line that holds ``offset``, without its line ending."""
        if not self._is_near(offset):
            return self.span_of_line(self.line_at(offset))
        end = self.text.find("\n", offset)
        end = len(self.text) if end < 0 else end
        first = self.text.find("\r", offset, end)
        return Span(self.text.rfind("\n", 0, offset) + 1, end if first < 0 else first)

    def _is_near(self, offset: int) -> bool:
        """Return whether counting tells the line of ``offset``: every line before it ends in LF."""
        return self._starts is None and offset < _NEAR and self.text.find("\r", 0, offset) < 0

    def span_of_line(self, line: int) -> Span:
        """Return the span of 0-based ``line`` without its line ending."""
        start = self.starts[line]
        end = self.starts[line + 1] if line + 1 < len(self.starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def __len__(self) -> int:
        return len(self.starts)


def _line_starts(text: str) -> list[int]:
    if "\r" in text:
        return [0, *(match.end() for match in _LINE_END.finditer(text))]
    ends = map(_AND_ITS_END, map(len, text.split("\n")[:-1]))
    return list(accumulate(ends, initial=0))


def utf16_length(text: str) -> int:
    """Return the length of ``text`` in UTF-16 code units, the unit of Obsidian's Loc and of LSP."""
    if text.isascii():
        return len(text)
    return len(text) + sum(1 for char in text if char > "\uffff")


def escaped(char: str) -> str:
    r"""Return the escape of ``char``: ``\xNN``, ``\uNNNN`` or ``\UNNNNNNNN``.

    A byte that is not UTF-8 (a surrogate escape) is ``\xNN``.
    """
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:
        code -= 0xDC00
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def without_surrogates(text: str) -> str:
    """Return ``text`` with each surrogate as ``escaped`` writes it, so that it encodes as UTF-8."""
    if text.isascii() or _SURROGATE.search(text) is None:
        return text
    return _SURROGATE.sub(lambda match: escaped(match.group()), text)


def apply_edits(text: str, edits: Iterable[tuple[Span, str]]) -> str:
    """Return ``text`` with each span replaced by its new text.

    Insertions are empty spans. Raises ValueError if two spans overlap or one lies outside of
    ``text``; edits that touch are applied in the order of their spans.
    """
    parts: list[str] = []
    at = 0
    for span, new in sorted(edits, key=lambda edit: edit[0]):
        if span.start < at or span.end < span.start or span.end > len(text):
            raise ValueError(f"edit {span.start}..{span.end} overlaps another or leaves the text")
        parts += (text[at : span.start], new)
        at = span.end
    parts.append(text[at:])
    return "".join(parts)
