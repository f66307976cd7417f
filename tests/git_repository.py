"""A git repository made in a test, deaf to the settings of whoever runs it."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

ALONE = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
}


def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings and the surroundings of whoever runs the tests away from git."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in ALONE.items():
        monkeypatch.setenv(name, value)


class Repo:
    """A repository at ``root``, with a branch ``main``; nothing of a person's settings applies."""

    def __init__(self, root: Path, *options: str) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "--initial-branch=main", *options)
        self.git("config", "core.autocrlf", "false")

    def git(self, *arguments: str, code: int | None = 0, **environ: str) -> str:
        """Run git here, expect the exit code (None: any), and return all that it printed."""
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env=os.environ | ALONE | environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        said = done.stdout.decode("utf-8", "replace")
        assert code is None or done.returncode == code, said
        return said

    def write(self, files: Mapping[str, str | bytes | None]) -> None:
        """Write ``files`` in the work tree; None removes one."""
        for name, content in files.items():
            path = self.root / name
            if content is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    def stage(self, files: Mapping[str, str | bytes | None]) -> None:
        """Write ``files`` and stage them."""
        self.write(files)
        self.git("--literal-pathspecs", "add", "--all", "--", *files)

    def commit(self, files: Mapping[str, str | bytes | None] | None = None) -> str:
        """Stage ``files`` too, commit what is staged, and return the id of the commit."""
        if files:
            self.stage(files)
        self.git("commit", "-q", "--allow-empty", "--no-verify", "-m", "A commit")
        return self.git("rev-parse", "HEAD").strip()
