"""What an index or a commit holds of the vault, file by file.

Invariant: what is listed is what a commit would hold: an entry that only intends to be added is
none, one that a sparse checkout leaves out of the work tree is one. An index with conflicts is no
state of the vault and is refused.

Source: git-ls-files(1), git-ls-tree(1); --ita-invisible-in-index in git-diff-index(1).

Tests: tests/unit/source/git/test_listing.py
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from vaultlint.errors import UsageError
from vaultlint.note.model import NoteId
from vaultlint.source.git.repository import Repository, path_of

LINK = "120000"
SUBMODULE = "160000"

_EMPTY_BLOBS = frozenset({
    "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
    "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
})  # fmt: skip


class GitFile(NamedTuple):
    """One entry: its mode as git writes it, and the id of its content."""

    mode: str
    blob: str


Listing = Mapping[NoteId, GitFile]


def staged(repository: Repository) -> Listing:
    """Return what the index holds of the vault. Raises UsageError if it holds conflicts."""
    files: dict[NoteId, GitFile] = {}
    for fields, file in _records(repository, "ls-files", "-s", "-z", "--", *_within(repository)):
        mode, blob, stage = fields
        if stage != "0":
            raise UsageError(f"{file} has conflicts: resolve them and stage the result first")
        files[file] = GitFile(mode, blob)
    for file in _only_intended(repository, files):
        del files[file]
    return files


def committed(repository: Repository, commit: str) -> Listing:
    """Return what ``commit`` (an object id) holds of the vault; nothing if it lacks the folder."""
    within = ("--", *_within(repository))
    records = _records(repository, "ls-tree", "-r", "-z", "--full-tree", commit, *within)
    return {file: GitFile(mode, blob) for (mode, _, blob), file in records}


def files_of(listing: Listing) -> frozenset[NoteId]:
    """Return the regular files, hidden ones included."""
    return frozenset(file for file, entry in listing.items() if entry.mode not in (LINK, SUBMODULE))


def empty_tree(repository: Repository) -> str:
    """Return the id of a tree without files, to compare with; git knows it without holding it."""
    return repository.ask("hash-object", "-t", "tree", "--stdin").decode("ascii").strip()


def _records(repository: Repository, *arguments: str) -> Iterator[tuple[list[str], NoteId]]:
    """Yield the fields and the path of each record that git prints."""
    start = len(repository.prefix)
    for record in repository.ask(*arguments).split(b"\0"):
        fields, tab, name = record.partition(b"\t")
        file = path_of(name)[start:]
        # Git makes no such path; a repository that was made by hand may hold one.
        if tab and {"", ".", ".."}.isdisjoint(file.split("/")):
            yield fields.decode("ascii").split(), file


def _within(repository: Repository) -> tuple[str, ...]:
    return (repository.prefix,) if repository.prefix else ()


def _only_intended(repository: Repository, files: Listing) -> set[NoteId]:
    """Return the entries that ``git add --intent-to-add`` made: a commit does not hold them."""
    empty = {file for file, entry in files.items() if entry.blob in _EMPTY_BLOBS}
    if not empty:
        return empty
    return empty - repository.names(
        "diff-index", "--cached", "--ita-invisible-in-index", "--name-only", "-z", "--no-renames",
        "--no-ext-diff", empty_tree(repository), "--", *_within(repository),
    )  # fmt: skip
