"""What vaultlint says: severities, diagnostics, and the edits that would repair them.

Invariant: everything here is plain data. A Diagnostic carries all that is needed to print it
(positions and the excerpt were rendered when it was found), so printing needs neither the note
nor the check. Help, related places and fixes are computed on demand (Advice).

Tests: tests/unit/test_diagnostics.py
"""

import hashlib
from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from vaultlint.text import Position, Span

INTERNAL_ERROR = "internal-error"
"""The rule of findings that say that vaultlint itself failed."""

_NO_DATA: Mapping[str, Any] = MappingProxyType({})


class Severity(IntEnum):
    """How bad a finding is, ordered: a run fails at or above a chosen severity."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """Return the lower-case name used in config and output."""
        return self.name.lower()


class Safety(IntEnum):
    """What may be done with a fix, ordered by trust."""

    MANUAL = 1  # shown to a person, never applied
    UNSAFE = 2  # a likely meaning; applied only when asked for
    SAFE = 3  # the meaning is unchanged, or the only possible one

    @property
    def label(self) -> str:
        """Return the lower-case name used in output."""
        return self.name.lower()


class Edit(NamedTuple):
    """Replace ``span`` (code points of the note's text) of ``note`` by ``text``."""

    note: str
    span: Span
    text: str


class Fix(NamedTuple):
    """Edits that belong together: all are applied, or none.

    ``base`` names the digest of every note the fix was computed from; it must not be applied to
    any other bytes.
    """

    title: str
    safety: Safety
    edits: tuple[Edit, ...]
    base: Mapping[str, str]


class Related(NamedTuple):
    """Another place that explains a finding."""

    file: str
    position: Position
    message: str


class Advice(NamedTuple):
    """What a person can do about a finding, computed when it is printed."""

    help: str = ""
    related: tuple[Related, ...] = ()
    fix: Fix | None = None


class Diagnostic(NamedTuple):
    """One finding of one rule in one file, ready to print.

    ``span`` counts code points of the file's text; ``start`` and ``end`` are the same as lines and
    columns; ``excerpt`` is the whole source line that holds ``start``. ``data`` is what the check
    found, kept so that advice can be computed later.
    """

    rule: str
    severity: Severity
    file: str
    span: Span
    start: Position
    end: Position
    excerpt: str
    message: str
    fingerprint: str
    data: Mapping[str, Any] = _NO_DATA

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Return the order of every report: file, place, rule, message."""
        return (self.file, self.span.start, self.span.end, self.rule, self.message)


class Delta(NamedTuple):
    """What a change did: diagnostics are replaced file by file.

    ``notes`` were read anew, ``removed`` are gone, ``diagnostics`` holds the full new list of each
    file whose findings may have changed (an empty tuple when the file is clean). ``keys`` are the
    keys of the vault's index whose answers may have changed; None when any may have.
    """

    notes: tuple[str, ...]
    removed: tuple[str, ...]
    diagnostics: Mapping[str, tuple[Diagnostic, ...]]
    keys: frozenset[tuple[str, ...]] | None = None


class Notice(NamedTuple):
    """Something about fixes that a person should know; never a reason to fail.

    ``code`` is "fix-refused" (it would do harm: the rule has a defect), "not-done" (what a command
    was asked for would do harm), "not-changed" (it is left to a person), "fix-cycle" (rules undo
    each other), "fix-unfinished" (rules never come to rest), "not-fixable" (the file must not be
    edited), "not-written" (the writer left it alone) or "kept-aside" (a text that another program
    saved at the same moment is in the journal). ``rules`` are those concerned.
    """

    code: str
    rules: tuple[str, ...]
    file: str
    message: str


def fingerprint(rule: str, path: str, flagged: str, ordinal: int) -> str:
    """Return 16 hex digits that name a finding across runs and moved lines.

    ``flagged`` is the text under the span, ``ordinal`` counts equal (rule, flagged) pairs of the
    file from 0, in the order of the text.
    """
    parts = (rule, path, flagged, str(ordinal))
    seed = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(seed, digest_size=8).hexdigest()
