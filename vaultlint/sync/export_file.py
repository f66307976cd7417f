"""The export that a vault's config asks for: one JSON file in the vault that always is the index.

Invariant: readers see the old file or the new one, never a part; a file whose content would be the
same is not touched. Only a file that is an index already is replaced, and nothing outside of the
vault, in a hidden folder or behind a link is written to.

Tests: tests/unit/sync/test_export_file.py
"""

import filecmp
import os
import secrets
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from vaultlint.errors import StoreError
from vaultlint.note.model import NoteId
from vaultlint.store.published import Published
from vaultlint.store.published_form import FORMAT
from vaultlint.sync.export import document, lines

_MARK = f'"format": "{FORMAT}"'
_HEAD = 200


def write_export(published: Published, root: Path, file: NoteId) -> bool:
    """Make ``file`` in the vault at ``root`` the export of ``published``.

    Return whether it was written; it is not when it holds the same already. Raises StoreError when
    it must not or cannot be written.
    """
    path = root / file
    try:
        _check(root, path)
        parts = lines(published) if file.endswith(".jsonl") else document(published)
        return _replace(path, parts)
    except OSError as error:
        raise StoreError(f"is not written: {error.strerror or error}", path=file) from None


def _check(root: Path, path: Path) -> None:
    """Raise StoreError if ``path`` is no place for the export."""
    vault, folder = Path(os.path.realpath(root)), Path(os.path.realpath(path.parent))
    shown = path.relative_to(root).as_posix()
    if not folder.is_relative_to(vault):
        raise StoreError("is not written: its folder leads out of the vault", path=shown)
    if any(part.startswith(".") for part in folder.relative_to(vault).parts):
        raise StoreError("is not written: its folder is hidden", path=shown)
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(path.lstat().st_mode):
            raise StoreError("is not written: it is no regular file", path=shown)
        with path.open(encoding="ascii", errors="replace") as known:
            if _MARK not in known.read(_HEAD):
                message = "is not written: it holds something else than an index of vaultlint"
                raise StoreError(message, path=shown)


def _replace(path: Path, parts: Iterable[str]) -> bool:
    temporary = path.parent / f".{path.name[:100]}.{secrets.token_hex(6)}"
    try:
        with temporary.open("x", encoding="ascii", newline="\n") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        if path.exists() and filecmp.cmp(temporary, path, shallow=False):
            return False
        temporary.replace(path)
        return True
    finally:
        temporary.unlink(missing_ok=True)
