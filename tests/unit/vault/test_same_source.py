"""When two citations are of one source."""

import pytest

from vaultlint.note.model import CitedLink
from vaultlint.terms.stated import Stated
from vaultlint.text import Span
from vaultlint.vault.same_source import (
    by_source,
    conflicts,
    same_source,
    same_title,
    source_names,
    unlike,
)

ZERO = Span(0, 0)


def link(kind: str | None, identifier: str = "1", text: str = "t", url: str = "") -> CitedLink:
    named = None if kind is None else (kind, identifier)
    return CitedLink(text, ZERO, url or f"https://example.org/{identifier}", ZERO, ZERO, named)


def test_identifiers_decide_first() -> None:
    long = "A long theory of all lists (Doe 2021)"
    assert same_source(link("arxiv", "1", "A"), link("arxiv", "1", "B"))
    assert not same_source(link("arxiv", "1", long), link("arxiv", "2", long))
    assert same_source(link("arxiv", "1", long), link("doi", "2", long))
    assert same_source(link(None, "1", long), link("doi", "2", long))


def test_one_url_is_one_source_unless_the_titles_are_unlike() -> None:
    urls = "https://example.org/x/", "http://www.example.org/x#top"
    one, other = (link(None, "", "The book of lists", url) for url in urls)
    assert set(source_names(one)) & set(source_names(other))
    assert same_source(one, other)
    assert same_source(one, other._replace(text="The book of lists, in R (Doe 2020)"))
    assert not same_source(one, other._replace(text="Chapter four"))


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("A theory of lists (Doe 2021)", "A Theory of Lists (Doe, 2021)"),
        ("A theory of all lists (Doe 2021)", "A theory of all lists (Doe 2019)"),
        ("A theory of all lists (Doe 2021)", "A theory of all lists (2019)"),
        ("A theory of all lists (Doe 2021)", "A theory of all lists (Doe & Roe 2019)"),
        (
            "All we know of the theory of lists (Doe 2021)",
            "All we know of the theory of lists (Roe 2020)",
        ),
    ],
)
def test_titles_of_one_source(text: str, other: str) -> None:
    assert same_title(text, other)
    assert same_title(other, text)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Two lists (Doe 2021)", "Two lists (Doe 2021)"),
        ("A theory of lists", "A theory of lists"),
        ("A theory of lists (Doe 2021)", "A theory of lists (Doe 2020)"),
        ("A theory of lists (Doe 2021)", "A theory of lists (Roe 2021)"),
        ("A theory of all lists (Doe 2021)", "A theory of all lists (Roe 2021)"),
        ("A theory of all lists", "A theory of all sets"),
    ],
)
def test_titles_that_may_be_of_two_sources(text: str, other: str) -> None:
    assert not same_title(text, other)
    assert not same_title(other, text)
    assert not same_title(text, None)


def test_unlike() -> None:
    assert unlike("A survey of echo networks", "Comparing gated networks over time")
    assert not unlike("Scholkopf's theory of lists", "Schölkopf's theory of sets")
    assert not unlike("", "Lists")


def test_conflicts() -> None:
    own = Stated("A theory of lists", "Schölkopf and Doe", 2021)
    assert list(conflicts(own, Stated("Theory of Lists", "Scholkopf et al.", 2021))) == []
    assert list(conflicts(own, Stated("A theory of sets", "Roe", 2020))) == [
        ("year", "2021", "2020"),
        ("author", "Schölkopf and Doe", "Roe"),
        ("title", "A theory of lists", "A theory of sets"),
    ]
    assert list(conflicts(own, Stated("", None, None))) == []


def groups(*links: CitedLink) -> list[list[int]]:
    return by_source(links)


def test_an_identifier_gathers_citations_under_any_title() -> None:
    assert groups(link("arxiv", "1"), link("doi", "2"), link("arxiv", "1", "other")) == [
        [0, 2],
        [1],
    ]


def test_a_title_joins_what_identifiers_of_other_kinds_name() -> None:
    title = "A long theory of all lists (Doe 2021)"
    links = [link("arxiv", "1", title), link("doi", "2", title), link(None, "3", title)]
    assert groups(*links) == [[0, 1, 2]]


def test_no_citation_makes_one_source_of_two_identifiers_of_a_kind() -> None:
    title = "A long theory of all lists (Doe 2021)"
    links = [link("arxiv", "1", title), link("arxiv", "2", title), link("doi", "3", title)]
    assert groups(*links) == [[0, 2], [1]]


def test_many_sources_of_one_name_stay_apart_in_linear_time() -> None:
    url = "https://example.org/list"
    links = [link(None, "", f"one{n} two{n} three{n} four{n}", url) for n in range(2000)]
    assert len(groups(*links)) == 2000
