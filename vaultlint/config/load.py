"""From the files of a vault to its Config: read, compose, validate, resolve.

Invariant: a config never runs code and never leads out of the vault. Errors are collected and
raised together, each at its line and column.

Tests: tests/unit/config/test_load.py
"""

from collections.abc import Iterable
from typing import NamedTuple

from vaultlint.config.document import Document
from vaultlint.config.packs import CONFIG_FILE, gather
from vaultlint.config.publishing import index_settings
from vaultlint.config.reading import Reading
from vaultlint.config.request import ConfigRequest
from vaultlint.config.resolve import RuleTable, own_rules
from vaultlint.config.ruleset import Config
from vaultlint.config.schemas import load_validators
from vaultlint.config.scopes import Scopes
from vaultlint.config.validated import Marks
from vaultlint.config.vocabularies import load_vocabularies, vocabulary_files
from vaultlint.config.watching import watch_settings
from vaultlint.errors import ConfigErrors, VaultlintError
from vaultlint.source import Source
from vaultlint.terms import Globs

__all__ = ["CONFIG_FILE", "Config", "ConfigRequest", "load_config"]


def load_config(source: Source, request: ConfigRequest = ConfigRequest()) -> Config:  # noqa: B008
    """Return the configuration of the vault behind ``source``.

    ``source`` can read the config file that ``request`` names, even beside the vault. Without a config file: the ``recommended`` pack. Raises ConfigError (ConfigErrors when there
    are several) and SchemaError with path, line and column; UsageError for a rule or pack that
    only the command line names.
    """
    errors: list[VaultlintError] = []
    reading = Reading(source)
    packs, root = gather(reading, request, errors)
    documents = packs if root is None else (*packs, root)
    marks = Marks(request.cache)
    own = own_rules(documents)
    written = [document for document in documents if not document.shipped]  # the tests judge ours
    if written and not marks.know((document.name, document.text) for document in written):
        _validate(written, root, own, errors)
    _raise(errors)
    config = _resolve(_Parts(documents, root, own, reading, request, marks), errors)
    _raise(errors)
    marks.save()
    return config


def _validate(
    documents: Iterable[Document],
    root: Document | None,
    own: dict[str, str],
    errors: list[VaultlintError],
) -> None:
    from vaultlint.config.models import validate

    for document in documents:
        if "plugins" in document.data:
            errors.append(document.error(_NO_PLUGINS, "/plugins", key=True))
        errors += validate(document, pack=document is not root, own_rules=own)


_NO_PLUGINS = (
    "a config never runs code, so there are no plugins; "
    "write a rule of your own with 'check: pattern', or a JSON Schema"
)


class _Parts(NamedTuple):
    """What a config is made of: its documents, read and judged, and the way to other files."""

    documents: tuple[Document, ...]
    root: Document | None
    own: dict[str, str]
    reading: Reading
    request: ConfigRequest
    marks: Marks


def _resolve(parts: _Parts, errors: list[VaultlintError]) -> Config:
    documents, root, own, reading, request, marks = parts
    scopes = Scopes(root, errors)
    include, exclude = _chosen(documents, scopes)
    table = RuleTable(own, scopes, errors)
    rules = table.gather(documents, request)
    before = len(errors)
    vocabularies = load_vocabularies(documents, reading, errors)
    bindings = table.bindings(vocabularies, failed=len(errors) > before)
    validators = load_validators(documents, scopes, reading, marks, errors)
    return Config(
        path=None if root is None else root.file,
        inputs=reading.inputs,
        rules=rules,
        scopes=scopes.all,
        include=include,
        exclude=exclude,
        validators=validators,
        vocabularies=vocabularies,
        vocabulary_files=vocabulary_files(vocabularies.values()),
        bindings=bindings,
        globs=tuple(scopes.configured),
        unknown_rules=tuple(table.unknown),
        watch=watch_settings(documents),
        index=index_settings(documents, errors),
    )


def _chosen(documents: Iterable[Document], scopes: Scopes) -> tuple[Globs, Globs]:
    """Return what is checked: the last ``include`` counts, and every ``exclude``."""
    include = Globs(())
    exclude: tuple[str, ...] = ()
    for document in documents:
        if "include" in document.data:
            include = scopes.globs(document, document.data["include"], "/include")
        exclude += scopes.globs(document, document.data.get("exclude"), "/exclude").globs
    return include, Globs(exclude)


def _raise(errors: list[VaultlintError]) -> None:
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise ConfigErrors(tuple(errors))
