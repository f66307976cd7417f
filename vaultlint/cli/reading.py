"""The vault as one note sees it, without rules: for commands that show facts and links.

Invariant: no config is loaded, so a vault with a broken config can still be looked at; only the
notes that are shown, and those that their links lead into, are parsed.

Tests: tests/unit/cli/test_inspect.py
"""

from collections.abc import Mapping

from vaultlint.engine.notes import Notes
from vaultlint.errors import SourceError
from vaultlint.note.model import Note, NoteId
from vaultlint.source import Source
from vaultlint.terms import Validator, Vocabulary
from vaultlint.vault.index import VaultIndex
from vaultlint.vault.keys import exports, is_markdown
from vaultlint.vault.view import VaultView


class _NoResources:
    """A configuration that configures nothing."""

    vocabularies: Mapping[str, Vocabulary] = {}
    bindings: Mapping[str, str] = {}

    def validators_for(self, _: NoteId) -> tuple[Validator, ...]:
        return ()

    def rule_ids(self) -> tuple[str, ...]:
        return ()


class Reader:
    """The files of a vault by name, and the facts of those that are asked for."""

    def __init__(self, source: Source) -> None:
        """List the vault. Raises SourceError if it cannot be listed."""
        self._notes = Notes(source)
        self.index = VaultIndex()
        self.index.add(source.list())

    def markdown(self) -> list[NoteId]:
        """Return the ids of all notes, sorted."""
        return sorted(file for file in self.index.files if is_markdown(file))

    def note(self, file: NoteId) -> Note:
        """Return the facts of ``file``, now known to the index too. Raises SourceError."""
        note = self._notes.get(file)
        if self.index.files.get(file) is None:
            self.index.put(file, exports(note))
        return note

    def view(self, note: Note) -> VaultView:
        """Return the vault as ``note`` sees it: every note that its links lead into is read."""
        view = VaultView(self.index, note, _NoResources(), self.note)
        for link in note.links:
            if link.anchor:
                self.read_target(view.resolve(link).target)
        return view

    def read_target(self, file: NoteId | None) -> None:
        """Read ``file`` if it is a note, so that places in it can be found."""
        if file is None or not is_markdown(file):
            return
        try:
            self.note(file)
        except SourceError:
            return  # it can be opened by name, but no place in it is known
