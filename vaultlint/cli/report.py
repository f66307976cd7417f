"""``vaultlint report``: one HTML file about a vault, to look at.

Tests: tests/unit/cli/test_report.py, tests/test_pages_in_browser.py
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vaultlint.cli.failure import CLEAN, INTERNAL, complain
from vaultlint.cli.opening import open_session
from vaultlint.cli.options import Asked, config_options
from vaultlint.cli.output import emit
from vaultlint.cli.place import Place, locate
from vaultlint.cli.progress import progress_line
from vaultlint.cli.report_files import check_target, write_file
from vaultlint.engine.session import Session
from vaultlint.errors import UsageError
from vaultlint.report.terminal import safe

if TYPE_CHECKING:
    from vaultlint.report.html.model import Earlier

DEFAULT_FILE = "vaultlint-report.html"
MOST_LISTED = 5000
_EPOCH = "SOURCE_DATE_EPOCH"


@click.command(name="report")
@click.argument("paths", nargs=-1)
@config_options
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default=DEFAULT_FILE,
    show_default=True,
    help="The file to write; - is stdout.",
)
@click.option(
    "--history",
    multiple=True,
    metavar="PATH",
    help="An earlier report of check --format json, or a folder of them; repeatable.",
)
@click.option(
    "--max-findings",
    type=click.IntRange(min=0),
    default=MOST_LISTED,
    show_default=True,
    help="List at most so many one by one, the worst first; 0 for all. All are counted.",
)
@click.option("--gitignore", is_flag=True, help="Leave out files that .gitignore files name.")
@click.option("--jobs", type=click.IntRange(min=1), help="Processes [default: one per core].")
def command(
    *,
    paths: tuple[str, ...],
    vault: str | None,
    output: str,
    history: tuple[str, ...],
    max_findings: int,
    gitignore: bool,
    jobs: int | None,
    **asked: Any,
) -> int:
    """Write a page about a vault: where it stands, its map, its findings with their lines.

    The page is one HTML file that loads nothing. PATHS narrow whose findings it lists. An earlier
    report of --history is dated by a date in its name (2026-11-22.json), else by its file.

    Exit codes: 0 written, 2 wrong usage or configuration, 3 an error inside vaultlint.
    """
    place = locate(paths, vault)
    target = None if output == "-" else Path(output).expanduser()
    if target is not None:
        check_target(target, place.root)
    from vaultlint.report.html.build import build
    from vaultlint.report.html.page import report_page

    earlier = sorted(_earlier(history), key=lambda report: report.when)
    session = _checked(place, Asked(**asked), gitignore=gitignore, jobs=jobs)
    from vaultlint.cli.report_material import gather

    most = max_findings or len(session.diagnostics())
    material = gather(session, place, earlier=earlier, when=_now(), most=most)
    html = report_page(build(material))
    if target is None:
        emit([html])
    else:
        check_target(target, place.root, session.config.inputs)
        write_file(target, [html])
        emit([f"Wrote {safe(str(target))}.\n"])
    return INTERNAL if session.failed else CLEAN


def _checked(place: Place, asked: Asked, *, gitignore: bool, jobs: int | None) -> Session:
    progress = progress_line()
    session = open_session(
        place, asked, gitignore=gitignore, jobs=jobs, progress=progress, only_reads=True
    )
    try:
        session.apply()
    finally:
        progress.close()
    return session


def _now() -> datetime:
    """Return the local time, or the one that builds which must repeat themselves are given.

    Source: https://reproducible-builds.org/specs/source-date-epoch/
    """
    given = os.environ.get(_EPOCH, "")
    if given.isascii() and given.isdigit() and len(given) <= 11:
        return datetime.fromtimestamp(int(given), tz=UTC).replace(tzinfo=None)
    return datetime.now().astimezone().replace(tzinfo=None)


def _earlier(paths: tuple[str, ...]) -> Iterator["Earlier"]:
    """Yield the earlier reports at ``paths``; what is no report in a folder is named and left out."""
    for path in map(Path, paths):
        if path.is_dir():
            for file in sorted(path.glob("*.json")):
                try:
                    yield _read(file)
                except UsageError as error:
                    complain(f"left out: {error}")
        else:
            yield _read(path)


def _read(file: Path) -> "Earlier":
    from vaultlint.report.html.history import date_in, earlier

    try:
        text = file.read_bytes()
        when = date_in(file.stem) or datetime.fromtimestamp(file.stat().st_mtime)  # noqa: DTZ006 -- local, as a name's date is
        return earlier(text, when)
    except OSError as error:
        raise UsageError(f"--history {file}: {error.strerror}") from None
    except ValueError as error:
        raise UsageError(f"--history {file}: {error}") from None
