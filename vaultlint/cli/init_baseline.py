"""What ``vaultlint init --baseline`` does after the config: park what is found, and tell about it.

Tests: tests/unit/cli/test_init_baseline.py, tests/cli/init-baseline.txt
"""

from collections.abc import Iterator

from vaultlint.baseline import Baseline, baseline_of
from vaultlint.cli.baseline import by_rule, counted, write_baseline
from vaultlint.cli.init_survey import Survey
from vaultlint.cli.options import Asked, request
from vaultlint.cli.place import CONFIG_FILE, Place
from vaultlint.cli.progress import progress_line
from vaultlint.config.request import BASELINE_FILE
from vaultlint.engine.session import Session
from vaultlint.errors import VaultlintError
from vaultlint.report.terminal import safe
from vaultlint.source import Source

MOST_NAMES = 5


def park(place: Place, source: Source) -> Baseline:
    """Write the baseline of the vault as its new config judges it, and return it."""
    progress = progress_line()
    asked = Asked(config=None, pack=(), select=(), ignore=(), no_cache=False)
    session = Session(source, request(place, asked), progress=progress)
    try:
        session.apply()
    finally:
        progress.close()
    if session.failed:
        raise VaultlintError("a check failed, see 'vaultlint check'; no baseline was written")
    baseline = baseline_of(session.diagnostics())
    write_baseline(place, baseline)
    return baseline


def told(place: Place, found: Survey, baseline: Baseline) -> Iterator[str]:
    """Yield what was learnt, what is parked, and what to do next."""
    yield f"Learnt from {_count(found.notes, 'note')}, written to {place.shown(CONFIG_FILE)}:\n"
    yield from (f"  {line}\n" for line in _learnt(found))
    yield "\n"
    if baseline.entries:
        yield f"Parked in {place.shown(BASELINE_FILE)}: {counted(baseline.entries)}.\n"
        yield from (f"  {line}" for line in by_rule(baseline.entries))
    else:
        yield f"Nothing had to be parked; {place.shown(BASELINE_FILE)} is empty.\n"
    yield (
        "\n'vaultlint check' is green now, and red when something new breaks. Commit both files.\n"
        "'vaultlint check --no-baseline' shows what is parked; after mending some of it,\n"
        "'vaultlint baseline --prune' lets go of it, so that it cannot come back.\n"
    )


def _learnt(found: Survey) -> Iterator[str]:
    if found.wikilinks + found.markdown_links:
        wikilinks, others = _count(found.wikilinks, "wikilink"), found.markdown_links
        yield f"links: {wikilinks}, {_count(others, 'Markdown link')}"
    if found.properties:
        names = [use.name for use in found.properties]
        yield f"properties on {_count(found.with_properties, 'note')}: {_some(names)}"
    for vocabulary in found.vocabularies:
        where = f"listed in {safe(vocabulary.note)}" if vocabulary.note else "as notes use them"
        yield f"a closed list of terms for {safe(vocabulary.property)}, {where}; others are errors"
    for use in found.citations.uses[:MOST_NAMES]:
        yield f"{use.number:,} citations #{safe(use.kind)} in the form {safe(use.template)}"


def _some(names: list[str]) -> str:
    shown = ", ".join(map(safe, names[:MOST_NAMES]))
    return shown if len(names) <= MOST_NAMES else f"{shown} and {len(names) - MOST_NAMES} more"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
