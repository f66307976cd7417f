"""One job for each of many files, done in several processes where that pays.

The processes take files stretch by stretch. This one looks after each file of its own whether the
others have said something, so they seldom wait for whoever consumes what comes out.

Invariant: every file is yielded once, with what the job makes of it, whatever becomes of the others.
None of them is left behind.

Tests: tests/unit/engine/test_shares.py
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from vaultlint.engine.parallel import cores
from vaultlint.engine.stretches import MOST_STRETCHES, Stretches
from vaultlint.engine.wire import Pipe, WorkerDied
from vaultlint.engine.worker import Worker, can_fork, fork
from vaultlint.note.model import NoteId

Job = Callable[[NoteId], Any]
"""What is to be done on one file. It gives plain data and changes nothing."""

MIN_FILES = 400
"""Fewer files than this are done before a second process has started."""


def shared(files: Sequence[NoteId], job: Job) -> Iterator[tuple[NoteId, Any]]:
    """Yield each of ``files`` with what ``job`` makes of it, in no order."""
    left = dict.fromkeys(files)
    with contextlib.ExitStack() as stack:
        for file, plain in _done(files, job, stack):
            del left[file]
            yield file, plain
    for file in left:  # their process went away
        yield file, job(file)


def _done(
    files: Sequence[NoteId], job: Job, stack: contextlib.ExitStack
) -> Iterator[tuple[NoteId, Any]]:
    count = cores() if len(files) >= MIN_FILES and can_fork() else 1
    if count < 2:
        return
    size = -(-len(files) // MOST_STRETCHES)
    workers: list[Worker] = []
    with contextlib.suppress(OSError):  # no pipe or no process: less is done elsewhere
        stretches = Stretches([files[at : at + size] for at in range(0, len(files), size)])
        stack.callback(stretches.close)
        for _ in range(count - 1):
            workers.append(fork(lambda pipe: _work(pipe, stretches, job), workers))
            stack.callback(workers[-1].end)
        yield from _gathered(stretches, job, workers)


def _work(pipe: Pipe, files: Stretches, job: Job) -> None:
    for file in files:
        pipe.send((file, job(file)))
    pipe.send(None)


def _gathered(files: Stretches, job: Job, workers: list[Worker]) -> Iterator[tuple[NoteId, Any]]:
    own, talking, more = iter(files), list(workers), True
    while more or talking:
        heard = [worker for worker in talking if not more or worker.pipe.waits()]
        for worker in heard:
            try:
                message = worker.pipe.receive()
            except WorkerDied:
                message = None
            if message is None:
                talking.remove(worker)
            else:
                yield message
        if not heard and (file := next(own, None)) is not None:
            yield file, job(file)
        elif not heard:
            more = False
