"""Texts and records that outlive crashes."""

import errno
import os
import shutil
from pathlib import Path

import pytest

from vaultlint.errors import JournalError
from vaultlint.fixing.journal import Journal, digest
from vaultlint.note.parse import parse_note


def test_texts_come_back_as_they_were(tmp_path: Path) -> None:
    texts = [b"", b"one", os.urandom(5000), b"\xff\r\n\0" * 100, *(b"%d" % n for n in range(120))]
    journal = Journal(tmp_path)
    journal.keep(texts)
    journal.keep(texts)
    assert [journal.get(digest(text)) for text in texts] == texts
    assert journal.has(digest(b"one"))
    assert not journal.has(digest(b"two"))
    assert not list(tmp_path.rglob("*.part"))


def test_a_text_has_the_digest_of_its_note() -> None:
    assert digest(b"# Title\n") == parse_note("a.md", b"# Title\n").digest


def test_a_missing_or_damaged_text_is_an_error_for_people(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.keep([b"text"])
    with pytest.raises(JournalError, match="cannot be read"):
        journal.get(digest(b"other"))
    (path,) = (tmp_path / "journal/objects").glob("*")
    path.write_bytes(path.read_bytes()[:-2])
    with pytest.raises(JournalError, match="damaged"):
        journal.get(digest(b"text"))


def test_a_torn_line_costs_no_other(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.append([{"record": "run", "run": "1"}], durable=True)
    log = tmp_path / "journal/log.jsonl"
    log.write_bytes(log.read_bytes() + b'{"record":"run","ru')
    again = Journal(tmp_path)
    again.append([{"record": "run", "run": "2"}], durable=False)
    again.append([{"record": "run", "run": "3"}], durable=False)
    assert [record["run"] for record in again.records()] == ["1", "2", "3"]


def test_records_are_ascii_and_keep_every_name(tmp_path: Path) -> None:
    names = ["ä \u2028 \n.md", "bad \udcff.md"]
    journal = Journal(tmp_path)
    journal.append([{"record": "x", "file": name} for name in names], durable=False)
    assert (tmp_path / "journal/log.jsonl").read_bytes().isascii()
    assert [record["file"] for record in journal.records()] == names


def test_a_log_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert list(Journal(tmp_path / "nowhere").records()) == []
    assert not (tmp_path / "nowhere").exists()


def test_nobody_else_may_read_the_journal(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "state")
    journal.keep([b"private"])
    journal.append([{"record": "x"}], durable=False)
    for path in (tmp_path / "state").rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_folder_that_cannot_be_made_is_an_error_for_people(tmp_path: Path) -> None:
    (tmp_path / "journal").write_bytes(b"a file")
    journal = Journal(tmp_path)
    with pytest.raises(JournalError):
        journal.keep([b"text"])
    with pytest.raises(JournalError):
        journal.append([{"record": "x"}], durable=True)


def test_a_full_disk_leaves_no_pieces(tmp_path: Path, monkeypatch) -> None:
    def full(_handle: int, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    journal = Journal(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(JournalError, match="No space left"):
            journal.keep([b"one", b"two"])
    assert list((tmp_path / "journal/objects").iterdir()) == []
    journal.keep([b"one"])
    assert journal.get(digest(b"one")) == b"one"


def test_a_damaged_text_does_not_count_and_is_kept_anew(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.keep([b"text"])
    (path,) = (tmp_path / "journal/objects").glob("*")
    path.write_bytes(b"")
    assert not journal.has(digest(b"text"))
    journal.keep([b"text"])
    assert journal.get(digest(b"text")) == b"text"


def test_a_journal_that_is_removed_under_a_long_process_is_made_anew(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    for _ in range(2):
        journal.keep([b"text"])
        journal.append([{"record": "x"}], durable=True)
        shutil.rmtree(tmp_path / "journal")
        with pytest.raises(JournalError):
            journal.keep([b"text"])  # and nothing is written to the vault then
    journal.append([{"record": "x"}], durable=True)
    assert list(journal.records()) == [{"record": "x"}]
