"""Which files a watcher knew last, for the next one: what went away while none was running.

Invariant: a hint, never a decision: a list that is lost, old or damaged costs a proposal at most.

Tests: tests/unit/watch/test_listing.py
"""

from collections.abc import Mapping
from pathlib import Path

from vaultlint.note.model import NoteId
from vaultlint.watch.departures import Sighting
from vaultlint.watch.state_file import read_state, write_state

_FILE = "listing.json"


def read_listing(folder: Path) -> dict[NoteId, Sighting]:
    """Return the files that were kept in ``folder``, {} if there is nothing to be read."""
    try:
        return {
            str(file): Sighting(str(digest), int(size), str(stamp))
            for file, (digest, size, stamp) in read_state(folder / _FILE)["files"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def write_listing(folder: Path, files: Mapping[NoteId, Sighting]) -> None:
    """Put ``files`` in the place of what is kept."""
    write_state(folder / _FILE, {"files": files})
