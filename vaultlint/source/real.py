"""Paths on disk that lie in a vault, links resolved: nothing else is listed or opened there.

Invariant: a RealPath is made here alone, by resolving all links and comparing with the root, or of a
folder that was so resolved and a name in it. What such a name stands for may still be a link: who
opens it looks first, and does not follow.

Tests: tests/unit/source/test_real.py
"""

import os
from pathlib import Path
from typing import NewType

from vaultlint.note.model import NoteId

RealPath = NewType("RealPath", str)


def real_root(root: Path) -> RealPath:
    """Return where the vault at ``root`` lies."""
    return RealPath(os.path.realpath(root))


def resolved(root: RealPath, path: str) -> tuple[RealPath, NoteId] | None:
    """Return where ``path`` leads and what that is called in the vault at ``root``; None if it leads out."""
    real = os.path.realpath(path)
    file = inside(root, real)
    return None if file is None else (RealPath(real), file)


def below(folder: RealPath, name: str) -> RealPath:
    """Return the path of what is called ``name``, one part of a path, in ``folder``."""
    return RealPath(f"{folder}{os.sep}{name}")


def inside(root: str, real: str) -> NoteId | None:
    """Return the vault-relative path of the real path ``real``, None if it is not under ``root``."""
    if real == root:
        return ""
    lead = root.rstrip(os.sep) + os.sep
    return real[len(lead) :].replace(os.sep, "/") if real.startswith(lead) else None
