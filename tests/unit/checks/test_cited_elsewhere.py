"""Where another note cites a source."""

import pytest

from vaultlint.check import Position
from vaultlint.checks._cited_elsewhere import cited_at
from vaultlint.note.parse import parse_note

NOTE = parse_note(
    "Lists.md",
    b"""# Lists
- #PAPER https://arxiv.org/abs/2101.00001
- #PAPER [Lists (Doe 2021)](https://arxiv.org/pdf/2101.00001)
  - #PAPER [A theory of all the maps (Doe 2021)](https://example.org/maps)
""",
)
LISTS = ("arxiv", "2101.00001")


@pytest.mark.parametrize(
    ("source", "text", "place"),
    [
        (LISTS, "Lists (Doe 2021)", Position(3, 11)),
        (LISTS, None, Position(2, 10)),
        (list(LISTS), "Lists (Doe 2020)", Position(2, 10)),
        (("doi", "10.1/2"), "A Theory of All the Maps (2020)", Position(4, 13)),
        (None, "A theory of all the sets", Position(1, 1)),
    ],
)
def test_cited_at(source: tuple[str, str] | None, text: str | None, place: Position) -> None:
    assert cited_at(NOTE, source, text) == place
