"""Full-text search: what is found, in which order, whatever a person types."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultlint.store.fulltext import FullText, Text, expression

NOTES = {
    "a.md": Text("Tides", "Ebb and flood", "The moon pulls the water. Café in Zürich."),
    "b.md": Text("Harbor", "Boats", "Boats wait for the tide, and for the moon. snake_case C++"),
    "c.md": Text("旅行", "東京", "私は東京都に住んでいます。Tokyo tide tables."),
    "d.md": Text("Long", "", "word " * 500 + "needle " + "word " * 500),
}


@pytest.fixture
def full_text(tmp_path: Path) -> Iterator[FullText]:
    with FullText(tmp_path / "fulltext.db") as opened:
        opened.update(dict.fromkeys(NOTES, "1"), NOTES.get)
        yield opened


def found(full_text: FullText, words: str) -> list[str]:
    return [hit.file for hit in full_text.search(words, most=10)]


@pytest.mark.parametrize(
    ("words", "files"),
    [
        ("moon", ["a.md", "b.md"]),
        ("MOON water", ["a.md"]),
        ("cafe zurich", ["a.md"]),
        ("CAFÉ", ["a.md"]),
        ("tides", ["a.md"]),
        ("tid*", ["a.md", "b.md", "c.md"]),
        ('"the moon"', ["a.md", "b.md"]),
        ('"moon the"', []),
        ("snake_case", ["b.md"]),
        ("京都", ["c.md"]),
        ("東京", ["c.md"]),
        ("京東", []),
        ("東京 tables", ["c.md"]),
        ("tokyo AND tide", []),
        ("nothing", []),
    ],
)
def test_words(full_text: FullText, words: str, files: list[str]) -> None:
    assert sorted(found(full_text, words)) == files


def test_a_name_weighs_more_than_a_heading_and_that_more_than_text(tmp_path: Path) -> None:
    notes = {
        "text.md": Text("x", "y", "harbor lights and more words of text"),
        "heading.md": Text("x", "harbor lights", "and more words of text"),
        "name.md": Text("harbor lights", "y", "and more words of text"),
    }
    with FullText(tmp_path / "other.db") as full_text:
        full_text.update(dict.fromkeys(notes, "1"), notes.get)
        assert found(full_text, "harbor") == ["name.md", "heading.md", "text.md"]


def test_a_snippet_shows_the_words_where_they_stand(full_text: FullText) -> None:
    (hit,) = full_text.search("needle", most=10)
    ((start, end),) = hit.marks
    assert hit.snippet[start:end] == "needle"
    assert len(hit.snippet) < 200
    (hit,) = full_text.search("京都", most=10)
    ((start, end),) = hit.marks
    assert hit.snippet[start:end] == "京都"


@pytest.mark.parametrize(
    "words",
    ["", "   ", "***", '"', '""', "- - -", "()", "^", "NEAR(", "a OR", "{x}:", "col:x", "'", "\0"],
)
def test_no_sign_is_syntax(full_text: FullText, words: str) -> None:
    full_text.search(words, most=10)


@given(st.text(st.characters(codec=None), max_size=30))
def test_whatever_is_typed_is_a_valid_query(words: str) -> None:
    import sqlite3

    wanted = expression(words)
    if wanted:
        connection = sqlite3.connect(":memory:")
        connection.execute("CREATE VIRTUAL TABLE t USING fts5 (name, headings, body, ideographs)")
        connection.execute("SELECT * FROM t WHERE t MATCH ?", (wanted,)).fetchall()
        connection.close()


def test_only_what_changed_is_read_again(full_text: FullText) -> None:
    asked: list[str] = []

    def text_of(file: str) -> Text | None:
        asked.append(file)
        return Text("New", "", "fresh words") if file == "b.md" else None

    digests = {"a.md": "1", "b.md": "2", "e.md": "1"}
    assert full_text.update(digests, text_of) == 4
    assert asked == ["b.md", "e.md"]
    assert found(full_text, "moon") == ["a.md"]
    assert found(full_text, "fresh") == ["b.md"]
    assert found(full_text, "needle") == []


def test_hostile_text_leaves_nothing_behind(tmp_path: Path) -> None:
    notes = {"\udcff.md": Text("\udcff", "\x02\x03", "a\x02b\x00c \x03 target \ud800")}
    with FullText(tmp_path / "other.db") as full_text:
        full_text.update({"\udcff.md": "1"}, notes.get)
        (hit,) = full_text.search("target", most=1)
    assert hit.file == "\udcff.md"
    assert "\x02" not in hit.snippet
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["target"]
