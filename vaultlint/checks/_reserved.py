"""How the values of ``tags``, ``aliases`` and ``cssclasses`` become what Obsidian reads.

Invariant: an item is taken out only where Obsidian reads the list as if it were not there.

Tests: tests/specs/reserved-property-shape.md
"""

import re

from vaultlint.check import Fix, Note, Safety, Span
from vaultlint.checks._edits import line_start, one_edit
from vaultlint.checks._lists import gap_of
from vaultlint.checks._properties import items, pointer, quoted, requote

_HIDDEN = re.compile(r"[ \t]*-[ \t]+(#[\w/-]*[^\W\d][\w/-]*)[ \t]*(?=[\r\n])")
_TAG = re.compile(r"#?(?=[^\s,]*[^\d\s,])[\w/-]+")


def list_of_tags(value: str) -> str | None:
    """Return the flow list of the tags between the commas of ``value``."""
    parts = [part.strip() for part in value.split(",") if part.strip()]
    if not parts or not all(_TAG.fullmatch(part) for part in parts):
        return None
    return f"[{', '.join(requote('x', part) or part for part in parts)}]"


def without_empty_item(note: Note, name: str, span: Span) -> Fix | None:
    """Return the fix that takes an empty item out, or gives quotes to the tag behind it."""
    places = note.frontmatter.places if note.frontmatter is not None else {}
    for number, item in items(note.properties[name]):
        where = pointer(name, number or 0)
        if where not in places or (item is not None and str(item).strip()):
            continue
        at = places[where].value
        if at.start < at.end and at != span:
            continue  # it has a finding of its own
        hidden = _HIDDEN.match(note.text, line_start(note.text, at.start))
        if at.start == at.end and hidden is not None:
            title, tag = f"Put {hidden[1]} in quotes", Span(*hidden.span(1))
            return one_edit(title, Safety.UNSAFE, note, tag, quoted(note, hidden[1]))
        gap = gap_of(note, where)
        if gap is not None:
            return one_edit("Remove the empty item", Safety.SAFE, note, gap, "")
    return None
