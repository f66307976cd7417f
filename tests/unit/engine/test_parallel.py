"""A cold run in several processes gives what a run in one gives, whatever becomes of them."""

import itertools
import os
import signal
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.memory_source import MemorySource
from vaultlint.config.load import ConfigRequest
from vaultlint.engine import parallel, worker
from vaultlint.engine.notes import Notes
from vaultlint.engine.session import Change, Session
from vaultlint.engine.stretches import Stretches
from vaultlint.errors import SourceError
from vaultlint.source.folder import FolderSource

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


def note(at: int) -> bytes:
    lines = [
        f"---\naliases: [Alias {at % 7}]\ntags: [t{at % 5}, T{at % 5}]\n---",
        f"# Head {at}",
        f"[[n{at + 1}]] [[n{at * 2}#Head {at * 2}]] [[n{at}#nothing]] [[gone {at}]]",
        "%% vaultlint-ignore broken-link %%\n[[gone]]" * (at % 3 == 0),
        f"- #PAPER [Title {at % 9} (A 2020)](https://arxiv.org/abs/2001.{at % 9:05d})",
        "text ^id\n" * (at % 20),
    ]
    return "\n\n".join(lines).encode()


FILES = {
    **{f"sub{at % 3}/n{at}.md": note(at) for at in range(90)},
    "bad.md": b"\xff\xfe",
    "img.png": b"",
    "vaultlint.yaml": b"extends: [strict]\nrules: {orphan-note: warning, broken-lnk: off}\n",
}


@pytest.fixture(autouse=True)
def small_vaults_are_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "MIN_NOTES", 40)


def run(source: Any, jobs: int, **options: Any) -> Session:
    session = Session(source, ConfigRequest(), jobs=jobs, **options)
    session.apply()
    return session


def known(session: Session) -> tuple:
    index = session.index
    inlinks = {file: index.inlinks(file) for file in index.files}
    return (session._memo.rows, dict(index.files), index._claims, inlinks, session._world.digests)


@pytest.fixture(scope="module")
def alone() -> Session:
    return run(MemorySource(FILES), 1)


def no_child_is_left() -> bool:
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    return True


@needs_fork
def test_what_another_process_asked_of_the_index_is_followed_here() -> None:
    config = FILES["vaultlint.yaml"] + b"overrides: [{paths: ['later/**'], rules: {no-h1: off}}]\n"
    source = MemorySource({**FILES, "vaultlint.yaml": config})
    session = run(source, 3)
    assert "unused-glob" in {each.rule for each in session.diagnostics()}
    source.files["later/new.md"] = b"# New\n[[n1]]\n"
    session.apply()
    assert session.diagnostics() == run(source, 1).diagnostics()
    assert "unused-glob" not in {each.rule for each in session.diagnostics()}


@needs_fork
@pytest.mark.parametrize("jobs", [2, 3])
def test_several_processes_find_what_one_finds(alone: Session, jobs: int) -> None:
    session = run(MemorySource(FILES), jobs)
    assert len(alone.diagnostics()) > 200
    assert session.diagnostics() == alone.diagnostics()
    assert known(session) == known(alone)
    assert no_child_is_left()


@needs_fork
def test_advice_of_several_processes_is_that_of_one() -> None:
    session = run(MemorySource(FILES), 2, advising=True)
    expected = run(MemorySource(FILES), 1)
    for diagnostic in session.diagnostics():
        assert session.advise(diagnostic) == expected.advise(diagnostic)


def test_a_process_started_anew_finds_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file, data in FILES.items():
        path = tmp_path / file
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    expected = run(FolderSource(tmp_path), 1)
    monkeypatch.setattr(parallel, "can_fork", lambda: False)
    monkeypatch.setattr(parallel, "MIN_SPAWN_NOTES", 40)
    lived: list[int] = []
    packed = parallel.PackedRow
    monkeypatch.setattr(parallel, "PackedRow", lambda *a: lived.append(1) or packed(*a))
    session = run(FolderSource(tmp_path), 2, advising=True)
    assert known(session) == known(expected)
    assert lived, "the worker did nothing"
    assert session._advice._new, "it was asked for advice"
    for diagnostic in session.diagnostics():
        assert session.advise(diagnostic) == expected.advise(diagnostic)


