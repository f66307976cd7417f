"""Compose: text in, values with their places out.

Tests: tests/unit/yaml_tree/test_tree.py, tests/properties/test_yaml_tree.py
"""

import re
from typing import Any

import yaml
from yaml._yaml import CParser

from vaultlint.text import Places, Span
from vaultlint.yaml_tree.complaints import complaint
from vaultlint.yaml_tree.dialect import Readable, badly_continued, glued_comment, readable
from vaultlint.yaml_tree.limits import AliasLedger, depth_problem, size_problem
from vaultlint.yaml_tree.records import YamlProblem, YamlTree
from vaultlint.yaml_tree.scalars import key_text, plain_value, tagged_value
from vaultlint.yaml_tree.simple import compose_simple

_ALIAS = re.compile(r"#[^\n]*|\*[^\s,\[\]{}]+")
_HEADER = re.compile(r"[|>][-+0-9]*|")
_SCALAR, _LIST = yaml.ScalarNode, yaml.SequenceNode
_BLOCK_STYLES = ("|", ">")
_QUOTED = ("'", '"')
_MAX_REPAIRS = 32
_MAX_PROBLEMS = 100


class _Composer(CParser):
    """libyaml's composer. A node's tag is True (plain), None (quoted, collection), or explicit."""

    def descend_resolver(self, *_: Any) -> None:
        """Do nothing: there are no path resolvers."""

    def ascend_resolver(self) -> None:
        """Do nothing: there are no path resolvers."""

    def resolve(self, _kind: Any, _value: Any, implicit: Any) -> Any:
        """Return the tag of a node that names none."""
        return True if type(implicit) is tuple and implicit[0] else None


def compose(text: str, *, start: int = 0) -> YamlTree:
    """Return the one document of ``text``, its spans shifted by ``start`` code points.

    Never raises: what is wrong is in ``problems``, and ``data`` is then None.
    """
    if text[:1] == "\ufeff":
        return compose(text[1:], start=start + 1)
    problem = size_problem(text)
    if problem is not None:
        return _refused((problem,), start)
    simple = compose_simple(text, start)
    if simple is not None:
        return YamlTree(*simple, ())
    return compose_fully(text, start)


def compose_fully(text: str, start: int) -> YamlTree:
    """Return what ``compose`` does, without the fast path for simple texts."""
    if text[-1:] != "\n":
        # Obsidian ends a block of text with a line break even where the file has none.
        return _within(compose_fully(text + "\n", start), start + len(text))
    source = readable(text)
    problem = depth_problem(source.text, _Composer)
    if problem is not None:
        return _refused((problem,), start)
    root: Any = None
    for attempt in range(_MAX_REPAIRS):
        try:
            root = _Composer(source.text).get_single_node()
            break
        except yaml.MarkedYAMLError as error:
            better = source.repaired(error) if attempt + 1 < _MAX_REPAIRS else None
            if better is None:
                return _refused((complaint(text, error),), start)
            source = better
    if root is None:
        return YamlTree(None, {}, ())
    builder = _Builder(source, start)
    data = builder.build(root)
    if builder.problems:
        return _refused(tuple(builder.problems), start)
    return YamlTree(data, builder.places, ())


def _within(tree: YamlTree, end: int) -> YamlTree:
    """Return ``tree`` with every span cut at ``end``."""

    def cut(span: Span) -> Span:
        return Span(min(span.start, end), min(span.end, end))

    places = {
        pointer: Places(place.key and cut(place.key), cut(place.value))
        for pointer, place in tree.places.items()
    }
    problems = tuple(problem._replace(span=cut(problem.span)) for problem in tree.problems)
    return YamlTree(tree.data, places, problems)


def _refused(problems: tuple[YamlProblem, ...], start: int) -> YamlTree:
    shifted = tuple(problem._replace(span=problem.span.shift(start)) for problem in problems)
    return YamlTree(None, {}, shifted)


