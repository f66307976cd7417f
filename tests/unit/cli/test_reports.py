"""Reports of one run: each format in its file, one on stdout, the same findings in all."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.unit.cli.conftest import MakeVault, Run
from vaultlint.engine.session import Session

NOTES = {"a.md": "[[gone]]\n", "sub/b.md": "one ^x\n\ntwo ^x\n"}


def test_many_reports_of_one_run(run: Run, make_vault: MakeVault, tmp_path: Path) -> None:
    make_vault(NOTES)
    result = run(
        "check",
        *("--format", "github"),
        *("-o", f"sarif:{tmp_path / 'r.sarif'}", "-o", f"gitlab:{tmp_path / 'r.json'}"),
        *("-o", f"junit:{tmp_path / 'r.xml'}", "-o", f"markdown:{tmp_path / 'r.md'}"),
        *("-o", f"text:{tmp_path / 'r.txt'}", "-o", f"jsonl:{tmp_path / 'r.jsonl'}"),
    )
    assert result.exit_code == 1
    assert result.stdout.startswith("::error title=vaultlint (broken-link),file=a.md,line=1,")
    (sarif,) = json.loads((tmp_path / "r.sarif").read_text())["runs"]
    assert [each["ruleId"] for each in sarif["results"]] == ["broken-link", "duplicate-block-id"]
    assert sarif["invocations"][0]["exitCode"] == 1
    gitlab = json.loads((tmp_path / "r.json").read_text())
    assert [each["location"]["path"] for each in gitlab] == ["a.md", "sub/b.md"]
    assert ET.parse(tmp_path / "r.xml").getroot().get("failures") == "1"
    assert "`broken-link`" in (tmp_path / "r.md").read_text()
    assert "Found 1 error, 1 warning in 2 files" in (tmp_path / "r.txt").read_text()
    assert len((tmp_path / "r.jsonl").read_text().splitlines()) == 3


def test_a_file_takes_the_place_of_stdout(run: Run, make_vault: MakeVault, tmp_path: Path) -> None:
    make_vault(NOTES)
    target = tmp_path / "report.sarif"
    result = run("check", "--format", "sarif", "-o", str(target))
    assert (result.exit_code, result.stdout) == (1, "")
    assert json.loads(target.read_text())["version"] == "2.1.0"


def test_paths_begin_at_the_repository(
    run: Run, make_vault: MakeVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_vault(NOTES)
    (tmp_path / ".git").mkdir()
    for folder in (root, root / "sub", tmp_path):
        monkeypatch.chdir(folder)
        result = run("check", str(root), "--format", "gitlab")
        paths = [each["location"]["path"] for each in json.loads(result.stdout)]
        assert paths == ["vault/a.md", "vault/sub/b.md"]


def test_a_limit_is_for_every_report_and_leaves_the_totals_alone(
    run: Run, make_vault: MakeVault, tmp_path: Path
) -> None:
    make_vault(NOTES)
    target = tmp_path / "r.json"
    result = run("check", "--max-findings", "1", "-o", f"json:{target}")
    loaded = json.loads(target.read_text())
    assert (len(loaded["diagnostics"]), loaded["summary"]["shown"]) == (1, 1)
    assert loaded["summary"]["total"] == 2
    assert "The first 1 of 2 findings are shown" in result.stdout


def test_advice_is_computed_once_for_all_reports(
    run: Run, make_vault: MakeVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_vault(NOTES)
    asked: list[str] = []
    advise = Session.advise

    def counted(session: Session, diagnostic: object) -> object:
        asked.append(diagnostic.fingerprint)
        return advise(session, diagnostic)

    monkeypatch.setattr(Session, "advise", counted)
    run("check", "-o", f"json:{tmp_path / 'r.json'}", "-o", f"sarif:{tmp_path / 'r.sarif'}")
    assert len(asked) == len(set(asked)) == 2


@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("report.md", "would be a note or an attachment"),
        ("json:vaultlint.yaml", "part of the vault's configuration"),
        ("json:terms.txt", "part of the vault's configuration"),
        ("json:gone/r.json", "there is no folder gone"),
        ("srif:r", "did you mean sarif:r?"),
    ],
)
def test_a_report_that_must_not_be_written(
    run: Run, make_vault: MakeVault, output: str, told: str
) -> None:
    config = "vocabularies: {t: {terms_from: {file: terms.txt}}}\n"
    root = make_vault(NOTES | {"vaultlint.yaml": config, "terms.txt": "one\n"})
    result = run("check", "-o", output)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert (root / "terms.txt").read_text() == "one\n"
    assert not (root / "report.md").exists()


def test_an_error_in_the_config_is_an_annotation(run: Run, make_vault: MakeVault) -> None:
    make_vault(NOTES | {"vaultlint.yaml": "rules:\n  broken-link: fatal\nincldue: x\n"})
    result = run("check", "--format", "github")
    assert result.exit_code == 2
    one, other, end = result.stdout.split("\n")
    assert one.startswith("::error title=vaultlint,file=vaultlint.yaml,line=2,col=16::")
    assert other.startswith("::error title=vaultlint,file=vaultlint.yaml,line=3,col=1::")
    assert end == ""
    assert run("check", "--format", "json").stdout == ""


def test_a_diff_is_no_report(run: Run, make_vault: MakeVault, tmp_path: Path) -> None:
    make_vault(NOTES)
    for options in (("--format", "sarif"), ("-o", f"json:{tmp_path / 'r.json'}")):
        result = run("check", "--diff", *options)
        assert result.exit_code == 2
        assert "leave out --format and --output" in result.stderr


def test_no_line_of_text_is_a_command_on_github(
    run: Run, make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_vault({"::error ::x.md": "::warning::y [[gone]]\n", "b.md": "[[::error::z]]\n"})
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    for arguments in ((), ("-q",), ("--statistics",), ("--format", "markdown")):
        lines = run("check", *arguments).stdout.split("\n")
        assert not [line for line in lines if line.lstrip().startswith("::")]
    (*annotations, _, _) = run("check", "--format", "github").stdout.split("\n")
    assert all(line.startswith(("::error title=", "::warning title=")) for line in annotations)
