"""A vault read and checked for the first time, all of it.

Tests: tests/unit/engine/test_session.py, tests/unit/engine/test_parallel.py
"""

from vaultlint.config.request import ConfigRequest
from vaultlint.diagnostics import Delta
from vaultlint.engine.changes import Survey
from vaultlint.engine.checker import Checker
from vaultlint.engine.memo import Memo
from vaultlint.engine.notes import Notes
from vaultlint.engine.parallel import Advised, ColdRun, run_cold
from vaultlint.engine.progress import Progress
from vaultlint.engine.recall import Findings
from vaultlint.engine.setup import load_setup
from vaultlint.engine.spawned import Task
from vaultlint.engine.update import World
from vaultlint.note.model import NoteId
from vaultlint.vault.index import VaultIndex
from vaultlint.vault.keys import is_markdown


def unread(surveyed: Survey, request: ConfigRequest, *, blanket: bool) -> World:
    """Return a vault whose files are listed and whose config is loaded, no note read.

    Raises ConfigError and SchemaError.
    """
    setup = load_setup(surveyed.source, request)
    index, notes = VaultIndex(), Notes(surveyed.source)
    index.set_settings(setup.settings)
    index.configure(setup.bindings)
    problems = surveyed.problems
    checker = Checker(setup.config, index, notes, blanket=blanket, problems=problems)
    notes.serve(surveyed.source, checker.textual)
    return World(surveyed.source, dict(surveyed.entries), {}, setup, checker)


def load(
    world: World,
    memo: Memo,
    request: ConfigRequest,
    jobs: int | None,
    progress: Progress | None,
    *,
    advised: Advised | None = None,
) -> tuple[World, Delta]:
    """Read and check every file of an ``unread`` world; ``memo`` is filled as findings come in.

    ``advised`` is as for ``ColdRun``.
    """
    checker, listed = world.checker, world.entries

    def task(files: list[NoteId]) -> Task:
        blanket, problems = checker.blanket, checker.problems
        advising = advised is not None
        return Task(world.source, request, blanket, problems, tuple(listed), files, advising)

    read = run_cold(ColdRun(checker, listed, jobs, task, progress, advised), memo)
    entries = {file: entry for file, entry in listed.items() if file in read}
    digests = {file: digest for file, digest in read.items() if digest}
    notes = tuple(file for file in entries if is_markdown(file))
    world = world._replace(entries=entries, digests=digests)
    return world, Delta(notes, (), Findings(lambda: dict(sorted(memo.findings().items()))))
