"""Which notes look open: what editors leave for others to see.

Obsidian keeps its open tabs in ``.obsidian/workspace.json``; Vim has a swap file beside an open
note, Emacs a link or an autosave file beside one with unsaved changes. An editor that leaves no
mark (VS Code) cannot be seen; a fix then meets its own guard against stale buffers.

Invariant: what cannot be read counts as nothing, never as an error; a mark can delay a fix, and
never cause one.

Source: Obsidian's workspace.json (leaves of type "markdown", state.state.file); Vim's manual
(swap-file); the Emacs manual (Interlocking, Auto-Save Files).

Tests: tests/unit/watch/test_openness.py
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from vaultlint.errors import SourceError
from vaultlint.note.model import NoteId
from vaultlint.watch.settle import Openness

WORKSPACES = (".obsidian/workspace.json", ".obsidian/workspace-mobile.json")
_MARKS = (".{}.swp", ".{}.swo", ".#{}", "#{}#")


class Marks:
    """What can be seen at one moment: the files Obsidian shows, and editors' marks on the disk."""

    def __init__(self, root: Path, read: Callable[[NoteId], bytes]) -> None:
        """Read Obsidian's workspace now, with ``read``; look for marks when asked."""
        self._root = root
        self._shown = {file for workspace in WORKSPACES for file in _shown(workspace, read)}

    def openness(self, file: NoteId) -> Openness:
        """Return how open ``file`` looks."""
        folder, _, name = file.rpartition("/")
        place = self._root / folder
        if any(_lexists(place / mark.format(name)) for mark in _MARKS):
            return Openness.HELD
        return Openness.OPEN if file in self._shown else Openness.CLOSED


def _shown(workspace: NoteId, read: Callable[[NoteId], bytes]) -> Iterator[NoteId]:
    try:
        layout = json.loads(read(workspace))
    except (SourceError, ValueError, RecursionError):
        return
    pending: list[Any] = [layout]
    while pending:
        item = pending.pop()
        if isinstance(item, list):
            pending += item
        elif isinstance(item, dict):
            if isinstance(item.get("file"), str):
                yield item["file"]
            pending += (each for key, each in item.items() if key != "lastOpenFiles")


def _lexists(path: Path) -> bool:
    try:
        path.lstat()
    except OSError:
        return False
    return True
