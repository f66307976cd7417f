"""``vaultlint check``: find, report, and say by the exit code whether it is bad.

Tests: tests/unit/cli/test_check.py, tests/cli/check-*.txt
"""

import os
import sys
import time
from collections.abc import Iterable
from typing import Any, NamedTuple, NoReturn

import click

from vaultlint.cli.baseline_options import Baselining, baseline_options
from vaultlint.cli.baselined import Baselined
from vaultlint.cli.failure import CLEAN, FINDINGS, INTERNAL, INTERRUPTED, complain
from vaultlint.cli.fix_options import Fixes, Fixing, fix_options
from vaultlint.cli.opening import keep
from vaultlint.cli.option_group import take
from vaultlint.cli.options import Asked, config_options
from vaultlint.cli.place import Place, file_in, locate
from vaultlint.cli.progress import ProgressLine, progress_line
from vaultlint.cli.report_files import check_target
from vaultlint.cli.report_options import Reporting, report_options
from vaultlint.cli.reports import Outcome, annotate, write_reports
from vaultlint.cli.scope_options import Scoping, scope_options
from vaultlint.cli.work import Opening, Work
from vaultlint.diagnostics import Diagnostic
from vaultlint.engine.session import Session
from vaultlint.errors import SourceError, UsageError, VaultlintError
from vaultlint.report.summary import summarize
from vaultlint.source.folder import MAX_READ_BYTES


class Run(NamedTuple):
    """How the run went: when it started (perf_counter), and what was fixed."""

    started: float
    interrupted: bool
    fixes: Fixes


class _Options(NamedTuple):
    """The groups of options that have files of their own."""

    fixing: Fixing
    scoping: Scoping
    baselining: Baselining
    reporting: Reporting


@click.command(name="check")
@click.argument("paths", nargs=-1)
@config_options
@report_options
@click.option(
    "--stdin-filename",
    metavar="PATH",
    help="The text on stdin stands for this note; without PATHS, only its findings are shown.",
)
@click.option("--gitignore", is_flag=True, help="Leave out files that .gitignore files name.")
@scope_options
@baseline_options
@fix_options
@click.option("--jobs", type=click.IntRange(min=1), help="Processes [default: one per core].")
def command(
    *,
    paths: tuple[str, ...],
    vault: str | None,
    stdin_filename: str | None,
    gitignore: bool,
    jobs: int | None,
    **asked: Any,
) -> NoReturn:
    """Check a vault, and report the findings in PATHS (all of the vault without any).

    The vault is the folder upward of PATHS that holds vaultlint.yaml or .obsidian; a folder with
    neither above it is itself the vault. PATHS narrow what is reported, never what is known.

    Findings that vaultlint-baseline.json knows are neither reported nor fixed.

    --fix writes fixes and reports what is left; --diff shows them, and the exit code is that of
    the findings as they are. Where CI is set, --fix shows the diff and fails if there is any.

    Exit codes: 0 clean, 1 findings at or above --fail-on, 2 wrong usage or configuration, 3 an
    error inside vaultlint, 130 interrupted.
    """
    started = time.perf_counter()
    options = _taken(asked, on_stdin=stdin_filename is not None)
    place, texts = _place(paths, vault, stdin_filename)
    for target in options.reporting.targets:
        check_target(target.path, place.root)
    progress = progress_line()
    opening = Opening(
        Asked(**asked),
        texts,
        gitignore,
        jobs,
        progress,
        fixing=options.fixing.wanted,
        advising=options.reporting.advises and not (place.within or options.scoping.wanted),
    )
    work = opening.work(place, options.scoping, fixing=options.fixing.fix)
    if not options.baselining.no_baseline:
        staged = options.scoping.staged
        work = Baselined(work, opening.asked, options.baselining, staged=staged)
    interrupted = not _load(work, options.reporting, progress)
    fixes = Fixes()
    if options.fixing.wanted and not interrupted:
        from vaultlint.cli.fixing import fix_findings

        fixes = fix_findings(work, options.fixing, aside=options.reporting.printed != "text")
    # Not returned: the exception keeps the session, unfreed, until the process ends.
    code = _report(work, options.reporting, Run(started, interrupted, fixes))
    if not texts:
        keep(work.session)
    sys.exit(code)


def _taken(asked: dict[str, Any], *, on_stdin: bool) -> _Options:
    """Take the groups of options out of ``asked``. Raises UsageError for what does not fit."""
    options = _Options(
        take(Fixing, asked), take(Scoping, asked), take(Baselining, asked), take(Reporting, asked)
    )
    options.fixing.check(report=not options.reporting.is_text, on_stdin=on_stdin)
    options.scoping.check(on_stdin=on_stdin)
    options.baselining.check()
    return options


def _load(work: Work, reporting: Reporting, progress: ProgressLine) -> bool:
    """Find what there is to be found, and return whether that came to its end."""
    try:
        work.load()
    except KeyboardInterrupt:
        return False
    except VaultlintError as error:
        annotate(error, work.place, reporting)
        raise
    finally:
        progress.close()
    if not work.place.root.is_dir():
        raise SourceError("the folder went away while it was read", path=str(work.place.root))
    return True


def _report(work: Work, reporting: Reporting, run: Run) -> int:
    """Report what was found of what is asked for, and return the exit code."""
    session, place, found = work.session, work.place, work.found()
    parked = None if run.interrupted else work.parked()
    complaints = parked.complaints if parked else ()
    for complaint in complaints:
        complain(complaint)
    code = _exit_code(session, found, reporting, run)
    if code == CLEAN and complaints:
        code = FINDINGS
    if not run.fixes.preview:
        summary = summarize(
            found,
            vault=str(place.root),
            notes_checked=_notes_checked(session, place, interrupted=run.interrupted),
            seconds=time.perf_counter() - run.started,
            interrupted=run.interrupted,
        )._replace(
            fixed=run.fixes.fixed,
            fixed_files=run.fixes.files,
            notices=run.fixes.notices,
            parked=parked,
        )
        write_reports(session, place, reporting, Outcome(found, summary, code))
    return code


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
    notes = [file for file in session.entries if place.covers(file)]
    if not notes:
        complain(f"nothing in the vault is at {', '.join(place.within)} (hidden, or ignored)")
    markdown = [file for file in notes if file.lower().endswith(".md")]
    count = sum(map(session.checked, markdown))
    if markdown and not count:
        complain(f"{', '.join(place.within)}: left out by include or exclude, so not checked")
    return count


def _exit_code(
    session: Session, found: Iterable[Diagnostic], reporting: Reporting, run: Run
) -> int:
    if run.interrupted:
        return INTERRUPTED
    if session.failed:
        return INTERNAL
    least = reporting.least
    failing = least is not None and any(each.severity >= least for each in found)
    return FINDINGS if failing or run.fixes.unfinished else CLEAN
