"""``vaultlint init --baseline``: a config and a baseline with which the first run is green."""

import json
from pathlib import Path

import pytest
import yaml

from tests.unit.cli.conftest import MakeVault, Run

BASELINE = "vaultlint-baseline.json"


def messy() -> dict[str, str]:
    """Return notes with a likely vocabulary, a slip in it, and a broken link."""
    notes = {f"n{index}.md": "---\nstatus: draft\n---\n" for index in range(30)}
    notes |= {f"d{index}.md": "---\nstatus: done\n---\n" for index in range(6)}
    return notes | {"slip.md": "---\nstatus: draftt\n---\n[[gone]]\n"}


def test_the_first_run_is_green_and_the_next_slip_is_not(run: Run, make_vault: MakeVault) -> None:
    root = make_vault(messy())
    made = run("init", "--baseline")
    assert (made.exit_code, made.stderr) == (0, "")
    assert made.stdout.startswith("Learnt from 37 notes, written to vaultlint.yaml:\n")
    assert (
        "  a closed list of terms for status, as notes use them; others are errors\n" in made.stdout
    )
    assert f"Parked in {BASELINE}: 2 findings of 2 rules in 1 file.\n" in made.stdout
    assert run("check", "--fail-on", "info").exit_code == 0
    (root / "new.md").write_text("---\nstatus: dnoe\n---\n")
    result = run("check", "-q")
    assert result.exit_code == 1
    assert result.stdout.startswith("new.md:2:9  error[unknown-term]")


def test_it_is_the_config_of_init_but_for_what_may_fail(run: Run, make_vault: MakeVault) -> None:
    root = make_vault(messy())
    plain = yaml.safe_load(run("init", "--stdout").stdout)
    run("init", "--baseline")
    made = yaml.safe_load((root / "vaultlint.yaml").read_text())
    assert made["rules"]["unknown-term"].pop("severity") == "error"
    assert plain["rules"]["unknown-term"].pop("severity") == "warning"
    assert made == plain


def test_a_clean_vault_parks_nothing(run: Run, make_vault: MakeVault) -> None:
    root = make_vault({"a.md": "[[a]]\n"})
    made = run("init", "--baseline")
    assert f"Nothing had to be parked; {BASELINE} is empty.\n" in made.stdout
    assert json.loads((root / BASELINE).read_text())["findings"] == [None]


def test_names_of_a_vault_are_printed_safely(run: Run, make_vault: MakeVault) -> None:
    make_vault({f"n{index}.md": '---\n"\\e[31m": x\n---\n' for index in range(9)})
    made = run("init", "--baseline")
    assert made.exit_code == 0
    assert "\x1b" not in made.stdout


@pytest.mark.parametrize("file", ["vaultlint.yaml", BASELINE])
def test_what_is_there_is_replaced_only_by_force(
    run: Run, make_vault: MakeVault, file: str
) -> None:
    root = make_vault(messy() | {file: ""})
    refused = run("init", "--baseline")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert f"{file} is there already" in refused.stderr
    assert sorted(path.name for path in root.glob("vaultlint*")) == [file]
    assert run("init", "--baseline", "--force").exit_code == 0
    assert run("check").exit_code == 0


def test_stdout_and_baseline_do_not_go_together(run: Run, make_vault: MakeVault) -> None:
    root: Path = make_vault(messy())
    assert run("init", "--baseline", "--stdout").exit_code == 2
    assert list(root.glob("vaultlint*")) == []


def test_links_in_the_place_of_files_of_ours_are_not_followed(
    run: Run, make_vault: MakeVault
) -> None:
    root = make_vault({"a.md": "[[gone]]\n"})
    for name in ("vaultlint.yaml", "vaultlint-baseline.json"):
        (root.parent / name).write_text("mine")
        (root / name).symlink_to(root.parent / name)
    assert run("init").exit_code == 2
    assert run("init", "--baseline", "--force").exit_code == 0
    for name in ("vaultlint.yaml", "vaultlint-baseline.json"):
        assert (root.parent / name).read_text() == "mine"
        assert (root / name).is_file()
        assert not (root / name).is_symlink()
    (root / "vaultlint.yaml").unlink()
    (root / "vaultlint.yaml").symlink_to(root.parent / "nowhere")
    assert run("init").exit_code == 2
    assert not (root.parent / "nowhere").exists()
