"""``vaultlint terms``: how the vocabularies of a vault are used.

Tests: tests/unit/cli/test_terms.py, tests/cli/terms.txt
"""

from collections.abc import Iterator, Sequence
from typing import Any

import click

from vaultlint.cli.failure import CLEAN, FINDINGS
from vaultlint.cli.indexing import checked_session
from vaultlint.cli.lists import json_list
from vaultlint.cli.options import Asked, config_options, text_or_json
from vaultlint.cli.output import emit, paint
from vaultlint.cli.place import locate
from vaultlint.errors import UsageError
from vaultlint.report.terminal import Paint, safe
from vaultlint.terms.nearest import nearest
from vaultlint.view.term_use import TermUse, Used, term_use


@click.command(name="terms")
@click.argument("vocabularies", nargs=-1, metavar="[VOCABULARY...]")
@config_options
@click.option("--all", "all_", is_flag=True, help="List every term that is used, too.")
@text_or_json
def command(
    *, vocabularies: tuple[str, ...], vault: str | None, all_: bool, format_: str, **asked: Any
) -> int:
    """Show how the vault's vocabularies are used: what is used but not listed, and the reverse.

    Counts are of notes. A vocabulary is shown when some rule binds a property to it.

    Exit codes: 0 every term in use is listed, 1 some are not or are deprecated, 2 wrong usage or
    configuration.
    """
    place = locate((), vault)
    session = checked_session(place, Asked(**asked))
    config = session.config
    known = sorted(config.vocabularies)
    for name in vocabularies:
        if name not in config.vocabularies:
            near = nearest(name, known)
            hint = f"; did you mean {near!r}?" if near else ""
            raise UsageError(f"there is no vocabulary {name!r}{hint}")
    uses = [
        use
        for use in term_use(session.index, config.vocabularies, config.bindings)
        if not vocabularies or use.vocabulary in vocabularies
    ]
    if format_ == "json":
        emit(json_list(map(_record, uses)))
    elif uses:
        emit(_text(uses, paint(), all_=all_))
    else:
        emit(["No property is bound to a vocabulary here.\n"])
    return FINDINGS if any(use.unlisted or use.deprecated for use in uses) else CLEAN


def _record(use: TermUse) -> dict[str, Any]:
    return {
        "vocabulary": use.vocabulary,
        "properties": use.properties,
        "listed": use.listed,
        "used": list(map(_used, use.used)),
        "unlisted": [{**_used(each), "suggestion": each.suggestion} for each in use.unlisted],
        "deprecated": list(map(_used, use.deprecated)),
        "unused": use.unused,
    }


def _used(used: Used) -> dict[str, Any]:
    return {"term": used.term, "notes": used.notes}


def _text(uses: Sequence[TermUse], style: Paint, *, all_: bool) -> Iterator[str]:
    for number, use in enumerate(uses):
        bound = safe(", ".join(use.properties))
        used = len(use.used)
        yield "\n" * bool(number) + f"{style(safe(use.vocabulary), bold=True)}  ({bound})\n"
        yield f"  {use.listed:,} listed, {use.listed - len(use.unused):,} of them in use"
        yield f", {len(use.unlisted):,} used but not listed\n"
        if all_ and used:
            yield from _group("in use", use.used)
        yield from _group("used but not listed", use.unlisted)
        yield from _group("deprecated, in use", use.deprecated)
        if use.unused:
            yield f"  listed but not used: {len(use.unused):,}\n"
            yield from (f"              {safe(term)}\n" for term in use.unused)


def _group(title: str, terms: Sequence[Used]) -> Iterator[str]:
    if terms:
        yield f"  {title}: {len(terms):,}\n"
    for used in terms:
        hint = f"  (probably {safe(used.suggestion)})" if used.suggestion else ""
        yield f"    {used.notes:>8,}  {safe(used.term)}{hint}\n"
