"""What ``vaultlint watch`` shows on a terminal: one calm screen, drawn anew when something changed.

Invariant: the screen is a function of the events; nothing from a vault is shown raw.

Tests: tests/unit/cli/test_watch_screen.py
"""

import atexit
import time
from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from vaultlint.cli.watch_view import counted, sentence
from vaultlint.diagnostics import Advice, Diagnostic
from vaultlint.note.model import NoteId
from vaultlint.report import text
from vaultlint.report.text import TextStyle
from vaultlint.watch import events
from vaultlint.watch.events import Event

if TYPE_CHECKING:
    from rich.live import Live

_MOST_NEWS = 5
_MOST_SETTLING = 5


class _News(NamedTuple):
    time: str
    line: str


class Screen:
    """The events so far, as lines."""

    def __init__(self, style: TextStyle) -> None:
        self._style = style
        self._found: dict[NoteId, tuple[Diagnostic, ...]] = {}  # what changed last comes last
        self._news: deque[_News] = deque(maxlen=_MOST_NEWS)
        self._started = ""
        self._current = ""
        self._settling: tuple[NoteId, ...] = ()

    def take(self, event: Event) -> bool:
        """Take in ``event`` and return whether the screen should be drawn anew."""
        if isinstance(event, events.Findings):
            self._found.pop(event.file, None)
            if event.diagnostics:
                self._found[event.file] = event.diagnostics
            return False
        now = time.strftime("%H:%M:%S")
        if isinstance(event, events.Current):
            at = time.strftime("%H:%M:%S", time.localtime(event.time))
            self._current = f"{event.notes_checked:,} notes: {counted(event)}; current as of {at}"
        elif isinstance(event, events.Settling):
            self._settling = event.files
        elif isinstance(event, events.Started):
            self._started = sentence(event, self._style)
        else:
            self._news.append(_News(now, sentence(event, self._style)))
        return True

    def lines(self, height: int) -> list[str]:
        """Return at most ``height`` lines."""
        head = [self._style.paint(self._started, bold=True), self._current, ""]
        foot = list(self._foot())
        room = max(height - len(head) - len(foot), 0)
        return [*head, *self._findings(room), *foot][:height]

    def _foot(self) -> Iterator[str]:
        if self._settling:
            yield ""
            names = ", ".join(map(self._style.path, self._settling[:_MOST_SETTLING]))
            more = len(self._settling) - _MOST_SETTLING
            yield f"to be fixed when settled: {names}" + (f" and {more} more" if more > 0 else "")
        if self._news:
            yield ""
            yield from (f"{news.time}  {news.line}" for news in self._news)

    def _findings(self, room: int) -> list[str]:
        total = sum(map(len, self._found.values()))
        flat = (one for found in reversed(self._found.values()) for one in found)
        listed = [one for one, _ in zip(flat, range(room), strict=False)]
        lines = [
            line.rstrip("\n") for line in text.findings(listed, lambda _: Advice(), self._style)
        ]
        if total > room > 0:
            left = total - room + 1
            lines[-1] = f"and {left:,} more; 'vaultlint check' lists them"
        return lines


class LiveScreen:
    """A screen on the terminal; call it with each event."""

    def __init__(self, style: TextStyle) -> None:
        self._screen = Screen(style)
        self._live: Live | None = None

    def __call__(self, event: Event) -> str:
        """Draw what ``event`` changes; there is nothing left to write."""
        if self._screen.take(event):
            self._draw()
        if isinstance(event, events.Stopped) and self._live is not None:
            self._live.stop()
        return ""

    def _draw(self) -> None:
        from rich.live import Live
        from rich.text import Text

        if self._live is None:
            self._live = Live(auto_refresh=False, vertical_overflow="crop")
            self._live.start()
            atexit.register(self._live.stop)  # it gives the cursor back, whatever happens
        height = self._live.console.size.height - 1
        lines = (Text.from_ansi(line, no_wrap=True) for line in self._screen.lines(height))
        self._live.update(Text("\n", no_wrap=True, overflow="ellipsis").join(lines), refresh=True)
