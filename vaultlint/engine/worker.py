"""A worker: another process that reads and checks a share of the vault.

Invariant: a worker only computes. It is forked where that is safe (Linux, one thread) and started
anew elsewhere; either way it says its facts, hears those of the others, and says its rows. It never
outlives its session: an end of file, a broken pipe or ``end`` is its end.

Tests: tests/unit/engine/test_parallel.py
"""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from vaultlint.diagnostics import Diagnostic
from vaultlint.engine.advise import advise
from vaultlint.engine.checker import Checker
from vaultlint.engine.packing import Packed, pack_advice
from vaultlint.engine.rows import packed_row
from vaultlint.engine.slices import check, hear, read
from vaultlint.engine.wire import Pipe, Said, WorkerDied
from vaultlint.note.model import NoteId


class Ending(Protocol):
    """Ends a process and waits for it."""

    def __call__(self) -> None:
        """End it, whether it still runs or not."""
        ...


class Worker:
    """The session's end of one worker. ``said`` is what it said of the files it read."""

    def __init__(self, pipe: Pipe, end: Ending) -> None:
        self.said: list[Said] = []
        self.pipe = pipe
        self._end = end

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self.pipe.close()
        self._end()


def work(pipe: Pipe, checker: Checker, files: Iterable[NoteId], *, advising: bool = False) -> None:
    """Do ``files``: say their facts, hear those of all others, say the rows.

    Each row comes with the advice about its findings when ``advising``, for the notes are at hand
    here; else with none.
    """
    said = list(read(checker, files))
    pipe.send_each(said)
    hear(checker.index, (Said(*each) for each in pipe.receive_each()))
    rows = [
        (file, *packed_row(row), [_advice(checker, each) for each in row.diagnostics * advising])
        for file, row in check(checker, [each.file for each in said])
    ]
    pipe.send_each(rows)


def _advice(checker: Checker, diagnostic: Diagnostic) -> Packed:
    return pack_advice(*advise(checker, diagnostic))


def can_fork() -> bool:
    """Return whether this process may be forked: Linux, and no thread that would be lost."""
    return sys.platform == "linux" and threading.active_count() == 1


def fork(job: Callable[[Pipe], None], others: list[Worker]) -> Worker:
    """Return a worker that is a copy of this process, and does ``job`` at its end of the pipe.

    ``others`` are the workers that are there already. Raises OSError when the system refuses another process.
    """
    child_reads, we_write = os.pipe()
    we_read, child_writes = os.pipe()
    try:
        pid = os.fork()
    except OSError:
        for descriptor in (child_reads, we_write, we_read, child_writes):
            os.close(descriptor)
        raise
    if pid == 0:
        os.close(we_read)
        os.close(we_write)
        for other in others:
            other.pipe.close()
        pipe = _pipe(child_reads, child_writes)
        _run_forked(lambda: job(pipe))
    os.close(child_reads)
    os.close(child_writes)

    def end() -> None:
        try:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        except (ProcessLookupError, ChildProcessError):
            return

    return Worker(_pipe(we_read, we_write), end)


def _run_forked(job: Callable[[], None]) -> None:
    """Do ``job`` and leave the process at once: nothing of the parent's is cleaned up twice."""
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the session ends its workers itself
        job()
        code = 0
    finally:
        os._exit(code)


def _pipe(reads: int, writes: int) -> Pipe:
    return Pipe(os.fdopen(reads, "rb"), os.fdopen(writes, "wb"))


def spawn(task: Any) -> Worker:
    """Return a worker that is started anew with ``task``.

    Raises OSError when it cannot be started, and whatever pickling the task raises.
    """
    import pickle
    import subprocess

    data = pickle.dumps(task)
    process = subprocess.Popen(
        [sys.executable, "-c", "from vaultlint.engine.spawned import main; main()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    pipe = Pipe(process.stdout, process.stdin)  # type: ignore[arg-type]  # both are buffered

    def end() -> None:
        process.kill()
        process.wait()

    worker = Worker(pipe, end)
    try:
        pipe.send(data)
    except WorkerDied as error:
        worker.end()
        raise OSError("the worker process did not start") from error
    return worker
