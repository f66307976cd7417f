"""The update: from a loaded vault and a survey of changes to the vault as it is now.

Invariant: everything that may be refused (listing, config) happens before; an update itself only
succeeds, so index, memo and world never disagree. It reads the files that were touched and checks
the files that a changed byte, rule or key concerns, nothing else.

Tests: tests/unit/engine/test_session.py, tests/properties/test_session.py
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from vaultlint.config.request import ConfigRequest
from vaultlint.diagnostics import Delta, Diagnostic
from vaultlint.engine.changes import Survey
from vaultlint.engine.checker import Checker
from vaultlint.engine.digests import differ, digest_of
from vaultlint.engine.facts import Facts, read_file
from vaultlint.engine.memo import Memo
from vaultlint.engine.plan import Plan
from vaultlint.engine.recall import Outweighed, outweighs
from vaultlint.engine.replan import Difference, difference, rules_again, without
from vaultlint.engine.setup import Setup, changed_keys, load_setup
from vaultlint.errors import SourceError
from vaultlint.note.model import NoteId
from vaultlint.source import Entry
from vaultlint.source.overlay import OverlaySource
from vaultlint.vault.keys import COMPUTED, FILES, OUTLINES, Exports, Key, has_facts, is_markdown

_Todo = dict[NoteId, set[str] | None]
"""The rules to run again on each file; None for all of them."""
_Diagnostics = dict[NoteId, tuple[Diagnostic, ...]]


class World(NamedTuple):
    """A loaded vault. ``digests`` are those of the notes that were read."""

    source: OverlaySource
    entries: Mapping[NoteId, Entry]
    digests: Mapping[NoteId, str]
    setup: Setup
    checker: Checker

    def plan(self, file: NoteId) -> Plan | None:
        """Return what is to be done on ``file``, None when it is not there or not checked."""
        there = file in self.entries or file in self.checker.extra
        return self.checker.plan(file) if there else None

    def facts(self, file: NoteId) -> int:
        """Return which kinds of facts ``file`` has (``keys.facts_of``)."""
        found: int = (self.checker.index.files.get(file) or {}).get(("facts", file), 0)
        return found

    @contextmanager
    def rolled_back(self, surveyed: Survey) -> Iterator[None]:
        """Undo, at the end of the block, what an update for ``surveyed`` did to index and notes."""
        index, notes = self.checker.index, self.checker.notes
        files = {*surveyed.touched, *surveyed.removed}
        before: dict[NoteId, Exports | None] = {file: index.files.get(file) for file in files}
        try:
            yield
        finally:
            index.set_settings(self.setup.settings)
            index.configure(self.setup.bindings)
            for file, exports in before.items():
                if exports is None:
                    index.remove(file)
                else:
                    index.put(file, exports)
            textual = self.checker.textual
            notes.serve(self.source, textual, {*files, *textual})


def renewed(world: World, surveyed: Survey, request: ConfigRequest) -> Setup:
    """Return the setup after the changes: that of ``world`` if no input of it changed.

    Raises ConfigError and SchemaError.
    """
    asked = {*surveyed.touched, *surveyed.removed, *surveyed.hidden}
    if surveyed.complete:
        asked.update(world.setup.digests.keys() - surveyed.entries.keys())
    if differ(world.setup.digests, surveyed.source, asked):
        return load_setup(surveyed.source, request)
    return world.setup


def update(
    world: World,
    memo: Memo,
    surveyed: Survey,
    setup: Setup,
    *,
    progress: Callable[[int, int], None] | None = None,
    first: bool = False,
) -> tuple[World, Delta]:
    """Bring index and ``memo`` up to date and return the new world and what that did.

    The ``first`` update of a vault that an earlier session left raises Outweighed, index and memo
    being of no use then, when it is better not made.
    """
    checker = _renewed_checker(world, surveyed, setup)
    textual = checker.textual
    checker.notes.serve(surveyed.source, textual, {*surveyed.touched, *surveyed.removed, *textual})
    facts, gone = _read(world, surveyed, checker)
    entries = surveyed.entries
    if not gone.isdisjoint(entries):
        entries = {file: entry for file, entry in entries.items() if file not in gone}
    digests = dict(world.digests)
    for file in (*gone, *(each.file for each in facts)):
        digests.pop(file, None)
    digests.update((each.file, each.digest) for each in facts if each.digest)
    after = World(surveyed.source, entries, digests, setup, checker)

    same = not gone and setup is world.setup
    same = same and all(checker.index.files.get(each.file) == each.exports for each in facts)
    if not (same or memo.followed):  # the rows may come from another process or another run
        world.checker.index.ask(memo.asked(COMPUTED), world.setup.bindings)
        memo.followed = True
    changed = _tell_index(world, after, facts, gone)
    todo: _Todo = dict(memo.readers(changed))
    todo.update(dict.fromkeys(each.file for each in facts))
    todo.update(dict.fromkeys(gone & memo.files))
    diagnostics = {} if checker is world.checker else _replan(todo, after, memo)
    if first and outweighs(len(todo), len(entries)):
        raise Outweighed
    diagnostics |= _check(after, memo, todo, progress)
    notes = tuple(sorted(each.file for each in facts if is_markdown(each.file)))
    removed = tuple(sorted(gone & world.entries.keys()))
    changed |= _read_by_advice(world, changed, facts, gone)
    return after, Delta(notes, removed, diagnostics, frozenset(changed))


def _renewed_checker(world: World, surveyed: Survey, setup: Setup) -> Checker:
    old = world.checker
    if setup is world.setup and surveyed.problems == old.problems:
        return old
    return Checker(
        setup.config, old.index, old.notes, blanket=old.blanket, problems=surveyed.problems
    )


def _read(
    world: World, surveyed: Survey, checker: Checker
) -> tuple[list[Facts], frozenset[NoteId]]:
    """Return the facts of the files that really changed, and the files that are gone."""
    gone = set(surveyed.removed)
    facts: list[Facts] = []
    listed: Mapping[NoteId, Entry] | None = None
    for file in sorted(surveyed.touched):
        known = world.digests.get(file)
        if known and file in world.entries and digest_of(surveyed.source, file) == known:
            continue
        each = read_file(checker.notes, file)
        if has_facts(file) and not each.digest and each.exports is not None and listed is None:
            listed = _listed(surveyed)
        if each.exports is None or (listed is not None and file not in listed):
            gone.add(file)
        elif file not in world.entries or each.digest != world.digests.get(file, ""):
            facts.append(each)
    return facts, frozenset(gone)


def _listed(surveyed: Survey) -> Mapping[NoteId, Entry] | None:
    """Return what the source lists now: a file that cannot be read may simply not be there."""
    try:
        return surveyed.source.list()
    except SourceError:
        return None


def _tell_index(
    world: World, after: World, facts: Iterable[Facts], gone: Iterable[NoteId]
) -> set[Key]:
    """Return every key whose answer may have changed."""
    index = after.checker.index
    changed: set[Key] = set()
    for file in gone:
        changed |= index.remove(file)
    for each in facts:
        assert each.exports is not None
        changed |= index.put(each.file, each.exports)
    if after.setup is not world.setup:
        changed |= index.set_settings(after.setup.settings)
        changed |= index.configure(after.setup.bindings)
        changed |= changed_keys(world.setup, after.setup, after.entries)
    return changed


def _read_by_advice(
    before: World, changed: Iterable[Key], facts: Iterable[Facts], gone: Iterable[NoteId]
) -> set[Key]:
    """Return the keys that changed of those that advice alone reads."""
    files = {*gone, *(each.file for each in facts)}
    found: set[Key] = {("text", file) for file in files}
    if not files.isdisjoint(gone) or not files <= before.entries.keys():
        found.add(FILES)
    if any(key[0] == "anchor" for key in changed):
        found.add(OUTLINES)
    return found


def _replan(todo: _Todo, world: World, memo: Memo) -> _Diagnostics:
    """Bring the rows to the plans of ``world``; what takes the notes is added to ``todo``.

    Return the findings of the files whose rows lost a rule, where no note is needed.
    """
    special = world.checker.extra | world.checker.config.vocabulary_files.keys()
    compared: dict[tuple[int, int], Difference | None] = {}
    diagnostics: _Diagnostics = {}
    for file in {*world.entries, *special, *memo.rows}:
        if todo.get(file, ()) is None:
            continue
        plan, row = world.plan(file), memo.get(file)
        if plan is None and row is None:
            continue
        if plan is None or row is None or file in special:
            todo[file] = None
            continue
        pair = (id(row.plan), id(plan))
        if pair not in compared:
            compared[pair] = difference(row.plan, plan)
        if (between := compared[pair]) is None:
            continue
        rules = rules_again(row, world.facts(file), between)
        if rules is not None or file in todo:
            todo[file] = (rules or set()) | (todo.get(file) or set())
            continue
        new = without(row, between.gone, plan)
        memo.put(file, new)
        if not between.gone.isdisjoint((*row.found, *row.keys)):  # what is kept of it changes
            diagnostics[file] = new.diagnostics
    return diagnostics


def _check(
    world: World, memo: Memo, todo: _Todo, progress: Callable[[int, int], None] | None
) -> _Diagnostics:
    """Do what is to be done, and return the findings of the files concerned."""
    diagnostics: _Diagnostics = {}
    for done, file in enumerate(sorted(todo)):
        plan, old, rules = world.plan(file), memo.get(file), todo[file]
        if plan is not None:
            if rules is None or old is None:
                row = world.checker.check(file, plan)
            else:
                row = world.checker.check_again(file, plan, old, rules)
            memo.put(file, row)
            diagnostics[file] = row.diagnostics
        elif old is not None:
            memo.remove(file)
            diagnostics[file] = ()
        if progress is not None and done % 64 == 0:
            progress(done, len(todo))
    return diagnostics
