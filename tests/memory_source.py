"""A vault in memory, for tests: the same Source protocol, no files."""

import hashlib
from collections.abc import Mapping

from vaultlint.errors import SourceError
from vaultlint.source import Entry, SourceProblem


class MemorySource:
    """Files by path. Hidden ones can be read but are not listed, as in a folder."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = dict(files)

    def list(self) -> Mapping[str, Entry]:
        return {
            path: Entry(path, len(data), hashlib.blake2b(data, digest_size=8).hexdigest())
            for path, data in sorted(self.files.items())
            if not any(part.startswith(".") for part in path.split("/"))
        }

    def problems(self) -> tuple[SourceProblem, ...]:
        return ()

    def read(self, file: str) -> bytes:
        try:
            return self.files[file]
        except KeyError:
            raise SourceError("no such file", path=file) from FileNotFoundError(file)
