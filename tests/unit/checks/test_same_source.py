"""When two citations are of one source."""

from vaultlint.checks._citations import Stated
from vaultlint.checks._same_source import conflicts, distinct, title_name
from vaultlint.note.model import CitedLink
from vaultlint.text import Span

ZERO = Span(0, 0)


def link(kind: str | None, identifier: str = "1") -> CitedLink:
    named = None if kind is None else (kind, identifier)
    return CitedLink("t", ZERO, "https://example.org", ZERO, ZERO, named)


def test_only_identifiers_of_one_kind_tell_sources_apart() -> None:
    assert distinct(link("arxiv", "1"), link("arxiv", "2"))
    assert not distinct(link("arxiv", "1"), link("doi", "2"))
    assert not distinct(link(None), link("doi"))


def test_a_title_is_a_name_only_with_author_year_and_three_words() -> None:
    assert title_name("A theory of lists (Doe 2021)") == title_name("A Theory of Lists (Doe, 2021)")
    assert title_name("A theory of lists") is None
    assert title_name("A theory of lists (2021)") is None
    assert title_name("Two lists (Doe 2021)") is None
    assert title_name(None) is None


def test_conflicts() -> None:
    own = Stated("A theory of lists", "Schölkopf and Doe", 2021)
    assert list(conflicts(own, Stated("Theory of Lists", "Scholkopf et al.", 2021))) == []
    assert list(conflicts(own, Stated("A theory of sets", "Roe", 2020))) == [
        ("year", "2021", "2020"),
        ("author", "Schölkopf and Doe", "Roe"),
        ("title", "A theory of lists", "A theory of sets"),
    ]
    assert list(conflicts(own, Stated("", None, None))) == []
