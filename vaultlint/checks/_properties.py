"""Where properties stand in a note, and how one is rewritten in place.

Invariant: frontmatter is never dumped; an edit replaces one scalar or key, in the quoting style
that it has, so comments, order, blank lines and line ends stay.

Tests: tests/unit/checks/test_properties.py
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vaultlint.checks._edits import one_edit
from vaultlint.checks._templates import has_marker, is_template
from vaultlint.diagnostics import Fix, Safety
from vaultlint.note.model import Note
from vaultlint.text import Span
from vaultlint.vault.view import VaultView

_NOT_EDITABLE = ("*", "&", "!", "|", ">")  # an alias, anchor or tag, or a block scalar
_PLAIN = re.compile(r"[^\W\d][^:#\[\]{},\x00-\x1f\x7f-\x9f\u2028\u2029]*(?<!\s)")
_RESOLVED = frozenset({"null", "true", "false"})
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")


def pointer(*parts: str | int) -> str:
    """Return the JSON pointer made of ``parts``. Source: RFC 6901 section 3."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def named(properties: Mapping[str, Any], name: str) -> str | None:
    """Return the key of property ``name`` as the note writes it, None if it has none.

    Obsidian compares property names without case. Source: release notes of Obsidian 1.4.1.
    """
    if name in properties:
        return name
    folded = name.casefold()
    return next((key for key in properties if key.casefold() == folded), None)


def items(value: Any) -> Iterable[tuple[int | None, Any]]:
    """Return each item of a list with its number, a single value with None; nothing for null."""
    if isinstance(value, list):
        return enumerate(value)
    return () if value is None else ((None, value),)


def texts(note: Note, key: str) -> Iterator[tuple[str, str]]:
    """Yield (text, pointer) of each string, and each number as written, in property ``key``."""
    for number, item in items(note.properties.get(key)):
        where = pointer(key) if number is None else pointer(key, number)
        if isinstance(item, str):
            yield item, where
        elif isinstance(item, int | float) and not isinstance(item, bool):
            yield value_span(note, where).of(note.text), where


def value_span(note: Note, where: str) -> Span:
    """Return the span of the value at pointer ``where``, or of the nearest value around it."""
    frontmatter = note.frontmatter
    while frontmatter is not None:
        place = frontmatter.places.get(where)
        if place is not None and where:
            return _visible(note, place.value, place.key)
        if not where:
            return opening_fence(note)
        where = where.rpartition("/")[0]
    return opening_fence(note)


def _visible(note: Note, span: Span, key: Span | None) -> Span:
    """Return ``span``, or the key's when the value is empty, without trailing white space."""
    if span.end <= span.start:
        return key if key is not None else span
    end = span.end
    while end > span.start and note.text[end - 1].isspace():
        end -= 1
    return Span(span.start, end)


def key_span(note: Note, where: str) -> Span:
    """Return the span of the key at pointer ``where``, of the value when it is a list item."""
    if note.frontmatter is not None:
        place = note.frontmatter.places.get(where)
        if place is not None and place.key is not None:
            return place.key
    return value_span(note, where)


def opening_fence(note: Note) -> Span:
    """Return the span of the opening ``---``; an empty one at the start of a note without."""
    if note.frontmatter is None:
        return Span(0, 0)
    return Span(note.frontmatter.span.start, note.frontmatter.span.start + 3)


def is_placeholder(note: Note, vault: VaultView, span: Span) -> bool:
    """Return whether the text at ``span`` is filled in later: a variable in a template."""
    return has_marker(span.of(note.text)) and is_template(note, vault)


def requote(source: str, value: str) -> str | None:
    """Return ``value`` as YAML in the quoting style of ``source``, None if that cannot be edited.

    A plain scalar stays plain when ``value`` can be, else it is single-quoted.
    """
    if not source or source.startswith(_NOT_EDITABLE) or "\n" in source or "\r" in source:
        return None
    if _UNPRINTABLE.search(value):
        return None
    if source[0] == '"':
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if source[0] != "'" and _PLAIN.fullmatch(value) and value.lower() not in _RESOLVED:
        return value
    return "'" + value.replace("'", "''") + "'"


def quoted(note: Note, value: str) -> str:
    """Return ``value`` in quotes: single ones if those come first in the note's properties.

    ``value`` has no characters that YAML cannot hold as they are.
    """
    places = () if note.frontmatter is None else note.frontmatter.places.values()
    marks = (note.text[place.value.start : place.value.start + 1] for place in places)
    if next((mark for mark in marks if mark in {"'", '"'}), '"') == "'":
        return "'" + value.replace("'", "''") + "'"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def rewrite(note: Note, span: Span, value: str, title: str, safety: Safety) -> Fix | None:
    """Return the fix that makes the scalar at ``span`` read ``value``, None if it cannot."""
    new = requote(span.of(note.text), value)
    return None if new is None else one_edit(title, safety, note, span, new)


def value_at(note: Note, where: str) -> Any:
    """Return the value at JSON pointer ``where``. Raises LookupError if there is none."""
    value: Any = note.properties
    for part in where.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        value = value[int(name)] if isinstance(value, list) else value[name]
    return value


def innermost(note: Note, span: Span) -> str | None:
    """Return the pointer of the smallest value whose source covers ``span``, None without one."""
    best, width = None, len(note.text) + 1
    for where, place in () if note.frontmatter is None else note.frontmatter.places.items():
        start, end = place.value
        if start <= span.start and span.end <= end and end - start < width:
            best, width = where, end - start
    return best or None
