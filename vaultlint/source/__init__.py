"""Where files come from: the only readers of files. Everything else sees bytes by NoteId.

Invariant: the engine meets a vault only through Source, so a folder, editor buffers over a folder,
git's index or a git tree give the same findings for the same bytes.

Tests: tests/unit/source/
"""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from vaultlint.note.model import NoteId


class Entry(NamedTuple):
    """One file of the vault. ``stamp`` changes when the content may have changed.

    For a folder the stamp is made of the stat (mtime_ns, ctime_ns, inode), for git it is the blob
    id; "" says nothing: only its bytes tell whether the file changed. ``size`` is in bytes.
    """

    id: NoteId
    size: int
    stamp: str


class SourceProblem(NamedTuple):
    """A file or folder that a listing had to leave out.

    ``code`` is "unreadable", "link-outside", "link-broken", "link-cycle", "link-nested",
    "link-limit" or "special-file"; ``message`` a plain sentence.
    """

    file: NoteId
    code: str
    message: str


def is_hidden(file: NoteId) -> bool:
    """Return whether a part of the path starts with a dot: Obsidian does not see such files."""
    return file.startswith(".") or "/." in file


class Source(Protocol):
    """The files of one vault."""

    def list(self) -> Mapping[NoteId, Entry]:
        """Return every file that is in the vault (hidden ones are not), in the order of ids."""
        ...

    def problems(self) -> tuple[SourceProblem, ...]:
        """Return what the last ``list`` had to leave out, in the order of ids."""
        ...

    def read(self, file: NoteId) -> bytes:
        """Return the bytes of ``file``, listed or hidden. Raises SourceError if it cannot."""
        ...
