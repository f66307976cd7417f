"""Events as JSON: one object a line, for programs that follow a watcher.

Invariant: ASCII, one line, valid against ``schemas/tool/events.schema.json``, whatever the vault
holds.

Tests: tests/unit/watch/test_as_json.py, tests/test_schemas.py
"""

import re
import time
from collections.abc import Callable
from typing import Any

from vaultlint.diagnostics import Advice, Diagnostic
from vaultlint.report.json_ import as_json
from vaultlint.report.summary import Advise
from vaultlint.view.as_json import dumps
from vaultlint.watch.events import Current, Event, Findings, Started

VERSION = 1
"""The version of the protocol; a change that breaks a reader counts it up."""

_WORD = re.compile(r"(?<!^)(?=[A-Z])")


class Lines:
    """Writes events as lines. Advice may take ``seconds`` between two Current events, no more.

    Searching for what was meant takes time for each finding; after a checkout there may be
    thousands. The findings that come too late for it have no help, related places or fix.
    """

    def __init__(
        self,
        advise: Advise,
        seconds: float = 1.0,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._advise = advise
        self._seconds = seconds
        self._clock = clock
        self._spent = 0.0

    def __call__(self, event: Event) -> str:
        """Return ``event`` as one line that ends in LF."""
        if isinstance(event, Current):
            self._spent = 0.0
        return dumps(record(event, self._patiently)) + "\n"

    def _patiently(self, diagnostic: Diagnostic) -> Advice:
        if self._spent >= self._seconds:
            return Advice()
        begun = self._clock()
        advice = self._advise(diagnostic)
        self._spent += self._clock() - begun
        return advice


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
