"""A new property, written as the note writes its own.

Invariant: nothing that is there changes: the new lines stand where the order of the schema has them,
else before the closing fence; or a block of properties is put before a note that has none.

Tests: tests/unit/checks/test_insert.py
"""

import re
from collections.abc import Sequence
from typing import Any

from vaultlint.check import Fix, Note, Safety, Span
from vaultlint.checks._edits import line_start, newline_of, one_edit
from vaultlint.checks._properties import quoted, requote
from vaultlint.note.model import Frontmatter

_BLOCK_ITEM = re.compile(r"^([ \t]*)-[ \t]+", re.MULTILINE)
_END_MARK = re.compile(r"^(?:\.\.\.|---)", re.MULTILINE)
_Scalar = str | int | float | bool


def insert(
    note: Note, name: str, value: Any, safety: Safety, order: Sequence[str] = ()
) -> Fix | None:
    """Return the fix that adds property ``name`` with ``value``, None if it cannot be written.

    ``value`` is a scalar, null, or a list of scalars. It follows the nearest property that comes
    before it in ``order``, or else stands before the nearest that comes after it.
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
    at = _place(note, front, name, order, margin)
    return one_edit(title, safety, note, Span(at, at), text)


def _place(note: Note, front: Frontmatter, name: str, order: Sequence[str], margin: str) -> int:
    """Return where the lines of ``name`` go: before a key and its comments, or at the end."""
    keys = _top_keys(front)
    names = [*keys]
    at = order.index(name) if name in order else len(order)
    before = next((each for each in reversed(order[:at]) if each in keys), None)
    after = next((each for each in order[at + 1 :] if each in keys), None)
    if before is not None:
        following = names.index(before) + 1
    else:
        following = names.index(after) if after is not None else len(names)
    if following == len(names):
        return front.yaml.end
    start = line_start(note.text, keys[names[following]])
    if note.text[start : keys[names[following]]] != margin:
        return front.yaml.end
    while start > front.yaml.start:
        above = line_start(note.text, start - 1 - note.text.endswith("\r\n", 0, start))
        if not note.text[above:start].lstrip().startswith("#"):
            break
        start = above
    return start


def _top_keys(front: Frontmatter) -> dict[str, int]:
    """Return the names of the properties, in the order of the text, and where each starts."""
    starts = {}
    for where, place in front.places.items():
        if where.count("/") == 1 and place.key is not None:
            starts[where[1:].replace("~1", "/").replace("~0", "~")] = place.key.start
    return dict(sorted(starts.items(), key=lambda pair: pair[1]))


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
