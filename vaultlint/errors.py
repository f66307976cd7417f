"""Errors for people: each says what is wrong, where, and what to do.

    VaultlintError
    ├── UsageError     the command line asks for something impossible       exit 2
    ├── ConfigError    vaultlint.yaml, a pack, or a vocabulary is wrong     exit 2
    │   └── ConfigErrors   several of them, found in one go                 exit 2
    ├── SchemaError    a JSON Schema is wrong or asks for what is refused   exit 2
    ├── SourceError    a file of the vault cannot be listed or read         exit 2
    ├── StoreError     the cache cannot be used; never a reason to fail
    ├── BusyError      another process writes to the vault              exit 2
    └── JournalError   the record of fixes cannot be kept or read       exit 2

Tests: tests/unit/test_errors.py
"""

from vaultlint.text import Position


class VaultlintError(Exception):
    """Base of every error that vaultlint raises on purpose."""

    def __init__(
        self, message: str, *, path: str | None = None, position: Position | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.position = position

    def __str__(self) -> str:
        """Return ``path:line:column: message``, as much of it as is known."""
        if self.path is None:
            return self.message
        if self.position is None:
            return f"{self.path}: {self.message}"
        return f"{self.path}:{self.position.line}:{self.position.column}: {self.message}"


class UsageError(VaultlintError):
    """The command line asks for something that cannot be done."""


class ConfigError(VaultlintError):
    """A configuration file, pack or vocabulary is wrong."""


class ConfigErrors(ConfigError):
    """Several config or schema errors at once, in the order in which they should be read."""

    def __init__(self, errors: tuple[VaultlintError, ...]) -> None:
        first = errors[0]
        super().__init__(first.message, path=first.path, position=first.position)
        self.errors = errors

    def __str__(self) -> str:
        """Return one line an error."""
        return "\n".join(str(error) for error in self.errors)


class SchemaError(VaultlintError):
    """A JSON Schema is not valid, or refers to something outside the vault."""


class SourceError(VaultlintError):
    """A file of the vault cannot be listed or read; its cause is an OSError if there was one."""

    @property
    def gone(self) -> bool:
        """Return whether nothing is there, as against something that cannot be read."""
        return isinstance(self.__cause__, (FileNotFoundError, NotADirectoryError))


class StoreError(VaultlintError):
    """The cache cannot be used."""


class BusyError(VaultlintError):
    """Another process writes to the vault."""


class JournalError(VaultlintError):
    """The record of fixes cannot be kept or read; nothing is written without it."""
