"""How a check declares its options: a frozen dataclass whose fields come from ``option``.

The dataclass is the single source: config validates YAML against a model built from it, and the
docs page lists its fields. A check never imports pydantic.

Tests: tests/unit/config/test_options.py
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class NoOptions:
    """The options of a check that has none."""


def option(default: Any, doc: str) -> Any:
    """Return a dataclass field with ``default`` (a factory if callable) and one line of ``doc``."""
    metadata = {"doc": doc}
    if callable(default):
        factory: Callable[[], Any] = default
        return field(default_factory=factory, metadata=metadata)
    return field(default=default, metadata=metadata)
