"""What a whole run found: the totals that every report ends with, however much of it was shown.

Tests: tests/unit/report/test_summary.py
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from vaultlint.diagnostics import Advice, Diagnostic, Notice, Severity

Advise = Callable[[Diagnostic], Advice]
"""How a report asks for help, related places and fix of a finding that it is about to show."""


class Parked(NamedTuple):
    """What the baseline ``file`` made of a run: how many findings are known, and so not listed.

    ``stale`` counts its entries that are no longer found; ``grown`` maps a rule to how many entries
    it had in the baseline that this one is held against, and has. ``ratchet`` says that both fail.
    """

    file: str
    known: int
    stale: int = 0
    grown: Mapping[str, tuple[int, int]] = MappingProxyType({})
    ratchet: bool = False

    @property
    def complaints(self) -> tuple[str, ...]:
        """Return what makes the run fail, as sentences without an end."""
        if not self.ratchet:
            return ()
        told = [
            f"the baseline has grown: {rule} from {then} to {now}"
            for rule, (then, now) in self.grown.items()
        ]
        if self.stale:
            told.append(f"the baseline holds what is fixed ({self.stale}): {PRUNE} drops it")
        return tuple(told)


PRUNE = "'vaultlint baseline --prune'"


class Summary(NamedTuple):
    """Totals of one run.

    ``files`` counts the files with findings; ``notes_checked`` those of the notes asked for.
    ``shown`` is how many findings the report lists. ``seconds`` is the wall time of the run.
    ``interrupted`` says that the run ended early, so that the totals are of what was done.
    ``fixed`` counts the fixes that were written, by rule, in ``fixed_files`` files; the other totals
    are of what is left. ``parked`` is about the baseline, None without one.
    """

    vault: str
    by_severity: Mapping[str, int]
    by_rule: Mapping[str, int]
    files: int
    notes_checked: int
    shown: int
    seconds: float
    interrupted: bool = False
    fixed: Mapping[str, int] = MappingProxyType({})
    fixed_files: int = 0
    parked: Parked | None = None
    notices: tuple[Notice, ...] = ()

    @property
    def total(self) -> int:
        """Return how many findings there are in all."""
        return sum(self.by_severity.values())


def summarize(
    diagnostics: Iterable[Diagnostic],
    *,
    vault: str,
    notes_checked: int,
    seconds: float,
    interrupted: bool = False,
) -> Summary:
    """Return the totals of ``diagnostics``, all of which are shown."""
    severities: Counter[Severity] = Counter()
    rules: Counter[str] = Counter()
    files: set[str] = set()
    for diagnostic in diagnostics:
        severities[diagnostic.severity] += 1
        rules[diagnostic.rule] += 1
        files.add(diagnostic.file)
    return Summary(
        vault=vault,
        by_severity={level.label: severities[level] for level in sorted(Severity, reverse=True)},
        by_rule=dict(sorted(rules.items())),
        files=len(files),
        notes_checked=notes_checked,
        shown=sum(severities.values()),
        seconds=seconds,
        interrupted=interrupted,
    )