def killed(*_: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def failed(*_: Any) -> None:
    raise MemoryError


@needs_fork
@pytest.mark.parametrize("stage", ["read", "hear", "check"])
@pytest.mark.parametrize("end", [killed, failed])
def test_a_worker_that_dies_is_replaced(
    alone: Session, monkeypatch: pytest.MonkeyPatch, stage: str, end: Any
) -> None:
    monkeypatch.setattr(worker, stage, end)
    assert known(run(MemorySource(FILES), 2)) == known(alone)
    assert no_child_is_left()


@needs_fork
def test_what_a_worker_took_before_it_died_is_done_again(
    alone: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def take_and_die(_: Any, files: Iterable[str]) -> None:
        assert list(itertools.islice(files, 3))
        killed()

    monkeypatch.setattr(worker, "read", take_and_die)
    assert known(run(MemorySource(FILES), 2)) == known(alone)


@needs_fork
@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_held_packed_is_the_same(
    alone: Session, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr(parallel, "MOST_UNPACKED", 10)
    monkeypatch.setattr(Notes.__init__, "__kwdefaults__", {"room": 400})
    session = run(MemorySource(FILES), jobs)
    assert session.diagnostics() == alone.diagnostics()
    assert known(session) == known(alone)
    for change in (Change("bad.md", b"[[n1]] #t1"), Change("sub1/n1.md", deleted=True)):
        expected = run(MemorySource(FILES), 1)
        assert session.what_if([change]).diagnostics == expected.what_if([change]).diagnostics
    for change in (Change("bad.md", b"[[n2]] #t2"), Change("sub1/n1.md", deleted=True)):
        session.apply([change])
    expected = run(MemorySource(FILES), 1)
    expected.apply([Change("bad.md", b"[[n2]] #t2"), Change("sub1/n1.md", deleted=True)])
    assert session.diagnostics() == expected.diagnostics()
    assert known(session) == known(expected)


@needs_fork
def test_processes_take_every_stretch_once() -> None:
    stretches = Stretches([["a", "b"], [], ["c"], *([str(at)] for at in range(253))])
    assert next(left := iter(stretches)) == "a"
    assert next(left) == "b"
    pid = os.fork()
    if pid == 0:
        os._exit(len(list(stretches)) != 254)
    assert os.waitpid(pid, 0)[1] == 0
    assert list(left) == []
    stretches.close()


@needs_fork
def test_a_system_without_pipes_to_spare_is_no_obstacle(
    alone: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> tuple[int, int]:
        raise OSError("too many open files")

    monkeypatch.setattr(os, "pipe", refused)
    assert known(run(MemorySource(FILES), 2)) == known(alone)


@needs_fork
def test_a_system_without_processes_to_spare_is_no_obstacle(
    alone: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> int:
        raise BlockingIOError("resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refused)
    assert known(run(MemorySource(FILES), 2)) == known(alone)


@needs_fork
def test_an_interrupt_leaves_what_was_found_and_no_process(alone: Session) -> None:
    def interrupt(done: int, total: int) -> None:
        assert 0 < done <= total
        raise KeyboardInterrupt

    session = Session(MemorySource(FILES), ConfigRequest(), jobs=2, progress=interrupt)
    with pytest.raises(KeyboardInterrupt):
        session.apply()
    assert no_child_is_left()
    found = session.diagnostics()
    assert 0 < len(found) < len(alone.diagnostics())
    assert session.advise(found[0]) is not None
    session._progress = None
    session.apply()
    assert known(session) == known(alone)


@needs_fork
def test_progress_ends_at_all_files(alone: Session) -> None:
    told: list[tuple[int, int]] = []
    run(MemorySource(FILES), 2, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (len(FILES), len(FILES))
    assert told == sorted(told)


class Vanishing(MemorySource):
    """Files that are listed, and gone when they are read."""

    gone = frozenset({"sub0/n0.md", "sub2/n89.md"})

    def read(self, file: str) -> bytes:
        if file in self.gone:
            raise SourceError("no such file", path=file) from FileNotFoundError(file)
        return super().read(file)


@pytest.mark.parametrize("jobs", [1, 2])
def test_files_that_go_away_meanwhile_count_as_deleted(jobs: int) -> None:
    left = {file: data for file, data in FILES.items() if file not in Vanishing.gone}
    session = run(Vanishing(FILES), jobs)
    assert known(session) == known(run(MemorySource(left), 1))


def test_small_vaults_and_threads_stay_in_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def count(notes: int, jobs: int | None) -> int:
        entries = MemorySource({f"{at}.md": b"" for at in range(notes)}).list()
        run = parallel.ColdRun(None, entries, jobs, None, None)  # type: ignore[arg-type]
        return parallel.processes(run)

    monkeypatch.setattr(parallel, "MIN_NOTES", 400)
    monkeypatch.setattr(parallel, "cores", lambda: 8)
    monkeypatch.setattr(parallel, "can_fork", lambda: True)
    assert [count(n, None) for n in (0, 399, 400, 800, 5000)] == [1, 1, 2, 4, 8]
    assert [count(5000, jobs) for jobs in (1, 3)] == [1, 3]
    monkeypatch.setattr(parallel, "can_fork", lambda: False)
    assert count(3999, None) == 1


@needs_fork
def test_a_process_with_threads_is_not_forked() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert not worker.can_fork()
    finally:
        done.set()
        thread.join()
