"""A property is a link when its whole value is one."""

import pytest

from vaultlint.note.frontmatter import read_frontmatter
from vaultlint.note.model import Link


def links(yaml: str) -> tuple[str, tuple[Link, ...]]:
    text = f"---\n{yaml}\n---\n[[body]]\n"
    return text, read_frontmatter(text).links


@pytest.mark.parametrize(
    ("yaml", "target", "anchor", "alias"),
    [
        ('up: "[[A]]"', "A", None, None),
        ("up: '[[A|x]]'", "A", None, "x"),
        ('up: "[[A#H|x|y]]"', "A", "H", "x|y"),
        ('up: "[[#H]]"', "", "H", None),
        ('up: "[[A#H#I]]"', "A", "H#I", None),
        ("up: '[[A\\|x]]'", "A", None, "x"),
        ("up: '[[|x]]'", "|x", None, None),
        ('up: "[[ A b | x ]]"', "A b", None, "x"),
        ('up: "[[a]b]]"', "a]b", None, None),
        ('up: "[x](My%20Note.md#A%20b)"', "My Note.md", "A b", "x"),
        ('up: "[x](<My Note.md>)"', "My Note.md", None, "x"),
        ('up: "[x](../A)"', "../A", None, "x"),
        ('up: "[a [b] c](A(1).md)"', "A(1).md", None, "a [b] c"),
        ('up: "[x](50%.md)"', "50%.md", None, "x"),
        ('up: "[x](A%23b.md)"', "A%23b.md", None, "x"),
        ("up: '[x](A.md \"title\")'", "A.md", None, "x"),
    ],
)
def test_links(yaml: str, target: str, anchor: str | None, alias: str | None) -> None:
    text, (link,) = links(yaml)
    assert (link.kind, link.key, link.embed) == ("property", "up", False)
    assert (link.target, link.anchor, link.alias) == (target, anchor, alias)
    assert link.span.of(text) == yaml[5:-1]


@pytest.mark.parametrize(
    "yaml",
    [
        "up: [[A]]", 'up: "[[]]"', 'up: "[[ ]]"', 'up: "see [[A]]"', 'up: "[[A]] [[B]]"',
        'up: "![[A]]"', '"[[A]]": 1', 'up: "[x](https://a.b)"', 'up: "[x](//a.b)"', 'up: "[x]()"',
        'up: "[x](mailto:a)"', 'up: "[x](My Note.md)"', 'up: "[x](a) (b)"', 'up: "[x] (a)"',
        'up: "[[A"', 'up: "[x]"', 'up: "[[a [[b]]"',
    ],
)  # fmt: skip
def test_not_links(yaml: str) -> None:
    assert links(yaml)[1] == ()


def test_spans_cover_the_parts_as_written() -> None:
    text, (wiki, inline) = links('up: "[[ A#H | x ]]"\nto: "[y](B%20c.md#I)"')
    assert wiki.target_span.of(text) == "A"
    assert wiki.anchor_span is not None
    assert wiki.anchor_span.of(text) == "H"
    assert wiki.alias_span is not None
    assert wiki.alias_span.of(text) == "x"
    assert wiki.raw == "A#H"
    assert inline.target_span.of(text) == "B%20c.md"
    assert inline.anchor_span is not None
    assert inline.anchor_span.of(text) == "I"
    assert inline.raw == "B%20c.md#I"
    assert inline.markdown


def test_a_value_spelled_with_escapes_has_the_span_of_the_whole_value() -> None:
    text, (link,) = links("up: '[[it''s]]'")
    assert link.target == "it's"
    assert link.target_span.of(text) == "'[[it''s]]'"


def test_keys_are_dotted_through_lists_and_maps() -> None:
    _, found = links('related:\n  - plain\n  - "[[A]]"\na:\n  b: {c: ["[[B]]"]}')
    assert [link.key for link in found] == ["related.1", "a.b.c.0"]
