import pickle

import pytest

from vaultlint.errors import ConfigError
from vaultlint.terms import Pattern


def test_spans_count_code_points():
    text = "é😀ab ab"
    assert [span.of(text) for span in Pattern("ab").find(text)] == ["ab", "ab"]
    assert list(Pattern("ab").find(text)) == [(2, 4), (5, 7)]


@pytest.mark.parametrize(
    ("source", "text", "spans"),
    [
        ("$", "ab", [(2, 2)]),
        ("(?m)^", "é\né", [(0, 0), (2, 2)]),
        ("x*", "é😀x", [(0, 0), (1, 1), (2, 3), (3, 3)]),
        (r"\B", "😀ab", [(0, 0), (2, 2)]),
        ("(é)|(😀)", "aé😀", [(1, 2), (2, 3)]),
    ],
)
def test_empty_matches_stand_between_characters_and_come_once(source, text, spans):
    assert list(Pattern(source).find(text)) == spans


def test_matching_a_part_and_the_whole():
    assert Pattern("b").search("abc")
    assert not Pattern("b").fullmatch("abc")
    assert Pattern(".+").fullmatch("naïve")


def test_an_undecodable_byte_is_one_character_of_no_meaning():
    text = b"a\xffb\xf0".decode("utf-8", "surrogateescape")
    assert list(Pattern("b").find(text)) == [(2, 3)]
    assert Pattern("^a.b.$").search(text)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("a(?=b)", "lookahead"),
        ("(?<!a)b", "lookbehind"),
        ("(?>a)", "atomic groups"),
        (r"(a)\1", "back-reference"),
        ("(", "not valid in RE2 syntax: missing )"),
        ("a{2000}", "repetition"),
        ("a" * 1001, "longer than 1000"),
        ("\ud800", "not valid Unicode"),
    ],
)
def test_what_does_not_compile_is_explained(source, said, capfd):
    with pytest.raises(ConfigError, match=said.replace(")", r"\)")):
        Pattern(source)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "source", ["(a+)+$", "(a|aa)+$", "(a*)*b", "^(([a-z])+.)+[A-Z]$", "a.*z|a"]
)
def test_evil_patterns_come_to_an_end(source):
    assert len(list(Pattern(source).find("a" * 100_000))) <= 1000


def test_it_can_be_pickled_and_compared():
    pattern = Pattern("a+")
    copy = pickle.loads(pickle.dumps(pattern))
    assert copy == pattern
    assert hash(copy) == hash(pattern)
    assert copy.fullmatch("aa")
    assert pattern != Pattern("a")
