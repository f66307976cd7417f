"""The generated files are what the code says, and each command is documented."""

from pathlib import Path

import click
import pytest

from vaultlint.checks import check_ids
from vaultlint.cli.main import COMMANDS, cli
from vaultlint.devtools.generate import generated, stale, write

ROOT = Path(__file__).resolve().parents[1]


def test_generated_files_are_up_to_date() -> None:
    assert stale(ROOT) == [], "run 'vaultlint-dev generate' and commit what it writes"


def test_every_rule_has_a_page_and_a_line_in_the_index() -> None:
    files = dict(generated())
    for check_id in check_ids():
        assert f"docs/rules/{check_id}.md" in files
        assert f"({check_id}.md)" in files["docs/rules/README.md"]


def test_a_missing_changed_or_left_over_page_is_stale(tmp_path: Path) -> None:
    paths = [path for path, _ in generated()]
    assert stale(tmp_path) == paths
    write(tmp_path, paths)
    assert stale(tmp_path) == []
    (tmp_path / "docs/rules/broken-link.md").write_text("old")
    (tmp_path / "docs/rules/gone-rule.md").write_text("left over")
    changed = stale(tmp_path)
    assert changed == ["docs/rules/broken-link.md", "docs/rules/gone-rule.md"]
    write(tmp_path, changed)
    assert stale(tmp_path) == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme_and_explains_itself(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.name == name
    assert command.help
    assert all(p.help for p in command.params if isinstance(p, click.Option))
    assert f"vaultlint {name}" in (ROOT / "README.md").read_text(encoding="utf-8")
