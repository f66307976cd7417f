"""The other end of ``worker.spawn``: a process that was started anew, with its task on stdin.

Tests: tests/unit/engine/test_parallel.py
"""

import gc
import sys
from typing import NamedTuple

from vaultlint.config.request import ConfigRequest
from vaultlint.engine.checker import Checker
from vaultlint.engine.notes import Notes
from vaultlint.engine.setup import load_setup
from vaultlint.engine.wire import Pipe
from vaultlint.engine.worker import work
from vaultlint.note.model import NoteId
from vaultlint.source import SourceProblem
from vaultlint.source.overlay import OverlaySource
from vaultlint.vault.index import VaultIndex


class Task(NamedTuple):
    """All that a worker must know to see the vault as its session does."""

    source: OverlaySource
    request: ConfigRequest
    blanket: bool
    problems: tuple[SourceProblem, ...]
    listed: tuple[NoteId, ...]
    files: list[NoteId]
    advising: bool = False


def main() -> None:
    """Do the task that stdin brings."""
    import pickle

    gc.disable()
    pipe = Pipe(sys.stdin.buffer, sys.stdout.buffer)
    task: Task = pickle.loads(pipe.receive())  # noqa: S301 - from the session that started us
    setup = load_setup(task.source, task.request)
    index = VaultIndex()
    index.set_settings(setup.settings)
    index.configure(setup.bindings)
    index.add(task.listed)
    notes = Notes(task.source)
    checker = Checker(setup.config, index, notes, blanket=task.blanket, problems=task.problems)
    notes.serve(task.source, checker.textual)
    work(pipe, checker, task.files, advising=task.advising)
