"""Session: one vault, kept current. ``apply(changes)`` is the one operation of vaultlint.

An apply surveys what may have changed, loads the config anew if one of its inputs did, reads what
changed, tells the index, and runs again the rules that the changed keys concern. With a store the
first apply begins from what an earlier session kept; where nothing changed it reads no note and
imports no rule, until something is asked that needs them.

Invariant: after any history of changes, diagnostics, memo and index equal those of a session built
from scratch over the same bytes, with or without a store. A change that cannot be applied (a config
that does not load) raises and leaves the session as it was; an interrupt leaves what was found so
far, and the next apply starts anew.

Tests: tests/unit/engine/test_session.py, tests/properties/test_session.py
"""

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from vaultlint.config.request import ConfigRequest
from vaultlint.diagnostics import INTERNAL_ERROR, Advice, Delta, Diagnostic
from vaultlint.engine.changes import Change, Survey, last_of, overlaid, survey, survey_all
from vaultlint.engine.digests import state_of
from vaultlint.engine.given import GivenAdvice
from vaultlint.engine.packing import pack_advice
from vaultlint.engine.progress import Progress
from vaultlint.engine.recall import Findings, Outweighed, Recalled, by_file, recall
from vaultlint.errors import SourceError, StoreError, VaultlintError
from vaultlint.note.model import NoteId
from vaultlint.source import Entry, Source
from vaultlint.source.beside import beside
from vaultlint.source.overlay import OverlaySource
from vaultlint.vault.keys import is_markdown

