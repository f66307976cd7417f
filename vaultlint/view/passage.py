"""The line in which a finding stands, and how it may be shown to a reader.

Invariant: nothing is rendered here; this only tells what is Markdown text, and from where to where
the construct reaches that a mark must not cut in two.

Tests: tests/unit/view/test_passage.py
"""

from collections.abc import Iterator
from typing import NamedTuple

from vaultlint.note.model import Note
from vaultlint.text import Span

_CODE = frozenset({"fence", "indented", "math", "html", "html-comment", "comment"})


class Passage(NamedTuple):
    """One source line. Offsets count its code points.

    ``flagged`` is what a finding is about (empty for a place between characters); ``whole`` is the
    smallest construct around it: a link, a tag, or ``flagged`` itself. ``prose`` says that the
    line is Markdown text, neither a property nor code.
    """

    line: str
    flagged: Span
    whole: Span
    prose: bool


def passage(note: Note, span: Span) -> Passage:
    """Return the line of ``note`` that holds the start of ``span`` (code points of its text)."""
    line = note.lines.span_around(span.start)
    text = line.of(note.text)
    flagged = _within(span, line)
    return Passage(text, flagged, _within(_whole(note, span), line), _is_prose(note, span.start))


def _within(span: Span, line: Span) -> Span:
    start = min(max(span.start, line.start), line.end) - line.start
    return Span(start, max(start, min(span.end, line.end) - line.start))


def _whole(note: Note, span: Span) -> Span:
    """Return the smallest span of a construct that holds all of ``span``."""
    around = (
        each for each in _constructs(note) if each.start <= span.start <= span.end <= each.end
    )
    return min(around, key=lambda each: each.end - each.start, default=span)


def _constructs(note: Note) -> Iterator[Span]:
    for facts in (note.links, note.urls, note.tags, note.footnotes, note.near_links):
        for fact in facts:
            yield fact.span
    for region in note.regions:
        if region.kind in ("code", "highlight"):
            yield region.span


def _is_prose(note: Note, offset: int) -> bool:
    if note.frontmatter is not None and offset < note.frontmatter.span.end:
        return False
    inside = (region.span for region in note.regions if region.kind in _CODE)
    return not any(span.start <= offset < span.end for span in inside)
