"""The skeleton of a new check is a check, and its gaps show."""

import ast
from pathlib import Path

import pytest
from click.testing import CliRunner

from vaultlint.checks._docs import parse_doc
from vaultlint.devtools.main import main
from vaultlint.devtools.new_check import create


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "vaultlint/checks").mkdir(parents=True)
    (tmp_path / "tests/specs").mkdir(parents=True)
    return tmp_path


def test_a_check_and_a_spec_are_written(checkout: Path) -> None:
    check, spec = create(checkout, "stale-date")
    assert check == checkout / "vaultlint/checks/stale_date.py"
    source = check.read_text(encoding="utf-8")
    doc = parse_doc(ast.get_docstring(ast.parse(source)) or "")
    assert list(doc.sections) == [
        "Why",
        "Example",
        "Use instead",
        "Fix safety",
        "Options",
        "Source",
    ]
    namespace: dict = {}
    exec(compile(source, "stale_date.py", "exec"), namespace)
    assert namespace["CHECK"].id == "stale-date"
    assert spec.read_text(encoding="utf-8").startswith("# stale-date\n")


@pytest.mark.parametrize("name", ["Stale", "stale_date", "-x", "x-", "", "../x"])
def test_an_id_is_a_slug(checkout: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a slug"):
        create(checkout, name)


def test_nothing_is_overwritten(checkout: Path) -> None:
    create(checkout, "stale-date")
    with pytest.raises(ValueError, match="is there already"):
        create(checkout, "stale-date")


def test_the_tool_has_help() -> None:
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    assert "generate" in result.stdout
    assert "new-check" in result.stdout
