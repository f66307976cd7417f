"""A session's state as it is kept: a listing of files, in chunks, and a seal over all of it.

Invariant: a seal is a digest of what it seals; what is sealed by a right seal was written by us.

Tests: tests/unit/store/test_memo.py
"""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any, NamedTuple
from zlib import crc32

from vaultlint.note.model import NoteId

KINDS = ("facts", "found", "keys")
"""What is known of a file: what it tells the index; what was found in it; which keys its rules read.

There is one blob of each kind for a chunk: thousands of small ones take several times as long to
read.
"""


class Listed(NamedTuple):
    """A file as it was: ``stamp`` is "" where it says nothing, ``size`` -1 for one not listed."""

    size: int
    stamp: str
    digest: str
    checked: bool


class Chunk(NamedTuple):
    """Some files of the listing, and the seals of the blobs that hold what is known of them."""

    files: dict[NoteId, Listed]
    seals: tuple[bytes, ...]

    def packed(self) -> Any:
        """Return the chunk as plain data."""
        return {file: tuple(listed) for file, listed in self.files.items()}, self.seals


def unpack_chunk(packed: Any) -> Chunk:
    """Return the chunk that was packed."""
    files, seals = packed
    return Chunk(dict(zip(files, map(Listed._make, files.values()), strict=True)), seals)


class Snapshot:
    """A state: ``header`` is plain data of the writer's own, ``chunks`` the listing as written."""

    def __init__(self, header: Any, chunks: list[Chunk], seal: bytes) -> None:
        self.header = header
        self.seal = seal
        self.chunks = chunks
        self.files: dict[NoteId, Listed] = {}
        for chunk in chunks:
            self.files.update(chunk.files)


def place(file: NoteId, count: int) -> int:
    """Return which of ``count`` chunks ``file`` belongs to."""
    return crc32(file.encode("utf-8", "surrogatepass")) % count


def seal(data: bytes) -> bytes:
    """Return the seal of ``data``."""
    return blake2b(data, digest_size=8).digest()


def seal_of(*parts: Any) -> bytes | None:
    """Return one seal over ``parts``; None when one is not bytes, as in a damaged file."""
    if not all(isinstance(part, bytes) for part in parts):
        return None
    return blake2b(b"".join(map(seal, parts)), digest_size=16).digest()


def seal_of_state(stamp: str, header: Any, chunks: Iterable[Any]) -> bytes | None:
    """Return the seal of a state; ``chunks`` are the seals of its chunks, in order."""
    return seal_of(stamp.encode(), header, *chunks)
