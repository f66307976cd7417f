"""The ear: watchdog's events as hints. The only module that imports watchdog.

Events that only say that a file was opened or read are not asked for: they are half of the traffic,
and it is traffic that makes the system's queue overflow. An overflow becomes RESCAN.

Invariant: hints may be too many, too few or wrong. Whoever gets them scans from time to time.

Tests: tests/unit/watch/test_observer.py
"""

import logging
import os
import sys
import threading
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vaultlint.errors import VaultlintError
from vaultlint.note.model import NoteId
from vaultlint.watch.hints import RESCAN, Hint

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent

_SYSTEM = Path("/proc")
_SPARE = 0.8  # of the system's limit of watches; the rest belongs to other programs


class Deaf(VaultlintError):
    """Events cannot be had here; the message says why, and what to do about it."""


class Observer:
    """Listens below ``root`` between ``start`` and ``stop``; ``hint`` is called on its thread."""

    def __init__(self, root: Path, hint: Callable[[Hint], None]) -> None:
        self._root = os.path.realpath(root)
        self._hint = hint
        self._observer: Any = None
        self._readers: list[threading.Thread] = []
        self._overflow = _OverflowHandler(hint)

    def start(self) -> None:
        """Begin to listen. Raises Deaf if the system does not allow it."""
        folders = count_folders(self._root)
        limit = watch_limit()
        if limit is not None and folders > limit * _SPARE:
            raise Deaf(_limit_message(folders, limit))
        if not self._reads():
            raise Deaf("the thread that reads the system's events has ended")
        from watchdog.observers import Observer as SystemObserver

        _accept_double_watches()
        try:
            observer = SystemObserver()
            observer.schedule(
                _handler(self._root, self._hint),
                self._root,
                recursive=True,
                event_filter=list(_wanted()),
            )
            observer.start()
        except OSError as error:
            raise Deaf(f"the system refuses to watch the folder: {error.strerror}") from None
        self._observer = observer
        self._readers = _reading_threads()
        logging.getLogger("watchdog").addHandler(self._overflow)
        watched = watches_held()
        if watched is not None and watched < count_folders(self._root) * _SPARE:
            self.stop()
            raise Deaf(_limit_message(folders, limit))

    def stop(self) -> None:
        """Stop listening; does nothing when it does not listen."""
        logging.getLogger("watchdog").removeHandler(self._overflow)
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()
            self._observer = None

    def is_listening(self) -> bool:
        """Return whether events still come: the thread of a deleted folder ends."""
        observer = self._observer
        return (
            observer is not None
            and observer.is_alive()
            and bool(observer.emitters)
            and all(emitter.is_alive() for emitter in observer.emitters)
            and self._reads()
        )

    def _reads(self) -> bool:
        """Return False if a thread is gone that all observers share and that is never replaced."""
        return all(thread.is_alive() for thread in self._readers)


def count_folders(root: str) -> int:
    """Return how many folders there are, the root and hidden ones included; links not followed."""
    return sum(1 for _ in os.walk(root))


def watch_limit(system: Path = _SYSTEM) -> int | None:
    """Return how many folders one user may watch on this system, None where there is no limit."""
    try:
        return int((system / "sys/fs/inotify/max_user_watches").read_bytes())
    except (OSError, ValueError):
        return None


def watches_held(system: Path = _SYSTEM) -> int | None:
    """Return how many folders this process watches, None where the system does not tell."""
    try:
        infos = [path.read_bytes() for path in (system / "self/fdinfo").iterdir() if path.exists()]
    except OSError:
        return None
    return sum(info.count(b"inotify wd:") for info in infos)


def _reading_threads() -> list[threading.Thread]:
    """Return watchdog's threads that read the system's queue on Linux; elsewhere there are none."""
    module = "watchdog.observers.inotify_c"
    return [thread for thread in threading.enumerate() if type(thread).__module__ == module]


def _accept_double_watches() -> None:
    """Keep a harmless warning off the screen, and from ending watchdog's thread as an error.

    A folder that appears while its parent is being walked is met twice, and is watched once.
    """
    warnings.filterwarnings(
        "ignore", "Callback with id .* already exists", RuntimeWarning, r"watchdog\."
    )


def _limit_message(folders: int, limit: int | None) -> str:
    return (
        f"the vault has {folders} folders, and this system lets a user watch "
        f"{'fewer' if limit is None else limit}; allow more with "
        f"'sudo sysctl fs.inotify.max_user_watches={max(524288, 2 * folders)}'"
    )


def _wanted() -> "Iterable[type[FileSystemEvent]]":
    from watchdog import events

    yield from (events.FileCreatedEvent, events.FileDeletedEvent, events.FileMovedEvent)
    yield from (events.DirCreatedEvent, events.DirDeletedEvent, events.DirMovedEvent)
    # Linux says when a writer is done; other systems only that something was written.
    yield events.FileClosedEvent if sys.platform == "linux" else events.FileModifiedEvent


def _handler(root: str, hint: Callable[[Hint], None]) -> Any:
    from watchdog.events import FileSystemEventHandler

    class Handler(FileSystemEventHandler):
        def on_any_event(self, event: "FileSystemEvent") -> None:
            source, target = below(root, event.src_path), below(root, event.dest_path)
            if source is not None:
                moved = event.event_type == "moved"
                hint(Hint(source, target if moved else None))
            if target is not None:
                hint(Hint(target))

    return Handler()


def below(root: str, path: str | bytes) -> NoteId | None:
    """Return ``path`` relative to ``root`` with forward slashes, "" for the root itself.

    None for a path that is elsewhere, and for no path.
    """
    text = os.fsdecode(path)
    if text == root:
        return ""
    if not text.startswith(root.rstrip(os.sep) + os.sep):
        return None
    return text[len(root.rstrip(os.sep)) + 1 :].replace(os.sep, "/")


class _OverflowHandler(logging.Handler):
    """Hears watchdog say in its log, which is the only place, that events were lost."""

    def __init__(self, hint: Callable[[Hint], None]) -> None:
        super().__init__(logging.WARNING)
        self._hint = hint

    def emit(self, record: logging.LogRecord) -> None:
        if "overflow" in record.getMessage():
            self._hint(RESCAN)
