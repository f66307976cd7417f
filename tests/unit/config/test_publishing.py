"""Where the config of a vault may have its index written."""

import pytest

from tests.unit.config.loading import load
from vaultlint.errors import ConfigError


@pytest.mark.parametrize(
    "path", ["index.json", "meta/vault index.jsonl", "./a/b.json", "größe.json"]
)
def test_a_json_file_in_the_vault(path: str) -> None:
    config = load(f"index: {{export: '{path}'}}")
    assert config.index.export == path.removeprefix("./")


def test_nothing_is_exported_unless_asked_for() -> None:
    assert load("").index.export is None
    assert load("index: {}").index.export is None


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/etc/x.json", "relative to the vault"),
        ("../x.json", "relative to the vault"),
        ("a/../../x.json", "relative to the vault"),
        ("C:/x.json", "relative to the vault"),
        ("a\\x.json", "relative to the vault"),
        (".obsidian/plugins/x/data.json", "hidden"),
        (".git/hooks/x.json", "hidden"),
        ("a\u202ejson.json", "hidden"),
        ("notes/a.md", ".json or .jsonl"),
        ("a", ".json or .jsonl"),
        ("", ".json or .jsonl"),
    ],
)
def test_any_other_place_is_an_error_at_its_value(path: str, problem: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(f"index:\n  export: '{path}'")
    assert problem in caught.value.message
    assert caught.value.position == (2, 11)
