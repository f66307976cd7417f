"""docs/ci.md: its YAML is what the services read, and its commands run."""

import json
import re
import shlex
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner
from pre_commit import clientlib

from tests.git_repository import Repo, alone, needs_git
from vaultlint.cli.main import cli

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
YAML = [yaml.safe_load(body) for kind, body in BLOCKS if kind == "yaml"]
VENDOR = files("check_jsonschema") / "builtin_schemas" / "vendor"


def commands_in(value: object) -> list[str]:
    """Return the lines of shell in a workflow or a pipeline."""
    if isinstance(value, dict):
        lines = [value["run"]] if isinstance(value.get("run"), str) else []
        lines += value.get("script", [])
        return lines + [line for each in value.values() for line in commands_in(each)]
    if isinstance(value, list):
        return [line for each in value for line in commands_in(each)]
    return []


def shell_lines() -> list[str]:
    plain = [line for kind, body in BLOCKS if kind == "sh" for line in body.splitlines()]
    lines = [*plain, *(line for each in YAML for line in commands_in(each))]
    return list(dict.fromkeys(line for line in lines if "vaultlint " in line and line[0] != "#"))


def arguments_of(line: str, home: Path) -> list[str]:
    """Return the words after "vaultlint", with what a shell would put in for variables."""
    text = line.partition("vaultlint ")[2].partition(" >")[0]
    for name, value in (("$HOME", str(home)), ("$(date +%F)", "night"), ("$BASE", "main")):
        text = text.replace(name, value)
    assert "$" not in text
    return shlex.split(text)


def schema(name: str) -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(json.loads((VENDOR / name).read_text(encoding="utf-8")))


@pytest.mark.parametrize("workflow", [each for each in YAML if "jobs" in each])
def test_workflows_are_valid(workflow: dict) -> None:
    named = {("on" if key is True else key): value for key, value in workflow.items()}  # YAML 1.1
    schema("github-workflows.json").validate(named)


def test_the_inputs_of_the_action_exist() -> None:
    inputs = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"]
    used = [
        step["with"]
        for each in YAML
        if "jobs" in each
        for step in each["jobs"]["check"]["steps"]
        if "vaultlint@" in step.get("uses", "")
    ]
    assert used
    for given in used:
        assert set(given) <= set(inputs)
    for name in re.findall(r"`([\w-]+)` (?:and|take)", TEXT.partition("lists the")[2][:120]):
        assert name in inputs


def test_the_pipeline_is_valid() -> None:
    (pipeline,) = [each for each in YAML if "vault" in each]
    schema("gitlab-ci.json").validate(pipeline)


def test_the_hooks_are_ours(tmp_path: Path) -> None:
    (config,) = [each for each in YAML if "repos" in each]
    path = tmp_path / "config.yaml"
    path.write_text(yaml.safe_dump(config))
    assert clientlib.load_config(path)
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    hooks = {hook["id"] for repo in config["repos"] for hook in repo["hooks"]}
    assert hooks <= {hook["id"] for hook in offered}


@needs_git
@pytest.mark.parametrize("line", shell_lines())
def test_the_commands_run(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone(monkeypatch)
    repo = Repo(tmp_path / "repository")
    repo.write({"docs/.obsidian/app.json": "{}", "docs/a.md": "[[gone]]\n"})
    monkeypatch.chdir(repo.root)
    program = CliRunner(env={"GITHUB_ACTIONS": None, "CI": "true"})
    assert program.invoke(cli, ["baseline", "docs"]).exit_code == 0
    repo.git("add", "-A")
    repo.git("commit", "-q", "-m", "first")
    repo.git("branch", "origin/main")
    (tmp_path / "notes").symlink_to(repo.root / "docs")
    (tmp_path / "vault-reports").mkdir()
    if line.startswith("cd "):
        monkeypatch.chdir(tmp_path / "notes")
    arguments = arguments_of(line, tmp_path)
    clean = program.invoke(cli, arguments)
    assert clean.exit_code == 0, clean.output
    if not {"--status", "report", "never"} & set(arguments):
        (repo.root / "docs" / "b.md").write_text("[[nowhere]]\n")
        assert program.invoke(cli, arguments).exit_code == 1
    for part in arguments:
        target = part.rpartition(":")[2] if ":" in part else ""
        assert not target or Path(target).stat().st_size > 0


def test_there_are_recipes_for_each() -> None:
    assert len(YAML) == 4
    assert len(shell_lines()) >= 5
