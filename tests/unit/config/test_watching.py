"""The section ``watch`` of vaultlint.yaml, and the pack of rules that are fixed on save."""

import pytest

from tests.memory_source import MemorySource
from vaultlint.checks import load_check
from vaultlint.config.load import load_config
from vaultlint.config.on_save import fixed_on_save
from vaultlint.config.watching import WatchSettings
from vaultlint.errors import ConfigError


def settings(text):
    return load_config(MemorySource({"vaultlint.yaml": text.encode()})).watch


def test_without_a_section_the_defaults_hold():
    assert settings("rules: {}\n") == WatchSettings()
    assert load_config(MemorySource({})).watch == WatchSettings()


def test_a_section_sets_what_it_names():
    found = settings("watch: {fix: false, settle: 5, machine: desk, poll: true}\n")
    assert found == WatchSettings(fix=False, settle=5, machine="desk", poll=True)


def test_a_pack_may_say_it_and_the_file_wins_key_by_key():
    files = {
        "vaultlint.yaml": b"extends: [./p.yaml]\nwatch: {settle: 5}\n",
        "p.yaml": b"name: p\ndescription: P.\nwatch: {settle: 7, quiet: 1}\n",
    }
    assert load_config(MemorySource(files)).watch == WatchSettings(settle=5, quiet=1)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("watch: {settle: -1}\n", "1:17"),
        ("watch: {setle: 1}\n", "1:9"),
        ("watch: {fix: maybe}\n", "1:14"),
        ("watch: true\n", "1:8"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(text, place):
    with pytest.raises(ConfigError) as caught:
        settings(text)
    assert str(caught.value).startswith(f"vaultlint.yaml:{place}: ")


def test_the_shipped_pack_names_rules_that_have_repairs():
    rules = fixed_on_save(WatchSettings(), MemorySource({}))
    assert "unquoted-link" in rules
    assert all(load_check(rule).repair is not None for rule in rules)


def test_a_pack_of_ones_own_may_name_them():
    files = {"mine.yaml": b"rules: {link-case: warning, table-pipe: off}\n"}
    found = fixed_on_save(WatchSettings(pack="mine.yaml"), MemorySource(files))
    assert found == {"link-case"}


@pytest.mark.parametrize(
    ("pack", "files", "message"),
    [
        ("another", {}, "there is no pack 'another'"),
        ("safe-on-sav", {}, "did you mean 'safe-on-save'"),
        ("mine.yaml", {}, "the pack 'mine.yaml'"),
        ("mine.yaml", {"mine.yaml": b"name: mine\n"}, "lists no rules"),
        ("mine.yaml", {"mine.yaml": b"rules: [\n"}, "mine.yaml:"),
    ],
)
def test_a_pack_that_cannot_be_used_is_an_error(pack, files, message):
    with pytest.raises(ConfigError) as caught:
        fixed_on_save(WatchSettings(pack=pack), MemorySource(files))
    assert message in str(caught.value)
