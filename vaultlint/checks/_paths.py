"""Which files an option or a setting of Obsidian means.

Globs in options are judged when the configuration is read, and compiled once for each set of them.

Tests: tests/unit/terms/test_globs.py, tests/specs/orphan-note.md
"""

from functools import lru_cache
from typing import Self

from vaultlint.check import VaultView
from vaultlint.note.model import NoteId
from vaultlint.terms.globs import Globs
from vaultlint.vault.names import is_user_ignored


class Glob(str):
    """One glob over vault-relative paths. Raises ConfigError for one that cannot be meant."""

    __slots__ = ()

    def __new__(cls, source: str) -> Self:
        """Return ``source`` once it has been seen to compile."""
        Globs((source,))
        return super().__new__(cls, source)


@lru_cache(maxsize=256)
def matcher(globs: tuple[str, ...]) -> Globs:
    """Return the compiled form of ``globs``. Raises ConfigError for one that cannot be meant."""
    return Globs(globs)


def is_left_out(file: NoteId, vault: VaultView) -> bool:
    """Return whether the vault's user wants to see little of ``file``: Obsidian's excluded files."""
    return is_user_ignored(file, vault.setting("userIgnoreFilters"))
