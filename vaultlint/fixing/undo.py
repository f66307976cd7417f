"""Taking a run back: the exact bytes from the journal, written with the same care as a fix.

Invariant: a note that was edited since is left alone unless forced, and one that was deleted or
renamed is never brought back; what undoing replaces is itself in the journal, as one more run. A move
is taken back whole, with all of its links, or not at all.

Tests: tests/unit/fixing/test_undo.py, tests/properties/test_undo.py
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from vaultlint.errors import JournalError, SourceError, UsageError
from vaultlint.fixing.history import Change, Entry, History, Kept
from vaultlint.fixing.journal import digest
from vaultlint.fixing.outcome import Move, Outcome, Replacement
from vaultlint.fixing.write import Run, Writer
from vaultlint.note.model import NoteId
from vaultlint.source.folder import FolderSource

_TOGETHER = 100


class Edited(NamedTuple):
    """A note that was edited since: what it was ``before`` the run, ``after`` it, and is ``now``."""

    file: NoteId
    before: bytes
    after: bytes
    now: bytes


class Undone(NamedTuple):
    """What became of a run's notes.

    ``outcomes`` has those that were to be restored; ``edited`` and ``missing`` were left alone, and
    ``lost``, whose old text the journal does not have whole any more; ``same`` already have their old
    text. ``kept`` are texts that other programs saved meanwhile.
    ``moved`` is the outcome of moving back what the run had moved, None if that was not tried.
    """

    entry: Entry
    outcomes: tuple[Outcome, ...] = ()
    edited: tuple[Edited, ...] = ()
    missing: tuple[NoteId, ...] = ()
    lost: tuple[NoteId, ...] = ()
    same: tuple[NoteId, ...] = ()
    kept: tuple[Kept, ...] = ()
    moved: Outcome | None = None

    @property
    def restored(self) -> tuple[NoteId, ...]:
        """Return the notes that have their old text again."""
        return tuple(each.file for each in self.outcomes if each.status == "written")

    @property
    def moved_back(self) -> bool:
        """Return whether all that the run had moved is where it was."""
        written = self.moved is not None and self.moved.status == "written"
        return written or not self.entry.moves

    @property
    def complete(self) -> bool:
        """Return whether every note of the run has its old text, and what it moved its place."""
        texts = len(self.restored) + len(self.same) == len(self.entry.changes)
        return texts and self.moved_back


def run_to_undo(history: History, run: str | None) -> Entry:
    """Return the run of that id (or its beginning); without one the last that can be undone.

    Raises UsageError if there is none.
    """
    if run is not None:
        entry = history.entry(run)
        if entry is None or not entry.did_something:
            raise UsageError(f"there is no run {run!r} that changed a note; see 'undo --list'")
        return entry
    for entry in reversed(history.entries):
        if entry.did_something and not entry.undoes and not history.is_undone(entry):
            return entry
    raise UsageError("there is nothing to undo: no run has changed a note, or all are undone")


def undo(writer: Writer, run: str | None, *, force: bool = False) -> Undone:
    """Give the notes of ``run`` (None: the last one) the text that they had before it.

    With ``force`` also those that were edited since. Raises UsageError for an unknown run,
    BusyError, and JournalError if the journal cannot be used.
    """
    with writer.run("undo") as opened:
        entry = run_to_undo(writer.history(), run)
        opened.describe(f"undo {entry.id}", undoes=entry.id)
        source = FolderSource(Path(writer.root))
        found = Undone(entry)
        if entry.moves:
            found = _move_back(writer, opened, source, found, force=force)
        alone = () if entry.moves else entry.changes
        for start in range(0, len(alone), _TOGETHER):
            changes = alone[start : start + _TOGETHER]
            found, wanted = _sort(writer, source, found, changes, force=force)
            outcomes = opened.write_groups([[each] for each in wanted])
            found = found._replace(
                outcomes=found.outcomes + tuple(each for group in outcomes for each in group)
            )
    late = {each.file: each for each in opened.late}
    moved = found.moved
    return found._replace(
        moved=moved and late.get(moved.file, moved),
        outcomes=tuple(late.get(each.file, each) for each in found.outcomes),
        kept=(*opened.recovered, *opened.kept),
    )


def _move_back(
    writer: Writer, opened: Run, source: FolderSource, found: Undone, *, force: bool
) -> Undone:
    """Take back the one move of a run with its texts, unless something else speaks against it."""
    [move] = found.entry.moves
    found, wanted = _sort(writer, source, found, found.entry.changes, force=force)
    if found.edited or found.missing or found.lost:
        return found
    texts = [each._replace(file=move.before(each.file)) for each in wanted]
    outcomes = opened.move(Move(move.new, move.file), texts, leaves=move.made)
    same = tuple(move.before(file) for file in found.same)
    return found._replace(moved=outcomes[0], outcomes=outcomes[1:], same=same)


def _sort(
    writer: Writer, source: FolderSource, found: Undone, changes: Sequence[Change], *, force: bool
) -> tuple[Undone, list[Replacement]]:
    """Return ``found`` with what is to be left alone of ``changes``, and what is to be written."""
    wanted: list[Replacement] = []
    for change, now in _texts(source, changes):
        if now is None:
            found = found._replace(missing=(*found.missing, change.file))
            continue
        if digest(now) == change.before:
            found = found._replace(same=(*found.same, change.file))
            continue
        is_edited = not force and digest(now) != change.after
        try:
            before = writer.journal.get(change.before)
            after = writer.journal.get(change.after) if is_edited else b""
        except JournalError:
            found = found._replace(lost=(*found.lost, change.file))
            continue
        if is_edited:
            edited = Edited(change.file, before, after, now)
            found = found._replace(edited=(*found.edited, edited))
        else:
            wanted.append(Replacement(change.file, now, before, change.rules))
    return found, wanted


def _texts(
    source: FolderSource, changes: Sequence[Change]
) -> Iterator[tuple[Change, bytes | None]]:
    for change in changes:
        try:
            yield change, source.read(change.file)
        except SourceError:
            yield change, None
