"""``vaultlint baseline`` and what ``check`` makes of it."""

import json
from pathlib import Path

import jsonschema
import pytest

from tests.git_repository import Repo, alone, needs_git
from tests.unit.cli.conftest import MakeVault, Run

NAME = "vaultlint-baseline.json"
NOTES = {
    "a.md": "[[gone]] and [[lost]]\n",
    "sub/b.md": "[[gone]]\n\none ^x\n\ntwo ^x\n",
    "clean.md": "[[a]]\n",
}


@pytest.fixture
def vault(run: Run, make_vault: MakeVault) -> Path:
    """Return a vault with four known findings."""
    root = make_vault(NOTES)
    assert run("baseline").exit_code == 0
    return root


SCHEMA = Path(__file__).parents[3] / "schemas" / "tool" / "report.schema.json"
VALIDATOR = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def report(run: Run, *arguments: str) -> dict:
    loaded = json.loads(run("check", "--format", "json", *arguments).stdout)
    VALIDATOR.validate(loaded)
    return loaded


def test_a_baseline_makes_a_run_green(run: Run, make_vault: MakeVault) -> None:
    make_vault(NOTES)
    assert run("check").exit_code == 1
    made = run("baseline")
    assert made.exit_code == 0
    assert made.stdout == (
        f"{NAME} knows 4 findings of 2 rules in 2 files.\n3  broken-link\n1  duplicate-block-id\n"
    )
    checked = run("check")
    assert checked.exit_code == 0
    assert checked.stdout == (
        f"No new findings, 3 notes checked.\n4 known findings are in {NAME}, and not shown.\n"
    )
    assert run("check", "--fail-on", "info").exit_code == 0
    assert run("check", "--no-baseline").exit_code == 1
    summary = report(run)["summary"]
    assert summary["baseline"] == {"path": NAME, "known": 4, "stale": 0, "grown": {}}
    assert summary["total"] == 0
    assert report(run, "--no-baseline")["summary"]["baseline"] is None


def test_the_same_vault_gives_the_same_file(run: Run, vault: Path) -> None:
    first = (vault / NAME).read_bytes()
    assert run("baseline", "--update").exit_code == 0
    assert (vault / NAME).read_bytes() == first


def test_the_baseline_is_no_attachment_of_the_vault(run: Run, vault: Path) -> None:
    result = run("check", "--pack", "strict", "--select", "unused-attachment")
    assert result.exit_code == 0
    assert NAME not in result.stdout.split("\n")[0]


def test_moved_lines_and_words_around_change_nothing(run: Run, vault: Path) -> None:
    (vault / "a.md").write_text("# New\n\nmore\n\n- see [[gone]] or else [[lost]]!\n")
    assert run("check").exit_code == 0


def test_a_new_finding_fails(run: Run, vault: Path) -> None:
    (vault / "clean.md").write_text("[[gone]]\n")
    result = run("check")
    assert result.exit_code == 1
    assert "clean.md:1:3  error[broken-link]" in result.stdout
    assert "Found 1 error in 1 file, 3 notes checked." in result.stdout


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("[[lost]]\n\n[[gone]] and [[lost]]\n", [1]),
        ("[[gone]] and [[lost]]\n\n[[lost]]\n", [3]),
        ("[[lost]]\n\n  [[gone]] and [[lost]] \n\n- [[lost]]\n", [1, 5]),
        ("[[gone]], [[lost]]\n\n[[lost]]\n", [3]),
        ("[[gone]] and [[lost]]\n\n[[gone]] and [[lost]]\n", [3, 3]),
    ],
)
def test_of_equal_findings_in_a_note_those_on_other_lines_are_new(
    run: Run, vault: Path, text: str, lines: list[int]
) -> None:
    (vault / "a.md").write_text(text)
    found = report(run)["diagnostics"]
    assert [each["start"]["line"] for each in found] == lines
    assert {each["path"] for each in found} == {"a.md"}


