"""The globs of a config: each checked where it stands, each set of them compiled once.

Tests: tests/unit/config/test_scopes.py
"""

from collections.abc import Iterator
from typing import Any

from vaultlint.config.document import Document
from vaultlint.config.ruleset import ConfiguredGlob
from vaultlint.config.settings import EVERYWHERE, Scope
from vaultlint.errors import ConfigError, VaultlintError
from vaultlint.terms import Globs


class Scopes:
    """All scopes of one config, by number, and the globs that its config file names."""

    def __init__(self, root: Document | None, errors: list[VaultlintError]) -> None:
        self.configured: list[ConfiguredGlob] = []
        self._root = root
        self._errors = errors
        self._numbers: dict[Scope, int] = {}

    @property
    def all(self) -> tuple[Scope, ...]:
        """Return the scopes in the order of their numbers."""
        return tuple(self._numbers)

    def number(self, document: Document, raw: Any, pointer: str) -> int:
        """Return the number of the scope that ``paths`` and ``exclude`` of ``raw`` make.

        EVERYWHERE when there is neither.
        """
        paths = self.globs(document, raw.get("paths"), f"{pointer}/paths")
        exclude = self.globs(document, raw.get("exclude"), f"{pointer}/exclude")
        if not paths and not exclude:
            return EVERYWHERE
        return self._numbers.setdefault(Scope(paths, exclude), len(self._numbers))

    def globs(self, document: Document, raw: Any, pointer: str) -> Globs:
        """Return the globs ``raw`` (one, a list, or None); wrong ones become errors."""
        good: list[str] = []
        for glob, where in strings(raw, pointer):
            try:
                Globs((glob,))
            except ConfigError as error:
                self._errors.append(document.error(error.message, where))
                continue
            good.append(glob)
            if document is self._root and document.file is not None:
                span = document.span(where)
                self.configured.append(ConfiguredGlob(glob, document.file, span))
        return Globs(tuple(good))


def strings(raw: Any, pointer: str) -> Iterator[tuple[str, str]]:
    """Yield (string, pointer) of a value that is one string, a list of them, or None."""
    if isinstance(raw, str):
        yield raw, pointer
    else:
        for index, item in enumerate(raw or ()):
            yield item, f"{pointer}/{index}"
