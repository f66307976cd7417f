"""SQL of strangers: it reads views, for a while, and does nothing else."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.sync.published_of import publisher_of, session_of
from vaultlint.errors import StoreError, UsageError
from vaultlint.store.published import Published
from vaultlint.store.published_form import VIEWS
from vaultlint.store.query import query

FILES = {"a.md": "---\nk: [1, x]\n---\n# H\n[[b#H]] [[gone]] #t\n", "b.md": "# H\n"}


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "index.db"
    with Published(path) as published:
        publisher_of(session_of(FILES), published).publish()
    yield path
    left = {file.name for file in tmp_path.iterdir()}
    assert left <= {"index.db", "index.db-wal", "index.db-shm", "index.db.lock"}


def rows(index: Path, sql: str, seconds: float = 5.0) -> list[tuple]:
    return list(query(index, sql, seconds=seconds).rows)


def test_a_select_has_columns_and_rows(index: Path) -> None:
    found = query(index, "SELECT target AS t, anchor_line FROM links ORDER BY link", seconds=5)
    assert found.columns == ("t", "anchor_line")
    assert list(found.rows) == [("b.md", 1), (None, None)]


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_may_be_read(index: Path, view: str) -> None:
    assert query(index, f"SELECT * FROM {view}", seconds=5).columns


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT value FROM notes, json_each(notes.properties, '$.k')",
        "SELECT count(*) FROM notes, json_tree(notes.metadata)",
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 9) SELECT x FROM n",
        "SELECT path, row_number() OVER (ORDER BY path) FROM notes",
        "VALUES (1), (2)",
        "EXPLAIN QUERY PLAN SELECT * FROM backlinks WHERE path = 'b.md'",
    ],
)
def test_what_reading_takes_is_allowed(index: Path, sql: str) -> None:
    assert rows(index, sql)


@pytest.mark.parametrize(
    "sql",
    [
        "ATTACH DATABASE '/etc/passwd' AS x",
        "ATTACH DATABASE ':memory:' AS x",
        "DETACH DATABASE main",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA writable_schema = ON",
        "PRAGMA table_info(notes)",
        "SELECT * FROM pragma_table_info('notes')",
        "SELECT load_extension('x')",
        "SELECT fts3_tokenizer('x')",
        "VACUUM INTO 'copy.db'",
        "CREATE TABLE t (x)",
        "CREATE TEMP TABLE t (x)",
        "CREATE TEMP VIEW v AS SELECT 1",
        "DROP VIEW notes",
        "DELETE FROM _note",
        "UPDATE _file SET path = 'x'",
        "INSERT INTO _meta VALUES ('x', 'y')",
        "BEGIN IMMEDIATE",
        "SAVEPOINT s",
        "ANALYZE",
        "REINDEX",
        "SELECT * FROM _file",
        "SELECT x.path FROM (SELECT * FROM _file) AS x",
        "SELECT * FROM sqlite_master",
        "SELECT * FROM temp.sqlite_master",
        "SELECT (SELECT value FROM _meta LIMIT 1) FROM notes",
    ],
)
def test_what_is_not_reading_is_refused(index: Path, sql: str) -> None:
    before = index.read_bytes()
    with pytest.raises(UsageError):
        rows(index, sql)
    assert index.read_bytes() == before


@pytest.mark.parametrize("function", ["writefile('x', 'y')", "readfile('x')", "edit('x')"])
def test_functions_of_the_shell_do_not_exist(index: Path, function: str) -> None:
    with pytest.raises(UsageError):
        rows(index, f"SELECT {function}")


@pytest.mark.parametrize(
    "sql",
    [
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n",
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n WHERE x < 0",
    ],
)
def test_a_query_without_end_is_ended(index: Path, sql: str) -> None:
    with pytest.raises(UsageError, match=r"stopped after 0.2 seconds"):
        rows(index, sql, seconds=0.2)


def test_endless_rows_can_be_left_early(index: Path) -> None:
    sql = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"
    found = query(index, sql, seconds=60)
    assert [next(found.rows) for _ in range(3)] == [(1,), (2,), (3,)]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT zeroblob(1000000000)",
        "SELECT randomblob(1000000000)",
        "SELECT replace(hex(zeroblob(4000000)), '0', 'xxxxxxxxxxxxxxxx')",
        "SELECT 'a' LIKE '" + "%a" * 500 + "'",
        "SELECT " + "(" * 1000 + "1" + ")" * 1000,
        "SELECT '" + "x" * 200_000 + "'",
        " UNION ALL ".join(["SELECT 1"] * 200),
    ],
    ids=["zeroblob", "randomblob", "replace", "like", "depth", "length", "compound"],
)
def test_what_takes_too_much_is_refused(index: Path, sql: str) -> None:
    with pytest.raises(UsageError):
        rows(index, sql)


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("SELEC 1", 'near "SELEC": syntax error'),
        ("SELECT 1; SELECT 2", "one statement at a time"),
        ("SELECT 1; DROP VIEW notes", "one statement at a time"),
        ("", "this is not a SELECT"),
        ("-- nothing", "this is not a SELECT"),
        ("SELECT * FROM note", "no such table: note; the index has aliases, attachments"),
        ("SELECT file FROM aliases", "no such column: file; aliases has path, alias, line"),
        ("SELECT * FROM _file", "the query may only read the views of the index"),
        ("SELECT '\ud800'", "surrogates not allowed"),
    ],
)
def test_what_is_wrong_is_said(index: Path, sql: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        rows(index, sql)
    assert message in caught.value.message


def test_a_view_cannot_be_written_through(index: Path) -> None:
    with pytest.raises(UsageError, match="because it is a view"):
        rows(index, "DELETE FROM notes")


def test_two_read_while_one_writes(index: Path) -> None:
    found = query(index, "SELECT path FROM notes ORDER BY path", seconds=5)
    assert next(found.rows) == ("a.md",)
    with Published(index) as published:
        publisher_of(session_of({"c.md": ""}), published).publish()
    assert list(found.rows) == [("b.md",)]
    assert rows(index, "SELECT path FROM notes") == [("c.md",)]


def test_a_file_that_is_no_index_is_a_store_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        query(tmp_path / "nothing.db", "SELECT 1", seconds=5)


def test_the_limits_hold_for_this_connection_alone(index: Path) -> None:
    rows(index, "SELECT 1")
    connection = sqlite3.connect(":memory:")
    assert connection.execute("SELECT length(zeroblob(20000000))").fetchone() == (20_000_000,)
    connection.close()
