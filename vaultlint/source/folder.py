"""A folder as a vault: walked and read as Obsidian does, and never beyond its root.

Invariant: no path that this module opens lies outside of the root, whatever links the folder
holds; only regular files are opened; nothing in a hostile folder makes it raise or hang. What is
left out is told in ``problems``. A path is checked and opened in two steps, so a program that
swaps folders for links while vaultlint runs is not held off.

Source: help vault, Symbolic links and junctions; Obsidian's path rules (hidden components).

Tests: tests/unit/source/test_folder.py, tests/unit/source/test_hostile_folder.py
"""

from collections.abc import Mapping
from pathlib import Path

from vaultlint.note.model import NoteId
from vaultlint.source import Entry, SourceProblem


class FolderSource:
    """The files under one folder."""

    def __init__(self, root: Path, *, gitignore: bool = False) -> None:
        """Prepare to walk ``root``; with ``gitignore``, leave out what its .gitignore files name."""
        raise NotImplementedError

    def list(self) -> Mapping[NoteId, Entry]:
        """Return every file that is in the vault, in the order of ids.

        Raises SourceError if the root itself cannot be listed.
        """
        raise NotImplementedError

    def problems(self) -> tuple[SourceProblem, ...]:
        """Return what the last ``list`` had to leave out, in the order of ids."""
        raise NotImplementedError

    def read(self, file: NoteId) -> bytes:
        """Return the bytes of ``file``, listed or hidden. Raises SourceError if it cannot."""
        raise NotImplementedError
