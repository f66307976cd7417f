"""Which rules may be fixed while people edit.

Invariant: a pack says so, and it can be read and replaced like any other. Only safe fixes of these
rules are ever written unasked.

Tests: tests/unit/config/test_watching.py
"""

from vaultlint.config.document import Document, parse_document
from vaultlint.config.packs import is_path
from vaultlint.config.reading import vault_path
from vaultlint.config.watching import WatchSettings
from vaultlint.errors import ConfigError, ConfigErrors, SourceError, VaultlintError
from vaultlint.resources import pack_names, read_pack
from vaultlint.source import Source
from vaultlint.terms import nearest

_OFF = (False, "off")


def fixed_on_save(settings: WatchSettings, source: Source) -> frozenset[str]:
    """Return the ids of the rules whose safe fixes may be written while people edit.

    Raises ConfigError if the pack is not there or cannot be read.
    """
    errors: list[VaultlintError] = []
    document = _pack(settings.pack, source, errors)
    if errors:
        raise ConfigErrors(tuple(errors))
    rules = document.data.get("rules")
    if not isinstance(rules, dict):
        raise document.error("the pack lists no rules, so nothing would be fixed", "")
    return frozenset(rule for rule, setting in rules.items() if setting not in _OFF)


def _pack(name: str, source: Source, errors: list[VaultlintError]) -> Document:
    if is_path(name):
        file = vault_path(name)
        try:
            return parse_document(file, file, source.read(file), errors)
        except SourceError as error:
            raise ConfigError(f"watch: the pack {name!r} {error.message}") from None
    try:
        content = read_pack(name)
    except KeyError:
        near = nearest(name, pack_names())
        hint = f"; did you mean {near!r}?" if near else ""
        raise ConfigError(f"watch: there is no pack {name!r}{hint}") from None
    return parse_document(f"pack {name}", None, content, errors, shipped=True)
