"""Findings for people: place, rule, message, the source line with carets, and what to do.

Invariant: the same findings give the same text, byte for byte (no times, no counts of what was
not asked for); everything that comes from a vault passes through ``terminal.safe``.

Tests: tests/unit/report/test_text.py, tests/cli/
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from vaultlint.diagnostics import Advice, Diagnostic, Safety, Severity
from vaultlint.report.excerpt import excerpt
from vaultlint.report.summary import PRUNE, Advise, Parked, Summary
from vaultlint.report.terminal import Paint, safe, shown_path


class TextStyle(NamedTuple):
    """How to print: ``prefix`` goes before every path (the vault as seen from where one stands).

    Or paths are told from ``here``, a folder of the vault. ``brief`` prints one line a finding.
    ``width`` is in terminal cells.
    """

    paint: Paint
    prefix: str = ""
    width: int = 100
    brief: bool = False
    here: str = ""

    def path(self, file: str) -> str:
        """Return the path of ``file`` as it is printed."""
        return safe(shown_path(file, self.prefix, self.here))


_FIXED_BY = {
    Safety.SAFE: "--fix",
    Safety.UNSAFE: "--fix --unsafe-fixes",
    Safety.MANUAL: "by hand",
}


def findings(diagnostics: Iterable[Diagnostic], advise: Advise, style: TextStyle) -> Iterator[str]:
    """Yield each finding as text that ends in a line end, with an empty line between findings."""
    for diagnostic in diagnostics:
        if style.brief:
            yield _headline(diagnostic, style) + "\n"
        else:
            lines = [_headline(diagnostic, style), *_body(diagnostic, advise(diagnostic), style)]
            yield "\n".join(lines) + "\n\n"


def _headline(diagnostic: Diagnostic, style: TextStyle) -> str:
    path = style.paint(style.path(diagnostic.file), bold=True)
    label = f"{diagnostic.severity.label}[{safe(diagnostic.rule)}]"
    start = diagnostic.start
    return (
        f"{path}:{start.line}:{start.column}  "
        f"{style.paint.severity(diagnostic.severity, label)}  {safe(diagnostic.message)}"
    )


def _body(diagnostic: Diagnostic, advice: Advice, style: TextStyle) -> Iterator[str]:
    number = str(diagnostic.start.line)
    gutter = " " * max(0, 4 - len(number))
    blank = " " * (len(gutter) + len(number))
    if diagnostic.excerpt.strip():
        source, carets = _excerpt(diagnostic, style.width - len(blank) - 3)
        yield f"{gutter}{style.paint(number + ' |', fg='blue')} {source}"
        bar = style.paint("|", fg="blue")
        yield f"{blank} {bar} {style.paint.severity(diagnostic.severity, carets)}"
    if advice.help:
        yield f"{blank} = {style.paint('help:', bold=True)} {safe(advice.help)}"
    if advice.fix is not None:
        how = _FIXED_BY[advice.fix.safety]
        yield f"{blank} = {style.paint('fix:', bold=True)} {safe(advice.fix.title)} ({how})"
    for place in advice.related:
        where = f"{style.path(place.file)}:{place.position.line}:{place.position.column}"
        yield f"{blank} = {style.paint('see:', bold=True)} {where}  {safe(place.message)}"


def _excerpt(diagnostic: Diagnostic, width: int) -> tuple[str, str]:
    start = diagnostic.start.column - 1
    one_line = diagnostic.end.line == diagnostic.start.line
    end = diagnostic.end.column - 1 if one_line else len(diagnostic.excerpt)
    return excerpt(diagnostic.excerpt, start, end, width=max(20, width))


def fixed(counts: Mapping[str, int], files: int, style: TextStyle) -> str:
    """Return what was fixed, a line for each rule, most often first; "" when nothing was."""
    if not counts:
        return ""
    total = _count(sum(counts.values()), "finding")
    width = len(str(max(counts.values())))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    head = style.paint(f"Fixed {total}", fg="green", bold=True)
    lines = [f"{head} in {_count(files, 'file')}; `vaultlint undo` takes that back."]
    lines += [f"{count:>{width}}  {safe(rule)}" for rule, count in ordered]
    return "\n".join(lines) + "\n\n"


def closing(summary: Summary, style: TextStyle) -> str:
    """Return the closing lines: the totals of the run, and what was left out."""
    lines = []
    if summary.shown < summary.total:
        lines.append(
            f"The first {summary.shown} of {_count(summary.total, 'finding')} are shown; "
            "--max-findings 0 shows all."
        )
    if summary.interrupted:
        lines.append("Interrupted: not everything was checked.")
    checked = ", " + _count(summary.notes_checked, "note") + " checked"
    if summary.interrupted:
        checked = ""
    if summary.total == 0:
        new = "new " if summary.parked and summary.parked.known else ""
        told = style.paint(f"No {new}findings", fg="green", bold=True)
        lines.append(f"{told}{checked}.")
    else:
        totals = ", ".join(_totals(summary.by_severity, style))
        lines.append(f"Found {totals} in {_count(summary.files, 'file')}{checked}.")
    if summary.parked is not None:
        lines += _parked(summary.parked)
    return "\n".join(lines) + "\n"


def _parked(parked: Parked) -> Iterator[str]:
    if parked.known:
        is_ = "is" if parked.known == 1 else "are"
        yield f"{_count(parked.known, 'known finding')} {is_} in {parked.file}, and not shown."
    if parked.stale:
        verb = "is" if parked.stale == 1 else "are"
        its = "its entries" if parked.known else f"the entries of {parked.file}"
        yield f"{parked.stale} of {its} {verb} fixed; {PRUNE} drops what is."


def _totals(by_severity: Mapping[str, int], style: TextStyle) -> Iterator[str]:
    for label, count in by_severity.items():
        if count:
            severity = Severity[label.upper()]
            word = label if severity is Severity.INFO else None
            text = f"{count} {word}" if word else _count(count, label)
            yield style.paint.severity(severity, text)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def statistics(diagnostics: Iterable[Diagnostic], style: TextStyle) -> str:
    """Return one line for each rule and severity: how often it was found, most often first.

    An empty line follows, unless the style is brief.
    """
    counts = Counter((diagnostic.rule, diagnostic.severity) for diagnostic in diagnostics)
    if not counts:
        return ""
    width = len(str(max(counts.values())))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0][0], -item[0][1]))
    lines = (
        f"{count:>{width}}  {style.paint.severity(severity, f'{severity.label:<7}')}  {safe(rule)}\n"
        for (rule, severity), count in ordered
    )
    return "".join(lines) + ("" if style.brief else "\n")
