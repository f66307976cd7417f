"""``vaultlint undo`` and what it says."""

from pathlib import Path

import pytest

from tests.unit.cli.conftest import MakeVault, Run
from vaultlint.cli.diffs import printable
from vaultlint.fixing.diff import unified
from vaultlint.fixing.journal import digest
from vaultlint.fixing.write import Replacement, Writer
from vaultlint.paths import vault_paths
from vaultlint.report.terminal import Paint


@pytest.fixture
def vault(make_vault: MakeVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return make_vault({"A.md": "old\r\n", "B.md": "old\n"})


def fix(vault: Path, **texts: str) -> str:
    writer = Writer(vault, vault_paths(vault).state, grace=0)
    with writer.run("check --fix") as run:
        for name, text in texts.items():
            before = (vault / f"{name}.md").read_bytes()
            run.write([Replacement(f"{name}.md", before, text.encode())])
    return run.id


def test_the_last_run_is_undone(run: Run, vault: Path) -> None:
    name = fix(vault, A="new\r\n", B="new\n")
    result = run("undo", "--grace", "0")
    assert result.exit_code == 0
    assert result.output == f"Restored 2 of 2 notes of run {name}.\n"
    assert (vault / "A.md").read_bytes() == b"old\r\n"
    again = run("undo", "--grace", "0")
    assert again.exit_code == 2
    assert "nothing to undo" in again.output


def test_runs_are_listed_newest_first_with_what_became_of_them(run: Run, vault: Path) -> None:
    assert run("undo", "--list").output == "No run has changed a note.\n"
    first = fix(vault, A="new\r\n", B="new\n")
    second = fix(vault, A="newer\r\n")
    run("undo", second, "--grace", "0")
    lines = run("undo", "--list").output.rstrip("\n").split("\n")
    assert lines[0].endswith(f"1 note  undo {second}")
    assert lines[1].startswith(second)
    assert lines[1].endswith("1 note  check --fix  (undone)")
    assert lines[2].startswith(first)
    assert lines[2].endswith("2 notes  check --fix")


def test_an_edited_note_is_shown_in_two_steps_and_left_alone(run: Run, vault: Path) -> None:
    name = fix(vault, A="new\r\n", B="new\n")
    (vault / "B.md").write_bytes(b"new\ntyped \x1b[31m\n")
    result = run("undo", "--grace", "0")
    assert result.exit_code == 1
    shown = result.output
    assert shown.index("B.md: what the run changed") < shown.index("-old") < shown.index("+new")
    assert shown.index("+new") < shown.index("B.md: what was edited since") < shown.index("+typed")
    assert "\x1b" not in shown
    assert f"Restored 1 of 2 notes of run {name}." in shown
    assert "1 note edited since was left alone" in shown
    assert (vault / "B.md").read_bytes() == b"new\ntyped \x1b[31m\n"
    assert run("undo", name, "--force", "--grace", "0").exit_code == 0
    assert (vault / "B.md").read_bytes() == b"old\n"


def test_what_could_not_be_restored_is_named(run: Run, vault: Path) -> None:
    fix(vault, A="new\r\n", B="new\n")
    (vault / "A.md").unlink()
    (vault / "B.md").chmod(0o444)
    result = run("undo", "--grace", "0")
    assert result.exit_code == 1
    assert "B.md is read-only; it was left alone" in result.output
    assert "A.md is no longer there, and is not brought back" in result.output


def test_an_unknown_run_is_wrong_use(run: Run, vault: Path) -> None:
    result = run("undo", "nonsense")
    assert result.exit_code == 2
    assert "there is no run 'nonsense'" in result.output


def test_a_diff_holds_no_control_characters_but_tabs_and_line_ends() -> None:
    lines = unified("a.md", b"", b"\x1b[31m\ta\r\nb\xe2\x80\xae\n")
    text = "".join(printable(lines, Paint(color=False)))
    assert text.endswith("+\\x1b[31m\ta\r\n+b\\u202e\n")


def test_a_note_whose_old_text_is_lost_is_named(run: Run, vault: Path) -> None:
    fix(vault, A="new\r\n", B="new\n")
    state = vault_paths(vault).state
    (state / "journal/objects" / digest(b"old\n")).unlink()
    result = run("undo", "--grace", "0")
    assert result.exit_code == 1
    assert "Restored 1 of 2 notes" in result.stdout
    assert "B.md: its old text is missing or damaged in the journal; it was left alone" in (
        result.stderr
    )
    assert (vault / "A.md").read_bytes() == b"old\r\n"
    assert (vault / "B.md").read_bytes() == b"new\n"
