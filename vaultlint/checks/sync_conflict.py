"""File is a copy that a sync tool made of two conflicting versions.

## Why
Two devices changed the same note, and the tool kept both. Until they are merged, one of them is not
seen where it should be, and its links, tags and block ids count twice.

## Example

```md file="Plan (Conflicted copy laptop 202403011530).md"
^0 sync-conflict
The plan.
```

```md file="Plan.md"
The plan, changed.
```

## Use instead

```md file="Plan (Conflicted copy laptop 202403011530).md"
---
vaultlint: {ignore: [sync-conflict]}
---
```

Merge the copy into the note, then delete it.

## Fix safety
No fix: only a person knows which version is right.

## Options
None. Known are the copies of Obsidian Sync, Syncthing, Dropbox, Nextcloud and ownCloud. If the file
that a copy was made of is no longer there, the finding is a hint. The names that iCloud and Google
Drive give (`Plan 2`, `Plan (1)`) are names that people give too: they are not reported.

## Source
Obsidian help, Troubleshoot Obsidian Sync; documentation of Syncthing, Dropbox, Nextcloud, ownCloud.
"""

from collections.abc import Iterator

from vaultlint.check import Advice, Check, Found, Note, Position, Related, Severity, Span, VaultView
from vaultlint.vault.keys import folder_of, name_of
from vaultlint.vault.names import conflict_copy

_TOOLS = {
    "obsidian-sync": "Obsidian Sync",
    "syncthing": "Syncthing",
    "dropbox": "Dropbox",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
}


def _find(note: Note, vault: VaultView, _options: object) -> Iterator[Found]:
    copy = conflict_copy(name_of(note.id))
    if copy is None:
        return
    folder = folder_of(note.id)
    path = f"{folder}/{copy.original}" if folder else copy.original
    sure = vault.exists(path)
    data = {"tool": _TOOLS[copy.kind], "original": path, "sure": sure}
    yield Found(Span(0, 0), data, Severity.ERROR if sure else Severity.INFO)


def _explain(found: Found, _note: Note, _vault: VaultView, _options: object) -> Advice:
    path = str(found.data["original"])
    if not found.data["sure"]:
        return Advice(f"{path} is gone: rename this file if it is to stay")
    related = (Related(path, Position(1, 1), "the file it is a copy of"),)
    return Advice("merge the two versions, then delete the copy", related)


CHECK = Check(
    id="sync-conflict",
    find=_find,
    explain=_explain,
    files=frozenset({"note", "attachment"}),
    severity=Severity.WARNING,
    message='{tool} made this copy of "{original}" because of a conflict',
    since="0.1",
)
