"""A link in a property stands without quotes, so YAML reads a list in a list.

## Why
`up: [[A]]` is valid YAML, but no link: square brackets make lists. The graph, backlinks and
renaming do not see it, and whatever writes the properties next turns it into `- - A`. In `tags`,
`aliases` and `cssclasses` no link was meant: `reserved-property-shape` tells of those.

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
link would open, the fix is only shown: a broken link would take the place of no link.

## Options
None.

## Source
The help vault, Properties: internal links in properties must be surrounded with quotes.
"""

from collections.abc import Iterator

from vaultlint.check import Check, Fix, Found, NoOptions, Note, Safety, Severity, VaultView
from vaultlint.checks._edits import one_edit
from vaultlint.checks._properties import quoted
from vaultlint.checks._unquoted import unquoted_links
from vaultlint.note.property_links import property_link
from vaultlint.text import Span


def find(note: Note, vault: VaultView, options: NoOptions) -> Iterator[Found]:
    """Yield one finding for each value that is written ``[[...]]``, at the value."""
    del vault, options
    for span in unquoted_links(note):
        yield Found(span, {"link": span.of(note.text)})


def repair(found: Found, note: Note, vault: VaultView, options: NoOptions) -> Fix | None:
    """Return the fix that quotes the link, like the first quoted value of the note."""
    del options
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
