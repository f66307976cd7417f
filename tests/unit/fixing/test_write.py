"""What the writer answers, and what the vault and the journal are like afterwards."""

import errno
import mmap
import os
import sys
from pathlib import Path

import pytest

from vaultlint.errors import BusyError, JournalError
from vaultlint.fixing import write
from vaultlint.fixing.disk import Disk
from vaultlint.fixing.exchange import exchange
from vaultlint.fixing.journal import digest
from vaultlint.fixing.write import Outcome, Replacement, Writer

OLD, NEW = b"\xef\xbb\xbfold\r\ntext\n", b"\xef\xbb\xbfnew\r\ntext\n"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    (root / "folder").mkdir(parents=True)
    for file in ("A.md", "folder/B.md", "C.md"):
        (root / file).write_bytes(OLD)
    return root


def writer_of(vault: Path, **options) -> Writer:
    return Writer(vault, vault.parent / "state", **({"grace": 0} | options))


def change(file: str, before: bytes = OLD, after: bytes = NEW) -> Replacement:
    return Replacement(file, before, after, ("rule",))


def hidden(vault: Path) -> list[str]:
    return [path.name for path in vault.rglob(".*")]


def test_a_note_is_written_and_nothing_else_is_left(vault: Path) -> None:
    writer = writer_of(vault)
    with writer.run("check --fix") as run:
        assert run.write([change("folder/B.md")]) == (Outcome("folder/B.md", "written"),)
        assert hidden(vault / "folder") != [], "the old text stays until the end of the run"
    assert (vault / "folder/B.md").read_bytes() == NEW
    assert (vault / "A.md").read_bytes() == OLD
    assert hidden(vault) == []
    assert run.late == run.kept == run.recovered == ()


def test_the_journal_has_one_entry_a_run_with_both_texts(vault: Path) -> None:
    writer = writer_of(vault)
    with writer.run("check --fix") as run:
        run.write([change("A.md"), change("C.md")])
        run.write([change("A.md", NEW, b"newer")])
    (entry,) = writer.history().entries
    assert (entry.id, entry.command) == (run.id, "check --fix")
    assert [(c.file, c.before, c.after, c.rules) for c in entry.changes] == [
        ("A.md", digest(OLD), digest(b"newer"), ("rule",)),
        ("C.md", digest(OLD), digest(NEW), ("rule",)),
    ]
    assert writer.journal.get(digest(OLD)) == OLD
    assert writer.history().open == ()


def test_a_run_that_writes_nothing_is_no_entry(vault: Path) -> None:
    writer = writer_of(vault)
    before = (vault / "A.md").stat()
    with writer.run("check --fix") as run:
        run.write([change("A.md", OLD, OLD)])
    assert writer.history().entries == ()
    assert not run.has_written
    after = (vault / "A.md").stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


@pytest.mark.parametrize("wrong", ["changed", "gone", "read-only"])
def test_a_group_is_written_whole_or_not_at_all(vault: Path, wrong: str) -> None:
    note = vault / "folder/B.md"
    if wrong == "changed":
        note.write_bytes(b"edited")
    elif wrong == "gone":
        note.unlink()
    else:
        note.chmod(0o444)
    writer = writer_of(vault)
    with writer.run("check --fix") as run:
        found = run.write([change("A.md"), change("folder/B.md"), change("C.md")])
    assert [each.status == "held-back" for each in found] == [True, False, True]
    assert found[1].status in ("changed", "refused")
    assert found[1].reason
    assert (vault / "A.md").read_bytes() == (vault / "C.md").read_bytes() == OLD
    assert note.exists() == (wrong != "gone")
    assert hidden(vault) == []


