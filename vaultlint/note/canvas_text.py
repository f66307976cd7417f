"""Where the texts of a canvas stand in its JSON, so that one can be changed and nothing else.

Invariant: one pass, linear, no recursion; what is between two texts is never written anew.

Source: JSON Canvas 1.0; RFC 8259, section 7 (strings).

Tests: tests/unit/note/test_canvas_text.py
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from vaultlint.text import Span

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*+)"|[\[\]{}:,]', re.DOTALL)
_KEYS = ("file", "background", "text")
_CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]",
    re.DOTALL,
)


class CanvasText(NamedTuple):
    """The value of ``key`` ("file", "background" or "text") of one card.

    ``span`` is that of its source, between the quotes, in code points.
    """

    key: str
    value: str
    span: Span


def canvas_texts(text: str) -> Iterator[CanvasText]:
    """Yield the texts of the cards of the canvas with source ``text``; none if it is not JSON."""
    try:
        canvas = json.loads(text)
    except (ValueError, RecursionError):
        return
    if not isinstance(canvas, dict) or not isinstance(canvas.get("nodes"), list):
        return
    path: list[Any] = []  # the key or number at each level
    for match in _TOKEN.finditer(text):
        mark = match[0]
        if mark in "[{":
            path.append(0 if mark == "[" else None)
        elif mark in "]}":
            path.pop()
        elif mark == ",":
            path[-1] = path[-1] + 1 if isinstance(path[-1], int) else None
        elif match[1] is not None and path and path[-1] is None:
            path[-1] = json.loads(mark)
        elif match[1] is not None and len(path) == 3 and path[0] == "nodes" and path[2] in _KEYS:
            yield CanvasText(path[2], json.loads(mark), Span(*match.span(1)))


def canvas_edits(
    text: str, rewrite: Callable[[CanvasText], Iterable[tuple[Span, str]]]
) -> Iterator[tuple[Span, str]]:
    """Yield the edits of ``text``, the source of a canvas, that make those of ``rewrite``.

    ``rewrite`` returns edits of a card's value.
    """
    for card in canvas_texts(text):
        source: _Escaped | None = None
        for span, new in rewrite(card):
            source = source or _Escaped(card.span.of(text))
            start, end = source.span(span)
            yield Span(card.span.start + start, card.span.start + end), source.written(new)


class _Escaped:
    """The source of a JSON string, with the place of each character of its value."""

    def __init__(self, source: str) -> None:
        """Take what stands between the quotes."""
        self._starts = [match.start() for match in _CHARACTER.finditer(source)]
        self._starts.append(len(source))
        self._ascii = "\\u" in source

    def span(self, span: Span) -> Span:
        """Return where the characters ``span`` of the value stand in the source."""
        return Span(self._starts[span.start], self._starts[span.end])

    def written(self, text: str) -> str:
        """Return ``text`` as it is written in such a string, with as many escapes as it has."""
        return json.dumps(text, ensure_ascii=self._ascii)[1:-1]
