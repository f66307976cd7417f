"""The state that one run leaves to the next."""

import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from vaultlint.errors import StoreError
from vaultlint.store.database import Database
from vaultlint.store.memo import MemoStore
from vaultlint.store.snapshot import KINDS, Listed, Snapshot

Blobs = dict[str, tuple[Any, Any, Any]]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "memo.db"


def listed(*files: str, stamp: str = "1.1.1") -> dict[str, Listed]:
    return {file: Listed(3, stamp, f"digest of {file}", True) for file in files}


def blobs(*files: str, word: str = "first") -> Blobs:
    return {
        file: ({("tag", word): file}, [word, file], {"rule": (("name", word, file),)})
        for file in files
    }


def put(
    file: Path, files: dict[str, Listed], plain: Blobs, base: Snapshot | None = None
) -> Snapshot:
    store = MemoStore(file, "stamp")
    written = store.write({"about": len(files)}, files, plain.keys(), plain.__getitem__, base)
    store.close()
    assert written is not None
    assert store.trouble == ""
    return written


def everything(file: Path) -> tuple[Any, dict[str, Listed], dict[str, dict[str, Any]]]:
    store = MemoStore(file, "stamp")
    snapshot = store.load()
    assert snapshot is not None
    assert store.trouble == ""
    found = {kind: dict(store.read(kind, snapshot)) for kind in KINDS}
    store.close()
    return snapshot.header, snapshot.files, found


def by_kind(plain: Blobs) -> dict[str, dict[str, Any]]:
    return {kind: {name: each[at] for name, each in plain.items()} for at, kind in enumerate(KINDS)}


def test_nothing_is_kept_at_first(file: Path) -> None:
    store = MemoStore(file, "stamp")
    assert store.load() is None
    assert store.trouble == ""


@pytest.mark.parametrize("count", [0, 1, 1200])
def test_what_was_written_is_read(file: Path, count: int) -> None:
    names = [f"folder/näme {at}\udcff.md" for at in range(count)]
    put(file, listed(*names), blobs(*names))
    assert everything(file) == ({"about": count}, listed(*names), by_kind(blobs(*names)))


def test_differences_lead_to_the_same_as_everything(file: Path) -> None:
    names = [f"{at}.md" for at in range(300)]
    base = put(file, listed(*names), blobs(*names))
    after = listed(*names[2:], "new.md") | listed("5.md", stamp="9.9.9")
    fresh: Blobs = blobs("7.md", "new.md", word="second") | {"8.md": ({}, [], {})}
    put(file, after, fresh, base)
    expected = by_kind(blobs(*names[2:]) | fresh)
    for kind in KINDS:
        del expected[kind]["8.md"]
    assert everything(file) == ({"about": 299}, after, expected)


def test_a_few_files_can_be_asked_for(file: Path) -> None:
    names = [f"{at}.md" for at in range(100)]
    put(file, listed(*names), blobs(*names))
    store = MemoStore(file, "stamp")
    snapshot = store.load()
    assert snapshot is not None
    wanted = ["3.md", "none.md"]
    assert dict(store.read("found", snapshot, wanted)) == {"3.md": ["first", "3.md"]}


def test_another_program_does_not_read_it(file: Path) -> None:
    put(file, listed("a.md"), blobs("a.md"))
    store = MemoStore(file, "another stamp")
    assert store.load() is None
    assert store.trouble == ""


def test_a_base_that_another_process_replaced_is_none(file: Path) -> None:
    base = put(file, listed("a.md", "b.md"), blobs("a.md", "b.md"))
    put(file, listed("c.md"), blobs("c.md"))
    store = MemoStore(file, "stamp")
    assert store.write({}, listed("a.md"), (), blobs().__getitem__, base, partial=True) is None
    store.close()
    assert everything(file)[1] == listed("c.md")
    put(file, listed("a.md"), blobs("a.md"), base)
    assert everything(file) == ({"about": 1}, listed("a.md"), by_kind(blobs("a.md")))


def test_blobs_of_another_state_are_refused(file: Path) -> None:
    base = put(file, listed("a.md"), blobs("a.md"))
    put(file, listed("a.md"), blobs("a.md", word="second"), base)
    store = MemoStore(file, "stamp")
    with pytest.raises(StoreError):
        dict(store.read("facts", base))


