"""What vaultlint.yaml says of the watcher: when a note has settled, who fixes, and what.

Invariant: every setting has a default that is safe on any vault.

Tests: tests/unit/config/test_watching.py
"""

from collections.abc import Iterable
from typing import NamedTuple

from vaultlint.config.document import Document

SAFE_ON_SAVE = "safe-on-save"


class WatchSettings(NamedTuple):
    """The section ``watch``; times in seconds.

    ``pack`` names the rules that are fixed; ``machine`` is the only host that fixes. A note that
    looks closed has settled after ``settle``, one that looks open after ``settle_open``. ``quiet``
    is how long nothing must happen to a file before it is looked at, ``scan`` the interval of looks
    at everything; ``poll`` does without events.
    """

    fix: bool = True
    pack: str = SAFE_ON_SAVE
    machine: str | None = None
    settle: float = 10.0
    settle_open: float = 120.0
    quiet: float = 0.3
    scan: float = 600.0
    poll: bool = False


def watch_settings(documents: Iterable[Document]) -> WatchSettings:
    """Return what ``documents`` (judged valid) say; later ones win, key by key."""
    settings = WatchSettings()
    for document in documents:
        settings = settings._replace(**document.data.get("watch", {}))
    return settings
