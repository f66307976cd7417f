"""What one run of ``check`` works on: a session, and which of its findings are asked for.

Tests: tests/unit/cli/test_check.py, tests/unit/cli/test_scope.py
"""

from collections.abc import Mapping
from typing import NamedTuple

from vaultlint.cli.opening import open_session
from vaultlint.cli.options import Asked
from vaultlint.cli.place import Place
from vaultlint.cli.scope_options import Scoping
from vaultlint.diagnostics import Diagnostic, Notice, Safety
from vaultlint.engine.session import Progress, Session
from vaultlint.note.model import NoteId
from vaultlint.report.summary import Parked
from vaultlint.source import Source

NOTHING: frozenset[str] = frozenset()


class Work:
    """A whole vault, checked as it lies in its folder; the findings in ``place`` are asked for."""

    tells_which = False
    """Whether ``found`` knows which of equal findings in a note are new."""
    written_is_staged = True
    """Whether nothing is left to be done with git after notes were written."""

    def __init__(self, session: Session, place: Place) -> None:
        self.session = session
        self.place = place

    def load(self) -> None:
        """Find what there is to be found. Raises what ``Session.apply`` raises."""
        self.session.apply()

    def found(self, known: frozenset[str] = NOTHING) -> list[Diagnostic]:
        """Return the findings that are asked for, in their order.

        ``known`` are fingerprints: of equal findings in a note so many are left out.
        """
        found = self.session.diagnostics(self.place.covers if self.place.within else None)
        return [each for each in found if each.fingerprint not in known]

    def parked(self) -> Parked | None:
        """Return what the baseline made of the findings, None without one."""
        return None

    def concerns(self, finding: Diagnostic) -> bool:  # noqa: ARG002 -- for others to narrow
        """Return whether a finding in a file that may be fixed is one to fix."""
        return True

    def may_fix(self, file: NoteId) -> bool:
        """Return whether fixes may be written to ``file``."""
        return self.place.covers(file)

    def left_alone(
        self,
        least: Safety,  # noqa: ARG002 -- see concerns
        known: frozenset[str] = NOTHING,  # noqa: ARG002
    ) -> tuple[Notice, ...]:
        """Return which notes have fixes of that safety but may not be written to.

        ``known`` findings do not count.
        """
        return ()


class Opening(NamedTuple):
    """How a vault is to be opened.

    ``fixing`` says that fixes are asked for, shown or written, ``advising`` that all findings are
    shown with what to do about them.
    """

    asked: Asked
    texts: Mapping[NoteId, bytes]
    gitignore: bool
    jobs: int | None
    progress: Progress
    fixing: bool = False
    advising: bool = False

    def session(self, place: Place, source: Source | None = None, stored_as: str = "") -> Session:
        """Return a session over ``source``, the folder itself without one; nothing is read.

        ``stored_as`` names what is kept of the source between runs.
        """
        return open_session(
            place,
            self.asked,
            texts=self.texts,
            gitignore=self.gitignore,
            source=source,
            stored_as=stored_as,
            jobs=self.jobs,
            progress=self.progress,
            only_reads=not self.fixing,
            advising=self.advising,
        )

    def work(self, place: Place, scoping: Scoping = Scoping(), *, fixing: bool = False) -> Work:  # noqa: B008 -- a constant
        """Return what is to be checked; ``fixing`` says that notes may be written."""
        if not scoping.wanted:
            return Work(self.session(place), place)
        from vaultlint.cli.scope import open_scoped

        return open_scoped(place, self, scoping, fixing=fixing)
