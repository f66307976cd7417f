"""Where the repository of a vault begins: reports for code hosts name files from there.

Invariant: a look at names alone; git is not asked and nothing is opened.

Tests: tests/unit/cli/test_repository.py
"""

import os
from pathlib import Path


def repository_of(vault: Path) -> Path:
    """Return the nearest folder from ``vault`` upward that holds ``.git``.

    Without one: the current folder if the vault lies below it, as in an unpacked archive, else the
    vault itself.
    """
    for folder in (vault, *vault.parents):
        if os.path.lexists(folder / ".git"):  # a folder; a file in work trees and submodules
            return folder
    here = Path.cwd()
    return here if vault.is_relative_to(here) else vault


def prefix_of(vault: Path, repository: Path) -> str:
    """Return what leads from ``repository`` to ``vault``: "" or a path that ends in "/"."""
    relative = vault.relative_to(repository).as_posix()
    return "" if relative == "." else f"{relative}/"
