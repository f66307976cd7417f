"""Which program this is: a stamp that changes whenever it could come to other results.

Invariant: reads no file and imports nothing heavy; it is asked at every start.

Tests: tests/unit/test_program.py
"""

import os
import sys
import time
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

from vaultlint.resources import data_folder

_INSTALLED = ("site-packages", "dist-packages")


@cache
def program_stamp() -> str:
    """Return what names this code, its data, its libraries and its Python; 32 hex digits.

    An installed program changes when something is installed. Of a checkout every file counts.
    """
    package = Path(__file__).parent
    stamps = [sys.version, str(package)]
    try:
        stamps += _times(path for path in sys.path if os.path.basename(path) in _INSTALLED)  # noqa: PTH119
        if package.parent.name in _INSTALLED:
            stamps += _times([package / "__init__.py"])
        else:
            stamps += _times_below(package)
            for name in ("rules", "schemas"):
                stamps += _times_below(data_folder(name))
    except OSError:
        stamps.append(str(time.time_ns()))  # not to be told: never the same
    return blake2b("\n".join(stamps).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def _times(paths: "Iterator[str] | list[Path]") -> list[str]:
    return [f"{path}:{os.stat(path).st_mtime_ns}" for path in paths]  # noqa: PTH116


def _times_below(folder: Path) -> list[str]:
    found: list[str] = []
    pending = [str(folder)]
    while pending:
        with os.scandir(pending.pop()) as items:
            for item in items:
                if item.is_dir(follow_symlinks=False):
                    if item.name != "__pycache__":
                        pending.append(item.path)
                else:
                    known = item.stat()
                    found.append(f"{item.path}:{known.st_mtime_ns}:{known.st_size}")
    return sorted(found)
