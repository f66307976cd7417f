"""Links in properties that stand without quotes.

Tests: tests/specs/unquoted-link.md, tests/specs/property-type.md
"""

from collections.abc import Iterator
from typing import Any

from vaultlint.check import Note, Span
from vaultlint.checks._properties import value_at
from vaultlint.checks._reserved import RESERVED


def unquoted_links(note: Note) -> Iterator[Span]:
    """Yield the span of each value that is written ``[[...]]``, which YAML reads as a list in a list.

    Those of ``tags`` and the like are left out: no link was meant there.
    """
    frontmatter = note.frontmatter
    if frontmatter is None or not frontmatter.valid:
        return
    if note.text.find("[[", frontmatter.yaml.start, frontmatter.yaml.end) < 0:
        return
    taken = -1
    for where, place in frontmatter.places.items():
        span = place.value
        if span.start < taken or not note.text.startswith("[[", span.start):
            continue
        source = span.of(note.text)
        if source.endswith("]]") and "\n" not in source and "\r" not in source:
            taken = span.end
            reserved = where.split("/")[1].lower() in RESERVED if where else False
            if not reserved and _link_shaped(value_at(note, where)):
                yield span


def _link_shaped(value: Any) -> bool:
    """Return whether ``value`` is one list in a list, of one item or of strings."""
    if not (isinstance(value, list) and len(value) == 1 and isinstance(value[0], list)):
        return False
    inner = value[0]
    return len(inner) == 1 or (bool(inner) and all(isinstance(item, str) for item in inner))
