"""``vaultlint watch``: keep findings current while people edit.

Tests: tests/unit/cli/test_watch.py, tests/watch/
"""

import os
import signal
import sys
from collections.abc import Callable
from queue import SimpleQueue
from types import FrameType
from typing import Any

import click

from vaultlint.cli.failure import CLEAN, INTERRUPTED
from vaultlint.cli.opening import open_source
from vaultlint.cli.options import Asked, config_options, request
from vaultlint.cli.output import emit, text_style
from vaultlint.cli.place import Place, locate
from vaultlint.cli.watch_view import Log
from vaultlint.engine.session import Session
from vaultlint.errors import UsageError
from vaultlint.report.summary import Advise
from vaultlint.watch.as_json import line
from vaultlint.watch.events import Event, Started, Stopped
from vaultlint.watch.hints import Hint
from vaultlint.watch.loop import Loop
from vaultlint.watch.observer import Observer
from vaultlint.watch.root import Root, SteadySource
from vaultlint.watch.vault import LiveVault
from vaultlint.watch.watcher import Watcher


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
@click.option("--poll", is_flag=True, help="Look at the vault now and then: for network folders.")
@click.option("--gitignore", is_flag=True, help="Leave out files that .gitignore files name.")
@click.option("--jobs", type=click.IntRange(min=1), help="Processes [default: one per core].")
def command(
    *,
    folder: str | None,
    vault: str | None,
    format_: str,
    poll: bool,
    gitignore: bool,
    jobs: int | None,
    **asked: Any,
) -> int:
    """Watch VAULT (the vault of the current folder without it), and report as notes change.

    Exit codes: 0 ended by a signal to terminate or because nobody reads any more, 2 wrong usage or
    configuration, 3 an error inside vaultlint, 130 interrupted.
    """
    if folder is not None and vault is not None:
        raise UsageError("name the vault once: as an argument, or with --vault")
    place = locate((), vault or folder)
    source = SteadySource(open_source(place, gitignore=gitignore), Root(place.root))
    session = Session(source, request(place, Asked(**asked)), jobs=jobs)
    hints: SimpleQueue[Hint | None] = SimpleQueue()
    tell = _teller(format_, place, session.advise, lambda: hints.put(None))
    watcher = Watcher(LiveVault(session, source), source, tell)
    ear = None if poll else Observer(place.root, hints.put)
    loop = Loop(watcher, hints, ear, tell)
    ending = _Ending(lambda: hints.put(None))
    listening = loop.listen()
    if not listening:
        watcher.poll()
    try:
        watcher.load()
        tell(Started(str(place.root), os.getpid(), "events" if listening else "polling", "off"))
        watcher.begin()
    except BaseException:
        loop.stop()
        raise
    loop.run()
    tell(Stopped(ending.reason))
    return ending.code


def _teller(
    format_: str, place: Place, advise: Advise, leave: Callable[[], None]
) -> Callable[[Event], None]:
    """Return what writes events to stdout, and calls ``leave`` when nobody reads them."""
    log = Log(text_style(prefix=place.prefix, here=place.here, brief=True), advise)

    def tell(event: Event) -> None:
        text = line(event, advise) if format_ == "jsonl" else log.text(event)
        if text and not emit([text]):
            leave()

    return tell


class _Ending:
    """Why the watcher ends, as signals say; ``leave`` ends it."""

    def __init__(self, leave: Callable[[], None]) -> None:
        self.code = CLEAN
        self.reason = "nobody reads"
        self._leave = leave
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._hear)

    def _hear(self, number: int, _: FrameType | None) -> None:
        if number == signal.SIGINT and self.code == INTERRUPTED:
            sys.exit(INTERRUPTED)  # asked twice
        self.code = INTERRUPTED if number == signal.SIGINT else CLEAN
        self.reason = "interrupted" if number == signal.SIGINT else "terminated"
        self._leave()
