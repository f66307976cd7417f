"""Findings as Markdown: a summary for the page of a job, or a comment on a change, the worst first.

Invariant: what comes from a vault stands in code spans alone, so that no name or message becomes
markup, HTML, a link, a mention or a reference to an issue; and the text stays below the size that
GitHub and GitLab take for a comment, however much was found.

Source: CommonMark 0.31, section 6.1 (code spans); GitHub limits a comment to 65,536 characters and
a job's summary to 1 MiB.

Tests: tests/unit/report/test_markdown.py
"""

import re
from collections.abc import Iterator
from itertools import groupby

from vaultlint.diagnostics import Diagnostic, Severity
from vaultlint.report.listing import PROGRAM, Listing
from vaultlint.report.terminal import Paint, safe
from vaultlint.report.text import TextStyle, closing

MOST_BYTES = 60_000
"""The text is cut at the finding that would go beyond it, with room for what follows."""
MOST_MESSAGE = 1000
"""Code points of a path or a message that are shown."""

_TITLES = {Severity.ERROR: "Errors", Severity.WARNING: "Warnings", Severity.INFO: "Info"}
_BACKTICKS = re.compile("`+")


def summary(listing: Listing) -> Iterator[str]:
    """Yield the summary: the totals, a table by rule, and the findings file by file."""
    yield f"## {PROGRAM}\n\n"
    totals = closing(listing.summary, TextStyle(Paint(color=False)))
    yield totals.replace("\n", "\n\n")  # each line a paragraph
    for _, complaint in listing.complaints:
        yield f"- {code(complaint)}\n\n"
    if listing.summary.by_rule:
        yield from _rules(listing)
        yield from _within(_details(listing), len(listing.found))


def _rules(listing: Listing) -> Iterator[str]:
    yield "| rule | findings |\n| --- | ---: |\n"
    counts = sorted(listing.summary.by_rule.items(), key=lambda item: (-item[1], item[0]))
    yield from (f"| {code(rule)} | {count} |\n" for rule, count in counts)
    yield "\n"


def _details(listing: Listing) -> Iterator[tuple[str, int]]:
    """Yield the lines about findings, each with the number of findings in it."""
    for severity in sorted(Severity, reverse=True):
        alike = [each for each in listing.found if each.severity is severity]
        if alike:
            yield f"### {_TITLES[severity]}\n\n", 0
        for file, group in groupby(alike, key=lambda each: each.file):
            yield f"{code(listing.path(file))}\n\n", 0
            for diagnostic in group:
                yield _line(diagnostic), 1
            yield "\n", 0


def _line(diagnostic: Diagnostic) -> str:
    place = f"{diagnostic.start.line}:{diagnostic.start.column}"
    rule, message = code(diagnostic.rule), code(diagnostic.message)
    return f"- {place} {rule}: {message}\n"


def _within(lines: Iterator[tuple[str, int]], total: int) -> Iterator[str]:
    size = listed = 0
    for line, count in lines:
        size += len(line.encode("utf-8", "surrogatepass"))
        if size > MOST_BYTES:
            break
        listed += count
        yield line
    if listed < total:
        yield f"\n{total - listed} more findings are not listed here.\n"


def code(text: str) -> str:
    """Return ``text``, printable and cut to a fair length, as a code span."""
    shown = safe(text)
    if len(shown) > MOST_MESSAGE:
        shown = shown[:MOST_MESSAGE] + "…"
    longest = max((len(run) for run in _BACKTICKS.findall(shown)), default=0)
    fence = "`" * (longest + 1)
    room = " " if shown.startswith(("`", " ")) or shown.endswith(("`", " ")) or not shown else ""
    return f"{fence}{room}{shown}{room}{fence}"
