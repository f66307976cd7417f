"""Which files a watcher knew last, for the next one: what went away while none was running.

Invariant: a hint, never a decision: a list that is lost, old or damaged costs a proposal at most.

Tests: tests/unit/watch/test_listing.py
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from vaultlint.note.model import NoteId
from vaultlint.watch.departures import Sighting

_FILE = "listing.json"


def read_listing(folder: Path) -> dict[NoteId, Sighting]:
    """Return the files that were kept in ``folder``, {} if there is nothing to be read."""
    try:
        kept = json.loads((folder / _FILE).read_bytes())
        return {
            str(file): Sighting(str(digest), int(size), str(stamp))
            for file, (digest, size, stamp) in kept["files"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def write_listing(folder: Path, files: Mapping[NoteId, Sighting]) -> None:
    """Put ``files`` in the place of what is kept; a list that cannot be written is not worth more."""
    new = folder / f"{_FILE}.{os.getpid()}.part"
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        new.write_bytes(json.dumps({"files": files}, separators=(",", ":")).encode())
        new.replace(folder / _FILE)
