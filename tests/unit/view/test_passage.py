"""The line of a finding, and the construct that a mark must not cut."""

import pytest

from vaultlint.note.parse import parse_note
from vaultlint.text import Span
from vaultlint.view.passage import Passage, passage


def found(text: str, flagged: str) -> Passage:
    at = text.index(flagged)
    return passage(parse_note("a.md", text.encode()), Span(at, at + len(flagged)))


@pytest.mark.parametrize(
    ("text", "flagged", "whole", "prose"),
    [
        ("one\nsee [[Foo|bar]] x\n", "Foo", "[[Foo|bar]]", True),
        ("[a](https://b.c) #tag/x\n", "https://b.c", "[a](https://b.c)", True),
        ("[a](https://b.c) #tag/x\n", "tag", "#tag/x", True),
        ("some words\n", "words", "words", True),
        ("`[[code]] x` y\n", "code", "`[[code]] x`", True),
        ("---\ntags: [a]\n---\n", "a", "a", False),
        ("```\ncode\n```\n", "code", "code", False),
        ("%%\nhidden\n%%\n", "hidden", "hidden", False),
    ],
)
def test_what_is_around(text: str, flagged: str, whole: str, prose: bool) -> None:
    seen = found(text, flagged)
    assert seen.flagged.of(seen.line) == flagged
    assert seen.whole.of(seen.line) == whole
    assert seen.prose is prose


def test_only_the_first_line_of_a_passage() -> None:
    seen = found("a\r\n> b\r\n> c\r\nd", "b\r\n> c")
    assert seen.line == "> b"
    assert seen.flagged.of(seen.line) == "b"


def test_a_place_beyond_the_text() -> None:
    assert passage(parse_note("a.md", b"x"), Span(1, 1)) == Passage(
        "x", Span(1, 1), Span(1, 1), True
    )
