"""Items of a property's list: writing one, and taking one out when it would only repeat another.

Invariant: a comment is never taken out with an item, and a list keeps its form: flow or block.

Tests: tests/unit/checks/test_lists.py
"""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from vaultlint.check import Fix, Note, Safety, Span
from vaultlint.checks._edits import line_end, line_start, next_line, one_edit
from vaultlint.checks._properties import innermost, rewrite, value_at, value_span
from vaultlint.text import Places

_COMMA = re.compile(r"[ \t]*,[ \t\r\n]*")
_DASH = re.compile(r"[ \t]*-[ \t]*")


class Settled(NamedTuple):
    """What an item will read once it is repaired, and how surely: None for one that stays."""

    text: str
    safety: Safety | None


def write_item(
    note: Note, span: Span, text: str, safety: Safety, settle: Callable[[str], Settled]
) -> Fix | None:
    """Return the fix that makes the value at ``span`` read ``text``, None if it cannot.

    In a list that holds ``text`` already, or will once its other items are repaired (``settle``
    says so of each), the item is taken out instead: a list never ends up with two of a kind.
    """
    where = innermost(note, span)
    if where is None:
        return None
    place = value_span(note, where)
    if _is_repeat(note, where, text, safety, settle):
        gap = gap_of(note, where)
        title = f"Remove {place.of(note.text)}, which repeats {text!r}"
        return None if gap is None else one_edit(title, safety, note, gap, "")
    return rewrite(note, place, text, f"Write {text!r}", safety)


def _is_repeat(
    note: Note, where: str, text: str, safety: Safety, settle: Callable[[str], Settled]
) -> bool:
    parent, _, number = where.rpartition("/")
    items = value_at(note, parent)
    if not isinstance(items, list):
        return False
    for at, item in enumerate(items):
        if at == int(number) or not isinstance(item, str):
            continue
        other = settle(item)
        if other.text != text:
            continue
        if other.safety is None or other.safety > safety:
            return True
        if other.safety == safety and at < int(number):
            return True
    return False


def gap_of(note: Note, where: str) -> Span | None:
    """Return what to take out of the text to remove the item at ``where``, None if it cannot be.

    A line of its own in a block list; in a flow list the item with the comma after or before it.
    """
    return None if note.frontmatter is None else gap_in(note.text, note.frontmatter.places, where)


def gap_in(text: str, places: Mapping[str, Places], where: str) -> Span | None:
    """Return the same for a list in any YAML ``text`` whose values stand at ``places``."""
    parent, _, number = where.rpartition("/")
    if where not in places or parent not in places or not number.isdigit():
        return None
    around, item = places[parent].value, places[where].value
    if around.of(text)[:1] == "[":
        return _in_flow(text, places, parent, int(number))
    if not text.startswith("-", around.start):
        return None
    return _own_line(text, item)


def _own_line(text: str, item: Span) -> Span | None:
    start, end = line_start(text, item.start), line_end(text, item.start)
    if not _DASH.fullmatch(text, start, item.start) or text[item.end : end].strip(" \t"):
        return None
    return Span(start, next_line(text, item.start)) if item.end <= end else None


def _in_flow(text: str, places: Mapping[str, Places], parent: str, number: int) -> Span | None:
    item = places[f"{parent}/{number}"].value
    after, before = places.get(f"{parent}/{number + 1}"), places.get(f"{parent}/{number - 1}")
    if after is not None:
        between, gap = (item.end, after.value.start), Span(item.start, after.value.start)
    elif before is not None:
        between, gap = (before.value.end, item.start), Span(before.value.end, item.end)
    else:
        return None
    return gap if _COMMA.fullmatch(text, *between) else None
