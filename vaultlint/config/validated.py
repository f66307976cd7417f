"""Remembers which documents and schemas were valid, so that a warm start needs no pydantic and no jsonschema.

A mark says "these very bytes were valid for this version of vaultlint"; it holds no config. So a
wrong or hostile mark can at worst let through data that then fails to resolve, which is an error
of its own; and a lost mark costs a tenth of a second.

Tests: tests/unit/config/test_validated.py
"""

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from vaultlint.program import program_stamp

_FILE = "valid-config.json"
_KEPT = 16


class Marks:
    """The marks of one vault; with no ``folder`` nothing is known and nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._known = [] if folder is None else _read(folder)
        self._new: list[str] = []

    def know(self, texts: Iterable[tuple[str, str]]) -> bool:
        """Return whether these (name, text) pairs were marked before; if not, ``save`` marks them."""
        if self._folder is None:
            return False
        digest = _digest(texts)
        if digest in self._known:
            return True
        self._new.append(digest)
        return False

    def save(self) -> None:
        """Keep the new marks: all that they stand for was valid. What prevents it is ignored."""
        if self._folder is None or not self._new:
            return
        marks = [*self._known, *self._new][-_KEPT:]
        new = self._folder / f"{_FILE}.{os.getpid()}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            new.write_text(json.dumps({"valid": marks}), encoding="utf-8")
            new.replace(self._folder / _FILE)
        except OSError:
            with suppress(OSError):
                new.unlink(missing_ok=True)


def _read(folder: Path) -> list[str]:
    try:
        data = json.loads((folder / _FILE).read_bytes())
    except (OSError, ValueError, RecursionError):
        return []
    marks = data.get("valid") if isinstance(data, dict) else None
    return [mark for mark in marks if isinstance(mark, str)] if isinstance(marks, list) else []


def _digest(texts: Iterable[tuple[str, str]]) -> str:
    digest = hashlib.blake2b(program_stamp().encode(), digest_size=16)
    for pair in texts:
        for part in pair:
            data = part.encode("utf-8", "surrogatepass")
            digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()
