"""The bibliography: each source once, as most citations state it."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.config.loading import load
from vaultlint.note.identifiers import identifier
from vaultlint.sync.sources import Cited, Conventions, Source, sources

RESEARCH = """
rules:
  citation-format: {formats: {PAPER: "{title} ({author} {year})", BOOK: "{title}"}}
  citation-kind: {kinds: [PAPER, BOOK, THESIS]}
"""


def cited(kind: str, text: str | None, url: str, file: str = "a.md", line: int = 1) -> Cited:
    return Cited(file, line, tuple(kind.split()), text, url, identifier(url), line)


def read(*citations: Cited, config: str = RESEARCH) -> list[Source]:
    return sources(citations, Conventions(load(config)))


def test_one_source_under_many_addresses() -> None:
    (source,) = read(
        cited("PAPER", "A theory of lists (Doe 2021)", "https://arxiv.org/abs/2101.00001"),
        cited("PAPER", "Theory of lists (Doe 2021)", "https://arxiv.org/pdf/2101.00001v2", line=2),
        cited("PAPER", "A theory of lists (Doe 2021)", "https://doi.org/10.1000/xyz", "b.md"),
    )
    assert source[:9] == (
        "doe2021theory", "PAPER", "A theory of lists", "Doe", 2021, "10.1000/xyz", "2101.00001", None,
        "https://doi.org/10.1000/xyz",
    )  # fmt: skip
    assert [(each.file, each.line) for each in source.cited] == [
        ("a.md", 1),
        ("a.md", 2),
        ("b.md", 1),
    ]


def test_most_statements_count_and_author_and_year_come_from_one() -> None:
    url = "https://arxiv.org/abs/2101.00001"
    (source,) = read(
        cited("PAPER", "Lists (Roe 2020)", url),
        cited("PAPER", "A theory of lists (Doe 2021)", url, line=2),
        cited("PAPER", "A Theory of Lists (Doe 2021)", url, line=3),
        cited("BOOK", "Lists", url, line=4),
    )
    assert (source.title, source.author, source.year) == ("A theory of lists", "Doe", 2021)
    assert source.kind == "PAPER"


def test_an_arxiv_id_tells_the_year_when_no_text_does() -> None:
    (source,) = read(cited("PAPER", "Lists", "https://arxiv.org/abs/1904.00001"))
    assert (source.author, source.year) == (None, 2019)


def test_a_template_is_read_before_the_usual_form() -> None:
    config = "rules: {citation-format: {formats: {PAPER: '{author}: {title}, {year}'}}}"
    (source,) = read(
        cited("PAPER", "Doe: Lists (and sets), 2021", "https://a.example"), config=config
    )
    assert (source.title, source.author, source.year) == ("Lists (and sets)", "Doe", 2021)


@pytest.mark.parametrize(
    ("kind", "counts_as"),
    [
        ("PAPER", "PAPER"),
        ("paper", "PAPER"),
        ("THESIS/PHD", "THESIS"),
        ("idea PAPER", "PAPER"),
        ("todo", None),
    ],
)
def test_where_the_vault_names_kinds_only_these_cite(kind: str, counts_as: str | None) -> None:
    found = read(cited(kind, "Lists (Doe 2021)", "https://arxiv.org/abs/2101.00001"))
    assert [source.kind for source in found] == ([counts_as] if counts_as else [])


@pytest.mark.parametrize(
    ("text", "url", "counts"),
    [
        ("Lists", "https://arxiv.org/abs/2101.00001", True),
        ("Lists (Doe 2021)", "https://a.example", True),
        ("Lists (2021)", "https://a.example", False),
        ("call me", "https://a.example", False),
        (None, "https://a.example", False),
        (None, "https://doi.org/10.1000/xyz", True),
    ],
)
def test_elsewhere_an_identifier_or_author_and_year_do(
    text: str | None, url: str, counts: bool
) -> None:
    assert len(read(cited("x", text, url), config="")) == counts


def test_conventions_differ_by_path() -> None:
    config = (
        RESEARCH
        + "overrides: [{paths: ['b/**'], rules: {citation-format: off, citation-kind: off}}]"
    )
    citations = [
        cited("x", "Lists (Doe 2021)", "https://a.example", file) for file in ("a.md", "b/b.md")
    ]
    assert [each.file for source in read(*citations, config=config) for each in source.cited] == [
        "b/b.md"
    ]
    files = ["a.md", "b/b.md"]
    one, other = (Conventions(load(text)).described(files) for text in (config, RESEARCH))
    assert one != other


some = st.builds(
    cited,
    st.sampled_from(["PAPER", "BOOK", "THESIS/MSC", "x"]),
    st.sampled_from(["A theory of all lists (Doe 2021)", "A theory of all lists", "Lists (Doe 2021)", "Sets", None]),
    st.sampled_from(["https://arxiv.org/abs/2101.00001", "https://doi.org/10.1000/xyz", "https://a.example/x", "https://a.example/y"]),
    st.sampled_from(["a.md", "b.md"]),
    st.integers(1, 5),
)  # fmt: skip


@given(st.lists(some, max_size=8, unique_by=lambda each: (each.file, each.number)), st.randoms())
def test_the_order_of_citations_does_not_matter(citations: list[Cited], random: object) -> None:
    shuffled = list(citations)
    random.shuffle(shuffled)
    found = read(*citations)
    assert read(*shuffled) == found
    assert len({source.key for source in found}) == len(found)
    places: Mapping = {}
    for source in found:
        for each in source.cited:
            assert (each.file, each.number) not in places
