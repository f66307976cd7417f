"""Findings made by hand, for the tests of reports."""

from typing import Any

from vaultlint.diagnostics import Advice, Diagnostic, Severity, fingerprint
from vaultlint.text import LineIndex, Span


def finding(
    text: str,
    flagged: str,
    *,
    file: str = "note.md",
    rule: str = "broken-link",
    severity: Severity = Severity.ERROR,
    message: str = "no note is named 'Gone'",
    **extra: Any,
) -> Diagnostic:
    """Return a finding at the first place of ``flagged`` in ``text``."""
    at = text.index(flagged)
    lines = LineIndex(text)
    span = Span(at, at + len(flagged))
    return Diagnostic(
        rule=rule,
        severity=severity,
        file=file,
        span=span,
        start=lines.position(span.start),
        end=lines.position(span.end),
        excerpt=lines.span_of_line(lines.line_at(at)).of(text),
        message=message,
        fingerprint=fingerprint(rule, file, flagged, 0),
        **extra,
    )


def no_advice(_: Diagnostic) -> Advice:
    return Advice()
