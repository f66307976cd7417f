"""How long the journal keeps texts: bounded by age and by size, and never shorter than a week.

The latest runs are kept though they are old, as long as they are not too large: what somebody did last is what
they will want to undo.

Invariant: what is forgotten is forgotten by runs, oldest first, log before texts; a run that a
crash left open is never forgotten.

Tests: tests/unit/fixing/test_retention.py
"""

from collections.abc import Sequence

from vaultlint.errors import JournalError
from vaultlint.fixing.history import read_history
from vaultlint.fixing.journal import Journal, Record

_DAY = 24 * 60 * 60
MAX_AGE = 30 * _DAY
"""Runs older than this many seconds are forgotten."""
MIN_AGE = 7 * _DAY
"""Runs younger than this many seconds are kept, whatever they take."""
LATEST = 20
"""So many runs are not too old, whatever the clock says: it may have jumped a year ahead."""
MAX_SIZE = 500 * 1024 * 1024
"""Above this many bytes of compressed texts the oldest runs are forgotten."""


def trim(journal: Journal, root: str, now: float) -> None:
    """Forget the oldest runs of a journal that has grown too old or too large.

    Fails quietly: a journal that is too large does no harm. Needs the vault's lock.
    """
    try:
        _trim(journal, root, now)
    except (JournalError, OSError):
        return


def _trim(journal: Journal, root: str, now: float) -> None:
    records = list(journal.records())
    times = {str(r["run"]): float(r["time"]) for r in records if r.get("record") == "run"}
    if not times or now - min(times.values()) < MIN_AGE:
        return
    unsettled = {group.run for group in read_history(records, root).open}
    excess = journal.size() - MAX_SIZE
    forgotten: set[str] = set()
    for count, run in enumerate(sorted(times, key=lambda run: (times[run], run))):
        age = now - times[run]
        is_old = age > MAX_AGE and count < len(times) - LATEST
        if age < MIN_AGE or not (is_old or excess > 0):
            break
        if run not in unsettled:
            forgotten.add(run)
            excess -= _size(journal, records, run)
    if forgotten:
        left = [record for record in records if record.get("run") not in forgotten]
        journal.replace_log(left)
        journal.forget_all_but(set().union(*map(_texts, left)))


def _size(journal: Journal, records: Sequence[Record], run: str) -> int:
    names = set().union(*(_texts(record) for record in records if record.get("run") == run))
    return sum(journal.size_of(name) for name in names)


def _texts(record: Record) -> set[str]:
    """Return the digests that ``record`` names."""
    if record.get("record") == "kept":
        return {str(record["digest"])}
    members = record.get("members", ())
    return {str(member[key]) for member in members for key in ("before", "after")}
