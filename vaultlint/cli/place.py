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
from vaultlint.report.terminal import shown_path

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
        for path in self.within:  # a loop: this is asked of every file of the vault
            if file.startswith(path) and file[len(path) : len(path) + 1] in {"", "/"}:
                return True
        return not self.within

    @property
    def prefix(self) -> str:
        """Return what leads from the current folder to the vault: "" or a path that ends in "/".

        It is relative for a vault below the current folder. Empty inside of the vault: see
        ``here``.
        """
        here = Path.cwd()
        if here.is_relative_to(self.root):
            return ""
        below = self.root.is_relative_to(here)
        path = self.root.relative_to(here) if below else self.root
        return path.as_posix().rstrip("/") + "/"

    @property
    def here(self) -> NoteId:
        """Return the folder of the vault that is the current one, "" for its root or elsewhere."""
        here = Path.cwd()
        inside = here != self.root and here.is_relative_to(self.root)
        return here.relative_to(self.root).as_posix() if inside else ""

    def shown(self, file: NoteId) -> str:
        """Return the path of ``file`` as it can be opened from the current folder."""
        return shown_path(file, self.prefix, self.here)


def locate(paths: Iterable[str] = (), vault: str | None = None) -> Place:
    """Return the vault of ``paths`` (of the current folder without any), and what they name in it.

    The vault is ``vault`` if given, else the nearest folder upward that holds ``vaultlint.yaml``
    or ``.obsidian``; a folder with neither above it is itself the vault. That of a file with
    neither above it is the current folder, if the file lies below it, else the file's folder; a
    home folder or the root of the file system is not taken for a vault because of a file.
    Raises UsageError for a path that does not exist or lies elsewhere, and for several vaults.
    """
    paths = tuple(paths)
    if "" in paths or vault == "":
        raise UsageError("a path is empty; '.' is the current folder")
    if vault is not None:
        root = _absolute(vault)
        if not _is_folder(root):
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
        # Not Path.is_file, which raises where a folder may not be entered.
        if os.path.isfile(folder / CONFIG_FILE) or _is_folder(folder / SETTINGS_FOLDER):  # noqa: PTH113
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
    if not (here and _exists(absolute)) and (_exists(inside) or not (here or _exists(absolute))):
        absolute = inside
    if must_exist and not _exists(absolute):
        raise UsageError(f"{path}: no such file or folder")
    for candidate, base in ((absolute, root), (_real(absolute), _real(root))):
        if candidate.is_relative_to(base):
            relative = candidate.relative_to(base).as_posix()
            return "" if relative == "." else relative
    raise UsageError(f"{path} is not in the vault {root}")


def _common_root(paths: tuple[str, ...]) -> Path:
    roots: dict[Path, str] = {}
    for path in paths:
        roots.setdefault(_root_of(_absolute(path)), path)
    if len(roots) == 1:
        return next(iter(roots))
    for path in paths:
        if not _exists(_absolute(path)):
            raise UsageError(f"{path}: no such file or folder")
    widest = min(roots, key=lambda root: len(root.parts))
    if all(root.is_relative_to(widest) and marked_root(root) is None for root in roots):
        return widest  # a plain folder, and folders in it
    one, other, *_ = roots.values()
    raise UsageError(
        f"{one} and {other} are in different vaults; take one at a time, or name the vault "
        "with --vault"
    )


def _root_of(path: Path) -> Path:
    """Return the vault of one path, which need not exist."""
    if _is_folder(path):
        return marked_root(path) or path
    marked = marked_root(path.parent)
    if marked is not None:
        return marked
    here = Path.cwd()
    everything = (Path(here.anchor), _absolute("~"))
    below = path.is_relative_to(here) and here not in everything
    return here if below or not _exists(path) else path.parent


def _absolute(path: str) -> Path:
    # abspath, not resolve: a vault reached through a symbolic link keeps the name it was given.
    return Path(os.path.abspath(os.path.expanduser(path)))  # noqa: PTH100, PTH111


def _exists(path: Path) -> bool:
    """Return whether something is there, be it a link that leads nowhere; never raises."""
    return os.path.lexists(path)


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 -- never raises, as Path.is_dir does


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))  # never raises, as Path.resolve does for links in circles
