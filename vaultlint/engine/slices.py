"""A share of the vault: read it, then check it. What a process does, alone or beside others.

Tests: tests/unit/engine/test_parallel.py
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from vaultlint.engine.checker import Checker
from vaultlint.engine.facts import read_file
from vaultlint.engine.rows import Row
from vaultlint.engine.wire import Said
from vaultlint.note.model import NoteId
from vaultlint.source import Entry
from vaultlint.vault.index import VaultIndex
from vaultlint.vault.keys import is_markdown

Step = Callable[[], None]
"""Called when one more file is done."""

_PER_FILE = 3_000  # what a file costs beyond its bytes, in bytes: an empty note is not free


def cut(entries: Mapping[NoteId, Entry], count: int) -> list[list[NoteId]]:
    """Return the files in ``count`` runs that take about the same time, in order."""
    slices: list[list[NoteId]] = [[] for _ in range(count)]
    costs = [_PER_FILE + entry.size if is_markdown(entry.id) else 200 for entry in entries.values()]
    each = (sum(costs) or 1) / count
    before = 0
    for file, cost in zip(entries, costs, strict=True):
        slices[min(int(before / each), count - 1)].append(file)
        before += cost
    return slices


def read(checker: Checker, files: Iterable[NoteId]) -> Iterator[Said]:
    """Read ``files``, tell the index, and yield what the others have to hear of them."""
    with checker.notes.packing():
        for file in files:
            _, digest, exports = read_file(checker.notes, file)
            if exports is None:
                checker.index.remove(file)
                yield Said(file, digest, None)
            else:
                yield Said(file, digest, checker.index.load(file, exports))


def hear(index: VaultIndex, said: Iterable[Said]) -> None:
    """Tell ``index`` what other processes said of files that it knows by name."""
    for file, _, told in said:
        if told is None:
            index.remove(file)
        else:
            index.load_packed(file, told)


def check(
    checker: Checker, files: Sequence[NoteId], step: Step | None = None
) -> Iterator[tuple[NoteId, Row]]:
    """Yield the row of each of ``files`` that is checked, those whose facts are at hand first.

    Files that went away since they were listed are passed over.
    """
    kept = set(checker.notes.kept())
    for file in sorted(files, key=lambda file: file not in kept):
        there = file in checker.index.files or file in checker.extra
        plan = checker.plan(file) if there else None
        if plan is not None:
            yield file, checker.check(file, plan)
        if step is not None:
            step()
