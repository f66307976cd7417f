"""What each file tells the vault, held packed: most of it is asked for once, if ever.

Unpacked, what a hundred thousand notes tell takes half a gigabyte; in the plain bytes of marshal it
takes a fifth of that.

Invariant: what is looked up equals what was put in; what links ask for all the time is at hand.

Tests: tests/unit/vault/test_told.py
"""

import marshal
from collections.abc import Iterator, Mapping
from typing import Any

from vaultlint.note.model import NoteId
from vaultlint.vault.anchors import Outline
from vaultlint.vault.keys import Exports

_NOTHING = marshal.dumps({})  # attachments tell nothing: one object for all of them


class Told(Mapping[NoteId, Exports | None]):
    """The exports of each file, None for one that is only listed so far."""

    __slots__ = ("_outlines", "_packed", "_unparsed")

    def __init__(self) -> None:
        self._packed: dict[NoteId, bytes | None] = {}
        self._outlines: dict[NoteId, bytes] = {}
        self._unparsed: set[NoteId] = set()

    def __getitem__(self, file: NoteId) -> Exports | None:
        """Return what ``file`` tells. Raises KeyError for a file that is not there."""
        packed = self._packed[file]
        return None if packed is None else unpacked(packed)

    def __contains__(self, file: object) -> bool:
        """Return whether ``file`` is there, nothing unpacked."""
        return file in self._packed

    def __iter__(self) -> Iterator[NoteId]:
        """Yield the files in the order in which they came."""
        return iter(self._packed)

    def __len__(self) -> int:
        """Return how many files there are."""
        return len(self._packed)

    def listed(self, file: NoteId) -> bool:
        """Return whether only the name of ``file`` is known."""
        return self._packed.get(file, _NOTHING) is None

    def parsed(self, file: NoteId) -> bool:
        """Return whether ``file`` was looked at, and was not too large."""
        return self._packed.get(file) is not None and file not in self._unparsed

    def outline(self, file: NoteId) -> Outline | None:
        """Return the outline of ``file``, None when it has none or is not there."""
        packed = self._outlines.get(file)
        if packed is None:
            return None
        outline: Outline = marshal.loads(packed)  # noqa: S302 -- our own
        return outline

    def list(self, file: NoteId) -> None:
        """Take in the name of ``file``, and forget what it told."""
        self._packed[file] = None
        self._outlines.pop(file, None)
        self._unparsed.discard(file)

    def put(self, file: NoteId, exports: Exports, packed: bytes | None = None) -> bytes:
        """Replace what ``file`` tells, and return it packed, as it may be ``packed`` already."""
        if packed is None:
            packed = marshal.dumps(exports) if exports else _NOTHING
        self._packed[file] = packed
        if (outline := exports.get(("anchor", file))) is not None:
            self._outlines[file] = marshal.dumps(outline)
        else:
            self._outlines.pop(file, None)
        if ("path", file) in exports:
            self._unparsed.add(file)
        else:
            self._unparsed.discard(file)
        return packed

    def kept(self, file: NoteId) -> Any:
        """Return what ``file`` tells as plain data for ``restore``; empty when it tells nothing."""
        packed = self._packed[file]
        if packed is None or packed == _NOTHING:
            return ()
        return packed, self._outlines.get(file), file in self._unparsed

    def restore(
        self,
        file: NoteId,
        packed: bytes,
        outline: bytes | None,
        unparsed: bool,
    ) -> None:
        """Take in what was ``kept``, nothing of it unpacked."""
        self._packed[file] = packed
        if outline is not None:
            self._outlines[file] = outline
        if unparsed:
            self._unparsed.add(file)

    def remove(self, file: NoteId) -> None:
        """Forget ``file``, which is there."""
        self.list(file)
        del self._packed[file]


def unpacked(packed: bytes) -> Exports:
    """Return the exports that were packed."""
    exports: Exports = marshal.loads(packed)  # noqa: S302 -- our own
    return exports
