"""How long the hook keeps a commit waiting: ``check --staged --changed-since HEAD``.

    python benchmarks/hook.py PATH/TO/codecademy-docs [--runs 9]

Works on a copy, the folder docs of a repository of its own. Prints the median and the best wall
time, and the processor time (git's included) of the best, for: the first run; a commit of files
elsewhere; one that breaks a note; one that renames a note. What pre-commit itself takes is not in it.
"""

import argparse
import compileall
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import vaultlint

HOOK = ("check", "--staged", "--changed-since", "HEAD", "--vault", "docs", "--quiet")
LONE = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
}


def git(root: Path, *arguments: str) -> None:
    """Run git in the copy."""
    subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True)


def hook(root: Path) -> tuple[float, float]:
    """Return the wall and the processor time of one run, in seconds."""
    program = str(Path(sys.executable).parent / "vaultlint")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.perf_counter()
    done = subprocess.run([program, *HOOK], cwd=root, capture_output=True, check=False)
    wall = time.perf_counter() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode in (0, 1), done.stderr
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, used


def report(name: str, root: Path, runs: int) -> None:
    """Print the times of some runs, the first of which only warms."""
    times = sorted([hook(root) for _ in range(runs + 1)][1:])
    median = statistics.median(wall for wall, _ in times)
    best, used = times[0]
    print(f"{name:30} median {median:.3f} s   best {best:.3f} s   processor {used:.3f} s")


def main() -> None:
    """Run all cases."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("vault", type=Path)
    parser.add_argument("--runs", type=int, default=9)
    given = parser.parse_args()
    compileall.compile_dir(Path(vaultlint.__file__).parent, quiet=2)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "repository")
        os.environ.update(LONE, XDG_CACHE_HOME=folder, XDG_STATE_HOME=folder)
        shutil.copytree(given.vault, root / "docs")
        git(root, "init", "-q")
        git(root, "add", "-A")
        git(root, "commit", "-q", "-m", "All notes")
        wall, used = hook(root)
        print(f"{'the first run':30} once   {wall:.3f} s                  processor {used:.3f} s")
        (root / "script.py").write_text("1\n", encoding="utf-8")
        git(root, "add", "-A")
        report("files elsewhere", root, given.runs)
        notes = sorted((root / "docs").rglob("*.md"))
        note = notes[len(notes) // 2]
        with note.open("a", encoding="utf-8") as file:
            file.write("\n[[no such note]]\n")
        git(root, "add", "-A")
        report("a note broken", root, given.runs)
        git(root, "commit", "-q", "-m", "A note")
        git(root, "mv", str(note), f"{note}-renamed.md")
        report("a note renamed", root, given.runs)


if __name__ == "__main__":
    main()
