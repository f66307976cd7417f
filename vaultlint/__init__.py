"""vaultlint checks, repairs and indexes an Obsidian vault: the public names.

Invariant: these names are the whole public interface; every other module may change at any time.
Importing this package imports nothing else of it: each name is loaded when it is first used
(PEP 562), so that a program pays only for what it touches.

    from pathlib import Path
    from vaultlint import ConfigRequest, FolderSource, Session

    session = Session(FolderSource(Path("notes")), ConfigRequest())
    session.apply()
    for diagnostic in session.diagnostics():
        print(diagnostic.file, diagnostic.start, diagnostic.message)

Tests: tests/test_public_api.py, tests/test_imports.py
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vaultlint.config.request import ConfigRequest
    from vaultlint.diagnostics import Advice, Delta, Diagnostic, Severity
    from vaultlint.engine.session import Change, Session
    from vaultlint.errors import VaultlintError
    from vaultlint.note.model import Note
    from vaultlint.note.parse import parse_note
    from vaultlint.source.folder import FolderSource
    from vaultlint.source.overlay import OverlaySource

    __version__: str

__all__ = [
    "Advice",
    "Change",
    "ConfigRequest",
    "Delta",
    "Diagnostic",
    "FolderSource",
    "Note",
    "OverlaySource",
    "Session",
    "Severity",
    "VaultlintError",
    "parse_note",
]

_HOMES = {
    "Advice": "vaultlint.diagnostics",
    "Change": "vaultlint.engine.session",
    "ConfigRequest": "vaultlint.config.request",
    "Delta": "vaultlint.diagnostics",
    "Diagnostic": "vaultlint.diagnostics",
    "FolderSource": "vaultlint.source.folder",
    "Note": "vaultlint.note.model",
    "OverlaySource": "vaultlint.source.overlay",
    "Session": "vaultlint.engine.session",
    "Severity": "vaultlint.diagnostics",
    "VaultlintError": "vaultlint.errors",
    "parse_note": "vaultlint.note.parse",
}


def __getattr__(name: str) -> Any:
    """Load a public name on first use. Raises AttributeError for any other."""
    if name == "__version__":
        from importlib.metadata import version

        value: Any = version("obsidian-vaultlint")
    elif name in _HOMES:
        from importlib import import_module

        value = getattr(import_module(_HOMES[name]), name)
    else:
        raise AttributeError(f"module 'vaultlint' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return [*__all__, "__version__"]
