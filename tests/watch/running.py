"""A real watcher in a real process, and the findings that its events add up to.

Nothing here depends on how fast anything is: waits are for conditions, and give up after long.
"""

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from vaultlint.config.load import ConfigRequest
from vaultlint.engine.session import Session
from vaultlint.paths import vault_paths
from vaultlint.source.folder import FolderSource
from vaultlint.store.published import Published
from vaultlint.sync.export import document
from vaultlint.sync.publish import Publisher

PATIENCE = 120.0
LONG = bool(os.environ.get("VAULTLINT_LONG"))
"""Set VAULTLINT_LONG=1 for the sizes that take minutes."""


@contextlib.contextmanager
def hangups_obeyed() -> Iterator[None]:
    """Start programs that a hang-up ends, although whoever runs the tests may ignore it."""
    if not hasattr(signal, "SIGHUP"):
        yield
        return
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGHUP, before)


class Watching:
    """``vaultlint watch --format jsonl`` on ``vault``, with state and cache in ``home``."""

    def __init__(self, vault: Path, home: Path, *options: str) -> None:
        self.vault = vault
        self.events: list[dict] = []
        self.findings: dict[str, list[dict]] = {}
        environment = {name: text for name, text in os.environ.items() if name != "CI"}
        environment |= {
            "XDG_STATE_HOME": str(home / "state"),
            "VAULTLINT_CACHE_DIR": str(home / "cache"),
        }
        command = [sys.executable, "-m", "vaultlint", "watch", "--format", "jsonl", *options]
        with hangups_obeyed():
            self.process = subprocess.Popen(
                [*command, str(vault)],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=environment,
                text=True,
            )
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put("")

    def until(self, condition: Callable[["Watching"], object], patience: float = PATIENCE) -> None:
        """Take in events until ``condition`` holds after one of them."""
        end = time.monotonic() + patience
        while not condition(self):
            left = end - time.monotonic()
            assert left > 0, f"waited in vain; the last events: {self.events[-5:]}"
            with contextlib.suppress(queue.Empty):
                self._take(self._lines.get(timeout=min(left, 1.0)))

    def _take(self, line: str) -> None:
        assert line, f"the watcher ended: {self._said()}"
        event = json.loads(line)
        self.events.append(event)
        if event["event"] == "findings":
            self.findings[event["path"]] = event["findings"]
            if not event["findings"]:
                del self.findings[event["path"]]

    def _said(self) -> str:
        assert self.process.stderr is not None
        self.process.wait(PATIENCE)
        return self.process.stderr.read()

    def told(self, kind: str) -> list[dict]:
        """Return the events of one kind so far."""
        return [event for event in self.events if event["event"] == kind]

    def started(self) -> "Watching":
        """Wait until the vault is loaded and watched."""
        self.until(lambda each: each.told("current"))
        return self

    def found(self) -> set[tuple[str, str, int]]:
        """Return what the events add up to: (path, rule, line) of each finding."""
        return {
            (path, one["rule"], one["start"]["line"])
            for path, found in self.findings.items()
            for one in found
        }

    def until_true_to(self, vault: Path | None = None) -> None:
        """Wait until the events add up to what a run from scratch finds."""
        expected = from_scratch(vault or self.vault)
        self.until(lambda each: each.has_told_all and each.found() == expected)

    @property
    def has_told_all(self) -> bool:
        """Return whether nothing was told since everything up to there had been told."""
        told = [event["event"] for event in self.events[-50:]]
        told = [kind for kind in told if kind in ("findings", "current")]
        return told[-1:] == ["current"]

    def end(self, number: int = signal.SIGTERM) -> int:
        """End the process by a signal, and return its exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


@contextlib.contextmanager
def watching(vault: Path, home: Path, *options: str) -> Iterator[Watching]:
    """Run a watcher for the block; it is killed at the end if it still runs."""
    running = Watching(vault, home, *options)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.process.kill()
        running.process.wait(PATIENCE)
        running._reader.join(PATIENCE)
        for pipe in (running.process.stdout, running.process.stderr):
            assert pipe is not None
            pipe.close()


def from_scratch(vault: Path) -> set[tuple[str, str, int]]:
    """Return what a run that knows nothing finds in ``vault``."""
    session = Session(FolderSource(vault), ConfigRequest(), jobs=1)
    session.apply()
    return {(one.file, one.rule, one.start.line) for one in session.diagnostics()}


def index_of(vault: Path, home: Path) -> str:
    """Return the published index of ``vault`` that a watcher keeps, as JSON."""
    path = home / "cache" / vault_paths(vault).id / "index.db"
    with Published(path) as published:
        return "".join(document(published))


def until_index_is_true(vault: Path, home: Path, patience: float = PATIENCE) -> None:
    """Wait until the index that a watcher keeps is one from scratch.

    Its findings may be true before it has looked at everything: not every change makes one.
    """
    end = time.monotonic() + patience
    while index_of(vault, home) != index_from_scratch(vault, home):
        assert time.monotonic() < end, "the index is not what it is from scratch"
        time.sleep(0.5)


def index_from_scratch(vault: Path, home: Path) -> str:
    """Return what an index of ``vault`` holds that knows nothing else."""
    session = Session(FolderSource(vault), ConfigRequest(), jobs=1)
    session.apply()
    path = home / f"scratch-{time.monotonic_ns()}.db"
    with Published(path) as published:
        Publisher(session, published, program="", vault=str(vault)).publish()
        return "".join(document(published))
