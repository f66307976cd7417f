"""Where the vault is, and which part of it a command is about.

Invariant: a path on the command line narrows what is reported, never what is known: the vault is
always whole.

Tests: tests/unit/cli/test_place.py
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from vaultlint.errors import UsageError
from vaultlint.note.model import NoteId

CONFIG_FILE = "vaultlint.yaml"
SETTINGS_FOLDER = ".obsidian"


class Place(NamedTuple):
    """A vault at ``root`` (absolute), and the files and folders in it that were asked for.

    ``within`` holds vault-relative POSIX paths; empty means the whole vault.
    """

    root: Path
    within: tuple[NoteId, ...] = ()

    def covers(self, file: NoteId) -> bool:
        """Return whether ``file`` was asked for."""
        if not self.within:
            return True
        return any(file == path or file.startswith(f"{path}/") for path in self.within)

    @property
    def prefix(self) -> str:
        """Return what leads from the current folder to the vault: "" or a path that ends in "/".

        Empty too when the vault does not lie below the current folder.
        """
        here = Path.cwd()
        if self.root == here or not self.root.is_relative_to(here):
            return ""
        return self.root.relative_to(here).as_posix() + "/"


def locate(paths: Iterable[str] = (), vault: str | None = None) -> Place:
    """Return the vault of ``paths`` (of the current folder without any), and what they name in it.

    The vault is ``vault`` if given, else the nearest folder upward that holds ``vaultlint.yaml``
    or ``.obsidian``; a folder with neither above it is itself the vault. That of a file with
    neither above it is the current folder, if the file lies below it, else the file's folder.
    Raises UsageError for a path that does not exist or lies elsewhere, and for several vaults.
    """
    paths = tuple(paths)
    if vault is not None:
        root = _absolute(vault)
        if not root.is_dir():
            raise UsageError(f"--vault {vault}: no such folder")
    elif paths:
        root = _common_root(paths)
    else:
        here = Path.cwd()
        root = marked_root(here) or here
    within = tuple(dict.fromkeys(file_in(root, path) for path in paths))
    return Place(root, () if "" in within else within)


def marked_root(start: Path) -> Path | None:
    """Return the nearest folder from ``start`` upward that is marked as a vault, or None."""
    for folder in (start, *start.parents):
        if (folder / CONFIG_FILE).is_file() or (folder / SETTINGS_FOLDER).is_dir():
            return folder
    return None


def file_in(root: Path, path: str, *, must_exist: bool = True) -> NoteId:
    """Return the vault-relative POSIX path of ``path``, "" for the root itself.

    A path is read from the current folder, then (when it is not there) from the vault's root.
    Raises UsageError when it is in neither, or lies outside of the vault.
    """
    absolute = _absolute(path)
    inside = _absolute(os.path.join(root, path))  # noqa: PTH118 -- keeps ".." for abspath
    here = absolute.is_relative_to(root)
    if not (here and absolute.exists()) and (inside.exists() or not (here or absolute.exists())):
        absolute = inside
    if must_exist and not absolute.exists():
        raise UsageError(f"{path}: no such file or folder")
    for candidate, base in ((absolute, root), (absolute.resolve(), root.resolve())):
        if candidate.is_relative_to(base):
            relative = candidate.relative_to(base).as_posix()
            return "" if relative == "." else relative
    raise UsageError(f"{path} is not in the vault {root}")


def _common_root(paths: tuple[str, ...]) -> Path:
    roots: dict[Path, str] = {}
    here = Path.cwd()
    for path in paths:
        absolute = _absolute(path)
        if absolute.is_dir():
            root = marked_root(absolute) or absolute
        elif absolute.is_relative_to(here) or not absolute.exists():
            root = marked_root(absolute.parent) or here
        else:
            root = marked_root(absolute.parent) or absolute.parent
        roots.setdefault(root, path)
    if len(roots) > 1:
        one, other, *_ = roots.values()
        raise UsageError(
            f"{one} and {other} are in different vaults; take one at a time, or name the vault "
            "with --vault"
        )
    return next(iter(roots))


def _absolute(path: str) -> Path:
    # abspath, not resolve: a vault reached through a symbolic link keeps the name it was given.
    return Path(os.path.abspath(os.path.expanduser(path)))  # noqa: PTH100, PTH111