def test_a_group_that_fails_at_its_last_note_is_taken_back(vault: Path) -> None:
    class Failing(Disk):
        def step(self, call: str, path: str) -> None:
            if call == "exchange" and path.endswith("C.md"):
                raise OSError(errno.EIO, os.strerror(errno.EIO))

    inode = (vault / "A.md").stat().st_ino
    writer = writer_of(vault, disk=Failing())
    with writer.run("check --fix") as run:
        found = run.write([change("A.md"), change("C.md")])
        other = run.write([change("folder/B.md")])
    assert [each.status for each in (*found, *other)] == ["held-back", "failed", "written"]
    assert (vault / "A.md").read_bytes() == OLD
    assert (vault / "A.md").stat().st_ino == inode, "the very file came back"
    assert hidden(vault) == []


def test_each_group_of_many_stands_for_itself(vault: Path) -> None:
    with writer_of(vault).run("check --fix") as run:
        found = run.write_groups(
            [[change("A.md")], [change("C.md", b"?")], [change("A.md", NEW, b"newer")]]
        )
    assert [group[0].status for group in found] == ["written", "changed", "written"]
    assert (vault / "A.md").read_bytes() == b"newer"


def test_an_empty_group_is_no_group(vault: Path) -> None:
    with writer_of(vault).run("check --fix") as run:
        assert run.write([]) == ()
        assert run.write_groups([[], [change("A.md")]])[1][0].status == "written"
        assert run.write_groups([]) == ()


def test_the_same_note_twice_in_one_group_is_refused(vault: Path) -> None:
    (vault / "link.md").symlink_to("A.md")
    with writer_of(vault).run("check --fix") as run:
        found = run.write([change("A.md"), change("link.md")])
    assert [each.status for each in found] == ["held-back", "refused"]


def test_a_link_inside_the_vault_is_written_through(vault: Path) -> None:
    (vault / "link.md").symlink_to("folder/B.md")
    with writer_of(vault).run("check --fix") as run:
        (found,) = run.write([change("link.md")])
    assert found.status == "written"
    assert (vault / "link.md").is_symlink()
    assert (vault / "folder/B.md").read_bytes() == NEW


def test_mode_and_extended_attributes_stay_and_the_time_moves_on(vault: Path) -> None:
    note = vault / "A.md"
    note.chmod(0o640)
    os.utime(note, (1_000_000_000, 1_000_000_000))
    try:
        os.setxattr(note, "user.test", b"kept")
    except (OSError, AttributeError):
        pytest.skip("no extended attributes here")
    with writer_of(vault).run("check --fix") as run:
        run.write([change("A.md")])
    assert note.stat().st_mode & 0o7777 == 0o640
    assert os.getxattr(note, "user.test") == b"kept"
    assert note.stat().st_mtime > 1_000_000_000


def test_a_save_after_the_exchange_is_given_its_place_back(vault: Path) -> None:
    """A program that had the note open writes into the file that was displaced."""
    note = vault / "A.md"
    handle = os.open(note, os.O_WRONLY | os.O_APPEND)
    writer = writer_of(vault, grace=1.0, wait=lambda _: os.write(handle, b"typed"))
    with writer.run("check --fix") as run:
        found = run.write([change("A.md"), change("C.md")])
    os.close(handle)
    assert [each.status for each in found] == ["written", "written"]
    assert [each.status for each in run.late] == ["given-back", "held-back"]
    assert note.read_bytes() == OLD + b"typed"
    assert (vault / "C.md").read_bytes() == OLD
    assert writer.history().entries[0].changes == ()
    assert hidden(vault) == []


def test_of_two_saves_that_meet_the_other_is_kept_and_announced(vault: Path) -> None:
    note = vault / "A.md"
    handle = os.open(note, os.O_WRONLY | os.O_APPEND)

    def two_saves(_: float) -> None:
        os.write(handle, b"late")
        os.close(handle)
        os.utime(next(vault.glob(".vaultlint*")), (1, 1))
        note.write_bytes(b"newest")

    writer = writer_of(vault, grace=1.0, wait=two_saves)
    with writer.run("check --fix") as run:
        run.write([change("A.md")])
    assert note.read_bytes() == b"newest"
    (kept,) = run.kept
    assert (kept.file, writer.journal.get(kept.digest)) == ("A.md", OLD + b"late")
    assert writer.history().kept == run.kept
    assert hidden(vault) == []


