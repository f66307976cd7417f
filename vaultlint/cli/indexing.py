"""From a place on disk to its published index, brought up to date.

Invariant: an index that cannot be used (no cache folder, locked, no room) is never a reason to fail:
one is made for this run alone, and one line says so.

Tests: tests/unit/cli/test_index.py
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, TypeVar

from vaultlint.cli.failure import complain
from vaultlint.cli.opening import keep, open_session
from vaultlint.cli.options import Asked
from vaultlint.cli.place import Place
from vaultlint.cli.progress import progress_line
from vaultlint.engine.session import Session
from vaultlint.errors import StoreError, UsageError
from vaultlint.note.model import NoteId
from vaultlint.paths import cache_folder
from vaultlint.program import program_stamp
from vaultlint.store.published import Published
from vaultlint.sync.export_file import write_export
from vaultlint.sync.publish import EXPORT, Changes, Publisher, citations_of
from vaultlint.sync.sources import Conventions, Source, sources

FILE = "index.db"
FULL_TEXT = "fulltext.db"
Answer = TypeVar("Answer")
NOTHING_ASKED = Asked(None, (), (), (), no_cache=False)


class Indexed(NamedTuple):
    """An index that is up to date, the session that it was made from, and what that changed."""

    published: Published
    session: Session
    changes: Changes


def index_file(place: Place, name: str = FILE) -> Path:
    """Return where the index of a vault lies. Raises UsageError for a user without a cache."""
    folder = cache_folder(place.root)
    if folder is None:
        raise UsageError("there is no home folder for the index to be in; set HOME")
    return folder / name


def checked_session(place: Place, asked: Asked) -> Session:
    """Return a session over the whole vault, loaded. Raises what ``Session.apply`` raises."""
    progress = progress_line()
    session = open_session(place, asked, progress=progress, only_reads=True)
    try:
        session.apply()
    finally:
        progress.close()
    keep(session)
    return session


def publisher(session: Session, published: Published, place: Place) -> Publisher:
    """Return what publishes ``session`` into ``published``."""
    return Publisher(session, published, program=program_stamp(), vault=str(place.root))


@contextmanager
def current_index(place: Place, asked: Asked, *, fresh: bool = False) -> Iterator[Indexed]:
    """Open the index of a vault, brought up to date; when ``fresh`` made anew, each note read again.

    Findings and sources in it are those by the configuration ``asked`` for. Raises what
    ``Session.apply`` raises.
    """
    session = checked_session(place, asked._replace(verify=asked.verify or fresh))
    with ExitStack() as stack:
        folder = None if asked.no_cache else cache_folder(place.root)
        published = changes = None
        if folder is not None:
            try:
                published = stack.enter_context(Published(folder / FILE))
                changes = publisher(session, published, place).publish(fresh=fresh)
            except StoreError as error:
                complain(f"the index is made for this run alone: {error}")
        if published is None or changes is None:
            alone = stack.enter_context(tempfile.TemporaryDirectory(prefix="vaultlint-"))
            published = stack.enter_context(Published(Path(alone) / FILE))
            changes = publisher(session, published, place).publish()
        yield Indexed(published, session, changes)


def exported_file(published: Published) -> NoteId | None:
    """Return the file of the vault that is to hold the index, None for none."""
    return published.meta().get(EXPORT) or None


def keep_export(indexed: Indexed, place: Place) -> bool:
    """Write the export that the config asks for; return whether there was anything to write.

    One that cannot be written is told and no reason to fail.
    """
    file = exported_file(indexed.published)
    if file is None:
        return False
    try:
        new = not (place.root / file).exists()
        written = write_export(indexed.published, place.root, file)
        if new:  # now it is a file of the vault itself
            indexed.session.apply()
            publisher(indexed.session, indexed.published, place).publish()
            write_export(indexed.published, place.root, file)
    except StoreError as error:
        complain(str(error))
        return False
    return written


@contextmanager
def index_as_it_is(place: Place) -> Iterator[Published]:
    """Open the index of a vault without a look at the vault. Raises UsageError if there is none."""
    path = index_file(place)
    if not path.is_file():
        raise UsageError("there is no index of this vault yet; 'vaultlint index' makes it")
    try:
        published = Published(path)
    except StoreError as error:
        raise UsageError(f"the index cannot be read: {error}") from None
    with published:
        yield published


@contextmanager
def asked_index(place: Place, asked: Asked, *, stale: bool) -> Iterator[Published]:
    """Open the index of a vault: as it is when ``stale``, else brought up to date.

    Raises UsageError for a configuration ``asked`` of an index as it is.
    """
    if stale:
        if asked != NOTHING_ASKED:
            raise UsageError(
                "--stale takes the index as it is: no other option chooses what is in it"
            )
        with index_as_it_is(place) as published:
            yield published
        return
    with current_index(place, asked) as indexed:
        yield indexed.published


def answered(
    place: Place, asked: Asked, ask: Callable[[Published], Answer], *, stale: bool
) -> Answer:
    """Return what ``ask`` finds in the index; in one made anew, if it turns out to be damaged."""
    try:
        with asked_index(place, asked, stale=stale) as published:
            return ask(published)
    except StoreError as error:
        complain(f"the index is damaged and made anew: {error}")
        set_aside(place)
    with current_index(place, asked) as indexed:
        return ask(indexed.published)


def set_aside(place: Place) -> None:
    """Put away an index that is damaged, so that the next one is made anew."""
    with suppress(StoreError):
        Published(index_file(place)).discard()


def bibliography(place: Place, asked: Asked) -> list[Source]:
    """Return the sources cited in the files of ``place``, read by the configuration ``asked`` for.

    Their keys are those that they have in the whole vault.
    """
    with current_index(place, asked) as indexed:
        cited = citations_of(indexed.published, indexed.session)
        found = sources(cited, Conventions(indexed.session.config))
    return [source for source in found if any(place.covers(cited.file) for cited in source.cited)]
