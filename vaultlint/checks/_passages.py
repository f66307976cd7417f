"""The pieces of a note that a rule of one's own looks at.

Tests: tests/specs/pattern.md
"""

import posixpath
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple, TypeAlias

from vaultlint.check import Note, Span
from vaultlint.checks._properties import named, opening_fence, texts, value_span
from vaultlint.terms.place import Place

Wanted: TypeAlias = Callable[[str], bool]
"""Says of a text whether anybody wants to look at it; a piece that nobody wants has no place."""

HIDDEN = frozenset({"code", "fence", "indented", "math", "html-comment", "comment"})


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


def passages(note: Note, place: Place, wanted: Wanted) -> Iterator[Passage]:
    """Return each piece of ``note`` that ``place`` names and whose text is ``wanted``."""
    if (name := place.property) is not None:
        return _property(note, name, wanted)
    return _PIECES[place](note, wanted)


def _path(note: Note, wanted: Wanted) -> Iterator[Passage]:
    if wanted(note.id):
        yield Passage(note.id, Span(0, 0), None, whole=True)


def _name(note: Note, wanted: Wanted) -> Iterator[Passage]:
    if wanted(name := posixpath.splitext(posixpath.basename(note.id))[0]):
        yield Passage(name, Span(0, 0), None, whole=True)


def _body_start(note: Note) -> int:
    return 0 if note.frontmatter is None else note.frontmatter.span.end


def _body(note: Note, wanted: Wanted) -> Iterator[Passage]:
    start = _body_start(note)
    if wanted(body := note.text[start:]):
        yield Passage(body, opening_fence(note), start, in_body=True)


def _lines(note: Note, wanted: Wanted) -> Iterator[Passage]:
    lines = note.lines
    start = _body_start(note)
    for number in range(lines.line_at(start) + bool(start), len(lines)):
        span = lines.span_of_line(number)
        if wanted(line := span.of(note.text)):
            yield Passage(line, span, span.start, in_body=True)


def _headings(note: Note, wanted: Wanted, *, level: int | None = None) -> Iterator[Passage]:
    for heading in note.headings:
        if level in (None, heading.level) and wanted(heading.text):
            span = heading.text_span
            yield Passage(heading.text, span, span.start, whole=True)


def _tags(note: Note, wanted: Wanted) -> Iterator[Passage]:
    for tag in note.tags:
        if wanted(tag.name):
            yield Passage(tag.name, tag.span, None, whole=True)


_PIECES: dict[str, Callable[[Note, Wanted], Iterator[Passage]]] = {
    "body": _body,
    "heading": _headings,
    **{f"heading {level}": partial(_headings, level=level) for level in range(1, 7)},
    "line": _lines,
    "name": _name,
    "path": _path,
    "tag": _tags,
}


def _property(note: Note, name: str, wanted: Wanted) -> Iterator[Passage]:
    properties = note.properties
    key = named(properties, name)
    if key is None:
        return
    value = properties[key]
    if type(value) is str and not wanted(value):
        return  # nearly all are in order, and one string needs no place for that
    for text, where in texts(note, key):
        if wanted(text):
            span = value_span(note, where)
            at = note.text.find(text, span.start, span.end)
            yield Passage(text, span, at if at >= 0 else None, whole=True)
