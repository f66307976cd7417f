"""The contents that git keeps, by object id, from one ``git cat-file`` that is asked again and again.

Invariant: each process has a git of its own; a copy that crossed to another process, by fork or by
pickling, starts anew.

Source: git-cat-file(1), Batch Output.

Tests: tests/unit/source/git/test_blobs.py
"""

import contextlib
import hashlib
import os
import subprocess

from vaultlint.errors import SourceError
from vaultlint.source.folder import MAX_READ_BYTES
from vaultlint.source.git.repository import Repository

_CHUNK = 1 << 20


def blob_id(data: bytes, like: str) -> str:
    """Return the id that git gives to ``data``, by the hash that made the id ``like``."""
    seed = b"blob %d\0" % len(data)
    if len(like) == 40:
        return hashlib.sha1(seed + data, usedforsecurity=False).hexdigest()
    return hashlib.sha256(seed + data).hexdigest()


class Blobs:
    """The blobs of one repository."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._git: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def __reduce__(self) -> "tuple[type[Blobs], tuple[Repository]]":
        return Blobs, (self._repository,)

    def __del__(self) -> None:
        self.close()

    def read(self, blob: str) -> bytes:
        """Return the content of ``blob``.

        Raises SourceError if this clone does not hold it, or it is over MAX_READ_BYTES.
        """
        git = self._running()
        assert git.stdin is not None
        assert git.stdout is not None
        try:
            git.stdin.write(f"{blob}\n".encode())
            git.stdin.flush()
            header = git.stdout.readline().split()
            if len(header) != 3 or header[1] != b"blob":
                raise SourceError("cannot be read: its content is not in this clone")
            size = int(header[2])
            if size > MAX_READ_BYTES:
                self.close()  # quicker than to read what is not wanted
                raise SourceError(f"is not read: it is larger than {MAX_READ_BYTES >> 20} MB")
            data = git.stdout.read(size + 1)
        except OSError as error:
            self.close()
            raise SourceError("cannot be read: git ended") from error
        if len(data) != size + 1:
            self.close()
            raise SourceError("cannot be read: git ended")
        return data[:-1]

    def close(self) -> None:
        """End the process of git, if this process started one."""
        git, self._git = self._git, None
        if git is None or self._owner != os.getpid():
            return
        assert git.stdin is not None
        assert git.stdout is not None
        git.stdout.close()
        with contextlib.suppress(OSError):  # it may have ended
            git.stdin.close()
        git.kill()
        git.wait()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._git is None or self._owner != os.getpid():
            self._owner = os.getpid()
            self._git = subprocess.Popen(  # noqa: S603 -- git, by its absolute path
                self._repository.command(["cat-file", "--batch"]),
                cwd=self._repository.top,
                env=self._repository.environ,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=_CHUNK,
            )
        return self._git
