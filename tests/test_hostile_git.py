"""Repositories made to do harm: see test_hostile.py.

What is staged is checked as ever, whatever the entries are called and wherever their links lead;
nothing outside of the vault is opened, and nothing that the repository names is run.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.confined import FINE, Nursery
from tests.git_repository import Repo, alone, needs_git
from tests.test_hostile_reports import NAMES, TEXT

pytestmark = [
    needs_git,
    pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes, limits of POSIX"),
]

SECRET = b"SECRET\n\n# Heading\n"
LINKS = {
    "absolute.md": "{outside}/secret.md",
    "relative.md": "../secret.md",
    "chain.md": "relative.md",
    "chain2.md": "chain.md",
    "up": "..",
    "above": "../..",
    "git.md": ".git/config",
    "git": ".git",
    "loop.md": "loop.md",
    "ping.md": "pong.md",
    "pong.md": "ping.md",
    "device.md": "/dev/zero",
    "process.md": "/proc/self/environ",
    "round": ".",
    "inside-out.md": "up/secret.md",
    "by-name.md": "../vault-evil/secret.md",
}


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A repository with a note that has one finding, beside files that are nobody's business."""
    alone(monkeypatch)
    (tmp_path / "vault-evil").mkdir()
    for path in ("secret.md", "vault-evil/secret.md"):
        (tmp_path / path).write_bytes(SECRET)
    repo = Repo(tmp_path / "vault")
    repo.stage(FINE)
    return repo


def link_out(repo: Repo) -> None:
    for name, target in LINKS.items():
        (repo.root / name).symlink_to(target.format(outside=repo.root.parent))
    repo.write({"reader.md": "[[relative#Heading]] ![[up/secret]] [[git]] ![[process.md]]\n"})
    repo.git("add", "-A")


@pytest.mark.parametrize("scope", [(), ("--staged",), ("--changed-since", "HEAD")])
def test_links_that_lead_out_are_findings(
    nursery: Nursery, repo: Repo, scope: tuple[str, ...]
) -> None:
    link_out(repo)
    done = nursery.check(repo.root, "--format", "json", *scope)
    assert (done.code, done.err) == (1, "")
    assert done.rules("fine.md") == ["broken-link"]
    for link in LINKS:
        assert done.rules(link) == ["unreadable-note"], link
    assert "SECRET" not in done.out


OPENED = """
import sys
def hook(event, arguments):
    if event in ("open", "os.listdir", "os.scandir"):
        print(event, repr(arguments[0]), file=log)
log = open(sys.argv.pop(1), "w", buffering=1)
sys.addaudithook(hook)
from vaultlint.__main__ import main
main()
"""


@pytest.mark.parametrize("scope", [(), ("--staged",), ("--changed-since", "HEAD")])
def test_nothing_outside_is_opened(repo: Repo, tmp_path: Path, scope: tuple[str, ...]) -> None:
    link_out(repo)
    log = tmp_path / "log"
    command = [sys.executable, "-c", OPENED, str(log), "check", "--no-cache", "--jobs", "1", "-q"]
    done = subprocess.run([*command, *scope, str(repo.root)], capture_output=True, check=False)
    assert done.returncode == 1, done.stderr
    opened = log.read_text("utf-8")
    assert "fine.md" in opened
    for forbidden in ("secret.md", "vault-evil", "/dev/zero", "environ", ".git/config"):
        assert forbidden not in opened
    lines = opened.splitlines()
    assert not [line for line in lines if line == f"os.scandir {str(tmp_path)!r}"]


@pytest.mark.parametrize("scope", [("--staged",), ("--changed-since", "HEAD")])
def test_names_that_want_to_be_something_else(
    nursery: Nursery, repo: Repo, scope: tuple[str, ...]
) -> None:
    for name in NAMES:
        (repo.root / os.fsdecode(name)).write_bytes(TEXT.encode())
    repo.git("add", "-A")
    plain = nursery.check(repo.root, "--format", "json", "--pack", "strict")
    done = nursery.check(repo.root, "--format", "json", "--pack", "strict", *scope)
    assert (done.code, done.err) == (1, "")
    assert json.loads(done.out)["diagnostics"] == json.loads(plain.out)["diagnostics"]
    lines = nursery.check(repo.root, "-q", "--changed-lines", "--changed-since", "HEAD", "--staged")
    assert (lines.code, lines.err) == (1, "")
    assert lines.out.replace("\n", "").isprintable()
    assert lines.out.count("\n") > len(NAMES)


def test_contents_of_any_size_and_kind(nursery: Nursery, repo: Repo) -> None:
    repo.stage({
        "binary.md": bytes(range(256)) * 1000,
        "large.md": b"[[gone]] a\n" * 300_000,
        "huge.bin": b"\0" * (80 << 20),
        "pointer.md": b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n",
        ".gitmodules": b'[submodule "x"]\n\tpath = ../x\n\turl = ext::sh -c touch% evil\n',
    })  # fmt: skip
    attributes = b"*.md filter=lfs diff=lfs -text working-tree-encoding=nonsense\n"
    repo.stage({".gitattributes": attributes})
    (repo.root / "binary.md").unlink()
    (repo.root / "huge.bin").unlink()
    done = nursery.check(repo.root, "--format", "json", "--staged", "--changed-since", "HEAD")
    assert (done.code, done.err) == (1, "")
    assert done.rules("fine.md") == ["broken-link"]
    assert "unreadable-note" in done.rules("binary.md")
    assert done.rules("large.md") == ["large-note"]


@pytest.mark.parametrize("scope", [[], ["--staged"]])
def test_a_change_of_many_lines_is_not_looked_at(
    nursery: Nursery, repo: Repo, scope: list[str]
) -> None:
    lines = b"\n" * (30 << 20)
    repo.commit({"was-huge.md": lines, "pdf.bin": b"x"})
    changed = b"[[gone]]\n" + b"\n" * (1 << 20)
    repo.stage({"was-huge.md": changed, "pdf.bin": lines, "is-huge.md": lines})
    asked = ["--format", "json", "--changed-since", "HEAD", "--changed-lines", *scope]
    done = nursery.check(repo.root, *asked)
    assert (done.code, done.err) == (1, "")
    assert done.rules("is-huge.md") == ["large-note"]
    assert done.rules("was-huge.md") == ["broken-link"]


def test_a_damaged_repository_is_said_in_a_line(nursery: Nursery, repo: Repo) -> None:
    repo.commit()
    (repo.root / ".git" / "index").write_bytes(b"DIRC" + b"\xff" * 100)
    done = nursery.check(repo.root, "--staged")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("vaultlint: error: git ls-files: ")
    assert done.err.count("\n") == 1


def test_an_object_that_is_missing_is_a_finding(nursery: Nursery, repo: Repo) -> None:
    repo.stage({"lost.md": "lost\n"})
    blob = repo.git("rev-parse", ":lost.md").strip()
    (repo.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    (repo.root / "lost.md").unlink()
    done = nursery.check(repo.root, "--format", "json", "--staged")
    assert (done.code, done.err) == (1, "")
    assert done.rules("fine.md") == ["broken-link"]
    assert done.rules("lost.md") == ["unreadable-note"]
