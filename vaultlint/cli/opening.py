"""From a place on disk to a session over it.

Tests: tests/unit/cli/test_opening.py, tests/unit/cli/test_check.py
"""

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from vaultlint.cli.failure import complain
from vaultlint.cli.options import Asked, request
from vaultlint.cli.place import Place
from vaultlint.config.request import ConfigRequest
from vaultlint.engine.session import Progress, Session
from vaultlint.note.model import NoteId
from vaultlint.program import program_stamp
from vaultlint.source import Source
from vaultlint.source.beside import beside
from vaultlint.source.folder import FolderSource
from vaultlint.source.overlay import OverlaySource

if TYPE_CHECKING:
    from vaultlint.config.ruleset import Config
    from vaultlint.store.memo import MemoStore


def open_source(
    place: Place, texts: Mapping[NoteId, bytes] | None = None, *, gitignore: bool = False
) -> Source:
    """Return the files of the vault, with ``texts`` standing for some of them.

    With ``gitignore`` without those that its .gitignore files name.
    """
    folder = FolderSource(place.root, gitignore=gitignore)
    return OverlaySource(folder, texts) if texts else folder


def open_config(place: Place, asked: Asked) -> tuple[Source, "Config"]:
    """Return the files of the vault and its configuration. Raises what ``load_config`` raises."""
    from vaultlint.config.load import load_config

    source, wanted = open_source(place), request(place, asked)
    return source, load_config(beside(source, wanted.config), wanted)


def open_session(
    place: Place,
    asked: Asked,
    *,
    texts: Mapping[NoteId, bytes] | None = None,
    gitignore: bool = False,
    source: Source | None = None,
    stored_as: str = "",
    jobs: int | None = None,
    progress: Progress | None = None,
    only_reads: bool = False,
    advising: bool = False,
) -> Session:
    """Return a session that has read nothing yet.

    It reads ``source``, or without one the folder, with ``texts`` and ``gitignore`` as for
    ``open_source``. A session over the folder begins from what an earlier one kept, one over
    another source if ``stored_as`` names it. Unless it ``only_reads``, every note is read again all
    the same, so that no fix is made from the store. ``advising`` is as for ``Session``.
    """
    wanted, store = request(place, asked), None
    if source is None or stored_as:
        store = open_store(wanted, gitignore=gitignore, stored_as=stored_as)
    if source is None:
        source = open_source(place, texts, gitignore=gitignore)
    verify = asked.verify or not only_reads
    return Session(
        source, wanted, jobs=jobs, progress=progress, store=store, verify=verify, advising=advising
    )


def open_store(
    request: ConfigRequest, *, gitignore: bool = False, stored_as: str = ""
) -> "MemoStore | None":
    """Return what is kept of a vault checked by ``request``; None for a user without a cache.

    ``stored_as`` tells other sources from the folder, whose name is empty. The file is closed when
    the command ends, if there is one.
    """
    if request.cache is None:
        return None
    from vaultlint.store.memo import PREFIX, MemoStore

    chosen = (request.config, request.packs, request.select, request.ignore)
    asked = repr((*chosen, gitignore, stored_as))
    name = hashlib.blake2b(asked.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
    store = MemoStore(request.cache / f"{PREFIX}{name}.db", program_stamp())
    command = click.get_current_context(silent=True)
    if command is not None:
        command.call_on_close(store.close)
    return store


def keep(session: Session) -> None:
    """Keep what ``session`` knows for the next one; say so if it could not use its store."""
    session.save()
    if session.trouble:
        complain(f"the cache is not used: {session.trouble}")
