"""One YAML document that makes a part of a config: vaultlint.yaml, or a pack.

Invariant: every value of ``data`` has a place, so every complaint has a line and a column.

Tests: tests/unit/config/test_document.py
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from vaultlint.errors import ConfigError, VaultlintError
from vaultlint.note.model import NoteId
from vaultlint.text import LineIndex, Places, Position, Span
from vaultlint.yaml_tree import YamlProblem, compose

MAX_CONFIG_BYTES = 1024 * 1024
_PROPERTY = re.compile("`[^`]*`|property|properties")  # but not in what is quoted
_KEYS = {"property": "key", "properties": "keys"}


class Document(NamedTuple):
    """``name`` is for people; ``file`` is None when the document is not a file of the vault."""

    name: str
    file: NoteId | None
    text: str
    data: Mapping[str, Any]
    places: Mapping[str, Places]
    shipped: bool = False

    def span(self, pointer: str, *, key: bool = False) -> Span:
        """Return the span of the value at ``pointer`` (or of its key), in code points.

        A pointer to something absent stands for its nearest ancestor.
        """
        place = self.places.get(pointer)
        while place is None and pointer:
            pointer, key = pointer.rpartition("/")[0], True
            place = self.places.get(pointer)
        if place is None:
            return Span(0, 0)
        return place.key if key and place.key is not None else place.value

    def position(self, pointer: str, *, key: bool = False) -> Position:
        """Return the line and column of the value at ``pointer`` (or of its key)."""
        return LineIndex(self.text).position(self.span(pointer, key=key).start)

    def error(self, message: str, pointer: str, *, key: bool = False) -> ConfigError:
        """Return a ConfigError about the value at ``pointer`` (or about its key)."""
        return ConfigError(message, path=self.name, position=self.position(pointer, key=key))


def parse_document(
    name: str,
    file: NoteId | None,
    content: bytes,
    errors: list[VaultlintError],
    *,
    shipped: bool = False,
) -> Document:
    """Return the document that ``content`` holds, without data when it cannot be read.

    What is wrong with it as YAML is added to ``errors``; its keys and values are not judged here.
    """
    empty = Document(name, file, "", {}, {}, shipped)
    if len(content) > MAX_CONFIG_BYTES:
        errors.append(ConfigError("the file is larger than 1 MB; it is not read", path=name))
        return empty
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        errors.append(
            ConfigError("the file is not valid UTF-8", path=name, position=Position(line, 1))
        )
        return empty
    tree = compose(text)
    document = Document(name, file, text, {}, tree.places, shipped)
    if not tree.valid:
        lines = LineIndex(text)
        for problem in tree.problems:
            position = lines.position(problem.span.start)
            errors.append(ConfigError(complaint(problem), path=name, position=position))
        return document
    if tree.data is None:
        return document
    if not isinstance(tree.data, dict):
        errors.append(document.error("the file must hold keys and values, such as 'rules:'", ""))
        return document
    said = {key: value for key, value in tree.data.items() if value is not None}
    return document._replace(data=said)  # "rules:" with nothing below says nothing


def complaint(problem: YamlProblem) -> str:
    """Return what is wrong and what to do, for a file that has keys where a note has properties."""
    text = f"{problem.message}; {problem.hint}" if problem.hint else problem.message
    return _PROPERTY.sub(lambda match: _KEYS.get(match.group(), match.group()), text)


def escape(part: str) -> str:
    """Return one part of a JSON pointer, escaped. Source: RFC 6901 section 3."""
    return part.replace("~", "~0").replace("/", "~1")
