import random
import string

import pytest

from vaultlint.checks._vocabulary import bare, line_of, misplaced, place_in_order
from vaultlint.terms import Term
from vaultlint.text import Span


def moved(names):
    return [term.name for term in misplaced([Term(name, "a.md", Span(0, 0)) for name in names])]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], []),
        (["b"], []),
        (["a", "B", "c"], []),
        (["a", "z", "b", "c"], ["z"]),
        (["b", "c", "d", "a"], ["a"]),
        (["a", "a", "b"], []),
        (["Abacus", "A-Frame", "Agile"], []),
        (["A-Frame", "Abacus", "Agile"], []),
        (["Accessibility", "Access Modifiers", "Agile", "Alias", "A-Frame", "B"], ["A-Frame"]),
        (["C", "C#", "C++", "CSS"], []),
        (["Éa", "b", "Éz"], ["Éa"]),
    ],
)
def test_the_fewest_terms_that_are_out_of_order(names, expected):
    assert moved(names) == expected


def test_what_is_left_is_in_order():
    chosen = random.Random(4)
    for _ in range(200):
        names = ["".join(chosen.choices(string.ascii_lowercase, k=3)) for _ in range(12)]
        out = moved(names)
        kept = [name for name in names if name not in out]
        assert kept == sorted(kept)


def test_a_long_list_in_reverse_takes_linear_arithmetic_time():
    assert len(moved([f"{number:06}" for number in range(20_000, 0, -1)])) == 19_999


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Data Base", "database", True),
        ("to-read", "To read", True),
        ("C", "C++", False),
        ("C#", "C", False),
        ("Functions", "Function", False),
        ("☃", "☂", False),
    ],
)
def test_terms_that_are_nearly_the_same(one, other, same):
    assert (bare(one) == bare(other)) is same


@pytest.mark.parametrize(
    ("text", "term", "line"),
    [
        ("a\nb\nc\n", "b", "b\n"),
        ("a\r\nb\r\nc", "b", "b\r\n"),
        ("- 'a'\n- 'b'\n", "b", "- 'b'\n"),
        ("  * b  \nc", "b", "  * b  \n"),
        ("a\nb", "b", "b"),
        ("[a, b]\n", "b", None),
        ("- b: what it means\n", "b", None),
        ("see b\n", "b", None),
    ],
)
def test_a_line_that_holds_only_the_term(text, term, line):
    at = text.rindex(term)
    span = line_of(text, Span(at, at + len(term)))
    assert (None if span is None else span.of(text)) == line


@pytest.mark.parametrize(
    ("text", "term", "expected"),
    [
        ("- Apple\n- Zebra\n- Banana\n- Cherry\n", "Zebra", None),
        ("- Banana\n- Cherry\n- Apple\n- Date\n", "Apple", "- Banana"),
        ("- Banana\n- Cherry\n- Blueberry\n- Date\n", "Cherry", "- Date"),
    ],
)
def test_where_a_term_belongs(text: str, term: str, expected: str | None) -> None:
    names = text.replace("- ", "").split("\n")[:-1]
    places = [(name, text.index(name)) for name in names]
    terms = [Term(name, "a.md", Span(at, at + len(name))) for name, at in places]
    own = next(each for each in terms if each.name == term)
    place = place_in_order(text, own.span, terms)
    assert (None if place is None else text[place.start :].partition("\n")[0]) == expected
