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

from vaultlint.config.on_save import fixed_on_save
from vaultlint.fixing.lock import VaultLock
from vaultlint.fixing.write import Writer
from vaultlint.note.model import NoteId
from vaultlint.watch.authority import authority
from vaultlint.watch.clocks import Clocks
from vaultlint.watch.events import Event, Observing, Remark, Settling, Started, Stopped
from vaultlint.watch.fixer import Fixer, FixingPolicy
from vaultlint.watch.hints import Hint
from vaultlint.watch.index import LiveIndex
from vaultlint.watch.loop import Loop
from vaultlint.watch.mover import Mover
from vaultlint.watch.observer import Observer
from vaultlint.watch.root import SteadySource
from vaultlint.watch.settle import Rest
from vaultlint.watch.signs import git_would_take, sync_services
from vaultlint.watch.status import FOLDER, MOST_NAMED, Status
from vaultlint.watch.vault import FollowedSession, LiveVault
from vaultlint.watch.watcher import Watcher

_GIT_WARNING = (
    "put .vaultlint-* into .gitignore: for some seconds after a fix the replaced file stays beside "
    "the note under such a name, and git would commit it"
)
GRACE = 10.0
"""Seconds for which a replaced note is watched for late saves of an editor."""


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
        self._fixer: Fixer | None = None
        self._settling: tuple[NoteId, ...] = ()
        self._vault = LiveVault(session, source)
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
        watcher = Watcher(self._vault, self._source, self._tell)
        ear = None if self._wanted.poll else Observer(root.path, self._hints.put)
        loop = Loop(watcher, self._hints, ear, self._tell, idle=self._idle)
        try:
            loop.listen()  # before the vault is read, so that no change is missed
            watcher.load()
            if self._vault.session.config.watch.poll:
                loop.poll()
            started, self._fixer = self._powers(polling=not loop.listens)
            self._tell(started)
            self._warn_of_git(started)
            index = self._index(exports=started.fixes != "elsewhere")
            watcher.begin(self._fixer, index, self._mover())
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

    def _warn_of_git(self, started: Started) -> None:
        if started.fixes == "on" and git_would_take(self._source.root.path, ".vaultlint-"):
            self._tell(Remark(_GIT_WARNING))

    def _index(self, *, exports: bool) -> LiveIndex | None:
        """Return what keeps the published index, None where nothing is cached."""
        root, cache = self._source.root.path, self._wanted.cache
        if cache is None:
            return None
        return LiveIndex(self._vault.session, root, cache, self._tell, exports=exports)

    def _mover(self) -> Mover:
        return Mover(
            self._vault,
            self._source.root.path,
            self._state,
            self._tell,
            folder=self._state / FOLDER,
            fixer=self._fixer,
            clocks=Clocks(),
        )

    def _powers(self, *, polling: bool) -> tuple[Started, Fixer | None]:
        """Return how the watcher introduces itself, and what fixes in it, if anything does."""
        root, settings = self._source.root, self._vault.session.config.watch
        services = sync_services(root.path)
        fixes, reason = authority(
            settings,
            services,
            socket.gethostname(),
            no_fix=self._wanted.no_fix,
            dry_run=self._wanted.dry_run,
        )
        observing: Observing = "polling" if polling else "events"
        started = Started(str(root.path), os.getpid(), observing, fixes, reason)
        if fixes not in ("on", "dry-run"):
            return started, None
        rest = Rest(settings.settle, settings.settle_open)
        rules = fixed_on_save(settings, self._source)
        policy = FixingPolicy(rules, fixes == "on", rest, GRACE, synced=bool(services))
        writer = Writer(root.path, self._state, grace=GRACE)
        return started, Fixer(self._vault, writer, policy, self._tell, Clocks())
