"""What the baseline of a watched vault knows: it is neither told nor fixed, as in a check.

Invariant: whatever changes, findings or baseline, what was told last of each file is what it has that
is not known. A damaged baseline is an error to tell, and the last good one counts.

Tests: tests/unit/watch/test_known.py
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from vaultlint.baseline import Baseline, parse_baseline
from vaultlint.baseline_renames import followed
from vaultlint.config.request import BASELINE_FILE
from vaultlint.diagnostics import Diagnostic
from vaultlint.engine.session import Session
from vaultlint.errors import ConfigError
from vaultlint.note.model import NoteId


class Known:
    """The known findings of one vault, and what was told of each file."""

    def __init__(self) -> None:
        self.error: ConfigError | None = None
        """Why the baseline as it is now does not count; None when it does."""
        self.told: dict[NoteId, tuple[Diagnostic, ...]] = {}
        """The findings of each file that ``news`` told last."""
        self._content: bytes | None = None
        self._baseline = Baseline()
        self._fingerprints: frozenset[str] = frozenset()
        self.is_other = False
        """Whether another baseline counts than when ``news`` was told last."""

    def load(self, content: bytes | None) -> None:
        """Take in the bytes of the baseline, None without one."""
        if content == self._content:
            return
        self._content, self.error = content, None
        try:
            baseline = Baseline() if content is None else parse_baseline(content, BASELINE_FILE)
        except ConfigError as error:
            self.error = error
            return
        self._baseline, self._fingerprints, self.is_other = baseline, baseline.fingerprints, True

    def follow(self, session: Session, root: Path) -> None:
        """Let known findings go with the notes that were renamed, which ``session`` has checked."""
        fingerprints = followed(self._baseline, session, root).fingerprints
        if fingerprints != self._fingerprints:
            self._fingerprints, self.is_other = fingerprints, True

    def is_new(self, finding: Diagnostic) -> bool:
        """Return whether ``finding`` is to be told and fixed."""
        return finding.fingerprint not in self._fingerprints

    def news(
        self, found: Mapping[NoteId, tuple[Diagnostic, ...]], changed: Iterable[NoteId]
    ) -> dict[NoteId, tuple[Diagnostic, ...]]:
        """Return the new findings of each file in which they changed, sorted.

        ``changed`` are the files whose findings did, known or not.
        """
        files = found.keys() | self.told if self.is_other else changed
        self.is_other = False
        news = {file: tuple(filter(self.is_new, found.get(file, ()))) for file in sorted(files)}
        news = {file: each for file, each in news.items() if each != self.told.get(file, ())}
        for file, each in news.items():
            self.told[file] = each
            if not each:
                del self.told[file]
        return news
