"""``vaultlint mv``: what is moved, what is printed, and the exit codes."""

from pathlib import Path

import pytest

from tests.unit.cli.conftest import MakeVault, Run

NOTES = {
    ".obsidian/app.json": "{}",
    "a.md": "[[Note|shown]] ![[pic.png]] [text](sub/Note.md#h)\n",
    "sub/Note.md": "---\nup: '[[../a]]'\n---\n# h\n",
    "sub/pic.png": "",
    "c.canvas": '{"nodes": [{"file": "sub/Note.md"}, {"text": "[[sub/Note]]"}]}',
}
NOW = ("--grace", "0")


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep state and cache of these tests away from the user's, and not in CI."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)


def content(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes().decode()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def test_a_note_is_moved_and_that_can_be_undone(run: Run, make_vault: MakeVault) -> None:
    root = make_vault(NOTES)
    result = run("mv", "sub/Note", "other/New", *NOW)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "Moved sub/Note.md to other/New.md and rewrote its links in 2 files; "
        "`vaultlint undo` takes that back.\n"
    )
    assert content(root) == {
        ".obsidian/app.json": "{}",
        "a.md": "[[New|shown]] ![[pic.png]] [text](New.md#h)\n",
        "c.canvas": '{"nodes": [{"file": "other/New.md"}, {"text": "[[New]]"}]}',
        "other/New.md": "---\nup: '[[../a]]'\n---\n# h\n",
        "sub/pic.png": "",
    }
    assert "Moved other/New.md back to sub/Note.md." in run("undo", *NOW).stdout
    assert content(root) == NOTES


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("shortest", "[[New|shown]] ![[pic.png]] [text](New.md#h)\n"),
        ("relative", "[[deep/er/New|shown]] ![[pic.png]] [text](deep/er/New.md#h)\n"),
        ("absolute", "[[deep/er/New|shown]] ![[pic.png]] [text](deep/er/New.md#h)\n"),
    ],
)
def test_links_are_written_in_the_vaults_format(
    run: Run, make_vault: MakeVault, form: str, text: str
) -> None:
    root = make_vault(NOTES | {".obsidian/app.json": f'{{"newLinkFormat": "{form}"}}'})
    assert run("mv", "sub/Note.md", "deep/er/New.md", *NOW).exit_code == 0
    assert content(root)["a.md"] == text


@pytest.mark.parametrize("new", ["other", "other/", "other/Note", "other/Note.md"])
def test_into_a_folder_or_to_a_path(run: Run, make_vault: MakeVault, new: str) -> None:
    root = make_vault(NOTES | {"other/x.md": ""})
    assert run("mv", "sub/Note.md", new, *NOW).exit_code == 0
    assert (root / "other/Note.md").is_file()


def test_a_folder(run: Run, make_vault: MakeVault) -> None:
    root = make_vault(NOTES)
    result = run("mv", "sub", "Deep er", *NOW)
    assert result.exit_code == 0
    assert content(root)["a.md"] == "[[Note|shown]] ![[pic.png]] [text](Note.md#h)\n"
    assert '"file": "Deep er/Note.md"' in content(root)["c.canvas"]
    assert not (root / "sub").exists()


def test_the_case_of_a_name(run: Run, make_vault: MakeVault) -> None:
    root = make_vault(NOTES)
    assert run("mv", "sub/Note.md", "sub/NOTE.md", *NOW).exit_code == 0
    assert content(root)["a.md"] == NOTES["a.md"]  # links are the same in any case
    assert (root / "sub/NOTE.md").is_file()


