"""What reading YAML gives: values, places, problems.

Tests: tests/unit/yaml_tree/
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from vaultlint.text import Places, Span


class YamlProblem(NamedTuple):
    """One problem.

    ``code`` says how sure it is: "yaml-syntax": Obsidian rejects it too. "yaml-dialect": this reader cannot follow where
    Obsidian's may. "yaml-limit": too large, too deep, or an alias bomb, so it was not read.
    ``hint`` is what to do, empty when there is nothing to add to ``message``.
    """

    code: str
    span: Span
    message: str
    hint: str = ""


class YamlTree(NamedTuple):
    """One YAML document.

    ``data`` is JSON-like: dict with string keys, list, str, int, float, bool, None (dates are
    strings). It is None when ``valid`` is False. ``places`` maps a JSON pointer (RFC 6901) to the
    spans of the key and of the value; "" is the whole document.
    """

    data: Any
    places: Mapping[str, Places]
    problems: tuple[YamlProblem, ...]

    @property
    def valid(self) -> bool:
        """Return whether the text could be read."""
        return not self.problems
