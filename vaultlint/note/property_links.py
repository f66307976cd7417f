"""A property whose whole value is one link: ``"[[Note#Heading|shown]]"`` or ``"[shown](Note.md)"``.

Text around the link makes the value plain text. Source: help vault, Properties; release notes
1.11.0 for Markdown links; Obsidian's cache for the splitting.

Tests: tests/unit/note/test_property_links.py
"""

from collections.abc import Callable

from vaultlint.note.links import (
    WIKILINK,
    Place,
    destination,
    is_internal,
    split_destination,
    unescaped,
    wikilink,
)
from vaultlint.note.model import Link
from vaultlint.text import Span


def property_link(value: str, span: Span, key: str, text: str) -> Link | None:
    """Return the internal link that ``value`` is, or None.

    ``span`` covers the value in the note's ``text``; when the YAML source spells the value
    differently (escapes), all spans of the link are that of the whole value.
    """
    verbatim = span.of(text) == value

    def place(part: Place) -> Span:
        return Span(*part).shift(span.start) if verbatim else span

    read = _wikilink if value.startswith("[[") else _markdown_link
    return read(value, place, key)


def _wikilink(value: str, place: Callable[[Place], Span], key: str) -> Link | None:
    match = WIKILINK.fullmatch(value)
    if match is None or not match[1].strip():
        return None
    parts = wikilink(value, *match.span(1))
    return Link(
        "property",
        False,
        place(match.span()),
        parts.target,
        place(parts.target_place),
        parts.anchor,
        None if parts.anchor_place is None else place(parts.anchor_place),
        parts.alias,
        None if parts.alias_place is None else place(parts.alias_place),
        parts.raw,
        markdown=False,
        key=key,
    )


def _markdown_link(value: str, place: Callable[[Place], Span], key: str) -> Link | None:
    middle = _text_end(value)
    found = None if middle is None else destination(value, middle + 2, len(value))
    if middle is None or found is None or found[0] == found[1] or found[2] != len(value):
        return None
    raw = value[found[0] : found[1]]
    if not is_internal(unescaped(raw)):
        return None
    parts = split_destination(raw, found[0])
    return Link(
        "property",
        False,
        place((0, len(value))),
        parts.target,
        place(parts.target_place),
        parts.anchor,
        None if parts.anchor_place is None else place(parts.anchor_place),
        value[1:middle],
        place((1, middle)),
        raw,
        markdown=True,
        key=key,
    )


def _text_end(value: str) -> int | None:
    """Return the offset of the ``]`` that closes the link text, if ``(`` follows it."""
    depth = 0
    at = 0
    while at < len(value):
        char = value[at]
        if char == "\\":
            at += 1
        elif char == "[":
            depth += 1
        elif char == "]":
            depth -= 1
            if depth == 0:
                return at if value.startswith("](", at) else None
        at += 1
    return None
