"""What a publisher writes, and what it leaves alone."""

from pathlib import Path

from tests.memory_source import MemorySource
from tests.unit.sync.published_of import publisher_of, session_of
from vaultlint.config.request import ConfigRequest
from vaultlint.engine.session import Change, Session
from vaultlint.store.memo import MemoStore
from vaultlint.store.published import Published
from vaultlint.sync.publish import Changes, Publisher

FILES = {
    "a.md": "# One\n[[b#Two]] [[c]]\n",
    "b.md": "# Two\ntext\n",
    "pic.png": b"123",
    "board.canvas": '{"nodes": [{"file": "a.md"}]}',
}


class Following:
    """A session and a publisher that follows it."""

    def __init__(self, files: dict[str, str | bytes], published: Published) -> None:
        self.session: Session = session_of(files)
        self.publisher: Publisher = publisher_of(self.session, published)
        self.publisher.follow()
        self.first = self.publisher.publish()

    def change(self, file: str, text: str | None) -> Changes:
        data = None if text is None else text.encode()
        delta = self.session.apply([Change(file, data, deleted=text is None)])
        assert delta.keys is not None
        return self.publisher.publish(delta)


def test_the_first_time_everything_is_added(tmp_path: Path) -> None:
    with Published(tmp_path / "index.db") as published:
        first = Following(FILES, published).first
    assert first.added == ("a.md", "b.md", "board.canvas", "pic.png")
    assert first.relinked == ()
    assert first.findings == ("a.md",)


def test_a_new_note_relinks_who_waited_for_it(tmp_path: Path) -> None:
    with Published(tmp_path / "index.db") as published:
        vault = Following(FILES, published)
        changes = vault.change("c.md", "new\n")
        assert (changes.added, changes.relinked) == (("c.md",), ("a.md",))
        assert changes.findings == ("a.md",)
        assert published.select("SELECT link FROM unresolved") == []
        changes = vault.change("c.md", None)
        assert (changes.removed, changes.relinked) == (("c.md",), ("a.md",))
        assert published.select("SELECT link FROM unresolved") == [("c",)]


def test_prose_that_moves_a_heading_changes_its_line_and_no_other_row(tmp_path: Path) -> None:
    line = "SELECT anchor_type, anchor_line FROM links WHERE link = 'b#Two'"
    with Published(tmp_path / "index.db") as published:
        vault = Following(FILES, published)
        assert published.select(line) == [("heading", 1)]
        changes = vault.change("b.md", "prose\n\n# Two\n")
        assert (changes.changed, changes.relinked) == (("b.md",), ())
        assert published.select(line) == [("heading", 3)]
        changes = vault.change("b.md", "# Other\n")
        assert changes.relinked == ("a.md",)
        assert published.select(line) == [(None, None)]


def test_links_of_a_canvas_are_backlinks_without_a_place(tmp_path: Path) -> None:
    with Published(tmp_path / "index.db") as published:
        vault = Following(FILES, published)
        backlinks = "SELECT source, line, original FROM backlinks WHERE path = 'a.md'"
        assert published.select(backlinks) == [("board.canvas", None, None)]
        vault.change("board.canvas", '{"nodes": []}')
        assert published.select(backlinks) == []


def test_another_program_makes_every_row_anew_and_writes_what_differs(tmp_path: Path) -> None:
    session = session_of(FILES)
    with Published(tmp_path / "index.db") as published:
        publisher_of(session, published).publish()
        published.run("UPDATE _heading SET heading = 'wrong' WHERE heading = 'Two'")
        assert not publisher_of(session, published).publish().any
        other = Publisher(session, published, program="2", vault="/vault")
        assert other.publish().changed == ("b.md",)
        assert published.select("SELECT heading FROM headings ORDER BY path") == [
            ("One",),
            ("Two",),
        ]


def test_nothing_is_looked_at_while_the_state_is_the_same(tmp_path: Path) -> None:
    source = MemorySource({"a.md": b"[[b]]", "vaultlint.yaml": b"extends: [strict]\n"})

    def session() -> Session:
        store = MemoStore(tmp_path / "memo.db", "1")
        opened = Session(source, ConfigRequest(), jobs=1, store=store)
        opened.apply()
        opened.save()
        return opened

    first, again = session(), session()
    assert again._recalled is not None
    assert first.state == again.state
    with Published(tmp_path / "index.db") as published:
        publisher_of(first, published).publish()
        assert not publisher_of(again, published).publish().any
        assert again._recalled is not None, "not even the index of the session was needed"
        states = {first.state}
        for file, data in (("b.md", b""), ("a.md", b"x"), ("vaultlint.yaml", b"")):
            source.files[file] = data
            later = session()
            assert later.state not in states
            states.add(later.state)
            assert publisher_of(later, published).publish().any


def test_a_note_that_changed_meanwhile_is_looked_at_again(tmp_path: Path) -> None:
    session = session_of({"a.md": "one"})
    source = session._source.base
    assert isinstance(source, MemorySource)
    source.files["a.md"] = b"one two"
    session._loaded.checker.notes.forget(["a.md"])
    with Published(tmp_path / "index.db") as published:
        publisher_of(session, published).publish()
        assert published.select("SELECT words FROM notes") == [(2,)]
        source.files["a.md"] = b"one"
        assert publisher_of(session_of({"a.md": "one"}), published).publish().changed == ("a.md",)


def test_a_delta_after_nothing_was_looked_at(tmp_path: Path) -> None:
    session = session_of(FILES)
    with Published(tmp_path / "index.db") as published:
        publisher_of(session, published).publish()
        publisher = publisher_of(session, published)
        assert not publisher.publish().any
        delta = session.apply([Change("c.md", b"new")])
        assert publisher.publish(delta).added == ("c.md",)
        assert published.select("SELECT count(*) FROM unresolved") == [(0,)]


def test_what_is_pending_is_not_written(tmp_path: Path) -> None:
    with Published(tmp_path / "index.db") as published:
        publisher = publisher_of(session_of(FILES), published)
        assert publisher.pending().added == ("a.md", "b.md", "board.canvas", "pic.png")
        assert published.files() == {}
        publisher.publish()
        assert not publisher.pending().any


def test_fresh_is_everything_anew(tmp_path: Path) -> None:
    with Published(tmp_path / "index.db") as published:
        publisher = publisher_of(session_of(FILES), published)
        publisher.publish()
        published.run("UPDATE _file SET path = 'wrong' WHERE path = 'a.md'")
        assert publisher.publish(fresh=True).added == ("a.md", "b.md", "board.canvas", "pic.png")
        assert published.select("SELECT path FROM notes ORDER BY path") == [("a.md",), ("b.md",)]


def test_a_delta_after_another_process_wrote_is_not_trusted(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    with Published(path) as published:
        vault = Following(FILES, published)
        with Published(path) as others:
            publisher_of(session_of({"x.md": "[[a]]"}), others).publish()
        changes = vault.change("b.md", "# Two\nother\n")
        assert changes.removed == ("x.md",)
        assert published.select("SELECT count(*) FROM links") == [(3,)]


def test_the_size_of_an_attachment_follows(tmp_path: Path) -> None:
    source_size = "SELECT size FROM attachments WHERE path = 'pic.png'"
    with Published(tmp_path / "index.db") as published:
        vault = Following(FILES, published)
        assert published.select(source_size) == [(3,)]
        vault.change("pic.png", "12345")
        assert published.select(source_size) == [(5,)]
