"""``vaultlint config``: the resolved configuration, and which layer decided about a rule.

Tests: tests/unit/cli/test_config.py
"""

from collections.abc import Iterator
from typing import Any

import click

from vaultlint.cli.failure import CLEAN
from vaultlint.cli.opening import open_config
from vaultlint.cli.options import Asked, config_options
from vaultlint.cli.output import emit, paint
from vaultlint.cli.place import Place, file_in, locate
from vaultlint.cli.rules import RuleState, rule_states
from vaultlint.config.ruleset import Config, Layer
from vaultlint.errors import UsageError
from vaultlint.note.model import NoteId
from vaultlint.report.terminal import Paint, safe
from vaultlint.terms.nearest import nearest


@click.command(name="config")
@config_options
@click.option(
    "--why",
    nargs=2,
    metavar="RULE NOTE",
    help="Say what each layer decided about RULE for NOTE.",
)
def command(*, vault: str | None, why: tuple[str, str] | None, **asked: Any) -> int:
    """Print the resolved configuration, or with --why what decided about one rule."""
    place = locate((), vault)
    source, config = open_config(place, Asked(**asked))
    if why is not None:
        rule, note = why
        file = file_in(place.root, note, must_exist=False)
        emit(_why(config, rule, file, paint()))
    else:
        emit(_resolved(config, place, list(rule_states(config, source.list())), paint()))
    return CLEAN


def _why(config: Config, rule: str, file: NoteId, style: Paint) -> Iterator[str]:
    if rule not in config.rule_ids():
        near = nearest(rule, config.rule_ids())
        raise UsageError(f"unknown rule {rule!r}" + (f"; did you mean {near!r}?" if near else ""))
    layers = config.why(rule, file)
    on = next((each for each in config.rules_for(file) if each.id == rule), None)
    checked = on is not None and config.checked(file)
    outcome = style.severity(on.severity, on.severity.label) if on and checked else "off"
    yield f"{style(safe(rule), bold=True)} for {safe(file)}: {outcome}\n"
    places = [_place(layer) for layer in layers]
    width = max(map(len, places), default=0)
    for place, layer in zip(places, layers, strict=True):
        mark = "  <- decides" if layer is layers[-1] else ""
        yield f"  {place:<{width}}  {safe(layer.decided)}{mark}\n"


def _place(layer: Layer) -> str:
    where = layer.name
    if layer.file is not None and layer.position is not None:
        position = f"{layer.file}:{layer.position.line}:{layer.position.column}"
        where = position if layer.name == layer.file else f"{layer.name} ({position})"
    return safe(where)


def _resolved(config: Config, place: Place, states: list[RuleState], style: Paint) -> Iterator[str]:
    origin = config.path or "none: the pack 'recommended' applies"
    yield f"{style('Vault', bold=True)}\n  {safe(str(place.root))}\n"
    yield f"{style('Configuration', bold=True)}\n  {safe(origin)}\n"
    if config.vocabularies:
        yield f"{style('Vocabularies', bold=True)}\n"
        for name, vocabulary in sorted(config.vocabularies.items()):
            files = sorted(f for f, names in config.vocabulary_files.items() if name in names)
            where = f" from {', '.join(map(safe, files))}" if files else ""
            yield f"  {safe(name)}: {len(vocabulary.terms)} terms{where}\n"
    if config.bindings:
        yield f"{style('Properties with a vocabulary', bold=True)}\n"
        for name, vocabulary_name in sorted(config.bindings.items()):
            yield f"  {safe(name)}: {safe(vocabulary_name)}\n"
    yield f"{style('Rules that are on', bold=True)}\n"
    for state in states:
        if state.severity is not None:
            label = style.severity(state.severity, f"{state.severity.label:<7}")
            some = "" if state.everywhere else "  (on some paths)"
            yield f"  {label}  {safe(state.id)}{some}\n"
