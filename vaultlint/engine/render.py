"""What a check found, made into diagnostics that need neither the note nor the check to print.

Invariant: a diagnostic is plain data (numbers, strings, lists, dicts), the same whichever process
made it; positions are those of ``Note.text``, so a BOM or CRLF shifts nothing.

Tests: tests/unit/engine/test_render.py
"""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

from vaultlint.check import Found
from vaultlint.config.ruleset import Rule
from vaultlint.diagnostics import Diagnostic, fingerprint
from vaultlint.engine.template import fill
from vaultlint.note.model import Note
from vaultlint.text import LineIndex, Span

MAX_EXCERPT = 10_000
"""Longest excerpt kept, in code points: a note of one endless line stays affordable."""

_MAX_FLAGGED = 10_000  # of a span, this much names the finding; the ordinal tells equals apart
_PLAIN = (str, int, float, bool, bytes, type(None))


def render(
    rule: Rule, findings: Iterable[Found], note: Note, lines: LineIndex
) -> tuple[Diagnostic, ...]:
    """Return the findings of one rule in one file as diagnostics, in the order of the text.

    A span outside of the text is cut to it: a wrong place is better than a lost finding.
    """
    text, file, limit = note.text, note.id, len(note.text)
    seen: dict[str, int] = {}
    line, excerpt = -1, ""
    diagnostics: list[Diagnostic] = []
    for found in sorted(findings, key=_place):
        start = min(max(found.span[0], 0), limit)
        end = min(max(found.span[1], start), limit)
        data = _plain_data(found.data)
        flagged = flagged_text(text, Span(start, end), data)
        ordinal = seen.get(flagged, 0)
        seen[flagged] = ordinal + 1
        position = lines.position(start)
        if position.line != line:  # findings in one line share its excerpt
            line, excerpt = position.line, _excerpt(lines, start)
        diagnostics.append(
            Diagnostic(
                rule=rule.id,
                severity=min(rule.severity, found.at_most),
                file=file,
                span=Span(start, end),
                start=position,
                end=lines.position(end),
                excerpt=excerpt,
                message=fill(rule.message or found.message or rule.check.message, data),
                fingerprint=fingerprint(rule.id, file, flagged, ordinal),
                data=data,
            )
        )
    return tuple(diagnostics)


def flagged_text(text: str, span: Span, data: Mapping[str, Any]) -> str:
    """Return the text by which a finding at ``span`` is told from others of its rule and file.

    That is what is flagged, and what the finding is about where the check says so in ``data``. A
    checkout with other line ends holds the same findings.
    """
    flagged = text[span.start : min(span.end, span.start + _MAX_FLAGGED)]
    if "\r" in flagged:
        flagged = flagged.replace("\r\n", "\n").replace("\r", "\n")
    return f"{flagged}\0{data['about']}" if "about" in data else flagged


def _place(found: Found) -> tuple[int, int]:
    return (found.span[0], found.span[1])


def _excerpt(lines: LineIndex, at: int) -> str:
    start, end = lines.span_around(at)
    return lines.text[start : min(end, start + MAX_EXCERPT)]


def _plain_data(data: Mapping[str, Any]) -> dict[str, Any]:
    return {str(key): plain(value) for key, value in data.items()}


def plain(value: Any) -> Any:
    """Return ``value`` as plain data that can be sent and stored; anything else as its text."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, Mapping):
        return _plain_data(value)
    if isinstance(value, tuple):
        return tuple(plain(item) for item in value)
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted((plain(item) for item in value), key=repr)
    return float(value) if isinstance(value, float) else str(value)
