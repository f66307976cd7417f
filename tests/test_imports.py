"""Start-up is a feature: what a run must not import."""

import subprocess
import sys
from pathlib import Path

CLEAN = Path(__file__).parent / "vaults" / "clean"
HEAVY = (
    "pydantic", "jsonschema", "mistune", "jinja2", "watchdog", "asyncio", "rich", "hypothesis",
)  # fmt: skip


def modules_after(code: str) -> set[str]:
    program = f"{code}\nimport sys; print('\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_help_imports_no_parser() -> None:
    loaded = modules_after(
        "from click.testing import CliRunner\n"
        "from vaultlint.cli.main import cli\n"
        "assert CliRunner().invoke(cli, ['--help']).exit_code == 0"
    )
    assert not loaded & {*HEAVY, "yaml", "vaultlint.note.parse"}


def test_importing_the_package_imports_nothing_else_of_it() -> None:
    loaded = modules_after("import vaultlint")
    assert {name for name in loaded if name.startswith("vaultlint")} == {"vaultlint"}


def test_a_check_keeps_heavy_libraries_away() -> None:
    loaded = modules_after(
        "from click.testing import CliRunner\n"
        "from vaultlint.cli.main import cli\n"
        f"result = CliRunner().invoke(cli, ['check', '--no-cache', {str(CLEAN)!r}])\n"
        "assert result.exit_code == 0, result.output"
    )
    assert not loaded & {"jsonschema", "mistune", "jinja2", "watchdog", "asyncio", "sqlite3"}


def test_a_check_of_an_unchanged_vault_loads_no_rule_and_no_parser(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "a.md").write_text("# A\n[[a]] [[nowhere]]\n")
    check = f"result = CliRunner().invoke(cli, ['check', {str(vault)!r}])\n"
    begin = "from click.testing import CliRunner\nfrom vaultlint.cli.main import cli\n"
    first = modules_after(begin + check + "assert result.exit_code == 1, result.output")
    assert "vaultlint.checks.broken_link" in first
    loaded = modules_after(begin + check + "assert '[[nowhere]]' in result.output")
    rooms = {".".join(name.split(".")[:2]) for name in loaded if name.startswith("vaultlint.")}
    assert not rooms & {"vaultlint.checks", "vaultlint.yaml_tree", "vaultlint.terms"}
    assert not loaded & {*HEAVY, "yaml", "re2", "vaultlint.note.parse", "vaultlint.config.load"}


def test_a_baseline_costs_an_unchanged_vault_no_more_than_reading_it(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "a.md").write_text("# A\n[[a]] [[nowhere]]\n")
    begin = "from click.testing import CliRunner\nfrom vaultlint.cli.main import cli\n"
    run = (
        f"result = CliRunner().invoke(cli, ['{{}}', {str(vault)!r}]); assert not result.exit_code\n"
    )
    modules_after(begin + run.format("baseline") + run.format("check"))
    loaded = modules_after(begin + run.format("check"))
    assert "vaultlint.baseline" in loaded
    rooms = {".".join(name.split(".")[:2]) for name in loaded if name.startswith("vaultlint.")}
    assert "vaultlint.checks" not in rooms
    assert not loaded & {"vaultlint.engine.since", "vaultlint.source.git", "subprocess"}


def test_explaining_a_rule_makes_no_page() -> None:
    loaded = modules_after(
        "from click.testing import CliRunner\n"
        "from vaultlint.cli.main import cli\n"
        "assert CliRunner().invoke(cli, ['explain', 'broken-link']).exit_code == 0"
    )
    assert not loaded & {"mistune", "jinja2"}
