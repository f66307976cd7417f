"""The watcher: hints become looks at the vault, looks become deltas, deltas are told.

``tick`` does all that is due and says how long to wait for the next hint; it never sleeps. Hints
are only hints: everything is looked at in intervals, after a burst or an overflow, and after time
has passed unseen.

Invariant: what was told last of each file is what the session finds in it.

Tests: tests/unit/watch/test_watcher.py
"""

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack

from vaultlint.config.watching import WatchSettings
from vaultlint.diagnostics import Delta, Severity
from vaultlint.errors import ConfigError, SchemaError, SourceError
from vaultlint.watch.clocks import Clocks, Gaps
from vaultlint.watch.debounce import Debouncer, Pace
from vaultlint.watch.events import (
    ConfigLoaded,
    ConfigRejected,
    Current,
    Event,
    Findings,
    Remark,
    Resumed,
    Waiting,
)
from vaultlint.watch.fixer import Fixer
from vaultlint.watch.hints import RESCAN, Hint, concerns
from vaultlint.watch.index import LiveIndex
from vaultlint.watch.mover import Mover
from vaultlint.watch.root import Root, SteadySource
from vaultlint.watch.signs import GIT_LOCK
from vaultlint.watch.vault import LiveVault

POLL = 2.0
"""Seconds between two looks at everything where there are no events."""
LONGEST_WAIT = 15.0
"""Seconds after which the folder and the clocks are looked at, whatever is heard."""
AWAITED = 3.0
"""Seconds between two looks whether a vault that went away is there again."""
EMPTY_FOR = 60.0
"""Seconds for which a vault must be empty before that is believed."""
FRESHNESS = 60.0
"""Seconds after which it is told again that nothing has changed, when everything was looked at."""
REJECTED = 15.0
"""Seconds after which a vault is looked at again whose config cannot even be held."""
KEEP = 3600.0
"""Seconds after a change in which what is known is kept for the next start, which may be sudden."""
SHARE = 0.05
"""The share of the time that looks at everything may take."""


