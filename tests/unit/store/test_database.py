"""A database that can always be done without."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from vaultlint.errors import StoreError
from vaultlint.store.database import Database, Form

FORM = Form(0x766C7401, 3, ("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT)",))


def put(file: Path, *names: str, form: Form = FORM) -> None:
    with Database(file, form) as database, database.transaction():
        database.run_many("INSERT INTO item (name) VALUES (?)", [(name,) for name in names])


def names(file: Path, form: Form = FORM) -> list[str]:
    with Database(file, form) as database:
        return [name for (name,) in database.rows("SELECT name FROM item ORDER BY id")]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "items.db"


def test_what_was_put_is_there_again(file: Path) -> None:
    put(file, "one", "two")
    assert names(file) == ["one", "two"]


def test_it_is_a_file_of_the_user_alone_with_a_log_ahead(file: Path) -> None:
    put(file, "one")
    with Database(file, FORM) as database:
        assert database.rows("PRAGMA journal_mode") == [("wal",)]
        assert database.rows("PRAGMA application_id") == [(FORM.application,)]
    if os.name != "nt":
        assert file.stat().st_mode & 0o777 == 0o600


def test_a_transaction_that_fails_writes_nothing(file: Path) -> None:
    with Database(file, FORM) as database:
        with pytest.raises(StoreError, match="UNIQUE"), database.transaction():
            database.run_many("INSERT INTO item VALUES (?, 'half')", [(1,), (1,)])
        assert database.rows("SELECT name FROM item") == []


@pytest.mark.parametrize("content", [b"garbage " * 1000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_garbage_is_replaced_and_kept_aside_once(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    Path(f"{file}-wal").write_bytes(b"a log of something else")
    put(file, "new")
    assert names(file) == ["new"]
    assert Path(f"{file}.bad").read_bytes() == content


def test_an_older_version_is_replaced(file: Path) -> None:
    put(file, "old", form=FORM._replace(version=2))
    assert names(file) == []


def test_a_newer_version_is_left_alone(file: Path) -> None:
    put(file, "new", form=FORM._replace(version=4))
    with pytest.raises(StoreError, match="newer version"):
        Database(file, FORM)
    assert names(file, FORM._replace(version=4)) == ["new"]


def test_a_file_of_another_program_is_set_aside(file: Path) -> None:
    file.parent.mkdir()
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE theirs (x)")
    other.close()
    assert names(file) == []
    assert Path(f"{file}.bad").is_file()


def test_damage_found_later_is_an_error_now_and_a_new_file_next_time(file: Path) -> None:
    put(file, *("x" * 500 for _ in range(200)))
    data = bytearray(file.read_bytes())
    data[4096 * 2 :] = b"\x55" * (len(data) - 4096 * 2)
    file.write_bytes(data)
    database = Database(file, FORM)
    with pytest.raises(StoreError):
        database.rows("SELECT * FROM item")
    assert names(file) == []


def test_a_folder_in_its_place_is_done_without(file: Path) -> None:
    file.mkdir(parents=True)
    with pytest.raises(StoreError):
        Database(file, FORM)


def test_a_file_in_place_of_its_folder_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("not a folder")
    with pytest.raises(StoreError):
        Database(tmp_path / "cache" / "items.db", FORM)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not hold us back")
def test_a_read_only_folder_is_done_without(file: Path) -> None:
    put(file, "one")
    file.parent.chmod(0o500)
    try:
        with pytest.raises(StoreError):
            put(file, "two")
    finally:
        file.parent.chmod(0o700)


def test_a_writer_waits_its_patience_and_goes_without(file: Path) -> None:
    put(file, "one")
    with Database(file, FORM) as first, first.transaction():
        first.run("INSERT INTO item (name) VALUES ('two')")
        with Database(file, FORM, patience=0.01) as second:
            assert second.rows("SELECT name FROM item") == [("one",)]
            with pytest.raises(StoreError, match="locked"), second.transaction():
                raise AssertionError("not reached")


@pytest.mark.skipif(os.name == "nt", reason="Windows refuses to rename a file that is open")
def test_a_file_in_use_is_not_replaced(file: Path) -> None:
    put(file, "one")
    code = (
        "import sys; from pathlib import Path\n"
        "from vaultlint.store.database import Database, Form\n"
        f"held = Database(Path({str(file)!r}), Form{tuple(FORM)!r})\n"
        "print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(StoreError, match="in use"):
            Database(file, FORM._replace(version=4))
        other.communicate()
    assert names(file, FORM._replace(version=4)) == []
