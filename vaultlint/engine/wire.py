"""What processes tell each other: messages of plain data, in batches that neither end has to hold.

Invariant: what is received is what was sent, or WorkerDied. Marshal knows only plain types, which is
why it is several times as fast as pickle; both ends are the same program.

Tests: tests/unit/engine/test_wire.py
"""

import marshal
import select
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO, NamedTuple

from vaultlint.note.model import NoteId

_LENGTH = 8  # bytes of the length before each message
_BATCH = 500  # files in a message


class Said(NamedTuple):
    """What a process says of a file it read: the digest of its bytes ("" for what is not read).

    ``told`` is what the file tells the vault, packed; None when it went away after it was listed.
    """

    file: NoteId
    digest: str
    told: bytes | None


class WorkerDied(Exception):
    """A worker went away before it said what was expected of it."""


class Pipe:
    """Messages over two byte streams: each is plain data, marshaled after its length."""

    def __init__(self, reader: BinaryIO, writer: BinaryIO) -> None:
        self._reader = reader
        self._writer = writer

    def send(self, message: Any) -> None:
        """Send ``message``. Raises WorkerDied when nobody listens any more."""
        data = marshal.dumps(message)
        try:
            self._writer.write(len(data).to_bytes(_LENGTH, "big"))
            self._writer.write(data)
            self._writer.flush()
        except (OSError, ValueError) as error:
            raise WorkerDied from error

    def send_each(self, parts: Iterable[tuple[Any, ...]]) -> None:
        """Send ``parts``, plain but for their own type. Raises WorkerDied as ``send`` does."""
        left = map(tuple, parts)
        while batch := list(islice(left, _BATCH)):
            self.send(batch)
        self.send(None)

    def receive(self) -> Any:
        """Return the next message. Raises WorkerDied when there is none."""
        try:
            length = int.from_bytes(self._exactly(_LENGTH), "big")
            return marshal.loads(self._exactly(length))  # noqa: S302 -- from our own process
        except (OSError, ValueError, EOFError, TypeError) as error:
            raise WorkerDied from error

    def receive_each(self) -> Iterator[Any]:
        """Yield what ``send_each`` sent, as plain tuples. Raises WorkerDied when it breaks off."""
        while (batch := self.receive()) is not None:
            yield from batch

    def waits(self) -> bool:
        """Return whether something was sent that nobody received, or the other end is gone."""
        return bool(select.select([self._reader], [], [], 0)[0])

    def _exactly(self, count: int) -> bytes:
        data = self._reader.read(count)
        if len(data) != count:
            raise EOFError
        return data

    def close(self) -> None:
        """Close both streams."""
        for stream in (self._reader, self._writer):
            try:
                stream.close()
            except OSError:
                continue
