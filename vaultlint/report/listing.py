"""What a format for other programs is given: the findings that it lists, and how the run went.

Invariant: plain data and one function; no format asks a session, a config or the file system.

Tests: tests/unit/report/test_listing.py
"""

from collections.abc import Sequence
from typing import NamedTuple

from vaultlint.diagnostics import Advice, Diagnostic, Severity
from vaultlint.report.summary import Advise, Summary

PROGRAM = "vaultlint"


class Listing(NamedTuple):
    """The findings ``found`` (a part of them, when the summary says so) in the order of a report.

    ``prefix`` leads from the root of the repository to the vault: "" or a path that ends in "/".
    ``least`` is the least severity that makes a run fail, None when none does; ``exit_code`` is
    that of the run.
    """

    found: Sequence[Diagnostic]
    advise: Advise
    summary: Summary
    prefix: str = ""
    least: Severity | None = Severity.ERROR
    exit_code: int = 0

    @property
    def complaints(self) -> tuple[tuple[str, str], ...]:
        """Return what makes the run fail besides findings: pairs of a file's path and a sentence."""
        parked = self.summary.parked
        if parked is None:
            return ()
        return tuple((self.path(parked.file), complaint) for complaint in parked.complaints)

    def path(self, file: str) -> str:
        """Return the path of a vault's ``file`` as seen from the root of the repository."""
        return self.prefix + file

    def fails(self, diagnostic: Diagnostic) -> bool:
        """Return whether ``diagnostic`` alone makes the run fail."""
        return self.least is not None and diagnostic.severity >= self.least


def remembered(advise: Advise) -> Advise:
    """Return ``advise`` for several reports of the same findings: each is asked for once."""
    known: dict[int, tuple[Diagnostic, Advice]] = {}  # the finding is kept, so that its id stays

    def once(diagnostic: Diagnostic) -> Advice:
        if id(diagnostic) not in known:
            known[id(diagnostic)] = (diagnostic, advise(diagnostic))
        return known[id(diagnostic)][1]

    return once
