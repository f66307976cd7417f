"""The published index as a file: facts by file, what links open, findings, the bibliography.

Invariant: only rows that differ are written, and everything of one update is written or nothing.
No SQL of the index stands anywhere else; what it promises to others is in ``published_form``.

Tests: tests/unit/store/test_published.py
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from vaultlint.note.model import NoteId
from vaultlint.store.database import Database
from vaultlint.store.published_form import FACTS, FORM, OPENED, TABLES
from vaultlint.text import without_surrogates

Row = tuple[Any, ...]
Facts = Mapping[str, Sequence[Row]]
"""The rows of one file by table, as ``published_form.FACTS`` names their columns."""

_LINK = FACTS["_link"]
_PATH, _RAW, _ANCHOR = (_LINK.index(name) for name in ("path", "raw", "anchor"))
_METADATA = "SELECT metadata FROM _note WHERE file = ?"
_OPENED_LINKS = (
    "SELECT l.kind, l.embed, l.path, t.path, l.found, p.line - 1 FROM _link AS l"
    " LEFT JOIN _file AS t ON t.id = l.target"
    " LEFT JOIN _place AS p ON p.file = l.target AND p.name = l.place"
    " WHERE l.file = ? ORDER BY l.seq"
)
_FINDING = "rule, severity, line, column, end_line, end_column, message, fingerprint"


class PublishedFile(NamedTuple):
    """A file of the vault as the index knows it: ``digest`` is "" for one without facts."""

    id: int
    kind: str
    size: int
    digest: str


class LinkRow(NamedTuple):
    """What resolving one link depends on, and what it was last found to open."""

    file: int
    seq: int
    path: str
    raw: str
    anchor: str | None
    opened: tuple[int | None, str | None, str | None]


class OpenedLink(NamedTuple):
    """A link and what it opens; ``line`` (0-based) is that of what its subpath finds."""

    kind: str
    embed: bool
    path: str
    target: str | None
    found: str | None
    line: int | None


class Published(Database):
    """An open index. Every method raises StoreError."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, FORM)
        self.connection.text_factory = readable_text

    def generation(self) -> int:
        """Return a number that differs when another process has written since it was last asked."""
        ((version,),) = self.rows("PRAGMA data_version")
        return int(version)

    # What is known

    def notes(self) -> Iterator[tuple[str, str, list[OpenedLink]]]:
        """Yield path, metadata and links of each note, in order of path."""
        files = self.rows("SELECT id, path FROM _file WHERE kind = 'note' ORDER BY path")
        for number, path in files:
            for (metadata,) in self.rows(_METADATA, (number,)):
                rows = self.rows(_OPENED_LINKS, (number,))
                yield path, metadata, [OpenedLink(*row) for row in rows]

    def meta(self) -> dict[str, str]:
        """Return what the index says of itself, private entries (``_``) too."""
        return dict(self.rows("SELECT key, value FROM _meta"))

    def files(self) -> dict[NoteId, PublishedFile]:
        """Return every file of the index."""
        rows = self.rows("SELECT key, id, kind, size, digest FROM _file")
        return {_name(key): PublishedFile(*rest) for key, *rest in rows}

    def links(self, files: Collection[int] | None = None) -> Iterator[LinkRow]:
        """Yield the links of ``files`` (of all, when None), in order of file and place."""
        columns = f"file, seq, path, raw, anchor, {', '.join(OPENED)}, ref"
        if files is None:
            rows = self.rows(f"SELECT {columns} FROM _link")  # noqa: S608 -- constants
        else:
            sql = f"SELECT {columns} FROM _link WHERE file = ?"  # noqa: S608 -- constants
            rows = [row for file in sorted(files) for row in self.rows(sql, (file,))]
        for file, seq, path, raw, anchor, target, found, place, ref in rows:
            exact = (path, raw, anchor) if ref is None else json.loads(ref)
            yield LinkRow(file, seq, exact[0], exact[1], exact[2], (target, found, place))

    def findings(self) -> dict[str, list[Row]]:
        """Return the findings by the path that is shown for their file."""
        found: dict[str, list[Row]] = {}
        for path, *row in self.rows(f"SELECT path, {_FINDING} FROM _finding"):  # noqa: S608
            found.setdefault(path, []).append(tuple(row))
        return found

    def findings_of(self, path: str) -> list[Row]:
        """Return the findings of one file."""
        sql = f"SELECT {_FINDING} FROM _finding WHERE path = ? ORDER BY seq"  # noqa: S608
        return self.rows(sql, (path,))

    def citations(self) -> list[tuple[Any, ...]]:
        """Return (file, seq, kinds, text, url, id kind, id, line, column), in order of file."""
        columns = ", ".join(f"x.{name}" for name in ("seq", *FACTS["_citation"]))
        rows = self.rows(
            f"SELECT f.key, {columns} FROM _citation AS x JOIN _file AS f ON f.id = x.file"  # noqa: S608
            " ORDER BY f.key, x.seq"
        )
        return [(_name(key), *rest) for key, *rest in rows]

    def select(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Return what a query of our own finds in the views."""
        return self.rows(sql, parameters)

    # What changes

    def clear(self) -> None:
        """Forget everything."""
        for table in TABLES:
            self.run(f"DELETE FROM {table}")  # noqa: S608 -- constants

    def set_meta(self, values: Mapping[str, str]) -> None:
        """Take in what the index says of itself; what is not in ``values`` is forgotten."""
        known = self.meta()
        for key in known.keys() - values.keys():
            self.run("DELETE FROM _meta WHERE key = ?", (key,))
        changed = [(key, value) for key, value in values.items() if known.get(key) != value]
        self.run_many("INSERT OR REPLACE INTO _meta VALUES (?, ?)", changed)

    def add_files(self, files: Iterable[tuple[NoteId, str, int, str]]) -> None:
        """Take in new files: (path, kind, size, digest)."""
        self.run_many(
            "INSERT INTO _file (key, path, name, folder, kind, size, digest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (_file_row(*file) for file in files),
        )

    def put_file(self, file: PublishedFile) -> None:
        """Take in what a known file is now."""
        number, *now = file
        self.run("UPDATE _file SET kind = ?, size = ?, digest = ? WHERE id = ?", (*now, number))

    def remove_file(self, file: int) -> None:
        """Forget a file and its facts. Links that opened it are for the caller to look at again."""
        for table in FACTS:
            self.run(f"DELETE FROM {table} WHERE file = ?", (file,))  # noqa: S608
        self.run("DELETE FROM _file WHERE id = ?", (file,))

    def replace_facts(self, file: int, facts: Facts, *, new: bool) -> set[str]:
        """Put ``facts`` in place of what is known of ``file``. Return the tables that changed.

        What the links open is unknown afterwards, where the links are not the same. ``new`` says
        that nothing is known of the file.
        """
        changed = set()
        for table in FACTS:
            rows = list(facts.get(table, ()))
            if (new and not rows) or (not new and self._facts(table, file) == rows):
                continue
            changed.add(table)
            if not new:
                self.run(f"DELETE FROM {table} WHERE file = ?", (file,))  # noqa: S608
            self._insert(table, file, rows)
        return changed

    def open_links(self, opened: Iterable[LinkRow]) -> None:
        """Take in what links open now."""
        self.run_many(
            "UPDATE _link SET target = ?, found = ?, place = ? WHERE file = ? AND seq = ?",
            ((*link.opened, link.file, link.seq) for link in opened),
        )

    def replace_findings(self, path: str, rows: Sequence[Row]) -> None:
        """Put the findings of one file in place of those known."""
        self.run("DELETE FROM _finding WHERE path = ?", (path,))
        self.run_many(
            f"INSERT INTO _finding (path, seq, {_FINDING}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            ((path, seq, *row) for seq, row in enumerate(rows)),
        )

    def replace_bibliography(self, sources: Collection[Row], cited: Collection[Row]) -> bool:
        """Put sources, and which citation is of which, in place of those known.

        Return whether anything differs. Rows are as ``_source`` and ``_cited`` have them.
        """
        before = self._replace_table("_source", sources), self._replace_table("_cited", cited)
        return any(before)

    def _replace_table(self, table: str, rows: Collection[Row]) -> bool:
        known, wanted = set(self.rows(f"SELECT * FROM {table}")), set(rows)  # noqa: S608
        keys = ("key",) if table == "_source" else ("file", "seq")
        where = " AND ".join(f"{key} = ?" for key in keys)
        gone = [row[: len(keys)] for row in known - wanted]
        self.run_many(f"DELETE FROM {table} WHERE {where}", gone)  # noqa: S608
        if new := wanted - known:
            marks = ", ".join("?" * len(next(iter(new))))
            self.run_many(f"INSERT INTO {table} VALUES ({marks})", sorted(new, key=repr))  # noqa: S608
        return known != wanted

    def _facts(self, table: str, file: int) -> list[Row]:
        columns = ", ".join(FACTS[table])
        sql = f"SELECT {columns} FROM {table} WHERE file = ? ORDER BY seq"  # noqa: S608
        return self.rows(sql, (file,))

    def _insert(self, table: str, file: int, rows: Iterable[Row]) -> None:
        columns = ("file", "seq", *FACTS[table], *(("ref",) if table == "_link" else ()))
        marks = ", ".join("?" * len(columns))
        self.run_many(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608
            ((file, seq, *_storable(table, row)) for seq, row in enumerate(rows)),
        )


def readable_text(data: bytes) -> str:
    """Return a text of the file, whatever became of its bytes."""
    return data.decode("utf-8", "replace")


def _storable(table: str, row: Row) -> Row:
    """Return ``row`` as text that SQLite takes, and for a link what it was if that changed it."""
    clean = tuple(without_surrogates(value) if isinstance(value, str) else value for value in row)
    if table != "_link":
        return clean
    exact = (row[_PATH], row[_RAW], row[_ANCHOR])
    lost = exact != (clean[_PATH], clean[_RAW], clean[_ANCHOR])
    return (*clean, json.dumps(exact) if lost else None)


def _file_row(file: NoteId, kind: str, size: int, digest: str) -> Row:
    path = without_surrogates(file)
    folder, _, name = path.rpartition("/")
    name = name[:-3] if kind == "note" else name
    return (_key(file), path, name, folder, kind, size, digest)


def _key(file: NoteId) -> bytes:
    return file.encode("utf-8", "surrogatepass")


def _name(key: bytes) -> NoteId:
    return key.decode("utf-8", "surrogatepass")
