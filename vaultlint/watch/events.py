"""What a watcher tells: one record for each thing that happened.

Invariant: plain data. ``docs/events.md`` describes the same records as JSON, one object a line;
``report/models_events.py`` is their schema.

Tests: tests/unit/watch/test_as_json.py
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from vaultlint.diagnostics import Diagnostic
from vaultlint.note.model import NoteId

Fixes = Literal["on", "off", "dry-run", "elsewhere"]
Observing = Literal["events", "polling"]


class Started(NamedTuple):
    """The vault is loaded and watched; its findings follow.

    ``fixes`` is "elsewhere" where another machine fixes; ``reason`` says why they are not on.
    """

    vault: str
    pid: int
    observing: Observing
    fixes: Fixes
    reason: str = ""


class Findings(NamedTuple):
    """All findings of ``file`` as it is now, in place of those told before; none: it is clean."""

    file: NoteId
    diagnostics: tuple[Diagnostic, ...]


class Current(NamedTuple):
    """Everything up to here has been told. ``sequence`` counts such records, from 1.

    ``time`` is when the files were read, in seconds since the epoch; ``by_severity`` counts the
    findings of the whole vault.
    """

    sequence: int
    time: float
    notes_checked: int
    by_severity: Mapping[str, int]


class FixesChanged(NamedTuple):
    """The config says something else of fixes than before, as ``Started`` told it."""

    fixes: Fixes
    reason: str = ""


class Settling(NamedTuple):
    """The notes that will be fixed when they have settled, in place of those told before."""

    files: tuple[NoteId, ...]


class Fixed(NamedTuple):
    """A note was written; ``vaultlint undo RUN`` takes the run back."""

    file: NoteId
    rules: tuple[str, ...]
    run: str


class WouldFix(NamedTuple):
    """A dry run would have written this note; ``diff`` is a unified diff."""

    file: NoteId
    rules: tuple[str, ...]
    diff: str


class LeftAlone(NamedTuple):
    """A note that could be fixed is not, and why; ``rival`` is who may be undoing its fixes."""

    file: NoteId
    rules: tuple[str, ...]
    reason: str
    rival: str = ""


class Followed(NamedTuple):
    """Files were moved (``moves``: old path -> new), and ``files`` lead to them again."""

    moves: Mapping[NoteId, NoteId]
    files: tuple[NoteId, ...]
    run: str


class MoveProposed(NamedTuple):
    """Files were moved, ``files`` have links that lead nowhere now; a person has to decide.

    ``vaultlint mv --pending`` writes the links anew. With ``choices`` it is not known whether the one
    file of ``moves`` went to one of them, or to which.
    """

    moves: Mapping[NoteId, NoteId]
    files: tuple[NoteId, ...]
    reason: str
    choices: tuple[NoteId, ...] = ()


class Waiting(NamedTuple):
    """Nothing can be looked at for now; all that was told stays as it was."""

    reason: str


class Resumed(NamedTuple):
    """What was waited for is over."""


class ConfigRejected(NamedTuple):
    """The config as it is now does not load; the last good one stays in force."""

    message: str


class ConfigLoaded(NamedTuple):
    """The config was mended, and is in force."""


class Remark(NamedTuple):
    """Something that a person should know about this watcher."""

    message: str


class Stopped(NamedTuple):
    """The watcher ends."""

    reason: str


Event = (
    Started
    | Findings
    | Current
    | FixesChanged
    | Settling
    | Fixed
    | WouldFix
    | LeftAlone
    | Followed
    | MoveProposed
    | Waiting
    | Resumed
    | ConfigRejected
    | ConfigLoaded
    | Remark
    | Stopped
)
