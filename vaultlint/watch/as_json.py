"""Events as JSON: one object a line, for programs that follow a watcher.

Invariant: ASCII, one line, valid against ``schemas/tool/events.schema.json``, whatever the vault
holds.

Tests: tests/unit/watch/test_as_json.py, tests/test_schemas.py
"""

import re
from typing import Any

from vaultlint.report.json_ import as_json
from vaultlint.report.summary import Advise
from vaultlint.view.as_json import dumps
from vaultlint.watch.events import Event, Findings, Started

VERSION = 1
"""The version of the protocol; a change that breaks a reader counts it up."""

_WORD = re.compile(r"(?<!^)(?=[A-Z])")


def line(event: Event, advise: Advise) -> str:
    """Return ``event`` as one line that ends in LF."""
    return dumps(record(event, advise)) + "\n"


def record(event: Event, advise: Advise) -> dict[str, Any]:
    """Return ``event`` as the schema describes it."""
    name = _WORD.sub("-", type(event).__name__).lower()
    if isinstance(event, Findings):
        found = [as_json(each, advise(each)) for each in event.diagnostics]
        return {"event": name, "path": event.file, "findings": found}
    fields: dict[str, Any] = {"version": VERSION} if isinstance(event, Started) else {}
    for key, value in event._asdict().items():
        fields["path" if key == "file" else key] = (
            list(value) if isinstance(value, tuple) else value
        )
    return {"event": name, **fields}
