"""What another config asks of rows that are there: which rules to run again, if any.

Invariant: a row that is not done again is what doing it again would give. A note is read only for a
rule that may find something else in it, or whose suppressions may be judged otherwise.

Tests: tests/unit/engine/test_replan.py, tests/properties/test_restarts.py
"""

from typing import NamedTuple

from vaultlint.engine.plan import Job, Plan
from vaultlint.engine.rows import Row
from vaultlint.vault.keys import FACTS


class Difference(NamedTuple):
    """What is not the same in two plans for one file.

    ``anew`` are the jobs that may find something else, ``told`` the rules that find the same but
    tell it in other words or at another severity, ``gone`` those that only the old plan has.
    """

    anew: tuple[Job, ...]
    told: frozenset[str]
    gone: frozenset[str]


def difference(old: Plan, new: Plan) -> Difference | None:
    """Return what is not the same in ``new``, None when nothing is."""
    if old == new:
        return None
    before = {job.rule.id: job for job in old.jobs}
    changed = [job for job in new.jobs if before.get(job.rule.id) != job]
    told = {job.rule.id for job in changed if _finds_as(before.get(job.rule.id), job)}
    return Difference(
        anew=tuple(job for job in changed if job.rule.id not in told),
        told=frozenset(told),
        gone=frozenset(before.keys() - {job.rule.id for job in new.jobs}),
    )


def _finds_as(old: Job | None, new: Job) -> bool:
    return old is not None and old.rule.check == new.rule.check and old.options == new.options


def rules_again(row: Row, facts: int, between: Difference) -> set[str] | None:
    """Return the rules to run again in the file of ``row``; None when the note is not needed.

    ``facts`` are those of the note (``keys.facts_of``).
    """
    rules = {job.rule.id for job in between.anew if _concerns(job, row, facts)}
    rules |= between.told & row.found.keys()
    return rules if rules or facts & FACTS["ignores"] else None


def _concerns(job: Job, row: Row, facts: int) -> bool:
    rule = job.rule.id
    if not job.reads or rule in row.found or rule in row.keys:
        return True
    return any(facts & FACTS[field] for field in job.reads)


def without(row: Row, gone: frozenset[str], plan: Plan) -> Row:
    """Return ``row``, of a note without suppressions, by ``plan``: without the rules ``gone``."""
    if gone.isdisjoint(row.found) and gone.isdisjoint(row.keys):
        return row._replace(plan=plan)
    dropped = {each.sort_key for rule in gone for each in row.found.get(rule, ())}
    return row._replace(
        plan=plan,
        found={rule: found for rule, found in row.found.items() if rule not in gone},
        keys={rule: keys for rule, keys in row.keys.items() if rule not in gone},
        diagnostics=tuple(each for each in row.diagnostics if each.sort_key not in dropped),
    )
