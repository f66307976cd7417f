"""Terms as people list them: in a text file, or in a note.

In a note the lines of its fenced blocks are the terms; a note (or section) without a fenced block
lists them as list items. A line of a block may be written as a YAML list item (``- 'learn-c'``).
Of a list item that opens with code, bold text or a link, that opening is the term, and the rest
explains it.

Invariant: one pass over the lines, linear; each term has its exact span. This is no Markdown
parser: it knows fences, headings and list markers, which is all that such lists are made of.

Tests: tests/unit/config/test_term_lists.py
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from vaultlint.text import LineIndex, Span


class ListedTerm(NamedTuple):
    """One term; ``group`` numbers the fenced block or list that holds it, from 0."""

    name: str
    span: Span
    group: int


class _Line(NamedTuple):
    kind: str  # "fenced", "item", "heading", "other"
    text: str
    start: int
    group: int


_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})([^\r\n]*)")
_HEADING = re.compile(r" {0,3}(#{1,6})(?=[ \t]|\Z)")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]+(?:\[.\][ \t]+)?|\Z)")
_OPENINGS = (
    re.compile(r"`+(?P<term>[^`]+)`"),
    re.compile(r"\*\*(?P<term>[^*]+)\*\*|__(?P<term2>[^_]+)__"),
    re.compile(r"\[\[(?P<term>[^\[\]|#]+)"),
    re.compile(r"\[(?P<term>[^\[\]]+)\]\("),
)
_FRONTMATTER = re.compile(r"---[ \t]*\r?\n(?:.*\n)*?---[ \t]*(?:\r?\n|\Z)")


def terms_of_file(text: str) -> list[ListedTerm]:
    """Return the terms of a text file: its lines, but for empty ones and ``# comments``."""
    lines = (_Line("fenced", line, start, 0) for line, start in _lines(text, 0))
    return [term for line in lines if (term := _fenced_term(line)) is not None]


def terms_of_note(text: str, section: str | None = None) -> list[ListedTerm] | None:
    """Return the terms that a note lists, under the heading ``section`` if that is given.

    None means that the note has no such heading.
    """
    lines = _classified(text)
    if section is not None:
        found = _under(lines, section)
        if found is None:
            return None
        lines = found
    if any(line.kind == "fenced" for line in lines):
        terms = (_fenced_term(line) for line in lines if line.kind == "fenced")
    else:
        terms = (_item_term(line) for line in lines if line.kind == "item")
    return [term for term in terms if term is not None]


def _lines(text: str, start: int) -> Iterator[tuple[str, int]]:
    index = LineIndex(text)
    for number in range(len(index)):
        span = index.span_of_line(number)
        if span.start >= start:
            yield span.of(text), span.start


def _classified(text: str) -> list[_Line]:
    frontmatter = _FRONTMATTER.match(text)
    lines: list[_Line] = []
    fence = ""
    group = -1
    for line, start in _lines(text, frontmatter.end() if frontmatter else 0):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not mark[2].strip():
                fence = ""
            else:
                lines.append(_Line("fenced", line, start, group))
        elif mark and not (mark[1][0] == "`" and "`" in mark[2]):
            fence = mark[1]
            group += 1
            lines.append(_Line("fenced", "", start, group))
        elif _HEADING.match(line):
            lines.append(_Line("heading", line, start, group))
        elif _ITEM.match(line) and line.strip(" \t-*+"):
            group += not (lines and lines[-1].kind == "item")
            lines.append(_Line("item", line, start, group))
        elif line.strip() or not (lines and lines[-1].kind == "item"):
            lines.append(_Line("other", line, start, group))
    return lines


def _under(lines: list[_Line], section: str) -> list[_Line] | None:
    """Return the lines between the heading ``section`` and the next of its level or above."""
    wanted = section.lstrip("#").strip().casefold()
    level = 0
    found: list[_Line] = []
    for line in lines:
        match = _HEADING.match(line.text) if line.kind == "heading" else None
        if match and level and len(match[1]) <= level:
            return found
        if match and not level and _heading_text(line.text[match.end() :]) == wanted:
            level = len(match[1])
        elif level:
            found.append(line)
    return found if level else None


def _heading_text(text: str) -> str:
    stripped = text.strip()
    without_closing = stripped.rstrip("#")
    if without_closing != stripped and without_closing[-1:] in ("", " ", "\t"):
        stripped = without_closing.strip()
    return stripped.casefold()


def _fenced_term(line: _Line) -> ListedTerm | None:
    text = line.text
    stripped = text.strip()
    if not stripped or stripped == "#" or stripped.startswith("# "):
        return None
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    if stripped.startswith("- "):
        start += 2
        start += len(text[start:end]) - len(text[start:end].lstrip())
    quote = text[start : start + 1]
    if quote in ("'", '"') and end - start > 2 and text[end - 1] == quote:
        start, end = start + 1, end - 1
        name = text[start:end].replace("''", "'") if quote == "'" else text[start:end]
    else:
        name = text[start:end]
    return ListedTerm(name, Span(line.start + start, line.start + end), line.group)


def _item_term(line: _Line) -> ListedTerm | None:
    marker = _ITEM.match(line.text)
    start = marker.end() if marker else 0
    for opening in _OPENINGS:
        match = opening.match(line.text, start)
        if match:
            name = "term" if match["term"] is not None else "term2"
            return _trimmed(line, *match.span(name))
    if line.text[start : start + 1] == "#" and line.text[start + 1 : start + 2].strip("# "):
        return _trimmed(line, start + 1, len(line.text))  # a tag, listed as it is written
    return _trimmed(line, start, len(line.text))


def _trimmed(line: _Line, start: int, end: int) -> ListedTerm | None:
    raw = line.text[start:end]
    name = raw.strip()
    if not name:
        return None
    start += len(raw) - len(raw.lstrip())
    return ListedTerm(name, Span(line.start + start, line.start + start + len(name)), line.group)
