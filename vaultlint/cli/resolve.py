"""``vaultlint resolve``: what a link opens, and the steps that lead there.

Tests: tests/unit/cli/test_resolve.py, tests/cli/resolve-*.txt
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import click

from vaultlint.cli.failure import CLEAN, FINDINGS
from vaultlint.cli.opening import open_source
from vaultlint.cli.options import text_or_json, vault_option
from vaultlint.cli.output import emit, paint
from vaultlint.cli.place import file_in, locate
from vaultlint.cli.reading import Reader
from vaultlint.errors import UsageError
from vaultlint.note.model import Link, NoteId
from vaultlint.note.parse import parse_note
from vaultlint.report.terminal import Paint, safe
from vaultlint.text import Span
from vaultlint.vault.explain import Explanation, explain_resolution
from vaultlint.vault.keys import is_markdown
from vaultlint.vault.view import Anchor
from vaultlint.view.as_json import dumps


class Answer(NamedTuple):
    """What ``link`` in the note ``source`` opens, and the place that its subpath finds there."""

    link: str
    source: NoteId
    found: Explanation
    anchor: Anchor | None
    steps: tuple[str, ...]


@click.command(name="resolve")
@click.argument("link")
@click.option("--from", "source", required=True, metavar="NOTE", help="The note with the link.")
@vault_option
@text_or_json
def command(*, link: str, source: str, vault: str | None, format_: str) -> int:
    """Say what LINK opens in Obsidian when it stands in NOTE, and why.

    LINK is Note#Heading, [[Note#Heading|text]] or [text](path/to/note.md#heading). The exit code
    is 0 when it opens a file, 1 when it opens none.
    """
    place = locate((source,), vault)
    reader = Reader(open_source(place))
    file = file_in(place.root, source)
    if file not in reader.index.files:
        raise UsageError(f"{source} is not a file of the vault")
    answer = _answer(reader, link, file)
    emit([dumps(_json(answer)) + "\n"] if format_ == "json" else _text(answer, paint()))
    return CLEAN if answer.found.resolution.target is not None else FINDINGS


def _answer(reader: Reader, written: str, source: NoteId) -> Answer:
    link = parse_link(written)
    path = link.raw.partition("#")[0] if link.markdown else link.target
    found = explain_resolution(reader.index.names, path, source, markdown=link.markdown)
    target = found.resolution.target
    if target is None or not link.anchor:
        return Answer(written, source, found, None, found.steps)
    reader.read_target(target)
    anchor = reader.view(reader.note(source)).anchor(target, link.anchor)
    return Answer(written, source, found, anchor, (*found.steps, _at(target, link.anchor, anchor)))


def parse_link(written: str) -> Link:
    """Return the link that ``written`` is: bracketed, or the bare text of a wikilink.

    Raises UsageError when it has brackets but is no internal link.
    """
    for text in (written, f"[[{written}]]"):
        links = parse_note("link.md", text.encode("utf-8", "surrogateescape")).links
        if links and links[0].span == Span(0, len(text)):
            return links[0]
    if written.startswith(("[", "![")):
        raise UsageError(f"{written!r} is not an internal link")
    target, mark, anchor = written.partition("#")
    nowhere = Span(0, 0)
    return Link(
        kind="wiki",
        embed=False,
        span=nowhere,
        target=target.strip(),
        target_span=nowhere,
        anchor=anchor.strip() if mark else None,
        anchor_span=nowhere if mark else None,
        alias=None,
        alias_span=None,
        raw=written,
        markdown=False,
    )


def _at(target: NoteId, subpath: str, anchor: Anchor | None) -> str:
    if anchor is not None:
        return f'"#{subpath}" is the {anchor.type} at line {anchor.line + 1}.'
    if is_markdown(target):
        return f'The note has no "#{subpath}": it is opened at its start.'
    return f'"#{subpath}" is left to the program that shows the file.'


def _json(answer: Answer) -> dict[str, Any]:
    resolution, anchor = answer.found.resolution, answer.anchor
    return {
        "link": answer.link,
        "from": answer.source,
        "path": resolution.target,
        "anchor": {"type": anchor.type, "line": anchor.line} if anchor else None,
        "ambiguous": resolution.ambiguous,
        "candidates": list(resolution.candidates),
        "steps": list(answer.steps),
    }


def _text(answer: Answer, style: Paint) -> Iterator[str]:
    resolution = answer.found.resolution
    if resolution.target is None:
        yield style("Nothing in the vault", fg="red", bold=True) + "\n"
    else:
        where = f" line {answer.anchor.line + 1}" if answer.anchor else ""
        tie = f" (or one of {len(resolution.candidates) - 1} more)" if resolution.ambiguous else ""
        yield style(safe(resolution.target), bold=True) + f"{where}{tie}\n"
    for number, step in enumerate(answer.steps, start=1):
        yield f"  {number}. {safe(step)}\n"
