"""An index or a commit as the files of a vault.

Invariant: what is read has exactly the bytes of the blob that was listed. A file of the work tree
whose bytes have that id may serve them: the id is the proof.

Tests: tests/unit/source/git/test_source.py
"""

import contextlib
from collections.abc import Mapping

from vaultlint.errors import SourceError
from vaultlint.note.model import NoteId
from vaultlint.source import Entry, SourceProblem, is_hidden
from vaultlint.source.folder import FolderSource
from vaultlint.source.git.blobs import Blobs, blob_id
from vaultlint.source.git.links import Links
from vaultlint.source.git.listing import LINK, SUBMODULE, Listing, files_of
from vaultlint.source.git.repository import Repository

_LONGEST_PATH = 4096


class GitSource:
    """The files of ``listing``; ``submodules`` are folders of which it holds nothing.

    Stamps are blob ids, so equal entries of two sources of one repository have equal bytes. Sizes
    are 0: git would have to look up each.
    """

    def __init__(self, repository: Repository, listing: Listing, folder: FolderSource) -> None:
        """Prepare to read ``listing``; ``folder`` is the vault in the work tree."""
        self._folder = folder
        self._blobs = Blobs(repository)
        self._files = {file: listing[file].blob for file in files_of(listing)}
        self.submodules = tuple(file for file, entry in listing.items() if entry.mode == SUBMODULE)
        links = {file: entry.blob for file, entry in listing.items() if entry.mode == LINK}
        texts = {file: _target(self._blobs.read(blob)) for file, blob in links.items()}
        self._links = Links(repository.prefix, texts, self._files, self.submodules)
        added = self._links.added()
        stamps = {file: blob for file, blob in self._files.items() if not is_hidden(file)}
        stamps |= {file: self._files[real] for file, real in added.files.items()}
        self._entries = {file: Entry(file, 0, stamps[file]) for file in sorted(stamps)}
        self._problems = tuple(sorted(added.problems))

    def list(self) -> Mapping[NoteId, Entry]:
        """Return every file that is in the vault, in the order of ids."""
        return self._entries

    def problems(self) -> tuple[SourceProblem, ...]:
        """Return the links that lead nowhere or out of the vault, in the order of ids."""
        return self._problems

    def read(self, file: NoteId) -> bytes:
        """Return the bytes of ``file``, listed or hidden.

        Raises SourceError if it is not there, leads out of the vault, or git cannot give it.
        """
        try:
            real = self._links.real(file)
        except RecursionError:
            raise SourceError("is a link that leads back to itself", path=file) from None
        if real is None or (is_hidden(real) and not is_hidden(file)):
            raise SourceError("is a link that leads out of the vault", path=file)
        blob = self._files.get(real)
        if blob is None:
            raise SourceError("no such file", path=file) from FileNotFoundError(file)
        with contextlib.suppress(SourceError):
            data = self._folder.read(real)
            if blob_id(data, blob) == blob:
                return data
        try:
            return self._blobs.read(blob)
        except SourceError as error:
            raise SourceError(error.message, path=file) from error

    def close(self) -> None:
        """End the process that reads from git; reading again starts another."""
        self._blobs.close()


def _target(text: bytes) -> str:
    """Return where a link leads; a text longer than any path leads out."""
    return text.decode("utf-8", "surrogateescape") if len(text) <= _LONGEST_PATH else "/"
