"""A link in a property stands without quotes, so YAML reads a list in a list.

## Why
`up: [[A]]` is valid YAML, but no link: square brackets make lists. The graph, backlinks and
renaming do not see it, and whatever writes the properties next turns it into `- - A`.

## Example
```md file="a.md"
---
up: [[Dune]]
    ^^^^^^^^ unquoted-link
---
```

## Use instead
```md file="a.md"
---
up: "[[Dune]]"
---
```

## Fix safety
SAFE: quotes are put around the link, of the kind that the note uses. When there is nothing that the
link would open, the fix is only shown: a broken link would take the place of no link. There is none
in `tags`, where a tag was meant.

## Options
None.

## Source
The help vault, Properties: internal links in properties must be surrounded with quotes.
"""

from collections.abc import Iterator
from typing import Any

from vaultlint.check import Check, Fix, Found, NoOptions, Note, Safety, Severity, VaultView
from vaultlint.checks._edits import one_edit
from vaultlint.checks._properties import innermost, quoted, value_at
from vaultlint.note.property_links import property_link
from vaultlint.text import Span


def find(note: Note, vault: VaultView, options: NoOptions) -> Iterator[Found]:
    """Yield one finding for each value that is written ``[[...]]``, at the value."""
    del vault, options
    frontmatter = note.frontmatter
    if frontmatter is None or not frontmatter.valid:
        return
    if note.text.find("[[", frontmatter.yaml.start, frontmatter.yaml.end) < 0:
        return
    taken = -1
    for where, place in frontmatter.places.items():
        span = place.value
        if span.start < taken or not note.text.startswith("[[", span.start):
            continue
        source = span.of(note.text)
        if source.endswith("]]") and "\n" not in source and "\r" not in source:
            taken = span.end
            if _link_shaped(value_at(note, where)):
                yield Found(span, {"link": source})


def _link_shaped(value: Any) -> bool:
    """Return whether ``value`` is one list in a list, of one item or of strings."""
    if not (isinstance(value, list) and len(value) == 1 and isinstance(value[0], list)):
        return False
    inner = value[0]
    return len(inner) == 1 or (bool(inner) and all(isinstance(item, str) for item in inner))


def repair(found: Found, note: Note, vault: VaultView, options: NoOptions) -> Fix | None:
    """Return the fix that quotes the link, like the first quoted value of the note."""
    del options
    where = innermost(note, found.span)
    if where is not None and where.split("/")[1].lower() == "tags":
        return None
    link = found.span.of(note.text)
    safety = Safety.SAFE if _opens(link, note, vault) else Safety.MANUAL
    return one_edit("Put the link in quotes", safety, note, found.span, quoted(note, link))


def _opens(source: str, note: Note, vault: VaultView) -> bool:
    """Return whether ``source`` is one link that opens something once it is in quotes."""
    link = property_link(source, Span(0, len(source)), "", source)
    if link is None:
        return False
    target = vault.resolve_path(link.target).target if link.target else note.id
    return target is not None and (not link.anchor or vault.has_anchor(target, link.anchor))


CHECK = Check(
    id="unquoted-link",
    find=find,
    repair=repair,
    message="{link} without quotes is a list in a list, not a link",
    help="put it in quotes, so that Obsidian sees a link",
    severity=Severity.ERROR,
    reads=frozenset({"frontmatter"}),
    changes=frozenset({"link-text", "links", "properties"}),
    since="0.1",
)
