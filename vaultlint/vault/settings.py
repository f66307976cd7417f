"""Obsidian's own settings that a rule may ask for: ``app.json``, ``types.json``, template folders.

Invariant: whatever the bytes, Settings answers; what cannot be read counts as absent, and
``problems`` says so in plain sentences.

Source: the names and defaults of Obsidian's app settings (AppVaultConfig).

Tests: tests/unit/vault/test_settings.py
"""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

APP_FILE = ".obsidian/app.json"
TYPES_FILE = ".obsidian/types.json"
TEMPLATES_FILE = ".obsidian/templates.json"
TEMPLATER_FILE = ".obsidian/plugins/templater-obsidian/data.json"
SETTINGS_FILES = (APP_FILE, TYPES_FILE, TEMPLATES_FILE, TEMPLATER_FILE)

DEFAULTS: Mapping[str, Any] = MappingProxyType(
    {
        "newLinkFormat": "shortest",
        "useMarkdownLinks": False,
        "alwaysUpdateLinks": False,
        "attachmentFolderPath": "/",
        "newFileLocation": "root",
        "newFileFolderPath": "/",
        "userIgnoreFilters": (),
        "showUnsupportedFiles": False,
        "strictLineBreaks": False,
        "trashOption": "system",
        "promptDelete": True,
        "livePreview": True,
        "useTab": True,
        "tabSize": 4,
        "propertiesInDocument": "visible",
        "templateFolders": (),  # not Obsidian's name: the folders of its plugin and of Templater
    }
)


class Settings:
    """The settings of one vault."""

    __slots__ = ("app", "problems", "types")

    def __init__(
        self, app: Mapping[str, Any] | None = None, types: Mapping[str, str] | None = None
    ) -> None:
        self.app = {name: _fixed(value) for name, value in (app or {}).items()}
        self.types = {name.lower(): kind for name, kind in (types or {}).items()}
        self.problems: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> Any:
        """Return the setting ``name``, its default when absent or null, None when unknown.

        A value of another type than the default's counts as absent; lists come as tuples.
        """
        default = DEFAULTS.get(name)
        value = self.app.get(name)
        if value is None:
            return default
        return default if default is not None and type(value) is not type(default) else value

    def type_of(self, name: str) -> str | None:
        """Return the type given to the property ``name`` (in any case), or None."""
        return self.types.get(name.lower())

    def changes(self, other: "Settings") -> set[tuple[str, ...]]:
        """Return the keys of the settings in which ``other`` differs."""
        names = {name for name in {*self.app, *other.app} if self.get(name) != other.get(name)}
        types = {*self.types.items()} ^ {*other.types.items()}
        return {("setting", name) for name in names} | {
            ("setting", "types", name) for name, _ in types
        }


def _fixed(value: Any) -> Any:
    """Return ``value``, a list as a tuple of the strings in it."""
    if isinstance(value, list):
        return tuple(item for item in value if isinstance(item, str))
    return value


def parse_settings(
    app: bytes | None,
    types: bytes | None,
    templates: bytes | None = None,
    templater: bytes | None = None,
) -> Settings:
    """Return the settings that the SETTINGS_FILES hold, in their order (None: no such file)."""
    problems: list[tuple[str, str]] = []
    declared = _object(types, TYPES_FILE, problems).get("types")
    declared = declared if isinstance(declared, dict) else {}
    folders = (
        _object(templates, TEMPLATES_FILE, problems).get("folder"),
        _object(templater, TEMPLATER_FILE, problems).get("templates_folder"),
    )
    named = [folder.strip("/") for folder in folders if isinstance(folder, str)]
    settings = Settings(
        {**_object(app, APP_FILE, problems), "templateFolders": [name for name in named if name]},
        {name: kind for name, kind in declared.items() if isinstance(kind, str)},
    )
    settings.problems = tuple(problems)
    return settings


def _object(data: bytes | None, file: str, problems: list[tuple[str, str]]) -> dict[str, Any]:
    if data is None or not data.strip():
        return {}
    try:
        loaded = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        problems.append((file, "is not valid JSON; Obsidian's defaults are used instead"))
        return {}
    if isinstance(loaded, dict):
        return loaded
    problems.append((file, "is not a JSON object; Obsidian's defaults are used instead"))
    return {}
