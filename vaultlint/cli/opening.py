"""From a place on disk to a session over it.

Tests: tests/unit/cli/test_check.py
"""

from collections.abc import Mapping

from vaultlint.cli.options import Asked, request
from vaultlint.cli.place import Place
from vaultlint.engine.session import Progress, Session
from vaultlint.note.model import NoteId
from vaultlint.source import Source
from vaultlint.source.folder import FolderSource
from vaultlint.source.overlay import OverlaySource


def open_source(
    place: Place, texts: Mapping[NoteId, bytes] | None = None, *, gitignore: bool = False
) -> Source:
    """Return the files of the vault, with ``texts`` standing for some of them.

    With ``gitignore`` without those that its .gitignore files name.
    """
    folder = FolderSource(place.root, gitignore=gitignore)
    return OverlaySource(folder, texts) if texts else folder


def open_session(
    place: Place,
    asked: Asked,
    *,
    texts: Mapping[NoteId, bytes] | None = None,
    gitignore: bool = False,
    source: Source | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Session:
    """Return a session that has read nothing yet.

    It reads ``source``, or without one the folder, with ``texts`` and ``gitignore`` as for
    ``open_source``.
    """
    if source is None:
        source = open_source(place, texts, gitignore=gitignore)
    return Session(source, request(place, asked), jobs=jobs, progress=progress)
