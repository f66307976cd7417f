"""The published schemas: reports follow theirs, configs that ship follow theirs."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from vaultlint.cli.main import cli

ROOT = Path(__file__).resolve().parents[1]
TOOL = ROOT / "schemas" / "tool"
MESSY = ROOT / "tests" / "vaults" / "messy"
CONFIGS = sorted(
    [*ROOT.glob("examples/*/vaultlint.yaml"), *ROOT.glob("tests/vaults/*/vaultlint.yaml")]
)
VAULTS = sorted(path for path in ROOT.glob("tests/vaults/*") if path.is_dir())


def validator(name: str) -> jsonschema.Draft202012Validator:
    schema = json.loads((TOOL / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def report_of(*arguments: str) -> dict:
    result = CliRunner().invoke(cli, ["check", str(MESSY), "--format", "json", *arguments])
    return json.loads(result.stdout)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--pack", "strict"),
        ("--select", "broken-link", "--max-findings", "1"),
        ("--ignore", "broken-link"),
    ],
    ids=" ".join,
)
def test_a_report_follows_its_schema(arguments: tuple[str, ...]) -> None:
    report = report_of(*arguments)
    assert [*validator("report").iter_errors(report)] == []
    assert report["summary"]["shown"] == len(report["diagnostics"]) > 0
    assert sum(report["summary"]["by_rule"].values()) == report["summary"]["total"]


def test_the_lines_of_jsonl_are_the_parts_of_a_report() -> None:
    result = CliRunner().invoke(cli, ["check", str(MESSY), "--format", "jsonl"])
    *findings, last = [json.loads(line) for line in result.stdout.splitlines()]
    report = {**last, "diagnostics": findings}
    assert [*validator("report").iter_errors(report)] == []


def test_the_report_schema_refuses_what_it_does_not_name() -> None:
    report = report_of()
    report["diagnostics"][0]["surprise"] = 1
    with pytest.raises(jsonschema.ValidationError):
        validator("report").validate(report)


@pytest.mark.parametrize("vault", VAULTS, ids=lambda path: path.name)
def test_an_index_follows_its_schema(vault: Path) -> None:
    result = CliRunner().invoke(cli, ["index", "export", "--vault", str(vault)])
    assert result.exit_code == 0
    index = json.loads(result.stdout)
    validator("index").validate(index)
    assert index["notes"]
    for record in (index, *index["notes"][:1], *index["diagnostics"][:1], *index["tags"][:1]):
        record["surprise"] = 1
        assert not validator("index").is_valid(index)
        del record["surprise"]


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.parent.name)
def test_a_config_follows_its_schema(path: Path) -> None:
    config = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    assert [*validator("config").iter_errors(config)] == []


@pytest.mark.parametrize(
    "config",
    [
        {"rule": {}},
        {"include": 5},
        {"rules": {"broken-link": "fatal"}},
        {"rules": {"broken-link": {"ignroe": []}}},
        {"rules": {"my-own": {"check": "nothing"}}},
        {"vocabularies": {"tags": {"term": []}}},
        {"overrides": [{"rules": {}}]},
    ],
    ids=json.dumps,
)
def test_the_config_schema_refuses_mistakes(config: dict) -> None:
    assert not validator("config").is_valid(config)


@pytest.mark.parametrize(
    "config",
    [
        {},
        {"extends": "strict", "include": "**"},
        {"rules": {"broken-link": "off", "orphan-note": True}},
        {"rules": {"my-own": {"check": "pattern", "severity": "info", "pattern": "x"}}},
    ],
    ids=json.dumps,
)
def test_the_config_schema_accepts_what_is_right(config: dict) -> None:
    assert [*validator("config").iter_errors(config)] == []
