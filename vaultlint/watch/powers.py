"""What a watcher may do about fixes: what was asked for, the config, and signs of other machines.

Invariant: asked anew whenever the config says something else; in doubt nothing is written.

Tests: tests/unit/watch/test_powers.py
"""

from pathlib import Path
from typing import NamedTuple

from vaultlint.config.on_save import fixed_on_save
from vaultlint.config.watching import WatchSettings
from vaultlint.source import Source
from vaultlint.watch.authority import Authority, authority
from vaultlint.watch.fixer import FixingPolicy
from vaultlint.watch.settle import Rest
from vaultlint.watch.signs import sync_services

GRACE = 10.0
"""Seconds for which a replaced note is watched for late saves of an editor."""


class Powers(NamedTuple):
    """Who fixes, and how this watcher does."""

    authority: Authority
    policy: FixingPolicy


def powers(
    settings: WatchSettings, source: Source, root: Path, host: str, *, no_fix: bool, dry_run: bool
) -> Powers:
    """Return what the watcher on ``host`` may do. Raises ConfigError if its pack is not there."""
    services = sync_services(root)
    found = authority(settings, services, host, no_fix=no_fix, dry_run=dry_run)
    fixes = found.fixes in ("on", "dry-run")
    rules = fixed_on_save(settings, source) if fixes else frozenset()
    rest = Rest(settings.settle, settings.settle_open)
    writes = found.fixes == "on"
    return Powers(found, FixingPolicy(rules, writes, rest, GRACE, synced=bool(services)))
