"""Session: one vault, kept current. ``apply(changes)`` is the one operation of vaultlint.

Invariant: after any history of changes, diagnostics, memo and index equal those of a session built
from scratch over the same bytes. A change that cannot be applied (a config that does not load)
raises and leaves the session as it was.

Tests: tests/unit/engine/test_session.py, tests/properties/test_session.py
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from vaultlint.config.load import ConfigRequest
from vaultlint.config.ruleset import Config
from vaultlint.diagnostics import Advice, Delta, Diagnostic
from vaultlint.note.model import Note, NoteId
from vaultlint.source import Source
from vaultlint.vault.index import VaultIndex
from vaultlint.vault.view import VaultView

Progress = Callable[[int, int], None]
"""Called with (files done, files in all) while a run goes on."""


class Change(NamedTuple):
    """Something happened to ``file``: created, edited or, with ``deleted``, removed.

    With ``content`` these bytes stand for the file, whatever the source says, until another change
    to it comes without (an editor's buffer). Without, the source is read.
    """

    file: NoteId
    content: bytes | None = None
    deleted: bool = False


class Session:
    """One vault with its config, index and findings, kept current by ``apply``."""

    def __init__(
        self,
        source: Source,
        request: ConfigRequest,
        *,
        jobs: int | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Prepare a session; nothing is read before the first ``apply``.

        ``jobs`` limits the number of processes (None: one per core, 1: this process alone).
        """
        raise NotImplementedError

    @property
    def config(self) -> Config:
        """Return the configuration in force."""
        raise NotImplementedError

    @property
    def index(self) -> VaultIndex:
        """Return the index of the whole vault, checked or not."""
        raise NotImplementedError

    @property
    def checked_count(self) -> int:
        """Return how many notes are checked (include and exclude applied)."""
        raise NotImplementedError

    @property
    def failed(self) -> bool:
        """Return whether a check raised on some file: an internal error, exit code 3."""
        raise NotImplementedError

    def apply(self, changes: Iterable[Change] | None = None) -> Delta:
        """Bring the session up to date and return what that did.

        None lists the source and takes what differs by stamp. The first call loads the vault; its
        changes, if any, count as made at once. Raises ConfigError or SchemaError when the config
        does not load, SourceError when the source cannot be listed; the session stays as it was.
        """
        raise NotImplementedError

    def what_if(self, changes: Iterable[Change]) -> Delta:
        """Return the Delta that ``apply(changes)`` would return, and leave the session as it was."""
        raise NotImplementedError

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return all findings, sorted. After an interrupt: those of the files done so far."""
        raise NotImplementedError

    def advise(self, diagnostic: Diagnostic) -> Advice:
        """Return help, related places and fix of one of this session's findings; never raises."""
        raise NotImplementedError

    def note(self, file: NoteId) -> Note:
        """Return the facts of ``file``. Raises SourceError if it cannot be read."""
        raise NotImplementedError

    def view(self, file: NoteId) -> VaultView:
        """Return the vault as ``file`` sees it."""
        raise NotImplementedError
