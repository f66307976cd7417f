"""The published index: its views are a contract, its writes touch what differs."""

import sqlite3
from pathlib import Path

import pytest

from tests.unit.sync.published_of import published_of, publisher_of, session_of
from vaultlint.errors import StoreError
from vaultlint.store.published import Published
from vaultlint.store.published_form import FORM, VERSION, VIEWS

# The contract of version 1. A column may be added at the end of a view; nothing else may change
# without a new version of the format.
COLUMNS = {
    "meta": "key value",
    "notes": "path name folder size words digest properties metadata",
    "links": "source kind embed link target anchor anchor_type anchor_line display original "
    "property line column",
    "backlinks": "path source kind embed anchor display original property line column",
    "unresolved": "source link kind embed original property line column",
    "tags": "path tag property line column",
    "properties": "path property pointer type value line",
    "headings": "path level heading line column",
    "blocks": "path id line",
    "aliases": "path alias line",
    "citations": "path source kinds text url identifier title author year line column",
    "sources": "key kind title author year doi arxiv isbn url citations notes",
    "attachments": "path name folder kind size",
    "diagnostics": "path rule severity line column end_line end_column message fingerprint",
}
DOCS = Path(__file__).parents[3] / "docs" / "index.md"


def columns_of(path: Path, view: str) -> str:
    with sqlite3.connect(path) as connection:
        found = connection.execute(f"SELECT * FROM {view} LIMIT 0").description
    connection.close()
    return " ".join(column[0] for column in found)


def test_the_views_and_their_columns_stay_as_they_are(tmp_path: Path) -> None:
    with Published(tmp_path / "index.db") as published:
        assert VERSION == 1
        assert {view: columns_of(published.path, view) for view in VIEWS} == COLUMNS


def test_the_documentation_names_every_view_and_column() -> None:
    text = DOCS.read_text(encoding="utf-8")
    for view, columns in COLUMNS.items():
        row = next(line for line in text.splitlines() if line.startswith(f"| `{view}` |"))
        assert [name for name in columns.split() if f"`{name}`" not in row] == [], view


def test_meta_shows_what_is_public() -> None:
    with published_of({"a.md": ""}) as published:
        rows = dict(published.select("SELECT key, value FROM meta"))
    assert rows == {"format": "vaultlint-index", "version": "1", "vault": "/vault"}


def test_a_link_that_is_no_utf8_resolves_by_its_exact_text() -> None:
    files = {"a.md": b"[[caf\xe9]]\n", "b.md": "[[gone]]\n"}
    session = session_of(files)
    with published_of(files) as published:
        (link,) = [link for link in published.links() if "caf" in link.path]
        assert link.path == "caf\udce9"
        assert published.select("SELECT link FROM unresolved WHERE source = 'a.md'") == [
            ("caf\\xe9",)
        ]
        assert not publisher_of(session, published).publish().any


def test_nothing_is_written_when_nothing_differs(tmp_path: Path) -> None:
    files = {
        "a.md": "[[b]] #t\n",
        "b.md": "- #PAPER [T (A 2020)](https://arxiv.org/abs/2001.00001)",
    }
    session = session_of(files)
    with Published(tmp_path / "index.db") as published:
        publisher_of(session, published).publish()
        before = published.select("SELECT total_changes()")
        assert not publisher_of(session, published).publish().any
        ((known,),), ((now,),) = before, published.select("SELECT total_changes()")
        assert now == known


def test_an_update_that_fails_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Published(tmp_path / "index.db") as published:
        publisher_of(session_of({"a.md": "one"}), published).publish()

        def fail(*_: object) -> None:
            raise StoreError("no room")

        later = publisher_of(session_of({"a.md": "two", "b.md": "three"}), published)
        monkeypatch.setattr(published, "set_meta", fail)
        with pytest.raises(StoreError, match="no room"):
            later.publish()
        assert published.select("SELECT path, words FROM notes") == [("a.md", 1)]


def test_readers_see_one_moment_while_another_writes(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    with Published(path) as published, Published(path) as reader, Published(path) as other:
        publisher_of(session_of({"a.md": "[[b]]"}), published).publish()
        with reader.reading():
            assert reader.select("SELECT count(*) FROM notes") == [(1,)]
            publisher_of(session_of({"a.md": "", "b.md": ""}), published).publish()
            assert reader.select("SELECT count(*) FROM notes") == [(1,)]
            assert reader.select("SELECT count(*) FROM unresolved") == [(1,)]
            assert other.select("SELECT count(*) FROM notes") == [(2,)]
        assert reader.select("SELECT count(*) FROM notes") == [(2,)]


def test_an_index_of_an_older_form_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    with Published(path) as published:
        publisher_of(session_of({"a.md": ""}), published).publish()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {FORM.version - 1}")
    connection.close()
    with Published(path) as published:
        assert published.files() == {}
