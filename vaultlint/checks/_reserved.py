"""How the values of ``tags``, ``aliases`` and ``cssclasses`` become what Obsidian reads.

Invariant: an item is taken out only where Obsidian reads the list as if it were not there.

Tests: tests/specs/reserved-property-shape.md
"""

import re
from typing import Any

from vaultlint.check import Fix, Note, Safety, Span
from vaultlint.checks._edits import line_start, one_edit
from vaultlint.checks._lists import gap_of
from vaultlint.checks._properties import items, key_span, pointer, quoted, requote

RESERVED = frozenset({"tags", "aliases", "cssclasses"})
COMMENT = "an unquoted # begins a comment"

_HASHTAG = r"#(?=[\d/-]*+[^\W\d])[\w/-]++"
_HIDDEN = re.compile(rf"[ \t]*+-[ \t]++({_HASHTAG})[ \t]*+(?=[\r\n])")
_HIDDEN_VALUE = re.compile(
    rf"[ \t]*+:[ \t]++({_HASHTAG}(?:,?[ \t]++{_HASHTAG})*+)[ \t]*+(?=[\r\n])"
)
_TAG = re.compile(r"#?(?=[^\s,]*[^\d\s,])[\w/-]+")


def list_of_tags(value: str) -> str | None:
    """Return the flow list of the tags between the commas of ``value``."""
    parts = [part.strip() for part in value.split(",") if part.strip()]
    if not parts or not all(_TAG.fullmatch(part) for part in parts):
        return None
    return f"[{', '.join(requote('x', part) or part for part in parts)}]"


def problem_of(name: str, item: Any, *, alone: bool) -> str:
    """Return why Obsidian does not read ``item`` of the property ``name``, "" if it does."""
    what = "" if alone else "has an item that "
    if isinstance(item, str):
        if alone and name == "tags" and "," in item:
            return "is one string with commas, which is no tag"
        return "" if item.strip() or alone else "has an empty item"
    if item is None:
        return "has an empty item"
    if isinstance(item, list):
        return "has a list in the list; Obsidian reads a list of strings"
    kind = "true or false" if isinstance(item, bool) else "a number"
    kind = "a mapping" if isinstance(item, dict) else kind
    return f"{what}is {kind}, not a string"


def item_span(note: Note, at: Span) -> Span:
    """Return what is shown of the item at ``at``: of an empty one, the tag behind it or its dash."""
    if at.start < at.end:
        return at
    hidden = _HIDDEN.match(note.text, line_start(note.text, at.start))
    return Span(at.start - 1, at.start) if hidden is None else Span(*hidden.span(1))


def hidden_tags(note: Note, name: str) -> Span | None:
    """Return where the tags stand that are the comment behind the empty property ``name``."""
    key = key_span(note, pointer(name))
    hidden = _HIDDEN_VALUE.match(note.text, key.end)
    return None if hidden is None else Span(*hidden.span(1))


def with_hidden_tags(note: Note, span: Span) -> Fix:
    """Return the fix that makes the tags in the comment ``span`` a value."""
    tags = [quoted(note, tag) for tag in span.of(note.text).replace(",", " ").split()]
    value = tags[0] if len(tags) == 1 else f"[{', '.join(tags)}]"
    return one_edit("Read the comment as tags", Safety.UNSAFE, note, span, value)


def without_empty_item(note: Note, name: str, span: Span) -> Fix | None:
    """Return the fix that takes an empty item out, or gives quotes to the tag behind it."""
    places = note.frontmatter.places if note.frontmatter is not None else {}
    for number, item in items(note.properties[name]):
        where = pointer(name, number or 0)
        if where not in places or (item is not None and str(item).strip()):
            continue
        if item_span(note, places[where].value) != span:
            continue  # it has a finding of its own
        if note.text.startswith("#", span.start):
            tag = span.of(note.text)
            return one_edit(f"Put {tag} in quotes", Safety.UNSAFE, note, span, quoted(note, tag))
        gap = gap_of(note, where)
        if gap is not None:
            return one_edit("Remove the empty item", Safety.SAFE, note, gap, "")
    return None
