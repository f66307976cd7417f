"""What a file name says: its type, whether links and systems can hold it, who gave it.

Pure functions of names and paths; no index, no settings.

Tests: tests/unit/vault/test_names.py
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from vaultlint.errors import ConfigError
from vaultlint.terms.pattern import Pattern
from vaultlint.vault.keys import name_of

_KINDS = {
    "note": "md",
    "canvas": "canvas",
    "base": "base",
    "image": "avif bmp gif jpeg jpg png svg webp",
    "audio": "flac m4a mp3 oga ogg opus wav 3gp",
    "video": "mkv mov mp4 ogv webm",
    "pdf": "pdf",
}
_KIND_OF = {extension: kind for kind, names in _KINDS.items() for extension in names.split()}

_LINK_BREAKING = re.compile(r"[#^\[\]|:\\\x00-\x1f\x7f]|%%")
_REFUSED_BY_WINDOWS = re.compile(r'[\\/:*"<>|?\x00-\x1f]|[. ]\Z')
_WINDOWS_DEVICE = re.compile(r"(?:CON|PRN|AUX|NUL|COM[1-9]|LPT[1-9])(?:\.|\Z)", re.IGNORECASE)
_REFUSED_BY_ANDROID = re.compile(r'[\\/:*?<>"]')
_UNTITLED = re.compile(r"Untitled(?: [1-9][0-9]*)?(?:\.(?:md|canvas|base))?")

_EXTENSION = r"(?P<extension>\.[^.]+)?"
_COPIES = tuple(
    (tool, re.compile(rf"(?P<base>.+){mark}{_EXTENSION}", re.DOTALL))
    for tool, mark in (
        ("obsidian-sync", r" \(Conflicted copy(?: .*? \d{12})?\)"),
        ("syncthing", r"\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]{7})?"),
        ("dropbox", r" \(.+['’]s conflicted copy \d{4}-\d{2}-\d{2}(?: \(\d+\))?\)"),
        ("dropbox", r" \((?:Case|Unicode Encoding|White Space) Conflict(?: \d+)?\)"),
        ("nextcloud", r" \(conflicted copy (?:.+ )?\d{4}-\d{2}-\d{2} \d{6}\)"),
        ("owncloud", r"_conflict-\d{8}-\d{6}"),
    )
)
_DOUBTFUL_COPIES = tuple(
    (tool, re.compile(rf"(?P<base>.+){mark}{_EXTENSION}", re.DOTALL))
    for tool, mark in (("icloud", r" [2-9]"), ("google-drive", r" \([0-9]{1,2}\)"))
)


def extension_of(path: str) -> str:
    """Return the extension of ``path`` in lower case without its dot, "" for none."""
    stem, dot, extension = name_of(path).rpartition(".")
    return extension.lower() if dot and stem else ""


def file_kind(path: str) -> str | None:
    """Return what Obsidian opens ``path`` as, None for a type it does not open.

    "note", "canvas", "base", "image", "audio", "video" or "pdf". Links to files of other types
    resolve all the same. Source: help vault, Accepted file formats.
    """
    return _KIND_OF.get(extension_of(path))


def is_link_safe(name: str) -> bool:
    """Return whether a link can hold the file name ``name``. Source: help vault, Internal links."""
    return _LINK_BREAKING.search(name) is None


def is_windows_safe(name: str) -> bool:
    """Return whether Windows takes ``name``: no reserved characters or devices, no dot at its end."""
    return not _REFUSED_BY_WINDOWS.search(name) and not _WINDOWS_DEVICE.match(name)


def is_android_safe(name: str) -> bool:
    """Return whether Android's shared storage takes ``name``."""
    return _REFUSED_BY_ANDROID.search(name) is None


def is_untitled(name: str) -> bool:
    """Return whether ``name`` is one that Obsidian (in English) gives to new files."""
    return _UNTITLED.fullmatch(name) is not None


class ConflictCopy(NamedTuple):
    """A copy made by the sync tool ``kind`` of the file once called ``original``.

    Not ``certain``: people give such names too; a hint at most, and only when the original exists
    and the contents are nearly the same.
    """

    kind: str
    original: str
    certain: bool = True


def conflict_copy(name: str, *, doubtful: bool = False) -> ConflictCopy | None:
    """Return what the file name ``name`` is a conflict copy of, None if it is none.

    ``doubtful`` lets in the names of iCloud and Google Drive, which people give as well.
    Source: the documentation of Obsidian Sync, Syncthing, Dropbox, Nextcloud and ownCloud.
    """
    if "onflict" in name:
        for tool, pattern in _COPIES:
            if match := pattern.fullmatch(name):
                return ConflictCopy(tool, match["base"] + (match["extension"] or ""))
    if doubtful:
        for tool, pattern in _DOUBTFUL_COPIES:
            if match := pattern.fullmatch(name):
                return ConflictCopy(tool, match["base"] + (match["extension"] or ""), certain=False)
    return None


def is_user_ignored(path: str, filters: Iterable[str]) -> bool:
    """Return whether Obsidian's "Excluded files" cover ``path``: it still resolves, ranked down.

    A filter in slashes is a regular expression to be found in the path (one that RE2 cannot read
    covers nothing), any other a literal prefix of it.
    """
    for entry in filters:
        if len(entry) > 2 and entry[0] == entry[-1] == "/":
            pattern = _compiled(entry[1:-1])
            if pattern is not None and any(True for _ in pattern.find(path)):
                return True
        elif entry and path.startswith(entry):
            return True
    return False


@lru_cache(maxsize=64)
def _compiled(source: str) -> Pattern | None:
    try:
        return Pattern(source)
    except ConfigError:
        return None