def test_a_finding_of_another_rule_on_the_same_text_is_new(run: Run, vault: Path) -> None:
    (vault / "a.md").write_text("![[gone]] and [[lost]]\n")
    found = report(run)["diagnostics"]
    assert [each["rule"] for each in found] == ["broken-embed"]


def test_one_missing_property_does_not_hide_another(run: Run, make_vault: MakeVault) -> None:
    schema = '{"type": "object", "required": ["title", "date"]}'
    config = "schemas:\n  - {paths: ['**'], schema: note.json}\n"
    files = {"vaultlint.yaml": config, "note.json": schema, "a.md": "---\ntitle: x\n---\n"}
    root = make_vault(files)
    run("baseline")
    assert run("check").exit_code == 0
    (root / "a.md").write_text("---\ndate: x\n---\n")
    assert [each["message"] for each in report(run)["diagnostics"]] == [
        "property 'title' is missing"
    ]


def test_fixed_findings_are_told_and_pruned(run: Run, vault: Path) -> None:
    (vault / "a.md").write_text("[[gone]] and [[clean]]\n[[new]]\n")
    checked = run("check")
    assert (
        "1 of its entries is fixed; 'vaultlint baseline --prune' drops what is." in checked.stdout
    )
    status = run("baseline", "--status")
    assert status.exit_code == 1
    assert "1 finding not in it; 'vaultlint check' shows which." in status.stdout
    assert '  a.md  [broken-link]  no note or file is named "lost"' in status.stdout
    pruned = run("baseline", "--prune")
    assert pruned.exit_code == 0
    assert "knows 3 findings of 2 rules in 2 files (0 added, 1 dropped)." in pruned.stdout
    assert report(run)["summary"]["baseline"]["stale"] == 0
    assert [each["start"]["line"] for each in report(run)["diagnostics"]] == [2]


def test_update_knows_what_is_found_today(run: Run, vault: Path) -> None:
    (vault / "a.md").write_text("[[gone]] and [[clean]]\n[[new]]\n")
    updated = run("baseline", "--update")
    assert "knows 4 findings of 2 rules in 2 files (1 added, 1 dropped)." in updated.stdout
    assert run("check").exit_code == 0
    assert run("baseline", "--status").exit_code == 0


def test_a_deleted_note_leaves_stale_entries(run: Run, vault: Path) -> None:
    (vault / "sub" / "b.md").unlink()
    assert report(run)["summary"]["baseline"] == {
        "path": NAME,
        "known": 2,
        "stale": 2,
        "grown": {},
    }


def test_only_what_a_run_judged_is_stale_or_dropped(run: Run, vault: Path) -> None:
    (vault / "a.md").write_text("fine\n")
    (vault / "sub" / "b.md").write_text("fine\n")

    def stale(*arguments: str) -> int:
        return report(run, *arguments)["summary"]["baseline"]["stale"]

    assert stale() == 4
    assert stale("a.md") == 2
    assert stale("clean.md") == 0
    assert stale("--select", "duplicate-block-id") == 1
    assert stale("--ignore", "broken-link") == 1
    run("baseline", "sub", "--prune", "--ignore", "broken-link")
    assert stale() == 3
    run("baseline", "--update", "--select", "broken-link", "sub")
    assert stale() == 2
    run("baseline", "--prune")
    assert json.loads((vault / NAME).read_text())["findings"] == [None]


def test_a_note_that_is_not_understood_is_not_judged(run: Run, make_vault: MakeVault) -> None:
    config = "schemas:\n  - {paths: ['a.md'], schema: note.json}\n"
    schema = '{"properties": {"year": {"type": "integer"}}}'
    known = "---\nyear: old\n---\n"
    root = make_vault({"vaultlint.yaml": config, "note.json": schema, "a.md": known})
    run("baseline")
    (root / "a.md").write_text("---\nyear: [old\n---\n")
    found = report(run)
    assert [each["rule"] for each in found["diagnostics"]] == ["frontmatter-syntax"]
    assert found["summary"]["baseline"]["stale"] == 0
    run("baseline", "--prune")
    (root / "a.md").write_text(known)
    assert run("check").exit_code == 0


