"""``vaultlint index``: what it says, where the index is, and that it is never a reason to fail."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.unit.cli.conftest import MakeVault, Run

NOTES = {"a.md": "[[b]] [[gone]]\n", "b.md": "# H\n", "pic.png": b"1"}


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a cache folder of its own."""
    monkeypatch.setenv("VAULTLINT_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def index_file(run: Run) -> Path:
    return Path(run("index", "path").stdout.strip())


def test_it_says_what_changed(run: Run, make_vault: MakeVault) -> None:
    root = make_vault(NOTES)
    first = run("index")
    assert first.exit_code == 0
    assert first.stdout.startswith("Indexed 2 notes.\n  added: 3\n    a.md\n")
    assert run("index").stdout == "The index is up to date.\n"
    (root / "gone.md").write_text("here\n")
    assert json.loads(run("index", "--format", "json").stdout) == {
        "added": ["gone.md"],
        "changed": [],
        "removed": [],
        "relinked": ["a.md"],
        "findings": ["a.md"],
        "bibliography": False,
    }
    (root / "b.md").unlink()
    told = run("index").stdout
    assert "  removed: 1\n    b.md\n" in told
    assert "  links lead elsewhere: 1\n    a.md\n" in told


def test_a_long_list_is_counted(run: Run, make_vault: MakeVault) -> None:
    make_vault({f"{number:02}.md": "" for number in range(30)})
    assert run("index").stdout == "Indexed 30 notes.\n  added: 30\n"


def test_the_index_lies_in_the_cache_and_nothing_in_the_vault(
    run: Run, make_vault: MakeVault, cache: Path
) -> None:
    root = make_vault(NOTES)
    before = sorted(root.rglob("*"))
    run("index")
    run("search", "h")
    assert index_file(run).is_relative_to(cache)
    assert index_file(run).is_file()
    assert Path(run("index", "path", "--full-text").stdout.strip()).is_file()
    assert sorted(root.rglob("*")) == before


def test_status_tells_and_writes_nothing(run: Run, make_vault: MakeVault) -> None:
    root = make_vault(NOTES)
    missing = run("index", "status")
    assert missing.exit_code == 2
    assert "there is no index of this vault yet" in missing.stderr
    run("index")
    status = run("index", "status")
    assert (status.exit_code, status.stdout.splitlines()[-1]) == (0, "Up to date.")
    (root / "c.md").write_text("new\n")
    for _ in range(2):
        status = run("index", "status")
        assert status.exit_code == 1
        assert "Out of date.\n  added: 1\n    c.md\n" in status.stdout
    told = json.loads(run("index", "status", "--format", "json").stdout)
    assert (told["current"], told["rows"]["notes"], told["changes"]["added"]) == (
        False,
        2,
        ["c.md"],
    )


def test_rebuild_makes_a_damaged_row_right(run: Run, make_vault: MakeVault) -> None:
    make_vault(NOTES)
    run("index")
    with sqlite3.connect(index_file(run)) as connection:
        connection.execute("UPDATE _file SET path = 'wrong.md' WHERE path = 'a.md'")
    connection.close()
    assert "wrong.md" in run("query", "SELECT path FROM notes").stdout
    assert run("index", "rebuild").exit_code == 0
    assert "wrong.md" not in run("query", "SELECT path FROM notes").stdout


@pytest.mark.parametrize("content", [b"no database at all", b"SQLite format 3\0" + b"\xff" * 9000])
def test_a_damaged_file_is_made_anew(run: Run, make_vault: MakeVault, content: bytes) -> None:
    make_vault(NOTES)
    run("index")
    for file in index_file(run).parent.glob("index.db-*"):
        file.unlink()
    index_file(run).write_bytes(content)
    result = run("query", "SELECT path FROM notes", "--format", "csv")
    assert (result.exit_code, result.stdout) == (0, "path\na.md\nb.md\n")


def test_without_a_cache_folder_an_index_serves_one_run(
    run: Run, make_vault: MakeVault, cache: Path
) -> None:
    make_vault(NOTES)
    cache.write_text("a file where the folder should be")
    result = run("backlinks", "b.md")
    assert result.exit_code == 0
    assert result.stdout.startswith("a.md:1:1  [[b]]\n")
    assert "the index is made for this run alone" in result.stderr
    assert run("search", "h").stdout.startswith("b.md\n")


def test_a_locked_index_is_waited_for_and_then_done_without(
    run: Run, make_vault: MakeVault
) -> None:
    root = make_vault(NOTES)
    run("index")
    (root / "c.md").write_text("new\n")
    writer = sqlite3.connect(index_file(run), isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    try:
        result = run("stats", "--format", "json")
    finally:
        writer.close()
    assert json.loads(result.stdout)["notes"] == 3
    assert "locked" in result.stderr


def test_export_prints_or_writes_the_same(run: Run, make_vault: MakeVault, tmp_path: Path) -> None:
    root = make_vault(NOTES)
    target = tmp_path / "out.json"
    assert run("index", "export", "-o", str(target)).exit_code == 0
    printed = run("index", "export").stdout
    assert target.read_text() == printed
    index = json.loads(printed)
    assert [note["path"] for note in index["notes"]] == ["a.md", "b.md"]
    head = run("index", "export", "--format", "jsonl").stdout.splitlines()[0]
    assert json.loads(head)["vault"] == str(root)
    assert run("index", "export", "-o", "b.md").exit_code == 2
    assert (root / "b.md").read_text() == NOTES["b.md"]


def test_stale_is_answered_without_a_look(run: Run, make_vault: MakeVault) -> None:
    root = make_vault(NOTES)
    assert run("query", "SELECT 1", "--stale").exit_code == 2
    run("index")
    (root / "b.md").unlink()
    (root / "vaultlint.yaml").write_text("rules: [")
    sql = "SELECT count(*) AS n FROM notes"
    assert run("query", sql, "--stale", "--format", "csv").stdout == "n\n2\n"
    assert run("query", sql).exit_code == 2


def test_the_configured_export_follows(run: Run, make_vault: MakeVault) -> None:
    root = make_vault({**NOTES, "vaultlint.yaml": "index: {export: index.json}\n"})
    assert run("index").stdout.endswith("Wrote index.json.\n")
    assert run("index").stdout == "The index is up to date.\n"
    before = (root / "index.json").stat()
    assert {"path": "index.json", "kind": "other", "size": 0} in json.loads(
        (root / "index.json").read_text()
    )["attachments"]
    (root / "c.md").write_text("new\n")
    assert run("index").stdout.endswith("Wrote index.json.\n")
    assert (root / "index.json").stat().st_ino != before.st_ino
    assert run("index", "export").stdout == (root / "index.json").read_text()


def test_an_export_that_must_not_be_written_is_said(run: Run, make_vault: MakeVault) -> None:
    files = {"vaultlint.yaml": "index: {export: mine.json}\n", "mine.json": "{}"}
    root = make_vault({**NOTES, **files})
    result = run("index")
    assert result.exit_code == 0
    assert "mine.json: is not written: it holds something else" in result.stderr
    assert (root / "mine.json").read_text() == "{}"


def test_a_file_name_that_moves_the_cursor_is_escaped(run: Run, make_vault: MakeVault) -> None:
    make_vault({"a\x1b[2J.md": ""})
    assert "\x1b" not in run("index").stdout


def test_the_vault_may_be_named_before_the_command(
    run: Run, make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    root = make_vault(NOTES)
    inside = run("index", "path").stdout
    monkeypatch.chdir(tmp_path)
    assert run("index", "--vault", str(root), "path").stdout == inside
    assert run("index", "path", "--vault", str(root)).stdout == inside
    assert run("index", "path").stdout != inside
    result = run("index", "--format", "json", "status")
    assert result.exit_code == 2
    assert "--format stands behind the command: index status" in result.stderr


PACKED = {"a.md": "[[B]] [[gone]]\n", "b.md": "# H\n", "unlinked.md": "[[b]]\n"}


def rules_of(printed: str) -> set[str]:
    return {each["rule"] for each in json.loads(printed)["diagnostics"]}


def test_the_options_of_check_choose_the_findings(run: Run, make_vault: MakeVault) -> None:
    make_vault(PACKED)
    usual = rules_of(run("index", "export").stdout)
    strict = rules_of(run("index", "export", "--pack", "strict").stdout)
    checked = json.loads(run("check", "--pack", "strict", "--format", "json").stdout)
    assert strict == {each["rule"] for each in checked["diagnostics"]} > usual
    assert run("index", "--pack", "strict").stdout == "The index is up to date.\n"
    assert run("index", "--pack", "strict", "status").exit_code == 0
    assert run("index", "status").exit_code == 1
    assert rules_of(run("index", "export").stdout) == usual
    asked = run("query", "SELECT DISTINCT rule FROM diagnostics", "--ignore", "broken-link").stdout
    assert "broken-link" not in asked
    stats = json.loads(run("stats", "--pack", "strict", "--format", "json").stdout)
    assert {each["name"] for each in stats["diagnostics"]} == strict


def test_an_index_as_it_is_is_not_chosen(run: Run, make_vault: MakeVault) -> None:
    make_vault(PACKED)
    run("index")
    asked = run("stats", "--stale", "--pack", "strict")
    assert asked.exit_code == 2
    assert "--stale" in asked.stderr


@pytest.mark.parametrize(
    "command", [["index"], ["stats"], ["query", "SELECT 1"], ["citations"], ["index", "export"]]
)
def test_without_the_cache_nothing_is_kept(
    run: Run, make_vault: MakeVault, cache: Path, command: list[str]
) -> None:
    make_vault(PACKED)
    assert run(*command, "--no-cache").exit_code in {0, 1}
    assert not cache.exists()
