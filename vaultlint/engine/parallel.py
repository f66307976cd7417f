"""The cold run: every file read and checked, in as many processes as pay for themselves.

Each process reads a share, all exchange what their files tell the vault, and each then runs all
rules over the files whose facts it has in memory; only findings and keys come back.

Invariant: index, rows and findings equal those of a run in one process. A worker that dies, at
whatever point, means that its share is done again here; none is left behind.

Tests: tests/unit/engine/test_parallel.py
"""

import contextlib
import gc
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from vaultlint.diagnostics import Diagnostic
from vaultlint.engine.checker import Checker
from vaultlint.engine.memo import Memo
from vaultlint.engine.packing import Packed
from vaultlint.engine.progress import Progress
from vaultlint.engine.rows import PackedRow, packed_row
from vaultlint.engine.slices import check, cut, hear, read
from vaultlint.engine.stretches import MOST_STRETCHES, Stretches
from vaultlint.engine.wire import Said, WorkerDied
from vaultlint.engine.worker import Worker, can_fork, fork, spawn, work
from vaultlint.note.model import NoteId
from vaultlint.source import Entry
from vaultlint.vault.keys import is_markdown

Advised = Callable[[Diagnostic, Packed], None]
"""Takes a finding and the advice about it, packed."""

MIN_NOTES = 400
"""Fewer notes than this are done before a second process has started."""

MIN_SPAWN_NOTES = 4_000
"""A process that is started anew must first import everything, so it needs more to do."""

MOST_UNPACKED = 20_000
"""The rows of more files than this are held packed: they cost more memory than time."""


class ColdRun(NamedTuple):
    """All there is to do. ``task`` is what a worker that is started anew is told.

    ``advised`` is told what workers advise about each of their findings; None when nobody asks.
    """

    checker: Checker
    entries: Mapping[NoteId, Entry]
    jobs: int | None
    task: Callable[[list[NoteId]], Any]
    progress: Progress | None
    advised: Advised | None = None


def run_cold(run: ColdRun, memo: Memo) -> dict[NoteId, str]:
    """Fill the index and ``memo`` from all entries, and return the digests by file.

    Files that went away meanwhile are neither in the index nor in the result.
    """
    extra = sorted(run.checker.extra - run.entries.keys())
    large = len(run.entries) >= MIN_NOTES
    with _collector_at_rest(keep=large), contextlib.ExitStack() as stack:
        run.checker.index.add(run.entries)
        stack.callback(run.checker.notes.forget_packed)
        workers, files = _start(run, processes(run), stack)
        own = _read(run, workers, files)
        digests = {
            each.file: each.digest
            for said in (own, *(worker.said for worker in workers))
            for each in said
            if each.told is not None
        }
        _check(run, memo, workers, [*(each.file for each in own), *extra])
    return digests


def processes(run: ColdRun) -> int:
    """Return how many processes the run is worth."""
    allowed = run.jobs if run.jobs is not None else cores()
    notes = sum(1 for file in run.entries if is_markdown(file))
    least = MIN_NOTES if can_fork() else MIN_SPAWN_NOTES
    return max(1, min(allowed, 2 * notes // least)) if notes >= least else 1


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextlib.contextmanager
def _collector_at_rest(*, keep: bool) -> Iterator[None]:
    """Keep the cyclic collector from walking facts that all stay alive.

    With ``keep`` it never looks at them again: the pass it would make right after costs as much as
    a tenth of the run, and there are no cycles in them.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    if keep:
        gc.freeze()
    try:
        yield
    finally:
        if keep:
            gc.freeze()
        if was_enabled:
            gc.enable()


def _start(
    run: ColdRun, count: int, stack: contextlib.ExitStack
) -> tuple[list[Worker], Iterable[NoteId]]:
    """Return the workers of ``count`` processes, which ``stack`` ends, and the files that we read.

    Files of a worker that could not start are not among them: nobody will have said their facts.
    """
    workers: list[Worker] = []
    files: Iterable[NoteId] = run.entries
    with contextlib.suppress(Exception):  # no memory, no pickling, no process: done here
        if count > 1 and can_fork():
            files = stretches = Stretches(cut(run.entries, MOST_STRETCHES))
            stack.callback(stretches.close)
            checker, advising = run.checker, run.advised is not None
            for _ in range(count - 1):
                share = partial(work, checker=checker, files=stretches, advising=advising)
                workers.append(fork(share, workers))
                stack.callback(workers[-1].end)
        elif count > 1:
            files, *others = cut(run.entries, count)
            for each in others:
                workers.append(spawn(run.task(each)))
                stack.callback(workers[-1].end)
    return workers, files


def _read(run: ColdRun, workers: list[Worker], files: Iterable[NoteId]) -> list[Said]:
    """Read ``files`` and what no worker said, and return what there is to say of these.

    ``workers`` is narrowed to those that live.
    """
    index = run.checker.index
    own = list(read(run.checker, files))
    for worker in [*workers]:
        try:
            worker.said = [Said(*each) for each in worker.pipe.receive_each()]
        except WorkerDied:
            workers.remove(worker)
        else:
            hear(index, worker.said)
    known = {each.file for said in (own, *(one.said for one in workers)) for each in said}
    own += read(run.checker, [file for file in run.entries if file not in known])
    for worker in workers:
        others = (one.said for one in workers if one is not worker)
        with contextlib.suppress(WorkerDied):  # noticed when its rows are missing
            worker.pipe.send_each(each for said in (own, *others) for each in said)
    return own


def _check(run: ColdRun, memo: Memo, workers: list[Worker], files: list[NoteId]) -> None:
    """Check ``files`` here, and take the rows of the workers' files."""
    done = _Done(run.progress, len(files), len(run.entries))
    _check_here(run, memo, files, done)
    for worker in workers:
        try:
            for file, found, keys, advice in worker.pipe.receive_each():
                plan = run.checker.plan(file)
                assert plan is not None
                memo.put_packed(file, plan, PackedRow(found, keys))
                if run.advised is not None and found:
                    for diagnostic, advised in zip(
                        memo.loaded[file].diagnostics, advice, strict=True
                    ):
                        run.advised(diagnostic, advised)
        except WorkerDied:
            _check_here(run, memo, [each.file for each in worker.said])
    done.finish()


def _check_here(
    run: ColdRun, memo: Memo, files: list[NoteId], step: Callable[[], None] | None = None
) -> None:
    many = len(run.entries) > MOST_UNPACKED
    for file, row in check(run.checker, files, step):
        if many:
            memo.put_packed(file, row.plan, packed_row(row))
        else:
            memo.put(file, row)


class _Done:
    """Tells the progress of the whole run from that of our own slice."""

    def __init__(self, progress: Progress | None, own: int, total: int) -> None:
        self._progress = progress
        self._own = max(own, 1)
        self._total = total
        self._count = 0

    def __call__(self) -> None:
        self._count += 1
        if self._progress is not None and self._count % 32 == 0:
            self._progress(self._count * self._total // self._own, self._total)

    def finish(self) -> None:
        """Say that all is done."""
        if self._progress is not None:
            self._progress(self._total, self._total)