def test_a_second_baseline_wants_a_word(run: Run, vault: Path) -> None:
    before = (vault / NAME).read_bytes()
    result = run("baseline")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "is there already; --update" in result.stderr
    assert run("baseline", "--update", "--prune").exit_code == 2
    assert (vault / NAME).read_bytes() == before


@pytest.mark.parametrize("option", ["--prune", "--status"])
def test_without_a_baseline_there_is_nothing_to_tell(
    run: Run, make_vault: MakeVault, option: str
) -> None:
    make_vault(NOTES)
    result = run("baseline", option)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'vaultlint baseline' makes one" in result.stderr


@pytest.mark.parametrize("arguments", [("check",), ("baseline", "--update")])
def test_a_damaged_baseline_is_an_error_with_its_place(
    run: Run, vault: Path, arguments: tuple[str, ...]
) -> None:
    text = (vault / NAME).read_text()
    (vault / NAME).write_text(text.replace('"path"', '"paht"', 1))
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"vaultlint: error: {NAME}:4:1: a finding has the keys" in result.stderr
    assert run("check", "--no-baseline").exit_code == 1


def test_a_baseline_that_is_no_file_is_an_error(run: Run, vault: Path, tmp_path: Path) -> None:
    (vault / NAME).unlink()
    (vault / NAME).mkdir()
    assert run("check").exit_code == 2
    (vault / NAME).rmdir()
    (tmp_path / "elsewhere.json").write_text('{"version": 1, "findings": []}')
    (vault / NAME).symlink_to(tmp_path / "elsewhere.json")
    result = run("check")
    assert result.exit_code == 2
    assert "leads out of the vault" in result.stderr


def test_a_suppressed_finding_is_stale(run: Run, vault: Path) -> None:
    (vault / "a.md").write_text("[[gone]] and [[lost]] %% vaultlint-ignore broken-link %%\n")
    assert report(run)["summary"]["baseline"]["stale"] == 2
    assert run("check").exit_code == 0


def test_known_findings_are_not_fixed_unless_asked(run: Run, make_vault: MakeVault) -> None:
    root = make_vault({"a.md": "[[B]]\n", "b.md": "x\n", "c.md": "---\nup: [[b]]\n---\n"})
    assert run("check", "--select", "unquoted-link").exit_code == 1
    run("baseline")
    (root / "d.md").write_text("---\nup: [[b]]\n---\n")
    assert run("check", "--fix", "--allow-ci-fix", "--grace", "0").exit_code == 0
    assert (root / "c.md").read_text() == "---\nup: [[b]]\n---\n"
    assert (root / "d.md").read_text() == '---\nup: "[[b]]"\n---\n'
    run("check", "--fix", "--no-baseline", "--allow-ci-fix", "--grace", "0")
    assert (root / "c.md").read_text() == '---\nup: "[[b]]"\n---\n'


