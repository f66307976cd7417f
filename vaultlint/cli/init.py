"""``vaultlint init``: a vaultlint.yaml that fits the vault.

Tests: tests/unit/cli/test_init.py, tests/cli/init.txt
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import click

from vaultlint.cli.baseline import refuse_second
from vaultlint.cli.failure import CLEAN, complain
from vaultlint.cli.init_config import config_text
from vaultlint.cli.init_survey import survey, with_lists
from vaultlint.cli.opening import open_source
from vaultlint.cli.options import vault_option
from vaultlint.cli.output import emit
from vaultlint.cli.place import CONFIG_FILE, locate
from vaultlint.cli.reading import Reader
from vaultlint.cli.report_files import replace_file
from vaultlint.errors import SourceError, UsageError
from vaultlint.note.model import Note, NoteId
from vaultlint.source import Source


@click.command(name="init")
@click.argument("folder", required=False)
@vault_option
@click.option("--stdout", "to_stdout", is_flag=True, help="Print it, write nothing.")
@click.option("--force", is_flag=True, help="Replace a vaultlint.yaml that is there.")
@click.option(
    "--baseline", is_flag=True, help="Park what is found today, so that the first run is green."
)
def command(
    *, folder: str | None, vault: str | None, to_stdout: bool, force: bool, baseline: bool
) -> int:
    """Write a commented vaultlint.yaml that fits the vault.

    It names the link style, the properties in use, likely vocabularies, and the kinds and form of
    citations. No note is changed. With --baseline what breaks these rules today is written to
    vaultlint-baseline.json, and only what is new is reported from then on.
    """
    if baseline and to_stdout:
        raise UsageError("--stdout writes nothing: leave out --baseline")
    place = locate((folder,) if folder else (), vault)
    target = place.root / CONFIG_FILE
    if os.path.lexists(target) and not (force or to_stdout):
        raise UsageError(
            f"{place.shown(CONFIG_FILE)} is there already; --force replaces it, --stdout prints one"
        )
    if baseline and not force:
        refuse_second(place)
    source = open_source(place)
    reader = Reader(source)
    found = with_lists(survey(_notes(reader)), _texts(reader, source))
    text = config_text(found, templates=template_folder(source), parked=baseline)
    if to_stdout:
        emit([text])
        return CLEAN
    _write(target, text, force=force)
    if baseline:
        from vaultlint.cli.init_baseline import park, told

        emit(told(place, found, park(place, source)))
        return CLEAN
    complain(f"wrote {place.shown(CONFIG_FILE)}; now try 'vaultlint check'")
    return CLEAN


def _notes(reader: Reader) -> Iterator[Note]:
    for file in reader.markdown():
        try:
            yield reader.note(file)
        except SourceError:
            continue  # an unreadable note is a finding of `check`, and shows no habit


def _texts(reader: Reader, source: Source) -> Iterator[tuple[NoteId, str]]:
    for file in reader.markdown():
        try:
            yield file, source.read(file).decode("utf-8", "replace")
        except SourceError:
            continue


def template_folder(source: Source) -> str | None:
    """Return the folder that Obsidian's core plugin takes templates from, None without one."""
    try:
        settings = json.loads(source.read(".obsidian/templates.json"))
    except (SourceError, ValueError):
        return None
    folder = settings.get("folder") if isinstance(settings, dict) else None
    return folder.strip("/") or None if isinstance(folder, str) else None


def _write(target: Path, text: str, *, force: bool) -> None:
    """Write the config; unless by ``force``, not over one that somebody else made meanwhile."""
    if force:
        replace_file(target, [text])
        return
    try:
        with target.open("x", encoding="utf-8", newline="\n") as file:  # follows no link
            file.write(text)
    except OSError as error:
        raise UsageError(f"{target} cannot be written: {error.strerror}") from None
