"""The sources that notes cite, each once."""

import pytest

from vaultlint.note.parse import parse_note
from vaultlint.view.reading_list import CitedSource, reading_list


def sources(*texts: str) -> tuple[CitedSource, ...]:
    return reading_list(parse_note(f"{n}.md", text.encode()) for n, text in enumerate(texts))


def test_one_paper_under_several_addresses_is_one_source() -> None:
    (source,) = sources(
        "- #PAPER [A theory of lists](https://arxiv.org/abs/2101.00001)\n",
        "- #REVIEW [Theory of lists (Doe 2020)](https://arxiv.org/pdf/2101.00001v2)\n",
    )
    assert source.title == "A theory of lists"
    assert source.author == "Doe"
    assert source.year == 2020
    assert source.kind == "arXiv"
    assert source.identifier == ("arxiv", "2101.00001")
    assert source.tags == ("PAPER", "REVIEW")
    assert source.notes == ("0.md", "1.md")
    assert [place.offset for place in source.places] == [9, 10]


def test_an_arxiv_id_tells_the_year_when_no_text_does() -> None:
    (source,) = sources("- #PAPER [A theory of lists](https://arxiv.org/abs/1904.00001)\n")
    assert source.year == 2019


def test_without_an_identifier_the_address_or_a_long_title_tells() -> None:
    found = sources(
        "- #CODE [Lists](https://example.org/lists)\n- #TALK [On lists](https://a.example/)\n",
        "- #CODE [The lists](https://example.org/lists/)\n- #TALK [On lists](https://b.example/)\n",
        "- #BOOK [A theory of all lists](https://www.c.example/)\n",
        "- #BOOK [A Theory of All Lists (Doe 2001)](https://d.example/)\n",
    )
    told = [(source.title, source.kind, len(source.places)) for source in found]
    assert told == [
        ("A theory of all lists", "c.example", 2),
        ("Lists", "example.org", 2),
        ("On lists", "a.example", 1),
        ("On lists", "b.example", 1),
    ]


@pytest.mark.parametrize(
    "line", ["- #PAPER see [[Other]]\n", "- #PAPER nothing\n", "- [x](https://a.b)\n"]
)
def test_what_cites_nothing(line: str) -> None:
    assert sources(line) == ()


def test_an_address_that_is_none_has_no_host() -> None:
    (source,) = sources("- #CODE [Lists](https://[bad/x)\n")
    assert source.kind == "elsewhere"
