"""What a crash leaves, settled: once, twice, and whatever else happened meanwhile."""

import os
from pathlib import Path

import pytest

from tests.unit.fixing.dying import Dying
from vaultlint.errors import JournalError
from vaultlint.fixing.journal import digest
from vaultlint.fixing.undo import undo
from vaultlint.fixing.write import Replacement, Writer

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

OLD, NEW = b"old\r\n", b"new text\r\n"
FILES = ("A.md", "B.md")


def crashed(tmp_path: Path, call: str, count: int) -> Writer:
    """Return a writer whose last run died there, on two notes that belong together."""
    vault = tmp_path / "vault"
    vault.mkdir()
    for file in FILES:
        (vault / file).write_bytes(OLD)
    pid = os.fork()
    if pid == 0:
        dying = Writer(vault, tmp_path / "state", grace=0, disk=Dying(call, count))
        with dying.run("check --fix") as run:
            run.write([Replacement(file, OLD, NEW) for file in FILES])
        os._exit(0)
    assert os.waitpid(pid, 0)[1] != 0, "the run ended before that call"
    return Writer(vault, tmp_path / "state", grace=0)


def recover(writer: Writer) -> tuple:
    with writer.run("recover") as run:
        pass
    return run.recovered


def texts(writer: Writer) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(writer.root).iterdir()}


@pytest.mark.parametrize(
    ("call", "count", "expected"),
    [
        ("create", 2, OLD),
        ("write", 1, OLD),
        ("exchange", 1, OLD),
        ("exchange", 2, OLD),
        ("unlink", 1, NEW),
        ("unlink", 2, NEW),
    ],
)
def test_a_group_ends_whole_wherever_the_run_died(
    tmp_path: Path, call: str, count: int, expected: bytes
) -> None:
    writer = crashed(tmp_path, call, count)
    for _ in range(2):
        assert recover(writer) == ()
        assert texts(writer) == dict.fromkeys(FILES, expected)
        assert writer.history().open == ()


def test_a_save_after_the_crash_stands(tmp_path: Path) -> None:
    writer = crashed(tmp_path, "exchange", 2)
    Path(writer.root, "A.md").write_bytes(b"typed")
    recover(writer)
    assert texts(writer) == {"A.md": b"typed", "B.md": OLD}


def test_a_deletion_after_the_crash_stands(tmp_path: Path) -> None:
    writer = crashed(tmp_path, "unlink", 1)
    Path(writer.root, "A.md").unlink()
    recover(writer)
    assert texts(writer) == {"B.md": NEW}


def test_unknown_bytes_are_kept_and_announced_not_removed(tmp_path: Path) -> None:
    """Two saves met: one in the displaced file, a newer one on the note."""
    writer = crashed(tmp_path, "unlink", 1)
    displaced = min(Path(writer.root).glob(".vaultlint*"))
    displaced.write_bytes(b"late")
    os.utime(displaced, (1, 1))
    Path(writer.root, "A.md").write_bytes(b"newest")
    (kept,) = recover(writer)
    assert (kept.file, writer.journal.get(kept.digest)) == ("A.md", b"late")
    assert texts(writer)["A.md"] == b"newest"
    assert recover(writer) == ()


def test_a_piece_of_our_own_text_is_not_announced(tmp_path: Path) -> None:
    writer = crashed(tmp_path, "exchange", 1)
    half = min(Path(writer.root).glob(".vaultlint*"))
    half.write_bytes(NEW[:3])
    assert recover(writer) == ()
    assert texts(writer) == dict.fromkeys(FILES, OLD)
    assert writer.journal.has(digest(NEW[:3])), "even so it is in the journal"


def test_what_was_settled_before_the_crash_can_still_be_undone(tmp_path: Path) -> None:
    """The first note had lost its copy already when the second one was saved by a rival."""
    writer = crashed(tmp_path, "unlink", 2)
    (displaced,) = Path(writer.root).glob(".vaultlint*")
    displaced.write_bytes(b"typed")
    recover(writer)
    assert texts(writer) == {"A.md": NEW, "B.md": b"typed"}
    (entry,) = writer.history().entries
    assert [change.file for change in entry.changes] == ["A.md"]
    assert undo(writer, entry.id).complete
    assert texts(writer) == {"A.md": OLD, "B.md": b"typed"}


def test_garbage_beside_a_note_never_takes_its_place(tmp_path: Path) -> None:
    """A power cut can leave zeros in a file that was not yet durable."""
    writer = crashed(tmp_path, "exchange", 1)
    half = min(Path(writer.root).glob(".vaultlint*"))
    half.write_bytes(b"\0" * len(NEW))
    (kept,) = recover(writer)
    assert writer.journal.get(kept.digest) == b"\0" * len(NEW)
    assert texts(writer) == dict.fromkeys(FILES, OLD)


def test_what_cannot_be_journaled_stays_where_it_is(tmp_path: Path, monkeypatch) -> None:
    writer = crashed(tmp_path, "exchange", 1)
    half = min(Path(writer.root).glob(".vaultlint*"))
    half.write_bytes(b"unknown")

    def full(_: object) -> None:
        raise JournalError("no space")

    with monkeypatch.context() as patch:
        patch.setattr(writer.journal, "keep", full)
        recover(writer)
    assert half.read_bytes() == b"unknown"
    recover(writer)
    assert not half.exists()
    assert writer.journal.has(digest(b"unknown"))


def test_the_files_of_a_trial_go_if_they_are_empty(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    vault.mkdir()
    writer = Writer(vault, tmp_path / "state", grace=0)
    for name, data in ((".vaultlint-1-probe-a.tmp", b""), (".vaultlint-1-probe-b.tmp", b"typed")):
        (vault / name).write_bytes(data)
    paths = [path.name for path in vault.iterdir()]
    writer.journal.append([{"record": "probe", "run": "1", "paths": paths}], durable=False)
    recover(writer)
    assert texts(writer) == {".vaultlint-1-probe-b.tmp": b"typed"}
