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

import re
from collections.abc import Iterator

from vaultlint.check import Advice, Check, Found, Note, Position, Related, Severity, Span, VaultView
from vaultlint.vault.keys import folder_of, name_of

_TOOLS = (
    ("Obsidian Sync", r" \(Conflicted copy(?: .*? \d{12})?\)"),
    ("Syncthing", r"\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]{7})?"),
    ("Dropbox", r" \([^()]+['’]s conflicted copy \d{4}-\d{2}-\d{2}(?: \(\d+\))?\)"),
    ("Dropbox", r" \((?:Case|Unicode Encoding|White Space) Conflict(?: \d+)?\)"),
    ("Nextcloud", r" \(conflicted copy (?:.+ )?\d{4}-\d{2}-\d{2} \d{6}\)"),
    ("ownCloud", r"_conflict-\d{8}-\d{6}"),
)
_COPIES = tuple(
    (tool, re.compile(rf"(?P<base>.+){mark}(?P<extension>\.[^.]+)?")) for tool, mark in _TOOLS
)


def _find(note: Note, vault: VaultView, _options: object) -> Iterator[Found]:
    name = name_of(note.id)
    if "onflict" not in name:
        return
    for tool, pattern in _COPIES:
        if match := pattern.fullmatch(name):
            original = match["base"] + (match["extension"] or "")
            folder = folder_of(note.id)
            path = f"{folder}/{original}" if folder else original
            sure = vault.exists(path)
            data = {"tool": tool, "original": path, "sure": sure}
            yield Found(Span(0, 0), data, Severity.ERROR if sure else Severity.INFO)
            return


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
