"""All that the author of a check imports: Check, Found, and the types in their signatures.

A check is a pure function over one file's facts. It asks about other notes only through the
VaultView, which records each question, so the engine knows when the answer changed.

Tests: tests/unit/test_check.py; every check: tests/specs/<id>.md
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from vaultlint.diagnostics import Advice, Edit, Fix, Related, Safety, Severity
from vaultlint.note.model import Note
from vaultlint.options import NoOptions, option
from vaultlint.text import Position, Span
from vaultlint.vault.view import VaultView

__all__ = [
    "FAMILIES",
    "Advice",
    "Check",
    "Edit",
    "Fix",
    "Found",
    "NoOptions",
    "Note",
    "Position",
    "Related",
    "Safety",
    "Severity",
    "Span",
    "VaultView",
    "option",
]

_NO_DATA: Mapping[str, Any] = MappingProxyType({})

FAMILIES = frozenset(
    {
        "blocks",  # block ids
        "callouts",  # their types and folds
        "citations",  # which sources are cited: recognized identifiers, in order
        "code",  # inline and block code, its text
        "comments",  # %% comments and the suppressions in them
        "fields",  # inline fields
        "footnotes",  # references and definitions
        "headings",  # levels and texts
        "html",  # HTML and its comments
        "link-text",  # what readers see of a link, internal or external
        "links",  # which internal links there are, and the file and subpath that each opens
        "math",  # its text
        "properties",  # names and values, but for tags and links in them
        "tags",  # names of tags, in the body and in properties
        "tasks",  # their statuses
        "text",  # the words outside of all these
        "urls",  # external links, where they lead
    }
)
"""The families of facts that a repair may declare to change (``Check.changes``)."""


class Found(NamedTuple):
    """One occurrence: where, and the plain values that its message names.

    ``data["about"]`` says what the finding is about where the flagged text does not, such as a property
    that is missing: it becomes a part of the fingerprint.
    ``at_most`` lowers the rule's severity for this occurrence.
    ``message`` replaces the check's template (for checks whose findings differ in kind).
    """

    span: Span
    data: Mapping[str, Any] = _NO_DATA
    at_most: Severity = Severity.ERROR
    message: str | None = None


Find = Callable[[Note, VaultView, Any], Iterable[Found]]
Repair = Callable[[Found, Note, VaultView, Any], Fix | None]
Explain = Callable[[Found, Note, VaultView, Any], Advice]


class Check(NamedTuple):
    """A mechanism that finds one kind of problem.

    ``message`` and ``help`` are ``str.format`` templates over ``Found.data``: what is wrong, and
    what to do. ``explain`` computes help and related places instead, when they need a search
    (did-you-mean); ``repair`` returns a fix or None. Both are called only when a finding is shown.

    ``reads`` names fields of Note; the check is skipped for a file in which all of them are empty.
    ``files`` says what it runs on: "note", "attachment", "vocabulary" (files that hold a
    vocabulary), "config" (vaultlint.yaml).

    ``changes`` names the families of facts (FAMILIES) that ``repair`` may change in the notes it
    edits; white space that means nothing belongs to none. A fix that changes any other fact, makes
    a link that opened a file open another, or makes a new error, is refused: a defect of the check.

    ``beside`` holds (other rule, option, value): what an option is where that rule is on, as long as
    nothing sets it, so that two rules do not tell of one thing.

    ``severity`` is that of the check's own default rule; None means it is off until configured.
    ``last`` makes it run when the file's other findings are known, over a note whose ``ignores``
    are those, narrowed to their unused rules, that suppressed nothing.
    """

    id: str
    find: Find
    message: str
    severity: Severity | None
    since: str
    help: str = ""
    reads: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset({"note"})
    options: type = NoOptions
    explain: Explain | None = None
    repair: Repair | None = None
    last: bool = False
    changes: frozenset[str] = frozenset()
    beside: tuple[tuple[str, str, Any], ...] = ()
