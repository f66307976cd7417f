"""Work of which the known findings are left out, and where the baseline is read.

Invariant: the baseline is read through the session's source: of what is staged, the staged one. A
vault without one imports nothing for it.

Tests: tests/unit/cli/test_baseline.py
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from vaultlint.cli.baseline_options import Baselining
from vaultlint.cli.failure import complain
from vaultlint.cli.options import Asked, request
from vaultlint.cli.place import Place
from vaultlint.cli.work import NOTHING, Work
from vaultlint.config.request import BASELINE_FILE
from vaultlint.diagnostics import Diagnostic, Notice, Safety
from vaultlint.engine.session import Session
from vaultlint.errors import SourceError
from vaultlint.note.model import NoteId
from vaultlint.report.summary import Parked
from vaultlint.source import Source

if TYPE_CHECKING:
    from vaultlint.baseline import Baseline, Entry


class Baselined(Work):
    """``work`` without the findings that the vault's baseline knows."""

    def __init__(
        self, work: Work, asked: Asked, baselining: Baselining, *, staged: bool = False
    ) -> None:
        super().__init__(work.session, work.place)
        self.written_is_staged = work.written_is_staged
        self._work = work
        self._asked = asked
        self._staged = staged
        self._ratchet = baselining.ratchet
        self._old: Baseline | None = None
        self._baseline: Baseline | None = None
        self._known = NOTHING

    def load(self) -> None:
        """Find what there is to be found. Raises ConfigError for a baseline that is damaged."""
        if self._ratchet is not None:
            self._old = baseline_at(self.place.root, self._ratchet)
        baseline = read_baseline(self.session)
        self._take(baseline)
        self._work.load()
        if baseline is not None:
            from vaultlint.baseline_renames import followed

            root, staged = self.place.root, self._staged
            self._take(followed(baseline, self.session, root, staged=staged, tell=complain))

    def _take(self, baseline: "Baseline | None") -> None:
        self._baseline = baseline
        self._known = NOTHING if baseline is None else baseline.fingerprints

    def found(self, known: frozenset[str] = NOTHING) -> list[Diagnostic]:
        """Return the findings that are asked for and not known."""
        new = self._work.found(self._known | known)
        if self._baseline is None or self._work.tells_which:
            return new
        return _on_other_lines(self.session, new, self._baseline)

    def concerns(self, finding: Diagnostic) -> bool:
        """Return whether ``finding`` is one to fix: known ones are left until they are asked for."""
        return finding.fingerprint not in self._known and self._work.concerns(finding)

    def may_fix(self, file: NoteId) -> bool:
        """Return whether fixes may be written to ``file``."""
        return self._work.may_fix(file)

    def left_alone(self, least: Safety, known: frozenset[str] = NOTHING) -> tuple[Notice, ...]:
        """Return which notes have fixes of that safety but may not be written to."""
        return self._work.left_alone(least, self._known | known)

    def parked(self) -> Parked | None:
        """Return what the baseline made of the findings, None without one."""
        if self._baseline is None:
            return None
        known = len(self._work.found()) - len(self.found())
        is_judged = judged(self.session, self.place, self._asked)
        stale = self._baseline.stale(self.session.diagnostics(), is_judged)
        grown = {} if self._old is None else self._baseline.grown_since(self._old)
        return Parked(BASELINE_FILE, known, len(stale), grown, self._ratchet is not None)


def _on_other_lines(
    session: Session, new: list[Diagnostic], baseline: "Baseline"
) -> list[Diagnostic]:
    """Return as many findings as are ``new``, of equal ones those on lines that are not known."""
    names = {finding.fingerprint for finding in new}

    def is_new(finding: Diagnostic) -> bool:
        return finding.fingerprint in names

    of_file: dict[NoteId, list[Diagnostic]] = {finding.file: [] for finding in new}
    for finding in session.diagnostics():
        if finding.file in of_file:
            of_file[finding.file].append(finding)
    chosen: list[Diagnostic] = []
    for file, found in of_file.items():
        told = list(filter(is_new, found))
        known = {finding.rule for finding in found if not is_new(finding)}
        if not known.isdisjoint(finding.rule for finding in told):
            from vaultlint.engine.since import likeliest, text_of

            told = likeliest(found, is_new, text_of(session, file), baseline.elsewhere(found))
        chosen += told
    return chosen


def read_baseline(source: Session | Source, name: str = BASELINE_FILE) -> "Baseline | None":
    """Return the baseline of a vault, which messages call ``name``; None if it has none.

    Raises ConfigError for one that is damaged, SourceError for one that cannot be read.
    """
    try:
        content = source.read(BASELINE_FILE)
    except SourceError as error:
        if error.gone:
            return None
        raise
    from vaultlint.baseline import parse_baseline

    return parse_baseline(content, name)


def baseline_at(root: Path, revision: str) -> "Baseline | None":
    """Return the baseline of the vault at ``root`` where the work left ``revision``, None without.

    Raises UsageError for a revision that git does not know.
    """
    from vaultlint.source.folder import FolderSource
    from vaultlint.source.git.commits import base_of
    from vaultlint.source.git.listing import committed
    from vaultlint.source.git.repository import find_repository
    from vaultlint.source.git.source import GitSource

    repository = find_repository(root)
    commit = base_of(repository, revision)
    if commit is None:
        return None
    source = GitSource(repository, committed(repository, commit), FolderSource(root))
    return read_baseline(source, f"{revision}:{BASELINE_FILE}")


def judged(session: Session, place: Place, asked: Asked) -> "Callable[[Entry], bool]":
    """Return the test whether a run would have found an entry again, were it still there.

    A note that cannot be understood for the moment, such as one with broken YAML, is not judged.
    """
    config = request(place, asked)

    def test(entry: "Entry") -> bool:
        chosen = not config.select or entry.rule in config.select
        asked_for = chosen and entry.rule not in config.ignore and place.covers(entry.path)
        return asked_for and _is_understood(session, entry.path)

    return test


def _is_understood(session: Session, file: NoteId) -> bool:
    try:
        note = session.note(file)
    except SourceError:
        return True  # gone, and what was found in it
    return note.parsed and (note.frontmatter is None or note.frontmatter.valid)
