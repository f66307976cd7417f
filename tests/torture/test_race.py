"""The writer against a second process that saves the same notes all the time, without mercy."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.torture import naive
from tests.torture.ground import LONG, ground, ours
from tests.torture.rival import text_of
from vaultlint.fixing.journal import Journal
from vaultlint.fixing.write import Replacement, Run, Writer

REPOSITORY = Path(__file__).resolve().parents[2]
NOTES = 4
SAVES = 10_000 if LONG else 500
Fix = Callable[[Path, bytes, bytes], None]


def spin(vault: Path, saves: int, fix: Fix, patience: float = 2.0) -> tuple[list[int], int]:
    """Fix all notes over and over while the rival lives.

    Return the saves that the rival no longer saw, and how many fixes were tried.
    """
    notes = [vault / f"{number}.md" for number in range(NOTES)]
    command = [sys.executable, "-m", "tests.torture.rival", str(vault), str(saves), str(patience)]
    tried = 0
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE) as rival:
        while rival.poll() is None:
            for note in notes:
                before = note.read_bytes() if note.exists() else b""
                after = before.replace(b"old words", b"new words")
                if before != after:
                    fix(note, before, after)
                    tried += 1
        assert rival.stdout is not None
        assert rival.returncode == 0
        return [int(line) for line in rival.stdout.read().split()], tried


def make_vault(folder: Path) -> Path:
    vault = folder / "vault"
    vault.mkdir()
    for number in range(NOTES):
        (vault / f"{number}.md").write_bytes(text_of(0))
    return vault


def fix_with(run: Run) -> Fix:
    def fix(note: Path, before: bytes, after: bytes) -> None:
        run.write([Replacement(note.name, before, after)])
        run.settle()

    return fix


def test_no_save_of_a_racing_process_is_lost() -> None:
    with ground() as folder:
        vault = make_vault(folder)
        writer = Writer(vault, folder / "state", grace=0)
        with writer.run("check --fix") as run:
            unseen, tried = spin(vault, SAVES, fix_with(run))
        journal = Journal(folder / "state")
        kept = {journal.get(r["digest"]) for r in journal.records() if r["record"] == "kept"}
        texts = {number: text_of(number) for number in unseen}
        lost = [
            number
            for number, text in texts.items()
            if not kept & {text, text.replace(b"old words", b"new words")}
        ]
        print(f"\n{SAVES} saves, {tried} fixes tried, {len(unseen)} kept aside, {len(lost)} lost")
        assert lost == []
        assert tried > SAVES // 50, "the race was none"
        assert ours(vault) == []


@pytest.mark.parametrize("writer", [naive.in_place, naive.rename])
def test_the_race_catches_a_naive_writer(writer) -> None:
    disk = naive.Thinking()
    for _ in range(10):
        with ground() as folder:
            vault = make_vault(folder)
            unseen, _ = spin(vault, 100, lambda *texts: writer(disk, *texts), patience=0.1)
        if unseen:
            return
    pytest.fail(f"{writer.__name__} lost nothing in 1,000 saves: the harness is blind")
