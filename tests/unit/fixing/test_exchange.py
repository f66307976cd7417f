"""The exchanges of systems that this one is not, and the way without any."""

import errno
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from vaultlint.fixing import exchange as exchanging
from vaultlint.fixing.exchange import backup_of, exchange, finish, replace_file, set_aside
from vaultlint.fixing.write import Replacement, Writer


class Windows:
    """ReplaceFileW as its documentation has it, failing first with the ``errors`` given."""

    def __init__(self, *errors: int) -> None:
        self.errors = list(errors)
        self.calls = 0

    def __call__(self, note: str, new: str, backup: str) -> int:
        self.calls += 1
        error = self.errors.pop(0) if self.errors else 0
        if error == 1177:  # the note has its backup's name already, the new file not yet the note's
            Path(note).rename(backup)
        if error:
            return error
        if not Path(note).exists():
            return 2
        Path(note).rename(backup)
        Path(new).rename(note)
        return 0


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    new, note = tmp_path / ".vaultlint-1.tmp", tmp_path / "note.md"
    new.write_bytes(b"new")
    note.write_bytes(b"old")
    return new, note


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_windows_changes_the_places_of_two_files(pair) -> None:
    replace_file(str(pair[0]), str(pair[1]), Windows(), lambda _: None)
    assert files(pair[0].parent) == {".vaultlint-1.tmp": b"old", "note.md": b"new"}


def test_windows_waits_for_a_scanner_but_not_for_ever(pair) -> None:
    waits: list[float] = []
    replace_file(str(pair[0]), str(pair[1]), Windows(32, 5, 33), waits.append)
    assert len(waits) == 3
    for busy in (5, 32, 33):
        waits.clear()
        with pytest.raises(PermissionError):
            replace_file(str(pair[0]), str(pair[1]), Windows(*[busy] * 1000), waits.append)
        assert 2.5 <= sum(waits) <= 3.1


@pytest.mark.parametrize("error", [1175, 1176, 1177, 1, 50])
def test_a_replacement_that_windows_left_half_done_is_taken_back(pair, error: int) -> None:
    before = files(pair[0].parent)
    with pytest.raises(OSError) as caught:
        replace_file(str(pair[0]), str(pair[1]), Windows(error), lambda _: None)
    assert caught.value.errno == (errno.ENOSYS if error in (1, 50) else errno.EIO)
    assert files(pair[0].parent) == before


def test_windows_never_brings_a_note_back(pair) -> None:
    pair[1].unlink()
    with pytest.raises(FileNotFoundError):
        replace_file(str(pair[0]), str(pair[1]), Windows(), lambda _: None)
    assert files(pair[0].parent) == {".vaultlint-1.tmp": b"new"}


def test_setting_aside_changes_places_without_overwriting(pair) -> None:
    set_aside(str(pair[0]), str(pair[1]))
    assert files(pair[0].parent) == {".vaultlint-1.tmp": b"old", "note.md": b"new"}
    assert pair[1].stat().st_nlink == 1


def test_setting_aside_leaves_a_note_that_came_meanwhile(pair, monkeypatch) -> None:
    real, calls = os.link, []

    def link(source: str, target: str) -> None:
        calls.append(target)
        if len(calls) == 2:
            pair[1].write_bytes(b"typed")
        real(source, target)

    monkeypatch.setattr("os.link", link)
    with pytest.raises(FileExistsError):
        set_aside(str(pair[0]), str(pair[1]))
    assert pair[1].read_bytes() == b"typed"
    assert Path(backup_of(str(pair[0]))).read_bytes() == b"old"


def test_setting_aside_moves_nothing_where_there_are_no_links(pair, monkeypatch) -> None:
    def refuse(*_: str) -> None:
        raise PermissionError(errno.EPERM, "no links")

    monkeypatch.setattr("os.link", refuse)
    before = files(pair[0].parent)
    with pytest.raises(PermissionError):
        set_aside(str(pair[0]), str(pair[1]))
    assert files(pair[0].parent) == before