class Watcher:
    """One vault, watched."""

    def __init__(
        self,
        vault: LiveVault,
        source: SteadySource,
        tell: Callable[[Event], None],
        *,
        clocks: Clocks = Clocks(),  # noqa: B008 -- a constant
        obey: Callable[[WatchSettings], None] = lambda _: None,
    ) -> None:
        """Prepare; ``obey`` is told when the config says something else of watching."""
        self._vault = vault
        self._source = source
        self._tell = tell
        self._clocks = clocks
        self._obey = obey
        self._gaps = Gaps(clocks)
        self._debouncer = Debouncer()
        self._polls = False
        self._scan_at = 0.0
        self._fixer: Fixer | None = None
        self._index: LiveIndex | None = None
        self._mover: Mover | None = None
        self._waiting_since: float | None = None
        self._config_error = ""
        self._settings = WatchSettings()
        self._keep_at: float | None = None  # None: what is kept is what is known
        self._sequence = 0
        self._told_at = 0.0

    @property
    def root(self) -> Root:
        """Return the folder of the vault."""
        return self._source.root

    def load(self) -> None:
        """Read the vault. Raises ConfigError, SchemaError and SourceError; tells nothing yet."""
        self._vault.load()
        self._set(self._vault.session.config.watch)
        self._scan_at = self._clocks.monotonic() + self._interval

    def poll(self) -> None:
        """Look at everything often from now on, for there are no events."""
        self._polls = True
        self._scan_at = min(self._scan_at, self._clocks.monotonic() + self._interval)

    @property
    def _interval(self) -> float:
        """Return the seconds between two looks at everything."""
        return min(POLL, self._settings.scan) if self._polls else self._settings.scan

    def _set(self, settings: WatchSettings) -> None:
        self._settings = settings
        usual, quiet = Pace(), settings.quiet
        patience = max(usual.patience, 4 * quiet)
        self._debouncer.pace = usual._replace(quiet=quiet, patience=patience)
        self._scan_at = min(self._scan_at, self._clocks.monotonic() + self._interval)

    def begin(
        self,
        fixer: Fixer | None = None,
        index: LiveIndex | None = None,
        mover: Mover | None = None,
    ) -> None:
        """Tell what was loaded, and let ``fixer``, ``index`` and ``mover`` work from now on."""
        self._index = index
        self._tell_delta(self._vault.take())
        self._vault.session.save()
        self._fixer = fixer
        if fixer is not None:
            fixer.recover()
        if mover is not None:
            mover.begin()
        self._mover = (
            mover  # not before: what it has not looked for must not be forgotten at the end
        )

    def hint(self, hint: Hint) -> None:
        """Take in a hint."""
        now = self._clocks.monotonic()
        if hint == RESCAN:
            self._debouncer.add_everything(now)
        elif concerns(hint.file, self._vault.inputs):
            self._debouncer.add(hint.file, now)
            if self._fixer is not None:
                self._fixer.touched(hint.file)
        if self._mover is None:
            return
        if hint.moved_to is not None:
            self._mover.event(hint.file, hint.moved_to)
        if hint.file == GIT_LOCK:
            self._mover.git_is_at_work()

    def waiting(self, seconds: float) -> None:
        """Say that nothing will be done for ``seconds`` unless there is a hint."""
        self._gaps.wait_until(self._clocks.monotonic() + seconds)

    def tick(self) -> float:
        """Do what is due. Return in how many seconds to come back if there is no hint before."""
        now = self._clocks.monotonic()
        if self._gaps.passed():
            self._debouncer.add_everything(now)
        if self._is_there(now):
            self._look(now)
        moments = [self._scan_at, now + LONGEST_WAIT]
        if self._waiting_since is None:
            self._work()
            moments += self._work_at()
            if (due_at := self._debouncer.due_at()) is not None:
                moments.append(due_at)
        return max(0.0, min(moments) - self._clocks.monotonic())

    def end(self) -> None:
        """Finish what was begun; that may take as long as late saves are waited for."""
        with ExitStack() as parts:  # each of them is ended, whatever becomes of the others
            parts.callback(self._vault.session.save)
            for part in (self._index, self._fixer, self._mover):
                if part is not None:
                    parts.callback(part.close)

    # The folder

    def _is_there(self, now: float) -> bool:
        if not self.root.is_there():
            if self.root.adopt():
                self._scan_at = now
            else:
                self._wait(now, f"{self.root.path} is not there; its notes are taken as they were")
                return False
        if self._waiting_since is not None and now - self._waiting_since >= EMPTY_FOR:
            self._source.believe_empty()
        return True

    def _wait(self, now: float, reason: str) -> None:
        if self._waiting_since is None:
            self._waiting_since = now
            self._tell(Waiting(reason))
        self._scan_at = now + AWAITED
        self._debouncer.add_everything(now)

    # Looking

    def _look(self, now: float) -> None:
        batch = self._debouncer.take(now)
        if self._mover is not None and self._mover.needs_scan():
            self._scan_at = now
        everything = now >= self._scan_at or (batch is not None and batch.everything)
        if not everything and batch is None:
            return
        try:
            if everything:
                self._plan_scan(since=now)
                self._vault.scan()
                self._plan_scan(since=now)
            else:
                assert batch is not None
                self._vault.look_at(batch.files)
        except SourceError as error:
            self._wait(now, str(error))
            return
        except (ConfigError, SchemaError) as error:
            self._scan_at = min(self._scan_at, self._clocks.monotonic() + REJECTED)
            self._reject_config(str(error))
            return
        if self._waiting_since is not None:
            self._waiting_since = None
            self._tell(Resumed())
        self._tell_config()
        self._take(always=everything)
        if everything:
            self._keep(now)
            if self._mover is not None:
                self._mover.scanned()

    def _keep(self, now: float) -> None:
        if self._keep_at is not None and self._keep_at <= now:
            self._keep_at = None
            self._vault.session.save()

    def _take(self, *, always: bool = False) -> None:
        """Let all parts know what changed, and tell it."""
        delta = self._vault.take()
        changed = bool(delta.notes or delta.removed or delta.diagnostics or self._vault.arrived)
        if changed and self._keep_at is None:
            self._keep_at = self._clocks.monotonic() + KEEP
        if changed and self._fixer is not None:
            self._fixer.changed(delta)
        if changed and self._mover is not None:
            self._mover.changed(delta)
        if changed or self._vault.known.is_other:
            self._tell_delta(delta)
        elif always and self._clocks.monotonic() >= self._told_at + FRESHNESS:
            self._tell_current()

    def _plan_scan(self, since: float) -> None:
        """Plan the next look at everything, so that looking takes a small share of the time."""
        now = self._clocks.monotonic()
        self._scan_at = now + max(self._interval, (now - since) / SHARE)

    def _tell_config(self) -> None:
        error = self._vault.config_error or self._vault.known.error
        if error is not None:
            self._reject_config(str(error))
        elif self._config_error:
            self._config_error = ""
            self._tell(ConfigLoaded())
        settings, before = self._vault.session.config.watch, self._settings
        if settings != before:
            poll = " ('poll' from the next start)" if settings.poll != before.poll else ""
            self._tell(Remark(f"the section 'watch' was changed, and counts from now on{poll}"))
            self._set(settings)
            self._obey(settings)

    def _reject_config(self, message: str) -> None:
        if message != self._config_error:
            self._config_error = message
            self._tell(ConfigRejected(message))

    def _tell_delta(self, delta: Delta) -> None:
        news = self._vault.known.news(self._vault.found, delta.diagnostics)
        for file, found in news.items():
            self._tell(Findings(file, found))
        self._tell_current()
        if self._index is not None:
            self._index.follow(delta)

    def _tell_current(self) -> None:
        self._sequence += 1
        self._told_at = self._clocks.monotonic()
        checked = self._vault.session.checked_count
        self._tell(Current(self._sequence, self._clocks.wall(), checked, self._totals()))

    def _totals(self) -> dict[str, int]:
        counts = Counter(
            each.severity for found in self._vault.known.told.values() for each in found
        )
        return {level.label: counts[level] for level in sorted(Severity, reverse=True)}

    # What the other parts do

    def _work(self) -> None:
        """Let the parts that write do what is due, unless the vault is changing under them."""
        if self._debouncer.storms:
            return
        if self._mover is not None:
            self._mover.tick()
        if self._fixer is not None:
            self._fixer.tick()
        self._take()
        if self._index is not None:
            self._index.tick()

    def _work_at(self) -> list[float]:
        """Return when the parts have something to do."""
        if self._debouncer.storms:
            return []
        moments = [part.next_at() for part in (self._fixer, self._index, self._mover) if part]
        return [each for each in moments if each is not None]
