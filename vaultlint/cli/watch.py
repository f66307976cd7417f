"""``vaultlint watch``: keep findings current while people edit.

Tests: tests/unit/cli/test_watch.py, tests/watch/
"""

import errno
import os
import signal
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import click

from vaultlint.cli.failure import CLEAN, INTERRUPTED, complain
from vaultlint.cli.fix_options import in_ci
from vaultlint.cli.opening import open_source, open_store
from vaultlint.cli.options import Asked, config_options, request
from vaultlint.cli.output import emit, on_terminal, silence, text_style
from vaultlint.cli.place import Place, locate
from vaultlint.cli.watch_screen import LiveScreen
from vaultlint.cli.watch_status import show_status
from vaultlint.cli.watch_view import Log
from vaultlint.errors import UsageError
from vaultlint.paths import vault_paths
from vaultlint.report.summary import Advise
from vaultlint.watch.as_json import Lines
from vaultlint.watch.daemon import Daemon, Wanted
from vaultlint.watch.events import Event
from vaultlint.watch.root import Root, SteadySource
from vaultlint.watch.service import launchd, systemd
from vaultlint.watch.vault import FollowedSession


@click.command(name="watch")
@click.argument("folder", required=False, metavar="[VAULT]")
@config_options
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    show_default=True,
    help="For people, or one JSON object a line for programs (docs/events.md).",
)
@click.option("--no-fix", is_flag=True, help="Only report.")
@click.option("--dry-run", is_flag=True, help="Show the fixes of settled notes; write nothing.")
@click.option("--poll", is_flag=True, help="Look at the vault now and then: for network folders.")
@click.option("--status", is_flag=True, help="Say what the running watcher does; exit 1 if none.")
@click.option(
    "--print-service",
    type=click.Choice(["systemd", "launchd"]),
    help="Print a unit that keeps this command running, and do nothing else.",
)
@click.option("--gitignore", is_flag=True, help="Leave out files that .gitignore files name.")
@click.option("--jobs", type=click.IntRange(min=1), help="Processes [default: one per core].")
def command(
    *,
    folder: str | None,
    vault: str | None,
    format_: str,
    no_fix: bool,
    dry_run: bool,
    poll: bool,
    status: bool,
    print_service: str | None,
    gitignore: bool,
    jobs: int | None,
    **asked: Any,
) -> int:
    """Watch VAULT (the vault of the current folder without it), and report as notes change.

    Notes that were saved while it watches are fixed when they have settled: the safe fixes of the
    rules in the pack safe-on-save, each of which 'vaultlint undo' takes back.

    Exit codes: 0 ended by a signal to terminate, with its terminal, or because nobody reads any
    more, 1 no watcher is running (--status), 2 wrong usage or configuration, or a watcher is running already, 3 an error
    inside vaultlint, 130 interrupted.
    """
    if folder is not None and vault is not None:
        raise UsageError("name the vault once: as an argument, or with --vault")
    place = locate((), vault or folder)
    state = vault_paths(place.root).state
    if status:
        return show_status(state, format_)
    if print_service is not None:
        flags = {"--no-fix": no_fix, "--dry-run": dry_run, "--poll": poll, "--gitignore": gitignore}
        given = [*(name for name, is_given in flags.items() if is_given), *_as_typed(asked)]
        given += ["--format", format_] * (format_ != "text")
        given += ["--jobs", str(jobs)] * (jobs is not None)
        program = [sys.executable, "-m", "vaultlint", "watch", *given, str(place.root)]
        emit([{"systemd": systemd, "launchd": launchd}[print_service](program, place.root)])
        return CLEAN
    source = SteadySource(open_source(place, gitignore=gitignore), Root(place.root))
    ask = request(place, Asked(**asked))
    store = open_store(ask, gitignore=gitignore)
    session = FollowedSession(source, ask, jobs=jobs, store=store, verify=True)
    tell = _teller(format_, place, session.advise)
    if in_ci() and not (no_fix or dry_run):
        complain("nothing is fixed where CI is set")
        no_fix = True
    wanted = Wanted(no_fix, dry_run, poll, ask.cache)
    daemon = Daemon(session, source, state, wanted, tell)
    ending = _Ending(daemon.stop)
    daemon.run()
    return ending.code


def _teller(format_: str, place: Place, advise: Advise) -> Callable[[Event], None]:
    """Return what writes events to stdout; it raises BrokenPipeError when nobody reads them."""
    style = text_style(prefix=place.prefix, here=place.here, brief=True)
    write: Callable[[Event], str]
    if format_ == "jsonl":
        write = Lines(advise)
    elif on_terminal() and os.environ.get("TERM") != "dumb":
        write = LiveScreen(style)
    else:
        write = Log(style, advise)

    def tell(event: Event) -> None:
        try:
            text = write(event)
            if text and not emit([text]):
                sys.exit(CLEAN)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            silence()  # the terminal is gone
            sys.exit(CLEAN)

    return tell


def _as_typed(asked: dict[str, Any]) -> Iterator[str]:
    """Yield the options that choose the configuration, so that they mean the same anywhere."""
    for name, value in asked.items():
        option = f"--{name.replace('_', '-')}"
        if value is True:
            yield option
        elif isinstance(value, tuple):
            yield from (word for each in value for word in (option, each))
        elif value:
            yield from (option, os.path.abspath(os.path.expanduser(value)))  # noqa: PTH100, PTH111


class _Ending:
    """Why the watcher ends, as signals say; ``leave`` ends it."""

    def __init__(self, leave: Callable[[str], None]) -> None:
        self.code = CLEAN
        self._leave = leave
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._hear)
        hangup: signal.Signals | None = getattr(signal, "SIGHUP", None)
        if hangup is not None and signal.getsignal(hangup) is not signal.SIG_IGN:  # as nohup has it
            signal.signal(hangup, self._hear)

    def _hear(self, number: int, _: FrameType | None) -> None:
        if number == signal.SIGINT and self.code == INTERRUPTED:
            sys.exit(INTERRUPTED)  # asked twice
        self.code = INTERRUPTED if number == signal.SIGINT else CLEAN
        reasons = {signal.SIGINT: "interrupted", signal.SIGTERM: "terminated"}
        self._leave(reasons.get(signal.Signals(number), "the terminal was closed"))
