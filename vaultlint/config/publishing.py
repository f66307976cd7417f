"""What vaultlint.yaml says of the published index: the file of the vault that always holds it.

Invariant: a config names a place in its own vault and no other, and none in which Obsidian or git
keep what they run or obey: what a stranger's vault says must not write over a file of the user.

Tests: tests/unit/config/test_publishing.py
"""

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import NamedTuple

from vaultlint.config.document import Document
from vaultlint.errors import VaultlintError
from vaultlint.note.model import NoteId

ENDINGS = (".json", ".jsonl")


class IndexSettings(NamedTuple):
    """The section ``index``: ``export`` is the file that the index is written to, if any."""

    export: NoteId | None = None


def index_settings(documents: Iterable[Document], errors: list[VaultlintError]) -> IndexSettings:
    """Return what ``documents`` (judged valid) say; the last one wins. Adds to ``errors``."""
    settings = IndexSettings()
    for document in documents:
        path = document.data.get("index", {}).get("export")
        if path is None:
            continue
        if problem := _problem(path):
            errors.append(document.error(f"export: {problem}", "/index/export"))
        else:
            settings = IndexSettings(PurePosixPath(path).as_posix())
    return settings


def _problem(path: str) -> str:
    """Return in a few words why the index may not be written to ``path``; empty when it may."""
    parts = path.split("/")
    if path.startswith("/") or ":" in path or "\\" in path or ".." in parts:
        return "the path is relative to the vault, in it, and has forward slashes"
    if any(part.startswith(".") and part != "." for part in parts) or not path.isprintable():
        return "hidden files and folders are not for the index"
    if not path.endswith(ENDINGS) or PurePosixPath(path).stem == "":
        return f"the name ends in {' or '.join(ENDINGS)}"
    return ""
