"""``vaultlint recovered``: what was kept aside, and leftovers of a crash."""

import os
from pathlib import Path

import pytest

from tests.unit.cli.conftest import MakeVault, Run
from vaultlint.fixing.write import Replacement, Writer
from vaultlint.paths import vault_paths


@pytest.fixture
def vault(make_vault: MakeVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return make_vault({"A.md": "old\n"})


def two_saves(vault: Path) -> None:
    """Fix the note while two programs save it, one of them late and in place."""
    handle = os.open(vault / "A.md", os.O_WRONLY | os.O_APPEND)

    def meanwhile(_: float) -> None:
        os.write(handle, b"late \x1b[31m")
        os.close(handle)
        os.utime(next(vault.glob(".vaultlint*")), (1, 1))
        (vault / "A.md").write_bytes(b"newest")

    writer = Writer(vault, vault_paths(vault).state, grace=1, wait=meanwhile)
    with writer.run("check --fix") as run:
        run.write([Replacement("A.md", b"old\n", b"new\n")])


def test_nothing_was_kept(run: Run, vault: Path) -> None:
    result = run("recovered")
    assert (result.exit_code, result.output) == (0, "No text was kept aside.\n")


def test_a_kept_text_is_listed_shown_and_written_to_a_file(run: Run, vault: Path) -> None:
    two_saves(vault)
    listed = run("recovered").output
    name = listed.split()[0]
    assert "A.md: saved while the note was fixed" in listed
    assert run("recovered", name).output == "old\nlate \\x1b[31m\n"
    assert run("recovered", name, "--to", "copy.md").exit_code == 0
    assert (vault / "copy.md").read_bytes() == b"old\nlate \x1b[31m"
    again = run("recovered", name, "--to", "copy.md")
    assert again.exit_code == 2
    assert "File exists" in again.output


def test_an_unknown_copy_is_wrong_use(run: Run, vault: Path) -> None:
    assert run("recovered", "ffff").exit_code == 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_leftovers_of_a_crash_are_put_right(run: Run, vault: Path) -> None:
    pid = os.fork()
    if pid == 0:
        with Writer(vault, vault_paths(vault).state, grace=0).run("check --fix") as opened:
            opened.write([Replacement("A.md", b"old\n", b"new\n")])
            os._exit(0)
    os.waitpid(pid, 0)
    assert list(vault.glob(".vaultlint*")) != []
    assert run("recovered").output == "No text was kept aside.\n"
    assert list(vault.glob(".vaultlint*")) == []
    assert (vault / "A.md").read_bytes() == b"new\n"
    assert run("undo", "--grace", "0").exit_code == 0
    assert (vault / "A.md").read_bytes() == b"old\n"


def test_while_another_process_writes_the_list_is_shown_all_the_same(run: Run, vault: Path) -> None:
    two_saves(vault)
    (vault / "A.md").write_bytes(b"old\n")
    writer = Writer(vault, vault_paths(vault).state, grace=0)
    with writer.run("watch") as opened:
        opened.write([Replacement("A.md", b"old\n", b"new\n")])
        result = run("recovered")
    assert result.exit_code == 0
    assert "A.md: saved while the note was fixed" in result.output
