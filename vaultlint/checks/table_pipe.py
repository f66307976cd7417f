r"""Link in a table has a bar that the table takes for the end of the cell.

## Why
`|` ends a table cell, inside a wikilink too: the link is cut in two and its row gets a cell too
many. Written as `\|` it belongs to the link.

## Example

```md file="Books.md"
| Book | Read |
| ---- | ---- |
| [[Dune|the first]] | yes |
        ^ table-pipe
```

## Use instead

```md file="Books.md"
| Book | Read |
| ---- | ---- |
| [[Dune\|the first]] | yes |
```

## Fix safety
SAFE: the bar is escaped, which is the only way to write this link in a table. When there is nothing
that the link would open, the fix is only shown: a broken link would take the place of no link.

## Options
None.

## Source
Obsidian help, Advanced formatting syntax, Tables: escape pipes in links and image sizes.
"""

import re
from collections.abc import Iterator

from vaultlint.check import Check, Fix, Found, Note, Safety, Severity, Span, VaultView
from vaultlint.checks._edits import one_edit
from vaultlint.checks._links import is_url

_DESTINATION = re.compile(r"!?\[\[([^|\\]*)")
_BAR = re.compile(r"(?<!\\)\|")


def _find(note: Note, _vault: VaultView, _options: object) -> Iterator[Found]:
    for near in note.near_links:
        if near.kind == "cut-by-table" and not _in_code(note.text, near.span.start):
            for bar in _BAR.finditer(note.text, *near.span):
                yield Found(Span(*bar.span()), {"link": near.span.of(note.text)})


def _in_code(text: str, at: int) -> bool:
    """Return whether a code span is open at ``at`` of a cell: the table cuts that one, too."""
    cell = text.rfind("|", 0, at) + 1
    return text.count("`", max(cell, text.rfind("\n", cell, at) + 1), at) % 2 == 1


def _repair(found: Found, note: Note, vault: VaultView, _options: object) -> Fix | None:
    destination = _DESTINATION.match(str(found.data["link"]))
    path, _, anchor = (destination[1] if destination else "").partition("#")
    if is_url(path):
        return None  # a URL is no name of a note
    target = vault.resolve_path(path.strip()).target if path.strip() else note.id
    there = target is not None and (not anchor or vault.has_anchor(target, anchor))
    safety = Safety.SAFE if there else Safety.MANUAL
    return one_edit("Escape the bar", safety, note, found.span, "\\|")


CHECK = Check(
    id="table-pipe",
    find=_find,
    repair=_repair,
    reads=frozenset({"near_links"}),
    severity=Severity.WARNING,
    message="this bar ends the table cell and cuts the link in two",
    help="write it as \\|",
    changes=frozenset({"link-text", "links", "tags"}),
    since="0.1",
)
