"""The daemon: all the parts of a watcher, put together and run.

Invariant: one watcher a vault; nothing is written before it is known that this machine may.

Tests: tests/watch/
"""

import os
import socket
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

from vaultlint.config.watching import WatchSettings
from vaultlint.errors import ConfigError
from vaultlint.fixing.lock import VaultLock
from vaultlint.fixing.write import Writer
from vaultlint.note.model import NoteId
from vaultlint.watch.authority import Authority
from vaultlint.watch.clocks import Clocks
from vaultlint.watch.events import (
    Event,
    Fixes,
    FixesChanged,
    Observing,
    Remark,
    Settling,
    Started,
    Stopped,
)
from vaultlint.watch.fixer import Fixer, FixingPolicy
from vaultlint.watch.hints import Hint
from vaultlint.watch.index import LiveIndex
from vaultlint.watch.loop import Loop
from vaultlint.watch.mover import Mover
from vaultlint.watch.observer import Observer
from vaultlint.watch.powers import GRACE, Powers, powers
from vaultlint.watch.root import SteadySource
from vaultlint.watch.signs import git_would_take
from vaultlint.watch.state_file import FOLDER
from vaultlint.watch.status import MOST_NAMED, Status
from vaultlint.watch.vault import FollowedSession, LiveVault
from vaultlint.watch.watcher import Watcher

_GIT_WARNING = (
    "put .vaultlint-* into .gitignore: for a moment after a fix the replaced file stays beside "
    "the note under such a name, and git would commit it"
)


class Wanted(NamedTuple):
    """What the command line asks for. ``cache`` is where the index goes, None for none."""

    no_fix: bool = False
    dry_run: bool = False
    poll: bool = False
    cache: Path | None = None


class Daemon:
    """Watches the vault behind ``session``; its locks and journal are in the folder ``state``."""

    def __init__(
        self,
        session: FollowedSession,
        source: SteadySource,
        state: Path,
        wanted: Wanted,
        tell: Callable[[Event], None],
    ) -> None:
        self._source = source
        self._state = state
        self._wanted = wanted
        self._told = tell
        self._status = Status(state)
        self._powers: Powers | None = None
        self._fixer: Fixer | None = None
        self._index: LiveIndex | None = None
        self._settling: tuple[NoteId, ...] = ()
        self._vault = LiveVault(session, source, source.root.path)
        self._hints: SimpleQueue[Hint | None] = SimpleQueue()
        self._reason = ""

    def stop(self, reason: str) -> None:
        """Let ``run`` end soon; may be called from any thread and from a signal."""
        self._reason = self._reason or reason
        self._hints.put(None)

    def run(self) -> None:
        """Watch until ``stop``. Raises BusyError if another process watches this vault.

        Raises ConfigError, SchemaError and SourceError if the vault cannot be read at the start.
        """
        with VaultLock(self._state / FOLDER, doing="watching"):
            try:
                self._watch()
            finally:
                self._status.save()

    def _watch(self) -> None:
        root = self._source.root
        watcher = Watcher(self._vault, self._source, self._tell, obey=self._obey)
        ear = None if self._wanted.poll else Observer(root.path, self._hints.put)
        loop = Loop(watcher, self._hints, ear, self._tell, idle=self._idle)
        try:
            loop.listen()  # before the vault is read, so that no change is missed
            watcher.load()
            settings = self._vault.session.config.watch
            if settings.poll:
                loop.poll()
            self._powers = self._powers_by(settings)
            self._tell(self._started(self._powers.authority, polling=not loop.listens))
            self._warn_of_git()
            self._fixer, self._index = self._new_fixer(self._powers.policy), self._new_index()
            watcher.begin(self._fixer, self._index, self._new_mover(self._fixer))
            loop.run()
        finally:
            loop.stop()
            watcher.end()
        self._tell(Stopped(self._reason))

    def _tell(self, event: Event) -> None:
        self._status.take(event)
        self._told(event)

    def _idle(self) -> None:
        waiting = () if self._fixer is None else self._fixer.waiting[:MOST_NAMED]
        if waiting != self._settling:
            self._settling = waiting
            self._tell(Settling(waiting))
        self._status.save()

    def _warn_of_git(self) -> None:
        writes = self._fixes == "on"
        if writes and git_would_take(self._source.root.path, ".vaultlint-"):
            self._tell(Remark(_GIT_WARNING))

    @property
    def _fixes(self) -> Fixes:
        return "off" if self._powers is None else self._powers.authority.fixes

    def _powers_by(self, settings: WatchSettings) -> Powers:
        """Return what ``settings`` allow. Raises ConfigError."""
        return powers(
            settings,
            self._source,
            self._source.root.path,
            socket.gethostname(),
            no_fix=self._wanted.no_fix,
            dry_run=self._wanted.dry_run,
        )

    def _obey(self, settings: WatchSettings) -> None:
        """Take in that the config says something else of watching."""
        try:
            found = self._powers_by(settings)
        except ConfigError as error:
            self._tell(Remark(f"what is fixed stays as it was: {error}"))
            return
        if self._fixer is None or self._powers is None:
            return
        before, self._powers = self._powers, found
        self._fixer.obey(found.policy)
        if self._index is not None:
            self._index.exports = self._fixes != "elsewhere"
        if found.authority != before.authority:
            self._tell(FixesChanged(*found.authority))
            self._warn_of_git()

    def _started(self, authority: Authority, *, polling: bool) -> Started:
        observing: Observing = "polling" if polling else "events"
        return Started(str(self._source.root.path), os.getpid(), observing, *authority)

    def _new_fixer(self, policy: FixingPolicy) -> Fixer:
        writer = Writer(self._source.root.path, self._state, grace=GRACE)
        return Fixer(self._vault, writer, policy, self._tell, Clocks())

    def _new_index(self) -> LiveIndex | None:
        """Return what keeps the published index, None where nothing is cached."""
        root, cache = self._source.root.path, self._wanted.cache
        if cache is None:
            return None
        exports = self._fixes != "elsewhere"
        return LiveIndex(self._vault.session, root, cache, self._tell, exports=exports)

    def _new_mover(self, fixer: Fixer) -> Mover:
        return Mover(
            self._vault,
            self._source.root.path,
            self._state,
            self._tell,
            folder=self._state / FOLDER,
            fixer=fixer,
            clocks=Clocks(),
        )
