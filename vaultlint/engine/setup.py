"""The setup: the config and Obsidian's settings, loaded from the vault, and how two of them differ.

Invariant: a setup is loaded whole or not at all; what it was made from is remembered by digest, so
a touched input with the same bytes changes nothing.

Tests: tests/unit/engine/test_session.py
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from vaultlint.config.load import load_config
from vaultlint.config.request import BASELINE_FILE, ConfigRequest
from vaultlint.config.ruleset import Config
from vaultlint.engine.digests import content, digest, digest_of
from vaultlint.errors import StoreError, VaultlintError
from vaultlint.note.model import NoteId
from vaultlint.source import Source
from vaultlint.source.overlay import OverlaySource
from vaultlint.terms import Vocabulary
from vaultlint.vault.keys import Key
from vaultlint.vault.settings import SETTINGS_FILES, Settings, parse_settings
from vaultlint.vault.terms_in_use import Bindings


class Setup(NamedTuple):
    """``digests`` holds every input of the config, with None for one that is not there."""

    config: Config
    settings: Settings
    digests: Mapping[NoteId, str | None]

    @property
    def bindings(self) -> Bindings:
        """Return which property takes its values from which vocabulary."""
        return Bindings(self.config.bindings, self.config.vocabularies)


def load_setup(source: Source, request: ConfigRequest) -> Setup:
    """Return the setup of the vault behind ``source``. Raises ConfigError and SchemaError."""
    config = load_config(source, request)
    settings = parse_settings(*(content(source, file) for file in SETTINGS_FILES))
    inputs = config.inputs - {BASELINE_FILE}  # which decides what is shown, not what is found
    return Setup(config, settings, {file: digest_of(source, file) for file in sorted(inputs)})


def setup_as_it_was(
    source: Source,
    request: ConfigRequest,
    inputs: Mapping[NoteId, str | None],
    kept: Callable[[], Mapping[NoteId, bytes] | None],
) -> Setup:
    """Return the setup that was made from ``inputs``, given by their digests.

    Their bytes are those of ``source``, or where any of these changed the ``kept`` ones. Raises
    StoreError when these are other bytes too.
    """
    before: Mapping[NoteId, bytes | None] = {file: content(source, file) for file in inputs}
    if any(digest(data) != inputs[file] for file, data in before.items()):
        known = kept() or {}
        before = {file: known.get(file) for file in inputs}
    try:
        setup = load_setup(OverlaySource(source, before), request)
    except VaultlintError as error:
        raise StoreError(f"the configuration as it was does not load: {error}") from error
    if setup.digests != inputs:
        raise StoreError("the configuration as it was is not known")
    return setup


def changed_keys(old: Setup, new: Setup, files: Iterable[NoteId]) -> set[Key]:
    """Return the keys of configured objects whose answers differ between ``old`` and ``new``."""
    before, after = old.config.vocabularies, new.config.vocabularies
    changed: set[Key] = {
        ("vocabulary", name)
        for name in before.keys() | after.keys()
        if _content(before.get(name)) != _content(after.get(name))
    }
    if before.keys() != after.keys():
        changed.add(("vocabulary", ""))
    if old.config.rule_ids() != new.config.rule_ids():
        changed.add(("rules",))
    same: dict[tuple[int, int], bool] = {}
    for file in files:
        was, now = old.config.validators_for(file), new.config.validators_for(file)
        pair = (id(was), id(now))
        if pair not in same:
            same[pair] = was == now
        if not same[pair]:
            changed.add(("schema", file))
    return changed


def _content(vocabulary: Vocabulary | None) -> Any:
    """Return what a vocabulary says, without where it says so."""
    if vocabulary is None:
        return None
    terms = tuple((term.name, term.file) for term in vocabulary.terms)
    return (terms, dict(vocabulary.aliases), dict(vocabulary.deprecated), vocabulary.nested)
