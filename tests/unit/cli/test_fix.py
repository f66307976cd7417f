"""``vaultlint check --fix`` and ``--diff``: what is printed, what is written, and the exit codes."""

import errno
import json
from pathlib import Path

import pytest

from tests.unit.cli.conftest import MakeVault, Run

SPACED = "[x]( https://a.example)\n"
RIGHT = "[x](https://a.example)\n"
NOTES = {"a.md": SPACED, "sub/b.md": SPACED + "[[gone]]\n", "c.md": "fine\n"}
FIX = ("check", "--select", "malformed-link,broken-link", "--fix", "--grace", "0")


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


def test_fixes_are_written_and_the_rest_is_reported(run: Run, make_vault: MakeVault) -> None:
    root = make_vault(NOTES)
    result = run(*FIX)
    assert content(root) == {"a.md": RIGHT, "c.md": "fine\n", "sub/b.md": RIGHT + "[[gone]]\n"}
    lines = result.stdout.split("\n")
    assert lines[0] == "Fixed 2 findings in 2 files; `vaultlint undo` takes that back."
    assert lines[1] == "2  malformed-link"
    assert "broken-link" in result.stdout
    assert "Found 1 error in 1 file" in result.stdout
    assert result.exit_code == 1
    assert result.stderr == ""


def test_fixing_twice_changes_nothing(run: Run, make_vault: MakeVault) -> None:
    root = make_vault(NOTES)
    run(*FIX)
    stats = {path: path.stat() for path in root.rglob("*.md")}
    result = run(*FIX)
    assert "Fixed" not in result.stdout
    assert {path: path.stat() for path in root.rglob("*.md")} == stats


def test_nothing_is_left_of_a_clean_vault(run: Run, make_vault: MakeVault) -> None:
    make_vault({"a.md": SPACED})
    result = run(*FIX)
    assert result.exit_code == 0
    assert "No findings, 1 note checked." in result.stdout


def test_a_path_narrows_what_is_fixed(run: Run, make_vault: MakeVault) -> None:
    root = make_vault(NOTES)
    run(*FIX, "sub")
    assert content(root)["a.md"] == SPACED
    assert content(root)["sub/b.md"].startswith(RIGHT)


def test_unsafe_fixes_only_when_asked_for(run: Run, make_vault: MakeVault) -> None:
    root = make_vault({"a.md": "[[sub/deep]]\n", "other/deep.md": ""})
    run(*FIX)
    assert content(root)["a.md"] == "[[sub/deep]]\n"
    run(*FIX, "--unsafe-fixes")
    assert content(root)["a.md"] != "[[sub/deep]]\n"


def test_a_diff_writes_nothing(run: Run, make_vault: MakeVault, tmp_path: Path) -> None:
    root = make_vault(NOTES)
    before = content(root)
    result = run("check", "--select", "malformed-link", "--diff")
    assert result.stdout == (
        "--- a/a.md\n+++ b/a.md\n@@ -1 +1 @@\n"
        f"-{SPACED}+{RIGHT}"
        "--- a/sub/b.md\n+++ b/sub/b.md\n@@ -1,2 +1,2 @@\n"
        f"-{SPACED}+{RIGHT} [[gone]]\n"
    )
    assert result.stderr == "vaultlint: 2 fixes in 2 files; nothing was written\n"
    assert content(root) == before
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("info", 1), ("never", 0)])
def test_the_exit_code_of_a_diff_is_that_of_a_check(
    run: Run, make_vault: MakeVault, fail_on: str, code: int
) -> None:
    make_vault({"a.md": SPACED})
    options = ("check", "--select", "malformed-link", "--fail-on", fail_on)
    assert run(*options).exit_code == run(*options, "--diff").exit_code == code
    assert run(*options, "--fix", "--diff").exit_code == code


def test_a_diff_is_safe_to_print(run: Run, make_vault: MakeVault) -> None:
    make_vault({"a.md": "\x1b[31m\u202ered\ttab\r\n[x]( https://a.example)\r\nlone\rcr"})
    result = run("check", "--select", "malformed-link", "--diff")
    assert b" \\x1b[31m\\u202ered\ttab\r\n-[x]( " in result.stdout_bytes
    assert b" lone\\x0dcr\n\\ No newline at end of file\n" in result.stdout_bytes


