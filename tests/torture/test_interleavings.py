"""Every order in which the writer's calls and an editor's can be made, made on real files.

The writer runs as it is; before each of its calls that can meet the editor's, the calls which the
order puts there are made. A save is lost when its bytes are neither on the note nor among the
texts that were kept and announced.
"""

import errno
import os
import random
from collections.abc import Callable, Iterator
from itertools import combinations_with_replacement
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.torture.editors import REMOVING, SAVING, Append, Editor, InPlace, Step
from tests.torture.ground import LONG, NEW, NOTE, OLD, ground, ours
from tests.torture.naive import NAIVE
from vaultlint.fixing.disk import Disk
from vaultlint.fixing.journal import Journal, digest
from vaultlint.fixing.outcome import Move
from vaultlint.fixing.write import Replacement, Writer

MOVED = "new/Moved.md"
FIRST = b"What a person typed, and saved.\n"
SECOND = b"What the same person saved a little later.\n"
Order = tuple[int, ...]
Play = Callable[["Stage"], None]
Makers = tuple[type[Editor], ...]


class Rehearsed(Disk):
    """Counts the calls that an editor's can meet, and makes the editor's calls before them."""

    def __init__(self) -> None:
        super().__init__(without_exchange=True)
        self.calls = 0
        self.cues: dict[int, list[Step]] = {}
        self.removed: list[bytes] = []

    def step(self, call: str, path: str) -> None:
        if call in ("sync", "create", "write") or path.endswith(".old") or "-probe-" in path:
            return
        for cue in self.cues.pop(self.calls, ()):
            cue()
        self.calls += 1
        if call == "unlink":
            self.removed.append(Path(path).read_bytes())


class Stage(NamedTuple):
    """One performance: the vault, the state folder, and what happens between the calls."""

    root: Path
    state: Path
    disk: Rehearsed
    editors: list[Editor]

    @property
    def note(self) -> Path:
        return self.root / NOTE

    @property
    def texts(self) -> list[bytes]:
        """Return what the note holds, where it was and where it may have been moved to."""
        paths = (self.note, self.root / MOVED)
        return [path.read_bytes() for path in paths if path.exists()]

    def finish_saves(self, _seconds: float) -> None:
        """What a wait is for: a save that has begun comes to its end."""
        while any(editor.saving for editor in self.editors) and self.disk.cues:
            first = min(self.disk.cues)
            cue = self.disk.cues[first].pop(0)
            if not self.disk.cues[first]:
                del self.disk.cues[first]
            cue()


def guarded(stage: Stage, *, grace: float) -> None:
    writer = Writer(
        stage.root,
        stage.state,
        grace=grace,
        disk=stage.disk,
        wait=stage.finish_saves,
        without_exchange=True,
    )
    with writer.run("check --fix") as run:
        run.write([Replacement(NOTE, OLD, NEW)])


def patient(stage: Stage) -> None:
    guarded(stage, grace=1.0)


def hasty(stage: Stage) -> None:
    guarded(stage, grace=0.0)


def early(stage: Stage) -> None:
    """Settle at once, as a long process does where nobody has the note open."""
    writer = Writer(stage.root, stage.state, grace=10.0, disk=stage.disk, wait=stage.finish_saves)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("vaultlint.fixing.commit.EARLY", 0.0)
        patched.setattr("vaultlint.fixing.disk.is_own", lambda _: True)
        with writer.run("watch") as run:
            run.write([Replacement(NOTE, OLD, NEW)])
            run.settle()


def moving(stage: Stage) -> None:
    """Move the note while others save it where it was."""
    writer = Writer(stage.root, stage.state, grace=1.0, disk=stage.disk, wait=stage.finish_saves)
    with writer.run("mv") as run:
        run.move(Move(NOTE, MOVED), [Replacement(MOVED, OLD, NEW)])


def set_up(folder: Path, number: int, makers: Makers) -> Stage:
    root = folder / str(number) / "vault"
    root.mkdir(parents=True)
    (root / NOTE).write_bytes(OLD)
    editors = [make(root / NOTE, text) for make, text in zip(makers, (FIRST, SECOND), strict=False)]
    return Stage(root, folder / str(number) / "state", Rehearsed(), editors)


def perform(folder: Path, number: int, makers: Makers, order: Order, play: Play) -> str:
    """Return what went wrong in one order, or nothing."""
    stage = set_up(folder, number, makers)
    steps = [step for editor in stage.editors for step in editor.steps]
    for place, step in zip(order, steps, strict=True):
        stage.disk.cues.setdefault(place, []).append(step)
    play(stage)
    for place in sorted(stage.disk.cues):
        for step in stage.disk.cues[place]:
            step()
    return judge(stage)


