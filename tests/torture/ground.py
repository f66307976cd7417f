"""A small vault to fight over, on a memory file system where there is one."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LONG = bool(os.environ.get("VAULTLINT_LONG"))
OLD = b"---\r\ntags: [a]\r\n---\r\nThe [[old]] text.\r\n"
NEW = b"---\r\ntags: [a]\r\n---\r\nThe [[new]] text, a little longer.\r\n"
NOTE = "Note.md"

_MEMORY = Path("/dev/shm")


@contextmanager
def ground() -> Iterator[Path]:
    """Give a folder for many small vaults, and remove it afterwards."""
    base = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="vaultlint-torture-", dir=base))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def ours(root: Path) -> list[str]:
    """Return the files of the writer that are left in the vault."""
    return sorted(path.name for path in root.rglob(".vaultlint*"))
