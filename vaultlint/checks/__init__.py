"""One file per check; the file name is the check's id with underscores.

The registry finds checks by their file names, so that adding one touches no list, and imports a
check only when a rule uses it.

Tests: tests/unit/test_registry.py, tests/specs/
"""

import importlib
import pkgutil
from functools import cache

from vaultlint.check import Check


@cache
def check_ids() -> tuple[str, ...]:
    """Return the ids of all checks, sorted, without importing them."""
    names = (module.name for module in pkgutil.iter_modules(__path__))
    return tuple(sorted(name.replace("_", "-") for name in names if not name.startswith("_")))


@cache
def load_check(check_id: str) -> Check:
    """Return the check ``check_id``. Raises KeyError if there is none."""
    if check_id not in check_ids():
        raise KeyError(check_id)
    module = importlib.import_module(f"{__name__}.{check_id.replace('-', '_')}")
    check: Check = module.CHECK
    assert check.id == check_id, f"{module.__name__} declares {check.id!r}"
    return check
