"""The published index follows a watcher."""

import json
import shutil

import pytest

from tests.unit.watch.stage import Stage, of
from vaultlint.store.published import Published
from vaultlint.sync.export import document
from vaultlint.sync.publish import Publisher
from vaultlint.watch import events
from vaultlint.watch.index import EXPORT_PAUSE, FILE, LiveIndex


@pytest.fixture
def stage(tmp_path):
    return Stage(tmp_path, {"a.md": "[[b]]\n", "b.md": "# B\n"})


def following(stage, tmp_path, *, exports=True):
    index = LiveIndex(
        stage.session,
        stage.root,
        tmp_path / "cache",
        stage.told.append,
        exports=exports,
        clocks=stage.hand.clocks(),
    )
    stage.watcher._index = index
    index.follow(stage.vault.take())
    stage.pass_(2)
    return index


def exported(path):
    with Published(path) as published:
        return json.loads("".join(document(published)))


def from_scratch(stage, tmp_path):
    path = tmp_path / "scratch.db"
    path.unlink(missing_ok=True)
    with Published(path) as published:
        Publisher(stage.session, published, program="", vault=str(stage.root)).publish()
    return exported(path)


def test_the_index_follows_every_change(stage, tmp_path):
    index = following(stage, tmp_path)
    path = tmp_path / "cache" / FILE
    assert exported(path) == from_scratch(stage, tmp_path)
    stage.change("c.md", "[[a]] [[nothing]] #tag\n", 2)
    assert exported(path) == from_scratch(stage, tmp_path)
    (stage.root / "b.md").unlink()
    stage.hint("b.md")
    stage.pass_(2)
    found = exported(path)
    assert found == from_scratch(stage, tmp_path)
    assert [note["path"] for note in found["notes"]] == ["a.md", "c.md"]
    index.close()


def test_an_index_that_cannot_be_written_is_said_once_and_mended_later(stage, tmp_path):
    (tmp_path / "cache").write_bytes(b"in the way")
    index = following(stage, tmp_path)
    assert len(of(events.Remark, stage.told)) == 1
    told = stage.change("a.md", "text\n", 2)
    assert not of(events.Remark, told)
    (tmp_path / "cache").unlink()
    stage.change("a.md", "more\n", 2)
    assert exported(tmp_path / "cache" / FILE) == from_scratch(stage, tmp_path)
    index.close()


def test_the_export_is_written_now_and_then_and_at_the_end(tmp_path):
    config = "index: {export: data/index.json}\n"
    stage = Stage(tmp_path, {"vaultlint.yaml": config, "a.md": "text\n", "data/x.md": ""})
    index = following(stage, tmp_path)
    path = stage.root / "data/index.json"
    stage.pass_(1)
    assert len(json.loads(path.read_bytes())["notes"]) == 2
    stage.change("b.md", "text\n", EXPORT_PAUSE / 2)
    assert len(json.loads(path.read_bytes())["notes"]) == 2
    stage.pass_(EXPORT_PAUSE)
    assert len(json.loads(path.read_bytes())["notes"]) == 3
    stage.change("c.md", "text\n", 1)
    index.close()
    assert len(json.loads(path.read_bytes())["notes"]) == 4


def test_where_another_machine_fixes_no_export_is_written(tmp_path):
    stage = Stage(tmp_path, {"vaultlint.yaml": "index: {export: index.json}\n", "a.md": "text\n"})
    index = following(stage, tmp_path, exports=False)
    stage.pass_(100)
    index.close()
    assert not (stage.root / "index.json").exists()


def test_changes_that_follow_one_another_are_published_together(stage, tmp_path):
    index = following(stage, tmp_path)
    path = tmp_path / "cache" / FILE
    before = exported(path)
    for number in range(3):
        stage.change("a.md", f"{number}\n", 0.7)
        assert exported(path) == before
    stage.pass_(2)
    assert exported(path) == from_scratch(stage, tmp_path)
    for number in range(20):
        stage.change("a.md", f"more {number}\n", 0.7)
    assert exported(path) != before, "though changes go on"
    index.close()
    assert exported(path) == from_scratch(stage, tmp_path)


def test_an_index_that_is_removed_is_made_anew(stage, tmp_path):
    index = following(stage, tmp_path)
    path = tmp_path / "cache" / FILE
    shutil.rmtree(path.parent)
    stage.change("c.md", "[[a]]\n", 10)
    assert exported(path) == from_scratch(stage, tmp_path)
    path.rename(tmp_path / "elsewhere.db")
    stage.change("d.md", "[[a]]\n", 10)
    assert exported(path) == from_scratch(stage, tmp_path)
    index.close()
