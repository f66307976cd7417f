"""The published index and its export, kept equal to what the watcher knows.

Invariant: an index that cannot be written is said once and tried again with the next change; it
never stops the findings. The export, a file in the vault, is not written more often than it takes a
sync service to carry it.

Tests: tests/unit/watch/test_index.py
"""

from collections.abc import Callable
from pathlib import Path

from vaultlint.diagnostics import Delta
from vaultlint.engine.session import Session
from vaultlint.errors import StoreError
from vaultlint.program import program_stamp
from vaultlint.store.published import Published
from vaultlint.sync.export_file import write_export
from vaultlint.sync.publish import Publisher
from vaultlint.watch.clocks import Clocks
from vaultlint.watch.events import Event, Remark
from vaultlint.watch.root import identity_of
from vaultlint.watch.vault import joined

FILE = "index.db"
PAUSE = 1.0
"""Seconds without a change before the index is written, so that no finding waits for it."""
LONGEST = 5.0
"""Seconds after which it is written though changes go on."""
EXPORT_PAUSE = 30.0
"""Seconds between two writings of the export."""


class LiveIndex:
    """The index in the folder ``cache`` of the vault at ``root``; ``exports`` allows an export."""

    def __init__(
        self,
        session: Session,
        root: Path,
        cache: Path,
        tell: Callable[[Event], None],
        *,
        exports: bool,
        clocks: Clocks = Clocks(),  # noqa: B008 -- a constant
    ) -> None:
        self._session = session
        self._root = root
        self._path = cache / FILE
        self._tell = tell
        self.exports = exports
        """Whether the export is written; the index always is."""
        self._clocks = clocks
        self._published: Published | None = None
        self._publisher: Publisher | None = None
        self._file: tuple[int, int] | None = None  # which file is open
        self._trouble = ""
        self._delta: Delta | None = None
        self._publish_at: float | None = None
        self._latest = 0.0
        self._exported_at = float("-inf")
        self._export_at: float | None = None

    def follow(self, delta: Delta) -> None:
        """Take in what changed; it is published when nothing has changed for a moment."""
        now = self._clocks.monotonic()
        if self._delta is None:
            self._delta, self._latest = delta, now + LONGEST
        else:
            self._delta = joined(self._delta, delta)
        self._publish_at = min(now + PAUSE, self._latest)

    def next_at(self) -> float | None:
        """Return when ``tick`` has something to do, None while it has not."""
        moments = (self._publish_at, self._export_at)
        return min((each for each in moments if each is not None), default=None)

    def tick(self) -> None:
        """Publish and export what it is time for."""
        if self._publish_at is not None and self._publish_at <= self._clocks.monotonic():
            self._publish()
        if self._export_at is not None and self._export_at <= self._clocks.monotonic():
            self._export()

    def close(self) -> None:
        """Publish and export what is left to be, and close the index."""
        if self._publish_at is not None:
            self._publish()
        if self._export_at is not None:
            self._export()
        self._shut()

    def _publish(self) -> None:
        delta, self._delta, self._publish_at = self._delta, None, None
        if self._published is not None and identity_of(self._path) != self._file:
            self._shut()  # what is open is no longer what others find there
        try:
            if self._publisher is None:
                self._open().publish()
                changed = True
            else:
                changed = self._publisher.publish(delta).any
            self._trouble = ""
        except StoreError as error:
            self._say(f"the index is not up to date: {error}")
            self._shut()
            return
        if changed and self.exports and self._session.config.index.export is not None:
            now = self._clocks.monotonic()
            self._export_at = max(now, self._exported_at + EXPORT_PAUSE)

    def _shut(self) -> None:
        if self._published is not None:
            self._published.close()
        self._published = self._publisher = None

    def _open(self) -> Publisher:
        self._published = Published(self._path)
        self._file = identity_of(self._path)
        self._publisher = Publisher(
            self._session, self._published, program=program_stamp(), vault=str(self._root)
        )
        self._publisher.follow()
        return self._publisher

    def _export(self) -> None:
        self._export_at = None
        self._exported_at = self._clocks.monotonic()
        file = self._session.config.index.export
        if file is None or self._published is None:
            return
        try:
            write_export(self._published, self._root, file)
        except StoreError as error:
            self._say(str(error))

    def _say(self, trouble: str) -> None:
        if trouble != self._trouble:
            self._trouble = trouble
            self._tell(Remark(trouble))
