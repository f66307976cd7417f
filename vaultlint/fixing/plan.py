"""From findings to new texts: fixes are taken, and the vault is checked again, until none is left.

A pass takes the fixes that fit together, has each judged (guard.py), and applies them to the
session alone; nothing is written here. Passes end when no fix is left: a fixed point, so that
fixing what is fixed changes nothing.

Invariant: no text comes twice. A note that returns to a text it had, or never comes to rest, is
given back the text it was found with, together with every note that shares a fix with it, and the
rules are named. The session ends as it began.

Tests: tests/unit/fixing/test_plan.py, tests/properties/test_fixing.py
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from vaultlint.diagnostics import Diagnostic, Notice, Safety
from vaultlint.engine.session import Change, Session
from vaultlint.errors import SourceError
from vaultlint.fixing.guard import Guard
from vaultlint.fixing.preconditions import Preconditions
from vaultlint.fixing.proposals import Proposal, fitting, proposals
from vaultlint.fixing.texts import Texts, digest
from vaultlint.note.model import NoteId

MAX_PASSES = 10
CHANGED_MEANWHILE = "the file changed while it was being checked"


class Plan(NamedTuple):
    """New texts, and how they came about.

    ``groups`` are files that are written all or not at all, ``taken`` the fixes that made them.
    """

    before: Mapping[NoteId, bytes]
    after: Mapping[NoteId, bytes]
    groups: tuple[tuple[NoteId, ...], ...]
    taken: tuple[Proposal, ...]
    notices: tuple[Notice, ...]

    def rules(self, file: NoteId) -> tuple[str, ...]:
        """Return the rules whose fixes change ``file``, sorted."""
        return tuple(sorted({each.rule for each in self.taken if file in each.files}))

    def fixed(self, without: Iterable[NoteId] = ()) -> dict[str, int]:
        """Return how many fixes of each rule are in the plan, but for those in the files named."""
        left = frozenset(without)
        counts = Counter(each.rule for each in self.taken if left.isdisjoint(each.files))
        return dict(sorted(counts.items()))


def plan_fixes(
    session: Session,
    least: Safety,
    covers: Callable[[NoteId], bool] = lambda _: True,
    rules: Collection[str] | None = None,
    wanted: Callable[[Diagnostic], bool] = lambda _: True,
) -> Plan:
    """Return what the fixes of at least that safety make of the covered files.

    ``rules`` are the only ones whose findings are fixed, None for all; of those findings the
    ``wanted`` ones. The session must be loaded; it is left as it was. Raises what
    ``Session.apply`` raises.
    """

    def offers() -> list[Proposal]:
        offered = proposals(session, least, covers, wanted)
        return [each for each in offered if rules is None or each.rule in rules]

    return _Passes(session).run(offers)


def plan_one(session: Session, proposal: Proposal) -> Plan:
    """Return what one fix of a command makes of its files: everything, or nothing and a notice."""
    offered = [proposal]
    passes = _Passes(session)
    plan = passes.run(lambda: [offered.pop()] if offered else [])
    return plan._replace(notices=tuple(map(_of_command, plan.notices)))


def _of_command(notice: Notice) -> Notice:
    """Return ``notice`` as it reads when a command, not a rule, asked for what was refused."""
    if notice.code != "fix-refused":
        return notice
    return Notice("not-done", (), notice.file, f"nothing is changed, for {notice.message}")


class _Passes:
    """The state of one run of passes."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._texts = Texts(session.read)
        self._preconditions = Preconditions(session, self._texts)
        self._seen: defaultdict[NoteId, set[str]] = defaultdict(set)
        self._still: set[NoteId] = set()
        self._refused: dict[tuple[object, ...], Notice] = {}
        self._taken: list[Proposal] = []
        self._notices: dict[Notice, None] = {}

    def run(self, offers: Callable[[], list[Proposal]]) -> Plan:
        try:
            self._pass_until_rest(offers)
        finally:
            touched = [Change(file) for file in self._seen]
            if touched:
                self._session.apply(touched)
        after = self._texts.changed()
        taken = tuple(each for each in self._taken if not after.keys().isdisjoint(each.files))
        before = {file: self._texts.before[file] for file in after}
        groups = tuple(_connected(taken, after))
        notices = dict.fromkeys((*self._refused.values(), *self._notices))
        return Plan(before, after, groups, taken, tuple(notices))

    def _pass_until_rest(self, offers: Callable[[], list[Proposal]]) -> None:
        passes = 0
        while chosen := fitting(each for each in offers() if self._may(each)):
            guard = Guard(self._session, self._texts, self._refuse)
            taken, texts = guard.admitted(chosen)
            if taken and passes < MAX_PASSES:
                passes += 1
                self._take(taken, texts)
            elif taken:
                message = f"still changing after {MAX_PASSES} passes; nothing is changed here"
                self._taken += taken
                self._give_back({*texts}, "fix-unfinished", message)

    def _may(self, proposal: Proposal) -> bool:
        """Return whether a fix is to be considered, and give notice of a file that forbids it."""
        files = proposal.files
        if not self._still.isdisjoint(files) or _key(proposal) in self._refused:
            return False
        for file in files:
            reason = self._preconditions.objection(file)
            if reason:
                self._notices[Notice("not-fixable", (), file, reason)] = None
                return False
        return self._is_current(proposal)

    def _is_current(self, proposal: Proposal) -> bool:
        """Return whether the notes still are what the fix was computed from."""
        base = proposal.fix.base
        for file in proposal.files:
            if file not in base:
                self._refuse(proposal, f"it does not say from which text of {file} it was made")
                return False
        for file, expected in base.items():
            try:
                current = self._texts.digest(file) == expected
            except SourceError:
                current = False
            if not current:
                self._notices[Notice("not-fixable", (), file, CHANGED_MEANWHILE)] = None
                return False
        return True

    def _take(self, taken: list[Proposal], texts: dict[NoteId, bytes]) -> None:
        self._taken += taken
        # What was refused is judged anew in the vault as it is from here on.
        self._refused.clear()
        again: set[NoteId] = set()
        for file, data in texts.items():
            seen = self._seen[file]
            seen.add(self._texts.digest(file))
            if digest(data) in seen:
                again.add(file)
            seen.add(digest(data))
        self._texts.accept(texts)
        self._session.apply(Change(file, data) for file, data in texts.items())
        if again:
            self._give_back(again, "fix-cycle", "these rules undo each other; nothing is changed")

    def _give_back(self, files: set[NoteId], code: str, message: str) -> None:
        """Return ``files`` and all that share fixes with them to the texts they were found with."""
        touched = {file for each in self._taken for file in each.files}
        for group in _connected(self._taken, touched):
            if files.isdisjoint(group):
                continue
            self._still.update(group)
            for file in group:
                if file in files:
                    rules = {each.rule for each in self._taken if file in each.files}
                    self._notices[Notice(code, tuple(sorted(rules)), file, message)] = None
            restored = self._texts.restore(group)
            self._session.apply(Change(file, data) for file, data in restored.items())
        self._still |= files
        self._taken = [each for each in self._taken if self._still.isdisjoint(each.files)]

    def _refuse(self, proposal: Proposal, reason: str) -> None:
        notice = Notice("fix-refused", (proposal.rule,), proposal.files[0], reason)
        self._refused[_key(proposal)] = notice


def _key(proposal: Proposal) -> tuple[object, ...]:
    """Return what a refused fix is known by until the next pass."""
    finding = proposal.finding
    named = finding.fingerprint if finding else ""
    return (proposal.rule, proposal.files, proposal.fix.title, named)


def _connected(taken: Iterable[Proposal], files: Iterable[NoteId]) -> list[tuple[NoteId, ...]]:
    """Return ``files`` in groups: those that share a fix, directly or through others, together."""
    group_of: dict[NoteId, set[NoteId]] = {}
    for proposal in taken:
        merged: set[NoteId] = set()
        for file in proposal.files:
            merged |= group_of.get(file, {file})
        for file in merged:
            group_of[file] = merged
    groups = {tuple(sorted(group_of.get(file, {file}))) for file in files}
    return sorted(groups)