def test_a_preview_moves_nothing(run: Run, make_vault: MakeVault) -> None:
    root = make_vault(NOTES)
    result = run("mv", "sub/Note.md", "New.md", "--diff")
    assert result.exit_code == 0
    assert result.stdout.startswith(
        "rename from sub/Note.md\nrename to New.md\n--- a/a.md\n+++ b/a.md\n"
    )
    assert "+[[New|shown]] ![[pic.png]] [text](New.md#h)\n" in result.stdout
    inner = run("mv", "sub/Note.md", "sub/er/New.md", "--diff").stdout
    assert "--- a/sub/Note.md\n+++ b/sub/er/New.md\n" in inner
    assert "-up: '[[../a]]'\n+up: '[[a]]'\n" in inner
    assert content(root) == NOTES


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("gone.md", "x.md", "gone.md: there is no such file or folder in the vault"),
        ("sub/Ntoe.md", "x.md", "did you mean 'sub/Note.md'?"),
        ("a.md", "sub/Note.md", "sub/Note.md is there already"),
        ("a.md", "SUB/NOTE", "SUB/NOTE.md is there already"),
        ("sub/pic.png", "a.md", "a.md is there already"),
        ("a.md", "a.md", "a.md is there already"),
        ("a", "../a.md", "is not in the vault"),
        ("a.md", ".hidden/a.md", "hidden from Obsidian"),
        ("a.md", ".hidden.md", "hidden from Obsidian"),
    ],
)
def test_what_cannot_be_meant(
    run: Run, make_vault: MakeVault, old: str, new: str, message: str
) -> None:
    root = make_vault(NOTES)
    result = run("mv", old, new, *NOW)
    assert result.exit_code == 2
    assert message in result.stderr
    assert content(root) == NOTES


def test_a_name_that_no_wikilink_can_hold(run: Run, make_vault: MakeVault) -> None:
    root = make_vault(NOTES)
    result = run("mv", "sub/Note.md", "sub/a#b.md", *NOW)
    assert result.exit_code == 2
    assert "a.md: line 1: [[Note|shown]] cannot be made to open sub/a#b.md" in result.stderr
    assert "nothing was moved: not every link could follow" in result.stderr
    assert content(root) == NOTES


def test_a_file_that_the_config_names_is_pointed_out(run: Run, make_vault: MakeVault) -> None:
    config = "vocabularies: {tags: {terms_from: {note: tags.md}}}\n"
    make_vault({"vaultlint.yaml": config, "tags.md": "- a\n"})
    result = run("mv", "tags.md", "lists/tags.md", *NOW)
    assert result.exit_code == 0
    assert "not-changed vaultlint.yaml: it names tags.md: write lists/tags.md" in result.stderr


def test_in_ci_nothing_is_moved(
    run: Run, make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    root = make_vault(NOTES)
    result = run("mv", "a.md", "b.md")
    assert (result.exit_code, content(root)) == (1, NOTES)
    assert run("mv", "a.md", "b.md", "--allow-ci-fix").exit_code == 0
    assert (root / "b.md").is_file()


@pytest.mark.parametrize(
    "arguments", [(), ("a.md",), ("a.md", "--pending"), ("a.md", "b.md", "--forget"), ("--forget",)]
)
def test_how_it_is_called(run: Run, make_vault: MakeVault, arguments: tuple[str, ...]) -> None:
    make_vault(NOTES)
    result = run("mv", *arguments)
    assert result.exit_code == 2
    assert "mv takes OLD and NEW, --pending, or both" in result.stderr


def test_undo_says_that_a_note_has_moved_since(run: Run, make_vault: MakeVault) -> None:
    root = make_vault({"a.md": "[x]( https://a.example)\n", "b.md": "\n"})
    run("check", "--select", "malformed-link", "--fix", *NOW)
    first = run("undo", "--list").stdout.split()[0]
    run("mv", "a.md", "c.md", *NOW)
    second = run("undo", "--list").stdout.split()[0]
    result = run("undo", first, *NOW)
    assert result.exit_code == 1
    assert f"a.md is no longer there, and is not brought back; undo run {second} first" in (
        result.stderr
    )
    assert run("undo", second, *NOW).exit_code == 0
    assert run("undo", first, *NOW).exit_code == 0
    assert content(root)["a.md"] == "[x]( https://a.example)\n"
