"""The program in a process of its own, with little memory and little time, for hostile vaults.

Run as a module, this is the nursery: it loads the program once, and forks for each line of orders.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
MEMORY = 1 << 30
SECONDS = 60  # far beyond what a case takes, for a machine that is busy

FINE = {"fine.md": b"[[gone]]\n"}


class Done(NamedTuple):
    """How a run ended; a negative code is the signal that ended it."""

    code: int
    out: str
    err: str

    def rules(self, file: str) -> list[str]:
        """Return the rules found in ``file``, from JSON."""
        found = json.loads(self.out)["diagnostics"]
        return [each["rule"] for each in found if each["path"] == file]


class Nursery:
    """A process that knows the program, from which runs are forked."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.confined"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def check(self, root: Path, *arguments: str, **environ: str) -> Done:
        """Run ``vaultlint check`` on ``root``, confined."""
        with tempfile.TemporaryDirectory() as folder:
            out, err = Path(folder, "out"), Path(folder, "err")
            asked = ["check", "--no-cache", *arguments, str(root)]
            order = {"arguments": asked, "environ": environ, "out": str(out), "err": str(err)}
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            print(json.dumps(order), file=self._process.stdin, flush=True)
            code = int(self._process.stdout.readline())
            return Done(code, out.read_text("utf-8"), err.read_text("utf-8"))

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


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


def _run(arguments: list[str], environ: dict[str, str], out: str, err: str) -> None:
    """Run the program in this process, which ends with it."""
    import resource

    signal.alarm(SECONDS)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for stream, path in ((sys.stdout, out), (sys.stderr, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), stream.fileno())
        stream.reconfigure(encoding="utf-8")
    os.environ.update(environ)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.argv = ["vaultlint", *arguments]
    from vaultlint.__main__ import main

    main()


def _nurse() -> None:
    from vaultlint.cli import check
    from vaultlint.config import models

    del check, models
    os.environ.pop("GITHUB_ACTIONS", None)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                _run(**json.loads(line))
            finally:
                os._exit(99)  # not reached: the program ends its process
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    _nurse()
