"""The rows of one note."""

import pytest

from vaultlint.note.parse import parse_note
from vaultlint.store.published_form import FACTS
from vaultlint.sync.records import facts_of, kind_of, word_count

TEXT = """---
title: Größe
n: 12
f: 1.5
big: 123456789012345678901234567890
no: .nan
done: true
none:
list: [a, 2, {deep/er: x}, []]
aliases: [Other]
tags: [one]
up: "[[b]]"
---
# Head ^x
Text [[b#H|shown]] ![[p.png]] #two/three [m](b.md) [l][ref] 🦊 [[c]] ^id

[ref]: b.md
- #PAPER [T (Doe 2020)](https://arxiv.org/abs/2001.00001)
- #PAPER see [[b]]
"""


def rows(table: str, text: str = TEXT) -> list:
    return facts_of(parse_note("n.md", text.encode()))[table]


def test_each_row_has_the_columns_of_its_table() -> None:
    facts = facts_of(parse_note("n.md", TEXT.encode()))
    assert facts.keys() == FACTS.keys()
    for table, found in facts.items():
        assert found, table
        assert {len(row) for row in found} == {len(FACTS[table])}, table


def test_properties_are_single_values() -> None:
    assert rows("_property") == [
        ("title", "/title", "text", "Größe", 2),
        ("n", "/n", "number", 12, 3),
        ("f", "/f", "number", 1.5, 4),
        ("big", "/big", "number", 123456789012345678901234567890.0, 5),
        ("no", "/no", "number", None, 6),
        ("done", "/done", "checkbox", 1, 7),
        ("none", "/none", "empty", None, 8),
        ("list", "/list/0", "text", "a", 9),
        ("list", "/list/1", "number", 2, 9),
        ("list", "/list/2/deep~1er", "text", "x", 9),
        ("list", "/list/3", "list", None, 9),
        ("aliases", "/aliases/0", "text", "Other", 10),
        ("tags", "/tags/0", "text", "one", 11),
        ("up", "/up", "text", "[[b]]", 12),
    ]


def test_links_are_the_edges_of_the_graph_with_places_in_code_points() -> None:
    links = [(row[0], row[1], row[2], row[6], row[8], row[9:]) for row in rows("_link")]
    assert links == [
        ("property", 0, "b", "b", "up", (12, 6)),
        ("wiki", 0, "b#H", "shown", None, (15, 6)),
        ("wiki", 1, "p.png", "p.png", None, (15, 20)),
        ("inline", 0, "b.md", "m", None, (15, 42)),
        ("wiki", 0, "c", "c", None, (15, 63)),
        ("wiki", 0, "b", "b", None, (19, 14)),
    ]


def test_tags_of_the_body_and_of_properties() -> None:
    assert sorted(rows("_tag")) == [
        ("#PAPER", None, 18, 3),
        ("#PAPER", None, 19, 3),
        ("#one", "tags.0", 11, 8),
        ("#two/three", None, 15, 31),
    ]


def test_only_a_line_that_leads_out_of_the_vault_cites() -> None:
    assert rows("_citation") == [
        (
            '["PAPER"]',
            "T (Doe 2020)",
            "https://arxiv.org/abs/2001.00001",
            "arxiv",
            "2001.00001",
            18,
            3,
        )
    ]


def test_bytes_that_are_no_utf8_are_readable() -> None:
    facts = facts_of(parse_note("n.md", b"# caf\xe9\n#t\xff [[x\xfe]]\n"))
    assert facts["_heading"] == [(1, "caf\ufffd", 1, 1)]
    (link,) = facts["_link"]
    assert (link[2], link[3]) == ("x\ufffd", "x\udcfe")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("one two\nthree", 3),
        ("don't well-known", 2),
        ("---\nnot: counted\n---\none", 1),
        ("日本語 text", 4),
        ("— … !", 0),
    ],
)
def test_words(text: str, count: int) -> None:
    assert word_count(parse_note("n.md", text.encode())) == count


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("a.md", "note"),
        ("A.MD", "note"),
        ("b.canvas", "canvas"),
        ("c.png", "image"),
        ("d", "other"),
    ],
)
def test_kinds(file: str, kind: str) -> None:
    assert kind_of(file) == kind
