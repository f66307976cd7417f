"""What the checks of citations share: whose kind is meant, and which link cites.

Invariant: only a citation whose first link is external is judged by its text; a line that points
to another note (``#PAPER see [[X]]``) cites nothing itself.

Tests: tests/specs/citation-*.md
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from vaultlint.check import Note, VaultView
from vaultlint.checks._templates import is_template
from vaultlint.note.model import Citation, CitedLink

_LINKS = re.compile(r"://|\]\(|\[\[")
_JOINT = re.compile(r"[\s,;/|&+]*(?:(?:and|or)\s+)?")
_INDENT = re.compile(r"[ \t>]*")
_MOST_NESTED_LINES = 100
_LONGEST_INDENT = 200
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")


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


def joined_link(note: Note, citation: Citation, link: CitedLink) -> CitedLink | None:
    """Return the link to a second source that stands right after ``link``, the first, if any."""
    for second in citation.links[1:2]:
        between = (link.span.end, second.span.start)
        if is_external(second) and _JOINT.fullmatch(note.text, *between):
            return second
    return None


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
