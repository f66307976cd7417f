"""Options about reports: which formats, where to, how much; light, for ``check`` imports it.

``--format`` says what is printed. ``-o FILE`` writes that into FILE instead; ``-o FORMAT:FILE``
writes one more report and leaves what is printed as it is.

Tests: tests/unit/cli/test_report_options.py
"""

import re
from pathlib import Path
from typing import NamedTuple

import click

from vaultlint.cli.option_group import option_group
from vaultlint.cli.output import on_terminal
from vaultlint.diagnostics import Severity
from vaultlint.errors import UsageError

FORMATS = ("text", "json", "jsonl", "github", "gitlab", "junit", "markdown", "sarif")
ENDINGS = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".log": "text",
    ".md": "markdown",
    ".sarif": "sarif",
    ".txt": "text",
    ".xml": "junit",
}
"""What a file's ending says of its format when nothing else does."""
TERMINAL_LIMIT = 200
"""How many findings a terminal is shown unless --max-findings says otherwise."""

_WITHOUT_ADVICE = frozenset({"gitlab", "markdown"})
_PREFIX = re.compile(r"([a-z]{2,}):(.*)", re.DOTALL)  # not a Windows drive

report_options = option_group(
    click.option(
        "--format",
        "format_",
        type=click.Choice(FORMATS),
        help="What to print: text for people, the others for programs [default: text].",
    ),
    click.option(
        "-o",
        "--output",
        multiple=True,
        metavar="[FORMAT:]FILE",
        help="Write the report to FILE instead; with FORMAT: one more report. Repeatable.",
    ),
    click.option(
        "--fail-on",
        type=click.Choice(["error", "warning", "info", "never"]),
        default="error",
        show_default=True,
        help="The least severity that makes the exit code 1.",
    ),
    click.option(
        "--max-findings",
        type=click.IntRange(min=0),
        help=f"List at most so many, 0 for all [default: {TERMINAL_LIMIT} on a terminal, else all].",
    ),
    click.option("--statistics", is_flag=True, help="Show how often each rule was found instead."),
    click.option("-q", "--quiet", is_flag=True, help="One line a finding, and nothing else."),
)


class Target(NamedTuple):
    """A file that a report is written to."""

    format: str
    path: Path


class Reporting(NamedTuple):
    """How to report, and what counts as failure; the fields are named after the options."""

    format_: str | None = None
    output: tuple[str, ...] = ()
    fail_on: str = "error"
    max_findings: int | None = None
    statistics: bool = False
    quiet: bool = False

    @property
    def printed(self) -> str | None:
        """Return the format of what goes to stdout, None when a file takes its place."""
        if any(_split(each)[0] is None for each in self.output):
            return None
        return self.format_ or "text"

    @property
    def targets(self) -> tuple[Target, ...]:
        """Return the files to write. Raises UsageError for what names none."""
        return tuple(map(self._target, self.output))

    @property
    def least(self) -> Severity | None:
        """Return the least severity that makes a run fail, None when nothing does."""
        return None if self.fail_on == "never" else Severity[self.fail_on.upper()]

    @property
    def is_text(self) -> bool:
        """Return whether people read stdout, and nothing but what is printed there is asked for."""
        return self.printed == "text" and not self.output

    @property
    def advises(self) -> bool:
        """Return whether something that is written tells of every finding what to do about it."""
        told = {each.format for each in self.targets if self.limit is None}
        if self.printed is not None and self.printed_limit is None:
            told.add(self.printed)
        if self.quiet or self.statistics:
            told.discard("text")
        return not told <= _WITHOUT_ADVICE

    @property
    def limit(self) -> int | None:
        """Return how many findings are listed in files, None for all."""
        return self.max_findings or None

    @property
    def printed_limit(self) -> int | None:
        """Return how many findings are listed on stdout, None for all."""
        if self.max_findings is None and self.printed == "text" and on_terminal():
            return TERMINAL_LIMIT
        return self.limit

    def _target(self, written: str) -> Target:
        format_, path = _split(written)
        if not path:
            raise UsageError(f"--output {written}: this names no file")
        file = Path(path).expanduser()
        known = format_ or self.format_ or ENDINGS.get(file.suffix.lower(), "text")
        return Target(known, file)


def _split(written: str) -> tuple[str | None, str]:
    """Return the format that ``written`` begins with, if any, and the path."""
    found = _PREFIX.fullmatch(written)
    if found is None:
        return None, written
    if found[1] in FORMATS:
        return found[1], found[2]
    from vaultlint.terms.nearest import nearest

    near = nearest(found[1], FORMATS)
    hint = f"did you mean {near}:{found[2]}?" if near else f"formats are {', '.join(FORMATS)}"
    raise UsageError(f"--output {written}: there is no format {found[1]!r}; {hint}")
