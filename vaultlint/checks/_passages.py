"""The pieces of a note that a rule of one's own looks at.

Tests: tests/specs/pattern.md
"""

import posixpath
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from vaultlint.check import Note, Span
from vaultlint.checks._properties import named, opening_fence, texts, value_span
from vaultlint.terms.place import Place

_HIDDEN = frozenset({"code", "fence", "indented", "math", "html-comment", "comment"})


class Passage(NamedTuple):
    """A piece of text. ``span`` is where a finding about all of it goes.

    ``start`` is the offset of its first character, None when it is not verbatim in the note.
    ``whole`` says that a required pattern has to match all of it.
    """

    text: str
    span: Span
    start: int | None
    whole: bool = False
    in_body: bool = False

    def place(self, span: Span) -> Span:
        """Return where the match at ``span`` of the text stands in the note."""
        return self.span if self.start is None else span.shift(self.start)


def passages(note: Note, place: Place) -> Iterator[Passage]:
    """Yield each piece of ``note`` that ``place`` names."""
    if place.property is not None:
        yield from _property(note, place.property)
    elif place in ("path", "name"):
        name = posixpath.splitext(posixpath.basename(note.id))[0]
        yield Passage(note.id if place == "path" else name, Span(0, 0), None, whole=True)
    else:
        yield from _PIECES[place](note)


def _body_start(note: Note) -> int:
    return 0 if note.frontmatter is None else note.frontmatter.span.end


def _body(note: Note) -> Iterator[Passage]:
    start = _body_start(note)
    yield Passage(note.text[start:], opening_fence(note), start, in_body=True)


def _lines(note: Note) -> Iterator[Passage]:
    lines = note.lines
    start = _body_start(note)
    for number in range(lines.line_at(start) + bool(start), len(lines)):
        span = lines.span_of_line(number)
        yield Passage(span.of(note.text), span, span.start, in_body=True)


def _headings(note: Note) -> Iterator[Passage]:
    for heading in note.headings:
        span = heading.text_span
        yield Passage(heading.text, span, span.start, whole=True)


def _tags(note: Note) -> Iterator[Passage]:
    for tag in note.tags:
        yield Passage(tag.name, tag.span, None, whole=True)


_PIECES = {"body": _body, "line": _lines, "heading": _headings, "tag": _tags}


def _property(note: Note, name: str) -> Iterator[Passage]:
    key = named(note.properties, name)
    for text, where in texts(note, key) if key is not None else ():
        span = value_span(note, where)
        at = note.text.find(text, span.start, span.end)
        yield Passage(text, span, at if at >= 0 else None, whole=True)


def hidden_spans(note: Note) -> list[tuple[int, int]]:
    """Return where code, math and comments stand, disjoint and sorted."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(region.span for region in note.regions if region.kind in _HIDDEN):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def within(span: Span, spans: list[tuple[int, int]]) -> bool:
    """Return whether ``span`` begins in one of the disjoint, sorted ``spans``. O(log n)."""
    at = bisect_right(spans, (span.start, len(spans) and spans[-1][1] + 1)) - 1
    return at >= 0 and span.start < spans[at][1]
