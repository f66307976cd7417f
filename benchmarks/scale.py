"""How the time of a cold check grows with the vault, and that of one edit: neither may be quadratic.

    python benchmarks/scale.py [--notes 5000 20000] [--links 12]

Writes vaults of generated notes (properties, headings, tags, citations, links by name and by path,
some of them broken, an index.md in every folder) into a temporary folder and checks each of them.
What counts is the last column: time per note as a ratio to that of the smallest vault.
"""

import argparse
import random
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


class Timing(NamedTuple):
    """Seconds that one vault took: a cold check, an edit of prose, the deletion of a linked note."""

    notes: int
    cold: float
    edit: float
    delete: float
    findings: int


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


def measure(root: Path, notes: int, jobs: int | None) -> Timing:
    """Return what the vault at ``root`` takes."""
    session = Session(FolderSource(root), ConfigRequest(packs=PACKS), jobs=jobs)

    def timed(*changes: Change) -> float:
        begin = time.perf_counter()
        session.apply(changes or None)
        return time.perf_counter() - begin

    cold = timed()
    findings = len(session.diagnostics())
    edited = path_of(notes // 2)
    prose = (root / edited).read_bytes() + b"One more sentence.\n"
    timed(Change(edited, prose))  # the first edit builds the map from keys to their readers
    edit = min(timed(Change(edited, prose + bytes([97 + round_]))) for round_ in range(5))
    delete = timed(Change(path_of(notes // 3), deleted=True))
    return Timing(notes, cold, edit, delete, findings)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--notes", type=int, nargs="+", default=[5000, 20000])
    parser.add_argument("--links", type=int, default=12)
    parser.add_argument("--jobs", type=int)
    given = parser.parse_args()
    first: Timing | None = None
    print("  notes   cold s   per note   edit ms   delete ms   findings   per note, as a ratio")
    for notes in sorted(given.notes):
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), notes, given.links)
            took = measure(Path(folder), notes, given.jobs)
        first = first or took
        ratio = took.cold / took.notes / (first.cold / first.notes)
        print(
            f"{notes:7} {took.cold:8.2f} {took.cold / notes * 1e6:7.0f} us {took.edit * 1e3:9.1f}"
            f" {took.delete * 1e3:11.1f} {took.findings:10} {ratio:10.2f}"
        )


if __name__ == "__main__":
    main()
