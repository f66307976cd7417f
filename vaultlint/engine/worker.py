"""A worker: another process that reads and checks a share of the vault.

Invariant: a worker only computes. It is forked where that is safe (Linux, one thread) and started
anew elsewhere; either way it says its facts, hears those of the others, and says its rows. It never
outlives its session: an end of file, a broken pipe or ``end`` is its end.

Tests: tests/unit/engine/test_parallel.py
"""

import marshal
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from typing import Any, BinaryIO, Protocol

from vaultlint.diagnostics import Diagnostic
from vaultlint.engine.advise import advise
from vaultlint.engine.checker import Checker
from vaultlint.engine.packing import Packed, pack_advice
from vaultlint.engine.slices import check, read
from vaultlint.engine.stretches import Stretches
from vaultlint.engine.wire import Facts, pack_facts, pack_row, unpack_facts
from vaultlint.note.model import NoteId
from vaultlint.vault.index import VaultIndex

_LENGTH = 8  # bytes of the length before each message


class WorkerDied(Exception):
    """A worker went away before it said what was expected of it."""


class Pipe:
    """Messages over two byte streams: each is plain data, marshaled after its length."""

    def __init__(self, reader: BinaryIO, writer: BinaryIO) -> None:
        self._reader = reader
        self._writer = writer

    def send(self, message: Any) -> None:
        """Send ``message``. Raises WorkerDied when nobody listens any more."""
        self.send_marshaled(marshal.dumps(message))

    def send_marshaled(self, data: bytes) -> None:
        """Send the message that was marshaled to ``data``. Raises WorkerDied as ``send`` does."""
        try:
            self._writer.write(len(data).to_bytes(_LENGTH, "big"))
            self._writer.write(data)
            self._writer.flush()
        except (OSError, ValueError) as error:
            raise WorkerDied from error

    def receive(self) -> Any:
        """Return the next message. Raises WorkerDied when there is none."""
        return unmarshaled(self.receive_marshaled())

    def receive_marshaled(self) -> bytes:
        """Return the next message as it came. Raises WorkerDied when there is none."""
        try:
            return self._exactly(int.from_bytes(self._exactly(_LENGTH), "big"))
        except (OSError, ValueError, EOFError) as error:
            raise WorkerDied from error

    def _exactly(self, count: int) -> bytes:
        data = self._reader.read(count)
        if len(data) != count:
            raise EOFError
        return data

    def close(self) -> None:
        """Close both streams."""
        for stream in (self._reader, self._writer):
            try:
                stream.close()
            except OSError:
                continue


def unmarshaled(data: bytes) -> Any:
    """Return the message in ``data``. Raises WorkerDied when there is none in it."""
    try:
        return marshal.loads(data)  # noqa: S302 - from our own process
    except (ValueError, EOFError, TypeError) as error:
        raise WorkerDied from error


class Ending(Protocol):
    """Ends a process and waits for it."""

    def __call__(self) -> None:
        """End it, whether it still runs or not."""
        ...


class Worker:
    """The session's end of one worker. ``files`` are those whose facts it said."""

    def __init__(self, pipe: Pipe, end: Ending) -> None:
        self.files: list[NoteId] = []
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
    facts = read(checker.notes, files)
    pipe.send(pack_facts(facts))
    fill(checker.index, facts)
    while (others := pipe.receive()) is not None:
        fill(checker.index, unpack_facts(others))
    own = [each.file for each in facts]
    pipe.send(
        [
            (pack_row(file, row), [_advice(checker, each) for each in row.diagnostics * advising])
            for file, row in check(checker, own)
        ]
    )


def _advice(checker: Checker, diagnostic: Diagnostic) -> Packed:
    return pack_advice(advise(checker, diagnostic))


def fill(index: VaultIndex, facts: list[Facts]) -> None:
    """Tell ``index`` the facts of files that it knows by name; those that went away are removed."""
    for file, _, exports in facts:
        if exports is None:
            index.remove(file)
        else:
            index.load(file, exports)


def can_fork() -> bool:
    """Return whether this process may be forked: Linux, and no thread that would be lost."""
    return sys.platform == "linux" and threading.active_count() == 1


def fork(
    checker: Checker, stretches: Stretches, others: list[Worker], *, advising: bool = False
) -> Worker:
    """Return a worker that is a copy of this process, with what ``checker`` knows already.

    It takes its files from ``stretches``; ``advising`` is as for ``work``.

    Raises OSError when the system refuses another process.
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
        _run_forked(lambda: work(pipe, checker, stretches, advising=advising))
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