if TYPE_CHECKING:  # loaded when they are needed
    from vaultlint.config.ruleset import Config
    from vaultlint.engine.memo import Memo
    from vaultlint.engine.update import World
    from vaultlint.note.model import Note
    from vaultlint.store.memo import MemoStore
    from vaultlint.store.snapshot import Snapshot
    from vaultlint.vault.index import VaultIndex
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
        store: "MemoStore | None" = None,
        verify: bool = False,
        advising: bool = False,
    ) -> None:
        """Prepare a session; nothing is read before the first ``apply``.

        ``jobs`` limits the number of processes (None: one per core, 1: this process alone).
        ``advising`` says that advice will be asked about every finding: processes that have read a
        note then work it out beside each other.
        ``store`` is what an earlier session over the same source and request may have kept, and
        where ``save`` keeps it; with ``verify`` nothing of it is believed but by digest.
        """
        self._source = OverlaySource(beside(source, request.config), {})
        self._request = request
        self._jobs = jobs
        self._progress = progress
        self._store = store
        self._verify = verify
        self._memo: Memo | None = None
        self._world: World | None = None
        self._recalled: Recalled | None = None
        self._complete = False
        self._kept: Snapshot | None = None  # what the store holds, as far as we know
        self._fresh: set[NoteId] = set()  # files that were done again since
        self._advising = advising
        self._advice = GivenAdvice(store, verify=verify)

    @property
    def config(self) -> "Config":
        """Return the configuration in force."""
        return self._loaded.setup.config

    @property
    def index(self) -> "VaultIndex":
        """Return the index of the whole vault, checked or not."""
        return self._loaded.checker.index

    @property
    def entries(self) -> Mapping[NoteId, Entry]:
        """Return every file of the vault, in no order."""
        return self._recalled.survey.entries if self._recalled else self._loaded.entries

    @property
    def digests(self) -> Mapping[NoteId, str]:
        """Return the digest of each file whose facts are known; others have none."""
        return self._recalled.digests if self._recalled else self._loaded.digests

    @property
    def state(self) -> str:
        """Return a name of all that this session's knowledge follows from, but for the program.

        Sessions whose states are the same know the same.
        """
        inputs: Mapping[NoteId, str | None]
        if self._recalled is not None:
            inputs, problems, _ = self._recalled.header
        else:
            inputs, problems = self._loaded.setup.digests, self._loaded.checker.problems
        entries, digests = self.entries, self.digests
        files = [(file, entries[file].size, digests.get(file, "")) for file in sorted(entries)]
        return state_of(
            self._request._replace(cache=None), sorted(inputs.items()), tuple(problems), files
        )

    @property
    def checked_count(self) -> int:
        """Return how many notes are checked (include and exclude applied)."""
        return sum(1 for file in self.entries if is_markdown(file) and self.checked(file))

    @property
    def failed(self) -> bool:
        """Return whether a check raised on some file: an internal error, exit code 3."""
        if self._recalled is not None or self._memo is None:
            return False  # what failed is not kept
        return self._memo.loaded.reports(INTERNAL_ERROR)

    @property
    def trouble(self) -> str:
        """Return in a sentence why the store was not, or not fully, used; "" when it was."""
        return "" if self._store is None else self._store.trouble

    def checked(self, file: NoteId) -> bool:
        """Return whether include and exclude leave ``file`` of the vault to be checked."""
        if self._recalled is not None:
            return self._recalled.checked(file)
        return self.config.checked(file)

    def apply(self, changes: Iterable[Change] | None = None) -> Delta:
        """Bring the session up to date and return what that did.

        None lists the source and takes what differs by stamp. The first call loads the vault; its
        changes, if any, count as made at once. Raises ConfigError or SchemaError when the config
        does not load, SourceError when the source cannot be listed; the session stays as it was,
        and the changes are not remembered: apply them again when the config is mended.
        """
        if not self._complete:
            return self._load(() if changes is None else changes)
        changes = None if changes is None else tuple(changes)
        known = self._known_files()
        try:
            world = self._loaded if self._recalled is None else self._restore(self._recalled)
            return self._update(world, self._survey(world, changes))
        except StoreError:
            return self._reload(*known, () if changes is None else changes)

    def what_if(self, changes: Iterable[Change]) -> Delta:
        """Return the Delta that ``apply(changes)`` would return, and leave the session as it was.

        Raises what ``apply`` would raise.
        """
        if not self._complete:
            self._load(())
        changes = tuple(changes)
        try:
            return self._tried(self._loaded, changes)
        except StoreError:
            self._load_anew()
            return self._tried(self._loaded, changes)

    def diagnostics(self, covers: Callable[[NoteId], bool] | None = None) -> tuple[Diagnostic, ...]:
        """Return all findings, or those in the files that ``covers`` takes, sorted.

        After an interrupt: those of the files done so far.
        """
        try:
            found = self._findings(covers)
        except StoreError:
            self._load_anew()
            found = self._findings(covers)
        return tuple(diagnostic for file in sorted(found) for diagnostic in found[file])

    def advise(self, diagnostic: Diagnostic) -> Advice:
        """Return help, related places and fix of one of this session's findings; never raises."""
        known = self._advice.get(diagnostic, self._source)
        if known is None:
            from vaultlint.engine.advise import advise

            known, reads = advise(self._loaded.checker, diagnostic)
            self._advice.put(diagnostic, pack_advice(known, reads))
        return known

    def note(self, file: NoteId) -> "Note":
        """Return the facts of ``file``. Raises SourceError if it cannot be read."""
        if file not in self.entries:
            raise SourceError("no such file in the vault", path=file)
        return self._loaded.checker.notes.get(file)

    def read(self, file: NoteId) -> bytes:
        """Return the bytes of ``file`` as they are now, read anew. Raises SourceError."""
        return self._source.read(file)

    def view(self, file: NoteId) -> "VaultView":
        """Return the vault as ``file`` sees it. Raises SourceError if it cannot be read."""
        return self._loaded.checker.view(self.note(file))

    def save(self) -> None:
        """Keep what is known for the next session, where there is a store; never raises.

        Nothing is kept of a vault that stands for changed texts, or in which a check failed.
        """
        if self._store is None or not self._complete or self._source.texts or self.failed:
            return
        history = self._advice.history()
        if self._recalled is not None:
            self._kept = self._recalled.keep(history)
        else:
            from vaultlint.engine.keeping import keep

            assert self._memo is not None
            self._kept = keep(
                self._store, self._loaded, self._memo, self._fresh, self._kept, history=history
            )
            if self._kept is not None:
                self._memo.saved(self._kept)
        self._fresh = set()
        if self._kept is not None:
            self._advice.keep(self._kept)
        self._store.close()

    def _findings(
        self, covers: Callable[[NoteId], bool] | None
    ) -> dict[NoteId, tuple[Diagnostic, ...]]:
        if self._recalled is not None:
            return dict(self._recalled.findings(covers))
        return {} if self._memo is None else self._memo.findings(covers)

    def _by_file(self) -> dict[NoteId, tuple[Diagnostic, ...]]:
        return by_file(self.diagnostics())

    @property
    def _loaded(self) -> "World":
        if self._recalled is not None:
            try:
                return self._restore(self._recalled)
            except StoreError:
                self._load_anew()
        if self._world is None:
            raise RuntimeError("nothing is loaded before the first apply()")
        return self._world

    @property
    def _blanket(self) -> bool:
        return not (self._request.select or self._request.ignore)

    def _survey(self, world: "World", changes: Iterable[Change] | None) -> Survey:
        if changes is None:
            return survey_all(world.source, world.entries)
        return survey(world.source, world.entries, world.checker.problems, changes)

    def _update(self, world: "World", surveyed: Survey, *, first: bool = False) -> Delta:
        from vaultlint.engine.update import renewed, update

        assert self._memo is not None
        setup = renewed(world, surveyed, self._request)
        self._complete = False
        self._source = surveyed.source
        try:
            self._world, delta = update(
                world, self._memo, surveyed, setup, progress=self._progress, first=first
            )
        except BaseException:  # an interrupt: what was given is of a vault that is left
            self._advice.forget()
            raise
        self._fresh.update(delta.diagnostics)
        if delta.keys is None or self._world.checker is not world.checker:
            self._advice.forget()
        else:
            self._advice.after(delta.keys)
        self._complete = True
        return delta

    def _tried(self, world: "World", changes: Iterable[Change]) -> Delta:
        from vaultlint.engine.update import renewed, update

        surveyed = self._survey(world, changes)
        setup = renewed(world, surveyed, self._request)
        assert self._memo is not None
        with self._memo.rolled_back(), world.rolled_back(surveyed):
            return update(world, self._memo, surveyed, setup)[1]

    def _load(self, changes: Iterable[Change]) -> Delta:
        surveyed = survey_all(overlaid(self._source, last_of(changes)), {})
        recalled = None
        if self._store is not None:
            recalled = recall(self._store, surveyed, verify=self._verify)
        if recalled is None or recalled.much_changed:
            return self._load_all(surveyed)
        self._kept = recalled.snapshot
        self._advice.recall(recalled.snapshot, recalled.header.history)
        if recalled.unchanged:
            self._source, self._recalled, self._complete = surveyed.source, recalled, True
            return Delta((), (), Findings(self._by_file))
        try:
            delta = self._update(self._restore(recalled), recalled.survey, first=True)
        except (StoreError, Outweighed):
            return self._load_all(surveyed)
        except VaultlintError:  # the config does not load: nothing is known of the vault
            self._world = self._memo = self._kept = None
            self._advice.forget()
            raise
        return Delta(delta.notes, (), Findings(self._by_file))

    def _restore(self, recalled: Recalled) -> "World":
        """Load what was recalled. Raises StoreError when it is not there any more."""
        from vaultlint.engine.restore import restore

        world, self._memo = restore(recalled, self._request, blanket=self._blanket)
        if recalled.unchanged:
            world = world._replace(entries=recalled.survey.entries)
        self._recalled = None
        self._world = world
        return world

    def _known_files(self) -> tuple[AbstractSet[NoteId], AbstractSet[NoteId]]:
        """Return the files that are known, and those that may have findings, if a store is needed."""
        if self._recalled is not None:
            return self._recalled.survey.entries.keys(), self._recalled.snapshot.files.keys()
        assert self._memo is not None
        return self.entries.keys(), frozenset() if self._memo.whole else self._memo.files

    def _reload(
        self, listed: AbstractSet[NoteId], done: AbstractSet[NoteId], changes: Iterable[Change]
    ) -> Delta:
        """Load everything without the store, and return what that did to what was known."""
        delta = self._load_all(survey_all(overlaid(self._source, last_of(changes)), {}))
        gone = listed - self.entries.keys()
        emptied = dict.fromkeys(done - delta.diagnostics.keys(), ())
        return Delta(delta.notes, tuple(sorted(gone)), {**emptied, **delta.diagnostics})

    def _load_anew(self) -> None:
        """Load everything without the store, which does not hold any more what it held."""
        self._load_all(survey_all(self._source, {}))

    def _load_all(self, surveyed: Survey) -> Delta:
        from vaultlint.engine.load import load, unread
        from vaultlint.engine.memo import Memo

        world = unread(surveyed, self._request, blanket=self._blanket)
        self._advice.forget()
        self._complete, self._recalled, self._kept = False, None, None
        self._source, self._world, self._memo = surveyed.source, world, Memo()
        advised = self._advice.put if self._advising else None
        self._world, delta = load(
            world, self._memo, self._request, self._jobs, self._progress, advised=advised
        )
        self._complete = True
        return delta
