"""A job for many files gives in several processes what it gives in one, whatever becomes of them."""

import os
import signal
import time
from collections.abc import Callable

import pytest

from vaultlint.engine import shares
from vaultlint.engine.worker import Worker

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
FILES = [f"{at}.md" for at in range(300)]

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")


@pytest.fixture(autouse=True)
def two_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "MIN_FILES", 10)
    monkeypatch.setattr(shares, "cores", lambda: 3)
    # Other tests may have left a thread behind; it does nothing that these processes would miss.
    monkeypatch.setattr(shares, "can_fork", lambda: hasattr(os, "fork"))


def long(file: str) -> tuple[str, int]:
    return file * 500, os.getpid()


def test_each_file_is_done_once_and_by_several() -> None:
    done = list(shares.shared(FILES, long))
    assert sorted(file for file, _ in done) == sorted(FILES)
    assert all(plain[0] == file * 500 for file, plain in done)
    if hasattr(os, "fork"):
        assert len({plain[1] for _, plain in done} | {os.getpid()}) > 1


def test_few_files_are_done_here() -> None:
    assert {plain[1] for _, plain in shares.shared(FILES[:5], long)} == {os.getpid()}


def test_an_error_is_raised_here() -> None:
    def broken(file: str) -> str:
        if file == "77.md":
            raise ValueError(file)
        return file

    with pytest.raises(ValueError, match=r"77\.md"):
        list(shares.shared(FILES, broken))


@needs_fork
def test_the_share_of_a_process_that_dies_is_done_again() -> None:
    here = os.getpid()

    def deadly(file: str) -> str:
        if os.getpid() != here and file.startswith("2"):
            os.kill(os.getpid(), signal.SIGKILL)
        return file

    assert sorted(shares.shared(FILES, deadly)) == sorted(zip(FILES, FILES, strict=True))


@needs_fork
def test_nothing_is_left_behind_when_nobody_wants_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[Worker] = []
    ended: list[Worker] = []
    fork = shares.fork

    def counted(job: Callable[..., None], others: list[Worker]) -> Worker:
        started.append(fork(job, others))
        return started[-1]

    def end(worker: Worker) -> None:
        ended.append(worker)
        original(worker)

    original = Worker.end
    monkeypatch.setattr(shares, "fork", counted)
    monkeypatch.setattr(Worker, "end", end)
    done = shares.shared(FILES, lambda file: time.sleep(0.001) or file)
    next(done)
    done.close()
    assert len(started) == 2
    assert set(map(id, ended)) == set(map(id, started))


def test_where_no_process_can_be_made_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> Worker:
        raise OSError("no more processes")

    monkeypatch.setattr(shares, "fork", refused)
    assert {plain[1] for _, plain in shares.shared(FILES, long)} == {os.getpid()}
