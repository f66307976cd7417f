"""Which files are staged, and which of them only in part; what git ignores.

Inside of the program ``pre-commit`` a note that is staged in part looks as if it was staged whole:
what is not staged has been put away in a patch, and comes back when the hooks are done. The patch
is found by the number of that process, our parent.

Tests: tests/unit/source/git/test_changes.py, tests/test_pre_commit.py
"""

import os
from pathlib import Path

from vaultlint.note.model import NoteId
from vaultlint.source.git.repository import GitFailed, Repository


def staged_files(repository: Repository, base: str) -> frozenset[NoteId]:
    """Return the files whose staged content differs from ``base``, those it deletes included."""
    return repository.names(
        "diff-index", "--cached", "--name-only", "-z", "--no-renames", "--no-ext-diff", base, "--"
    )


def partly_staged(repository: Repository) -> frozenset[NoteId]:
    """Return the files whose content in the work tree differs from what is staged."""
    unstaged = repository.unfiltered().names(
        "diff-files", "--name-only", "-z", "--no-ext-diff", "--ignore-submodules"
    )
    return unstaged.union(*(_patched(repository, patch) for patch in _put_away()))


def ignored_files(repository: Repository) -> frozenset[NoteId]:
    """Return the files that git does not track because it was told to ignore them."""
    within = ("--", repository.prefix) if repository.prefix else ()
    return repository.names(
        "ls-files", "--others", "--ignored", "--exclude-standard", "-z", *within
    )


def _put_away() -> list[Path]:
    """Return the patches in which our parent keeps what is not staged.

    Source: pre_commit/staged_files_only.py and pre_commit/store.py, since version 2.14.
    """
    if os.environ.get("PRE_COMMIT") != "1":
        return []
    home = os.environ.get("PRE_COMMIT_HOME")
    if not home:
        cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111
        home = os.path.join(cache, "pre-commit")  # noqa: PTH118
    return sorted(Path(home).glob(f"patch*-{os.getppid()}"))


def _patched(repository: Repository, patch: Path) -> frozenset[NoteId]:
    try:
        counts = repository.ask("apply", "--numstat", "-z", str(patch.absolute()))
    except GitFailed:
        return frozenset()
    files = (record.rpartition(b"\t")[2] for record in counts.split(b"\0"))
    return repository.within(files)
