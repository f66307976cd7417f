"""A new property, written as the note writes its own.

Invariant: nothing that is there moves or changes: the new lines stand before the closing fence, or
a block of properties is put before a note that has none.

Tests: tests/unit/checks/test_insert.py
"""

import re
from typing import Any

from vaultlint.check import Fix, Note, Safety, Span
from vaultlint.checks._edits import line_start, newline_of, one_edit
from vaultlint.checks._properties import quoted, requote

_BLOCK_ITEM = re.compile(r"^([ \t]*)-[ \t]+", re.MULTILINE)
_END_MARK = re.compile(r"^(?:\.\.\.|---)", re.MULTILINE)
_Scalar = str | int | float | bool


def insert(note: Note, name: str, value: Any, safety: Safety) -> Fix | None:
    """Return the fix that adds property ``name`` with ``value``, None if it cannot be written.

    ``value`` is a scalar, null, or a list of scalars.
    """
    key = requote("x", name)
    newline = newline_of(note.text)
    written = None if key is None else _written(note, value, newline)
    if written is None:
        return None
    front, title = note.frontmatter, f"Add {name!r}"
    if front is None and any("frontmatter" in problem.code for problem in note.problems):
        return None  # it has properties that Obsidian does not read
    if front is None:
        block = f"---{newline}{key}:{written}{newline}---{newline}"
        return one_edit(title, safety, note, Span(0, 0), block)
    margin = _margin(note)
    if margin is None:
        return None
    lines = f"{key}:{written}".split(newline)
    text = "".join(f"{margin}{line}{newline}" for line in lines)
    return one_edit(title, safety, note, Span(front.yaml.end, front.yaml.end), text)


def _margin(note: Note) -> str | None:
    """Return the white space before each property, None when they are not one to a line."""
    front = note.frontmatter
    if front is None or not front.valid or _END_MARK.search(front.yaml.of(note.text)):
        return None
    root = front.places.get("")
    if front.data is None or root is None:
        return "" if front.data is None else None
    start = root.value.start
    margin = note.text[line_start(note.text, start) : start]
    return margin if note.text[start] not in "{?&!" and not margin.strip(" ") else None


def _written(note: Note, value: Any, newline: str) -> str | None:
    """Return what follows the colon, None when ``value`` cannot be written on its own lines."""
    if value is None:
        return ""
    if not isinstance(value, list):
        text = _scalar(note, value)
        return None if text is None else f" {text}"
    items = [_scalar(note, item) for item in value]
    if None in items:
        return None
    block = _block_indent(note)
    if block is None or not items:
        return f" [{', '.join(item or '' for item in items)}]"
    return "".join(f"{newline}{block}- {item}" for item in items)


def _block_indent(note: Note) -> str | None:
    """Return the indentation of the note's list items, None when its lists are flow lists."""
    front = note.frontmatter
    for place in () if front is None else front.places.values():
        if note.text.startswith("- ", place.value.start) and place.key is not None:
            match = _BLOCK_ITEM.match(note.text, line_start(note.text, place.value.start))
            column = place.key.start - line_start(note.text, place.key.start)
            return None if match is None else match[1][column:]
        if note.text.startswith("[", place.value.start) and place.key is not None:
            return None
    return "  "


def _scalar(note: Note, value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if not isinstance(value, str):
        return None
    plain = requote("x", value)
    return (
        plain
        if plain is None or (plain == value and not _quotes_all(note))
        else quoted(note, value)
    )


def _quotes_all(note: Note) -> bool:
    """Return whether every text among the note's properties is in quotes, and there is one."""
    front = note.frontmatter
    texts = [
        note.text[place.value.start]
        for where, place in (() if front is None else front.places.items())
        if where.count("/") == 1 and isinstance(note.properties.get(where[1:]), str)
    ]
    return bool(texts) and all(mark in {'"', "'"} for mark in texts)
