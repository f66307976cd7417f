"""What is refused before, or while, a parser reads it: size, depth, alias bombs.

PyYAML's C loader crashes on some 30,000 nested brackets, and nine lines of aliases hold more
values than memory. The counts here cost next to nothing on a normal note.

Tests: tests/unit/yaml_tree/test_limits.py
"""

import re
from typing import Any

import yaml

from vaultlint.text import Span
from vaultlint.yaml_tree.records import YamlProblem

MAX_BYTES = 256 * 1024
MAX_DEPTH = 64
MAX_ALIASES = 100
"""Uses of one anchor times the aliases inside of it. Source: npm yaml 2.7.0, maxAliasCount."""
MAX_VALUES = 20_000
"""Values that aliases may stand for in all."""

# A block nests at most one level a column, and only in what a line starts with.
_DEEP_START = re.compile(r"^[ \t?:\-]{62}", re.MULTILINE)


def size_problem(text: str) -> YamlProblem | None:
    """Return the problem of a text over 256 KB of UTF-8, else None."""
    size = len(text)
    if size * 4 > MAX_BYTES and not text.isascii():
        size = len(text.encode("utf-8", "surrogatepass"))
    if size <= MAX_BYTES:
        return None
    message = f"there is more YAML than vaultlint reads ({MAX_BYTES // 1024} KB)"
    return YamlProblem("yaml-limit", Span(0, min(len(text), 3)), message)


def depth_problem(text: str, parser: Any) -> YamlProblem | None:
    """Return the problem of a text nested over 64 levels, else None.

    Only a text that could be that deep is scanned, by the events of a ``parser`` class.
    """
    if text.count("[") + text.count("{") <= MAX_DEPTH and not _DEEP_START.search(text):
        return None
    depth = 0
    events = parser(text)
    try:
        while events.check_event():
            event = events.get_event()
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    at = event.start_mark.index if event.start_mark else 0
                    message = f"values are nested more than {MAX_DEPTH} levels deep"
                    return YamlProblem("yaml-limit", Span(at, at + 1), message)
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError:
        return None  # composing stops at the same place, and no deeper
    return None


class AliasLedger:
    """Counts what aliases multiply. Built only for a text that has anchors and aliases."""

    def __init__(self) -> None:
        self._values: dict[int, Any] = {}
        self._uses: dict[int, int] = {}
        self._inner: dict[int, set[int]] = {}
        self._weight: dict[int, int] = {}
        self._size: dict[int, int] = {}
        self._open: list[tuple[int, set[int], int]] = []
        self._started: set[int] = set()
        self._count = 0
        self._expanded = 0

    def __contains__(self, node: object) -> bool:
        return id(node) in self._started

    def enter(self, node: object) -> None:
        """Note that the value of ``node`` begins."""
        self._started.add(id(node))
        self._count += 1
        self._open.append((id(node), set(), self._count))

    def leave(self, value: Any) -> None:
        """Note that ``value`` is that of the node entered last, complete by now."""
        key, inner, before = self._open.pop()
        self._values[key] = value
        self._size[key] = self._count - before + 1
        if inner:
            self._inner[key] = inner
            if self._open:
                self._open[-1][1].update(inner)

    def value_of(self, node: object) -> Any:
        """Return the value of ``node``, complete by now."""
        return self._values[id(node)]

    def use(self, node: object, span: Span) -> YamlProblem | None:
        """Count an alias of ``node`` at ``span``; return a problem when it must not be followed."""
        key = id(node)
        if key not in self._values:
            message = "this alias stands inside of the value that it names"
            return YamlProblem("yaml-syntax", span, message)
        uses = self._uses[key] = self._uses.get(key, 1) + 1
        if key not in self._weight:
            inner = self._inner.get(key, ())
            self._weight[key] = max((self._uses[it] * self._weight[it] for it in inner), default=1)
        if self._open:
            self._open[-1][1].add(key)
        self._count += self._size[key]
        self._expanded += self._size[key]
        if uses * self._weight[key] > MAX_ALIASES or self._expanded > MAX_VALUES:
            message = "aliases multiply into more values than vaultlint and Obsidian read"
            return YamlProblem("yaml-limit", span, message)
        return None