class _Builder:
    """Turns nodes into values, and records where each stands."""

    def __init__(self, source: Readable, start: int) -> None:
        text = source.text
        self.text = text
        self.source = source
        self.start = start
        self.places: dict[str, Places] = {}
        self.problems: list[YamlProblem] = []
        self.ledger = AliasLedger() if "*" in text and "&" in text else None
        self.indent = 0  # the least indentation of a line that goes on with a value
        self.end = 0  # where the value that was read last ends

    def build(self, root: Any) -> Any:
        """Return the value of the document."""
        return self._value(root, "", None)

    def _value(self, node: Any, pointer: str, key: Span | None) -> Any:
        if self.ledger is None:
            return self._own_value(node, pointer, key)
        if node in self.ledger:
            return self._alias(node, pointer, key)
        self.ledger.enter(node)
        value = self._own_value(node, pointer, key)
        self.ledger.leave(value)
        return value

    def _own_value(self, node: Any, pointer: str, key: Span | None) -> Any:
        begin = node.start_mark.index
        value = self._scalar(node) if type(node) is _SCALAR else self._collection(node, pointer)
        if self.text.startswith(",#", self.end):
            self._check_comment(self.end + 1)
        shift = self.start
        self.places[pointer] = Places(key, Span(begin + shift, self.end + shift))
        if self.source.dash and value == [None] and type(node) is _SCALAR:
            self.places[f"{pointer}/0"] = Places(None, Span(self.end + shift, self.end + shift))
        return value

    def _collection(self, node: Any, pointer: str) -> Any:
        value: Any
        outer = self.indent
        if not node.flow_style:
            self.indent = node.start_mark.column + 1
        if type(node) is _LIST:
            value = [
                self._value(child, f"{pointer}/{at}", None) for at, child in enumerate(node.value)
            ]
        else:
            value = self._mapping(node, pointer)
        if node.flow_style:
            self.end = node.end_mark.index
            self._check_lines(node.start_mark.index, quoted=False)
            self._check_comment(node.start_mark.index + 1)
            self._check_comment(self.end)
        self.indent = outer
        return value

    def _check_lines(self, begin: int, *, quoted: bool) -> None:
        if self.text.find("\n", begin, self.end) >= 0:
            span = Span(begin, self.end)
            problem = badly_continued(self.text, span, self.indent, quoted=quoted)
            if problem is not None and not self.problems:
                self.problems.append(problem)

    def _check_comment(self, at: int) -> None:
        """Keep a problem if a comment touches the mark before it: Obsidian wants a space."""
        if self.text.startswith("#", at) and not self.problems:
            self.problems.append(glued_comment(self.text, at))

    def _scalar(self, node: Any) -> Any:
        text = node.value
        tag = node.tag
        self.end = node.end_mark.index
        style = node.style
        if style in _QUOTED:
            self._check_lines(node.start_mark.index, quoted=True)
            self._check_comment(self.end)
        elif style in _BLOCK_STYLES:
            # libyaml ends a block scalar where the next token starts.
            begin = node.start_mark.index
            self.end = begin + len(self.text[begin : self.end].rstrip())
            self._check_comment(_HEADER.match(self.text, begin).end())  # type: ignore[union-attr]
        if self.source.back:
            if text == self.source.dash:
                return [None]
            text = self.source.restore(text)
        if tag is True:
            # libyaml takes the tag `!`, which says "text", for none.
            return text if self.text.startswith("!", node.start_mark.index) else plain_value(text)
        return text if tag is None else tagged_value(tag, text)

    def _mapping(self, node: Any, pointer: str) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        seen: set[Any] = set()
        for key_node, value_node in node.value:
            begin = key_node.start_mark.index
            name = self._key(key_node, seen)
            span = Span(begin + self.start, self.end + self.start)
            step = (
                name.replace("~", "~0").replace("/", "~1") if "/" in name or "~" in name else name
            )
            mapping[name] = self._value(value_node, f"{pointer}/{step}", span)
        return mapping

    def _key(self, node: Any, seen: set[Any]) -> str:
        """Return the name that a key becomes; a key that equals an earlier one is a problem."""
        if type(node) is _SCALAR and self.ledger is None:
            value = self._scalar(node)
        else:
            places, self.places = self.places, {}
            value = self._value(node, "", None)
            self.places = places
        if type(value) is str:
            mark: Any = value
        elif isinstance(value, dict | list):
            return key_text(value)
        else:
            mark = (type(value), value)
        name = key_text(value)
        if mark in seen and len(self.problems) < _MAX_PROBLEMS:
            span = Span(node.start_mark.index, self.end)
            message = f"the property `{name}` is already set above"
            self.problems.append(YamlProblem("yaml-syntax", span, message, "keep one of them"))
        seen.add(mark)
        return name

    def _alias(self, node: Any, pointer: str, key: Span | None) -> Any:
        """Return the value that an alias names. Only the alias itself has a place."""
        assert self.ledger is not None
        begin = self.end
        for match in _ALIAS.finditer(self.text, self.end):
            if match.group()[0] == "*":
                begin, self.end = match.span()
                break
        problem = self.ledger.use(node, Span(begin, self.end))
        if problem is not None:
            if not self.problems:
                self.problems.append(problem)
            return None
        shift = self.start
        self.places[pointer] = Places(key, Span(begin + shift, self.end + shift))
        return self.ledger.value_of(node)
