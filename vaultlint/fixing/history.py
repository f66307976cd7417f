"""What the log says: runs, the groups that a crash left open, and the copies that were kept.

Invariant: reading never fails on a record that it does not know or that lacks something; such a
record is passed over.

Tests: tests/unit/fixing/test_history.py
"""

import os
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from vaultlint.fixing.journal import Record
from vaultlint.fixing.renaming import Identity, Relocation
from vaultlint.note.model import NoteId


class Member(NamedTuple):
    """One note of a group. Paths are absolute; ``before`` and ``after`` are digests."""

    file: NoteId
    path: str
    temporary: str
    before: str
    after: str
    rules: tuple[str, ...] = ()


class Group(NamedTuple):
    """Notes that are written together; ``exchanged`` once all of them were.

    With ``move`` a file or folder is moved before them; their paths are those after it.
    """

    run: str
    number: int
    members: tuple[Member, ...]
    exchanged: bool = False
    move: Relocation | None = None

    @property
    def folders(self) -> list[str]:
        """Return the folders in which names change, sorted."""
        paths = [member.path for member in self.members]
        if self.move is not None:
            paths += [self.move.path, self.move.target, *self.move.made]
        return sorted({os.path.dirname(path) for path in paths})


class Change(NamedTuple):
    """What one run did to one note, first text to last: digests."""

    file: NoteId
    before: str
    after: str
    rules: tuple[str, ...] = ()


class Kept(NamedTuple):
    """A text that could not keep its place on a note, by digest; ``time`` in Unix seconds."""

    run: str
    file: NoteId
    digest: str
    reason: str
    time: float


class Entry(NamedTuple):
    """One run that wrote. ``undoes`` is the id of the run that it takes back, or empty."""

    id: str
    command: str
    time: float
    undoes: str
    changes: tuple[Change, ...]
    moves: tuple[Relocation, ...] = ()

    @property
    def did_something(self) -> bool:
        """Return whether there is anything to undo."""
        return bool(self.changes or self.moves)


class History(NamedTuple):
    """The whole log, oldest first."""

    entries: tuple[Entry, ...]
    open: tuple[Group, ...]
    kept: tuple[Kept, ...]
    probes: tuple[str, ...] = ()

    def entry(self, run: str) -> Entry | None:
        """Return the run of that id, or of the only id that starts so."""
        found = [entry for entry in self.entries if entry.id.startswith(run)]
        exact = [entry for entry in found if entry.id == run]
        return (exact or found)[0] if len(exact or found) == 1 else None

    def moved_by(self, file: NoteId) -> Entry | None:
        """Return the last run that moved ``file`` away and was not undone."""
        for entry in reversed(self.entries):
            for move in entry.moves:
                away = file == move.file or file.startswith(move.file + "/")
                if away and not entry.undoes and not self.is_undone(entry):
                    return entry
        return None

    def is_undone(self, entry: Entry) -> bool:
        """Return whether every change of ``entry`` was taken back by later runs."""
        later = [each for each in self.entries if each.undoes == entry.id]
        undone = {change.file for each in later for change in each.changes}
        back = {(move.new, move.file) for each in later for move in each.moves}
        moved = all((move.file, move.new) in back for move in entry.moves)
        files = (_before(entry.moves, change.file) for change in entry.changes)
        return entry.did_something and moved and all(file in undone for file in files)


def read_history(records: Iterable[Record], root: str) -> History:
    """Return what ``records`` say of the vault at ``root``, to which their paths are relative."""
    reader = _Reader(root)
    for record in records:
        try:
            reader.take(record)
        except (KeyError, TypeError, ValueError):
            continue
    return reader.history()


