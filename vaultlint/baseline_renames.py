"""What a baseline knows of notes that were renamed since it was written.

Git tells what was renamed, by the same measure as in ``git status``: half of the text at least. It
is asked only where the baseline knows findings of notes that are gone, and something else is new.

Invariant: an entry follows a note only to a finding of the same rule on the same text, and leaves
the old path; so no more findings are known than before, and none that another note had.

Tests: tests/unit/cli/test_baseline_renames.py, tests/properties/test_baseline_renames.py
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from vaultlint.baseline import Baseline, Entry, baseline_of
from vaultlint.config.request import BASELINE_FILE
from vaultlint.diagnostics import Diagnostic
from vaultlint.engine.session import Session
from vaultlint.note.model import NoteId


def followed(
    baseline: Baseline,
    session: Session,
    root: Path,
    *,
    staged: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> Baseline:
    """Return ``baseline`` as it is after renames in the vault at ``root``.

    ``session`` has checked the index of git, if it is what is ``staged``, else the folder. ``tell``
    is told what git would have to know.
    """
    gone = {entry.path for entry in baseline.entries} - session.entries.keys()
    known = baseline.fingerprints
    if not gone or all(each.fingerprint in known for each in session.diagnostics()):
        return baseline
    renamed = {new: old for new, old in _renamed(root, tell, staged=staged).items() if old in gone}
    moved = dict(_moved(baseline, session, renamed)) if renamed else {}
    kept = (entry for entry in baseline.entries if entry.fingerprint not in moved)
    return baseline_of((), (*kept, *moved.values()))


def _moved(
    baseline: Baseline, session: Session, renamed: Mapping[NoteId, NoteId]
) -> Iterator[tuple[str, Entry]]:
    """Yield the entries of renamed notes as they are now, each with the fingerprint it had."""
    from vaultlint.engine.since import fingerprints_at, text_of

    entries = {entry.fingerprint: entry for entry in baseline.entries}
    of_file: dict[NoteId, list[Diagnostic]] = {new: [] for new in renamed}
    for finding in session.diagnostics(lambda file: file in renamed):
        of_file[finding.file].append(finding)
    for new, found in of_file.items():
        before = fingerprints_at(renamed[new], found, text_of(session, new))
        for finding, fingerprint in zip(found, before, strict=True):
            entry = entries.get(fingerprint)
            if entry is not None:
                message, name = finding.message, finding.fingerprint
                yield fingerprint, Entry(new, entry.rule, message, name, entry.line)


def _renamed(root: Path, tell: Callable[[str], None], *, staged: bool) -> Mapping[NoteId, NoteId]:
    """Return the path that each renamed file had when the baseline was written last."""
    from vaultlint.source.git.commits import is_shallow, last_change
    from vaultlint.source.git.diff import Difference
    from vaultlint.source.git.repository import GitFailed, NoRepository, find_repository

    try:
        repository = find_repository(root)
        base = last_change(repository, BASELINE_FILE)
        renamed = Difference(repository, base, {}, cached=staged).renamed if base else {}
        shallow = is_shallow(repository)
    except (NoRepository, GitFailed):
        return {}
    if shallow and not renamed:
        tell(
            f"{BASELINE_FILE} knows findings of notes that are gone; if these were renamed, git "
            "tells it in a clone with the whole history only (in a workflow: fetch-depth: 0)"
        )
    return renamed
