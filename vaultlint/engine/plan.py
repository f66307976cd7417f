"""Plans: which jobs are to be done on a file, worked out once for all files alike.

Tests: tests/unit/engine/test_jobs.py
"""

from typing import Any, NamedTuple

from vaultlint.check import Find
from vaultlint.config.ruleset import Rule


class Job(NamedTuple):
    """One rule, with what the inner loop needs at hand."""

    rule: Rule
    find: Find
    options: Any
    reads: frozenset[str]


class Plan(NamedTuple):
    """The jobs for all files that have the same rules and are of the same kinds.

    ``last`` run when the other findings are known. ``fields`` are the facts that any job reads.
    """

    rules: tuple[Rule, ...]
    jobs: tuple[Job, ...]
    last: tuple[Job, ...]
    fields: tuple[str, ...]
    judged: frozenset[str]
    blanket: bool


def plan_for(rules: tuple[Rule, ...], kinds: frozenset[str], *, blanket: bool) -> Plan:
    """Return the plan of ``rules`` for files of ``kinds`` (see Check.files).

    ``blanket`` says that no rule was left out on the command line, so that an ignore of everything
    may be called unused.
    """
    jobs = [
        Job(rule, rule.check.find, rule.options, rule.check.reads)
        for rule in rules
        if not rule.check.files.isdisjoint(kinds)
    ]
    return Plan(
        rules=rules,
        jobs=tuple(job for job in jobs if not job.rule.check.last),
        last=tuple(job for job in jobs if job.rule.check.last),
        fields=tuple(sorted({field for job in jobs for field in job.reads})),
        judged=frozenset(job.rule.id for job in jobs),
        blanket=blanket,
    )
