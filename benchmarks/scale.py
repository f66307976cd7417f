"""How the time and memory of a check grow with the vault, and the time of one edit.

    python benchmarks/scale.py [--notes 1000 10000 100000] [--links 12] [--jobs 2]

Writes vaults of generated notes (properties, headings, tags, citations, links by name and by path,
some of them broken, an index.md in every folder) into a temporary folder. Each is checked by the
program as a first run, which leaves its store to the next (cold), and again (warm); then a session
in this process takes an edit of prose and the deletion of a linked note. Seconds are those of the
wall and, in brackets, of all processors. Memory is the most that all processes held together, shared
pages counted once, looked at five times a second (Linux; elsewhere that of the largest process). What
counts is the last column: time per note as a ratio to that of the smallest vault.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from vaultlint.config.load import ConfigRequest
from vaultlint.engine.session import Change, Session
from vaultlint.source.folder import FolderSource

FOLDER = 50  # notes in one folder
WORDS = [
    "the",
    "of",
    "a",
    "vault",
    "note",
    "link",
    "idea",
    "source",
    "reader",
    "page",
    "time",
    "work",
    "list",
    "plan",
    "result",
    "thing",
]
PACKS = ("strict", "research")


class Run(NamedTuple):
    """One run of the program: seconds of the wall and of all processors, bytes of memory."""

    wall: float
    processor: float
    memory: int

    def __str__(self) -> str:
        """Return the seconds as the table has them."""
        return f"{self.wall:7.2f} ({self.processor:6.2f})"


class Timing(NamedTuple):
    """What one vault took: two runs, an edit of prose, the deletion of a linked note (seconds)."""

    notes: int
    cold: Run
    warm: Run
    edit: float
    delete: float
    store: int


def path_of(number: int) -> str:
    """Return the path of note ``number``; the first of each folder is its index."""
    folder, place = divmod(number, FOLDER)
    return f"area {folder % 17}/topic {folder}/" + (f"note {number}.md" if place else "index.md")


def content_of(number: int, notes: int, links: int, chance: random.Random) -> str:
    """Return the text of note ``number`` of a vault of ``notes``."""
    lines = ["---", f"title: Note {number}", f"aliases: [N{number}]", "tags: [garden, area/work]"]
    lines += [f"created: 2024-0{1 + number % 9}-1{number % 10}", "---", f"# Note {number}", ""]
    for link in range(links):
        target = path_of(chance.randrange(notes))
        stem = target.rpartition("/")[2].removesuffix(".md")
        kinds = (
            f"[[{stem}]]",
            f"[[{target.removesuffix('.md')}|so]]",
            f"[there](<../../{target}>)",
            f"[[{stem}#Part 1]]",
            f"[[missing {chance.randrange(notes)}]]",
        )
        prose = " ".join(chance.choices(WORDS, k=25))
        if link % 4 == 0:
            lines += [f"## Part {link // 4}", ""]
        lines += [f"{prose} {kinds[min(link % 6, 3 + (number % 50 == 0))]} #tag{number % 97}.", ""]
    arxiv = f"{1000 + number % 9000:04}.{10000 + number // 3}"
    lines += [f"- #PAPER [Title {number} (Doe 2021)](https://arxiv.org/abs/{arxiv}) ^paper", ""]
    return "\n".join(lines)


def write(root: Path, notes: int, links: int) -> None:
    """Write a vault of ``notes`` notes with ``links`` links each; always the same one."""
    chance = random.Random(notes)
    for number in range(notes):
        file = root / path_of(number)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content_of(number, notes, links, chance), encoding="utf-8")


def check(root: Path, cache: Path, jobs: int | None) -> Run:
    """Check the vault at ``root`` as a program does."""
    command = [sys.executable, "-m", "vaultlint", "check", "--quiet", "--vault", str(root)]
    command += [f"--pack={pack}" for pack in PACKS] + ([f"--jobs={jobs}"] if jobs else [])
    environ = {**os.environ, "VAULTLINT_CACHE_DIR": str(cache)}
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environ)
    memory, ended = 0, 0
    while not ended:
        ended, status, used = os.wait4(process.pid, os.WNOHANG if memory_is_told() else 0)
        if not ended:
            memory = max(memory, held_by(process.pid))
            time.sleep(0.005 if time.perf_counter() - begin < 1 else 0.2)
    wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"the check failed with exit code {process.returncode}")
    return Run(wall, used.ru_utime + used.ru_stime, memory or used.ru_maxrss * 1024)


def memory_is_told() -> bool:
    """Return whether the system says what a process holds of the memory that it shares."""
    return Path("/proc/self/smaps_rollup").exists()


def held_by(process: int) -> int:
    """Return how many bytes ``process`` and all that it started hold, shared pages counted once."""
    try:
        with Path(f"/proc/{process}/smaps_rollup").open(encoding="ascii") as lines:
            held = sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024
        children = Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()
    except OSError:  # it ended meanwhile
        return 0
    return held + sum(held_by(int(child)) for child in children)


def measure(root: Path, cache: Path, notes: int, jobs: int | None) -> Timing:
    """Return what the vault at ``root`` takes."""
    time.sleep(2.5)  # files that are younger have no stamp
    cold, warm = check(root, cache, jobs), check(root, cache, jobs)
    size = sum(file.stat().st_size for file in cache.rglob("*.db"))
    session = Session(FolderSource(root), ConfigRequest(packs=PACKS), jobs=jobs)

    def timed(*changes: Change) -> float:
        begin = time.perf_counter()
        session.apply(changes or None)
        return time.perf_counter() - begin

    timed()
    edited = path_of(notes // 2)
    prose = (root / edited).read_bytes() + b"One more sentence.\n"
    timed(Change(edited, prose))  # the first edit builds the map from keys to their readers
    edit = min(timed(Change(edited, prose + bytes([97 + round_]))) for round_ in range(5))
    delete = timed(Change(path_of(notes // 3), deleted=True))
    return Timing(notes, cold, warm, edit, delete, size)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--notes", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--links", type=int, default=12)
    parser.add_argument("--jobs", type=int)
    given = parser.parse_args()
    first: Timing | None = None
    print(
        "  notes    cold s (processors)   warm s (processors)  edit ms  delete ms"
        "  memory MB  store MB  per note, as a ratio: cold, warm"
    )
    for notes in sorted(given.notes):
        with tempfile.TemporaryDirectory() as folder:
            vault = Path(folder) / "vault"
            write(vault, notes, given.links)
            took = measure(vault, Path(folder) / "cache", notes, given.jobs)
        first = first or took
        ratios = (
            getattr(took, run).processor / notes / (getattr(first, run).processor / first.notes)
            for run in ("cold", "warm")
        )
        memory = max(took.cold.memory, took.warm.memory) / 1e6
        print(
            f"{notes:7}   {took.cold}      {took.warm}    {took.edit * 1e3:7.1f}"
            f" {took.delete * 1e3:10.1f} {memory:10.0f} {took.store / 1e6:9.1f}"
            f"      {', '.join(f'{ratio:.2f}' for ratio in ratios)}",
            flush=True,
        )


if __name__ == "__main__":
    main()
