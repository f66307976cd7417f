"""Which documents make a config: the packs it extends, theirs first, then vaultlint.yaml.

Invariant: every pack appears once, after the packs it extends itself; a circle is an error.

Tests: tests/unit/config/test_packs.py
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vaultlint.config.document import Document, parse_document
from vaultlint.config.reading import Reading, vault_path
from vaultlint.config.request import ConfigRequest
from vaultlint.errors import ConfigError, UsageError, VaultlintError
from vaultlint.resources import pack_names, read_pack
from vaultlint.terms import nearest

CONFIG_FILE = "vaultlint.yaml"
DEFAULT_PACK = "recommended"
_MOST_PACKS = 50


def gather(
    reading: Reading, request: ConfigRequest, errors: list[VaultlintError]
) -> tuple[tuple[Document, ...], Document | None]:
    """Return the packs in the order in which they apply, and the config file if there is one.

    Without a file the packs of the request stand alone, or the recommended one does. Raises
    UsageError for a config file or pack that only the command line names and that is not there.
    """
    root = _config_document(reading, request, errors)
    packs = _Packs(reading, errors)
    if root is None:
        for name in request.packs or (DEFAULT_PACK,):
            packs.add_named(name)
    else:
        for index, name in enumerate(names(root.data, (DEFAULT_PACK,))):
            pointer = (
                f"/extends/{index}" if isinstance(root.data.get("extends"), list) else "/extends"
            )
            packs.add(name, root, pointer, ())
        for name in request.packs:
            packs.add_named(name)
    return tuple(packs.documents), root


def names(data: Mapping[str, Any], default: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the packs that ``data`` extends; what is not text is left to validation."""
    extends = data.get("extends")
    if extends is None:
        return default
    listed = [extends] if isinstance(extends, str) else extends
    if not isinstance(listed, list):
        return ()
    return tuple(name if isinstance(name, str) else "" for name in listed)


def is_path(reference: str) -> bool:
    """Return whether ``reference`` is a path of the vault rather than the name of something shipped."""
    return "/" in reference or reference.endswith((".yaml", ".yml", ".json"))


def _config_document(
    reading: Reading, request: ConfigRequest, errors: list[VaultlintError]
) -> Document | None:
    if isinstance(request.config, Path):
        name = str(request.config)
        content = reading.read(name)
        if content is None:
            reason = reading.problem(name) or "there is no such file"
            raise UsageError(f"the config file {name!r}: {reason}")
        return parse_document(name, None, content, errors)
    file = CONFIG_FILE if request.config is None else request.config
    found = reading.read(file)
    if found is None and request.config is not None:
        raise UsageError(reading.missing("config file", file))
    if found is None:
        if (problem := reading.problem(file)) is not None:
            errors.append(ConfigError(problem, path=file))
        return None
    return parse_document(file, file, found, errors)


class _Packs:
    """The packs found so far, in the order in which they apply."""

    def __init__(self, reading: Reading, errors: list[VaultlintError]) -> None:
        self.documents: list[Document] = []
        self._reading = reading
        self._errors = errors
        self._seen: set[str] = set()

    def add_named(self, reference: str) -> None:
        """Add the pack that the command line names. Raises UsageError if it is not there."""
        try:
            document = self._read(reference)
        except ConfigError as error:
            raise UsageError(error.message) from None
        self._add(reference, document, ())

    def add(self, reference: str, by: Document, pointer: str, above: tuple[str, ...]) -> None:
        """Add the pack ``reference`` that the document ``by`` extends at ``pointer``."""
        if reference in above:
            circle = " -> ".join((*above, reference))
            self._errors.append(by.error(f"packs extend one another: {circle}", pointer))
            return
        if not reference or reference in self._seen:
            return
        if len(self._seen) >= _MOST_PACKS:
            self._errors.append(by.error(f"more than {_MOST_PACKS} packs", pointer))
            return
        try:
            document = self._read(reference)
        except ConfigError as error:
            self._errors.append(by.error(error.message, pointer))
            self._seen.add(reference)
            return
        self._add(reference, document, above)

    def _add(self, reference: str, document: Document, above: tuple[str, ...]) -> None:
        if reference in self._seen:
            return
        self._seen.add(reference)
        for index, name in enumerate(names(document.data)):
            pointer = "/extends"
            if isinstance(document.data["extends"], list):
                pointer += f"/{index}"
            self.add(name, document, pointer, (*above, reference))
        self.documents.append(document)

    def _read(self, reference: str) -> Document:
        if is_path(reference):
            file = vault_path(reference)
            content = self._reading.read(file)
            if content is None:
                raise ConfigError(self._reading.missing("pack", file))
            return parse_document(file, file, content, self._errors)
        try:
            content = read_pack(reference)
        except KeyError:
            near = nearest(reference, pack_names())
            known = f"there are {', '.join(pack_names())}" if pack_names() else "none ship"
            hint = f"did you mean {near!r}?" if near else known
            raise ConfigError(f"there is no pack {reference!r}; {hint}") from None
        return parse_document(f"pack {reference}", None, content, self._errors, shipped=True)