def test_advice_outlives_a_change_of_its_state_and_no_new_one(file: Path) -> None:
    snapshot = put(file, listed("a.md"), blobs("a.md"))
    store = MemoStore(file, "stamp")
    assert store.advice(0) is None
    store.write_advice({0: {"a.md": ("help", (), None)}, 1: {}})
    assert store.advice(0) == {"a.md": ("help", (), None)}
    put(file, listed("a.md", stamp="2.2.2"), {}, snapshot)
    assert store.advice(0) == {"a.md": ("help", (), None)}
    put(file, listed("a.md"), blobs("a.md"))
    assert store.advice(0) is None
    store.write_advice({0: "before"})
    with sqlite3.connect(file) as database:
        database.execute("UPDATE advice SET data = x'00'")
    database.close()
    assert store.advice(0) is None


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE listing SET data = x'00' WHERE id = 0",
        "DELETE FROM listing WHERE id = 1",
        "UPDATE listing SET data = (SELECT data FROM listing WHERE id = 1) WHERE id = 0",
        "UPDATE state SET header = x'4e'",
        "UPDATE state SET header = NULL",
        "UPDATE state SET seal = zeroblob(16)",
        "UPDATE listing SET seal = 7",
    ],
)
def test_a_wrong_seal_means_that_nothing_is_kept(file: Path, damage: str) -> None:
    names = [f"{at}.md" for at in range(300)]
    put(file, listed(*names), blobs(*names))
    store = MemoStore(file, "stamp")
    assert store.load() is not None
    database = store._database
    assert isinstance(database, Database)
    database.run(damage)
    assert store.load() is None
    assert store.trouble == "it is damaged"
    assert store.write({}, listed("a.md"), (), blobs("a.md").__getitem__, None) is not None
    store.close()
    assert everything(file) == ({}, listed("a.md"), by_kind(blobs("a.md")))


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE {} SET data = x'4e' WHERE id = 3",
        "DELETE FROM {} WHERE id = 3",
        "UPDATE {} SET data = (SELECT data FROM {} WHERE id = 4) WHERE id = 3",
        "UPDATE {} SET data = 'text' WHERE id = 3",
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_blob_is_never_returned(file: Path, kind: str, damage: str) -> None:
    names = [f"{at}.md" for at in range(1000)]
    put(file, listed(*names), blobs(*names))
    store = MemoStore(file, "stamp")
    snapshot = store.load()
    database = store._database
    assert snapshot is not None
    assert isinstance(database, Database)
    database.run(damage.format(kind, kind))
    with pytest.raises(StoreError, match="damaged"):
        list(store.read(kind, snapshot))
    assert store.load() is None


def test_a_wrong_blob_is_not_made_part_of_a_new_state(file: Path) -> None:
    base = put(file, listed("a.md", "b.md"), blobs("a.md", "b.md"))
    store = MemoStore(file, "stamp")
    assert store.load() is not None
    assert store._database is not None
    store._database.run("UPDATE keys SET data = x'4e'")
    plain = blobs("a.md", word="second")
    assert store.write({}, listed("a.md", "b.md"), ["a.md"], plain.__getitem__, base) is None
    assert store.trouble == "it is damaged"
    assert store.load() is None


def test_a_vault_that_grew_gets_more_chunks(file: Path) -> None:
    base = put(file, listed("a.md"), blobs("a.md"))
    names = [f"{at}.md" for at in range(1000)]
    snapshot = put(file, listed(*names), blobs(*names), base)
    assert len(snapshot.chunks) > 1
    assert everything(file) == ({"about": 1000}, listed(*names), by_kind(blobs(*names)))


def test_what_cannot_be_opened_is_trouble_and_no_more(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"no folder")
    store = MemoStore(tmp_path / "cache" / "memo.db", "stamp")
    assert store.load() is None
    assert store.write({}, {}, (), blobs().__getitem__, None, partial=True) is None
    assert store.trouble != ""
    store.close()


def test_states_of_requests_of_long_ago_are_removed(tmp_path: Path) -> None:
    for at in range(20):
        put(tmp_path / f"memo-{at}.db", listed("a.md"), blobs("a.md"))
        os.utime(tmp_path / f"memo-{at}.db", ns=(at, at))
    (tmp_path / "index.db").write_bytes(b"another file")
    put(tmp_path / "memo-new.db", listed("a.md"), blobs("a.md"))
    left = {file.name for file in tmp_path.glob("*.db")}
    assert left == {"index.db", "memo-new.db", *(f"memo-{at}.db" for at in range(9, 20))}
