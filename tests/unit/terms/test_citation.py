"""Citation templates: what they accept, what they read, and what they say is missing."""

import pickle

import pytest

from vaultlint.errors import ConfigError
from vaultlint.terms.citation import CitationTemplate

PAPER = CitationTemplate("{title} ({author} {year})")


@pytest.mark.parametrize(
    ("text", "title", "author", "year"),
    [
        ("Attention (Vaswani 2017)", "Attention", "Vaswani", 2017),
        (
            "A (B) study: part (2) (van der Berg 2020)",
            "A (B) study: part (2)",
            "van der Berg",
            2020,
        ),
        ("T (Tal Ben-Nun and Torsten Hoefler 2018)", "T", "Tal Ben-Nun and Torsten Hoefler", 2018),
        ("T (Smith (Google) 2020)", "T", "Smith (Google)", 2020),
        ("[1908.07442] T 2.0 (Doe 2020a) ", "[1908.07442] T 2.0", "Doe", 2020),
        ("T(Doe  2020 )", "T", "Doe", 2020),
        ("Ünï (Müller & Çelik 1999)", "Ünï", "Müller & Çelik", 1999),
        ("1984 (Orwell 1949)", "1984", "Orwell", 1949),
    ],
)
def test_reads(text: str, title: str, author: str, year: int) -> None:
    assert PAPER.parse(text) == (title, author, year)
    assert PAPER.mismatch(text) == ""


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Attention", 'no "(author year)" at the end'),
        ("Attention (arxiv.org)", 'no "(author year)" at the end'),
        ("Attention (Vaswani)", "no year"),
        ("Attention (2017)", "no author"),
        ("Attention (Vaswani, 2017)", "a comma before the year"),
        ("Attention (Vaswani, 2017 NeurIPS)", "text after the year"),
        ("(Vaswani 2017)", "no title"),
        ("Attention (Vaswani 20171)", "no year"),
        ("Attention Vaswani 2017)", "no author"),
        ("", 'no "(author year)" at the end'),
    ],
)
def test_says_what_is_missing(text: str, problem: str) -> None:
    assert PAPER.parse(text) is None
    assert PAPER.mismatch(text) == problem


@pytest.mark.parametrize(
    ("template", "text", "parsed"),
    [
        ("{title}", " Any (text) ", ("Any (text)", None, None)),
        ("{title}, {year}", "One, two, 2020", ("One, two", None, 2020)),
        ("{author} ({year}). {title}", "Doe, J. (2020). T. (x)", ("T. (x)", "Doe, J.", 2020)),
        ("{year} {title} - {author}", "2020 A - b - Doe", ("A - b", "Doe", 2020)),
        ("{title} [{author}]", "T [x] [Doe]", ("T [x]", "Doe", None)),
        ("{title} ({year}, {author})", "T (2020, Doe)", ("T", "Doe", 2020)),
    ],
)
def test_other_templates(template: str, text: str, parsed: tuple) -> None:
    assert CitationTemplate(template).parse(text) == parsed


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("", "needs {title}"), ("{author} {year}", "needs {title}"), ("{titel}", "no field {titel}"),
        ("{title}{year}", "nothing separates"), ("{title} {title}", "stands twice"),
        ("{title} ({author", "brace"), ("{title}" + "x" * 300, "at most"),
    ],
)  # fmt: skip
def test_wrong_templates(template: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words.replace("{", r"\{").replace("}", r"\}")):
        CitationTemplate(template)


def test_templates_are_values() -> None:
    same = pickle.loads(pickle.dumps(PAPER))
    assert same == PAPER
    assert hash(same) == hash(PAPER)
    assert same.parse("T (Doe 2020)") == ("T", "Doe", 2020)
    assert PAPER.fields == {"title", "author", "year"}


@pytest.mark.parametrize("piece", ["(", ")", " (", "( ", "(a 2020)", "2020", " "])
def test_long_texts_are_read_in_passing(piece: str) -> None:
    for text in (piece * 20_000, piece * 20_000 + " 2020)"):
        assert (PAPER.mismatch(text) == "") == (PAPER.parse(text) is not None)
