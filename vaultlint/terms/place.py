"""The place in a note that a rule of one's own looks at, by its name in the config.

Tests: tests/unit/terms/test_place.py
"""

from typing import Self

from vaultlint.errors import ConfigError
from vaultlint.terms.nearest import nearest

_PLACES = ("body", "line", "heading", "tag", "name", "path")
_LEVELS = tuple(f"heading {level}" for level in range(1, 7))
_PROPERTY = "property "


class Place(str):
    """A place that has a name.

    ``body``, ``line``, ``heading``, ``heading 1`` to ``heading 6``, ``tag``, ``name``, ``path`` or
    ``property NAME``. Raises ConfigError for anything else.
    """

    __slots__ = ("property",)

    property: str | None
    """The name of the property, None for another place."""

    def __new__(cls, source: str) -> Self:
        """Return ``source`` as a place."""
        named = source[len(_PROPERTY) :].strip() if source.startswith(_PROPERTY) else ""
        if source not in (*_PLACES, *_LEVELS) and not named:
            near = nearest(source, _PLACES)
            known = f"there are {', '.join(_PLACES)}, 'heading 1', and 'property NAME'"
            hint = f"did you mean {near!r}?" if near else known
            raise ConfigError(f"{source!r} is no place to look at; {hint}")
        place = super().__new__(cls, source)
        place.property = named or None
        return place
