"""Who has read which key of the index, so that a changed key leads to exactly those who ask again.

Tests: tests/unit/engine/test_memo.py
"""

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

from vaultlint.vault.keys import Key

Reader = TypeVar("Reader", bound=Hashable)


class Readers(Generic[Reader]):
    """The map from keys to their readers."""

    def __init__(self) -> None:
        self._readers: dict[Key, set[Reader]] = {}

    def register(self, reader: Reader, keys: Iterable[Key]) -> None:
        """Remember that ``reader`` has read ``keys``."""
        for key in keys:
            self._readers.setdefault(key, set()).add(reader)

    def unregister(self, reader: Reader, keys: Iterable[Key]) -> None:
        """Forget that ``reader`` has read ``keys``, all of which it has."""
        for key in keys:
            readers = self._readers[key]
            readers.discard(reader)
            if not readers:
                del self._readers[key]

    def of(self, keys: Iterable[Key]) -> set[Reader]:
        """Return all who have read any of ``keys``."""
        found: set[Reader] = set()
        for key in keys:
            found.update(self._readers.get(key, ()))
        return found
