"""``vaultlint recovered``: texts that lost their place on a note, and are kept.

Tests: tests/unit/cli/test_recovered.py
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import click

from vaultlint.cli.failure import CLEAN
from vaultlint.cli.options import vault_option
from vaultlint.cli.output import emit, paint
from vaultlint.cli.place import locate
from vaultlint.cli.undo import when
from vaultlint.errors import BusyError, UsageError
from vaultlint.fixing.history import Kept
from vaultlint.fixing.write import Writer
from vaultlint.paths import vault_paths
from vaultlint.report.terminal import safe


@click.command(name="recovered")
@click.argument("copy", required=False)
@vault_option
@click.option("--to", metavar="FILE", help="Write COPY to this new file.")
def command(*, copy: str | None, vault: str | None, to: str | None) -> int:
    """List the texts that were kept aside, or write one of them (COPY) to a file.

    A text is kept when two programs saved a note at the very moment when it was fixed: the newest
    save keeps the note, the other is listed here. Leftovers of a crash are put right first.
    """
    place = locate((), vault)
    writer = Writer(place.root, vault_paths(place.root).state, grace=0)
    history = writer.history()
    if history.open or history.probes:
        with suppress(BusyError), writer.run("recovered"):  # who writes now, settles them
            pass
        history = writer.history()
    if copy is None:
        emit(_listed(history.kept))
        return CLEAN
    found = [kept for kept in history.kept if kept.digest.startswith(copy)]
    if len({kept.digest for kept in found}) != 1:
        raise UsageError(f"there is no single copy {copy!r}; 'vaultlint recovered' lists them")
    data = writer.journal.get(found[0].digest)
    if to is None:
        text = data.decode("utf-8", "backslashreplace")
        emit(safe(line) + "\n" for line in text.split("\n"))
        return CLEAN
    _write_new(Path(os.path.expanduser(to)), data)  # noqa: PTH111 -- an unknown user stays as typed
    emit([f"Wrote {safe(to)}.\n"])
    return CLEAN


def _listed(kept: tuple[Kept, ...]) -> Iterator[str]:
    style = paint()
    if not kept:
        yield "No text was kept aside.\n"
        return
    for each in kept:
        name = style(each.digest[:12], bold=True)
        yield f"{name}  {when(each.time)}  {safe(each.file)}: {safe(each.reason)}\n"
    yield "'vaultlint recovered COPY --to FILE' writes one of them to a file.\n"


def _write_new(path: Path, data: bytes) -> None:
    try:
        with path.open("xb") as file:
            file.write(data)
    except OSError as error:
        raise UsageError(f"{path} cannot be made: {error.strerror}") from None
