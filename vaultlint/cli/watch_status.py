"""``vaultlint watch --status``: what the running watcher does, for people and for scripts.

Tests: tests/unit/cli/test_watch.py
"""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vaultlint.cli.failure import CLEAN, FINDINGS
from vaultlint.cli.mv_pending import described
from vaultlint.cli.output import emit
from vaultlint.fixing.pending import read_pending
from vaultlint.report.terminal import safe
from vaultlint.view.as_json import dumps
from vaultlint.watch.status import read_status


def show_status(state: Path, format_: str) -> int:
    """Print the status of the watcher whose state is in that folder; return the exit code."""
    found = read_status(state)
    moves = read_pending(state)
    if found is not None:
        found["pending_moves"] = [dict(each.renames) for each in moves if not each.choices]
        found["pending_choices"] = {
            old: each.choices for each in moves if each.choices for old in each.renames
        }
    if format_ == "jsonl":
        emit([dumps(found or {"state": "not running"}) + "\n"])
    else:
        emit(f"{line}\n" for line in _lines(found))
        emit(line for each in moves for line in described(each))
        if not all(each.choices for each in moves):
            emit(["'vaultlint mv --pending' lets the links follow\n"])
    return FINDINGS if found is None else CLEAN


def _lines(found: dict[str, Any] | None) -> Iterator[str]:
    if found is None:
        yield "no watcher is running"
        return
    yield _headline(found)
    if "time" in found:
        when = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(found["time"]))
        counts = ", ".join(f"{number} {label}" for label, number in found["by_severity"].items())
        yield f"current as of {when}: {found['notes_checked']} notes, {counts}"
    if found.get("reason"):
        yield f"fixes: {safe(found['fixes'])} ({safe(found['reason'])})"
    elif "fixes" in found:
        yield f"fixes: {safe(found['fixes'])}"
    for title, key in (("waiting for", "waiting_for"), ("configuration", "config_error")):
        if key in found:
            yield f"{title}: {safe(found[key])}"
    for file in found.get("settling", ()):
        yield f"to be fixed when it has settled: {safe(file)}"
    for file, reason in found.get("left_alone", {}).items():
        yield f"left alone: {safe(file)}: {safe(reason)}"


def _headline(found: dict[str, Any]) -> str:
    if "vault" not in found:
        return f"a watcher is {safe(found['state'])}"
    by = "hearing of changes" if found["observing"] == "events" else "looking now and then"
    return f"{safe(found['state'])} {safe(found['vault'])} (process {found['pid']}), {by}"
