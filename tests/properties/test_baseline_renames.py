"""A baseline leaves exactly what was caused since its commit, whatever was renamed meanwhile."""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.git_repository import Repo, alone, needs_git
from vaultlint.cli.main import cli

pytestmark = needs_git

NOTES = ("a.md", "b.md", "c.md", "d/a.md", "d/e.md")
NEW = ("r.md", "s.md", "d/r.md", "d/s.md", *NOTES)
WORDS = ("alpha", "beta", "gamma", "delta")


@pytest.fixture(autouse=True, scope="module")
def surroundings() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        alone(patch)
        yield


def run(root: Path, *arguments: str, code: int | None = 0) -> str:
    done = CliRunner().invoke(cli, [*arguments, str(root)], prog_name="vaultlint")
    assert code is None or done.exit_code == code, done.output
    return done.stdout


def found(root: Path, *arguments: str) -> list[tuple[str, str]]:
    """Return the path and rule of each finding that is told."""
    told = run(root, "check", "--no-cache", "--format", "json", *arguments, code=None)
    return sorted((each["path"], each["rule"]) for each in json.loads(told)["diagnostics"])


def line(random: Random) -> str:
    words = (random.choice(WORDS) for _ in range(random.randrange(2, 6)))
    link = f"[[{random.choice(WORDS)}{random.randrange(2)}]]"
    return random.choice([link, "para ^x", " ".join(words)])


def change(repo: Repo, random: Random) -> None:
    """Rename a note, remove it, or change a line of it; perhaps stage or commit all."""
    notes = [file.relative_to(repo.root).as_posix() for file in sorted(repo.root.rglob("*.md"))]
    if not notes:
        return
    note, new = repo.root / random.choice(notes), repo.root / random.choice(NEW)
    kind = random.choice(["rename", "rename", "remove", "add", "cut"])
    if kind == "rename" and not new.exists():
        note.rename(new)
    elif kind == "remove":
        note.unlink()
    else:
        lines = note.read_text(encoding="utf-8").split("\n")
        at = random.randrange(len(lines))
        lines[at : at + (kind == "cut")] = [line(random)] if kind == "add" else []
        note.write_text("\n".join(lines), encoding="utf-8")
    if random.random() < 0.4:
        repo.git("add", "--all")
        if random.random() < 0.5:
            repo.commit()


@settings(max_examples=12)
@given(st.integers(0, 2**32), st.integers(1, 7))
def test_what_is_new(tmp_path_factory: pytest.TempPathFactory, seed: int, steps: int) -> None:
    random = Random(seed)
    repo = Repo(tmp_path_factory.mktemp("repository"))
    texts = {note: "".join(f"{line(random)}\n" for _ in range(9)) for note in NOTES}
    repo.write({"vaultlint.yaml": "extends: [recommended]\n", **texts})
    run(repo.root, "baseline", "--no-cache")
    repo.git("add", "--all")
    base = repo.commit()
    for _ in range(steps):
        change(repo, random)
    for scope in ((), ("--staged",)):
        caused = found(repo.root, "--no-baseline", "--changed-since", base, *scope)
        assert found(repo.root, *scope) == caused
    new = found(repo.root)
    run(repo.root, "baseline", "--prune", "--no-cache")
    assert found(repo.root) == new
