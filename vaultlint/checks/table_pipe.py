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
SAFE: the bar is escaped, which is the only way to write this link in a table.

## Options
None.

## Source
Obsidian help, Advanced formatting syntax, Tables: escape pipes in links and image sizes.
"""

from collections.abc import Iterator

from vaultlint.check import Check, Fix, Found, Note, Safety, Severity, Span, VaultView
from vaultlint.checks._links import one_edit


def _find(note: Note, _vault: VaultView, _options: object) -> Iterator[Found]:
    for near in note.near_links:
        if near.kind == "cut-by-table":
            bar = note.text.find("|", near.span.start, near.span.end)
            while bar >= 0:
                if note.text[bar - 1] != "\\":
                    yield Found(Span(bar, bar + 1), {"link": near.span.of(note.text)})
                    break
                bar = note.text.find("|", bar + 1, near.span.end)


def _repair(found: Found, note: Note, _vault: VaultView, _options: object) -> Fix | None:
    return one_edit("Escape the bar", Safety.SAFE, note, found.span, "\\|")


CHECK = Check(
    id="table-pipe",
    find=_find,
    repair=_repair,
    reads=frozenset({"near_links"}),
    severity=Severity.WARNING,
    message="this bar ends the table cell and cuts the link in two",
    help="write it as \\|",
    since="0.1",
)
