"""The hooks, run by the real ``pre-commit`` in a real repository.

One test lets pre-commit install this checkout in an environment of its own, as it does for a user;
the others run the hooks' own command lines with the program under test.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.git_repository import Repo, alone, needs_git
from vaultlint.yaml_tree import compose

ROOT = Path(__file__).resolve().parents[1]
HOOKS = ROOT / ".pre-commit-hooks.yaml"
PROGRAMS = str(Path(sys.executable).parent)
PRE_COMMIT = shutil.which("pre-commit", path=PROGRAMS) or shutil.which("pre-commit")

pytestmark = [
    needs_git,
    pytest.mark.skipif(PRE_COMMIT is None, reason="pre-commit is not installed"),
    pytest.mark.skipif(not HOOKS.is_file(), reason="the hooks are in a checkout only"),
]

SPACED = "[x]( https://a.example)\n"
RIGHT = "[x](https://a.example)\n"
LONG = "".join(f"line {n}\n" for n in range(20))

Ready = Callable[[Mapping[str, str | bytes | None]], Repo]


@pytest.fixture
def ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ready:
    """Return a function that commits files to a new repository and installs both hooks in it."""
    at_home(tmp_path, monkeypatch)
    monkeypatch.setenv("PATH", os.pathsep.join([PROGRAMS, os.environ["PATH"]]))

    def ready(files: Mapping[str, str | bytes | None]) -> Repo:
        repo = Repo(tmp_path / "vault")
        repo.commit(files)
        hooks = compose(HOOKS.read_text(encoding="utf-8")).data
        lines = ["repos:", "  - repo: local", "    hooks:"]
        for hook in reversed(hooks):
            fields = {**hook, "language": "system"}
            inner = ", ".join(f"{key}: {_yaml(value)}" for key, value in fields.items())
            lines.append(f"      - {{{inner}}}")
        install(repo, "\n".join(lines) + "\n")
        return repo

    return ready


def _yaml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "[" + ", ".join(map(str, value)) + "]" if isinstance(value, list) else repr(value)


def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the person's home and settings, and a CI run, away from the hooks.

    What pip has downloaded before is used again.
    """
    alone(monkeypatch)
    if "PIP_CACHE_DIR" not in os.environ and sys.platform == "linux":
        cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        monkeypatch.setenv("PIP_CACHE_DIR", str(Path(cache) / "pip"))
    monkeypatch.delenv("CI", raising=False)
    for name in ("PRE_COMMIT_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("HOME", str(tmp_path))


def install(repo: Repo, config: str) -> None:
    """Make git run the hooks of ``config`` on each commit."""
    (repo.root / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    repo.git("add", ".pre-commit-config.yaml")
    repo.commit()
    assert PRE_COMMIT is not None
    subprocess.run([PRE_COMMIT, "install"], cwd=repo.root, check=True, capture_output=True)


def committed(repo: Repo, *options: str) -> tuple[bool, str]:
    """Return whether ``git commit`` made a commit, and what it said."""
    before = repo.git("rev-parse", "HEAD")
    said = repo.git("commit", "-m", "A commit", *options, code=None)
    return repo.git("rev-parse", "HEAD") != before, said


def text(repo: Repo, name: str) -> str:
    return (repo.root / name).read_bytes().decode()


def test_a_clean_note_is_committed_beside_what_was_broken_before(ready: Ready) -> None:
    repo = ready({"old.md": "[[gone]]\n", "b.md": "b\n"})
    repo.stage({"a.md": "[[b]]\n"})
    done, said = committed(repo)
    assert done, said


def test_a_bad_note_is_refused(ready: Ready) -> None:
    repo = ready({"b.md": "b\n"})
    repo.stage({"a.md": "[[gone]]\n"})
    done, said = committed(repo)
    assert not done
    assert 'a.md:1:3  error[broken-link]  no note or file is named "gone"' in said


def test_a_note_that_can_be_fixed_is_fixed(ready: Ready) -> None:
    repo = ready({"b.md": "b\n"})
    repo.stage({"a.md": SPACED})
    done, said = committed(repo)
    assert not done
    assert "Fixed 1 finding in 1 file" in said
    assert text(repo, "a.md") == RIGHT
    repo.git("add", "a.md")
    done, said = committed(repo)
    assert done, said


def test_the_notes_that_link_to_a_note_that_goes_are_told(ready: Ready) -> None:
    repo = ready({"a.md": "[[b]]\n", "b.md": "b\n"})
    repo.git("rm", "-q", "b.md")
    done, said = committed(repo)
    assert not done
    assert 'a.md:1:3  error[broken-link]  no note or file is named "b"' in said


def test_the_notes_that_link_to_a_note_that_is_renamed_are_told(ready: Ready) -> None:
    repo = ready({"a.md": "[[b]]\n", "b.md": LONG})
    repo.git("mv", "b.md", "c.md")
    assert not committed(repo)[0]
    repo.stage({"a.md": "[[c]]\n"})
    done, said = committed(repo)
    assert done, said


def test_notes_that_are_not_tracked_do_not_exist(ready: Ready) -> None:
    repo = ready({"b.md": "b\n"})
    repo.write({"new.md": "[[gone]]\n"})
    repo.stage({"a.md": "[[new]]\n"})
    done, said = committed(repo)
    assert not done
    assert "a.md:1:3" in said
    assert "new.md:" not in said


@pytest.mark.parametrize(
    ("staged", "there"),
    [
        (SPACED + LONG, SPACED + LONG + "not staged\n"),
        (SPACED, "[x]( https://a.example) and more\n"),
        (SPACED + LONG, LONG),
    ],
)
def test_a_note_staged_in_part_is_left_exactly_as_it_was(
    ready: Ready, staged: str, there: str
) -> None:
    repo = ready({"b.md": "b\n", "a.md": LONG})
    repo.stage({"a.md": staged, "b.md": SPACED})
    repo.write({"a.md": there})
    index = repo.git("ls-files", "-s")
    done, said = committed(repo)
    assert not done
    assert "a.md: it is staged only in part, so it was left exactly as it is" in said
    assert text(repo, "a.md") == there
    assert text(repo, "b.md") == RIGHT
    assert repo.git("ls-files", "-s") == index


@pytest.mark.parametrize("options", [("-a",), ("--", "a.md"), ("--include", "a.md")])
def test_a_commit_with_an_index_of_its_own(ready: Ready, options: tuple[str, ...]) -> None:
    repo = ready({"a.md": "a\n", "b.md": "b\n"})
    repo.write({"a.md": "[[gone]]\n"})
    done, said = committed(repo, *options)
    assert not done
    assert "a.md:1:3" in said
    repo.write({"a.md": "[[b]]\n"})
    done, said = committed(repo, *options)
    assert done, said


def test_what_is_staged_but_not_part_of_the_commit_does_not_count(ready: Ready) -> None:
    repo = ready({"a.md": "a\n", "b.md": "b\n"})
    repo.stage({"b.md": "[[gone]]\n"})
    repo.write({"a.md": "[[b]]\n"})
    done, said = committed(repo, "--", "a.md")
    assert done, said


def test_pre_commit_installs_this_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pip = os.environ.copy()
    at_home(tmp_path, monkeypatch)
    hooks = Repo(tmp_path / "hooks")
    for name in ("vaultlint", "schemas", "rules"):
        shutil.copytree(ROOT / name, hooks.root / name, ignore=shutil.ignore_patterns("*.pyc"))
    for name in ("pyproject.toml", "README.md", "LICENSE", HOOKS.name):
        shutil.copy(ROOT / name, hooks.root / name)
    hooks.git("add", "-A")
    commit = hooks.commit()
    repo = Repo(tmp_path / "vault")
    repo.commit({"a.md": "[[b]]\n", "b.md": "b\n", "old.md": "[[gone]]\n"})
    install(
        repo,
        f"repos:\n  - repo: {hooks.root.as_posix()}\n    rev: {commit}\n"
        "    hooks: [{id: vaultlint-fix}, {id: vaultlint-check}]\n",
    )
    assert PRE_COMMIT is not None
    made = subprocess.run(
        [PRE_COMMIT, "install-hooks"], cwd=repo.root, capture_output=True, text=True, check=False
    )
    if made.returncode and not _pip_works(tmp_path, pip):
        pytest.skip("pip cannot install anything here, so neither can pre-commit")
    assert made.returncode == 0, made.stdout + made.stderr

    repo.stage({"c.md": "[[b]]\n"})
    assert committed(repo)[0]
    repo.stage({"c.md": "[[nothing]]\n"})
    assert 'no note or file is named "nothing"' in committed(repo)[1]
    repo.stage({"c.md": SPACED})
    assert "Fixed 1 finding" in committed(repo)[1]
    repo.git("add", "c.md")
    assert committed(repo)[0]
    repo.git("rm", "-q", "b.md")
    done, said = committed(repo)
    assert not done
    assert "a.md:1:3" in said


def _pip_works(folder: Path, environ: Mapping[str, str]) -> bool:
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "hatchling"]
    return not subprocess.run(
        command, cwd=folder, env=environ, capture_output=True, check=False
    ).returncode
