"""Subpaths: how headings are compared, written, and found along a heading path.

Invariant: an Outline is position-free. It changes only when a heading, a block id or a footnote
does, so prose edits leave every rule that read an anchor alone.

Source: the Obsidian API (resolveSubpath, stripHeading, stripHeadingForLink).

Tests: tests/unit/vault/test_anchors.py
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from vaultlint.note.model import Note

_COMPARED_AS_SPACE = str.maketrans(dict.fromkeys('!"#$%&()*+,.:;<=>?@^`{|}~/[]\\\r\n', " "))
_WRITTEN_AS_SPACE = re.compile(r"%%|\[\[|\]\]|[:#|^\\\r\n]")
_UNDERLINE = re.compile(r"\n(?:=+|-+)[ \t]*\r?(?:\n|\Z)")
_NOT_PARAGRAPH = re.compile(r" {0,3}(?:#{1,6}(?:[ \t]|$)|>|```|~~~|<!--)|[ \t]*$")
_LONGEST_HEADING = 20  # lines

Outline: TypeAlias = tuple[tuple[tuple[int, str], ...], tuple[str, ...]]
"""((level, folded heading) in the order of the text, other anchors sorted: "^id", "[^id]", and the
folded text of headings that only some parsers see)."""


@lru_cache(maxsize=4096)
def fold_heading(text: str) -> str:
    """Return the key under which a heading and a subpath segment meet.

    Punctuation is space, space collapses, case does not count.
    """
    return " ".join(text.translate(_COMPARED_AS_SPACE).split()).lower()


def strip_heading_for_link(text: str) -> str:
    """Return ``text`` as Obsidian writes it after ``#`` in a link to that heading."""
    return " ".join(_WRITTEN_AS_SPACE.sub(" ", text).split())


def segments(subpath: str) -> list[str]:
    """Return the parts of ``subpath`` between ``#`` signs; empty ones vanish."""
    return [part for part in subpath.split("#") if part.strip()]


def outline(note: Note) -> Outline | None:
    """Return everything in ``note`` that a subpath can name, or None when there is nothing."""
    headings = tuple([(heading.level, fold_heading(heading.text)) for heading in note.headings])
    others = {f"^{block.id.lower()}" for block in note.blocks}
    if note.footnotes:
        others.update(f"[^{mark.id.lower()}]" for mark in note.footnotes if mark.definition)
    others.update(key for key, _ in _disputed_headings(note))
    return (headings, tuple(sorted(others))) if headings or others else None


def _disputed_headings(note: Note) -> Iterator[tuple[str, int]]:
    """Yield the folded texts and offsets of headings that only some parsers see."""
    start = note.frontmatter.span.end if note.frontmatter else 0
    for mark in ("\n==", "\n--"):
        at = note.text.find(mark, start)
        while at >= 0:
            yield from _disputed_heading(note.text, start, at)
            at = note.text.find(mark, at + 1)


def _disputed_heading(text: str, start: int, at: int) -> Iterator[tuple[str, int]]:
    """Yield text and offset of a setext heading underlined after ``at``, if it has several lines.

    CommonMark makes the whole paragraph the heading, Obsidian's parser none of it or its last
    line, so both are accepted and neither is reported; likewise one line over an underline that
    ends in spaces.
    """
    underline = _UNDERLINE.match(text, at)
    if underline is None:
        return
    lines: list[str] = []
    while at > start and len(lines) < _LONGEST_HEADING:
        begin = max(text.rfind("\n", start, at) + 1, start)
        line = text[begin:at].rstrip("\r")
        if _NOT_PARAGRAPH.match(line):
            break
        lines.append(line)
        at = begin - 1
    if len(lines) > 1 or (lines and underline[0].strip("\r\n")[-1] in " \t"):
        yield fold_heading(lines[0]), text.rfind("\n", 0, underline.start()) + 1
        yield fold_heading(" ".join(reversed(lines))), at + 1 if at > start else start


class Found(NamedTuple):
    """What a subpath finds in an outline: a type, and for a heading its place in the outline."""

    type: str
    heading: int = -1


def find(found: Outline | None, subpath: str) -> Found | None:
    """Return what ``subpath`` (without the first ``#``) finds, or None.

    The first heading that matches a segment is taken; each further segment must match a deeper
    heading after it, levels may be skipped and the walk may leave the section. An unknown block id
    is compared with headings, as in Obsidian.
    """
    if found is None:
        return None
    parts = segments(subpath)
    if len(parts) == 1 and (marker := marker_of(parts[0])) and marker in found[1]:
        return Found("block" if marker[0] == "^" else "footnote")
    keys = [fold_heading(part) for part in parts]
    if not keys:
        return None
    matched = level = 0
    for place, (depth, key) in enumerate(found[0]):
        if depth > level and key == keys[matched]:
            matched, level = matched + 1, depth
            if matched == len(keys):
                return Found("heading", place)
    return Found("heading") if len(keys) == 1 and keys[0] in found[1] else None


def marker_of(segment: str) -> str | None:
    """Return the folded block id or footnote label that ``segment`` is, or None for a heading."""
    trimmed = segment.strip().lower()
    if trimmed.startswith("^") or (trimmed.startswith("[^") and trimmed.endswith("]")):
        return trimmed
    return None


def place_of(found: Found, subpath: str) -> str:
    """Return the name, in the ``places`` of its note, of what ``find`` found for ``subpath``."""
    if found.type != "heading":
        return marker_of(segments(subpath)[0]) or ""
    return f"#{found.heading}" if found.heading >= 0 else fold_heading(segments(subpath)[0])


def places(note: Note) -> dict[str, int]:
    """Return the 0-based line of everything in ``note`` that a subpath can find.

    Headings are named ``#`` and their number in the outline, the rest as in the outline.
    """
    lines = note.lines
    found = {
        f"#{number}": lines.line_at(heading.span.start)
        for number, heading in enumerate(note.headings)
    }
    for block in note.blocks:
        found.setdefault(f"^{block.id.lower()}", lines.line_at(block.block.start))
    for mark in note.footnotes:
        if mark.definition:
            found.setdefault(f"[^{mark.id.lower()}]", lines.line_at(mark.span.start))
    for key, at in _disputed_headings(note):
        found.setdefault(key, lines.line_at(at))
    return found


def line_of(note: Note, found: Found, subpath: str) -> int:
    """Return the 0-based line of what ``find`` found in ``note``, in its current text."""
    return places(note).get(place_of(found, subpath), 0)
