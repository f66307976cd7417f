"""The identity of a vault on this machine, and where its cache and state are kept.

Invariant: nothing is ever written inside the vault; both folders lie where the platform keeps
such things, and losing the cache costs only time.

Tests: tests/unit/test_paths.py
"""

from pathlib import Path
from typing import NamedTuple


class VaultPaths(NamedTuple):
    """``id`` names the vault on this machine; ``cache`` may vanish, ``state`` is kept."""

    id: str
    cache: Path
    state: Path


def vault_paths(root: Path, *, chosen_id: str | None = None) -> VaultPaths:
    """Return the identity of the vault at ``root``; no folder is created.

    The id is ``chosen_id`` if the user chose one (so that a vault keeps it when it moves), else a
    hash of the real path of the root.
    """
    raise NotImplementedError
