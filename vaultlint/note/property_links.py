"""A property whose whole value is one link: ``"[[Note#Heading|shown]]"`` or ``"[shown](Note.md)"``.

Text around the link makes the value plain text. Source: help vault, Properties; release notes
1.11.0 for Markdown links; Obsidian's cache for the splitting.

Tests: tests/unit/note/test_property_links.py
"""

import re
from urllib.parse import unquote

from vaultlint.note.model import Link
from vaultlint.text import Span

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


def property_link(value: str, span: Span, key: str, text: str) -> Link | None:
    """Return the internal link that ``value`` is, or None.

    ``span`` covers the value in the note's ``text``; when the YAML source spells the value
    differently (escapes), all spans of the link are that of the whole value.
    """
    if value.startswith("[["):
        return _wikilink(value, span, key, verbatim=span.of(text) == value)
    return _markdown_link(value, span, key, verbatim=span.of(text) == value)


def _wikilink(value: str, span: Span, key: str, *, verbatim: bool) -> Link | None:
    inner = value[2:-2]
    if not value.endswith("]]") or not inner.strip() or "]]" in inner or "[[" in inner:
        return None
    if "\n" in inner:
        return None
    bar = inner.find("|")
    alias_start = bar + 1 if bar > 0 else None
    end = len(inner) if alias_start is None else bar
    if alias_start is not None and inner[end - 1 : end] == "\\":
        end -= 1
    raw = inner[:end]
    hash_at = raw.find("#")
    path_end = len(raw) if hash_at < 0 else hash_at
    places = _Places(span, 2, verbatim)
    return Link(
        kind="property",
        embed=False,
        span=span,
        target=raw[:path_end].replace("\u00a0", " ").strip(),
        target_span=places.trimmed(inner, 0, path_end),
        anchor=None if hash_at < 0 else raw[hash_at + 1 :].strip(),
        anchor_span=None if hash_at < 0 else places.trimmed(inner, hash_at + 1, end),
        alias=None if alias_start is None else inner[alias_start:].strip(),
        alias_span=None if alias_start is None else places.trimmed(inner, alias_start, len(inner)),
        raw=raw.strip(),
        markdown=False,
        key=key,
    )


def _markdown_link(value: str, span: Span, key: str, *, verbatim: bool) -> Link | None:
    middle = _text_end(value)
    if middle is None or not value.endswith(")"):
        return None
    start, end = middle + 2, len(value) - 1
    destination = value[start:end]
    if destination.startswith("<") and destination.endswith(">"):
        start, end = start + 1, end - 1
        destination = value[start:end]
    elif re.search(r"\s", destination) or not _balanced(destination):
        return None
    if not destination or destination.startswith("//"):
        return None
    if ":" in destination and not destination.startswith(("./", "../")):
        return None
    path, hash_mark, anchor = destination.partition("#")
    places = _Places(span, 0, verbatim)
    return Link(
        kind="property",
        embed=False,
        span=span,
        target=_decoded(path),
        target_span=places.at(start, start + len(path)),
        anchor=_decoded(anchor) if hash_mark else None,
        anchor_span=places.at(start + len(path) + 1, end) if hash_mark else None,
        alias=value[1:middle],
        alias_span=places.at(1, middle),
        raw=destination,
        markdown=True,
        key=key,
    )


class _Places:
    """Spans of parts of a value, when the source spells it verbatim."""

    def __init__(self, span: Span, offset: int, verbatim: bool) -> None:
        self.span = span
        self.offset = offset
        self.verbatim = verbatim

    def at(self, start: int, end: int) -> Span:
        if not self.verbatim:
            return self.span
        return Span(start, end).shift(self.span.start + self.offset)

    def trimmed(self, text: str, start: int, end: int) -> Span:
        part = text[start:end]
        if not part.strip():
            return self.at(start, start)
        start += len(part) - len(part.lstrip())
        return self.at(start, start + len(part.strip()))


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


def _balanced(destination: str) -> bool:
    """Return whether the parentheses of ``destination`` close nothing beyond it."""
    depth = 0
    escaped = False
    for char in destination:
        if escaped:
            escaped = False
        elif char == "\\":
            escaped = True
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
            if depth < 0:
                return False
    return depth == 0


def _decoded(part: str) -> str:
    """Return ``part`` percent-decoded, or as it is when an escape in it is malformed."""
    if "%" not in part or _BAD_ESCAPE.search(part):
        return part
    try:
        return unquote(part, errors="strict")
    except UnicodeDecodeError:
        return part
