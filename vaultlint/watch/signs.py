"""Signs of other programs at work on a vault: sync services, git, formatters.

Invariant: only names are looked at, and whether they are there; a sign that is missed costs a
conflict copy at worst, so doubtful ones count.

Tests: tests/unit/watch/test_signs.py
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

_IN_VAULT = (
    (".stfolder", "Syncthing"),
    (".obsidian/sync", "Obsidian Sync"),
    (".obsidian/sync.json", "Obsidian Sync"),
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".sync", "Resilio Sync"),
    (".SynologyWorkingDirectory", "Synology Drive"),
    (".owncloudsync.log", "ownCloud"),
    (".nextcloudsync.log", "Nextcloud"),
    (".obsidian/plugins/remotely-save/manifest.json", "Remotely Save"),
    (".obsidian/plugins/obsidian-livesync/manifest.json", "Self-hosted LiveSync"),
)
_IN_PATH = (
    ("Dropbox", "Dropbox"),
    ("OneDrive", "OneDrive"),
    ("Google Drive", "Google Drive"),
    ("GoogleDrive", "Google Drive"),
    ("My Drive", "Google Drive"),
    ("iCloud~md~obsidian", "iCloud"),
    ("com~apple~CloudDocs", "iCloud"),
    ("CloudStorage", "a cloud service"),
    ("Nextcloud", "Nextcloud"),
    ("pCloudDrive", "pCloud"),
)
_MARKED_ABOVE = ((".stfolder", "Syncthing"), (".dropbox", "Dropbox"), (".sync", "Resilio Sync"))
_FORMATTERS = (".prettierrc", ".prettierrc.json", ".prettierrc.yaml", ".remarkrc", ".rumdl.toml")
GIT_LOCK = ".git/index.lock"
LATELY = 15.0
"""Seconds after something was seen of git in which what changes may still be its doing."""
_GIT_AT_WORK = (
    "index.lock",
    "rebase-merge",
    "rebase-apply",
    "MERGE_HEAD",
    "CHERRY_PICK_HEAD",
    "REVERT_HEAD",
    "BISECT_LOG",
)


def sync_services(root: Path) -> tuple[str, ...]:
    """Return the sync services that seem to carry the vault to other machines."""
    return tuple(dict.fromkeys(_sync_services(root)))


def _sync_services(root: Path) -> Iterator[str]:
    for name, service in _IN_VAULT:
        if _there(root / name):
            yield service
    for folder in root.parents:
        for name, service in _MARKED_ABOVE:
            if _there(folder / name) and folder != Path.home():
                yield service
    for part in Path(os.path.realpath(root)).parts:
        for start, service in _IN_PATH:
            if part.startswith(start):
                yield service


def likely_rivals(root: Path) -> str:
    """Return, as a list in words, who may undo fixes in this vault; "" without any sign."""
    found: list[str] = []
    settings = root / ".obsidian/plugins/obsidian-linter/data.json"
    try:
        linter = json.loads(settings.read_bytes())
        if isinstance(linter, dict) and (
            linter.get("lintOnSave") or linter.get("lintOnFileChange")
        ):
            found.append("the plugin Linter, which lints on save")
    except (OSError, ValueError, RecursionError):
        pass
    found += [f"a formatter ({name})" for name in _FORMATTERS if _there(root / name)][:1]
    found += sync_services(root)
    return ", ".join(found)


class Git:
    """The repository that holds the vault, if there is one; ``look`` keeps it current."""

    def __init__(self, root: Path) -> None:
        self._folder = _git_folder(root)
        self._head = b""
        self._log = 0  # how long git's log of HEAD was
        self._news()
        self.seen_at = float("-inf")
        """When git was last seen at work, or to have moved HEAD (seconds, as told to ``look``)."""
        self.moved_at = float("-inf")
        """When it was last seen to have taken other notes out of its store; a commit does not."""

    def at_work(self) -> bool:
        """Return whether git is in the middle of something."""
        return self._folder is not None and any(
            _there(self._folder / name) for name in _GIT_AT_WORK
        )

    def look(self, now: float) -> None:
        """Take in what git has done since the last look; to be called often, or it seems recent."""
        news = self._news()
        if news or self.at_work():
            self.seen_at = now
        if news == "moved":
            self.moved_at = now

    def _news(self) -> str:
        """Return "moved" if other notes were taken out of the store, "commit" if HEAD moved only."""
        if self._folder is None:
            return ""
        log, head = self._folder / "logs/HEAD", self._folder / "HEAD"
        old_head, self._head = self._head, _read(head, 0)
        try:
            size = log.stat().st_size
        except OSError:
            return "moved" if self._head != old_head else ""
        start, self._log = self._log, size
        if size == start:
            return ""
        news = _read(log, start) if size > start else b"\n"
        return "moved" if any(b"\tcommit" not in line for line in news.splitlines()) else "commit"


def git_would_take(root: Path, name: str) -> bool:
    """Return whether ``root`` is in a repository of git that ignores nothing that begins so.

    Only the files that usually say so are looked at, and only for the name itself.
    """
    folder = _git_folder(root)
    if folder is None:
        return False
    files = (root / ".gitignore", folder.parent / ".gitignore", folder / "info/exclude")
    return not any(name.encode() in _read(file, 0) for file in files)


def _git_folder(root: Path) -> Path | None:
    """Return the folder of git's own files for the working tree that holds ``root``."""
    for folder in (root, *root.parents):
        marker = folder / ".git"
        try:
            if marker.is_dir():
                return marker
            if marker.is_file():
                named = marker.read_bytes()[:4096].decode("utf-8", "replace")
                return folder / named.removeprefix("gitdir:").strip()
        except OSError:
            return None
    return None


def _there(path: Path) -> bool:
    return os.path.lexists(path)


def _read(path: Path, start: int) -> bytes:
    try:
        with path.open("rb") as content:
            content.seek(start)
            return content.read(1 << 20)
    except OSError:
        return b""
