"""Plans: which jobs are to be done on a file, worked out once for all files alike.

Invariant: a rule whose ``reads`` name only facts that a file lacks is not run on it.

Tests: tests/unit/engine/test_jobs.py
"""

from collections.abc import Iterable
from typing import Any, NamedTuple, Self

from vaultlint.check import Find
from vaultlint.config.ruleset import Rule
from vaultlint.note.model import Note


class Job(NamedTuple):
    """One rule, with what the inner loop needs at hand."""

    rule: Rule
    find: Find
    options: Any
    reads: frozenset[str]


class Jobs(tuple[Job, ...]):  # noqa: SLOT001 -- it remembers which of them each set of facts needs
    """Jobs in order, which know the fields of a note that any of them reads."""

    _fields: tuple[str, ...]
    _needed: dict[tuple[str, ...], tuple[Job, ...]]

    def __new__(cls, jobs: Iterable[Job]) -> Self:
        """Return ``jobs``, equal to a tuple of them."""
        self = super().__new__(cls, jobs)
        self._fields = tuple(sorted({field for job in self for field in job.reads}))
        self._needed = {}
        return self

    def needed(self, note: Note) -> tuple[Job, ...]:
        """Return the jobs that have something to look at in ``note``."""
        present = tuple([field for field in self._fields if getattr(note, field)])
        if (jobs := self._needed.get(present)) is None:  # notes have few sets of facts
            jobs = tuple(job for job in self if not job.reads or job.reads.intersection(present))
            self._needed[present] = jobs
        return jobs


class Plan(NamedTuple):
    """The jobs for all files that have the same rules and are of the same kinds.

    ``last`` run when the other findings are known.
    """

    rules: tuple[Rule, ...]
    jobs: Jobs
    last: Jobs
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
        jobs=Jobs(job for job in jobs if not job.rule.check.last),
        last=Jobs(job for job in jobs if job.rule.check.last),
        judged=frozenset(job.rule.id for job in jobs),
        blanket=blanket,
    )
