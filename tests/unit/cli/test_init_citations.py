"""How a vault cites, counted."""

import pytest

from vaultlint.cli.init_citations import CitationCounts, CitationHabits, UrlUse, template_of
from vaultlint.note.parse import parse_note

ABS, PDF = "https://arxiv.org/abs/2101.0000{}", "https://arxiv.org/pdf/2101.0000{}v2"


def habits(*lines: str) -> CitationHabits:
    counts = CitationCounts()
    counts.add(parse_note("a.md", "\n".join(f"- {line}" for line in lines).encode()))
    return counts.habits()


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("Attention (Vaswani 2017)", "{title} ({author} {year})"),
        ("Attention (Vaswani et al., 2017)", "{title} ({author} {year})"),
        ("Attention (2017)", "{title} ({year})"),
        ("Attention (second edition)", "{title}"),
        ("Attention", "{title}"),
        (None, "{title}"),
        ("(" * 5000, "{title}"),
    ],
)
def test_templates_of_citations(text: str | None, template: str) -> None:
    assert template_of(text) == template


def test_few_citations_are_no_habit() -> None:
    assert habits("#PAPER [A](https://example.org)") == CitationHabits((), ("PAPER",), None)
    assert habits() == CitationHabits()


def test_kinds_stand_before_a_link_and_are_no_slips() -> None:
    papers = ["#PAPER #REVIEW [A](https://example.org)"] * 10
    others = ["#paper [B](https://example.org)", "#PAPR https://example.org", "#idea see [[x]]"]
    found = habits(*papers, *others, "#THESIS/PHD [C](https://example.org)", "#todo")
    assert found.kinds == ("PAPER", "REVIEW", "THESIS")
    assert [(use.kind, use.number) for use in found.uses] == [("PAPER", 10)]


@pytest.mark.parametrize(
    ("urls", "expected"),
    [
        ([ABS] * 9, UrlUse("abs", "drop", https=True)),
        ([PDF] * 9, UrlUse("pdf", "any", https=True)),
        ([ABS, PDF] * 5, UrlUse("any", "any", https=True)),
        (["https://doi.org/10.1000/{}"] * 9, UrlUse("any", "drop", https=True)),
        (["http://doi.org/10.1000/{}"] * 9, UrlUse("any", "drop", https=False)),
        (["https://example.org/{}"] * 9, None),
    ],
)
def test_urls_have_the_form_that_most_have(urls: list[str], expected: UrlUse | None) -> None:
    lines = ["#PAPER [A](" + url.format(number % 9 + 1) + ")" for number, url in enumerate(urls)]
    assert habits(*lines).urls == expected
