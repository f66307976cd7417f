"""Which files may be edited at all, as far as the vault can tell; the writer asks the disk.

Tests: tests/unit/fixing/test_plan.py
"""

from vaultlint.engine.session import Session
from vaultlint.errors import SourceError
from vaultlint.fixing.texts import Texts
from vaultlint.note.model import NoteId
from vaultlint.vault.keys import folder_of, name_of
from vaultlint.vault.names import conflict_copy


class Preconditions:
    """Answers for one vault, remembered: they hang on names and on the bytes that were found."""

    def __init__(self, session: Session, texts: Texts) -> None:
        self._texts = texts
        self._answers: dict[NoteId, str] = {}
        self._in_conflict: dict[NoteId, NoteId] = {}
        for file in session.index.files:
            copy = conflict_copy(name_of(file))
            if copy is not None:
                folder = folder_of(file)
                original = f"{folder}/{copy.original}" if folder else copy.original
                self._in_conflict[original] = file
                self._in_conflict[file] = file

    def objection(self, file: NoteId) -> str:
        """Return why ``file`` must not be edited, "" if nothing speaks against it."""
        if file not in self._answers:
            self._answers[file] = self._judge(file)
        return self._answers[file]

    def _judge(self, file: NoteId) -> str:
        copy = self._in_conflict.get(file)
        if copy == file:
            return "it is a conflict copy: merge it first"
        if copy is not None:
            return f"it has a conflict copy, {name_of(copy)}: merge the two first"
        try:
            data = self._texts[file]
        except SourceError as error:
            return error.message
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            return "it is not valid UTF-8"
        return "it contains a NUL byte: it may be damaged" if b"\0" in data else ""
