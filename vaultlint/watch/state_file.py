"""Small files of a watcher in its state folder, replaced whole.

Invariant: nothing hangs on them, so one that cannot be written is no error.

Tests: tests/unit/watch/test_listing.py, tests/unit/watch/test_status.py
"""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

FOLDER = "watch"
"""The name of the folder in the state folder of the vault."""


def read_state(path: Path) -> Any:
    """Return what was written to the file, None if it is not there or damaged."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None


def write_state(path: Path, plain: Any) -> None:
    """Put ``plain`` data, as JSON, in the place of the file."""
    new = path.with_name(f"{path.name}.{os.getpid()}.part")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        new.write_bytes(json.dumps(plain, separators=(",", ":")).encode("ascii"))
        new.replace(path)
