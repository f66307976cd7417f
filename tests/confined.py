"""The program in a process of its own, with little memory and little time, for hostile vaults."""

import json
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

MEMORY = 1 << 30
SECONDS = 60  # far beyond what a case takes, for a machine that is busy

# Processes are forked from one that knows the program and nothing of these tests' own process.
NURSERY = multiprocessing.get_context(None if sys.platform == "win32" else "forkserver")
if sys.platform != "win32":
    NURSERY.set_forkserver_preload(["vaultlint.cli.check", "vaultlint.config.models"])

FINE = {"fine.md": b"[[gone]]\n"}


class Done(NamedTuple):
    """How a run ended."""

    code: int
    out: str
    err: str

    def rules(self, file: str) -> list[str]:
        """Return the rules found in ``file``, from JSON."""
        found = json.loads(self.out)["diagnostics"]
        return [each["rule"] for each in found if each["path"] == file]


def check(root: Path, *arguments: str, **environ: str) -> Done:
    """Run ``vaultlint check`` on ``root``, confined."""
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        asked = ["check", "--no-cache", *arguments, str(root)]
        child = NURSERY.Process(target=confined, args=(asked, environ, str(out), str(err)))
        child.start()
        child.join(SECONDS)
        if child.exitcode is None:
            child.kill()
            pytest.fail(f"still running after {SECONDS} s")
        return Done(child.exitcode, out.read_text("utf-8"), err.read_text("utf-8"))


def confined(arguments: list[str], environ: dict[str, str], out: str, err: str) -> None:
    """Run the program in this process, which ends with it."""
    import resource

    for stream, path in ((sys.stdout, out), (sys.stderr, err)):
        opened = os.open(path, os.O_WRONLY | os.O_CREAT)
        os.dup2(opened, stream.fileno())
        stream.reconfigure(encoding="utf-8")
    os.environ.update(environ)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.argv = ["vaultlint", *arguments]
    from vaultlint.__main__ import main

    main()


def write(root: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def frontmatter(text: str) -> bytes:
    return f"---\n{text}\n---\n\nText.\n".encode()


def alias_bomb() -> str:
    lines = ["a0: &a0 [x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    return "\n".join(lines)


def merge_bomb() -> str:
    lines = ["a0: &a0 {k: v}"]
    lines += [f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}" for n in range(1, 30)]
    return "\n".join(lines)
