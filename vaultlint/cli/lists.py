"""Lists for programs: JSON with one record a line, and CSV.

Tests: tests/unit/cli/test_query.py, tests/unit/cli/test_backlinks.py
"""

import csv
import io
from collections.abc import Iterable, Iterator

from vaultlint.cli.output import on_terminal
from vaultlint.report.terminal import safe
from vaultlint.view.as_json import dumps


def json_list(records: Iterable[object]) -> Iterator[str]:
    """Yield ``records`` as one JSON array in parts, one record a line."""
    separator = "[\n"
    for record in records:
        yield separator + dumps(record)
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def csv_lines(rows: Iterable[tuple[object, ...]]) -> Iterator[str]:
    """Yield ``rows`` as CSV. On a terminal without control characters.

    Source: RFC 4180, but for line ends, which are LF.
    """
    shown = safe if on_terminal() else str
    for row in rows:
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerow(
            "" if value is None else shown(value.hex() if isinstance(value, bytes) else str(value))
            for value in row
        )
        yield buffer.getvalue()
