"""``vaultlint query``: SQL over the published index.

Tests: tests/unit/cli/test_query.py, tests/cli/query.txt
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, NamedTuple

import click

from vaultlint.cli.failure import CLEAN, FINDINGS, WRONG_USE, complain
from vaultlint.cli.index_options import stale_option
from vaultlint.cli.indexing import answered
from vaultlint.cli.lists import csv_lines, json_list
from vaultlint.cli.options import Asked, config_options
from vaultlint.cli.output import emit, on_terminal
from vaultlint.cli.place import locate
from vaultlint.report.terminal import cells, safe
from vaultlint.store.published import Published
from vaultlint.store.query import Found, query
from vaultlint.view.as_json import dumps

_WIDEST = 60
_GRACE = 1.0  # seconds in which SQLite may stop by itself

Row = tuple[object, ...]


@click.command(name="query")
@click.argument("sql")
@config_options
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "json", "jsonl", "csv"]),
    default="table",
    show_default=True,
    help="For people, or for programs; a table on a terminal has long values cut.",
)
@click.option(
    "--max-rows",
    type=click.IntRange(min=0),
    default=10_000,
    show_default=True,
    help="Stop after so many rows, with exit code 1; 0 for all.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1, max=3600),
    default=10.0,
    show_default=True,
    help="Stop after so many seconds.",
)
@stale_option
def command(
    *,
    sql: str,
    vault: str | None,
    format_: str,
    max_rows: int,
    timeout: float,
    stale: bool,
    **asked: Any,
) -> int:
    """Run one SELECT over the views of the index, brought up to date before.

    The views: notes, links, backlinks, unresolved, tags, properties, headings, blocks, aliases,
    citations, sources, attachments, diagnostics, meta. Their columns: docs/index.md.

    Exit codes: 0 all rows printed, 1 stopped at --max-rows, 2 wrong SQL or usage.
    """
    place = locate((), vault)
    ask = _Asked(sql, timeout, max_rows, format_).answer
    rows, written = answered(place, Asked(**asked), ask, stale=stale)
    if rows.cut:
        noun = "row" if max_rows == 1 else "rows"
        complain(f"there are more than {max_rows:,} {noun}; --max-rows shows more")
    return CLEAN if written and not rows.cut else FINDINGS


class _Asked(NamedTuple):
    """A query and how its answer is to be printed."""

    sql: str
    seconds: float
    max_rows: int
    format: str

    def answer(self, published: Published) -> tuple["_Limited", bool]:
        """Print the answer; return its rows and whether all of it was read."""
        with _ending(self.seconds + _GRACE):
            found = query(published.path, self.sql, seconds=self.seconds)
            rows = _Limited(found.rows, self.max_rows)
            return rows, emit(_FORMATS[self.format](found._replace(rows=iter(rows))))


@contextmanager
def _ending(seconds: float) -> Iterator[None]:
    """End the process if the block does not end: one function of SQLite cannot be interrupted."""

    def give_up() -> None:
        complain("error: the query did not stop in time; see --timeout")
        os._exit(WRONG_USE)

    timer = threading.Timer(seconds, give_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


class _Limited:
    """The first ``most`` of ``rows`` (all, for 0); ``cut`` says that there were more."""

    def __init__(self, rows: Iterator[Row], most: int) -> None:
        self._rows = rows
        self._most = most
        self.cut = False

    def __iter__(self) -> Iterator[Row]:
        if not self._most:
            yield from self._rows
            return
        yield from islice(self._rows, self._most)
        self.cut = next(self._rows, None) is not None


def _table(found: Found) -> Iterator[str]:
    widest = None if not on_terminal() else _WIDEST
    rows = [[_cell(value, widest) for value in row] for row in found.rows]
    head = [_cell(column, widest) for column in found.columns]
    widths = [max(map(_width, column)) for column in zip(head, *rows, strict=True)]
    numbers = [
        bool(rows) and all(_is_number(cell) for cell in column)
        for column in zip(*rows, strict=True)
    ]
    yield _line(head, widths, numbers)
    yield "  ".join("-" * width for width in widths) + "\n"
    for row in rows:
        yield _line(row, widths, numbers)


def _cell(value: object, widest: int | None) -> str:
    text = "" if value is None else value.hex() if isinstance(value, bytes) else str(value)
    if widest is not None and len(text) > widest:
        text = text[: widest - 1] + "…"
    return safe(text)


def _width(text: str) -> int:
    return len(text) if text.isascii() else sum(map(cells, text))


def _is_number(cell: str) -> bool:
    return not cell or cell.replace(".", "", 1).removeprefix("-").isdigit()


def _line(row: list[str], widths: list[int], numbers: list[bool]) -> str:
    parts = []
    for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
        space = " " * (width - _width(cell))
        right = place < len(numbers) and numbers[place]
        parts.append(space + cell if right else cell + space)
    return "  ".join(parts).rstrip() + "\n"


def _objects(found: Found) -> Iterator[dict[str, object]]:
    for row in found.rows:
        values = (value.hex() if isinstance(value, bytes) else value for value in row)
        yield dict(zip(found.columns, values, strict=True))


def _json(found: Found) -> Iterator[str]:
    return json_list(_objects(found))


def _json_lines(found: Found) -> Iterator[str]:
    return (dumps(record) + "\n" for record in _objects(found))


def _csv(found: Found) -> Iterator[str]:
    yield from csv_lines([found.columns])
    yield from csv_lines(found.rows)


_FORMATS = {"table": _table, "json": _json, "jsonl": _json_lines, "csv": _csv}
