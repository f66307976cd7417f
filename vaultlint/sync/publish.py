"""Keeping the published index equal to what a session knows.

Facts are rewritten for files whose digest differs, what links open for files whose answers may
differ, findings and bibliography where they do differ. A publisher that stays with a session goes
by the keys that a Delta names; one that comes to an index it has not seen compares everything, so
that nothing depends on having seen every change.

Invariant: after ``publish`` the index equals one made from scratch over the same vault, and rows
that did not change were not written.

Tests: tests/unit/sync/test_publish.py, tests/properties/test_published.py
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from vaultlint.checks._templates import is_template
from vaultlint.config.ruleset import Config
from vaultlint.diagnostics import Delta, Diagnostic
from vaultlint.engine.readers import Readers
from vaultlint.engine.session import Session
from vaultlint.engine.shares import shared
from vaultlint.errors import SourceError
from vaultlint.note.model import Note, NoteId
from vaultlint.note.parse import attachment
from vaultlint.store.published import LinkRow, Published, PublishedFile, Row
from vaultlint.store.published_form import FORMAT, VERSION
from vaultlint.sync.openings import reopened
from vaultlint.sync.records import facts_of, kind_of
from vaultlint.sync.sources import Cited, Conventions, Source, sources
from vaultlint.text import without_surrogates
from vaultlint.vault.keys import Key, has_facts
from vaultlint.vault.view import VaultView

_PROGRAM = "_program"
_STATE = "_state"
EXPORT = "_export"
"""The entry of the meta data that holds the file of the configured export, "" for none."""
_CONVENTIONS = "_conventions"


class Changes(NamedTuple):
    """What one update of the index wrote: files by path, and whether the bibliography changed.

    ``relinked`` are files that did not change themselves, but whose links open something else.
    """

    added: tuple[NoteId, ...] = ()
    changed: tuple[NoteId, ...] = ()
    removed: tuple[NoteId, ...] = ()
    relinked: tuple[NoteId, ...] = ()
    findings: tuple[str, ...] = ()
    bibliography: bool = False

    @property
    def any(self) -> bool:
        """Return whether anything was written that a reader can see."""
        return self.bibliography or any(map(len, self[:5]))


_Read = tuple[str, int, dict[str, list[Row]]]
"""Digest, size and rows of a file that was read."""


class _Undone(Exception):
    """What was written is not to stay."""


class Publisher:
    """Publishes one session into one index.

    ``program`` names the code that makes the rows: rows of another program are made anew.
    """

    def __init__(self, session: Session, published: Published, *, program: str, vault: str) -> None:
        self._session = session
        self._published = published
        self._meta = {"format": FORMAT, "version": str(VERSION), "vault": without_surrogates(vault)}
        self._program = program
        self._readers: Readers[NoteId] | None = None
        self._reads: dict[NoteId, frozenset[Key]] = {}
        # What the index holds since the generation that this publisher wrote
        self._generation = -1
        self._files: dict[NoteId, PublishedFile] | None = None
        self._config: Config | None = None

    def follow(self) -> None:
        """Say that more deltas will come: keep in mind what was read to find what links open."""
        self._readers = Readers()

    def publish(self, delta: Delta | None = None, *, fresh: bool = False) -> Changes:
        """Bring the index up to date and return what that did.

        ``delta`` is what the session's last ``apply`` returned, if every one before was published.
        With ``fresh`` everything is made anew. Raises StoreError; nothing is written then.
        """
        generation, self._generation = self._generation, -1
        with self._published.transaction():
            # Only who follows has compared everything before, and knows what was read.
            seen = self._readers is not None and self._published.generation() == generation
            if fresh:
                self._published.clear()
            changes = self._write(delta if seen and not fresh else None)
        self._generation = self._published.generation()
        return changes

    def pending(self) -> Changes:
        """Return what ``publish`` would do, and leave the index as it is. Raises StoreError."""
        self._generation = -1
        changes = Changes()
        with suppress(_Undone), self._published.transaction():
            changes = self._write(None)
            raise _Undone
        return changes

    def _write(self, delta: Delta | None) -> Changes:
        meta = self._published.meta()
        state = "" if self._session.failed else self._session.state
        same = {**meta, **self._meta, _PROGRAM: self._program} == meta
        if same and state and meta.get(_STATE) == state and self._readers is None:
            return Changes()
        keys = None if delta is None else delta.keys
        known = self._files if keys is not None else None
        if known is None:
            known = self._published.files()
        update = _Update(self._session, self._published, known)
        update.files(again=not same)
        self._open_links(update, keys)
        findings = update.findings(delta.diagnostics if keys is not None and delta else None)
        described, bibliography = meta.get(_CONVENTIONS, ""), False
        config = self._session.config
        if update.cited or keys is None or config is not self._config or _settings(keys):
            described, bibliography = update.bibliography(described)
        self._files, self._config = update.known, config
        private = {
            _PROGRAM: self._program,
            _CONVENTIONS: described,
            _STATE: state if update.steady else "",
            EXPORT: config.index.export or "",
        }
        self._published.set_meta({**self._meta, **private})
        return update.changes._replace(findings=findings, bibliography=bibliography)

    def _open_links(self, update: "_Update", keys: Iterable[Key] | None) -> None:
        """Look again at what links open: of the files that have read ``keys``, of all when None."""
        if keys is None or self._readers is None:
            if self._readers is not None:
                self._readers = Readers()
                self._reads.clear()
            reads = update.open_links(None)
        else:
            concerned = self._readers.of(keys) | {*update.changes.added, *update.changes.changed}
            reads = update.open_links(concerned & update.known.keys())
        if self._readers is not None:
            for file in update.changes.removed:
                self._readers.unregister(file, self._reads.pop(file, ()))
            for file, read in reads.items():
                self._readers.unregister(file, self._reads.get(file, ()))
                self._readers.register(file, read)
                self._reads[file] = read


class _Update:
    """One update of the index, step by step."""

    def __init__(
        self, session: Session, published: Published, known: dict[NoteId, PublishedFile]
    ) -> None:
        self._session = session
        self._published = published
        self.known = known
        self.changes = Changes()
        self.steady = True
        """Whether every file was as the session had seen it."""
        self.cited = False
        """Whether any citation came, went or changed."""

    def files(self, *, again: bool) -> None:
        """Write the facts of files that are not as they were; of all, when ``again``."""
        entries = self._session.entries
        removed = sorted(self.known.keys() - entries.keys())
        for file in removed:
            self._published.remove_file(self.known.pop(file).id)
        todo = list(entries) if again else self._differing()
        before = {file: self.known.get(file) for file in todo}
        self._list(file for file in todo if before[file] is None)
        added: list[NoteId] = []
        changed: list[NoteId] = []
        for file, read in shared(todo, self._read):
            if self._write(file, before[file], read):
                (added if before[file] is None else changed).append(file)
        self.cited = self.cited or bool(removed)
        self.changes = Changes(tuple(sorted(added)), tuple(sorted(changed)), tuple(removed))

    def _differing(self) -> list[NoteId]:
        """Return the files that are not as they are known, sorted."""
        digests, found = self._session.digests, []
        for file, entry in self._session.entries.items():
            before, digest = self.known.get(file), digests.get(file, "")
            # The digest of a note says all; the size that was listed may be older.
            if (
                before is None
                or before.digest != digest
                or not (digest or before.size == self._size_of(file, entry.size))
            ):
                found.append(file)
        return sorted(found)

    def _size_of(self, file: NoteId, listed: int) -> int:
        """Return the size of an attachment; 0 for the export, whose size would never come to rest."""
        return 0 if file == self._session.config.index.export else listed

    def _list(self, files: Iterable[NoteId]) -> None:
        """Take in ``files``, in their order, as they are listed."""
        entries, digests = self._session.entries, self._session.digests
        listed = [
            (file, kind_of(file), self._size_of(file, entries[file].size), digests.get(file, ""))
            for file in files
        ]
        if listed:
            self._published.add_files(listed)
            self.known |= self._published.files()

    def _read(self, file: NoteId) -> _Read | None:
        """Return what is to be written of ``file``, None for one without facts."""
        note = self._note(file)
        return None if note is None else (note.digest, self._size(note), facts_of(note))

    def _write(self, file: NoteId, before: PublishedFile | None, read: _Read | None) -> bool:
        """Write one file and return whether anything of it differs from before."""
        kind, digest = kind_of(file), self._session.digests.get(file, "")
        size = self._size_of(file, self._session.entries[file].size)
        rows: dict[str, list[Row]] = {}
        if read is not None:
            self.steady = self.steady and read[0] == digest
            digest, size, rows = read
        known = self.known[file]
        if known[1:] != (kind, size, digest):
            known = self.known[file] = known._replace(kind=kind, size=size, digest=digest)
            self._published.put_file(known)
        tables = self._published.replace_facts(known.id, rows, new=before is None)
        self.cited = self.cited or "_citation" in tables
        return bool(tables) or before is None or before[1:] != (kind, size, digest)

    def _note(self, file: NoteId) -> Note | None:
        if not has_facts(file):
            return None
        try:
            return self._session.note(file)
        except SourceError:
            return None  # it cannot be read: the finding says so

    def _size(self, note: Note) -> int:
        """Return how many bytes ``note`` has: those that were listed may be older."""
        if note.parsed or note.text:
            return len(note.text.encode("utf-8", "surrogateescape")) + (3 if note.bom else 0)
        try:
            return len(self._session.read(note.id))
        except SourceError:
            return 0

    def open_links(self, files: Iterable[NoteId] | None) -> dict[NoteId, frozenset[Key]]:
        """Write what the links of ``files`` (all, when None) open. Return the keys read by each."""
        wanted = self.known if files is None else files
        names = {self.known[file].id: file for file in wanted}
        asked = None if files is None else names.keys()
        reads: dict[NoteId, frozenset[Key]] = {}
        written: list[LinkRow] = []
        for number, links in groupby(self._published.links(asked), attrgetter("file")):
            file = names[number]
            view = self._view(file)
            written += reopened(view, links, self.known)
            reads[file] = frozenset(view.reads)
        self._published.open_links(written)
        own = {*self.changes.added, *self.changes.changed}
        relinked = sorted({names[link.file] for link in written} - own)
        self.changes = self.changes._replace(relinked=tuple(relinked))
        return reads

    def _view(self, file: NoteId) -> VaultView:
        session = self._session
        return VaultView(session.index, attachment(file), session.config, session.note)

    def findings(
        self, replaced: Mapping[NoteId, tuple[Diagnostic, ...]] | None
    ) -> tuple[NoteId, ...]:
        """Write the findings that differ: of the files in ``replaced``, of all when None."""
        if replaced is None:
            known = self._published.findings()
            found: dict[NoteId, list[Row]] = {}
            for diagnostic in self._session.diagnostics():
                found.setdefault(without_surrogates(diagnostic.file), []).append(_row(diagnostic))
        else:
            found = {
                without_surrogates(file): list(map(_row, each)) for file, each in replaced.items()
            }
            known = {path: self._published.findings_of(path) for path in found}
        changed = sorted(
            path
            for path in known.keys() | found.keys()
            if known.get(path, []) != found.get(path, [])
        )
        for path in changed:
            self._published.replace_findings(path, found.get(path, []))
        return tuple(changed)

    def bibliography(self, described: str) -> tuple[str, bool]:
        """Write the bibliography if a citation or the conventions (``described``) changed.

        Return what describes the conventions now, and whether anything was written.
        """
        conventions = Conventions(self._session.config)
        cited = citations_of(self._published, self._session)
        now = _digest(conventions.described(sorted({each.file for each in cited})))
        if now == described and not self.cited:
            return now, False
        found = sources(cited, conventions)
        return now, self._published.replace_bibliography(
            [_source_row(source) for source in found],
            [
                (self.known[each.file].id, each.number, source.key, *statement)
                for source in found
                for each, statement in zip(source.cited, source.statements, strict=True)
            ],
        )


def citations_of(published: Published, session: Session) -> list[Cited]:
    """Return the citations in the notes of the vault; those of templates cite nothing."""
    found = []
    for file, rows in groupby(published.citations(), key=lambda row: row[0]):
        note = attachment(file)
        view = VaultView(session.index, note, session.config, session.note)
        if is_template(note, view):
            continue
        for _, number, kinds, text, url, id_kind, identifier, line, _ in rows:
            named = None if id_kind is None else (id_kind, identifier)
            found.append(Cited(file, number, tuple(json.loads(kinds)), text, url, named, line))
    return found


def _settings(keys: Iterable[Key]) -> bool:
    """Return whether a setting of Obsidian is among ``keys``: it may say which notes are templates."""
    return any(key[0] == "setting" for key in keys)


def _row(found: Diagnostic) -> Row:
    return (
        found.rule,
        found.severity.label,
        *found.start,
        *found.end,
        without_surrogates(found.message),
        found.fingerprint,
    )


def _source_row(source: Source) -> Row:
    row = source[: Source._fields.index("cited")]
    return tuple(without_surrogates(part) if isinstance(part, str) else part for part in row)


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
