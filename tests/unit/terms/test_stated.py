"""What the text of a citation states, read without a template."""

import pytest

from vaultlint.terms.stated import stated, words


@pytest.mark.parametrize(
    ("text", "title", "author", "year"),
    [
        ("Lists (Doe 2021)", "Lists", "Doe", 2021),
        ("Lists (of lists) (Doe & Roe, 2021 PACKT)", "Lists (of lists)", "Doe & Roe", 2021),
        ("Lists (2021)", "Lists", None, 2021),
        ("Lists (arxiv.org)", "Lists (arxiv.org)", None, None),
        ("Lists (2019 to 2021)", "Lists (2019 to 2021)", None, None),
        ("Lists (CVPR 2021, arXiv 2021)", "Lists", "CVPR", 2021),
        ("[2101.00001] Lists (Doe 2021)", "Lists", "Doe", 2021),
        ("\\[2101.00001v2\\] Lists", "Lists", None, None),
        ("**Lists (Doe 2021)**", "Lists", "Doe", 2021),
        ("Lists of 2021", "Lists of 2021", None, None),
        ("(Doe 2021)", "", "Doe", 2021),
        ("", "", None, None),
        ("Lists (Doe 1850)", "Lists (Doe 1850)", None, None),
        ("Lists (12021)", "Lists (12021)", None, None),
    ],
)
def test_stated(text: str, title: str, author: str | None, year: int | None) -> None:
    assert stated(text) == (title, author, year)


def test_words_are_folded() -> None:
    assert words("Größe_of: the Über-Liste, 2.0") == [
        "grösse",
        "of",
        "the",
        "über",
        "liste",
        "2",
        "0",
    ]