@pytest.mark.parametrize("calls", range(1, 8))
def test_setting_aside_can_be_finished_after_a_crash_at_any_call(
    pair, monkeypatch, calls: int
) -> None:
    left = [calls]

    class Crash(BaseException):
        pass

    def crashing(real):
        def call(*paths: str) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise Crash
            real(*paths)

        return call

    with monkeypatch.context() as patch:
        for name in ("link", "unlink", "rename"):
            patch.setattr(os, name, crashing(getattr(os, name)))
        if calls < 7:
            with pytest.raises(Crash):
                set_aside(str(pair[0]), str(pair[1]))
        else:
            set_aside(str(pair[0]), str(pair[1]))
    for _ in range(2):
        finish(str(pair[0]), str(pair[1]))
        found = files(pair[0].parent)
        assert found.pop("note.md") in (b"old", b"new")
        assert set(found) == {".vaultlint-1.tmp"}


def test_only_the_note_of_the_person_stands_when_three_files_meet(pair) -> None:
    """Finishing leaves the old text at the backup's name, to be looked at."""
    Path(backup_of(str(pair[0]))).write_bytes(b"old")
    pair[1].write_bytes(b"typed")
    before = files(pair[0].parent)
    finish(str(pair[0]), str(pair[1]))
    assert files(pair[0].parent) == before


def test_the_writer_writes_and_gives_back_on_windows(tmp_path: Path, monkeypatch) -> None:
    """The whole writer over the stand-in for ReplaceFileW."""
    monkeypatch.setattr(exchanging, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(exchanging, "_windows_replace", lambda: Windows(32))
    monkeypatch.setattr(exchanging.time, "sleep", lambda _: None)
    for name in ("A.md", "B.md"):
        (tmp_path / "vault").mkdir(exist_ok=True)
        (tmp_path / "vault" / name).write_bytes(b"old")

    def save(_: float) -> None:
        displaced = min((tmp_path / "vault").glob(".vaultlint*"))
        displaced.write_bytes(b"typed")

    writer = Writer(tmp_path / "vault", tmp_path / "state", grace=1, wait=save)
    with writer.run("check --fix") as run:
        for name in ("A.md", "B.md"):
            run.write([Replacement(name, b"old", b"new")])
    assert files(tmp_path / "vault") == {"A.md": b"typed", "B.md": b"new"}
    assert [late.file for late in run.late] == ["A.md"]


@pytest.mark.parametrize("error", [0, errno.ENOENT, errno.ENOTSUP])
def test_macos_swaps_with_one_call(pair, monkeypatch, error: int) -> None:
    calls: list[tuple[bytes, bytes, int]] = []

    def renamex_np(one: bytes, other: bytes, flags) -> int:
        calls.append((one, other, flags.value))
        if error:
            monkeypatch.setattr("ctypes.get_errno", lambda: error)
        return -1 if error else 0

    monkeypatch.setattr(exchanging, "sys", SimpleNamespace(platform="darwin"))
    monkeypatch.setattr(exchanging, "_libc", lambda: SimpleNamespace(renamex_np=renamex_np))
    if error:
        with pytest.raises(OSError) as caught:
            exchange(str(pair[0]), str(pair[1]))
        assert caught.value.errno == error
    else:
        exchange(str(pair[0]), str(pair[1]))
    assert calls == [(os.fsencode(pair[0]), os.fsencode(pair[1]), 2)]


def test_a_system_without_an_exchange_says_so(pair, monkeypatch) -> None:
    monkeypatch.setattr(exchanging, "sys", SimpleNamespace(platform="plan9"))
    with pytest.raises(OSError) as caught:
        exchange(str(pair[0]), str(pair[1]))
    assert caught.value.errno in exchanging.UNSUPPORTED
