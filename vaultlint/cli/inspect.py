"""``vaultlint inspect``: the facts of notes, in Obsidian's shape or as text.

Tests: tests/unit/cli/test_inspect.py, tests/cli/inspect-*.txt
"""

from collections.abc import Iterable, Iterator, Sequence

import click

from vaultlint.cli.failure import CLEAN, FINDINGS, complain
from vaultlint.cli.opening import open_source
from vaultlint.cli.options import vault_option
from vaultlint.cli.output import emit, paint
from vaultlint.cli.place import file_in, locate
from vaultlint.cli.reading import Reader
from vaultlint.errors import SourceError, UsageError
from vaultlint.note.model import NoteId
from vaultlint.report.facts import facts
from vaultlint.view.as_json import dumps
from vaultlint.view.metadata import cached_metadata


@click.command(name="inspect")
@click.argument("notes", nargs=-1, metavar="NOTE...")
@vault_option
@click.option("--all", "all_", is_flag=True, help="Every note of the vault.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "jsonl"]),
    default="text",
    show_default=True,
    help="json: an object for one NOTE, else an array; jsonl: an object a line.",
)
def command(*, notes: tuple[str, ...], vault: str | None, all_: bool, format_: str) -> int:
    """Print what vaultlint sees in notes, in the shape of Obsidian's CachedMetadata.

    Positions are Obsidian's: 0-based lines, columns and offsets in UTF-16 units. Each link also
    carries what it resolves to, and the key "vaultlint" holds what the app's cache lacks.
    """
    if all_ == bool(notes):
        raise UsageError("name at least one note, or all of them with --all (not both)")
    place = locate(notes, vault)
    reader = Reader(open_source(place))
    files = reader.markdown() if all_ else _files(reader, [file_in(place.root, n) for n in notes])
    seen = _Seen(reader, files, skip=all_)
    if format_ == "json":
        parts = _document(map(dumps, seen), array=all_ or len(notes) > 1)
    elif format_ == "jsonl":
        parts = (dumps(each) + "\n" for each in seen)
    else:
        parts = (facts({**each, "path": place.shown(str(each["path"]))}, paint()) for each in seen)
    return CLEAN if emit(parts) and seen.complete else FINDINGS


def _files(reader: Reader, files: Sequence[NoteId]) -> Sequence[NoteId]:
    for file in files:
        if file not in reader.index.files:
            raise UsageError(f"{file or '.'} is not a file of the vault")
    return files


class _Seen:
    """The metadata of ``files``; with ``skip``, those that cannot be read are told and left out."""

    def __init__(self, reader: Reader, files: Sequence[NoteId], *, skip: bool) -> None:
        self._reader = reader
        self._files = files
        self._skip = skip
        self.complete = True

    def __iter__(self) -> Iterator[dict[str, object]]:
        for file in self._files:
            try:
                note = self._reader.note(file)
            except SourceError as error:
                if not self._skip:
                    raise
                complain(str(error))
                self.complete = False
                continue
            yield cached_metadata(note, self._reader.view(note))


def _document(lines: Iterable[str], *, array: bool) -> Iterator[str]:
    if not array:
        yield from (line + "\n" for line in lines)
        return
    separator = "[\n"
    for line in lines:
        yield separator + line
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"
