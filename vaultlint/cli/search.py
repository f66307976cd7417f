"""``vaultlint search``: words in the notes of a vault.

Tests: tests/unit/cli/test_search.py, tests/cli/search.txt
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from vaultlint.cli.failure import CLEAN, FINDINGS, complain
from vaultlint.cli.indexing import FULL_TEXT, NOTHING_ASKED, checked_session
from vaultlint.cli.lists import json_list
from vaultlint.cli.options import text_or_json, vault_option
from vaultlint.cli.output import emit, paint
from vaultlint.cli.place import Place, locate
from vaultlint.engine.session import Session
from vaultlint.errors import SourceError, StoreError, UsageError
from vaultlint.note.model import NoteId
from vaultlint.paths import cache_folder
from vaultlint.report.terminal import Paint, safe
from vaultlint.store.fulltext import FullText, Hit, Text, expression
from vaultlint.vault.keys import is_markdown, name_of


@click.command(name="search")
@click.argument("words", nargs=-1, required=True)
@vault_option
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    help="The most notes to show.",
)
@text_or_json
def command(*, words: tuple[str, ...], vault: str | None, limit: int, format_: str) -> int:
    """Find the notes that hold all WORDS, the best first.

    Case and accents do not matter. "Quoted words" stand side by side, word* finds what begins so;
    no other sign has a meaning. The words are indexed at the first search.

    Exit codes: 0 found, 1 not found, 2 wrong usage or configuration.
    """
    wanted = " ".join(words)
    if not expression(wanted):
        raise UsageError(f"{wanted!r} has neither letters nor digits to search for")
    place = locate((), vault)
    session = checked_session(place, NOTHING_ASKED)
    try:
        hits = _hits(place, session, wanted, limit)
    except StoreError as error:  # it is put away by now
        complain(f"the words are indexed anew: {error}")
        hits = _hits(place, session, wanted, limit)
    if format_ == "json":
        emit(
            json_list(
                {"path": hit.file, "snippet": hit.snippet, "marks": hit.marks} for hit in hits
            )
        )
    else:
        style = paint()
        emit(_shown(hit, place, style) for hit in hits)
    return CLEAN if hits else FINDINGS


def _hits(place: Place, session: Session, words: str, most: int) -> list[Hit]:
    with _full_text(place, session) as full_text:
        return full_text.search(words, most=most)


@contextmanager
def _full_text(place: Place, session: Session) -> Iterator[FullText]:
    """Open the full text, brought up to date; one for this run alone where it cannot be kept."""
    folder = cache_folder(place.root)
    if folder is not None:
        try:
            kept = FullText(folder / FULL_TEXT)
        except StoreError as error:
            complain(f"the words are indexed for this run alone: {error}")
        else:
            with kept:
                try:
                    _update(kept, session)
                except StoreError as error:
                    complain(f"the words are indexed for this run alone: {error}")
                else:
                    yield kept
                    return
    with tempfile.TemporaryDirectory() as alone, FullText(Path(alone) / FULL_TEXT) as full_text:
        _update(full_text, session)
        yield full_text


def _update(full_text: FullText, session: Session) -> None:
    def text_of(file: NoteId) -> Text | None:
        try:
            note = session.note(file)
        except SourceError:
            return None
        headings = [heading.text for heading in note.headings]
        start = 0
        if note.frontmatter is not None:
            headings.append(note.frontmatter.yaml.of(note.text))
            start = note.frontmatter.span.end
        return Text(name_of(file)[:-3], "\n".join(headings), note.text[start:])

    digests = {file: digest for file, digest in session.digests.items() if is_markdown(file)}
    full_text.update(digests, text_of)


def _shown(hit: Hit, place: Place, style: Paint) -> str:
    parts = []
    at = 0
    for start, end in hit.marks:
        parts += [safe(hit.snippet[at:start]), style(safe(hit.snippet[start:end]), bold=True)]
        at = end
    parts.append(safe(hit.snippet[at:]))
    return f"{style(safe(place.shown(hit.file)), fg='blue')}\n    {''.join(parts)}\n"
