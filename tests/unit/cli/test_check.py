"""``vaultlint check``: what is reported, and what the exit code says."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.cli.conftest import MakeVault, Run
from vaultlint.engine.session import Session

NOTES = {
    "a.md": "[[gone]]\n",
    "sub/b.md": "[[a]] [[b#Nope]]\n\n![[no.png]]\n",
    "sub/deep/c.md": "fine\n",
}


def rules_of(output: str) -> list[tuple[str, str]]:
    return [(each["path"], each["rule"]) for each in json.loads(output)["diagnostics"]]


def test_the_whole_vault_by_default(run: Run, make_vault: MakeVault) -> None:
    make_vault(NOTES)
    result = run("check", "--format", "json")
    assert result.exit_code == 1
    assert rules_of(result.stdout) == [
        ("a.md", "broken-link"),
        ("sub/b.md", "broken-anchor"),
        ("sub/b.md", "broken-embed"),
    ]
    assert json.loads(result.stdout)["summary"]["notes_checked"] == 3


def test_paths_narrow_the_findings_and_never_the_vault(run: Run, make_vault: MakeVault) -> None:
    root = make_vault(NOTES)
    result = run("check", "sub", "--format", "json")
    assert rules_of(result.stdout) == [("sub/b.md", "broken-anchor"), ("sub/b.md", "broken-embed")]
    assert json.loads(result.stdout)["summary"]["notes_checked"] == 2
    assert json.loads(result.stdout)["vault"] == str(root)
    assert run("check", "sub/deep").exit_code == 0
    assert rules_of(run("check", "a.md", "sub/deep", "--format", "json").stdout) == [
        ("a.md", "broken-link")
    ]


def test_a_path_that_is_no_part_of_the_vault_is_named(run: Run, make_vault: MakeVault) -> None:
    make_vault(NOTES | {".trash/old.md": "[[gone]]"})
    result = run("check", ".trash/old.md")
    assert result.exit_code == 0
    assert "nothing in the vault is at .trash/old.md" in result.stderr


def test_a_path_that_is_excluded_is_named(run: Run, make_vault: MakeVault) -> None:
    make_vault(NOTES | {"vaultlint.yaml": "exclude: [sub]\n"})
    result = run("check", "sub/b.md")
    assert result.exit_code == 0
    assert "sub/b.md: left out by include or exclude" in result.stderr
    assert run("check", "a.md").stderr == ""


@pytest.mark.parametrize(
    ("fail_on", "code"), [("error", 0), ("warning", 1), ("info", 1), ("never", 0)]
)
def test_fail_on(run: Run, make_vault: MakeVault, fail_on: str, code: int) -> None:
    make_vault({"a.md": "one ^x\n\ntwo ^x\n"})
    result = run("check", "--fail-on", fail_on)
    assert "warning[duplicate-block-id]" in result.stdout
    assert result.exit_code == code


def test_max_findings_leaves_the_totals_alone(run: Run, make_vault: MakeVault) -> None:
    make_vault(NOTES)
    result = run("check", "--max-findings", "1", "--format", "json")
    loaded = json.loads(result.stdout)
    assert len(loaded["diagnostics"]) == loaded["summary"]["shown"] == 1
    assert loaded["summary"]["total"] == 3
    assert result.exit_code == 1
    text = run("check", "--max-findings", "1").stdout
    assert "The first 1 of 3 findings are shown" in text
    assert "Found 3 errors in 2 files, 3 notes checked." in text
    assert "are shown" not in run("check", "--max-findings", "0").stdout


def test_stdin_stands_for_a_note(run: Run, make_vault: MakeVault) -> None:
    make_vault(NOTES)
    changed = run("check", "--stdin-filename", "a.md", "--format", "json", stdin=b"[[b]] [[new]]\n")
    assert rules_of(changed.stdout) == [("a.md", "broken-link")]
    assert json.loads(changed.stdout)["diagnostics"][0]["start"]["column"] == 9
    assert run("check", "--stdin-filename", "a.md", stdin=b"[[b]]\n").exit_code == 0
    new = run("check", "--stdin-filename", "sub/new.md", "--format", "json", stdin=b"[[x y]]\n")
    assert rules_of(new.stdout) == [("sub/new.md", "broken-link")]


def test_stdin_changes_what_other_notes_are_told(run: Run, make_vault: MakeVault) -> None:
    make_vault(NOTES)
    arguments = ("check", ".", "--stdin-filename", "sub/b.md", "--format", "json")
    result = run(*arguments, stdin=b"# Nope\n\n[[b#Nope]]\n")
    assert rules_of(result.stdout) == [("a.md", "broken-link")]


@pytest.mark.parametrize("path", ["", ".", "sub"])
def test_stdin_does_not_stand_for_a_folder(run: Run, make_vault: MakeVault, path: str) -> None:
    make_vault(NOTES)
    result = run("check", "--stdin-filename", path, stdin=b"x")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "this is a folder, not a note" in result.stderr


def test_a_vault_that_went_away_is_not_clean(
    run: Run, make_vault: MakeVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_vault(NOTES)
    monkeypatch.chdir(tmp_path)
    apply = Session.apply

    def apply_and_lose(session: Session) -> object:
        shutil.rmtree(root)
        return apply(session)

    monkeypatch.setattr(Session, "apply", apply_and_lose)
    result = run("check", "vault")
    assert (result.exit_code, result.stdout) == (2, "")
    assert str(root) in result.stderr


def test_select_and_ignore_take_lists(run: Run, make_vault: MakeVault) -> None:
    make_vault(NOTES)
    result = run("check", "--select", "broken-link,broken-embed", "--format", "json")
    assert [rule for _, rule in rules_of(result.stdout)] == ["broken-link", "broken-embed"]
    arguments = ("--ignore", "broken-link", "--ignore", "broken-anchor, broken-embed")
    assert run("check", *arguments).exit_code == 0
    wrong = run("check", "--select", "broken-lnk,nonsense-x")
    assert wrong.exit_code == 2
    assert "did you mean 'broken-link'?" in wrong.stderr
    assert "no rule 'nonsense-x'" in wrong.stderr


def test_a_pack_is_tried_without_a_config(run: Run, make_vault: MakeVault) -> None:
    make_vault({"a.md": "[[a]]\n"})
    result = run("config", "--pack", "strict")
    assert result.exit_code == 0
    assert run("check", "--pack", "strict").exit_code == 0
    assert run("check", "--pack", "strikt").exit_code == 2


def test_a_config_elsewhere(run: Run, make_vault: MakeVault, tmp_path: Path) -> None:
    make_vault(NOTES)
    (tmp_path / "other.yaml").write_text("rules: {broken-link: off}\n")
    result = run("check", "--config", str(tmp_path / "other.yaml"), "--format", "json")
    assert "broken-link" not in [rule for _, rule in rules_of(result.stdout)]


def test_a_config_that_is_wrong_is_told_with_its_place(run: Run, make_vault: MakeVault) -> None:
    make_vault({"vaultlint.yaml": "rules:\n  broken-link: fatal\nincldue: x\n"})
    result = run("check")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "vaultlint: error: vaultlint.yaml:2:16: " in result.stderr
    assert "vaultlint: error: vaultlint.yaml:3:1: " in result.stderr
    assert "include" in result.stderr


def test_a_config_that_is_there_and_cannot_be_read_is_an_error(
    run: Run, make_vault: MakeVault, tmp_path: Path
) -> None:
    root = make_vault(NOTES)
    config = root / "vaultlint.yaml"
    config.mkdir()
    folder = run("check")
    assert (folder.exit_code, folder.stdout) == (2, "")
    assert folder.stderr == "vaultlint: error: vaultlint.yaml: is not a regular file\n"
    config.rmdir()
    (tmp_path / "elsewhere.yaml").write_text("rules: {}\n")
    config.symlink_to(tmp_path / "elsewhere.yaml")
    assert "leads out of the vault" in run("check").stderr
    config.unlink()
    with config.open("wb") as sparse:
        sparse.truncate(10 << 30)
    assert "larger than" in run("check").stderr


def test_gitignore_is_asked_for(run: Run, make_vault: MakeVault) -> None:
    make_vault(NOTES | {".gitignore": "sub/\n"})
    assert len(rules_of(run("check", "--format", "json").stdout)) == 3
    left = run("check", "--gitignore", "--format", "json").stdout
    assert rules_of(left) == [("a.md", "broken-link")]


def test_quiet_prints_nothing_but_findings(run: Run, make_vault: MakeVault) -> None:
    make_vault(NOTES)
    result = run("check", "-q")
    assert [line.split("  ")[0] for line in result.stdout.splitlines()] == [
        "a.md:1:3",
        "sub/b.md:1:11",
        "sub/b.md:3:4",
    ]
    assert run("check", "-q", "sub/deep").stdout == ""


def test_hostile_names_and_text_never_reach_the_output_raw(
    run: Run, make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_vault({"x\n::error::\x1b[31m\u202e.md": "::add-mask::[[\u2066\x9bgone]]##[group]\n"})
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    for form in ("text", "json", "jsonl"):
        output = run("check", "--format", form).stdout
        assert "##[" not in output
        assert all(char.isprintable() or char == "\n" for char in output)
        assert not [line for line in output.split("\n") if line.lstrip().startswith("::")]


def test_an_interrupt_reports_what_was_found(
    run: Run, make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_vault(NOTES)
    apply = Session.apply

    def interrupted(self: Session, *_: object) -> None:
        apply(self)
        raise KeyboardInterrupt

    monkeypatch.setattr(Session, "apply", interrupted)
    result = run("check")
    assert result.exit_code == 130
    assert "error[broken-link]" in result.stdout
    assert "Interrupted: not everything was checked." in result.stdout


def test_an_interrupt_before_anything_was_found(
    run: Run, make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_vault(NOTES)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Session, "apply", interrupted)
    result = run("check", "sub", "--format", "json")
    assert result.exit_code == 130
    assert json.loads(result.stdout)["summary"]["interrupted"] is True


@pytest.mark.skipif(os.name == "nt", reason="closed pipes are another thing there")
def test_a_reader_that_leaves_ends_the_run_quietly(make_vault: MakeVault) -> None:
    make_vault({"a.md": "".join(f"[[gone {number}]]\n\n" for number in range(3000))})
    command = [sys.executable, "-m", "vaultlint", "check", "--jobs", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert b"broken-link" in process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 1
    assert process.returncode != -signal.SIGPIPE


def test_the_cache_folder_is_not_in_the_vault(run: Run, make_vault: MakeVault) -> None:
    root = make_vault(NOTES)
    before = sorted(root.rglob("*"))
    run("check")
    run("check", "--no-cache")
    assert sorted(root.rglob("*")) == before
