"""A list as JSON, one record a line.

Tests: tests/unit/cli/test_backlinks.py
"""

from collections.abc import Iterable, Iterator

from vaultlint.view.as_json import dumps


def json_list(records: Iterable[object]) -> Iterator[str]:
    """Yield ``records`` as one JSON array in parts, one record a line."""
    separator = "[\n"
    for record in records:
        yield separator + dumps(record)
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"
