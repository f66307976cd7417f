"""How config reads files of the vault: by checked paths, remembering what it asked for.

Invariant: a path that a config names never leaves the vault: it is relative, has no ``..``, and
is read through the Source, which follows no link out of the vault.

Tests: tests/unit/config/test_reading.py
"""

import re

from vaultlint.config.request import BASELINE_FILE
from vaultlint.errors import ConfigError, SourceError
from vaultlint.note.model import NoteId
from vaultlint.source import Source
from vaultlint.terms import nearest
from vaultlint.vault.settings import SETTINGS_FILES


class Reading:
    """The files that one config is made from; ``inputs`` are those asked for, found or not."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._contents: dict[NoteId, bytes | None] = {}
        self._problems: dict[NoteId, str] = {}

    @property
    def inputs(self) -> frozenset[NoteId]:
        """Return every file asked for, and what belongs to any config: settings and baseline."""
        return frozenset((*self._contents, *SETTINGS_FILES, BASELINE_FILE))

    def contents(self) -> list[tuple[NoteId, bytes]]:
        """Return the files that were found, sorted."""
        found = ((file, data) for file, data in self._contents.items() if data is not None)
        return sorted(found)

    def read(self, file: NoteId) -> bytes | None:
        """Return the bytes of ``file``, or None when it cannot be read."""
        if file not in self._contents:
            try:
                self._contents[file] = self._source.read(file)
            except SourceError as error:
                self._contents[file] = None
                if not error.gone:
                    self._problems[file] = error.message
        return self._contents[file]

    def problem(self, file: NoteId) -> str | None:
        """Return why ``file``, which is there, could not be read; None if it is not there."""
        return self._problems.get(file)

    def missing(self, what: str, file: NoteId) -> str:
        """Return the message for a ``file`` that cannot be read, with the nearest one that is there."""
        if file in self._problems:
            return f"the {what} {file!r} {self._problems[file]}"
        try:
            names = list(self._source.list())
        except SourceError:
            names = []
        near = nearest(file, names) or _same_name(file, names)
        hint = f"; did you mean {near!r}?" if near else ""
        return f"the {what} {file!r} is not in the vault{hint}"


def vault_path(written: str) -> NoteId:
    """Return ``written`` as a path of the vault. Raises ConfigError where it leaves the vault."""
    if not written.strip():
        raise ConfigError("the path is empty")
    if "\0" in written:
        raise ConfigError("the path holds a NUL character")
    if "\\" in written:
        raise ConfigError(f"the path {written!r} has a backslash; folders are separated by /")
    if written.startswith("/") or re.match(r"[A-Za-z]:|[a-z][a-z0-9+.-]*://", written):
        raise ConfigError(f"the path {written!r} must be relative to the vault's root")
    parts = [part for part in written.split("/") if part not in ("", ".")]
    if ".." in parts or not parts:
        raise ConfigError(f"the path {written!r} leaves the vault")
    return "/".join(parts)


def _same_name(file: NoteId, names: list[NoteId]) -> NoteId | None:
    base = file.rpartition("/")[2].casefold()
    return next((name for name in names if name.rpartition("/")[2].casefold() == base), None)
