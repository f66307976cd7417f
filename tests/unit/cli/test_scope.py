"""``check --staged`` and ``--changed-since``: what counts, what is left out, what is refused."""

import subprocess
from pathlib import Path

import pytest

from tests.git_repository import Repo, alone, needs_git
from tests.unit.cli.conftest import Run

pytestmark = needs_git

SPACED = "[x]( https://a.example)\n"
RIGHT = "[x](https://a.example)\n"
SINCE_HEAD = ("--staged", "--changed-since", "HEAD")


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A repository in which one goes about; state and cache are kept away from the user's."""
    alone(monkeypatch)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)
    repo = Repo(tmp_path / "vault")
    monkeypatch.chdir(repo.root)
    return repo


@pytest.fixture
def found(run: Run):
    """Return what a check with these options finds, as lines of place and rule."""

    def found(*options: str, code: int | None = None) -> list[str]:
        result = run("check", "-q", *options)
        lines = [line.split("] ")[0] for line in result.stdout.splitlines()]
        assert result.exit_code == (bool(lines) if code is None else code), result.output
        return [line.replace("  error[", " ").replace("  warning[", " ") for line in lines]

    return found


class TestStaged:
    def test_the_index_is_checked_not_the_folder(self, repo, found):
        repo.commit({"a.md": "[[b]]\n", "b.md": "fine\n"})
        repo.stage({"c.md": "[[gone]]\n"})
        repo.write({"a.md": "[[nothing]]\n", "c.md": "fine\n"})
        assert found("--staged") == ["c.md:1:3 broken-link"]
        assert found() == ["a.md:1:3 broken-link"]

    def test_untracked_notes_do_not_exist(self, repo, found):
        repo.stage({"a.md": "[[new]]\n"})
        repo.write({"new.md": "[[gone]]\n"})
        assert found("--staged") == ["a.md:1:3 broken-link"]

    def test_config_and_settings_are_those_that_are_staged(self, repo, found):
        repo.stage({"a.md": "[[gone]] #tag\n", "vaultlint.yaml": "extends: [recommended]\n"})
        repo.write({"vaultlint.yaml": "rules: {broken-link: off}\n"})
        assert found("--staged") == ["a.md:1:3 broken-link"]
        repo.git("add", "vaultlint.yaml")
        repo.write({"vaultlint.yaml": "extends: [recommended]\n"})
        assert found("--staged") == []

    def test_paths_narrow_what_is_reported(self, repo, found):
        repo.stage({"a.md": "[[gone]]\n", "sub/b.md": "[[gone]]\n"})
        assert found("--staged", "sub") == ["sub/b.md:1:3 broken-link"]

    def test_a_vault_in_a_folder_of_the_repository(self, repo, found, monkeypatch):
        repo.stage({"docs/vaultlint.yaml": "extends: [recommended]\n", "outside.md": "[[gone]]\n"})
        repo.stage({"docs/a.md": "[[outside]]\n"})
        assert found("--staged", "docs") == ["docs/a.md:1:3 broken-link"]
        monkeypatch.chdir(repo.root / "docs")
        assert found("--staged") == ["a.md:1:3 broken-link"]

    def test_notes_of_a_submodule_are_those_checked_out(self, repo, found, tmp_path):
        inner = Repo(tmp_path / "inner")
        inner.commit({"inner.md": "i\n"})
        allow = ("-c", "protocol.file.allow=always")
        repo.git(*allow, "submodule", "add", "-q", str(inner.root), "sub")
        repo.stage({"a.md": "[[inner]]\n"})
        assert found("--staged") == []
        assert found(*SINCE_HEAD) == []

    def test_conflicts_are_refused(self, repo, run):
        blob = repo.git("hash-object", "-w", "--stdin").strip()
        for stage in "123":
            record = f"100644 {blob} {stage}\ta.md"
            (repo.root / ".git" / "record").write_text(record, encoding="utf-8")
            with (repo.root / ".git" / "record").open("rb") as stdin:
                subprocess.run(
                    ["git", "update-index", "--index-info"], cwd=repo.root, stdin=stdin, check=True
                )
        result = run("check", "--staged")
        assert (result.exit_code, result.stdout) == (2, "")
        assert "a.md has conflicts: resolve them and stage the result first" in result.stderr


