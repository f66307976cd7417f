"""What docs/index.md says: its queries run, its sample follows the schema, its config loads."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from tests.unit.config.loading import load
from vaultlint.cli.main import COMMANDS, cli

ROOT = Path(__file__).resolve().parents[1]
DOCS = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
CLEAN = ROOT / "tests" / "vaults" / "clean"


def fenced(language: str) -> str:
    (block,) = re.findall(rf"^```{language}\n(.*?)^```$", DOCS, re.MULTILINE | re.DOTALL)
    return block


@pytest.mark.parametrize(
    "sql", [part.strip() for part in fenced("sql").split(";\n") if part.strip()]
)
def test_every_query_runs(sql: str) -> None:
    result = CliRunner().invoke(
        cli, ["query", "--vault", str(CLEAN), "--format", "json", "--", sql]
    )
    assert result.exit_code == 0, result.stderr
    json.loads(result.stdout)


def test_the_sample_follows_the_schema() -> None:
    schema = json.loads((ROOT / "schemas" / "tool" / "index.schema.json").read_text("utf-8"))
    jsonschema.validate(json.loads(fenced("json")), schema)


def test_the_config_loads() -> None:
    assert load(fenced("yaml")).index.export == "meta/index.json"


def test_every_command_and_option_that_is_named_exists() -> None:
    named = set(re.findall(r"`vaultlint (\w+)", DOCS)) | set(
        re.findall(r"^ {4}vaultlint (\w+)", DOCS, re.MULTILINE)
    )
    assert named <= set(COMMANDS)
    options: set[str] = set()
    todo = [cli.get_command(None, name) for name in COMMANDS]
    while todo:
        command = todo.pop()
        options.update(opt for each in command.params for opt in each.opts)
        todo += getattr(command, "commands", {}).values()
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", DOCS)) <= options


def test_every_file_that_is_linked_is_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", DOCS)
    assert links
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []
