"""`tags`, `aliases` or `cssclasses` is not a list of strings.

## Why
Obsidian drops what does not fit: `tags: a, b` has been no tag at all since 1.9, and a number or
an empty item in the list is ignored. `tags: #a` is empty: to YAML an unquoted `#` begins a comment.

## Example
```md file="a.md"
---
tags: fiction, desert
      ^^^^^^^^^^^^^^^ reserved-property-shape
---
```

## Use instead
```md file="a.md"
---
tags: [fiction, desert]
---
```

## Fix safety
SAFE: an empty item is taken out of its list, which Obsidian reads as if it were not there; a number
or `true` among `aliases` or `cssclasses` gets quotes and stays the text that it is.
UNSAFE: a comma string in `tags` becomes a list when every part is a tag; a `#tag` that YAML takes
for a comment gets quotes. Both give the note tags that it has not today.

## Options
None.

## Source
The help vault, Properties, Default properties; release notes of Obsidian 1.9.0 and 1.9.3.
"""

import re
from collections.abc import Iterator
from typing import Any

from vaultlint.check import (
    Check,
    Fix,
    Found,
    NoOptions,
    Note,
    Safety,
    Severity,
    VaultView,
)
from vaultlint.checks import _properties
from vaultlint.checks._edits import one_edit
from vaultlint.checks._reserved import (
    COMMENT,
    RESERVED,
    hidden_tags,
    item_span,
    list_of_tags,
    problem_of,
    with_hidden_tags,
    without_empty_item,
)

_SCALAR = re.compile(r"[-+.\w]+")


def find(note: Note, vault: VaultView, options: NoOptions) -> Iterator[Found]:
    """Yield one finding for each value or item that Obsidian does not read, at that value."""
    del options
    for name, value in note.properties.items():
        if name.lower() in RESERVED:
            for found in _judge(note, name, value):
                if not _properties.is_placeholder(note, vault, found.span):
                    yield found


def _judge(note: Note, name: str, value: Any) -> Iterator[Found]:
    if value is None and name.lower() == "tags" and (hidden := hidden_tags(note, name)):
        yield Found(hidden, {"property": name, "problem": f"is empty: {COMMENT}"})
    if isinstance(value, dict):
        yield _at(
            note, name, _properties.pointer(name), "is a mapping; Obsidian reads a list of strings"
        )
        return
    for number, item in _properties.items(value):
        where = _properties.pointer(name) if number is None else _properties.pointer(name, number)
        problem = problem_of(name.lower(), item, alone=number is None)
        if problem:
            yield _at(note, name, where, problem)


def _at(note: Note, name: str, where: str, problem: str) -> Found:
    span = item_span(note, _properties.value_span(note, where))
    if note.text.startswith("#", span.start):
        problem = f"{problem} ({COMMENT})"
    return Found(span, {"property": name, "problem": problem})


def repair(found: Found, note: Note, vault: VaultView, options: NoOptions) -> Fix | None:
    """Return the fix for a comma string, an empty item, a hidden tag, or an unquoted name."""
    del vault, options
    name, span = str(found.data["property"]), found.span
    source, value = span.of(note.text), note.properties.get(name)
    if value is None:
        return with_hidden_tags(note, span)
    if not isinstance(value, str) and "empty item" in found.data["problem"]:
        return without_empty_item(note, name, span)
    if name.lower() == "tags":
        listed = list_of_tags(value) if isinstance(value, str) and "\n" not in source else None
        if listed is None or not _properties.requote(source, ""):
            return None
        return one_edit("Make it a list", Safety.UNSAFE, note, span, listed)
    if not _SCALAR.fullmatch(source):
        return None
    quoted = _properties.quoted(note, source)
    return one_edit("Put it in quotes", Safety.SAFE, note, span, quoted)


CHECK = Check(
    id="reserved-property-shape",
    find=find,
    repair=repair,
    message="{property!r} {problem}",
    help="write a list of strings, one item for each",
    severity=Severity.WARNING,
    reads=frozenset({"frontmatter"}),
    changes=frozenset({"properties", "tags"}),
    since="0.1",
)
