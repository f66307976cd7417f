"""Whether this watcher fixes: what the command line, the config and signs of a sync service say.

A fix on one machine and an edit on another, before either has arrived, become a conflict copy. So
on a vault that is synced only the machine that the config names may fix.

Invariant: pure. In doubt nothing is written.

Tests: tests/unit/watch/test_authority.py
"""

from collections.abc import Sequence
from typing import NamedTuple

from vaultlint.config.watching import WatchSettings
from vaultlint.watch.events import Fixes


class Authority(NamedTuple):
    """What is done about fixes, and why if they are not written."""

    fixes: Fixes
    reason: str = ""


def authority(
    settings: WatchSettings, services: Sequence[str], host: str, *, no_fix: bool, dry_run: bool
) -> Authority:
    """Return what the watcher on ``host`` may do with a vault that ``services`` carry elsewhere."""
    if no_fix:
        return Authority("off")
    if not settings.fix:
        return Authority("off", "watch.fix is false in the configuration")
    if settings.machine is not None and not _same_host(settings.machine, host):
        return Authority("elsewhere", f"watch.machine names {settings.machine!r}, this is {host!r}")
    if settings.machine is None and services:
        return Authority(
            "elsewhere",
            f"the vault seems to be synced by {', '.join(services)}; to fix on this machine alone, "
            f"set 'watch: {{machine: {host}}}' in vaultlint.yaml",
        )
    return Authority("dry-run" if dry_run else "on")


def _same_host(one: str, other: str) -> bool:
    """Return whether two host names are the same, one of them perhaps without its domain."""
    a, b = one.lower(), other.lower()
    return a == b or (("." not in a or "." not in b) and a.split(".")[0] == b.split(".")[0])
