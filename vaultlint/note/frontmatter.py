"""The property block of a note: fences, properties, their tags, aliases, links, suppressions.

Invariant: never raises. When the YAML cannot be read, a problem says where and why, and the note
has no properties, as in Obsidian.

Tests: tests/unit/note/test_frontmatter.py
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from vaultlint.note.model import Alias, Frontmatter, Ignore, Link, Problem, Tag
from vaultlint.note.property_links import property_link
from vaultlint.text import Places, Span
from vaultlint.yaml_tree import YamlProblem, YamlTree, compose

_OPENING = re.compile(r"---[ \t]*\r?\n")
_CLOSING = re.compile(r"\n---[ \t]*(?:\r?\n|\Z)")  # looked for from the end of a line on
_BLANK = re.compile(r"[ \t\r\n]+")
_BLANK_LINE = re.compile(r"^[ \t]*\r?$", re.MULTILINE)
_WHITE = re.compile(r"[\s\ufeff]")
_CODES = {
    "yaml-syntax": "frontmatter-syntax",
    "yaml-limit": "frontmatter-too-large",
    "yaml-dialect": "yaml-dialect",
}

_KNOWN_NAMES = frozenset({"tags", "aliases", "cssclasses", "title", "publish", "permalink"})
_MAX_GUESS = 20_000


class Properties(NamedTuple):
    """All facts of a property block. ``body`` is the offset at which the note's body begins."""

    frontmatter: Frontmatter | None = None
    body: int = 0
    tags: tuple[Tag, ...] = ()
    aliases: tuple[Alias, ...] = ()
    links: tuple[Link, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    problems: tuple[Problem, ...] = ()


_NONE = Properties()


def read_frontmatter(text: str) -> Properties:
    """Return the facts of the property block at the start of ``text`` (without a BOM).

    Problems have the codes "frontmatter-syntax", "frontmatter-too-large", "yaml-dialect",
    "frontmatter-shape" (YAML, but not a map of properties), "spaced-fence" and "property-case" (read all the same),
    "unclosed-frontmatter" and "frontmatter-not-first". Source: help vault, Properties; npm yaml 2.7.0.
    """
    opening = _OPENING.match(text) if text.startswith("---") else None
    if opening is None:
        return _misplaced(text)
    closing = _CLOSING.search(text, opening.end() - 1)
    if closing is None:
        return _unclosed(text, opening.end())
    yaml = Span(opening.end(), closing.start() + 1)
    span = Span(0, closing.start() + 4)
    tree = compose(text[yaml.start : yaml.end], start=yaml.start)
    problems = tuple(map(_problem, tree.problems))
    data = tree.data
    if data is not None and not isinstance(data, dict):
        problems = (_not_a_map(tree),)
        data = None
    frontmatter = Frontmatter(span, yaml, data or None, tree.places, not problems)
    if text[3] in " \t":
        problems = (_spaced_fence(text, opening.end()), *problems)
    if not data:
        return Properties(frontmatter, closing.end(), problems=problems)
    if len({name.lower() for name in data}) < len(data):
        problems = (*problems, *_case_twins(frontmatter))
    return _facts(text, frontmatter, closing.end(), problems)


def _problem(problem: YamlProblem) -> Problem:
    return Problem(_CODES[problem.code], problem.span, problem.message, problem.hint)


def _spaced_fence(text: str, end: int) -> Problem:
    """Return the problem of spaces after the opening ``---``: sources disagree what happens then."""
    spaces = Span(3, len(text[:end].rstrip("\r\n")))
    message = "spaces follow the opening `---`: Obsidian may read no properties then"
    return Problem("spaced-fence", spaces, message, "remove them")


def _case_twins(frontmatter: Frontmatter) -> Iterator[Problem]:
    """Yield a problem at each property whose name stands above in another case.

    The YAML reader keeps both, the app takes them for one. Source: release notes 1.4.1.
    """
    first: dict[str, str] = {}
    for name in frontmatter.data or ():
        earlier = first.setdefault(name.lower(), name)
        place = frontmatter.places.get(f"/{_step(name)}")
        if earlier != name and place is not None and place.key is not None:
            message = f"`{name}` and `{earlier}` above are one property to Obsidian"
            yield Problem("property-case", place.key, message, "keep one of them")


def _facts(
    text: str, frontmatter: Frontmatter, body: int, problems: tuple[Problem, ...]
) -> Properties:
    data = frontmatter.data or {}
    tags: tuple[Tag, ...] = ()
    aliases: tuple[Alias, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    tags_key = aliases_key = None
    for name in data:
        folded = name.lower()
        if folded == "tags" and tags_key is None:
            tags_key = name
            tags = tuple(_tags(text, frontmatter, name))
        elif folded == "aliases" and aliases_key is None:
            aliases_key = name
            aliases = tuple(_aliases(text, frontmatter, name))
        elif name == "vaultlint":
            ignores = _ignores(text, frontmatter)
    has_links = text.find("[", 0, body) >= 0 and (
        text.find("](", 0, body) >= 0 or text.find("[[", 0, body) >= 0
    )
    links = _collect_links(text, frontmatter) if has_links else ()
    return Properties(frontmatter, body, tags, aliases, links, ignores, problems)


def _strings(frontmatter: Frontmatter, name: str) -> list[tuple[str, str, str]]:
    """Return (text, JSON pointer, dotted key) of a property's string, or of those in its list."""
    value = (frontmatter.data or {})[name]
    pointer = f"/{_step(name)}"
    if isinstance(value, str):
        return [(value, pointer, name)]
    if not isinstance(value, list):
        return []
    return [
        (item, f"{pointer}/{at}", f"{name}.{at}")
        for at, item in enumerate(value)
        if isinstance(item, str)
    ]


def _tags(text: str, frontmatter: Frontmatter, name: str) -> list[Tag]:
    """Return the tags of the ``tags`` property. Source: help vault, Properties; 1.9 behavior."""
    single = isinstance((frontmatter.data or {})[name], str)
    found: list[Tag] = []
    for value, pointer, key in _strings(frontmatter, name):
        tag = value.removeprefix("#")
        if tag and not _WHITE.search(tag) and not (single and "," in tag):
            span = span_in_source(text, frontmatter.places, pointer, tag)
            found.append(Tag(tag, span, key))
    return found


def _aliases(text: str, frontmatter: Frontmatter, name: str) -> list[Alias]:
    found: list[Alias] = []
    for value, pointer, _ in _strings(frontmatter, name):
        alias = value.strip()
        if alias:
            found.append(Alias(alias, span_in_source(text, frontmatter.places, pointer, alias)))
    return found


def _ignores(text: str, frontmatter: Frontmatter) -> tuple[Ignore, ...]:
    """Return the suppressions of ``vaultlint: false`` or ``vaultlint: {ignore: [rule-id]}``.

    Any other value (but ``true`` and an empty one) is a suppression of nothing.
    """
    value = (frontmatter.data or {})["vaultlint"]
    places = frontmatter.places
    whole = Span(0, len(text))
    if value is False or value == "off":
        return (Ignore((), whole, places["/vaultlint"].value),)
    if (
        value is not None
        and value is not True
        and (not isinstance(value, dict) or value.keys() - {"ignore"})
    ):
        place = places["/vaultlint"].value
        return (Ignore((), Span(place.start, place.start), place),)
    listed = value.get("ignore") if isinstance(value, dict) else None
    pointer = "/vaultlint/ignore"
    rules: list[tuple[str, Span]] = []
    if isinstance(listed, str):
        rules = [(listed, _place(places, pointer))]
    elif isinstance(listed, list):
        rules = [
            (rule, _place(places, f"{pointer}/{at}"))
            for at, rule in enumerate(listed)
            if isinstance(rule, str)
        ]
    return (Ignore(tuple(rules), whole, _place(places, pointer)),) if rules else ()


def _collect_links(text: str, frontmatter: Frontmatter) -> tuple[Link, ...]:
    """Return the links that are whole values of properties, in the order of the properties."""
    links: list[Link] = []

    def visit(value: Any, pointer: str, key: str) -> None:
        if isinstance(value, str):
            if value[:1] == "[" and value[-1:] in ("]", ")"):
                span = span_in_source(text, frontmatter.places, pointer, value)
                link = property_link(value, span, key, text)
                if link is not None:
                    links.append(link)
        elif isinstance(value, dict):
            for name, child in value.items():
                visit(child, f"{pointer}/{_step(name)}", f"{key}.{name}" if pointer else name)
        elif isinstance(value, list):
            for at, child in enumerate(value):
                visit(child, f"{pointer}/{at}", f"{key}.{at}")

    visit(frontmatter.data, "", "")
    return tuple(links)


def _step(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _place(places: Mapping[str, Places], pointer: str) -> Span:
    """Return the span of the value at ``pointer``, or of the alias that stands for its parent."""
    try:
        return places[pointer].value
    except KeyError:
        return _place(places, pointer.rpartition("/")[0])


def span_in_source(text: str, places: Mapping[str, Places], pointer: str, value: str) -> Span:
    """Return where ``value`` stands verbatim in the value at ``pointer``, else that whole value."""
    span = _place(places, pointer)
    at = text.find(value, span.start, span.end)
    return span if at < 0 else Span(at, at + len(value))


def _not_a_map(tree: YamlTree) -> Problem:
    span = tree.places[""].value
    if isinstance(tree.data, list):
        return Problem(
            "frontmatter-shape", span, "the properties are a list, not `name: value` lines"
        )
    message = (
        "the text between the `---` lines is not `name: value` lines, so there are no properties"
    )
    hint = "put a space after the colon" if ":" in str(tree.data) else ""
    return Problem("frontmatter-shape", span, message, hint)


def _unclosed(text: str, start: int) -> Properties:
    """Return a problem if the lines after an unclosed fence can only be properties."""
    block = _paragraph(text, start)
    if not _surely_properties(block):
        return _NONE
    message = "the properties that begin here are never closed by a `---` line"
    hint = "write `---` on a line of its own after the last property"
    return Properties(problems=(Problem("unclosed-frontmatter", Span(0, 3), message, hint),))


def _misplaced(text: str) -> Properties:
    """Return a problem if properties follow blank lines: Obsidian reads them only from line 1."""
    if text[:1] not in (" ", "\t", "\r", "\n"):
        return _NONE
    blank = _BLANK.match(text)
    start = blank.end() if blank else 0
    opening = _OPENING.match(text, start)
    closing = _CLOSING.search(text, opening.end() - 1) if opening else None
    if opening is None or closing is None:
        return _NONE
    if not _surely_properties(text[opening.end() : closing.start() + 1]):
        return _NONE
    message = "properties are read only when `---` is the very first line of the note"
    hint = "remove what stands before it"
    span = Span(start, start + 3)
    return Properties(problems=(Problem("frontmatter-not-first", span, message, hint),))


def _paragraph(text: str, start: int) -> str:
    blank = _BLANK_LINE.search(text, start)
    return text[start : blank.start() if blank else len(text)]


def _surely_properties(block: str) -> bool:
    """Return whether ``block`` reads as two properties or more, or as one that Obsidian names."""
    if len(block) > _MAX_GUESS or ":" not in block:
        return False
    data = compose(block).data
    if not isinstance(data, dict):
        return False
    return len(data) > 1 or any(name.lower() in _KNOWN_NAMES for name in data)
