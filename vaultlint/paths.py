"""The identity of a vault on this machine, and where its cache and state are kept.

Invariant: nothing is ever written inside the vault; both folders lie where the platform keeps
such things, and losing the cache costs only time.

Tests: tests/unit/test_paths.py
"""

import hashlib
import os
import re
from pathlib import Path
from typing import NamedTuple

from vaultlint.errors import UsageError

CACHE_FOLDER = "VAULTLINT_CACHE_DIR"
"""The environment variable that names another folder than the platform's for caches."""

_APP = "vaultlint"
_HOMELESS = "there is no home folder to keep state in; set HOME"
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


class VaultPaths(NamedTuple):
    """``id`` names the vault on this machine; ``cache`` may vanish, ``state`` is kept."""

    id: str
    cache: Path
    state: Path


def vault_paths(root: Path, *, chosen_id: str | None = None) -> VaultPaths:
    """Return the identity of the vault at ``root``; no folder is created.

    The id is ``chosen_id`` if the user chose one (so that a vault keeps it when it moves), else a
    hash of the real path of the root. VAULTLINT_CACHE_DIR, if set, is the folder of all caches.
    Raises UsageError for an id that cannot name a folder, and where the user has no home folder.
    """
    import platformdirs

    if chosen_id is None:
        vault_id = _hash(root)
    elif _ID.fullmatch(chosen_id):
        vault_id = chosen_id
    else:
        raise UsageError(
            f"{chosen_id!r} cannot be a vault's id: use up to 64 lower-case letters, digits, - and _"
        )
    try:
        chosen = os.environ.get(CACHE_FOLDER)
        usual = platformdirs.user_cache_path(_APP, appauthor=False)
        cache = Path(chosen).absolute() if chosen else usual
        state = platformdirs.user_state_path(_APP, appauthor=False)
    except RuntimeError:
        raise UsageError(_HOMELESS) from None
    if not (cache.is_absolute() and state.is_absolute()):  # older platformdirs: "~/.cache"
        raise UsageError(_HOMELESS)
    return VaultPaths(vault_id, cache / vault_id, state / vault_id)


def cache_folder(root: Path) -> Path | None:
    """Return the cache folder of the vault at ``root``; None for a user without a home folder."""
    try:
        return vault_paths(root).cache
    except UsageError:
        return None


def _hash(root: Path) -> str:
    real = root.resolve()
    return hashlib.blake2b(str(real).encode("utf-8", "surrogateescape"), digest_size=10).hexdigest()
