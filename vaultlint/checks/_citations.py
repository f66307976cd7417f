"""What the checks of citations share: whose kind is meant, and what a citation's text states.

Invariant: only a citation whose first link is external is judged by its text; a line that points
to another note (``#PAPER see [[X]]``) cites nothing itself.

Tests: tests/unit/checks/test_citations.py, tests/specs/citation-*.md
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from vaultlint.check import Note, VaultView
from vaultlint.checks._templates import is_template
from vaultlint.note.model import Citation, CitedLink

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?![\d])", re.ASCII)
_WORDS = re.compile(r"[^\W_]+")
_NUMBERED = re.compile(r"^\\?\[\d{4}\.\d{4,5}(?:v\d+)?\\?\]\s*")
_LINKS = re.compile(r"://|\]\(|\[\[")
_INDENT = re.compile(r"[ \t>]*")
_MOST_NESTED_LINES = 100
_LONGEST_INDENT = 200
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")
_MARKS = " \t*_~="


class Stated(NamedTuple):
    """What the text of a citation states, read without a template; None where it does not say."""

    title: str
    author: str | None
    year: int | None


def citations(note: Note, vault: VaultView, kinds: Iterable[str]) -> Iterator[Citation]:
    """Yield the citations of ``note`` that have one of ``kinds`` (all, when there are none)."""
    if not note.citations or is_template(note, vault):
        return
    wanted = frozenset(kind.casefold() for kind in kinds)
    for citation in note.citations:
        if not wanted or any(_is_kind(tag.name, wanted) for tag in citation.kinds):
            yield citation


def kind_of(citation: Citation, known: Iterable[str]) -> str | None:
    """Return the first of ``known`` that a tag of ``citation`` is or is nested in, by tag order."""
    for tag in citation.kinds:
        for name in known:
            if _is_kind(tag.name, {name.casefold()}):
                return name
    return None


def _is_kind(tag: str, folded: Iterable[str]) -> bool:
    name = tag.casefold()
    return name in folded or name.partition("/")[0] in folded


def is_external(link: CitedLink) -> bool:
    """Return whether ``link`` leads out of the vault."""
    return "://" in link.url


def source_link(citation: Citation) -> CitedLink | None:
    """Return the link to the source: the first one, if it is external."""
    first = citation.links[0] if citation.links else None
    return first if first is not None and is_external(first) else None


def surely_no_link(note: Note, citation: Citation) -> bool:
    """Return whether the citation has text, but no link in it or in the lines nested under it."""
    text = note.text
    lines = iter(_LINE.finditer(text, citation.kinds[-1].span.end))
    line = next(lines).group()
    if not any(char.isalpha() for char in line) or _LINKS.search(line):
        return False
    begin = max(citation.span.start - _LONGEST_INDENT, 0)
    before = text[begin : citation.span.start]
    own = _indent(before[max(before.rfind("\n"), before.rfind("\r")) + 1 :])
    for nested in islice(lines, _MOST_NESTED_LINES):
        line = nested.group()
        if line.strip():
            if _indent(line) <= own:
                break
            if _LINKS.search(line):
                return False
    return True


def _indent(line: str) -> int:
    match = _INDENT.match(line)
    return len(match.group().expandtabs(4)) if match else 0


def bare_text(text: str) -> str:
    """Return the text of a link without emphasis around the whole of it."""
    return text.strip(_MARKS)


def stated(text: str) -> Stated:
    """Return what ``text`` states: a parenthesis at its end with one year is author and year."""
    text = bare_text(text)
    opening = text.rfind("(") if text.endswith(")") else -1
    group = text[opening + 1 : -1] if opening >= 0 else ""
    years = _YEAR.findall(group)
    if opening < 0 or len(set(years)) != 1 or ")" in group:
        return Stated(_without_number(text), None, None)
    author = group[: group.index(years[0])].strip(" ,;:")
    named = author if any(char.isalpha() for char in author) else None
    return Stated(_without_number(text[:opening].rstrip()), named, int(years[0]))


def words(text: str) -> list[str]:
    """Return the words of ``text``, case-folded, without punctuation."""
    return _WORDS.findall(text.casefold())


def _without_number(title: str) -> str:
    return _NUMBERED.sub("", title)
