"""Nested tags: ``#area/work`` counts for ``#area`` too.

Source: help vault, Tags ("Nested tags"); read back from the app: a parent made of digits only is
no tag, a trailing slash is dropped.

Tests: tests/unit/note/test_tag_tree.py
"""

from collections.abc import Iterator


def tag_and_parents(name: str) -> Iterator[str]:
    """Yield the tags, folded and without ``#``, that the tag ``name`` counts for: itself last."""
    parts = name.removeprefix("#").lower().strip("/").split("/")
    for count in range(1, len(parts) + 1):
        tag = "/".join(parts[:count])
        if parts[count - 1] and not (tag.isascii() and tag.isdigit()):
            yield tag
