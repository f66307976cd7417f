"""``vaultlint check``: find, report, and say by the exit code whether it is bad.

Tests: tests/unit/cli/test_check.py, tests/cli/check-*.txt
"""

import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, NoReturn

import click

from vaultlint.cli.failure import CLEAN, FINDINGS, INTERNAL, INTERRUPTED, complain
from vaultlint.cli.fix_options import Fixes, fix_options, take_fixing
from vaultlint.cli.opening import open_session
from vaultlint.cli.options import Asked, config_options
from vaultlint.cli.output import emit, on_terminal, text_style
from vaultlint.cli.place import Place, file_in, locate
from vaultlint.cli.progress import progress_line
from vaultlint.diagnostics import Diagnostic, Severity
from vaultlint.engine.session import Session
from vaultlint.errors import SourceError, UsageError
from vaultlint.report import json_, text
from vaultlint.report.summary import Summary, summarize
from vaultlint.source.folder import MAX_READ_BYTES

TERMINAL_LIMIT = 200
"""How many findings a terminal is shown unless --max-findings says otherwise."""


class Output(NamedTuple):
    """How to report, and what counts as failure."""

    format: str
    fail_on: str
    limit: int | None
    statistics: bool
    quiet: bool


class Run(NamedTuple):
    """How the run went: when it started (perf_counter), and what was fixed."""

    started: float
    interrupted: bool
    fixes: Fixes


@click.command(name="check")
@click.argument("paths", nargs=-1)
@config_options
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "jsonl"]),
    default="text",
    show_default=True,
    help="For people, or for programs (schemas/tool/report.schema.json).",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    default="error",
    show_default=True,
    help="The least severity that makes the exit code 1.",
)
@click.option(
    "--max-findings",
    type=click.IntRange(min=0),
    help=f"Show at most so many, 0 for all [default: {TERMINAL_LIMIT} on a terminal, else all].",
)
@click.option(
    "--stdin-filename",
    metavar="PATH",
    help="The text on stdin stands for this note; without PATHS, only its findings are shown.",
)
@click.option("--gitignore", is_flag=True, help="Leave out files that .gitignore files name.")
@click.option("--statistics", is_flag=True, help="Show how often each rule was found instead.")
@fix_options
@click.option("-q", "--quiet", is_flag=True, help="One line a finding, and nothing else.")
@click.option("--jobs", type=click.IntRange(min=1), help="Processes [default: one per core].")
def command(
    *,
    paths: tuple[str, ...],
    vault: str | None,
    format_: str,
    fail_on: str,
    max_findings: int | None,
    stdin_filename: str | None,
    gitignore: bool,
    statistics: bool,
    quiet: bool,
    jobs: int | None,
    **asked: Any,
) -> NoReturn:
    """Check a vault, and report the findings in PATHS (all of the vault without any).

    The vault is the folder upward of PATHS that holds vaultlint.yaml or .obsidian; a folder with
    neither above it is itself the vault. PATHS narrow what is reported, never what is known.

    --fix writes fixes and reports what is left; --diff shows them, and the exit code is that of
    the findings as they are. Where CI is set, --fix shows the diff and fails if there is any.

    Exit codes: 0 clean, 1 findings at or above --fail-on, 2 wrong usage or configuration, 3 an
    error inside vaultlint, 130 interrupted.
    """
    started = time.perf_counter()
    fixing = take_fixing(asked)
    fixing.check(format_, on_stdin=stdin_filename is not None)
    if max_findings is None and format_ == "text" and on_terminal():
        max_findings = TERMINAL_LIMIT
    output = Output(format_, fail_on, max_findings or None, statistics, quiet)
    place, texts = _place(paths, vault, stdin_filename)
    progress = progress_line()
    session = open_session(
        place, Asked(**asked), texts=texts, gitignore=gitignore, jobs=jobs, progress=progress
    )
    interrupted = False
    try:
        session.apply()
    except KeyboardInterrupt:
        interrupted = True
    finally:
        progress.close()
    if not place.root.is_dir():
        raise SourceError("the folder went away while it was read", path=str(place.root))
    fixes = Fixes()
    if fixing.wanted and not interrupted:
        from vaultlint.cli.fixing import fix_findings

        fixes = fix_findings(session, place, fixing, aside=format_ != "text")
    # Not returned: the exception keeps the session, unfreed, until the process ends.
    sys.exit(_report(session, place, output, Run(started, interrupted, fixes)))


