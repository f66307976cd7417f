"""Loading a config from texts, for tests."""

from collections.abc import Mapping

from tests.memory_source import MemorySource
from vaultlint.config.load import Config, ConfigRequest, load_config
from vaultlint.errors import VaultlintError
from vaultlint.source.beside import beside


def load(text: str | None = None, files: Mapping[str, str] | None = None, /, **request) -> Config:
    """Return the config of a vault with ``text`` as its vaultlint.yaml, beside ``files``."""
    contents = {path: content.encode() for path, content in (files or {}).items()}
    if text is not None:
        contents["vaultlint.yaml"] = text.encode()
    wanted = ConfigRequest(**request)
    return load_config(beside(MemorySource(contents), wanted.config), wanted)


def complaints(text: str, files: Mapping[str, str] | None = None, /, **request) -> list[str]:
    """Return the errors that loading gives, a line each, as people see them."""
    try:
        load(text, files, **request)
    except VaultlintError as error:
        return str(error).split("\n")
    return []


def severities(config: Config, file: str) -> dict[str, str]:
    """Return the rules that are on for ``file`` with their severities."""
    return {rule.id: rule.severity.label for rule in config.rules_for(file)}
