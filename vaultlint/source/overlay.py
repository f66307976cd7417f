"""Changed texts over another source: editor buffers, a file on stdin, a fix that is being tried.

Tests: tests/unit/source/test_overlay.py
"""

import hashlib
from collections.abc import Mapping

from vaultlint.errors import SourceError
from vaultlint.note.model import NoteId
from vaultlint.source import Entry, Source, SourceProblem, is_hidden


class OverlaySource:
    """``base`` with the files in ``texts`` replaced, added or, where the text is None, removed."""

    def __init__(self, base: Source, texts: Mapping[NoteId, bytes | None]) -> None:
        self.base = base
        self.texts = dict(texts)

    def list(self) -> Mapping[NoteId, Entry]:
        """Return the files of the base and of the overlay, in the order of ids."""
        if not self.texts:
            return self.base.list()
        entries = dict(self.base.list())
        for file, text in self.texts.items():
            if text is None:
                entries.pop(file, None)
            elif not is_hidden(file):
                digest = hashlib.blake2b(text, digest_size=16).hexdigest()
                entries[file] = Entry(file, len(text), f"text:{digest}")
        return dict(sorted(entries.items()))

    def problems(self) -> tuple[SourceProblem, ...]:
        """Return what the base had to leave out, but for files that the overlay provides."""
        return tuple(problem for problem in self.base.problems() if problem.file not in self.texts)

    def read(self, file: NoteId) -> bytes:
        """Return the bytes of ``file``. Raises SourceError if it is not there."""
        if file not in self.texts:
            return self.base.read(file)
        text = self.texts[file]
        if text is None:
            raise SourceError("no such file", path=file) from FileNotFoundError(file)
        return text
