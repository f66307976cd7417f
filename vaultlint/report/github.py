"""Findings as workflow commands, which GitHub shows as annotations beside the changed lines.

Invariant: every line that begins with ``::`` is a command of ours, whatever a note or a file is
called: what comes from a vault is made printable first, then escaped as the runner requires.

A step may show ten annotations of each kind. The first ten of each are commands, errors before
warnings before notices; every further finding is a line of the log, and a notice says so.

Source: GitHub Docs, Workflow commands for GitHub Actions; actions/toolkit, core/src/command.ts.

Tests: tests/unit/report/test_github.py
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from vaultlint.diagnostics import Diagnostic, Severity
from vaultlint.errors import ConfigErrors, VaultlintError
from vaultlint.report.listing import PROGRAM, Listing
from vaultlint.report.terminal import Paint, safe, without_commands
from vaultlint.report.text import TextStyle, closing, findings

MOST = 10
"""How many annotations of one kind a step may show."""

_KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_RUNNER = {"GITHUB_ACTIONS": "true"}


def annotations(listing: Listing) -> Iterator[str]:
    """Yield the commands, the lines about what is not annotated, and the totals."""
    chosen = _chosen(listing.found)
    for diagnostic in chosen:
        yield _annotation(diagnostic, listing)
    rest = _without(listing.found, chosen)
    style = TextStyle(Paint(color=False), prefix=listing.prefix, brief=True)
    if rest:
        yield f"::group::{_findings(len(rest))} without an annotation\n"
        yield from (_inert(line) for line in findings(rest, listing.advise, style))
        yield "::endgroup::\n"
    totals = closing(listing.summary, style)
    for path, complaint in listing.complaints:
        yield command("error", safe(complaint), {"title": PROGRAM, "file": safe(path)})
    if rest:
        told = f"{_findings(len(chosen))} shown here, {len(rest)} more in the log of the step"
        yield command("notice", f"{totals.rstrip()}\n{told}", {"title": PROGRAM})
    yield _inert(totals)


def failures(error: VaultlintError, prefix: str) -> Iterator[str]:
    """Yield the commands for an error that ended a run; ``prefix`` is that of a Listing."""
    for each in error.errors if isinstance(error, ConfigErrors) else (error,):
        place: dict[str, object] = {"title": PROGRAM}
        if each.path is not None and not each.path.startswith("/"):
            place["file"] = safe(prefix + each.path)
        if each.position is not None:
            place |= {"line": each.position.line, "col": each.position.column}
        yield command("error", safe(each.message), place)


def command(name: str, message: str, properties: Mapping[str, object]) -> str:
    """Return one workflow command as a line; ``message`` may have several."""
    told = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name} {told}::{_data(message)}\n"


def _annotation(diagnostic: Diagnostic, listing: Listing) -> str:
    start, end = diagnostic.start, diagnostic.end
    place: dict[str, object] = {
        "title": f"{PROGRAM} ({safe(diagnostic.rule)})",
        "file": safe(listing.path(diagnostic.file)),
        "line": start.line,
        "endLine": end.line,
    }
    if start.line == end.line:  # columns of several lines mean nothing to GitHub
        place |= {"col": start.column, "endColumn": end.column}
    help_ = listing.advise(diagnostic).help
    message = "\n".join(safe(text) for text in (diagnostic.message, help_) if text)
    return command(_KINDS[diagnostic.severity], message, place)


def _chosen(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the findings to annotate, the worst first; one notice is left for the totals."""
    everything = list(found)
    chosen: list[Diagnostic] = []
    for severity in sorted(_KINDS, reverse=True):
        alike = (each for each in everything if each.severity is severity)
        chosen += islice(alike, MOST)
    notices = sum(each.severity is Severity.INFO for each in chosen)
    if len(everything) > len(chosen) and notices == MOST:
        chosen.pop()
    return chosen


def _without(found: Iterable[Diagnostic], chosen: Iterable[Diagnostic]) -> list[Diagnostic]:
    shown = {id(each) for each in chosen}
    return [each for each in found if id(each) not in shown]


def _findings(count: int) -> str:
    return "1 finding" if count == 1 else f"{count} findings"


def _inert(text: str) -> str:
    return without_commands(text, _RUNNER)


def _data(text: str) -> str:
    r"""Return ``text`` as the data of a command; ``##[``, an older form of one, as \x23."""
    text = text.replace("##[", "#\\x23[")
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
