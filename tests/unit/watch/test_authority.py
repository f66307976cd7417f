"""Who may fix."""

import pytest

from vaultlint.config.watching import WatchSettings
from vaultlint.watch.authority import authority


def power(settings=WatchSettings(), services=(), host="desk", *, no_fix=False, dry_run=False):  # noqa: B008
    return authority(settings, services, host, no_fix=no_fix, dry_run=dry_run)


def test_on_a_vault_of_one_machine_fixes_are_on():
    assert power() == ("on", "")
    assert power(dry_run=True) == ("dry-run", "")
    assert power(no_fix=True, dry_run=True).fixes == "off"


def test_the_config_can_turn_them_off():
    assert power(WatchSettings(fix=False)).fixes == "off"


def test_a_synced_vault_is_fixed_on_the_named_machine_only():
    found = power(services=("Syncthing",))
    assert found.fixes == "elsewhere"
    assert "Syncthing" in found.reason
    assert "machine: desk" in found.reason
    assert power(WatchSettings(machine="desk"), ("Syncthing",)).fixes == "on"
    assert power(WatchSettings(machine="lap"), ("Syncthing",)).fixes == "elsewhere"
    assert power(WatchSettings(machine="lap")).fixes == "elsewhere"


@pytest.mark.parametrize(
    ("named", "host", "same"),
    [
        ("desk", "Desk", True),
        ("desk", "desk.local", True),
        ("desk.example.org", "desk", True),
        ("desk.a.org", "desk.b.org", False),
        ("desktop", "desk", False),
    ],
)
def test_a_domain_may_be_missing(named, host, same):
    assert (power(WatchSettings(machine=named), host=host).fixes == "on") is same
