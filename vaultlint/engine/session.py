"""Session: one vault, kept current. ``apply(changes)`` is the one operation of vaultlint.

An apply surveys what may have changed, loads the config anew if one of its inputs did, reads what
changed, tells the index, and runs again the rules that the changed keys concern.

Invariant: after any history of changes, diagnostics, memo and index equal those of a session built
from scratch over the same bytes. A change that cannot be applied (a config that does not load)
raises and leaves the session as it was; an interrupt leaves what was found so far, and the next
apply starts anew.

Tests: tests/unit/engine/test_session.py, tests/properties/test_session.py
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from vaultlint.config.request import ConfigRequest
from vaultlint.config.ruleset import Config
from vaultlint.diagnostics import Advice, Delta, Diagnostic
from vaultlint.engine.advise import advise
from vaultlint.engine.changes import Change, Survey, last_of, overlaid, survey, survey_all
from vaultlint.engine.checker import Checker
from vaultlint.engine.memo import Memo
from vaultlint.engine.notes import INTERNAL_ERROR, Notes
from vaultlint.engine.parallel import ColdRun, Progress, run_cold
from vaultlint.engine.setup import load_setup
from vaultlint.engine.spawned import Task
from vaultlint.engine.update import World, renewed, update
from vaultlint.errors import SourceError, VaultlintError
from vaultlint.note.model import Note, NoteId
from vaultlint.source import Entry, Source
from vaultlint.source.beside import BesideSource
from vaultlint.source.overlay import OverlaySource
from vaultlint.vault.index import VaultIndex
from vaultlint.vault.keys import is_markdown
from vaultlint.vault.view import VaultView

__all__ = ["Change", "Progress", "Session"]


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
        if isinstance(request.config, Path):
            source = BesideSource(source, request.config)
        self._source = OverlaySource(source, {})
        self._request = request
        self._jobs = jobs
        self._progress = progress
        self._memo = Memo()
        self._world: World | None = None
        self._complete = False

    @property
    def config(self) -> Config:
        """Return the configuration in force."""
        return self._loaded.setup.config

    @property
    def index(self) -> VaultIndex:
        """Return the index of the whole vault, checked or not."""
        return self._loaded.checker.index

    @property
    def entries(self) -> Mapping[NoteId, Entry]:
        """Return every file of the vault, in no order."""
        return self._loaded.entries

    @property
    def digests(self) -> Mapping[NoteId, str]:
        """Return the digest of each file whose facts are known; others have none."""
        return self._loaded.digests

    @property
    def checked_count(self) -> int:
        """Return how many notes are checked (include and exclude applied)."""
        checked = self.config.checked
        return sum(1 for file in self._loaded.entries if is_markdown(file) and checked(file))

    @property
    def failed(self) -> bool:
        """Return whether a check raised on some file: an internal error, exit code 3."""
        return any(
            diagnostic.rule == INTERNAL_ERROR
            for row in self._memo.rows.values()
            for diagnostic in row.diagnostics
        )

    def apply(self, changes: Iterable[Change] | None = None) -> Delta:
        """Bring the session up to date and return what that did.

        None lists the source and takes what differs by stamp. The first call loads the vault; its
        changes, if any, count as made at once. Raises ConfigError or SchemaError when the config
        does not load, SourceError when the source cannot be listed; the session stays as it was,
        and the changes are not remembered: apply them again when the config is mended.
        """
        if not self._complete:
            return self._load(() if changes is None else changes)
        world, self._complete = self._loaded, False
        try:
            surveyed = self._survey(world, changes)
            setup = renewed(world, surveyed, self._request)
        except VaultlintError:
            self._complete = True
            raise
        self._source = surveyed.source
        self._world, delta = update(world, self._memo, surveyed, setup, progress=self._progress)
        self._complete = True
        return delta

    def what_if(self, changes: Iterable[Change]) -> Delta:
        """Return the Delta that ``apply(changes)`` would return, and leave the session as it was.

        Raises what ``apply`` would raise.
        """
        if not self._complete:
            self._load(())
        world = self._loaded
        surveyed = self._survey(world, changes)
        setup = renewed(world, surveyed, self._request)
        with self._memo.rolled_back(), world.rolled_back(surveyed):
            return update(world, self._memo, surveyed, setup)[1]

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return all findings, sorted. After an interrupt: those of the files done so far."""
        rows = self._memo.rows
        return tuple(diagnostic for file in sorted(rows) for diagnostic in rows[file].diagnostics)

    def advise(self, diagnostic: Diagnostic) -> Advice:
        """Return help, related places and fix of one of this session's findings; never raises."""
        return advise(self._loaded.checker, diagnostic)

    def note(self, file: NoteId) -> Note:
        """Return the facts of ``file``. Raises SourceError if it cannot be read."""
        if file not in self._loaded.entries:
            raise SourceError("no such file in the vault", path=file)
        return self._loaded.checker.notes.get(file)

    def read(self, file: NoteId) -> bytes:
        """Return the bytes of ``file`` as they are now, read anew. Raises SourceError."""
        return self._source.read(file)

    def view(self, file: NoteId) -> VaultView:
        """Return the vault as ``file`` sees it. Raises SourceError if it cannot be read."""
        return self._loaded.checker.view(self.note(file))

    @property
    def _loaded(self) -> World:
        if self._world is None:
            raise RuntimeError("nothing is loaded before the first apply()")
        return self._world

    def _survey(self, world: World, changes: Iterable[Change] | None) -> Survey:
        if changes is None:
            return survey_all(world.source, world.entries)
        return survey(world.source, world.entries, world.checker.problems, changes)

    def _load(self, changes: Iterable[Change]) -> Delta:
        source = overlaid(self._source, last_of(changes))
        surveyed = survey_all(source, {})
        setup = load_setup(source, self._request)
        self._source = source
        index, notes, memo = VaultIndex(), Notes(source), Memo()
        index.set_settings(setup.settings)
        index.configure(setup.bindings)
        blanket = not (self._request.select or self._request.ignore)
        problems = surveyed.problems
        checker = Checker(setup.config, index, notes, blanket=blanket, problems=problems)
        notes.serve(source, checker.textual)
        world = self._world = World(source, dict(surveyed.entries), {}, setup, checker)
        self._memo = memo

        def task(files: list[NoteId]) -> Task:
            listed = tuple(surveyed.entries)
            return Task(source, self._request, blanket, problems, listed, files)

        run = ColdRun(checker, surveyed.entries, self._jobs, task, self._progress)
        facts = run_cold(run, memo)
        entries = {file: entry for file, entry in surveyed.entries.items() if file in facts}
        digests = {file: each.digest for file, each in facts.items() if each.digest}
        self._world = world._replace(entries=entries, digests=digests)
        self._complete = True
        return Delta(
            tuple(file for file in entries if is_markdown(file)),
            (),
            {file: row.diagnostics for file, row in sorted(memo.rows.items())},
        )
