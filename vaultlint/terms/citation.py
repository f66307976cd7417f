"""Citation templates such as ``{title} ({author} {year})``, compiled to a linear-time parser.

Invariant: what stands after ``{title}`` in the template is read from the end of the text, what
stands before it from the start, and the title is the rest. So parentheses in a title, and several
words in a name, need no guessing.

Tests: tests/unit/terms/test_citation.py
"""

import re
from typing import NamedTuple

from vaultlint.errors import ConfigError

_FIELD = re.compile(r"\{([^{}]*)\}")
_FIELDS = ("title", "author", "year")
_YEAR_AT_END = re.compile(r"(?<!\d)([12]\d{3})[a-z]?$", re.ASCII)
_YEAR_AT_START = re.compile(r"([12]\d{3})[a-z]?(?!\d)", re.ASCII)
_HOST = re.compile(r"\s*+(?:[\w-]++\.)++[A-Za-z]{2,}+\s*+")
_ANY_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)", re.ASCII)
_MAX_TEMPLATE = 200


class ParsedCitation(NamedTuple):
    """The parts of a citation's text; a part that the template lacks is None."""

    title: str
    author: str | None
    year: int | None


class _Part(NamedTuple):
    """A piece of a template: a field's name, or literal text when ``field`` is empty."""

    field: str
    literal: str


class _Mismatch(Exception):
    """The text does not fit; the argument says in a few words why."""


class CitationTemplate:
    """One compiled template. Raises ConfigError when the template itself is wrong.

    ``fields`` are the names it asks for. Two templates are equal when their sources are.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        parts = _parts(source)
        self.fields = frozenset(part.field for part in parts if part.field)
        at = next(number for number, part in enumerate(parts) if part.field == "title")
        self._before = tuple(parts[:at])
        self._after = tuple(parts[at + 1 :])

    def __repr__(self) -> str:
        return f"CitationTemplate({self.source!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CitationTemplate) and other.source == self.source

    def __hash__(self) -> int:
        return hash(self.source)

    def parse(self, text: str) -> ParsedCitation | None:
        """Return the parts of ``text``, or None when it does not fit. Linear time."""
        try:
            return self._parse(text)
        except _Mismatch:
            return None

    def mismatch(self, text: str) -> str:
        """Return in a few words what ``text`` lacks, e.g. "no year"; empty when it fits."""
        try:
            self._parse(text)
        except _Mismatch as mismatch:
            return str(mismatch)
        return ""

    def _parse(self, text: str) -> ParsedCitation:
        rest = text.strip()
        found: dict[str, str] = {}
        for number in range(len(self._after) - 1, -1, -1):
            rest = self._from_end(rest, number, found)
        for number in range(len(self._before)):
            rest = self._from_start(rest, number, found)
        title = rest.strip()
        if not title:
            raise _Mismatch("no title")
        year = found.get("year")
        return ParsedCitation(title, found.get("author"), int(year[:4]) if year else None)

    def _from_end(self, text: str, number: int, found: dict[str, str]) -> str:
        """Take part ``number`` of those after the title off the end of ``text``."""
        part = self._after[number]
        if not part.field:
            literal = part.literal.strip()
            stripped = text.rstrip()
            if not stripped.endswith(literal):
                raise _Mismatch(self._missing(number, found))
            return stripped[: len(stripped) - len(literal)].rstrip() if literal else stripped
        if part.field == "year":
            match = _YEAR_AT_END.search(text[-6:])
            if match is None:
                raise _Mismatch(self._year_problem(text))
            found["year"] = match.group(1)
            return text[: len(text) - len(match.group())]
        start = _author_start(text, self._after[number - 1].literal)
        found["author"] = _author(text[start:])
        return text[:start]

    def _from_start(self, text: str, number: int, found: dict[str, str]) -> str:
        """Take part ``number`` of those before the title off the start of ``text``."""
        part = self._before[number]
        if not part.field:
            literal = part.literal.strip()
            stripped = text.lstrip()
            if not stripped.startswith(literal):
                raise _Mismatch(f'no "{literal}" before the title')
            return stripped[len(literal) :]
        if part.field == "year":
            match = _YEAR_AT_START.match(text.lstrip())
            if match is None:
                raise _Mismatch("no year")
            found["year"] = match.group(1)
            return text.lstrip()[match.end() :]
        literal = self._before[number + 1].literal
        end = text.find(literal)
        if end < 0:
            raise _Mismatch(f'no "{literal.strip()}" after the author')
        found["author"] = _author(text[:end])
        return text[end:]

    def _missing(self, number: int, found: dict[str, str]) -> str:
        if found:
            return "no author" if "author" in self.fields and "author" not in found else "no title"
        return self._no_tail() if number == len(self._after) - 1 else "no year"

    def _no_tail(self) -> str:
        tail = "".join(part.field or part.literal for part in self._after).strip()
        return f'no "{tail}" at the end'

    def _year_problem(self, text: str) -> str:
        group = text[text.rfind("(") + 1 :]
        if _HOST.fullmatch(group):
            return self._no_tail()  # what browsers put behind a title is no author
        return "text after the year" if _ANY_YEAR.search(group) else "no year"


def _parts(source: str) -> list[_Part]:
    """Return the parts of a template. Raises ConfigError when it is not one."""
    if len(source) > _MAX_TEMPLATE:
        raise ConfigError(f"a citation template has at most {_MAX_TEMPLATE} characters")
    parts: list[_Part] = []
    at = 0
    for match in _FIELD.finditer(source):
        if literal := source[at : match.start()]:
            parts.append(_Part("", literal))
        name = match.group(1)
        if name not in _FIELDS:
            known = ", ".join(f"{{{field}}}" for field in _FIELDS)
            raise ConfigError(f"a citation template has no field {{{name}}}; it has {known}")
        if any(part.field == name for part in parts):
            raise ConfigError(f"{{{name}}} stands twice in the citation template")
        if parts and parts[-1].field:
            raise ConfigError(f"nothing separates {{{parts[-1].field}}} from {{{name}}}")
        parts.append(_Part(name, ""))
        at = match.end()
    if literal := source[at:]:
        parts.append(_Part("", literal))
    if any("{" in part.literal or "}" in part.literal for part in parts):
        raise ConfigError("a brace of the citation template is not closed")
    if not any(part.field == "title" for part in parts):
        raise ConfigError("a citation template needs {title}")
    return parts


def _author_start(text: str, literal: str) -> int:
    """Return where the author at the end of ``text`` starts: after the last balanced ``literal``."""
    depth = 0
    bare = literal.strip() or literal
    for at in range(len(text), -1, -1):
        if depth == 0 and text.endswith(bare, 0, at):
            return at
        if at:
            depth += (text[at - 1] == ")") - (text[at - 1] == "(")
        if depth < 0:
            break
    raise _Mismatch("no author")


def _author(text: str) -> str:
    name = text.strip()
    if not any(char.isalpha() for char in name):
        raise _Mismatch("no author")
    if name.endswith((",", ";", ":")):
        raise _Mismatch(
            "a comma before the year" if name.endswith(",") else "a mark after the author"
        )
    return name
