"""What a fix must survive before it is taken: the equivalence check, and no new error.

Invariant: a fix that is refused here changed nothing; a refusal names the rule, because a fix that
fails these tests is a defect of its rule.

Tests: tests/unit/fixing/test_guard.py
"""

from collections.abc import Callable, Iterable, Sequence

from vaultlint.diagnostics import Edit
from vaultlint.engine.session import Session
from vaultlint.errors import SourceError
from vaultlint.fixing.equivalence import canvas_deviation, deviation
from vaultlint.fixing.forecast import Forecast, Trouble, edits_of
from vaultlint.fixing.proposals import Proposal
from vaultlint.fixing.texts import NotEditable, Texts, edited
from vaultlint.note.canvas import is_canvas
from vaultlint.note.model import Note, NoteId
from vaultlint.note.parse import parse_note
from vaultlint.vault.keys import is_markdown

Refuse = Callable[[Proposal, str], None]


class Guard:
    """Lets through the fixes of one pass that do no harm. Made for one state of the session."""

    def __init__(self, session: Session, texts: Texts, refuse: Refuse) -> None:
        """Tell ``refuse`` which fix is refused, and why."""
        self._session = session
        self._texts = texts
        self._refuse = refuse
        self._forecast = Forecast(session)
        self._edits: dict[NoteId, list[Edit]] = {}
        self._notes: dict[NoteId, Note] = {}

    def admitted(self, chosen: Sequence[Proposal]) -> tuple[list[Proposal], dict[NoteId, bytes]]:
        """Return the fixes of ``chosen`` that may be applied together, and the texts they make."""
        taken = self._without_new_errors(self._equivalent(chosen))
        return taken, self._texts_of(taken)

    # ---- facts: each rule is judged over what the rules before it left

    def _equivalent(self, chosen: Sequence[Proposal]) -> list[Proposal]:
        """Return those that change only what they declare."""
        accepted: list[Proposal] = []
        for group in _groups(chosen):
            reason = self._objection(group)
            if not reason:
                accepted += group
            elif len(group) == 1:
                self._refuse(group[0], reason)
            else:
                accepted += self._equivalent_alone(group)
        return accepted

    def _equivalent_alone(self, group: Sequence[Proposal]) -> list[Proposal]:
        accepted = []
        for proposal in group:
            reason = self._objection([proposal])
            if reason:
                self._refuse(proposal, reason)
            else:
                accepted.append(proposal)
        return accepted

    def _objection(self, group: Sequence[Proposal]) -> str:
        """Return why ``group`` must not be applied, or "" and count it among the applied."""
        added = edits_of(group)
        allowed = group[0].changes
        after: dict[NoteId, Note] = {}
        for file, new in added.items():
            reason = self._edited(file, new, allowed, after)
            if reason:
                return reason
        self._notes.update(after)
        for file, new in added.items():
            self._edits.setdefault(file, []).extend(new)
        return ""

    def _edited(
        self, file: NoteId, new: list[Edit], allowed: frozenset[str], after: dict[NoteId, Note]
    ) -> str:
        """Put ``file`` as it would be into ``after``, and return what speaks against it."""
        session = self._session

        def judge(one: Note, two: Note) -> str:
            return deviation(one, two, allowed, session.index, session.note)

        try:
            data = self._texts[file]
            text = edited(data, (*self._edits.get(file, ()), *new))
        except (NotEditable, SourceError) as error:
            return str(error)
        if is_canvas(file):
            return canvas_deviation(file, data, text, judge)
        if not is_markdown(file):
            listed = file in session.config.vocabulary_files or file == session.config.path
            return "" if listed else "it edits a file that is no note"
        before = self._notes.get(file) or parse_note(file, data)
        note = after[file] = parse_note(file, text)
        if note.digest == before.digest:
            return "it changes nothing"
        return judge(before, note)

    # ---- findings

    def _without_new_errors(self, chosen: list[Proposal]) -> list[Proposal]:
        """Return those that cause no error which was not there, alone and together."""
        troubles = self._troubles(chosen)
        if not troubles:
            return chosen
        files = {trouble.file for trouble in troubles}
        suspected = [not files.isdisjoint(each.files) for each in chosen]
        if not any(suspected):
            return self._harmless(chosen, [])
        rest = [each for each, guilty in zip(chosen, suspected, strict=True) if not guilty]
        suspects = [each for each, guilty in zip(chosen, suspected, strict=True) if guilty]
        return self._harmless([*rest, *self._harmless(suspects, [])], [])

    def _harmless(self, suspects: list[Proposal], beside: list[Proposal]) -> list[Proposal]:
        """Return ``suspects`` without those that cause errors together with what is ``beside``.

        The guilty are found by halving, so that the price is that of a few of them.
        """
        troubles = self._troubles([*beside, *suspects])
        if not troubles:
            return suspects
        if len(suspects) == 1:
            self._refuse(suspects[0], troubles[0].reason)
            return []
        half = len(suspects) // 2
        first = self._harmless(suspects[:half], beside)
        return [*first, *self._harmless(suspects[half:], [*beside, *first])]

    def _troubles(self, chosen: list[Proposal]) -> list[Trouble]:
        return self._forecast.troubles(chosen, self._texts_of(chosen)) if chosen else []

    def _texts_of(self, chosen: Iterable[Proposal]) -> dict[NoteId, bytes]:
        """Return the files as ``chosen``, which were all found to be applicable, make them."""
        return {file: edited(self._texts[file], new) for file, new in edits_of(chosen).items()}


def _groups(chosen: Iterable[Proposal]) -> list[list[Proposal]]:
    """Return the fixes of one rule in one note together: they share what they may change."""
    groups: dict[tuple[object, ...], list[Proposal]] = {}
    for number, proposal in enumerate(chosen):
        files = proposal.files
        key: tuple[object, ...] = (proposal.rule, files[0], proposal.changes)
        groups.setdefault(key if len(files) == 1 else (number,), []).append(proposal)
    return list(groups.values())
