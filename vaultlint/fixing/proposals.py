"""Which fixes the findings of a session offer, and which of them fit together.

Invariant: the order depends on the findings alone (safety, then place, then rule), and a fix is
taken whole or not at all: one that touches an edit of a fix before it waits for the next pass.

Tests: tests/unit/fixing/test_proposals.py
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from vaultlint.diagnostics import Diagnostic, Fix, Safety
from vaultlint.engine.session import Session
from vaultlint.note.model import NoteId
from vaultlint.text import Span


class Proposal(NamedTuple):
    """A fix and what it is for. ``changes`` are the families of facts that it may change.

    ``finding`` is None for a fix that a command makes of its own accord.
    """

    rule: str
    fix: Fix
    changes: frozenset[str]
    finding: Diagnostic | None = None

    @property
    def files(self) -> tuple[NoteId, ...]:
        """Return the files that the fix edits, sorted."""
        return tuple(sorted({edit.note for edit in self.fix.edits}))

    @property
    def sort_key(self) -> tuple[int, NoteId, Span, str, str]:
        """Return the order in which fixes are taken."""
        first = min((edit.note, edit.span) for edit in self.fix.edits)
        return (-self.fix.safety, *first, self.rule, self.fix.title)


def proposals(
    session: Session,
    least: Safety,
    covers: Callable[[NoteId], bool],
    wanted: Callable[[Diagnostic], bool] = lambda _: True,
) -> Iterator[Proposal]:
    """Yield the fixes of at least that safety for ``wanted`` findings, in no order.

    All files of a fix, and that of its finding, must be covered.
    """
    for finding in session.diagnostics():
        if not (covers(finding.file) and wanted(finding)):
            continue
        changes = _changes(session, finding.rule)
        if changes is None:
            continue
        fix = session.advise(finding).fix
        if fix is None or fix.safety < least or not fix.edits:
            continue
        if all(covers(edit.note) for edit in fix.edits):
            yield Proposal(finding.rule, fix, changes, finding)


def _changes(session: Session, rule: str) -> frozenset[str] | None:
    """Return what a repair of ``rule`` may change, None if the rule repairs nothing."""
    try:
        check = session.config.check_of(rule)
    except KeyError:
        return None  # the engine's own findings have no check
    return None if check.repair is None else check.changes


def fitting(offered: Iterable[Proposal]) -> list[Proposal]:
    """Return, in order, the fixes that touch no edit of one before them."""
    taken: defaultdict[NoteId, list[Span]] = defaultdict(list)
    chosen: list[Proposal] = []
    for proposal in sorted(offered, key=lambda each: each.sort_key):
        edits = [(edit.note, edit.span) for edit in proposal.fix.edits]
        if any(_touches(taken[note], span) for note, span in edits):
            continue
        for note, span in edits:
            taken[note].insert(bisect_left(taken[note], span), span)
        chosen.append(proposal)
    return chosen


def _touches(taken: list[Span], span: Span) -> bool:
    """Return whether ``span`` overlaps or borders on one of ``taken`` (sorted, apart)."""
    at = bisect_left(taken, span)
    before = at > 0 and taken[at - 1].end >= span.start
    after = at < len(taken) and taken[at].start <= span.end
    return before or after