def judge(stage: Stage) -> str:
    journal = Journal(stage.state)
    kept = [
        journal.get(record["digest"]) for record in journal.records() if record["record"] == "kept"
    ]
    texts = stage.texts
    for editor in stage.editors:
        if isinstance(editor, REMOVING):
            if editor.acted and texts:
                return "resurrected"
        elif not survives(stage, editor, [*texts, *kept]):
            return "lost"
    if ours(stage.root):
        return "left behind"
    if play_is_guarded(stage) and not all(journal.has(digest(data)) for data in stage.disk.removed):
        return "removed unjournaled bytes"
    return ""


def play_is_guarded(stage: Stage) -> bool:
    return stage.state.exists()


def survives(stage: Stage, editor: Editor, found: list[bytes]) -> bool:
    """Return whether the save is on the note or kept, or was saved over by the same person."""
    last = stage.editors[-1]
    if not isinstance(last, Append) and last.text in found:
        return True  # the last save replaces what was there, also in the person's eyes
    if len(stage.editors) == 1:
        return any(text in (OLD + editor.text, NEW + editor.text, editor.text) for text in found)
    return any(editor.text in text for text in found)


def calls_of(folder: Path, play: Play) -> int:
    """Return how many calls the writer makes when nobody disturbs it, and some to spare."""
    stage = set_up(folder, -1, ())
    play(stage)
    assert stage.texts == [NEW]
    return stage.disk.calls


def orders(calls: int, steps: int) -> Iterator[Order]:
    return combinations_with_replacement(range(calls + 1), steps)


def wrongs(makers: Makers, play: Play, *, at_most: int, seed: int = 7) -> tuple[int, list[str]]:
    """Return how many orders were played, and all that went wrong in them."""
    with ground() as folder:
        calls = calls_of(folder, play)
        steps = sum(len(make(folder, b"").steps) for make in makers)
        chosen = list(orders(calls, steps)) if count(calls, steps) <= 200_000 else None
        pick = random.Random(seed)
        if chosen is None:
            chosen = [
                tuple(sorted(pick.choices(range(calls + 1), k=steps))) for _ in range(at_most)
            ]
        elif len(chosen) > at_most:
            chosen = pick.sample(chosen, at_most)
        found = [
            f"{wrong} {order}"
            for number, order in enumerate(chosen)
            if (wrong := perform(folder, number, makers, order, play))
        ]
        return len(chosen), found


def count(calls: int, steps: int) -> int:
    from math import comb

    return comb(calls + steps, steps)


@pytest.mark.parametrize("play", [patient, hasty, early])
@pytest.mark.parametrize("maker", [*SAVING, *REMOVING], ids=lambda maker: maker.__name__)
def test_no_save_is_lost_and_no_note_comes_back(maker: type[Editor], play: Play) -> None:
    played, wrong = wrongs((maker,), play, at_most=200_000 if LONG else 120)
    if LONG:
        print(f"\n{maker.__name__}, {play.__name__}: {played} orders, {len(wrong)} wrong")
    assert wrong == []


@pytest.mark.parametrize("maker", [*SAVING, *REMOVING], ids=lambda maker: maker.__name__)
def test_the_way_without_an_exchange_loses_nothing_either(
    maker: type[Editor], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_one: str, _other: str) -> None:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))

    monkeypatch.setattr("vaultlint.fixing.disk.exchanging.exchange", refuse)
    played, wrong = wrongs((maker,), patient, at_most=200_000 if LONG else 100)
    if LONG:
        print(f"\n{maker.__name__}, set aside: {played} orders, {len(wrong)} wrong")
    assert wrong == []


@pytest.mark.parametrize("maker", [*SAVING, *REMOVING], ids=lambda maker: maker.__name__)
def test_a_move_loses_no_save_either(maker: type[Editor]) -> None:
    played, wrong = wrongs((maker,), moving, at_most=200_000 if LONG else 120)
    if LONG:
        print(f"\n{maker.__name__}, moving: {played} orders, {len(wrong)} wrong")
    assert wrong == []


@pytest.mark.parametrize("second", [InPlace, Append], ids=lambda maker: maker.__name__)
@pytest.mark.parametrize("first", SAVING, ids=lambda maker: maker.__name__)
def test_two_saves_in_a_row_lose_nothing(first: type[Editor], second: type[Editor]) -> None:
    played, wrong = wrongs((first, second), patient, at_most=6_000 if LONG else 40)
    if LONG:
        print(f"\n{first.__name__}, {second.__name__}: {played} orders, {len(wrong)} wrong")
    assert wrong == []


@pytest.mark.parametrize("writer", NAIVE, ids=lambda writer: writer.__name__)
def test_the_harness_catches_a_naive_writer(writer) -> None:
    def play(stage: Stage) -> None:
        writer(stage.disk, stage.note, OLD, NEW)

    wrong = [each for maker in SAVING for each in wrongs((maker,), play, at_most=150)[1]]
    assert any(each.startswith("lost") for each in wrong)
