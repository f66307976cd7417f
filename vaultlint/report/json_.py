"""Findings for programs: one JSON document, or one JSON object a line.

Invariant: the output is ASCII and valid JSON whatever the vault holds (control characters, broken
UTF-8), follows ``schemas/tool/report.schema.json``, and lists findings in the order of the report.

Tests: tests/unit/report/test_json.py
"""

from collections.abc import Iterable, Iterator
from typing import Any

from vaultlint.diagnostics import Advice, Diagnostic, Fix
from vaultlint.report.summary import Advise, Parked, Summary
from vaultlint.text import Position
from vaultlint.view.as_json import dumps

VERSION = 1
"""The version of the format; a change that breaks a reader counts it up."""


def document(diagnostics: Iterable[Diagnostic], advise: Advise, summary: Summary) -> Iterator[str]:
    """Yield one JSON object in parts, one finding a line, so that it streams and can be grepped."""
    yield f'{{\n  "version": {VERSION},\n  "vault": {dumps(summary.vault)},\n  "diagnostics": ['
    separator = "\n"
    for diagnostic in diagnostics:
        yield f"{separator}    {dumps(as_json(diagnostic, advise(diagnostic)))}"
        separator = ",\n"
    end = "" if separator == "\n" else "\n  "
    yield f'{end}],\n  "summary": {dumps(summary_as_json(summary))}\n}}\n'


def lines(diagnostics: Iterable[Diagnostic], advise: Advise, summary: Summary) -> Iterator[str]:
    """Yield one JSON object a line: each finding, and last an object that has ``summary``."""
    for diagnostic in diagnostics:
        yield dumps(as_json(diagnostic, advise(diagnostic))) + "\n"
    last = {"version": VERSION, "vault": summary.vault, "summary": summary_as_json(summary)}
    yield dumps(last) + "\n"


def as_json(diagnostic: Diagnostic, advice: Advice) -> dict[str, Any]:
    """Return a finding as the report's schema describes it; ``fix`` is absent without one."""
    found: dict[str, Any] = {
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.label,
        "path": diagnostic.file,
        "start": _place(diagnostic.start, diagnostic.span.start),
        "end": _place(diagnostic.end, diagnostic.span.end),
        "message": diagnostic.message,
        "help": advice.help,
        "related": [
            {
                "path": place.file,
                "line": place.position.line,
                "column": place.position.column,
                "message": place.message,
            }
            for place in advice.related
        ],
        "fingerprint": diagnostic.fingerprint,
    }
    if advice.fix is not None:
        found["fix"] = _fix(advice.fix)
    return found


def summary_as_json(summary: Summary) -> dict[str, Any]:
    """Return the totals as the report's schema describes them; ``duration`` is in seconds."""
    return {
        "total": summary.total,
        "shown": summary.shown,
        "by_severity": dict(summary.by_severity),
        "by_rule": dict(summary.by_rule),
        "files": summary.files,
        "notes_checked": summary.notes_checked,
        "duration": round(summary.seconds, 3),
        "interrupted": summary.interrupted,
        "fixed": dict(summary.fixed),
        "notices": [
            {
                "code": notice.code,
                "rules": list(notice.rules),
                "path": notice.file,
                "message": notice.message,
            }
            for notice in summary.notices
        ],
        "baseline": None if summary.parked is None else _parked(summary.parked),
    }


def _parked(parked: Parked) -> dict[str, Any]:
    grown = {rule: {"from": then, "to": now} for rule, (then, now) in parked.grown.items()}
    return {"path": parked.file, "known": parked.known, "stale": parked.stale, "grown": grown}


def _place(position: Position, offset: int) -> dict[str, int]:
    return {"line": position.line, "column": position.column, "offset": offset}


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [
        {"path": edit.note, "start": edit.span.start, "end": edit.span.end, "text": edit.text}
        for edit in fix.edits
    ]
    return {"title": fix.title, "safety": fix.safety.label, "edits": edits}
