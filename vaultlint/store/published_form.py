"""The tables and views of the published index: what ``docs/index.md`` promises, in SQL.

Invariant: the views are the contract: their names and columns stay as they are within a version of
the format. The tables under them begin with ``_`` and may change whenever ``FORM.version`` does.

Tests: tests/unit/store/test_published.py
"""

from collections.abc import Mapping

from vaultlint.store.database import Form

FORMAT = "vaultlint-index"
VERSION = 1
"""The version of the views and of the JSON form; what breaks a reader counts it up."""

FACTS: Mapping[str, tuple[str, ...]] = {
    "_note": ("words", "properties", "metadata"),
    "_place": ("name", "line"),
    "_tag": ("tag", "property", "line", "column"),
    "_property": ("property", "pointer", "type", "value", "line"),
    "_heading": ("level", "heading", "line", "column"),
    "_block": ("id", "line"),
    "_alias": ("alias", "line"),
    "_citation": ("kinds", "text", "url", "id_kind", "id", "line", "column"),
    "_link": (
        "kind", "embed", "link", "path", "raw", "anchor", "display", "original", "property",
        "line", "column",
    ),
}  # fmt: skip
"""The facts of a file by table. Each row also has its file and its number among the file's rows."""

OPENED = ("target", "found", "place")
"""What a link opens: further columns of ``_link``, which depend on other files."""

_FILE = """CREATE TABLE _file (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, path TEXT NOT NULL, name TEXT NOT NULL,
    folder TEXT NOT NULL, kind TEXT NOT NULL, size INTEGER NOT NULL, digest TEXT NOT NULL)"""

_NAMES = "doi TEXT, arxiv TEXT, isbn TEXT, url TEXT"
_PLACE = (
    "line INTEGER, column INTEGER, end_line INTEGER, end_column INTEGER, message TEXT,"
    " fingerprint TEXT"
)
_TABLES: Mapping[str, tuple[str, str]] = {
    "_meta": ("key TEXT, value TEXT", "key"),
    **{
        table: (f"file INTEGER, seq INTEGER, {', '.join(FACTS[table])}", "file, seq")
        for table in FACTS
    },
    "_cited": (
        "file INTEGER, seq INTEGER, source TEXT, title TEXT, author TEXT, year INTEGER",
        "file, seq",
    ),
    "_source": (f"key TEXT, kind TEXT, title TEXT, author TEXT, year INTEGER, {_NAMES}", "key"),
    "_finding": (f"path TEXT, seq INTEGER, rule TEXT, severity TEXT, {_PLACE}", "path, seq"),
}
"""Columns and primary key of each table but ``_file``."""

TABLES = ("_file", *_TABLES)
"""All tables."""

_OPENED_COLUMNS = ("target INTEGER", "found TEXT", "place TEXT", "ref TEXT")

_INDEXES = (
    "CREATE INDEX _link_target ON _link (target)",
    "CREATE INDEX _place_name ON _place (file, name)",
    "CREATE INDEX _file_path ON _file (path)",
    "CREATE INDEX _tag_tag ON _tag (tag COLLATE NOCASE)",
    "CREATE INDEX _property_property ON _property (property)",
    "CREATE INDEX _cited_source ON _cited (source)",
)

_LINKS = "FROM _link AS l JOIN _file AS s ON s.id = l.file"
_LINKED = "l.property AS property, l.line AS line, l.column AS column"