class TestChangedSince:
    def test_a_link_that_broke_in_a_note_that_did_not_change(self, repo, found):
        repo.commit({"a.md": "[[b]]\n", "b.md": "b\n", "old.md": "[[gone]]\n"})
        repo.git("mv", "b.md", "c.md")
        assert found(*SINCE_HEAD) == ["a.md:1:3 broken-link"]
        assert found("--changed-since", "HEAD") == ["a.md:1:3 broken-link"]
        assert found(*SINCE_HEAD, "--changed-lines") == []
        assert len(found("--staged")) == 2

    def test_lines_that_only_moved_are_known(self, repo, found):
        repo.commit({"a.md": "[[gone]]\n[[lost]]\n"})
        repo.stage({"a.md": "new\n\n[[lost]]\ntext\n[[gone]]\n"})
        assert found(*SINCE_HEAD) == []

    def test_one_more_of_the_same_is_shown_where_it_was_added(self, repo, found):
        repo.commit({"a.md": "one\n\n[[gone]]\n"})
        repo.stage({"a.md": "[[gone]]\none\n\n[[gone]]\n"})
        assert found(*SINCE_HEAD) == ["a.md:1:3 broken-link"]
        assert found(*SINCE_HEAD, "--changed-lines") == ["a.md:1:3 broken-link"]

    def test_a_renamed_note_keeps_what_is_known_of_it(self, repo, found):
        text = "".join(f"line {n}\n" for n in range(9)) + "[[gone]]\n[[gone]]\n"
        repo.commit({"a.md": text})
        repo.git("mv", "a.md", "b.md")
        assert found(*SINCE_HEAD) == []
        repo.stage({"b.md": text + "[[gone]]\n[[lost]]\n"})
        assert found(*SINCE_HEAD) == ["b.md:12:3 broken-link", "b.md:13:3 broken-link"]

    def test_only_what_was_caused_since_the_branches_parted(self, repo, found):
        repo.commit({"a.md": "a\n", "b.md": "b\n"})
        repo.git("checkout", "-q", "-b", "work")
        repo.commit({"mine.md": "[[gone]]\n"})
        repo.git("checkout", "-q", "main")
        repo.commit({"theirs.md": "[[gone]]\n", "b.md": None})
        repo.git("checkout", "-q", "work")
        assert found("--changed-since", "main") == ["mine.md:1:3 broken-link"]

    def test_the_folder_counts_with_new_files_and_without_ignored_ones(self, repo, found):
        repo.commit({".gitignore": "private/\n.obsidian/\n", "a.md": "[[secret]]\n"})
        repo.write({"private/secret.md": "[[gone]]\n", "new.md": "[[gone]]\n"})
        repo.write({".obsidian/app.json": "{}"})
        assert found("--changed-since", "HEAD") == ["new.md:1:3 broken-link"]
        assert found("--changed-since", "HEAD", "--changed-lines") == ["new.md:1:3 broken-link"]

    def test_line_ends_of_a_checkout_change_nothing(self, repo, found):
        repo.commit({".gitattributes": "*.md text eol=crlf\n", "a.md": "a\n[[gone]]\n"})
        repo.write({"a.md": "a\r\n[[gone]]\r\n"})
        assert found("--changed-since", "HEAD") == []
        repo.write({"a.md": "a\r\n[[gone]]\r\n[[lost]]\r\n"})
        assert found("--changed-since", "HEAD", "--changed-lines") == ["a.md:3:3 broken-link"]

    def test_a_change_of_the_config_causes_what_it_finds(self, repo, found):
        repo.commit({"a.md": "[[gone]]\n", "vaultlint.yaml": "rules: {broken-link: off}\n"})
        repo.stage({"vaultlint.yaml": "extends: [recommended]\n"})
        assert found(*SINCE_HEAD) == ["a.md:1:3 broken-link"]
        assert found(*SINCE_HEAD, "--changed-lines") == []

    def test_a_config_that_did_not_load_then_is_replaced_by_that_of_now(self, repo, run):
        repo.commit({"a.md": "[[gone]]\n", "vaultlint.yaml": "rules: [\n"})
        repo.stage({"vaultlint.yaml": "extends: [recommended]\n", "b.md": "[[lost]]\n"})
        result = run("check", "-q", *SINCE_HEAD)
        assert result.stdout.split("  ")[0] == "b.md:1:3"
        assert "configuration at HEAD cannot be used" in result.stderr
        assert result.exit_code == 1

    def test_a_config_that_does_not_load_now_is_an_error(self, repo, run):
        repo.commit({"a.md": "a\n"})
        repo.stage({"vaultlint.yaml": "rules: [\n"})
        result = run("check", *SINCE_HEAD)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "vaultlint.yaml:" in result.stderr

    def test_a_rule_of_ones_own_that_is_new_may_be_selected(self, repo, run):
        repo.commit({"a.md": "word\n"})
        own = "rules: {own: {check: pattern, on: body, pattern: word, message: m}}\n"
        repo.stage({"vaultlint.yaml": own, "b.md": "word\n"})
        result = run("check", "-q", *SINCE_HEAD, "--select", "own", "--fail-on", "info")
        assert result.stdout.startswith("b.md:1:1")
        assert result.stdout.count("\n") == 1
        assert "configuration at HEAD cannot be used" in result.stderr

    def test_a_commit_about_other_files_causes_nothing(self, repo, found):
        repo.commit({"docs/vaultlint.yaml": "extends: [recommended]\n", "docs/a.md": "[[gone]]\n"})
        repo.stage({"code.py": "1\n"})
        assert found(*SINCE_HEAD, "docs") == []

    def test_what_is_kept_between_runs_changes_nothing(self, repo, found):
        repo.commit({"a.md": "[[b]]\n", "b.md": "b\n", "old.md": "[[gone]]\n"})
        repo.git("mv", "b.md", "c.md")
        for _ in range(3):
            assert found(*SINCE_HEAD) == ["a.md:1:3 broken-link"]
            assert found("--changed-since", "HEAD") == ["a.md:1:3 broken-link"]
        repo.commit()
        assert found(*SINCE_HEAD) == []
        repo.stage({"c.md": None, "b.md": "b\n"})
        assert found(*SINCE_HEAD) == []
        assert found("--staged") == ["old.md:1:3 broken-link"]

    def test_before_the_first_commit_all_is_new(self, repo, found):
        repo.stage({"a.md": "[[gone]]\n"})
        assert found(*SINCE_HEAD) == ["a.md:1:3 broken-link"]
        assert found(*SINCE_HEAD, "--changed-lines") == ["a.md:1:3 broken-link"]

    def test_what_a_merge_brings_along_is_not_blamed_on_it(self, repo, found):
        repo.commit({"a.md": "a\n", "b.md": "b\n"})
        repo.git("checkout", "-q", "-b", "work")
        repo.commit({"c.md": "[[b]]\n"})
        repo.git("checkout", "-q", "main")
        repo.commit({"b.md": None, "theirs.md": "[[gone]]\n"})
        repo.git("merge", "-q", "--no-commit", "work")
        assert found(*SINCE_HEAD) == ["c.md:1:3 broken-link"]

    @pytest.mark.parametrize("revision", ["nothing", "--upload-pack=x", "-q", ""])
    def test_an_unknown_commit_is_said(self, repo, run, revision):
        repo.commit({"a.md": "a\n"})
        result = run("check", f"--changed-since={revision}")
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"git knows no commit {revision!r}" in result.stderr


