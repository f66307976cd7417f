"""Sections and list items as the app's cache has them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultlint.note.parse import parse_note
from vaultlint.view.outline import Outline
from vaultlint.view.utf16 import Locator


def outline(text: str) -> Outline:
    return Outline(parse_note("note.md", text.encode()), Locator(text))


SECTIONS = [
    ("", []),
    ("---\na: 1\n---\n# H\n", ["yaml", "heading"]),
    ("p\n\n- a\n- b\n\n1. c\n", ["paragraph", "list", "list"]),
    ("> q\n\n> [!note] c\n> text\n", ["blockquote", "callout"]),
    ("> > [!note] inner\n", ["blockquote"]),
    ("```\nx\n```\n\n    indented\n\n", ["code", "code"]),
    ("| a | b |\n| - | - |\n\n***\n\n%%\nc\n%%\n", ["table", "thematicBreak", "comment"]),
    ("$$\nx\n$$\n\n<div>\n</div>\n\n[^1]: f\n", ["math", "html", "footnoteDefinition"]),
    ("a\n\n\n \t", ["paragraph"]),
]


@pytest.mark.parametrize(("text", "types"), SECTIONS)
def test_section_types(text: str, types: list[str]) -> None:
    assert [section["type"] for section in outline(text).sections()] == types


def items(text: str) -> list[tuple[int, str, str | None, str | None]]:
    """Return (parent, text, task, id) of each list item."""
    found = []
    for item in outline(text).list_items():
        start, end = (item["position"][side]["offset"] for side in ("start", "end"))
        found.append((item["parent"], text[start:end], item.get("task"), item.get("id")))
    return found


ITEMS = [
    ("- a\n- b\n", [(-1, "- a", None, None), (-1, "- b", None, None)]),
    ("p\n\n- a\n", [(-2, "- a", None, None)]),
    (
        "- [ ] a\n    - [x] b\n        - c\n- d\n",
        [
            (-1, "- [ ] a", " ", None),
            (0, "  - [x] b", "x", None),
            (1, "  - c", None, None),
            (-1, "- d", None, None),
        ],
    ),
    # An empty line before the next item belongs to the item.
    ("1. a\n\n2. b\n", [(-1, "1. a\n", None, None), (-1, "2. b", None, None)]),
    ("> - a\n>     - b\n", [(-1, "- a", None, None), (0, "  - b", None, None)]),
    ("- a\n  ```\n  x\n  ```\n", [(-1, "- a\n  ```\n  x\n  ```", None, None)]),
    ("- a ^one\n- b ^Two\n", [(-1, "- a ^one", None, "one"), (-1, "- b ^Two", None, "two")]),
]


@pytest.mark.parametrize(("text", "expected"), ITEMS)
def test_list_items(text: str, expected: list[object]) -> None:
    assert items(text) == expected


def test_ids_of_sections() -> None:
    sections = outline("para ^one\n\n- a\n- b\n\n^two\n\n- only ^three\n").sections()
    assert [section.get("id") for section in sections] == ["one", "two", None, None]


def test_tables_are_counted_wherever_they_stand() -> None:
    table = "| a | b |\n| - | - |\n"
    quoted = "".join(f"> {line}\n" for line in table.splitlines())
    assert outline(f"{table}\n{quoted}\n").table_count() == 2


@given(st.text("-*> 1.\n\t`#|^a[]:%$", max_size=80))
def test_every_position_lies_in_the_text(text: str) -> None:
    found = outline(text)
    for each in (*found.sections(), *found.list_items(), *found.reference_links()):
        start, end = (each["position"][side]["offset"] for side in ("start", "end"))
        assert 0 <= start <= end <= len(text)