class _Reader:
    def __init__(self, root: str) -> None:
        self._root = root
        self._runs: dict[str, Record] = {}
        self._groups: dict[tuple[str, int], Group] = {}
        self._written: dict[str, list[tuple[int, list[Member]]]] = {}
        self._moves: dict[str, list[Relocation]] = {}
        self._kept: list[Kept] = []
        self._probes: dict[str, None] = {}

    def take(self, record: Record) -> None:
        kind, run = record["record"], str(record["run"])
        if kind == "run":
            self._runs[run] = record
        elif kind == "intent":
            members = tuple(_member(each, self._root) for each in record["members"])
            move = _relocation(record.get("move"), self._root)
            group = Group(run, int(record["group"]), members, move=move)
            self._groups[run, group.number] = group
        elif kind == "exchanged":
            key = run, int(record["group"])
            self._groups[key] = self._groups[key]._replace(exchanged=True)
        elif kind == "done":
            self._done(self._groups.pop((run, int(record["group"]))), record["files"])
        elif kind == "kept":
            file, name, reason = record["file"], record["digest"], record["reason"]
            self._kept.append(Kept(run, str(file), str(name), str(reason), float(record["time"])))
        elif kind == "probe":
            self._probes |= dict.fromkeys(_join(self._root, path) for path in record["paths"])
        elif kind == "probed":
            for path in record["paths"]:
                self._probes.pop(_join(self._root, path), None)

    def _done(self, group: Group, files: Mapping[str, Any]) -> None:
        written = [member for member in group.members if files.get(member.file) == "written"]
        self._written.setdefault(group.run, []).append((group.number, written))
        if group.move is not None and files.get(group.move.new) == "written":
            self._moves.setdefault(group.run, []).append(group.move)

    def _changes(self, run: str) -> tuple[Change, ...]:
        changes: dict[NoteId, Change] = {}
        for _, members in sorted(self._written.get(run, ()), key=lambda done: done[0]):
            for member in members:
                earlier = changes.get(member.file)
                before = earlier.before if earlier else member.before
                rules = dict.fromkeys((earlier.rules if earlier else ()) + member.rules)
                changes[member.file] = Change(member.file, before, member.after, tuple(rules))
        return tuple(changes.values())

    def history(self) -> History:
        entries = tuple(
            Entry(
                run,
                str(record.get("command", "")),
                float(record.get("time", 0)),
                str(record.get("undoes", "")),
                self._changes(run),
                tuple(self._moves.get(run, ())),
            )
            for run, record in self._runs.items()
        )
        return History(entries, tuple(self._groups.values()), tuple(self._kept), (*self._probes,))


def intent(group: Group, root: str) -> Record:
    """Return the record that says what will be done with ``group`` in the vault at ``root``."""
    members = [
        member._asdict()
        | {
            "path": os.path.relpath(member.path, root),
            "temporary": os.path.relpath(member.temporary, root),
        }
        for member in group.members
    ]
    record = {"record": "intent", "run": group.run, "group": group.number, "members": members}
    if group.move is not None:
        move = group.move
        record["move"] = move._asdict() | {
            "path": os.path.relpath(move.path, root),
            "target": os.path.relpath(move.target, root),
            "made": [os.path.relpath(folder, root) for folder in move.made],
        }
    return record


def _relocation(record: Mapping[str, Any] | None, root: str) -> Relocation | None:
    if record is None:
        return None
    device, inode = record["identity"]
    return Relocation(
        str(record["file"]),
        str(record["new"]),
        _join(root, record["path"]),
        _join(root, record["target"]),
        Identity(int(device), int(inode)),
        tuple(_join(root, folder) for folder in record["made"]),
    )


def _before(moves: Iterable[Relocation], file: NoteId) -> NoteId:
    """Return what ``file`` is called once ``moves`` are taken back."""
    for move in moves:
        file = move.before(file)
    return file


def _member(record: Mapping[str, Any], root: str) -> Member:
    return Member(
        str(record["file"]),
        _join(root, record["path"]),
        _join(root, record["temporary"]),
        str(record["before"]),
        str(record["after"]),
        tuple(map(str, record["rules"])),
    )


def _join(root: str, path: object) -> str:
    return os.path.join(root, str(path))
