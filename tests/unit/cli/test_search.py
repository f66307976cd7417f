"""``vaultlint search``: words in, notes out."""

import json
from pathlib import Path

import pytest

from tests.unit.cli.conftest import MakeVault, Run

NOTES = {
    "Tides.md": "---\ntopic: astronomy\n---\n# Ebb\nThe moon pulls the water.\n",
    "sub/Harbor.md": "Boats wait \x1b[31mfor the moon.\n",
}


@pytest.fixture(autouse=True)
def vault(make_vault: MakeVault) -> Path:
    return make_vault(NOTES)


def test_notes_that_hold_all_words(run: Run) -> None:
    result = run("search", "moon", "boats")
    assert result.exit_code == 0
    assert result.stdout == "sub/Harbor.md\n    Boats wait \\x1b[31mfor the moon.\n"


def test_properties_headings_and_names_are_searched(run: Run) -> None:
    for word in ("astronomy", "ebb", "tides"):
        assert run("search", word).stdout.startswith(
            "Tides.md\n    # Ebb The moon pulls the water.\n"
        )


def test_as_json(run: Run) -> None:
    (hit,) = json.loads(run("search", '"pulls the"', "--format", "json").stdout)
    assert hit["path"] == "Tides.md"
    assert [hit["snippet"][start:end] for start, end in hit["marks"]] == ["pulls the"]


def test_nothing_found_is_exit_code_1(run: Run) -> None:
    result = run("search", "nowhere")
    assert (result.exit_code, result.stdout) == (1, "")
    assert json.loads(run("search", "nowhere", "--format", "json").stdout) == []


def test_nothing_to_search_for_is_wrong_usage(run: Run) -> None:
    assert run("search", "***").exit_code == 2
    assert run("search").exit_code == 2


def test_an_edit_is_found_at_once(run: Run, vault: Path) -> None:
    run("search", "moon")
    (vault / "Tides.md").write_text("The sun.\n")
    assert run("search", "sun").stdout.startswith("Tides.md")
    assert "Tides.md" not in run("search", "moon").stdout
    assert run("search", "sun", "--limit", "1").exit_code == 0


def test_a_damaged_file_is_made_anew(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VAULTLINT_CACHE_DIR", str(tmp_path / "cache"))
    before = run("search", "moon").stdout
    file = Path(run("index", "path", "--full-text").stdout.strip())
    for log in file.parent.glob(f"{file.name}-*"):
        log.unlink()
    data = bytearray(file.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    file.write_bytes(data)
    result = run("search", "moon")
    assert (result.exit_code, result.stdout) == (0, before)
    assert "the words are indexed" in result.stderr
