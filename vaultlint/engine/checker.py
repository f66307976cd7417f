"""The checker: the rules of one config over the files of one vault, file by file.

Invariant: a row depends only on the bytes of the file, the config and the answers of the index
that the row records; in whatever order and process files are checked, the rows are the same.

Tests: tests/unit/engine/test_session.py
"""

from collections.abc import Collection

from vaultlint.config.ruleset import Config
from vaultlint.engine.jobs import rerun, run
from vaultlint.engine.notes import Notes, unreadable
from vaultlint.engine.plan import Plan, plan_for
from vaultlint.engine.rows import Row
from vaultlint.errors import SourceError
from vaultlint.note.model import Note, NoteId, Problem
from vaultlint.source import SourceProblem
from vaultlint.text import Span
from vaultlint.vault.advising import AdvisingView
from vaultlint.vault.index import VaultIndex
from vaultlint.vault.keys import is_markdown
from vaultlint.vault.view import VaultView

UNKNOWN_RULE = "unknown-rule"
CONFIGURED_GLOB = "configured-glob"

_NOTE = frozenset({"note"})
_ATTACHMENT = frozenset({"attachment"})
_UNLISTED = frozenset({"unlisted"})
_NOTHING: frozenset[str] = frozenset()


class Checker:
    """Runs the rules of ``config``.

    ``blanket`` is as for ``plan_for``; ``problems`` are files that the source had to leave out.
    ``textual`` are files whose text is wanted although they may be no notes, ``extra`` those that
    may have findings although they may not be listed, ``special`` those of which more is to be known
    than whether they are checked to tell what rules look at them as.
    """

    def __init__(
        self,
        config: Config,
        index: VaultIndex,
        notes: Notes,
        *,
        blanket: bool = True,
        problems: tuple[SourceProblem, ...] = (),
    ) -> None:
        self.config = config
        self.index = index
        self.notes = notes
        self.blanket = blanket
        self.problems = problems
        self._plans: dict[tuple[int, frozenset[str]], Plan] = {}
        self._configured = _configured(config)
        self._unlisted = {problem.file: problem for problem in problems}
        self.textual = frozenset((*config.vocabulary_files, *self._configured))
        self.extra = frozenset((*self._unlisted, *self._configured))
        self.special = self.extra | config.inputs

    def plan(self, file: NoteId) -> Plan | None:
        """Return what is to be done on ``file``, None for nothing. Equal answers are identical."""
        kinds = self.kinds(file)
        if not kinds:
            return None
        rules = self.config.rules_for(file)
        key = (id(rules), kinds)
        if (plan := self._plans.get(key)) is None:
            if kinds == _UNLISTED:
                kinds = _NOTE | _ATTACHMENT
                rules = tuple(rule for rule in rules if rule.check.reads == {"problems"})
            plan = self._plans[key] = plan_for(rules, kinds, blanket=self.blanket)
        return plan

    def kinds(self, file: NoteId) -> frozenset[str]:
        """Return what ``file`` is to rules, as in Check.files; nothing when no rule runs on it.

        What the config is made of is no attachment: nobody has to link to it. As such it is looked
        at even where it is excluded as a note.
        """
        checked = self.config.checked(file)
        if file in self._unlisted:
            return _UNLISTED if checked else _NOTHING
        if file not in self.config.inputs and file not in self._configured:
            return (_NOTE if is_markdown(file) else _ATTACHMENT) if checked else _NOTHING
        kinds = _NOTE if checked and is_markdown(file) else _NOTHING
        if file in self.config.vocabulary_files:
            kinds |= {"vocabulary"}
        if file in self._configured:
            kinds |= {"config"}
        return kinds

    def check(self, file: NoteId, plan: Plan) -> Row:
        """Return the row of ``file``."""
        note = self.subject(file)
        return run(note, self.view(note), plan)

    def check_again(self, file: NoteId, plan: Plan, row: Row, rules: Collection[str]) -> Row:
        """Return ``row`` of the unchanged ``file`` with ``rules`` done anew."""
        note = self.subject(file)
        return rerun(note, self.view(note), plan, row, rules)

    def subject(self, file: NoteId) -> Note:
        """Return ``file`` as rules see it: one that cannot be read has no facts but a problem."""
        if file in self._unlisted:
            problem = Problem(self._unlisted[file].code, Span(0, 0), self._unlisted[file].message)
            return Note(file, "", "", parsed=False, problems=(problem,))
        try:
            note = self.notes.get(file)
        except SourceError as error:
            note = unreadable(file, error)
        if file in self._configured:
            note = note._replace(problems=note.problems + self._configured[file])
        return note

    def view(self, note: Note) -> VaultView:
        """Return the vault as ``note`` sees it, nothing recorded yet."""
        return VaultView(self.index, note, self.config, self.notes.get)

    def advising_view(self, note: Note) -> AdvisingView:
        """Return the vault as ``note`` sees it, for advice: all that is asked is recorded."""
        return AdvisingView(self.index, note, self.config, self.notes.get)


def _configured(config: Config) -> dict[NoteId, tuple[Problem, ...]]:
    """Return, for each file that configures, what its own checks are to look into.

    The message of an unknown rule is its id, that of a glob the glob.
    """
    found: dict[NoteId, list[Problem]] = {}
    if config.path is not None:
        found[config.path] = []
    for rule in config.unknown_rules:
        found.setdefault(rule.file, []).append(Problem(UNKNOWN_RULE, rule.span, rule.id))
    for glob in config.globs:
        problem = Problem(CONFIGURED_GLOB, glob.span, glob.glob)
        found.setdefault(glob.file, []).append(problem)
    return {file: tuple(problems) for file, problems in found.items()}
