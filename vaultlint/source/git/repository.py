"""One repository and the way to ask git about it.

Inside of a hook git says by its environment which index is meant: a commit of some files, or of
all changed ones, has an index of its own. That is honored if it is about the vault's repository;
an environment that speaks of another one is left aside.

Invariant: every command runs at the top of the work tree, with paths taken literally.

Source: git(1), Environment Variables; githooks(5); gitattributes(5), filter.

Tests: tests/unit/source/git/test_repository.py
"""

import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from vaultlint.errors import UsageError
from vaultlint.note.model import NoteId
from vaultlint.source.real import inside

_OPTIONS = (
    "--no-pager",
    "--no-optional-locks",
    "--no-replace-objects",
    "--literal-pathspecs",
    "-c", "core.fsmonitor=false",
    "-c", "core.quotePath=true",
)  # fmt: skip

# Variables that say which repository is meant. Source: git rev-parse --local-env-vars.
_LOCAL = frozenset({
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT",
    "GIT_OBJECT_DIRECTORY", "GIT_DIR", "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_GRAFT_FILE",
    "GIT_INDEX_FILE", "GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE", "GIT_PREFIX",
    "GIT_SHALLOW_FILE", "GIT_COMMON_DIR",
})  # fmt: skip
_FOLDERS = ("GIT_DIR", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY")


class NoRepository(UsageError):
    """There is no git, or no repository with a work tree around the vault."""


class GitFailed(UsageError):
    """Git refused a command; the message is git's own first line."""


class Repository(NamedTuple):
    """The repository around a vault.

    ``top`` is the real path of its work tree, ``prefix`` leads from there to the vault: "" or a
    path that ends in "/".
    """

    program: str
    top: str
    prefix: str
    environ: Mapping[str, str]

    def command(self, arguments: Iterable[str]) -> list[str]:
        """Return the command line of ``git arguments``, to be run at ``top`` with ``environ``."""
        return [self.program, *_OPTIONS, *arguments]

    def ask(self, *arguments: str, none: int | None = None, given: bytes = b"") -> bytes:
        """Return what git prints when it is ``given`` that on its stdin.

        Raises GitFailed; exit code ``none`` counts as no output.
        """
        done = _run(self.command(arguments), self.top, self.environ, given)
        if done.returncode == none:
            return b""
        if done.returncode:
            raise GitFailed(f"git {arguments[0]}: {_reason(done)}")
        return done.stdout

    def unfiltered(self) -> "Repository":
        """Return the repository without the filters of its settings, which are programs.

        Git runs them when it compares a file of the work tree. Files that need one, such as those
        of Git LFS, count as changed then.
        """
        filters = self.ask("config", "-z", "--name-only", "--get-regexp", r"^filter\.", none=1)
        drivers = {name.rpartition(b".")[0] for name in filters.split(b"\0") if name}
        return self._set(
            (os.fsdecode(driver + b"." + key), value)
            for driver in sorted(drivers)
            for key, value in ((b"clean", ""), (b"process", ""), (b"required", "false"))
        )

    def _set(self, settings: Iterable[tuple[str, str]]) -> "Repository":
        """Return the repository with ``settings`` in place of its own."""
        environ = dict(self.environ)
        count = int(environ.get("GIT_CONFIG_COUNT") or 0)
        for number, (name, value) in enumerate(settings, count):
            environ[f"GIT_CONFIG_KEY_{number}"] = name
            environ[f"GIT_CONFIG_VALUE_{number}"] = value
            count = number + 1
        return self._replace(environ=environ | {"GIT_CONFIG_COUNT": str(count)})

    def with_untracked(self, folder: str, blob: str) -> "Repository":
        """Return the repository as if the files of the vault that nobody told git to ignore were tracked.

        Its index is a copy in ``folder``, which must last as long; ``blob`` stands for what the
        files hold. The copy is for comparing the work tree with commits.
        """
        within = ("--", self.prefix) if self.prefix else ()
        others = self.ask("ls-files", "--others", "--exclude-standard", "-z", *within).split(b"\0")
        entries = [f"100644 {blob}\t".encode() + name for name in others if name[-1:] not in b"/"]
        index = Path(self.top, path_of(self.ask("rev-parse", "--git-path", "index"))[:-1])
        if not entries or not index.is_file():
            return self
        copy = shutil.copy2(index, folder)  # and its time, after which what git knows may be untrue
        seen = self._set([("core.hooksPath", os.devnull), ("core.splitIndex", "false")])
        seen = seen._replace(environ={**seen.environ, "GIT_INDEX_FILE": str(copy)})
        seen.ask("update-index", "-z", "--index-info", given=b"\0".join(entries) + b"\0")
        return seen

    def names(self, *arguments: str) -> frozenset[NoteId]:
        """Return the files of the vault among the NUL-terminated paths that git prints."""
        return self.within(self.ask(*arguments).split(b"\0"))

    def within(self, names: Iterable[bytes]) -> frozenset[NoteId]:
        """Return the files of the vault among paths of git's."""
        paths = (path_of(name) for name in names)
        start = len(self.prefix)
        return frozenset(path[start:] for path in paths if path and path.startswith(self.prefix))


def path_of(name: bytes) -> str:
    """Return a path of git's as Python knows it from the file system."""
    return name.decode("utf-8", "surrogateescape")


def find_repository(root: Path) -> Repository:
    """Return the repository whose work tree holds the vault at ``root``.

    Raises NoRepository, with git's reason, if there is none, and without git.
    """
    program = _program()
    real = os.path.realpath(root)
    plain = {name: value for name, value in os.environ.items() if name not in _LOCAL}
    plain |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
    environ = plain
    top, reason = _top(program, real, plain)
    if not _LOCAL.isdisjoint(os.environ):
        named = _named(program, plain)
        if named is not None and (top is None or top == named[0]):
            top, environ = named
    under = None if top is None else inside(top, real)
    if top is None or under is None:
        raise NoRepository(f"{root} is not in the work tree of a git repository: {reason}")
    return Repository(program, top, f"{under}/" if under else "", environ)


def _named(program: str, plain: Mapping[str, str]) -> tuple[str, dict[str, str]] | None:
    """Return the work tree that the environment speaks of, and the same said from its top."""
    here = os.getcwd()  # noqa: PTH109 -- the rest speaks in strings
    top, _ = _top(program, here, os.environ | plain)
    if top is None:
        return None
    environ = {**os.environ, **plain}
    for name in _FOLDERS:
        if name in environ:
            environ[name] = os.path.join(here, environ[name])  # noqa: PTH118
    if "GIT_DIR" in environ:
        environ["GIT_WORK_TREE"] = top  # without, the current folder counts as the top
    if "GIT_INDEX_FILE" in environ:  # git reads it from the top
        environ["GIT_INDEX_FILE"] = os.path.join(top, environ["GIT_INDEX_FILE"])  # noqa: PTH118
    environ.pop("GIT_PREFIX", None)
    return top, environ


def _top(program: str, folder: str, environ: Mapping[str, str]) -> tuple[str | None, str]:
    """Return the real path of the work tree around ``folder``, or None and why there is none."""
    command = [program, *_OPTIONS, "rev-parse", "--show-toplevel"]
    done = _run(command, folder, environ)
    top = path_of(done.stdout).removesuffix("\n")
    if done.returncode or not top:
        return None, _reason(done)
    return os.path.realpath(top), ""


def _program() -> str:
    """Return the path of git. The current folder is not searched, which Windows would do."""
    name = "git.exe" if os.name == "nt" else "git"
    for folder in os.get_exec_path():
        path = os.path.join(folder, name)  # noqa: PTH118
        if os.path.isabs(path) and os.access(path, os.X_OK) and os.path.isfile(path):  # noqa: PTH113, PTH117
            return path
    raise NoRepository("git is not installed, or not in PATH")


def _run(
    command: list[str], folder: str, environ: Mapping[str, str], given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 -- git, by its absolute path
            command, cwd=folder, env=environ, input=given, capture_output=True, check=False
        )
    except OSError as error:
        raise NoRepository(f"git cannot be run: {error.strerror}") from error


def _reason(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = done.stderr.decode("utf-8", "replace").strip().split("\n")
    reason = lines[0].removeprefix("fatal: ").removeprefix("error: ")
    if "dubious ownership" in reason:
        reason += " (see safe.directory in 'git help config')"
    return reason or f"exit code {done.returncode}"
