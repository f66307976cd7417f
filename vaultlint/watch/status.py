"""What the running watcher does, for ``vaultlint watch --status``.

The watcher keeps a small file in its state folder; whether somebody is running is told by the
lock, never by the file.

Invariant: the file is replaced whole, holds nothing secret, and losing it loses nothing.

Tests: tests/unit/watch/test_status.py
"""

from pathlib import Path
from typing import Any

from vaultlint.errors import BusyError, JournalError
from vaultlint.fixing.lock import VaultLock
from vaultlint.note.model import NoteId
from vaultlint.watch import events
from vaultlint.watch.events import Event
from vaultlint.watch.state_file import FOLDER, read_state, write_state

_FILE = "status.json"
MOST_NAMED = 100
"""So many notes are named in the file, no more."""


class Status:
    """Follows the events of a watcher and keeps its status file in ``state``."""

    def __init__(self, state: Path) -> None:
        """Prepare; nothing is written yet."""
        self._folder = state / FOLDER
        self._known: dict[str, Any] = {"state": "starting"}
        self._left_alone: dict[str, str] = {}
        self._changed = False

    def take(self, event: Event) -> None:
        """Take in what happened."""
        if isinstance(event, events.Findings):
            if not event.diagnostics:
                self._is_well(event.file)
        else:
            self._changed = True
            self._note(event)

    def save(self) -> None:
        """Write the file if there is something new."""
        if not self._changed:
            return
        self._changed = False
        write_state(self._folder / _FILE, self._known)

    def _note(self, event: Event) -> None:
        known = self._known
        if isinstance(event, events.Current):
            known |= event._asdict()
        elif isinstance(event, events.Settling):
            known["settling"] = event.files
        elif isinstance(event, events.Fixed):
            known["last_fixed"] = {"path": event.file, "run": event.run}
            self._is_well(event.file)
        elif isinstance(event, events.LeftAlone):
            self._left_alone.pop(event.file, None)
            self._left_alone[event.file] = event.reason
            if len(self._left_alone) > MOST_NAMED:
                del self._left_alone[next(iter(self._left_alone))]
            known["left_alone"] = self._left_alone
        else:
            self._note_state(event)

    def _is_well(self, file: NoteId) -> None:
        """Take in that there is nothing left to be said of ``file``."""
        if self._left_alone.pop(file, None) is not None:
            self._changed = True

    def _note_state(self, event: Event) -> None:
        known = self._known
        match event:
            case events.Started():
                known |= {"state": "watching", **event._asdict()}
            case events.FixesChanged():
                known |= event._asdict()
            case events.Waiting():
                known |= {"state": "waiting", "waiting_for": event.reason}
            case events.Resumed():
                known["state"] = "watching"
                known.pop("waiting_for", None)
            case events.ConfigRejected():
                known["config_error"] = event.message
            case events.ConfigLoaded():
                known.pop("config_error", None)
            case events.Stopped():
                known |= {"state": "stopped", "reason": event.reason}


def read_status(state: Path) -> dict[str, Any] | None:
    """Return what the running watcher wrote down, None if none is running."""
    try:
        with VaultLock(state / FOLDER):
            return None
    except BusyError:
        pass
    except JournalError:
        return None
    found = read_state(state / FOLDER / _FILE)
    return found if isinstance(found, dict) else {"state": "starting"}