@needs_git
class TestRatchet:
    @pytest.fixture(autouse=True)
    def repo(self, vault: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
        alone(monkeypatch)
        repo = Repo(vault)
        repo.git("add", "-A")
        repo.commit()
        return repo

    def test_an_unchanged_baseline_passes(self, run: Run) -> None:
        assert run("check", "--ratchet", "main").exit_code == 0

    def test_a_baseline_that_grew_fails(self, run: Run, vault: Path) -> None:
        (vault / "clean.md").write_text("[[gone]]\n")
        run("baseline", "--update")
        assert run("check").exit_code == 0
        result = run("check", "--ratchet", "HEAD")
        assert result.exit_code == 1
        assert "the baseline has grown: broken-link from 3 to 4" in result.stderr
        grown = report(run, "--ratchet", "HEAD")["summary"]["baseline"]["grown"]
        assert grown == {"broken-link": {"from": 3, "to": 4}}
        github = run("check", "--ratchet", "HEAD", "--format", "github").stdout
        assert f"::error title=vaultlint,file={NAME}::the baseline has grown" in github

    def test_a_stale_baseline_fails_until_it_is_pruned(self, run: Run, vault: Path) -> None:
        (vault / "a.md").write_text("[[gone]]\n")
        assert run("check").exit_code == 0
        result = run("check", "--ratchet", "HEAD")
        assert result.exit_code == 1
        assert "the baseline holds what is fixed (1): 'vaultlint baseline --prune'" in result.stderr
        run("baseline", "--prune")
        assert run("check", "--ratchet", "HEAD").exit_code == 0

    def test_a_renamed_note_is_no_growth(self, run: Run, vault: Path) -> None:
        (vault / "sub" / "b.md").rename(vault / "sub" / "c.md")
        run("baseline", "--update")
        assert run("check", "--ratchet", "HEAD").exit_code == 0

    def test_it_is_held_against_where_the_work_left(self, run: Run, repo: Repo) -> None:
        repo.git("checkout", "-q", "-b", "work")
        repo.commit()
        repo.git("checkout", "-q", "main")
        repo.stage({"a.md": "[[gone]]\n"})
        run("baseline", "--prune")
        repo.git("add", NAME)
        repo.commit()
        repo.git("checkout", "-q", "work")
        assert run("check", "--ratchet", "main").exit_code == 0

    def test_a_first_baseline_is_no_growth(self, run: Run, repo: Repo) -> None:
        repo.git("rm", "-q", "--cached", NAME)
        repo.commit()
        assert run("check", "--ratchet", "HEAD").exit_code == 0

    def test_what_git_does_not_know_is_an_error(self, run: Run) -> None:
        result = run("check", "--ratchet", "nowhere")
        assert (result.exit_code, result.stdout) == (2, "")
        assert "nowhere" in result.stderr
        assert run("check", "--ratchet", "main", "--no-baseline").exit_code == 2

    def test_of_what_is_staged_the_staged_baseline_counts(self, run: Run, repo: Repo) -> None:
        repo.write({NAME: "damaged\n"})
        assert run("check", "--staged").exit_code == 0
        repo.git("add", NAME)
        assert run("check", "--staged").exit_code == 2

    def test_known_findings_in_a_note_staged_in_part_are_no_news(
        self, run: Run, repo: Repo
    ) -> None:
        note = "---\nup: [[a]]\n---\n"
        repo.write({"c.md": note})
        run("baseline", "--update")
        repo.git("add", "-A")
        repo.commit()
        repo.stage({"c.md": note + "one\n"})
        repo.write({"c.md": note + "one\ntwo\n"})
        told = "it is staged only in part"
        fix = ("check", "--staged", "--fix", "--grace", "0", "--allow-ci-fix")
        assert told in run(*fix, "--no-baseline").stderr
        assert told not in run(*fix).stderr

    def test_of_equal_findings_the_one_that_was_caused_is_told(self, run: Run, vault: Path) -> None:
        (vault / "a.md").write_text("[[lost]]\n\n[[gone]] and [[lost]]\n")
        found = report(run, "--changed-since", "HEAD")
        assert [each["start"]["line"] for each in found["diagnostics"]] == [1]
        assert found["summary"]["baseline"]["known"] == 0
        run("baseline", "--update")
        found = report(run, "--changed-since", "HEAD")
        assert found["diagnostics"] == []
        assert found["summary"]["baseline"]["known"] == 1

    def test_what_a_change_caused_and_was_not_known(self, run: Run, vault: Path) -> None:
        (vault / "clean.md").write_text("[[a]] [[gone]] [[nowhere]]\n")
        assert len(report(run, "--changed-since", "HEAD")["diagnostics"]) == 2
        run("baseline", "--update")
        assert report(run, "--changed-since", "HEAD")["diagnostics"] == []
