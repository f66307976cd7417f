"""What a check found becomes a diagnostic that stands alone."""

from types import MappingProxyType
from typing import Any, NamedTuple

import pytest

from vaultlint.check import Check, Found
from vaultlint.config.ruleset import Rule
from vaultlint.diagnostics import Severity
from vaultlint.engine.render import MAX_EXCERPT, plain, render
from vaultlint.note.parse import parse_note
from vaultlint.text import Position, Span


def check(message: str = "found {what}") -> Check:
    return Check("a-check", lambda *_: (), message, Severity.ERROR, "0.1")


def rule(severity: Severity = Severity.ERROR, message: str | None = None) -> Rule:
    return Rule("a-rule", check(), severity, None, message)


def rendered(data: bytes, *found: Found, by: Rule | None = None) -> tuple:
    note = parse_note("a.md", data)
    return render(by or rule(), found, note, note.lines)


@pytest.mark.parametrize("data", [b"one\ntwo\n", b"one\r\ntwo\r\n", b"\xef\xbb\xbfone\ntwo\n"])
def test_positions_are_those_of_the_text(data: bytes) -> None:
    start = data.removeprefix(b"\xef\xbb\xbf").index(b"two")
    (one,) = rendered(data, Found(Span(start, start + 3), {"what": "two"}))
    assert (one.start, one.end) == (Position(2, 1), Position(2, 4))
    assert (one.excerpt, one.message) == ("two", "found two")


def test_the_severity_is_the_lower_of_rule_and_finding() -> None:
    findings = [Found(Span(0, 1), at_most=level) for level in Severity]
    strict = rendered(b"abc", *findings)
    lenient = rendered(b"abc", *findings, by=rule(Severity.WARNING))
    assert [one.severity for one in strict] == [1, 2, 3]
    assert [one.severity for one in lenient] == [1, 2, 2]
    assert all(type(one.severity) is Severity for one in strict)


def test_the_message_of_the_rule_wins_over_that_of_the_finding_and_of_the_check() -> None:
    found = Found(Span(0, 1), {"what": "x"}, message="own {what}")
    assert rendered(b"abc", found)[0].message == "own x"
    assert rendered(b"abc", found, by=rule(message="ruled {what}"))[0].message == "ruled x"


def test_equal_places_are_told_apart_by_their_order_in_the_text() -> None:
    first, second = Found(Span(0, 2)), Found(Span(3, 5))
    there = rendered(b"ab ab", second, first)
    assert [one.span for one in there] == [first.span, second.span]
    assert there[0].fingerprint != there[1].fingerprint
    moved = rendered(b"new line\n\nab ab", Found(Span(10, 12)), Found(Span(13, 15)))
    assert [one.fingerprint for one in moved] == [one.fingerprint for one in there]


def test_line_ends_do_not_name_a_finding() -> None:
    names = {
        rendered(text, Found(Span(0, len(text))))[0].fingerprint
        for text in (b"one\ntwo\n", b"one\r\ntwo\r\n", b"one\rtwo\r")
    }
    assert len(names) == 1


def test_what_a_finding_is_about_names_it_too() -> None:
    one, other, plain_ = rendered(
        b"---\n",
        Found(Span(0, 3), {"about": "title"}),
        Found(Span(0, 3), {"about": "date"}),
        Found(Span(0, 3)),
    )
    (alone,) = rendered(b"---\n", Found(Span(0, 3), {"about": "date"}))
    assert alone.fingerprint == other.fingerprint
    assert len({one.fingerprint, other.fingerprint, plain_.fingerprint}) == 3


def test_a_span_outside_of_the_text_is_cut_to_it() -> None:
    spans = [Span(-5, 2), Span(2, 99), Span(50, 60), Span(3, 1)]
    found = rendered(b"abcd", *(Found(span) for span in spans))
    assert {one.span for one in found} == {(0, 2), (2, 4), (4, 4), (3, 3)}


def test_an_endless_line_is_not_carried_whole() -> None:
    (one,) = rendered(b"x" * 50_000, Found(Span(40_000, 40_001)))
    assert len(one.excerpt) == MAX_EXCERPT
    assert one.start == Position(1, 40_001)


class Pair(NamedTuple):
    left: int
    right: str


class Text(str):
    __slots__ = ()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Severity.ERROR, 3),
        (Span(1, 2), (1, 2)),
        (Pair(1, "a"), (1, "a")),
        (MappingProxyType({"a": Span(0, 1)}), {"a": (0, 1)}),
        ([Pair(1, "x")], [(1, "x")]),
        (frozenset({"b", "a"}), ["a", "b"]),
        (Text("text"), "text"),
        (1.5, 1.5),
        (None, None),
        (object, str(object)),
    ],
)
def test_data_is_made_plain(value: Any, expected: Any) -> None:
    made = plain(value)
    assert made == expected
    assert type(made) in (str, int, float, bool, type(None), tuple, list, dict)
