"""Globs in options: judged when the configuration is read, compiled once for each set of them.

Tests: tests/unit/terms/test_globs.py
"""

from functools import lru_cache
from typing import Self

from vaultlint.terms.globs import Globs


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