@pytest.mark.skipif(not hasattr(os, "getxattr"), reason="leases are Linux's")
def test_a_note_that_is_open_for_writing_is_given_back_even_without_a_grace(vault: Path) -> None:
    handle = os.open(vault / "A.md", os.O_WRONLY)
    with writer_of(vault).run("check --fix") as run:
        run.write([change("A.md")])
    assert [each.status for each in run.late] == ["given-back"]
    os.write(handle, b"OLD")
    os.close(handle)
    assert (vault / "A.md").read_bytes() == b"OLD" + OLD[3:]


def test_a_deleted_note_does_not_come_back(vault: Path) -> None:
    class Deleting(Disk):
        def step(self, call: str, path: str) -> None:
            if call == "exchange" and path.endswith("A.md"):
                (vault / "A.md").unlink()

    with writer_of(vault, disk=Deleting()).run("check --fix") as run:
        (found,) = run.write([change("A.md")])
    assert found.status == "changed"
    assert not (vault / "A.md").exists()
    assert hidden(vault) == []


def test_where_nothing_can_be_exchanged_nothing_is_written(vault: Path, monkeypatch) -> None:
    def refuse(*_: str) -> None:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))

    monkeypatch.setattr("vaultlint.fixing.disk.exchanging.exchange", refuse)
    with writer_of(vault).run("check --fix") as run:
        (found,) = run.write([change("A.md")])
    assert found.status == "refused"
    assert "cannot exchange" in found.reason
    assert (vault / "A.md").read_bytes() == OLD
    with writer_of(vault, without_exchange=True).run("check --fix") as run:
        (found,) = run.write([change("A.md")])
    assert found.status == "written"
    assert (vault / "A.md").read_bytes() == NEW
    assert hidden(vault) == []


def test_without_a_journal_nothing_is_written(vault: Path, monkeypatch) -> None:
    writer = writer_of(vault)

    def full(_: object) -> None:
        raise JournalError("the journal of fixes cannot be written: No space left on device")

    monkeypatch.setattr(writer.journal, "keep", full)
    with writer.run("check --fix") as run:
        (found,) = run.write([change("A.md")])
    assert found.status == "failed"
    assert "No space left" in found.reason
    assert (vault / "A.md").read_bytes() == OLD


def test_a_second_writer_is_refused(vault: Path) -> None:
    with (
        writer_of(vault).run("watch"),
        pytest.raises(BusyError, match=f"process {os.getpid()} on"),
        writer_of(vault).run("check --fix"),
    ):
        pytest.fail("two writers at once")


def test_a_long_running_process_settles_when_the_grace_is_over(vault: Path, monkeypatch) -> None:
    now = [100.0]
    monkeypatch.setattr("vaultlint.fixing.commit.time.monotonic", lambda: now[0])
    monkeypatch.setattr("vaultlint.fixing.disk.is_own", lambda _: False)
    with writer_of(vault, grace=10.0, wait=lambda _: None).run("watch") as run:
        run.write([change("A.md")])
        now[0] = 109.0
        run.settle()
        assert len(hidden(vault)) == 1
        now[0] = 110.0
        run.settle()
        assert hidden(vault) == []


@pytest.mark.skipif(sys.platform != "linux", reason="leases are Linux's")
def test_a_grace_is_over_early_when_nobody_can_write_to_what_was_displaced(
    vault: Path, monkeypatch
) -> None:
    now = [100.0]
    monkeypatch.setattr("vaultlint.fixing.commit.time.monotonic", lambda: now[0])
    monkeypatch.setattr("vaultlint.fixing.disk.is_own", lambda _: True)
    with writer_of(vault, grace=10.0, wait=lambda _: pytest.fail("waited")).run("watch") as run:
        run.write([change("A.md")])
        assert not run.settle()
        assert len(hidden(vault)) == 1
        now[0] = 101.0
        assert run.settle()
        assert hidden(vault) == []