def _report(session: Session, place: Place, output: Output, run: Run) -> int:
    """Print what the session found in ``place``, and return the exit code."""
    found = [each for each in session.diagnostics() if place.covers(each.file)]
    if not run.fixes.preview:
        summary = summarize(
            found,
            vault=str(place.root),
            notes_checked=_notes_checked(session, place, interrupted=run.interrupted),
            seconds=time.perf_counter() - run.started,
            limit=output.limit,
            interrupted=run.interrupted,
        )._replace(fixed=run.fixes.fixed, notices=run.fixes.notices)
        if run.fixes.fixed and output.format == "text" and not output.quiet:
            style = text_style(prefix=place.prefix)
            emit([text.fixed(run.fixes.fixed, run.fixes.files, style)])
        emit(_rendered(found, summary, session, output, place))
    if run.interrupted:
        return INTERRUPTED
    if session.failed:
        return INTERNAL
    return FINDINGS if run.fixes.withheld else _exit_code(found, output.fail_on)


def _place(
    paths: tuple[str, ...], vault: str | None, stdin_filename: str | None
) -> tuple[Place, dict[str, bytes]]:
    if stdin_filename is None:
        return locate(paths, vault), {}
    place = locate(paths or _folder_of(stdin_filename), vault)
    file = file_in(place.root, stdin_filename, must_exist=False)
    if not file or (place.root / file).is_dir():
        raise UsageError(f"--stdin-filename {stdin_filename}: this is a folder, not a note")
    if not paths:
        place = place._replace(within=(file,))
    text = sys.stdin.buffer.read(MAX_READ_BYTES + 1)
    if len(text) > MAX_READ_BYTES:
        raise UsageError(f"stdin is not read: it is larger than {MAX_READ_BYTES >> 20} MB")
    return place, {file: text}


def _folder_of(path: str) -> tuple[str, ...]:
    """Return the folder of a note that need not exist, so that its vault can be found."""
    parent = os.path.dirname(os.path.expanduser(path)) or "."  # noqa: PTH111, PTH120
    return (parent,) if os.path.isdir(parent) else ()  # noqa: PTH112 -- never raises


def _notes_checked(session: Session, place: Place, *, interrupted: bool) -> int:
    if interrupted:
        return 0  # some were, but how many of those asked for is not known
    if not place.within:
        return session.checked_count
    notes = [file for file in session.index.files if place.covers(file)]
    if not notes:
        complain(f"nothing in the vault is at {', '.join(place.within)} (hidden, or ignored)")
    checked = session.config.checked
    markdown = [file for file in notes if file.lower().endswith(".md")]
    count = sum(map(checked, markdown))
    if markdown and not count:
        complain(f"{', '.join(place.within)}: left out by include or exclude, so not checked")
    return count


def _rendered(
    found: Sequence[Diagnostic], summary: Summary, session: Session, output: Output, place: Place
) -> Iterator[str]:
    listed = found if output.limit is None else found[: output.limit]
    if output.format == "json":
        yield from json_.document(listed, session.advise, summary)
    elif output.format == "jsonl":
        yield from json_.lines(listed, session.advise, summary)
    else:
        style = text_style(prefix=place.prefix, here=place.here, brief=output.quiet)
        if output.statistics:
            yield text.statistics(found, style)
            summary = summary._replace(shown=summary.total)
        else:
            yield from text.findings(listed, session.advise, style)
        if not output.quiet:
            yield text.closing(summary, style)


def _exit_code(found: Iterable[Diagnostic], fail_on: str) -> int:
    if fail_on == "never":
        return CLEAN
    least = Severity[fail_on.upper()]
    return FINDINGS if any(each.severity >= least for each in found) else CLEAN