class TestFixing:
    FIX = ("--staged", "--fix", "--grace", "0")

    def test_staged_notes_are_fixed_and_the_commit_is_refused(self, repo, run):
        repo.commit({"other.md": SPACED, "b.md": "b\n"})
        repo.stage({"a.md": SPACED})
        result = run("check", *self.FIX)
        assert (repo.root / "a.md").read_bytes().decode() == RIGHT
        assert (repo.root / "other.md").read_bytes().decode() == SPACED
        assert repo.git("diff", "--cached", "--name-only") == "a.md\n"
        assert "is not staged: look at it, 'git add' it" in result.stderr
        assert result.exit_code == 1
        repo.git("add", "a.md")
        assert run("check", *self.FIX, "--changed-since", "HEAD").exit_code == 0

    def test_a_note_staged_in_part_is_left_exactly_as_it_is(self, repo, run):
        repo.stage({"a.md": SPACED, "b.md": SPACED, "fine.md": "f\n"})
        repo.write({"a.md": SPACED + "not staged\n", "fine.md": "changed\n"})
        index = repo.git("ls-files", "-s")
        result = run("check", *self.FIX)
        assert (repo.root / "a.md").read_bytes().decode() == SPACED + "not staged\n"
        assert (repo.root / "b.md").read_bytes().decode() == RIGHT
        assert repo.git("ls-files", "-s") == index
        assert "not-fixable[malformed-link] a.md: it is staged only in part" in result.stderr
        assert "fine.md" not in result.stderr
        assert result.exit_code == 1

    def test_only_what_the_change_caused_is_fixed(self, repo, run):
        repo.commit({"a.md": SPACED})
        repo.stage({"a.md": SPACED + "\n[y]( https://b.example)\n"})
        run("check", *self.FIX, "--changed-since", "HEAD")
        text = (repo.root / "a.md").read_bytes().decode()
        assert text == SPACED + "\n[y](https://b.example)\n"

    def test_line_ends_of_a_checkout_stay(self, repo, run):
        repo.commit({".gitattributes": "*.md text eol=crlf\n"})
        repo.stage({"a.md": SPACED.replace("\n", "\r\n")})
        result = run("check", *self.FIX)
        assert (repo.root / "a.md").read_bytes().decode() == RIGHT.replace("\n", "\r\n")
        assert result.exit_code == 1

    def test_a_note_that_is_no_longer_tracked_is_not_brought_back(self, repo, run, found):
        repo.commit({"a.md": SPACED, "b.md": "[[a]]\n"})
        repo.git("rm", "-q", "--cached", "a.md")
        assert "b.md:1:3" in run("check", "-q", *self.FIX).stdout
        assert (repo.root / "a.md").read_bytes().decode() == SPACED

    def test_where_ci_is_set_nothing_is_written(self, repo, run, monkeypatch):
        monkeypatch.setenv("CI", "true")
        repo.stage({"a.md": SPACED})
        result = run("check", *self.FIX)
        assert (repo.root / "a.md").read_bytes().decode() == SPACED
        assert result.exit_code == 1

    def test_nothing_to_fix_is_clean(self, repo, run):
        repo.stage({"a.md": "fine\n"})
        assert run("check", *self.FIX).exit_code == 0


