"""What ``vaultlint watch`` shows a person who reads a log: what changed, one line each.

Invariant: nothing from a vault is shown raw. The findings that were there from the start are only
counted: ``vaultlint check`` lists them.

Tests: tests/unit/cli/test_watch_view.py
"""

import time
from collections.abc import Callable, Iterator

from vaultlint.cli.diffs import printable
from vaultlint.report import text
from vaultlint.report.summary import Advise
from vaultlint.report.terminal import safe
from vaultlint.report.text import TextStyle
from vaultlint.watch import events
from vaultlint.watch.events import Event

_FIXES = {
    "on": "settled notes are fixed",
    "off": "nothing is fixed",
    "dry-run": "fixes are shown, not written",
    "elsewhere": "fixes are left to another machine",
}


MOST_LINES = 30
"""So many findings are listed after a change; of more, only the files are counted."""


class Log:
    """Events as lines of text, each after the time of day."""

    def __init__(
        self, style: TextStyle, advise: Advise, clock: Callable[[], float] = time.time
    ) -> None:
        self._style = style
        self._advise = advise
        self._clock = clock
        self._found: list[events.Findings] = []
        self._totals: tuple[int, ...] | None = None

    def __call__(self, event: Event) -> str:
        """Return ``event`` as lines that end in LF, "" for one that a person need not see."""
        now = time.strftime("%H:%M:%S", time.localtime(self._clock()))
        return "".join(f"{now}  {line}\n" for line in self._lines(event))

    def _lines(self, event: Event) -> Iterator[str]:
        if isinstance(event, events.Findings):
            self._found.append(event)
        elif isinstance(event, events.Settling):
            return
        elif isinstance(event, events.Current):
            found, self._found = self._found, []
            if self._totals is not None:
                yield from self._findings(found)
            yield from self._current(event)
        else:
            yield sentence(event, self._style)
        if isinstance(event, events.WouldFix):
            lines = (f"{line}\n" for line in event.diff.split("\n") if line)
            yield from (line.rstrip("\r\n") for line in printable(lines, self._style.paint))

    def _findings(self, found: list[events.Findings]) -> Iterator[str]:
        if sum(max(len(event.diagnostics), 1) for event in found) > MOST_LINES:
            yield f"the findings of {len(found)} files are others now; 'vaultlint check' lists them"
            return
        for event in found:
            if not event.diagnostics:
                yield f"{self._style.paint(self._style.path(event.file), bold=True)}  clean"
            for line in text.findings(event.diagnostics, self._advise, self._style):
                yield line.rstrip("\n")

    def _current(self, event: events.Current) -> Iterator[str]:
        totals = tuple(event.by_severity.values())
        if totals != self._totals:
            self._totals = totals
            yield f"{event.notes_checked} notes checked: {counted(event)}"


def counted(event: events.Current) -> str:
    """Return how many findings there are, in words."""
    parts = [
        f"{number} {label}{'s' * (number != 1 and label != 'info')}"
        for label, number in event.by_severity.items()
        if number
    ]
    return ", ".join(parts) or "no findings"


def sentence(event: Event, style: TextStyle) -> str:
    """Return in one line what happened."""
    if isinstance(event, events.Fixed | events.WouldFix | events.LeftAlone):
        return _about_note(event, style)
    if isinstance(event, events.Followed | events.MoveProposed):
        return _about_move(event, style)
    return _about_watching(event)


def _about_note(event: events.Fixed | events.WouldFix | events.LeftAlone, style: TextStyle) -> str:
    rules = f" [{', '.join(map(safe, event.rules))}]" if event.rules else ""
    named = f"{style.path(event.file)}{rules}"
    match event:
        case events.Fixed():
            return f"fixed {named}; 'vaultlint undo {safe(event.run)}' takes it back"
        case events.WouldFix():
            return f"would fix {named}"
        case events.LeftAlone():
            rival = f" (perhaps by {safe(event.rival)})" if event.rival else ""
            return f"left alone {named}: {safe(event.reason)}{rival}"


def _about_move(event: events.Followed | events.MoveProposed, style: TextStyle) -> str:
    pairs = [f"{style.path(old)} to {style.path(new)}" for old, new in event.moves.items()]
    more = f" and {len(pairs) - 1} more" if len(pairs) > 1 else ""
    notes = "1 note" if len(event.files) == 1 else f"{len(event.files)} notes"
    if isinstance(event, events.Followed):
        undo = f"'vaultlint undo {safe(event.run)}' takes it back"
        return f"{pairs[0]}{more}: the links in {notes} follow; {undo}"
    do = "'vaultlint mv --pending' writes them anew"
    if event.choices:
        [old] = event.moves
        pairs = [f"{style.path(old)} to {' or '.join(map(style.path, event.choices))}"]
        do = "'vaultlint mv --pending' lets you choose"
    return f"{pairs[0]}{more}: links in {notes} lead nowhere now ({safe(event.reason)}); {do}"


def _fixing(event: events.Started | events.FixesChanged) -> str:
    why = f" ({safe(event.reason)})" if event.reason else ""
    return f"{_FIXES[event.fixes]}{why}"


def _about_watching(event: Event) -> str:
    match event:
        case events.Started():
            how = "" if event.observing == "events" else ", looking now and then"
            return f"watching {safe(event.vault)}{how}; {_fixing(event)}"
        case events.FixesChanged():
            return f"from now on {_fixing(event)}"
        case events.Waiting():
            return f"waiting: {safe(event.reason)}"
        case events.Resumed():
            return "the vault is there again"
        case events.ConfigRejected():
            return f"the old configuration stays in force: {safe(event.message)}"
        case events.ConfigLoaded():
            return "the configuration is in force again"
        case events.Stopped():
            return f"stopped: {safe(event.reason)}"
        case events.Remark():
            return safe(event.message)
    raise AssertionError(event)
