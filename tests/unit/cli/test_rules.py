"""``vaultlint rules`` and ``vaultlint explain``."""

import json

from tests.unit.cli.conftest import MakeVault, Run
from vaultlint.checks import check_ids

CONFIG = """\
rules:
  broken-link: {severity: warning, paths: ["sub/**"]}
  broken-anchor: off
  has-title: {check: pattern, severity: info, on: body, pattern: "TODO", message: unfinished}
"""
NOTES = {"vaultlint.yaml": CONFIG, "a.md": "", "sub/b.md": ""}


def test_every_rule_with_its_state(run: Run, make_vault: MakeVault) -> None:
    make_vault(NOTES)
    result = run("rules", "--format", "json")
    assert result.exit_code == 0
    states = {each["id"]: each for each in json.loads(result.stdout)}
    assert set(states) == {*check_ids(), "has-title"}
    assert list(states) == sorted(states)
    assert states["broken-embed"]["severity"] == "error"
    assert states["broken-embed"]["everywhere"]
    assert states["broken-anchor"]["severity"] is None
    assert states["broken-link"]["severity"] == "warning"
    assert not states["broken-link"]["everywhere"]
    assert states["has-title"]["check"] == "pattern"
    assert states["has-title"]["summary"] == "unfinished"


def test_the_table(run: Run, make_vault: MakeVault) -> None:
    make_vault(NOTES)
    lines = run("rules").stdout.splitlines()
    (line,) = [line for line in lines if line.startswith("broken-link ")]
    assert line.split()[:2] == ["broken-link", "warning*"]
    assert "on some paths only" in lines[-1]


def test_explain_prints_the_docstring(run: Run, make_vault: MakeVault) -> None:
    make_vault({})
    text = run("explain", "broken-link").stdout
    assert text.startswith("broken-link\nLink points to a note or file that is not in the vault.\n")
    for title in ("Why", "Example", "Use instead", "Fix safety", "Options", "Source", "Defaults"):
        assert f"\n\n{title}\n" in text
    assert "```" not in text


def test_explain_knows_the_rules_of_the_vault(run: Run, make_vault: MakeVault) -> None:
    make_vault(NOTES)
    text = run("explain", "has-title").stdout
    assert "A rule of this vault or of its packs, made with the check pattern." in text


def test_explain_of_an_unknown_rule(run: Run, make_vault: MakeVault) -> None:
    make_vault({"vaultlint.yaml": "rules: ["})
    result = run("explain", "broken-lnk")
    assert result.exit_code == 2
    assert "did you mean 'broken-link'?" in result.stderr


def test_the_site_is_written_and_written_again(run: Run, make_vault: MakeVault) -> None:
    root = make_vault({})
    for _ in range(2):
        result = run("explain", "--html")
        assert result.exit_code == 0
        assert result.stdout.endswith("begin with vaultlint-rules/index.html.\n")
    names = {path.name for path in (root / "vaultlint-rules").iterdir()}
    assert names == {"index.html", *(f"{check}.html" for check in check_ids())}


def test_a_page_of_somebody_else_is_left_alone(run: Run, make_vault: MakeVault) -> None:
    root = make_vault({"site/index.html": "<!doctype html><p>mine"})
    result = run("explain", "--html", "-o", "site")
    assert result.exit_code == 2
    assert "not a page of vaultlint" in result.stderr
    assert [path.name for path in (root / "site").iterdir()] == ["index.html"]


def test_a_rule_or_all_of_them(run: Run, make_vault: MakeVault) -> None:
    make_vault({})
    for arguments in ([], ["broken-link", "--html"], ["broken-link", "-o", "x"]):
        assert run("explain", *arguments).exit_code == 2
