"""The bytes of the notes that a run of fixes touches: as found, and as they are to be.

Invariant: all bytes outside of the edits stay as they are; a byte order mark and every line ending
survive. Only valid UTF-8 is edited.

Tests: tests/unit/fixing/test_texts.py
"""

import codecs
import hashlib
from collections.abc import Callable, Iterable, Mapping

from vaultlint.diagnostics import Edit
from vaultlint.note.model import NoteId
from vaultlint.text import Span, apply_edits


class NotEditable(Exception):
    """The bytes of a file, or the new text, rule out an edit; the message says why."""


class Texts:
    """What was found in the vault, and what the accepted fixes make of it."""

    def __init__(self, read: Callable[[NoteId], bytes]) -> None:
        """Read files with ``read`` (which may raise SourceError) when they are first asked for."""
        self._read = read
        self.before: dict[NoteId, bytes] = {}
        self._after: dict[NoteId, bytes] = {}

    def __getitem__(self, file: NoteId) -> bytes:
        """Return the bytes of ``file`` with all accepted fixes. Raises SourceError."""
        if file not in self.before:
            self.before[file] = self._read(file)
        return self._after.get(file, self.before[file])

    def digest(self, file: NoteId) -> str:
        """Return the digest of those bytes, as in ``Note.digest``. Raises SourceError."""
        return digest(self[file])

    def accept(self, texts: Mapping[NoteId, bytes]) -> None:
        """Take ``texts`` as the new state of their files."""
        self._after.update(texts)

    def restore(self, files: Iterable[NoteId]) -> dict[NoteId, bytes]:
        """Give ``files`` the bytes they were found with, and return these."""
        for file in files:
            self._after.pop(file, None)
        return {file: self.before[file] for file in files}

    def changed(self) -> dict[NoteId, bytes]:
        """Return the new bytes of every file that is to change, sorted."""
        return {
            file: data for file, data in sorted(self._after.items()) if data != self.before[file]
        }


def digest(data: bytes) -> str:
    """Return the hex BLAKE2b-128 of ``data``, as in ``Note.digest``."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def text_of(data: bytes) -> str:
    """Return the text of a file as ``Note.text`` has it: without a BOM, any byte let through."""
    return data.decode("utf-8", "surrogateescape").removeprefix("\ufeff")


def edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return ``data`` with ``edits`` (code points of its text without a BOM) applied.

    Raises NotEditable if the data or a new text is not UTF-8, or the edits overlap.
    """
    bom = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    try:
        text = data[len(bom) :].decode("utf-8")
    except UnicodeDecodeError:
        raise NotEditable("the file is not valid UTF-8") from None
    pairs: list[tuple[Span, str]] = [(edit.span, edit.text) for edit in edits]
    try:
        return bom + apply_edits(text, pairs).encode("utf-8")
    except UnicodeEncodeError:
        raise NotEditable("the new text is not valid Unicode") from None
    except ValueError as error:
        raise NotEditable(str(error)) from None
