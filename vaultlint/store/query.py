"""SQL of a stranger over the published index: it may read the views, for a while, and nothing else.

The file is opened read-only, an authorizer lets through only what reading the views takes, and time,
memory and sizes are limited, so that neither a typing mistake nor a hostile script harms anything.

Invariant: whatever the SQL, no other file is opened, none is written, and no code is loaded.

Tests: tests/unit/store/test_query.py
"""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

from vaultlint.errors import StoreError, UsageError
from vaultlint.store.database import ERRORS, is_damage
from vaultlint.store.published import readable_text
from vaultlint.store.published_form import VIEWS

_STEPS = 5_000  # of SQLite's machine between two looks at the clock, about a tenth of a millisecond
_MOST_MEMORY = 512 * 1024 * 1024
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 16 * 1024 * 1024,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 200,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 200,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 100,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
_REFUSED_FUNCTIONS = frozenset(
    {"load_extension", "fts3_tokenizer", "edit", "readfile", "writefile"}
)
_HARMLESS = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE})
_INTERNAL = ("_", "sqlite_")


class Found(NamedTuple):
    """What a query finds: the names of its columns, and its rows as they are asked for."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


def query(path: Path, sql: str, *, seconds: float) -> Found:
    """Run one SELECT over the views of the index at ``path``.

    Raises UsageError, also while rows are taken: for SQL that is wrong or not allowed, and when it
    takes longer than ``seconds``; StoreError for a file that is damaged. One call of a function of SQLite is not interrupted: a caller
    that must end in time has to watch the clock itself.
    """
    try:
        connection = _opened(path, seconds)
    except ERRORS as error:
        raise StoreError(str(error), path=str(path)) from None
    try:
        cursor = connection.execute(sql)
        columns = tuple(column[0] for column in cursor.description or ())
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        if is_damage(error):
            raise StoreError(str(error), path=str(path)) from None
        connection.set_authorizer(None)
        message = _explained(error, seconds) + _columns_hint(connection, sql, str(error))
        connection.close()
        raise UsageError(message) from None
    if not columns:
        connection.close()
        raise UsageError("this is not a SELECT")
    return Found(columns, _rows(connection, cursor, path, seconds))


def _rows(
    connection: sqlite3.Connection, cursor: sqlite3.Cursor, path: Path, seconds: float
) -> Iterator[tuple[Any, ...]]:
    try:
        yield from cursor
    except ERRORS as error:
        if is_damage(error):
            raise StoreError(str(error), path=str(path)) from None
        raise UsageError(_explained(error, seconds)) from None
    finally:
        connection.close()


def _opened(path: Path, seconds: float) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=2.0)
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA temp_store = MEMORY")  # no file of its own either
    connection.execute(f"PRAGMA hard_heap_limit = {_MOST_MEMORY}")
    connection.execute("PRAGMA trusted_schema = OFF")
    for function in (
        "json_each",
        "json_tree",
    ):  # made at their first use, which is not allowed later
        connection.execute(f"SELECT 1 FROM {function}('[]')").fetchall()  # noqa: S608 -- constants
    connection.text_factory = readable_text
    for limit, most in _LIMITS.items():
        connection.setlimit(limit, most)
    connection.set_authorizer(_allowed)
    end = monotonic() + seconds
    connection.set_progress_handler(lambda: monotonic() > end, _STEPS)
    return connection


def _allowed(
    action: int, one: str | None, two: str | None, _schema: str | None, view: str | None
) -> int:
    """Return whether a step of a statement may be taken. ``view`` is what it was expanded from.

    The tables under the views are kept from people lest they rely on them; they are no secret.
    """
    if action in _HARMLESS:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION:
        harmful = (two or "").lower() in _REFUSED_FUNCTIONS
        return sqlite3.SQLITE_DENY if harmful else sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_READ:
        # A table of which a view reads no column comes without the name of the view.
        internal = (one or "").lower().startswith(_INTERNAL) and view not in VIEWS and bool(two)
        return sqlite3.SQLITE_DENY if internal else sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _columns_hint(connection: sqlite3.Connection, sql: str, error: str) -> str:
    """Return which columns there are, for a name that is none."""
    if "no such column" not in error:
        return ""
    named = [view for view in VIEWS if re.search(rf"\b{view}\b", sql, re.IGNORECASE)]
    found = []
    for view in named:
        rows = connection.execute(f"SELECT * FROM {view} LIMIT 0")  # noqa: S608 -- constants
        found.append(f"{view} has {', '.join(column[0] for column in rows.description)}")
    return "".join(f"; {each}" for each in found)


def _explained(error: Exception, seconds: float) -> str:
    text = str(error)
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_INTERRUPT":
        return f"the query was stopped after {seconds:g} seconds; see --timeout"
    if name == "SQLITE_NOMEM" or isinstance(error, MemoryError):
        return "the query takes too much memory"
    if name.startswith("SQLITE_AUTH") or "not authorized" in text or "prohibited" in text:
        return f"the query may only read the views of the index: {text}"
    if "no such table" in text:
        return f"{text}; the index has {', '.join(sorted(VIEWS))}"
    if "one statement at a time" in text:
        return "one statement at a time"
    return text
