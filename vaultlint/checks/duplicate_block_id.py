"""Two blocks of a note have the same block id.

## Why
A link to the id can open one of them only, and which one is not defined.

## Example

```md file="Quotes.md"
First quote. ^quote

Second quote. ^quote
              ^^^^^^ duplicate-block-id
```

## Use instead

```md file="Quotes.md"
First quote. ^quote

Second quote. ^quote-2
```

## Fix safety
No fix: links to the id may mean either block.

## Options
None. Ids are compared without case.

## Source
Obsidian help, Link to a block in a note.
"""

from collections.abc import Iterator

from vaultlint.check import (
    Advice,
    Check,
    Found,
    Note,
    Position,
    Related,
    Severity,
    Span,
    VaultView,
)


def _find(note: Note, _vault: VaultView, _options: object) -> Iterator[Found]:
    first: dict[str, Span] = {}
    for block in note.blocks:
        before = first.setdefault(block.id.lower(), block.span)
        if before is not block.span:
            yield Found(block.span, {"id": block.id, "first": before.start})


def _explain(found: Found, note: Note, _vault: VaultView, _options: object) -> Advice:
    line, column = note.lines.position(int(found.data["first"]))
    related = (Related(note.id, Position(line, column), "the first block with this id"),)
    return Advice("give one of the blocks another id", related)


CHECK = Check(
    id="duplicate-block-id",
    find=_find,
    explain=_explain,
    reads=frozenset({"blocks"}),
    severity=Severity.WARNING,
    message='another block of this note has the id "^{id}"',
    since="0.1",
)