def test_in_ci_the_diff_is_printed_and_the_run_fails(
    run: Run, make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_vault({"a.md": SPACED})
    monkeypatch.setenv("CI", "true")
    result = run(*FIX)
    assert f"-{SPACED}+{RIGHT}" in result.stdout
    assert "nothing is written where CI is set" in result.stderr
    assert result.exit_code == 1
    assert content(root) == {"a.md": SPACED}
    assert run(*FIX, "--allow-ci-fix").exit_code == 0
    assert content(root) == {"a.md": RIGHT}
    assert run(*FIX).exit_code == 0, "there is nothing to change any more"


def test_in_ci_a_report_for_programs_stays_one(
    run: Run, make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_vault({"a.md": SPACED})
    monkeypatch.setenv("CI", "1")
    result = run(*FIX, "--format", "json")
    assert json.loads(result.stdout)["summary"]["fixed"] == {}
    assert f"-{SPACED}+{RIGHT}" in result.stderr
    assert result.exit_code == 1


def test_json_says_what_was_fixed_and_what_was_not(run: Run, make_vault: MakeVault) -> None:
    make_vault(NOTES | {"bad.md": SPACED.encode() + b"\xff\n"})
    report = json.loads(run(*FIX, "--format", "json").stdout)
    assert report["summary"]["fixed"] == {"malformed-link": 2}
    assert report["summary"]["notices"] == [
        {
            "code": "not-fixable",
            "rules": [],
            "path": "bad.md",
            "message": "it is not valid UTF-8",
        }
    ]
    left = [(each["path"], each["rule"]) for each in report["diagnostics"]]
    assert left == [("bad.md", "malformed-link"), ("sub/b.md", "broken-link")]


def test_what_is_not_fixed_is_said_on_stderr(run: Run, make_vault: MakeVault) -> None:
    make_vault({"bad.md": SPACED.encode() + b"\xff\n"})
    result = run(*FIX)
    assert "vaultlint: not-fixable bad.md: it is not valid UTF-8\n" in result.stderr
    assert result.exit_code == 0, "a notice is no finding"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--unsafe-fixes",), "add --fix or --diff"),
        (("--diff", "--format", "json"), "leave out --format"),
        (("--fix", "--stdin-filename", "a.md"), "use --diff"),
        (("--fix", "--grace", "-1"), "grace"),
    ],
)
def test_options_that_do_not_go_together(
    run: Run, make_vault: MakeVault, options: tuple[str, ...], message: str
) -> None:
    root = make_vault({"a.md": SPACED})
    result = run("check", *options, stdin=b"")
    assert result.exit_code == 2
    assert message in result.stderr
    assert content(root) == {"a.md": SPACED}


def test_a_diff_of_a_text_on_stdin(run: Run, make_vault: MakeVault) -> None:
    root = make_vault({"a.md": "on disk\n"})
    result = run("check", "--diff", "--stdin-filename", "a.md", stdin=SPACED.encode())
    assert f"-{SPACED}+{RIGHT}" in result.stdout
    assert content(root) == {"a.md": "on disk\n"}


def test_a_note_of_which_much_would_change_waits_for_a_word(
    run: Run, make_vault: MakeVault
) -> None:
    many = "".join(f"[x](      https://a.example/{number}      )\n" for number in range(80))
    root = make_vault({"a.md": many, "b.md": SPACED})
    shown = run(*FIX[:-3], "--diff")
    assert "a.md: fixing would change 32% of its text; look at --diff" in shown.stderr
    assert "+[x](https://a.example/7)\n" in shown.stdout
    run(*FIX)
    assert content(root) == {"a.md": many, "b.md": RIGHT}
    run(*FIX, "--yes")
    assert content(root)["a.md"].startswith("[x](https://a.example/0)\n")
    assert "   " not in content(root)["a.md"]


def test_nothing_is_written_without_an_exchange_unless_asked_for(
    run: Run, make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(one: str, other: str) -> None:
        raise OSError(errno.EINVAL, "Invalid argument", other)

    monkeypatch.setattr("vaultlint.fixing.exchange.exchange", refuse)
    root = make_vault({"a.md": SPACED})
    result = run(*FIX)
    assert content(root) == {"a.md": SPACED}
    assert "cannot exchange two files" in result.stderr
    assert "--without-exchange fixes it all the same" in result.stderr
    run(*FIX, "--without-exchange")
    assert content(root) == {"a.md": RIGHT}
    assert list(root.glob(".vaultlint*")) == []