VIEWS: Mapping[str, str] = {
    "meta": "SELECT key, value FROM _meta WHERE key NOT LIKE '\\_%' ESCAPE '\\'",
    "notes": (
        "SELECT f.path AS path, f.name AS name, f.folder AS folder, f.size AS size,"
        " n.words AS words, f.digest AS digest, n.properties AS properties, n.metadata AS metadata"
        " FROM _file AS f JOIN _note AS n ON n.file = f.id WHERE f.kind = 'note'"
    ),
    "links": (
        "SELECT s.path AS source, l.kind AS kind, l.embed AS embed, l.link AS link,"
        " t.path AS target, l.anchor AS anchor, l.found AS anchor_type, p.line AS anchor_line,"
        f" l.display AS display, l.original AS original, {_LINKED} {_LINKS}"
        " LEFT JOIN _file AS t ON t.id = l.target"
        " LEFT JOIN _place AS p ON p.file = l.target AND p.name = l.place"
    ),
    "backlinks": (
        "SELECT t.path AS path, s.path AS source, l.kind AS kind, l.embed AS embed,"
        f" l.anchor AS anchor, l.display AS display, l.original AS original, {_LINKED} {_LINKS}"
        " JOIN _file AS t ON t.id = l.target WHERE l.target <> l.file"
    ),
    "unresolved": (
        "SELECT s.path AS source, CASE WHEN l.path LIKE '%.md' AND substr(l.path, -3) = '.md'"
        " THEN substr(l.path, 1, length(l.path) - 3) ELSE l.path END AS link,"
        f" l.kind AS kind, l.embed AS embed, l.original AS original, {_LINKED} {_LINKS}"
        " WHERE l.target IS NULL"
    ),
    "tags": (
        "SELECT f.path AS path, x.tag AS tag, x.property AS property, x.line AS line,"
        " x.column AS column FROM _tag AS x JOIN _file AS f ON f.id = x.file"
    ),
    "properties": (
        "SELECT f.path AS path, x.property AS property, x.pointer AS pointer, x.type AS type,"
        " x.value AS value, x.line AS line FROM _property AS x JOIN _file AS f ON f.id = x.file"
    ),
    "headings": (
        "SELECT f.path AS path, x.level AS level, x.heading AS heading, x.line AS line,"
        " x.column AS column FROM _heading AS x JOIN _file AS f ON f.id = x.file"
    ),
    "blocks": (
        "SELECT f.path AS path, x.id AS id, x.line AS line"
        " FROM _block AS x JOIN _file AS f ON f.id = x.file"
    ),
    "aliases": (
        "SELECT f.path AS path, x.alias AS alias, x.line AS line"
        " FROM _alias AS x JOIN _file AS f ON f.id = x.file"
    ),
    "citations": (
        "SELECT f.path AS path, c.source AS source, x.kinds AS kinds, x.text AS text,"
        " x.url AS url, x.id_kind || ':' || x.id AS identifier, c.title AS title,"
        " c.author AS author, c.year AS year, x.line AS line, x.column AS column"
        " FROM _cited AS c JOIN _citation AS x ON x.file = c.file AND x.seq = c.seq"
        " JOIN _file AS f ON f.id = c.file"
    ),
    "sources": (
        "SELECT s.key AS key, s.kind AS kind, s.title AS title, s.author AS author,"
        " s.year AS year, s.doi AS doi, s.arxiv AS arxiv, s.isbn AS isbn, s.url AS url,"
        " (SELECT count(*) FROM _cited AS c WHERE c.source = s.key) AS citations,"
        " (SELECT count(DISTINCT c.file) FROM _cited AS c WHERE c.source = s.key) AS notes"
        " FROM _source AS s"
    ),
    "attachments": ("SELECT path, name, folder, kind, size FROM _file WHERE kind IS NOT 'note'"),
    "diagnostics": (
        "SELECT path, rule, severity, line, column, end_line, end_column, message, fingerprint"
        " FROM _finding"
    ),
}
"""The public views."""

FORM = Form(
    application=0x764C_4958,  # "vLIX"
    version=1,
    statements=(
        _FILE,
        *(
            f"CREATE TABLE {table} ({columns}, PRIMARY KEY ({key})) WITHOUT ROWID"
            for table, (columns, key) in _TABLES.items()
        ),
        *(f"ALTER TABLE _link ADD COLUMN {column}" for column in _OPENED_COLUMNS),
        *_INDEXES,
        *(f"CREATE VIEW {name} AS {select}" for name, select in VIEWS.items()),
    ),
)
"""The file. It has no checksums of its own, so what is committed must survive a loss of power."""
