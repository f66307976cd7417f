"""Which errors a set of fixes would cause, asked of the session before anything is done.

Invariant: an error counts as new unless the same rule said the same there before. Where a fix only
rewrote the text under another finding, that finding is the old one in other words.

Tests: tests/unit/fixing/test_guard.py
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from vaultlint.diagnostics import Diagnostic, Edit, Severity
from vaultlint.engine.session import Change, Session
from vaultlint.errors import VaultlintError
from vaultlint.fixing.proposals import Proposal
from vaultlint.note.model import NoteId
from vaultlint.text import Span


class Trouble(NamedTuple):
    """A new error, or a config that would not load any more (``file`` is then empty)."""

    file: NoteId
    reason: str


class Forecast:
    """The findings of a session as it is, to compare what fixes would bring with."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._before = {
            file: [each for each in found if each.severity is Severity.ERROR]
            for file, found in groupby(session.diagnostics(), lambda each: each.file)
        }

    def troubles(self, chosen: Sequence[Proposal], texts: Mapping[NoteId, bytes]) -> list[Trouble]:
        """Return what goes wrong when ``chosen`` turn their files into ``texts``."""
        changes = [Change(file, data) for file, data in texts.items()]
        try:
            delta = self._session.what_if(changes)
        except VaultlintError as error:
            return [Trouble("", f"the configuration would not load: {error}")]
        edits = edits_of(chosen)
        mended = {
            (each.finding.file, each.finding.rule, each.finding.fingerprint)
            for each in chosen
            if each.finding is not None
        }
        return [
            Trouble(file, f"it would cause an error ({new.rule}: {new.message})")
            for file, found in delta.diagnostics.items()
            for new in self._new(file, found, edits.get(file, []), mended)
        ]

    def _new(
        self,
        file: NoteId,
        found: Iterable[Diagnostic],
        edits: list[Edit],
        mended: set[tuple[NoteId, str, str]],
    ) -> Iterator[Diagnostic]:
        errors = [each for each in found if each.severity is Severity.ERROR]
        if not errors:
            return
        before = self._before.get(file, [])
        known = {(each.rule, each.fingerprint) for each in before}
        back = Backward(edits)
        for error in errors:
            if (error.rule, error.fingerprint) in known:
                continue
            place = back.span(error.span)
            same = (
                old
                for old in before
                if old.rule == error.rule
                and (file, old.rule, old.fingerprint) not in mended
                and old.span.start <= place.end
                and place.start <= old.span.end
            )
            if next(same, None) is None:
                yield error


class Backward:
    """From places in an edited text to those in the text before."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        ordered = sorted(edits, key=lambda edit: edit.span)
        self._starts: list[int] = []  # of the new texts, in the edited text
        self._edits: list[tuple[Span, int]] = []  # the old span, and the length of the new text
        shift = 0
        for edit in ordered:
            self._starts.append(edit.span.start + shift)
            self._edits.append((edit.span, len(edit.text)))
            shift += len(edit.text) - (edit.span.end - edit.span.start)

    def span(self, span: Span) -> Span:
        """Return the smallest old span that holds all of ``span``."""
        return Span(self._offset(span.start, last=False), self._offset(span.end, last=True))

    def _offset(self, offset: int, *, last: bool) -> int:
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return offset
        old, length = self._edits[at]
        beyond = offset - self._starts[at] - length
        if beyond > 0 or (beyond == 0 and not last):
            return old.end + beyond
        return old.end if last else old.start


def edits_of(chosen: Iterable[Proposal]) -> dict[NoteId, list[Edit]]:
    """Return the edits of all of ``chosen`` by file."""
    edits: dict[NoteId, list[Edit]] = {}
    for proposal in chosen:
        for edit in proposal.fix.edits:
            edits.setdefault(edit.note, []).append(edit)
    return edits
