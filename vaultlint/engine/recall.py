"""What a store remembers of a vault, and how the vault differs from it now.

Invariant: a file is believed to be as it was only while its stamp says so, else by its digest; the
inputs of the config always by their digests. Imports no rule: a vault in which nothing changed is
reported without any.

Tests: tests/unit/engine/test_recall.py, tests/properties/test_restarts.py
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from vaultlint.diagnostics import Diagnostic
from vaultlint.engine.changes import Survey
from vaultlint.engine.digests import digest_of
from vaultlint.engine.given import History
from vaultlint.engine.packing import reported
from vaultlint.note.model import NoteId
from vaultlint.source import Entry, SourceProblem
from vaultlint.vault.keys import has_facts

if TYPE_CHECKING:
    from vaultlint.store.memo import MemoStore
    from vaultlint.store.snapshot import Listed, Snapshot

_MANY = 400  # changed notes: fewer are done again before a second process has started


class Outweighed(Exception):
    """An update was not made: doing all files anew takes less time."""


def outweighs(todo: int, files: int) -> bool:
    """Return whether all ``files``, in several processes, take less time than ``todo`` in one."""
    return todo > _MANY and todo * 3 > files


class Header(NamedTuple):
    """What a state says beside its listing.

    ``inputs`` are those of the config, ``problems`` the source's; ``history`` is for the advice.
    """

    inputs: dict[NoteId, str | None]
    problems: tuple[SourceProblem, ...]
    history: History

    def packed(self) -> Any:
        """Return the header as plain data."""
        return (self.inputs, [tuple(problem) for problem in self.problems], tuple(self.history))


def unpack_header(packed: Any) -> Header:
    """Return the header that was packed."""
    inputs, problems, history = packed
    return Header(inputs, tuple(SourceProblem(*each) for each in problems), History(*history))


class Recalled:
    """A remembered state, and ``survey``: what of it has to be looked at."""

    def __init__(
        self, store: "MemoStore", snapshot: "Snapshot", header: Header, survey: Survey
    ) -> None:
        self.store = store
        self.snapshot = snapshot
        self.header = header
        self.survey = survey

    @property
    def entries(self) -> dict[NoteId, Entry]:
        """Return the files of the vault as it was."""
        return {
            file: Entry(file, kept.size, kept.stamp)
            for file, kept in self.snapshot.files.items()
            if kept.size >= 0
        }

    @property
    def digests(self) -> dict[NoteId, str]:
        """Return the digests of the files whose facts are known."""
        files = self.snapshot.files
        return {file: kept.digest for file, kept in files.items() if kept.digest}

    @property
    def unchanged(self) -> bool:
        """Return whether the vault is as it was."""
        survey = self.survey
        same = survey.problems == self.header.problems
        return same and not (survey.touched or survey.removed or survey.hidden)

    @property
    def much_changed(self) -> bool:
        """Return whether so much has to be read that it outweighs what is known."""
        return outweighs(len(self.survey.touched), len(self.survey.entries))

    def checked(self, file: NoteId) -> bool:
        """Return whether ``file`` was left to be checked by include and exclude."""
        return file in self.snapshot.files and self.snapshot.files[file].checked

    def findings(
        self, covers: Callable[[NoteId], bool] | None = None
    ) -> Iterator[tuple[NoteId, tuple[Diagnostic, ...]]]:
        """Yield the findings of each file with any, in no order. Raises StoreError."""
        files = None if covers is None else set(filter(covers, self.snapshot.files))
        for file, found in self.store.read("found", self.snapshot, files):
            yield file, reported(*found)

    def keep(self, history: History) -> "Snapshot | None":
        """Keep the stamps and ``history`` of now, and return what is kept then; None when it cannot be."""
        entries, files = self.survey.entries, self.snapshot.files
        same = history == self.header.history
        if same and all(
            kept.size < 0 or kept.stamp == entries[file].stamp for file, kept in files.items()
        ):
            return self.snapshot
        listed = {
            file: kept
            if kept.size < 0
            else kept._replace(stamp=entries[file].stamp, size=entries[file].size)
            for file, kept in files.items()
        }
        header, base = self.header._replace(history=history).packed(), self.snapshot
        return self.store.write(header, listed, (), _no_blobs, base, partial=True)


def _no_blobs(file: NoteId) -> Any:
    raise AssertionError(f"the blobs of {file} are what they were")


class Findings(Mapping[NoteId, tuple[Diagnostic, ...]]):
    """The findings of a session by file, gathered when somebody looks at them."""

    def __init__(self, gather: Callable[[], Mapping[NoteId, tuple[Diagnostic, ...]]]) -> None:
        self._gather = gather

    @cached_property
    def _by_file(self) -> Mapping[NoteId, tuple[Diagnostic, ...]]:
        return self._gather()

    def __getitem__(self, file: NoteId) -> tuple[Diagnostic, ...]:
        """Return the findings in ``file``. Raises KeyError when nothing is known of it."""
        return self._by_file[file]

    def __iter__(self) -> Iterator[NoteId]:
        """Yield the files that are known, sorted."""
        return iter(self._by_file)

    def __len__(self) -> int:
        """Return how many files are known."""
        return len(self._by_file)


def by_file(diagnostics: Iterable[Diagnostic]) -> dict[NoteId, tuple[Diagnostic, ...]]:
    """Return ``diagnostics``, which are sorted, by file."""
    grouped = groupby(diagnostics, key=lambda diagnostic: diagnostic.file)
    return {file: tuple(group) for file, group in grouped}


def recall(store: "MemoStore", survey: Survey, *, verify: bool) -> Recalled | None:
    """Return what ``store`` remembers of the vault that ``survey`` has listed, None for nothing.

    With ``verify`` every file is read.
    """
    snapshot = store.load()
    if snapshot is None:
        return None
    header = unpack_header(snapshot.header)
    source = survey.source
    inputs = {file for file, known in header.inputs.items() if digest_of(source, file) != known}
    hidden = frozenset(inputs - survey.entries.keys())
    touched = frozenset(_touched(snapshot.files, survey, verify=verify)) | (inputs - hidden)
    listed = (file for file, kept in snapshot.files.items() if kept.size >= 0)
    removed = frozenset(file for file in listed if file not in survey.entries)
    narrowed = survey._replace(touched=touched, removed=removed, hidden=hidden)
    return Recalled(store, snapshot, header, narrowed)


def _touched(known: "Mapping[NoteId, Listed]", survey: Survey, *, verify: bool) -> Iterator[NoteId]:
    for file, entry in survey.entries.items():
        kept = known.get(file)
        if kept is None or kept.size < 0:
            yield file
            continue
        _, size, stamp = entry
        if stamp and stamp == kept.stamp and size == kept.size and kept.digest and not verify:
            continue
        if has_facts(file) and digest_of(survey.source, file) != (kept.digest or None):
            yield file
