"""Sources as BibTeX: escaped, typed, and read back by another program as they were."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string
from pybtex.richtext import Text

from tests.shared_data import SHARED, needs_vaults
from tests.unit.sync.published_of import published_of, session_of
from vaultlint.sync.bibtex import bibtex, escape
from vaultlint.sync.publish import citations_of
from vaultlint.sync.sources import Cited, Conventions, Source, sources


def source(**parts: object) -> Source:
    cited = Cited("Reading list.md", 0, ("PAPER",), None, "", None, 3)
    base = Source(
        "key1", "PAPER", "Title", "Doe", 2021, None, None, None, "https://a.example", (cited,), ()
    )
    return base._replace(**parts)


def entry(**parts: object) -> str:
    return "".join(bibtex([source(**parts)]))


# Commands of LaTeX that the decoder of pybtex leaves alone.
LEFT = {"textbraceleft ": "{", "textbraceright ": "}", "textasciicircum ": "^", "$": "$"}


def plain(text: str) -> str:
    """Return what TeX would print for ``text``."""
    printed = str(Text.from_latex(text))
    for command, char in LEFT.items():
        printed = printed.replace(f"\\{command}", char)
    return printed


def test_an_entry() -> None:
    assert entry(arxiv="2101.00001", doi="10.1000/x_y", isbn="9780000000002") == (
        "@misc{key1,\n"
        "  author = {Doe},\n"
        "  title = {Title},\n"
        "  year = {2021},\n"
        "  doi = {10.1000/x\\_y},\n"
        "  eprint = {2101.00001},\n"
        "  archiveprefix = {arXiv},\n"
        "  isbn = {9780000000002},\n"
        "  url = {https://a.example},\n"
        "  keywords = {PAPER},\n"
        "  note = {Cited in Reading list.md:3},\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("R&D: 100% of $5 #1 a_b", r"R\&D: 100\% of \$5 \#1 a\_b"),
        ("{x}", r"\textbraceleft{}x\textbraceright{}"),
        ("\\y ~z ^w", r"\textbackslash{}y \textasciitilde{}z \textasciicircum{}w"),
        ("a -- b --- c", "a -{}- b -{}-{}- c"),
        ("``a'' ?`", "`{}`a'{}' ?{}`"),
        ("über 日本 — œ", "über 日本 — œ"),
        (" two\nlines\t\x1b[0m ", "two lines [0m"),
    ],
)
def test_escapes(text: str, escaped: str) -> None:
    assert escape(text) == escaped


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("BERT: deep learning", "{BERT}: deep learning"),
        ("A Theory of Lists", "A Theory of Lists"),
        ("The iPhone and McCall", "The {iPhone} and {McCall}"),
        ("Vitamin C and K-means", "Vitamin {C} and {K}-means"),
        ("I and A", "I and A"),
        ("R&D in GPT-4", r"{R}\&{D} in {GPT}-4"),
    ],
)
def test_capitals_that_mean_something_are_kept(title: str, field: str) -> None:
    assert f"  title = {{{field}}},\n" in entry(title=title)


@pytest.mark.parametrize(
    ("author", "field"),
    [
        ("Doe", "Doe"),
        ("Doe & Roe", "Doe and Roe"),
        ("Doe et al.", "Doe and others"),
        ("van der Maaten", "{van der Maaten}"),
        ("OpenAI team, Roe", "{OpenAI team} and Roe"),
        ("Lopez-Paz", "{Lopez-Paz}"),
        ("Others", "{Others}"),
    ],
)
def test_names_are_not_taken_apart(author: str, field: str) -> None:
    assert f"  author = {{{field}}},\n" in entry(author=author)


@pytest.mark.parametrize(
    ("kind", "type_"),
    [("PAPER", "misc"), ("book", "book"), ("THESIS", "phdthesis"), ("THESIS/MSC", "mastersthesis")],
)
def test_types(kind: str, type_: str) -> None:
    assert entry(kind=kind).startswith(f"@{type_}{{key1,\n")


def test_what_is_not_known_is_left_out() -> None:
    text = entry(author=None, year=None, title=None, url="https://a.example/{x} y")
    assert "author" not in text
    assert "year" not in text
    assert "title = {https://a.example/\\textbraceleft{}x\\textbraceright{} y},\n" in text
    assert "  url = {https://a.example/%7Bx%7D%20y},\n" in text


letters = string.ascii_letters + string.digits + " .,:;!?()-'`&%$#_{}~^\"/*+=<>|äßéøλ日—’"
titles = st.text(letters, min_size=1).map(lambda text: " ".join(text.split())).filter(bool)


@given(titles, st.text(string.ascii_letters + " äé-&", min_size=1).filter(str.strip))
def test_another_program_reads_what_was_written(title: str, author: str) -> None:
    read = parse_string(entry(title=title, author=author), "bibtex").entries["key1"]
    assert plain(read.fields["title"]) == title
    assert read.fields["year"] == "2021"
    assert read.fields["url"] == "https://a.example"
    assert plain(read.fields["note"]) == "Cited in Reading list.md:3"


@needs_vaults
def test_a_real_reading_list_comes_back_whole() -> None:
    root = SHARED / "vaults" / "digitalgarden" / "content"
    files = {file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*.md")}
    session = session_of(files, "research")
    with published_of(files, "research") as published:
        found = sources(citations_of(published, session), Conventions(session.config))
    assert len(found) > 2000
    read = parse_string("".join(bibtex(found)), "bibtex").entries
    assert list(read) == [each.key for each in found]
    for each in found:
        fields = read[each.key].fields
        assert plain(fields["title"]) == " ".join((each.title or each.url).split())
        assert fields.get("year") == (None if each.year is None else str(each.year))
        assert fields.get("eprint") == each.arxiv
        assert (plain(fields["doi"]) if "doi" in fields else None) == each.doi
        persons = read[each.key].persons.get("author", [])
        assert all(not person.first_names for person in persons), each.author
