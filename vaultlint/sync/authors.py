"""The authors of a source as a citation names them: one, several, "and others".

Tests: tests/unit/sync/test_authors.py
"""

import re
from typing import NamedTuple

_BETWEEN = re.compile(r"\s*(?:[,;]\s*(?:and|&)\s|[,;&]|\s(?:and|und|et|y)\s)\s*")
_OTHERS = re.compile(r"[\s,;]*(?:\bet\.?\s*al\b\.?|\band others\b|\bu\.\s?a\.|…|\.{3})[\s.]*\Z")
_INITIALS = re.compile(r"(?:[^\W\d_](?:\.[\s-]*|\Z))+")


class Authors(NamedTuple):
    """Names in order, as written, and whether there are more (``et al.``)."""

    names: tuple[str, ...]
    others: bool


def authors(text: str | None) -> Authors:
    """Return the authors that ``text`` names; none for None.

    Initials after a comma (``Doe, J.``) stay with the name before it.
    """
    if not text:
        return Authors((), others=False)
    bare = _OTHERS.sub("", text)
    names: list[str] = []
    for part in _BETWEEN.split(bare):
        if names and _INITIALS.fullmatch(part):
            names[-1] += f", {part}"
        elif part.strip():
            names.append(" ".join(part.split()))
    return Authors(tuple(names), others=bare != text)
