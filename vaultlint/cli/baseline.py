"""``vaultlint baseline``: know the findings of today, so that only new ones are reported.

Invariant: only what a run has judged is added or dropped; entries of other folders (PATHS) and of
rules that were left out (--select, --ignore) stay as they are.

Tests: tests/unit/cli/test_baseline.py, tests/cli/baseline.txt
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import click

from vaultlint.baseline import Baseline, Entry, as_text, baseline_of
from vaultlint.baseline_renames import followed
from vaultlint.cli.baselined import judged, read_baseline
from vaultlint.cli.failure import CLEAN, FINDINGS, INTERNAL, complain
from vaultlint.cli.opening import open_session
from vaultlint.cli.options import Asked, config_options
from vaultlint.cli.output import emit
from vaultlint.cli.place import Place, locate
from vaultlint.cli.progress import progress_line
from vaultlint.cli.report_files import replace_file
from vaultlint.config.request import BASELINE_FILE
from vaultlint.diagnostics import Diagnostic
from vaultlint.engine.session import Session
from vaultlint.errors import UsageError
from vaultlint.report.summary import PRUNE
from vaultlint.report.terminal import safe


class Standing(NamedTuple):
    """How the findings of a run stand to the baseline: ``kept`` are entries that it did not judge.

    ``found`` are all findings asked for, ``new`` those of them that the baseline does not know.
    """

    old: Baseline
    kept: tuple[Entry, ...]
    stale: tuple[Entry, ...]
    found: tuple[Diagnostic, ...]
    new: tuple[Diagnostic, ...]

    @property
    def updated(self) -> Baseline:
        """Return the baseline in which what is found, and no more of what was judged, is known."""
        return baseline_of(self.found, self.kept)


@click.command(name="baseline")
@click.argument("paths", nargs=-1)
@config_options
@click.option("--gitignore", is_flag=True, help="Leave out files that .gitignore files name.")
@click.option("--update", is_flag=True, help="Know what is found today: drop fixed, add new ones.")
@click.option("--prune", is_flag=True, help="Drop what is fixed, add nothing.")
@click.option("--status", is_flag=True, help="Write nothing; exit 1 if anything is fixed or new.")
@click.option("--jobs", type=click.IntRange(min=1), help="Processes [default: one per core].")
def command(
    *,
    paths: tuple[str, ...],
    vault: str | None,
    gitignore: bool,
    update: bool,
    prune: bool,
    status: bool,
    jobs: int | None,
    **asked: Any,
) -> int:
    """Write the findings of today to vaultlint-baseline.json, at the root of the vault.

    'vaultlint check' then reports new findings only. Findings are known by rule, note and flagged
    text: they may move within their note. Without an option the file is made; where there is one,
    say with an option what is to become of it. Commit it, so that all see the same.
    """
    if update + prune + status > 1:
        raise UsageError("--update, --prune and --status are three things; take one at a time")
    place = locate(paths, vault)
    if not (update or prune or status):
        refuse_second(place)
    progress = progress_line()
    session = open_session(
        place,
        Asked(**asked),
        gitignore=gitignore,
        jobs=jobs,
        progress=progress,
        only_reads=True,
    )
    old = read_baseline(session)
    if old is None and (prune or status):
        raise UsageError(f"there is no {BASELINE_FILE}; 'vaultlint baseline' makes one")
    try:
        session.apply()
    finally:
        progress.close()
    if session.failed:
        complain("a check failed, see 'vaultlint check'; nothing was written")
        return INTERNAL
    known = Baseline() if old is None else followed(old, session, place.root, tell=complain)
    standing = stand(session, place, known, judged(session, place, Asked(**asked)))
    if status:
        emit(_status(standing))
        return FINDINGS if standing.stale or standing.new else CLEAN
    now = standing.old.without(standing.stale) if prune else standing.updated
    write_baseline(place, now)
    emit(_written(standing, now))
    return CLEAN


def refuse_second(place: Place) -> None:
    """Raise UsageError where the vault has a baseline already."""
    if os.path.lexists(place.root / BASELINE_FILE):
        raise UsageError(
            f"{place.shown(BASELINE_FILE)} is there already; --update knows what is found today, "
            "--prune only drops what is fixed"
        )


def stand(
    session: Session, place: Place, old: Baseline, is_judged: Callable[[Entry], bool]
) -> Standing:
    """Return how what the loaded ``session`` found in ``place`` stands to the baseline ``old``."""
    known, found = old.fingerprints, session.diagnostics()
    asked_for = tuple(each for each in found if place.covers(each.file))
    return Standing(
        old,
        tuple(entry for entry in old.entries if not is_judged(entry)),
        old.stale(found, is_judged),
        asked_for,
        tuple(each for each in asked_for if each.fingerprint not in known),
    )


def write_baseline(place: Place, baseline: Baseline) -> None:
    """Write the baseline of the vault. Raises UsageError if it cannot be written."""
    replace_file(place.root / BASELINE_FILE, as_text(baseline))


def counted(entries: Sequence[Entry]) -> str:
    """Return how many findings, rules and files ``entries`` are about."""
    files, rules = {entry.path for entry in entries}, {entry.rule for entry in entries}
    if not entries:
        return "no findings"
    told = [_count(len(entries), "finding"), _count(len(rules), "rule"), _count(len(files), "file")]
    return f"{told[0]} of {told[1]} in {told[2]}"


def by_rule(entries: Sequence[Entry]) -> Iterator[str]:
    """Yield a line for each rule, the most frequent first."""
    counts = Counter(entry.rule for entry in sorted(entries, key=lambda entry: entry.rule))
    width = max((len(str(count)) for count in counts.values()), default=0)
    yield from (f"{count:>{width}}  {safe(rule)}\n" for rule, count in counts.most_common())


def _written(standing: Standing, now: Baseline) -> Iterator[str]:
    before = len(standing.old.entries)
    yield f"{BASELINE_FILE} knows {counted(now.entries)}"
    dropped = len(standing.stale)
    added = len(now.entries) - before + dropped
    yield f" ({added} added, {dropped} dropped).\n" if before else ".\n"
    yield from by_rule(now.entries)


def _status(standing: Standing) -> Iterator[str]:
    yield f"{BASELINE_FILE} knows {counted(standing.old.entries)}.\n"
    if standing.new:
        yield f"{_count(len(standing.new), 'finding')} not in it; 'vaultlint check' shows which.\n"
    if standing.stale:
        yield f"{len(standing.stale)} of its entries fixed; {PRUNE} drops what is:\n"
    for entry in standing.stale:
        yield f"  {safe(entry.path)}  [{safe(entry.rule)}]  {safe(entry.message)}\n"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