@pytest.mark.skipif(sys.platform != "linux", reason="leases are Linux's")
@pytest.mark.parametrize("is_own", [True, False])
def test_the_end_of_a_long_run_waits_no_longer_than_it_must(
    vault: Path, monkeypatch, is_own: bool
) -> None:
    monkeypatch.setattr("vaultlint.fixing.disk.is_own", lambda _: is_own)
    waited: list[float] = []
    with writer_of(vault, grace=10.0, wait=waited.append).run("watch") as run:
        run.write([change("A.md")])
    assert waited == ([1.0] if is_own else [1.0, 9.0])
    assert hidden(vault) == []


@pytest.mark.skipif(sys.platform != "linux", reason="leases are Linux's")
@pytest.mark.parametrize("way", ["open", "mapped"])
def test_a_program_that_can_still_write_is_waited_for(vault: Path, monkeypatch, way: str) -> None:
    now = [100.0]
    monkeypatch.setattr("vaultlint.fixing.commit.time.monotonic", lambda: now[0])
    monkeypatch.setattr("vaultlint.fixing.disk.is_own", lambda _: True)
    handle = os.open(vault / "A.md", os.O_RDWR)
    memory = mmap.mmap(handle, 0)
    if way == "mapped":
        os.close(handle)
    with writer_of(vault, grace=10.0, wait=lambda _: None).run("watch") as run:
        run.write([change("A.md")])
        now[0] = 105.0
        assert not run.settle()
        memory[:4] = b"Late"
        memory.close()
        if way == "open":
            os.close(handle)
        assert run.settle()
    assert (vault / "A.md").read_bytes() == b"Late" + OLD[4:]
    assert [each.status for each in run.late] == ["given-back"]


def test_a_run_that_raises_still_leaves_nothing_behind(vault: Path) -> None:
    with pytest.raises(KeyboardInterrupt), writer_of(vault).run("check --fix") as run:  # noqa: PT012
        run.write([change("A.md")])
        raise KeyboardInterrupt
    assert hidden(vault) == []
    assert (vault / "A.md").read_bytes() == NEW


def test_no_bytes_leave_the_vault_that_the_journal_does_not_have(vault: Path, monkeypatch) -> None:
    """Every unlink and rename, by whatever path of the code, is looked at."""
    writer = writer_of(vault)
    seen: list[tuple[bytes, bool]] = []

    def look(path: str) -> None:
        if str(path).startswith(str(vault)) and Path(path).exists():
            data = Path(path).read_bytes()
            seen.append((data, writer.journal.has(digest(data))))

    def looking(real, at: int):
        def call(*paths: str, **extra: object) -> object:
            look(paths[at])
            return real(*paths, **extra)

        return call

    for name, at in (("unlink", 0), ("remove", 0), ("rename", 1), ("replace", 1)):
        monkeypatch.setattr(os, name, looking(getattr(os, name), at))
    with writer.run("check --fix") as run:
        run.write([change("A.md"), change("C.md")])
        run.write([change("folder/B.md"), change("A.md", b"other")])
        (vault / "C.md").write_bytes(b"typed later")
    assert {data for data, _ in seen} >= {OLD, NEW}
    assert all(known for _, known in seen)


def test_exchange_is_what_this_system_has(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_bytes(b"1")
    other.write_bytes(b"2")
    exchange(str(one), str(other))
    assert (one.read_bytes(), other.read_bytes()) == (b"2", b"1")
    with pytest.raises(FileNotFoundError):
        exchange(str(one), str(tmp_path / "missing"))


def test_no_two_runs_have_one_name(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    digits = iter(("ab12", "ab12", "cd34"))
    monkeypatch.setattr(write.time, "strftime", lambda *_: "20260102-030405")
    monkeypatch.setattr(write.secrets, "token_hex", lambda _: next(digits))
    writer = writer_of(vault)
    for file in ("A.md", "C.md"):
        with writer.run("check --fix") as run:
            run.write_groups([[change(file)]])
    assert [entry.id[-4:] for entry in writer.history().entries] == ["ab12", "cd34"]
