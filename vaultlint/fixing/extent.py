"""How much of a note its fixes change: a large part is shown, and written only when asked for.

Invariant: what a command was told to change (a tag, a name) is not held back; the fixes of rules
are, with all the files that they must be written together with.

Tests: tests/unit/fixing/test_extent.py
"""

from collections import Counter

from vaultlint.diagnostics import Notice
from vaultlint.fixing.plan import Plan
from vaultlint.note.model import NoteId

LARGE_PART = 0.2
"""A note is not fixed unasked when more than this part of its text would change ..."""
LARGE_TEXT = 200
"""... and more than so many characters: in a short note one link is a large part."""


def without_large(plan: Plan) -> Plan:
    """Return ``plan`` without the notes of which a large part would change, each with a notice."""
    large = _large(plan)
    held = {file for group in plan.groups if not large.keys().isdisjoint(group) for file in group}
    if not held:
        return plan
    notices = [
        Notice("not-written", plan.rules(file), file, _reason(share))
        for file, share in sorted(large.items())
    ]
    return Plan(
        {file: data for file, data in plan.before.items() if file not in held},
        {file: data for file, data in plan.after.items() if file not in held},
        tuple(group for group in plan.groups if held.isdisjoint(group)),
        tuple(each for each in plan.taken if held.isdisjoint(each.files)),
        (*plan.notices, *notices),
    )


def _large(plan: Plan) -> dict[NoteId, float]:
    """Return the files of which a large part would change, with that part."""
    changed: Counter[NoteId] = Counter()
    for proposal in plan.taken:
        if proposal.finding is not None:
            for edit in proposal.fix.edits:
                changed[edit.note] += max(edit.span.end - edit.span.start, len(edit.text))
    found: dict[NoteId, float] = {}
    for file, count in changed.items():
        size = len(plan.before[file].decode("utf-8", "replace")) if file in plan.before else 0
        if count > LARGE_TEXT and count > LARGE_PART * size:
            found[file] = min(1.0, count / max(size, 1))
    return found


def _reason(share: float) -> str:
    return f"fixing would change {share:.0%} of its text; look at --diff, then add --yes"
