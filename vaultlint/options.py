"""How a check declares its options: a frozen dataclass whose fields come from ``option``.

The dataclass is the single source: config validates YAML against a model built from it, and the
docs page lists its fields. A check never imports pydantic.

A field's type is one of: str, int, float, bool, Literal, Severity, Pattern or CitationTemplate
(made from a string), VocabularyName (checked against the configured vocabularies), a nested
dataclass of options, ``tuple[T, ...]``, ``frozenset[T]``, ``Mapping[str, T]``, and unions of these.

Tests: tests/unit/config/test_options.py
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeAlias

VocabularyName: TypeAlias = Annotated[str, "vocabulary"]
"""The name of a configured vocabulary. In a ``Mapping[str, VocabularyName]`` (or a mapping to
dataclasses that hold one) the keys are properties: that binds each property to its vocabulary."""


@dataclass(frozen=True, slots=True)
class NoOptions:
    """The options of a check that has none."""


def option(default: Any, doc: str, *, binds: str | None = None, needed: bool = False) -> Any:
    """Return a dataclass field with ``default`` (a factory if callable) and one line of ``doc``.

    ``binds`` is the property whose values come from the vocabulary that the option names. Without
    an option that is ``needed`` a rule finds nothing: one of the user's own has to give it.
    """
    metadata = {"doc": doc, "binds": binds, "needed": needed}
    if callable(default):
        factory: Callable[[], Any] = default
        return field(default_factory=factory, metadata=metadata)
    return field(default=default, metadata=metadata)
