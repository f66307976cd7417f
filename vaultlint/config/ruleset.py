"""The resolved configuration: which rules run on which path, with which options.

Invariant: nothing here knows YAML or pydantic; a Config is plain data, made once by load.

Tests: tests/unit/config/
"""

from typing import Any, NamedTuple

from vaultlint.check import Check
from vaultlint.diagnostics import Severity


class Rule(NamedTuple):
    """A check with an id, a severity and options: what users meet."""

    id: str
    check: Check
    severity: Severity
    options: Any
    message: str | None = None
    layer: str = "default"