class TestUse:
    def test_options_that_do_not_go_together(self, repo, run):
        for options, said in {
            ("--changed-lines",): "add --changed-since REV",
            ("--staged", "--changed-lines"): "add --changed-since REV",
            ("--staged", "--stdin-filename", "a.md"): "leave out --staged",
            ("--changed-since", "HEAD", "--stdin-filename", "a.md"): "leave out --changed-since",
        }.items():
            result = run("check", *options)
            assert result.exit_code == 2
            assert said in result.stderr

    def test_without_a_repository(self, run, tmp_path, monkeypatch):
        alone(monkeypatch)
        (tmp_path / "a.md").write_text("[[gone]]\n", encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        for options in (
            ("--staged",),
            ("--changed-since", "HEAD"),
            ("--changed-since", "x", "a.md"),
        ):
            result = run("check", *options)
            assert result.exit_code == 2
            assert "is not in the work tree of a git repository" in result.stderr

    def test_without_a_repository_the_files_named_are_checked(self, run, tmp_path, monkeypatch):
        alone(monkeypatch)
        for name in ("a.md", "b.md"):
            (tmp_path / name).write_text("[[gone]]\n", encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        result = run("check", "-q", *SINCE_HEAD, "a.md")
        assert result.stdout.startswith("a.md:1:3")
        assert "b.md" not in result.stdout
        assert "the files named are checked as they are on disk" in result.stderr
        assert result.exit_code == 1
