"""Findings as SARIF 2.1.0, for code scanning and for editors.

Invariant: valid against the standard's schema; a finding keeps its fingerprint when lines move;
paths are URIs relative to the root of the repository (``%SRCROOT%``); columns count code points.

Source: OASIS SARIF 2.1.0, sections 3.11 (message), 3.14 (run), 3.27 (result), 3.30 (region).

Tests: tests/unit/report/test_sarif.py
"""

from collections.abc import Callable, Iterator, Mapping
from os import fsencode
from typing import Any, NamedTuple
from urllib.parse import quote_from_bytes

from vaultlint.diagnostics import Diagnostic, Edit, Fix, Notice, Related, Severity
from vaultlint.report.listing import PROGRAM, Listing
from vaultlint.report.rule_page import RulePage, markdown, terminal
from vaultlint.report.terminal import Paint, safe
from vaultlint.view.as_json import dumps

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
FINGERPRINT = f"{PROGRAM}/v1"
CODE_SCANNING_FINGERPRINT = "primaryLocationLineHash"
"""The one fingerprint that GitHub follows an alert by; without it, it hashes the line."""

_ROOT = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_Json = dict[str, Any]


class Tool(NamedTuple):
    """What a log says of the program and its surroundings.

    ``page`` returns the page of a rule, None for a finding that no rule made; ``root`` is the URI
    of the repository's folder, with a slash at its end.
    """

    version: str
    root: str
    page: Callable[[str], RulePage | None]


def log(listing: Listing, tool: Tool) -> Iterator[str]:
    """Yield a log of one run in parts, one finding a line."""
    severities: dict[str, Severity] = {}
    for diagnostic in listing.found:
        known = severities.get(diagnostic.rule, Severity.INFO)
        severities[diagnostic.rule] = max(known, diagnostic.severity)
    rules = {rule: index for index, rule in enumerate(sorted(severities))}
    driver = {
        "name": PROGRAM,
        "semanticVersion": tool.version,
        "rules": [_rule(rule, severities[rule], tool) for rule in rules],
    }
    head = {"$schema": SCHEMA, "version": "2.1.0"}
    yield f'{dumps(head)[:-1]}, "runs": [{{\n"tool": {dumps({"driver": driver})},\n"results": ['
    separator = "\n"
    for diagnostic in listing.found:
        yield separator + dumps(_result(diagnostic, rules[diagnostic.rule], listing))
        separator = ",\n"
    yield "\n],\n" + dumps(_run(listing, tool))[1:-1] + "\n}]}\n"


def _run(listing: Listing, tool: Tool) -> _Json:
    notices = [_notification(notice, listing) for notice in listing.summary.notices]
    notices += [
        {"level": "error", "message": _message(complaint)} for _, complaint in listing.complaints
    ]
    invocation = {
        "executionSuccessful": not listing.summary.interrupted and listing.exit_code in (0, 1),
        "exitCode": listing.exit_code,
        "toolExecutionNotifications": notices,
    }
    return {
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"uri": tool.root}},
        "invocations": [invocation],
    }


def _rule(rule: str, severity: Severity, tool: Tool) -> _Json:
    told: _Json = {"id": rule, "defaultConfiguration": {"level": _LEVELS[severity]}}
    page = tool.page(rule)
    if page is None:  # GitHub wants a text of every rule
        text = {"text": f"Reported by {PROGRAM} of its own work, not by a rule."}
        return told | {"shortDescription": text, "fullDescription": text, "help": text}
    return told | {
        "shortDescription": {"text": f"{page.summary}."},
        "fullDescription": {"text": page.sections.get("Why") or f"{page.summary}."},
        "help": {"text": terminal(page, Paint(color=False)), "markdown": markdown(page)},
    }


def _result(diagnostic: Diagnostic, rule: int, listing: Listing) -> _Json:
    advice = listing.advise(diagnostic)
    text = f"{diagnostic.message}\n{advice.help}" if advice.help else diagnostic.message
    start, end = diagnostic.start, diagnostic.end
    region: _Json = {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }
    if start.line == end.line:
        flagged = diagnostic.excerpt[start.column - 1 : end.column - 1]
        region["snippet"] = {"text": flagged}
    result: _Json = {
        "ruleId": diagnostic.rule,
        "ruleIndex": rule,
        "level": _LEVELS[diagnostic.severity],
        "message": _message(text),
        "locations": [{"physicalLocation": _place(diagnostic.file, region, listing)}],
        "partialFingerprints": {
            FINGERPRINT: diagnostic.fingerprint,
            CODE_SCANNING_FINGERPRINT: f"{diagnostic.fingerprint}:1",
        },
    }
    if advice.related:
        result["relatedLocations"] = [
            _related(number, place, listing) for number, place in enumerate(advice.related, 1)
        ]
    if advice.fix is not None:
        result["fixes"] = [_fix(advice.fix, listing)]
    return result


def _related(number: int, place: Related, listing: Listing) -> _Json:
    region = {"startLine": place.position.line, "startColumn": place.position.column}
    return {
        "id": number,
        "message": _message(place.message),
        "physicalLocation": _place(place.file, region, listing),
    }


def _fix(fix: Fix, listing: Listing) -> _Json:
    edits: dict[str, list[Edit]] = {}
    for edit in fix.edits:
        edits.setdefault(edit.note, []).append(edit)
    changes = [
        {"artifactLocation": _file(file, listing), "replacements": list(map(_replacement, each))}
        for file, each in edits.items()
    ]
    return {
        "description": _message(f"{fix.title} ({fix.safety.label})"),
        "artifactChanges": changes,
    }


def _replacement(edit: Edit) -> _Json:
    start, end = edit.span
    return {
        "deletedRegion": {"charOffset": start, "charLength": end - start},
        "insertedContent": {"text": edit.text},
    }


def _notification(notice: Notice, listing: Listing) -> _Json:
    place = {"physicalLocation": {"artifactLocation": _file(notice.file, listing)}}
    return {
        "descriptor": {"id": notice.code},
        "level": "warning",
        "message": _message(notice.message),
        "locations": [place],
    }


def _place(file: str, region: Mapping[str, Any], listing: Listing) -> _Json:
    return {"artifactLocation": _file(file, listing), "region": dict(region)}


def _file(file: str, listing: Listing) -> _Json:
    return {"uri": _uri(listing.path(file)), "uriBaseId": _ROOT}


def _uri(path: str) -> str:
    """Return ``path`` as a URI reference. Source: RFC 3986, section 4.2 (no colon in the first part)."""
    return quote_from_bytes(fsencode(path), safe="/!$&'()*+,;=@~")


def _message(text: str) -> _Json:
    """Return a plain-text message in which no bracket of a note makes a link."""
    lines = "\n".join(map(safe, text.split("\n")))
    if "](" in lines:
        lines = lines.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return {"text": lines}
