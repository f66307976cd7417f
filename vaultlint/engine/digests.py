"""Digests of files: what decides whether a file is as it was.

Tests: tests/unit/engine/test_session.py
"""

from collections.abc import Iterable, Mapping
from hashlib import blake2b

from vaultlint.errors import SourceError
from vaultlint.note.model import NoteId
from vaultlint.source import Source


def content(source: Source, file: NoteId) -> bytes | None:
    """Return the bytes of ``file``, None when it cannot be read."""
    try:
        return source.read(file)
    except SourceError:
        return None


def digest(data: bytes | None) -> str | None:
    """Return the digest of ``data``, None for none."""
    return None if data is None else blake2b(data, digest_size=16).hexdigest()


def digest_of(source: Source, file: NoteId) -> str | None:
    """Return the digest of the bytes of ``file``, None when it cannot be read."""
    return digest(content(source, file))


def differ(known: Mapping[NoteId, str | None], source: Source, files: Iterable[NoteId]) -> bool:
    """Return whether any of ``files`` is ``known`` by another digest than it has now."""
    return any(file in known and digest_of(source, file) != known[file] for file in files)


def state_of(*parts: object) -> str:
    """Return a name of ``parts``, plain values that have one order."""
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
