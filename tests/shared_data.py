"""Where the shared reference data lies, for tests that use it when it is there.

The data (test vectors of Obsidian's behavior and two real vaults) is not part of this repository;
a checkout without it skips these tests and is still tested by everything else.
"""

import json
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"

needs_vectors = pytest.mark.skipif(
    not (SHARED / "semantics" / "vectors.json").is_file(),
    reason="the shared test vectors are not beside this checkout",
)
needs_vaults = pytest.mark.skipif(
    not (SHARED / "vaults").is_dir(), reason="the shared real vaults are not beside this checkout"
)


def vectors(*groups: str) -> list[dict]:
    """Return the vectors of ``groups`` (all without arguments), empty when the file is absent."""
    path = SHARED / "semantics" / "vectors.json"
    if not path.is_file():
        return []
    loaded = json.loads(path.read_text(encoding="utf-8"))
    return [vector for vector in loaded if not groups or vector["group"] in groups]
