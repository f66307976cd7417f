"""Link points to a block id that its note does not have.

## Why
Obsidian opens the note at its top, and an embed of the block shows an error. A block id is lost
when its block is moved to another note or its last line is edited.

## Example

```md file="Plan.md"
![[Report#^summary]]
          ^^^^^^^^ broken-block
```

```md file="Report.md"
All went well. ^in-short
```

## Use instead

```md file="Plan.md"
![[Report#^in-short]]
```

## Fix safety
UNSAFE: the one other note in which a block has this id (blocks are moved), else an id in the same
note that differs by a small slip.

## Options
None. When the id is missing but a heading of that name would be found instead, the finding is a
warning at most. A `^id` that Obsidian does not take for one (an underscore, no space before it, not
at the end of its block) is pointed out in the help.

## Source
Obsidian help, Link to a block in a note.
"""

import re
from collections.abc import Iterator

from vaultlint.check import Advice, Check, Fix, Found, Note, Safety, Severity, VaultView
from vaultlint.checks._anchors import is_block, judged_anchors
from vaultlint.checks._links import at_most
from vaultlint.checks._per_note import per_note
from vaultlint.checks._relink import link_at, path_text, relink
from vaultlint.terms.nearest import Words


def _find(note: Note, vault: VaultView, _options: object) -> Iterator[Found]:
    for link, file in judged_anchors(note, vault):
        anchor, span = link.anchor, link.anchor_span
        if anchor is None or span is None or not is_block(anchor):
            continue
        data = {"file": file, "id": anchor.strip("# ")[1:], "at": link.span.start}
        most, message = at_most(link), _HERE if file == note.id else None
        if not vault.has_anchor(file, anchor):
            yield Found(span, data, most, message)
        elif vault.anchor_type(file, anchor) == "heading":
            yield Found(span, data, min(most, Severity.WARNING), message)


_HERE = 'this note has no block "^{id}"'


class _Ids:
    """The ids of a note's blocks, and what looks like one, for all the links that miss one."""

    def __init__(self, note: Note) -> None:
        self.blocks = Words(block.id for block in note.blocks)
        self._text = note.text
        self._alike = {match[1] for match in _ALIKE.finditer(note.text)}

    def is_written(self, wanted: str) -> bool:
        """Return whether ``^wanted`` is in the text, as an id or not."""
        if _WORD.fullmatch(wanted):
            return wanted in self._alike
        pattern = re.compile(rf"(?<!#)\^{re.escape(wanted)}(?![\w-])")
        return pattern.search(self._text, 0, _MOST_SEARCHED) is not None


_WORD = re.compile(r"[\w-]+")
_ALIKE = re.compile(r"(?<!#)\^([\w-]+)")
_MOST_SEARCHED = 100_000  # of a long text, for something that can be no id anyway
_ids = per_note(_Ids)


def _nearest(found: Found, vault: VaultView) -> str | None:
    meant = _ids(vault.note(str(found.data["file"]))).blocks.nearest(str(found.data["id"]))
    # Ids that Obsidian makes are six random characters: two of them are often a little alike.
    return meant if meant is not None and len(meant) > 6 else None


def _explain(found: Found, note: Note, vault: VaultView, _options: object) -> Advice:
    del note
    wanted, file = str(found.data["id"]), str(found.data["file"])
    if _ids(vault.note(file)).is_written(wanted):
        return Advice(
            f"{file} has ^{wanted} in its text, but not as an id: an id is letters, digits and "
            "dashes, has a space before it and stands at the end of its block"
        )
    if moved := vault.notes_with_block(wanted):
        return Advice(f"was the block moved? The id is in {', '.join(sorted(moved)[:3])}")
    meant = _nearest(found, vault)
    if meant is not None:
        return Advice(f'did you mean "#^{meant}"?')
    return Advice(f"write ^{wanted} at the end of the block that is meant, or link to the note")


def _repair(found: Found, note: Note, vault: VaultView, _options: object) -> Fix | None:
    if (link := link_at(note, found)) is None:
        return None
    if moved := vault.notes_with_block(str(found.data["id"])):
        path = path_text(moved[0], link, vault) if len(moved) == 1 else None
        if path is None:
            return None
        title, target = f'Link to "{moved[0]}"', vault.note(moved[0])
        return relink(title, Safety.UNSAFE, note, link, target, path=path)
    if (meant := _nearest(found, vault)) is None:
        return None
    title, target = f'Link to "#^{meant}"', vault.note(str(found.data["file"]))
    return relink(title, Safety.UNSAFE, note, link, target, anchor=f"^{meant}")


CHECK = Check(
    id="broken-block",
    find=_find,
    explain=_explain,
    repair=_repair,
    reads=frozenset({"links"}),
    severity=Severity.ERROR,
    message='{file} has no block "^{id}"',
    changes=frozenset({"links"}),
    since="0.1",
)
