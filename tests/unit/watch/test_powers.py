"""What a watcher may do, as its config and the vault say."""

import pytest

from vaultlint.config.watching import WatchSettings
from vaultlint.errors import ConfigError
from vaultlint.source.folder import FolderSource
from vaultlint.watch.powers import powers


def ask(root, settings, *, no_fix=False, dry_run=False):
    return powers(settings, FolderSource(root), root, "desk", no_fix=no_fix, dry_run=dry_run)


def test_settled_notes_are_fixed_unless_something_speaks_against_it(tmp_path):
    found = ask(tmp_path, WatchSettings(settle=3, settle_open=4))
    assert found.authority.fixes == "on"
    assert found.policy.writes
    assert found.policy.rules
    assert (found.policy.rest.closed, found.policy.rest.open) == (3, 4)


@pytest.mark.parametrize(
    ("settings", "options", "fixes"),
    [
        (WatchSettings(fix=False), {}, "off"),
        (WatchSettings(), {"no_fix": True}, "off"),
        (WatchSettings(machine="another"), {}, "elsewhere"),
        (WatchSettings(fix=False, pack="nowhere"), {}, "off"),
    ],
)
def test_no_rule_is_fixed_then(tmp_path, settings, options, fixes):
    found = ask(tmp_path, settings, **options)
    assert found.authority.fixes == fixes
    assert not found.policy.writes
    assert not found.policy.rules


def test_a_dry_run_has_rules_and_writes_nothing(tmp_path):
    found = ask(tmp_path, WatchSettings(), dry_run=True)
    assert found.policy.rules
    assert not found.policy.writes


def test_a_pack_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(ConfigError, match="there is no pack"):
        ask(tmp_path, WatchSettings(pack="nowhere"))
