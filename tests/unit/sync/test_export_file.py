"""The file that always holds the index: whole, untouched when equal, and never somebody else's."""

import json
import threading
from pathlib import Path

import pytest

from tests.unit.sync.published_of import published_of, publisher_of, session_of
from vaultlint.errors import StoreError
from vaultlint.sync.export_file import write_export

FILES = {"a.md": "[[b]]\n"}


def test_it_is_written_once_and_not_touched_while_it_is_right(tmp_path: Path) -> None:
    with published_of(FILES) as published:
        assert write_export(published, tmp_path, "index.json")
        before = (tmp_path / "index.json").stat()
        assert not write_export(published, tmp_path, "index.json")
        after = (tmp_path / "index.json").stat()
        assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
        publisher_of(session_of({"b.md": ""}), published).publish()
        assert write_export(published, tmp_path, "index.json")
    index = json.loads((tmp_path / "index.json").read_text())
    assert [note["path"] for note in index["notes"]] == ["b.md"]
    assert [file.name for file in tmp_path.iterdir()] == ["index.json"]


def test_lines_by_the_name_of_the_file(tmp_path: Path) -> None:
    with published_of(FILES) as published:
        write_export(published, tmp_path, "index.jsonl")
        write_export(published, tmp_path, "index.jsonl")
    head = (tmp_path / "index.jsonl").read_text().splitlines()[0]
    assert json.loads(head)["format"] == "vaultlint-index"


@pytest.mark.parametrize("content", ["", "{}", "my own notes\n" * 50, '{"format": "other"}'])
def test_what_is_no_index_is_not_replaced(tmp_path: Path, content: str) -> None:
    target = tmp_path / "index.json"
    target.write_text(content)
    with published_of(FILES) as published, pytest.raises(StoreError, match="something else"):
        write_export(published, tmp_path, "index.json")
    assert target.read_text() == content


def test_no_link_is_followed(tmp_path: Path) -> None:
    root, outside = tmp_path / "vault", tmp_path / "outside"
    (root / ".obsidian").mkdir(parents=True)
    outside.mkdir()
    (root / "out").symlink_to(outside)
    (root / "settings").symlink_to(root / ".obsidian")
    (root / "index.json").symlink_to(outside / "index.json")
    with published_of(FILES) as published:
        for file in ("out/index.json", "settings/index.json", "index.json"):
            with pytest.raises(StoreError, match="is not written"):
                write_export(published, root, file)
    assert list(outside.iterdir()) == list((root / ".obsidian").iterdir()) == []


def test_no_folder_is_made_for_it(tmp_path: Path) -> None:
    with published_of(FILES) as published, pytest.raises(StoreError, match="No such file"):
        write_export(published, tmp_path, "nowhere/index.json")
    assert list(tmp_path.iterdir()) == []


def test_a_reader_never_sees_half_of_it(tmp_path: Path) -> None:
    few, many = {"a.md": ""}, {f"{number}.md": "# H\n[[a]]\n" for number in range(200)}
    target, done, seen = tmp_path / "index.json", threading.Event(), set()

    def read() -> None:
        while not done.is_set():
            seen.add(len(json.loads(target.read_text())["notes"]))

    with published_of(few) as one, published_of(many) as other:
        write_export(one, tmp_path, "index.json")
        reader = threading.Thread(target=read)
        reader.start()
        try:
            for _ in range(20):
                write_export(other, tmp_path, "index.json")
                write_export(one, tmp_path, "index.json")
        finally:
            done.set()
            reader.join()
    assert seen <= {1, 200}
