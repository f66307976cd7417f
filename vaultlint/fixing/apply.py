"""A plan, written: each group of notes by the guarded writer, and what became of it.

Invariant: only the writer changes a note; what it did not write counts as not fixed, and is named.

Tests: tests/unit/fixing/test_apply.py
"""

from collections.abc import Iterable
from typing import NamedTuple

from vaultlint.diagnostics import Notice
from vaultlint.fixing.extent import without_large
from vaultlint.fixing.history import Kept
from vaultlint.fixing.plan import Plan
from vaultlint.fixing.write import Outcome, Replacement, Writer
from vaultlint.note.model import NoteId


class Applied(NamedTuple):
    """What a run wrote. ``fixed`` counts the fixes of each rule; ``run`` names it for an undo.

    ``run`` is "" when there was nothing to write.
    """

    files: tuple[NoteId, ...]
    fixed: dict[str, int]
    notices: tuple[Notice, ...]
    run: str = ""


def apply_plan(plan: Plan, writer: Writer, command: str, *, large: bool = False) -> Applied:
    """Write ``plan`` and return what was done; ``command`` is what the journal calls the run.

    A note of which a large part would change is left alone unless ``large`` allows it. Raises what
    ``Writer.run`` raises.
    """
    if not large:
        plan = without_large(plan)
    if not plan.groups:
        return Applied((), {}, plan.notices)
    groups = [
        [Replacement(file, plan.before[file], plan.after[file], plan.rules(file)) for file in group]
        for group in plan.groups
    ]
    with writer.run(command) as run:
        outcomes = [each for group in run.write_groups(groups) for each in group]
    done = _applied(plan, outcomes, run.late, run.id)
    return done._replace(notices=(*done.notices, *map(_announced, (*run.recovered, *run.kept))))


def _announced(kept: Kept) -> Notice:
    message = f"a text was {kept.reason} and is kept; 'vaultlint recovered' lists it"
    return Notice("kept-aside", (), kept.file, message)


def _applied(plan: Plan, outcomes: Iterable[Outcome], late: Iterable[Outcome], run: str) -> Applied:
    last = {outcome.file: outcome for outcome in outcomes}
    last |= {outcome.file: outcome for outcome in late}
    left = [outcome for outcome in last.values() if outcome.status != "written"]
    notices = [
        Notice("not-written", plan.rules(outcome.file), outcome.file, outcome.reason)
        for outcome in left
    ]
    unwritten = {outcome.file for outcome in left}
    files = tuple(file for file in plan.after if file not in unwritten)
    return Applied(files, plan.fixed(unwritten), (*plan.notices, *notices), run)
