"""kill -9 at random moments, with and without somebody else saving a note."""

import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.torture import naive
from tests.torture.ground import LONG, ground, ours
from vaultlint.fixing.history import History
from vaultlint.fixing.journal import Journal
from vaultlint.fixing.undo import undo
from vaultlint.fixing.write import Replacement, Writer

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

KILLS = 1_000 if LONG else 25
NOTES = 6
OLD, NEW = b"old words\n" * 400, b"new words\n" * 400


def name(number: int) -> str:
    return f"{number}.md"


def text_of(number: int, words: bytes) -> bytes:
    return f"note {number}\n".encode() + words


def turned(data: bytes) -> bytes:
    return data.replace(b"old", b"new") if b"old" in data else data.replace(b"new", b"old")


def in_child(work: Callable[[], object]) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            work()
        finally:
            os._exit(0)
    return pid


def fix_for_ever(vault: Path, state: Path) -> None:
    """Turn all notes over and over, two by two."""
    while True:
        writer = Writer(vault, state, grace=0)
        with writer.run("check --fix") as run:
            for number in range(0, NOTES, 2):
                files = [name(number), name(number + 1)]
                texts = [(vault / file).read_bytes() for file in files]
                run.write(
                    [
                        Replacement(file, text, turned(text))
                        for file, text in zip(files, texts, strict=True)
                    ]
                )


def save_one(note: Path, delay: float, text: bytes) -> None:
    time.sleep(delay)
    fresh = note.with_name("editor.part")
    fresh.write_bytes(text)
    fresh.replace(note)


def make_vault(folder: Path) -> tuple[Path, Path]:
    vault, state = folder / "vault", folder / "state"
    vault.mkdir(parents=True)
    for number in range(NOTES):
        (vault / name(number)).write_bytes(text_of(number, OLD))
    return vault, state


def kept_texts(state: Path) -> set[bytes]:
    journal = Journal(state)
    return {journal.get(r["digest"]) for r in journal.records() if r["record"] == "kept"}


def strike(vault: Path, fixing: Callable[[], None], pick: random.Random) -> int | None:
    """Let ``fixing`` run and kill it; return the note that was saved meanwhile, if one was."""
    saved = pick.randrange(NOTES) if pick.random() < 0.67 else None
    child = in_child(fixing)
    editor = None
    if saved is not None:
        delay, text = pick.random() * 0.012, f"saved {saved}\n".encode() + OLD
        editor = in_child(lambda: save_one(vault / name(saved), delay, text))
    time.sleep(pick.random() * 0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    if editor is not None:
        os.waitpid(editor, 0)
    return saved


def wrongs(vault: Path, saved: int | None, kept: set[bytes]) -> list[str]:
    """Return what is neither the old nor the new text, or no longer there."""
    found = []
    for number in range(NOTES):
        data = (vault / name(number)).read_bytes()
        head = b"saved" if number == saved else b"note"
        expected = {head + f" {number}\n".encode() + words for words in (OLD, NEW)}
        if data not in expected and not (number == saved and kept & expected):
            found.append(f"{number}: {data[:20]!r}, {len(data)} bytes")
    return found


def history_wrongs(vault: Path, state: Path, saved: int | None) -> list[str]:
    """Undo the last run, and return the notes that did not get the text they had before it."""
    writer = Writer(vault, state, grace=0)
    history: History = writer.history()
    entry = next((e for e in reversed(history.entries) if e.changes and not e.undoes), None)
    if entry is None:
        return []
    undo(writer, entry.id)
    return [
        f"undo of {change.file}"
        for change in entry.changes
        if change.file != name(-1 if saved is None else saved)
        and (vault / change.file).read_bytes() != writer.journal.get(change.before)
    ]


def test_no_kill_breaks_a_note() -> None:
    pick = random.Random(11)
    wrong: list[str] = []
    checked = recovered = 0
    with ground() as folder:
        for kill in range(KILLS):
            vault, state = make_vault(folder / str(kill))
            saved = strike(vault, lambda v=vault, s=state: fix_for_ever(v, s), pick)
            recovered += bool(ours(vault))
            with Writer(vault, state, grace=0).run("check --fix"):
                pass
            wrong += wrongs(vault, saved, kept_texts(state))
            if ours(vault):
                wrong.append(f"left behind: {ours(vault)}")
            wrong += history_wrongs(vault, state, saved)
            checked += NOTES
    print(f"\n{KILLS} kills, {recovered} with leftovers, {checked} notes, {len(wrong)} wrong")
    assert wrong == []
    assert recovered > KILLS // 10, "hardly a kill met the writer at work"


@pytest.mark.parametrize("writer", [naive.in_place, naive.rename])
def test_kills_catch_a_naive_writer(writer) -> None:
    disk, pick = naive.Thinking(), random.Random(5)

    def spin(vault: Path) -> None:
        while True:
            for number in range(NOTES):
                text = (vault / name(number)).read_bytes()
                writer(disk, vault / name(number), text, turned(text))

    with ground() as folder:
        for kill in range(400):
            vault, _ = make_vault(folder / str(kill))
            saved = strike(vault, lambda v=vault: spin(v), pick)
            if wrongs(vault, saved, set()):
                return
    pytest.fail(f"{writer.__name__} lost nothing in 400 kills: the harness is blind")
