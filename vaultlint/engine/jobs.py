"""Jobs: one rule over one file, each behind the one guard of the program.

Invariant: whatever a check raises becomes a finding ``internal-error`` of that rule and file, and
every other job goes on.

Tests: tests/unit/engine/test_jobs.py
"""

from collections.abc import Collection, Iterable

from vaultlint.check import Check, Found, VaultView
from vaultlint.config.ruleset import Rule
from vaultlint.diagnostics import INTERNAL_ERROR, Diagnostic, Severity
from vaultlint.engine.notes import describe
from vaultlint.engine.plan import Job, Plan
from vaultlint.engine.render import render
from vaultlint.engine.rows import Row
from vaultlint.engine.suppress import suppress
from vaultlint.note.model import Ignore, Note
from vaultlint.text import LineIndex, Span
from vaultlint.vault.keys import Key


def run(note: Note, view: VaultView, plan: Plan) -> Row:
    """Return the row of ``note``: all its jobs done."""
    found, keys = _run(note, view, plan.jobs.needed(note))
    return finish(note, view, plan, found, keys)


def rerun(note: Note, view: VaultView, plan: Plan, row: Row, again: Collection[str]) -> Row:
    """Return ``row`` with the rules ``again`` (ids) run anew, for a note that is as it was.

    Rules that the plan no longer holds are dropped from the row.
    """
    kept = {job.rule.id for job in plan.jobs}.difference(again)
    jobs = [job for job in plan.jobs.needed(note) if job.rule.id in again]
    found, keys = _run(note, view, jobs)
    found.update((rule, old) for rule, old in row.found.items() if rule in kept)
    keys.update((rule, old) for rule, old in row.keys.items() if rule in kept)
    return finish(note, view, plan, found, keys)


def _run(
    note: Note, view: VaultView, jobs: Iterable[Job]
) -> tuple[dict[str, tuple[Diagnostic, ...]], dict[str, tuple[Key, ...]]]:
    lines = _Lines(note)
    found: dict[str, tuple[Diagnostic, ...]] = {}
    keys: dict[str, tuple[Key, ...]] = {}
    same: dict[tuple[Key, ...], tuple[Key, ...]] = {}  # rules of links read the same: held once
    reads: set[Key] = set()
    view.reads = reads
    for rule, find, options, _ in jobs:
        try:
            findings = list(find(note, view, options))
            if findings:
                found[rule.id] = render(rule, findings, note, lines())
        except Exception as error:  # noqa: BLE001 - the one guard: a check's bug stays its own
            found[rule.id] = (failure(rule.id, note.id, describe(error)),)
        if reads:
            ordered = tuple(sorted(reads) if len(reads) > 1 else reads)
            keys[rule.id] = same.setdefault(ordered, ordered)
            view.reads = reads = set()
    return found, keys


def finish(
    note: Note,
    view: VaultView,
    plan: Plan,
    found: dict[str, tuple[Diagnostic, ...]],
    keys: dict[str, tuple[Key, ...]],
) -> Row:
    """Return the row of what was found: suppressed, judged by the last rules, and sorted."""
    everything = [diagnostic for group in found.values() for diagnostic in group]
    everything.extend(problem_failures(note))
    if note.ignores:
        everything = _suppressed(note, view, plan, everything)
    if len(everything) > 1:
        everything.sort(key=_order)
    return Row(plan, found, keys, tuple(everything))


def _suppressed(
    note: Note, view: VaultView, plan: Plan, everything: list[Diagnostic]
) -> list[Diagnostic]:
    def outcome(diagnostics: Iterable[Diagnostic]) -> tuple[list[Diagnostic], tuple[Ignore, ...]]:
        kept, unused = suppress(
            note.ignores, diagnostics, judged=judged, blanket=plan.blanket, never=INTERNAL_ERROR
        )
        return list(kept), unused

    last = {job.rule.id for job in plan.last}
    judged = plan.judged - last
    kept, unused = outcome(everything)
    note = note._replace(ignores=unused)
    late, _ = _run(note, view, plan.last.needed(note))
    return kept + outcome(diagnostic for group in late.values() for diagnostic in group)[0]


class _Lines:
    """The line index of a note, built when the first finding needs it."""

    def __init__(self, note: Note) -> None:
        self._note = note
        self._lines: LineIndex | None = None

    def __call__(self) -> LineIndex:
        if self._lines is None:
            self._lines = self._note.lines
        return self._lines


def failure(job: str, file: str, reason: str) -> Diagnostic:
    """Return the finding that says that ``job`` (a rule, or "parse") failed on ``file``."""
    found = Found(Span(0, 0), {"job": job, "reason": reason})
    note = Note(id=file, text="", digest="")
    return render(_RULE, [found], note, note.lines)[0]


def problem_failures(note: Note) -> list[Diagnostic]:
    """Return the findings for a note whose parse itself failed."""
    return [
        failure("parse", note.id, problem.message)
        for problem in note.problems
        if problem.code == INTERNAL_ERROR
    ]


def _order(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    return diagnostic.sort_key


def _nothing(*_: object) -> tuple[Found, ...]:
    return ()


FAILED = Check(
    id=INTERNAL_ERROR,
    find=_nothing,
    message="{job} failed here: {reason}; this is a bug of vaultlint",
    severity=Severity.ERROR,
    since="0.1",
    help="Please report it with the note that causes it; other rules and notes were checked.",
)
_RULE = Rule(INTERNAL_ERROR, FAILED, Severity.ERROR, None)
