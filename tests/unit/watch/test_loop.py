"""The loop, with an ear that hears what the test says."""

from queue import SimpleQueue

import pytest

from tests.unit.watch.stage import Stage, of
from vaultlint.watch import events
from vaultlint.watch.hints import Hint
from vaultlint.watch.loop import Loop
from vaultlint.watch.observer import Deaf


class Ear:
    def __init__(self, *, deaf_from: int = 100) -> None:
        self.starts = self.stops = 0
        self.listening = False
        self.deaf_from = deaf_from

    def start(self) -> None:
        if self.starts >= self.deaf_from:
            raise Deaf("too many folders")
        self.starts += 1
        self.listening = True

    def stop(self) -> None:
        self.stops += 1
        self.listening = False

    def is_listening(self) -> bool:
        return self.listening


@pytest.fixture
def stage(tmp_path):
    return Stage(tmp_path, {"a.md": "text\n"})


def loop_of(stage, ear, *hints, idle=lambda: None):
    queue: SimpleQueue[Hint | None] = SimpleQueue()
    for hint in hints:
        queue.put(hint)
    return Loop(stage.watcher, queue, ear, stage.told.append, idle=idle), queue


def test_it_ends_when_it_is_told_to_and_stops_listening(stage):
    ear = Ear()
    loop, _ = loop_of(stage, ear, Hint("a.md"), None)
    loop.listen()
    assert loop.listens
    loop.run()
    assert (ear.starts, ear.stops) == (1, 1)


def test_what_is_heard_reaches_the_watcher(stage):
    stage.save("a.md", "[[x]]\n")
    loop, queue = loop_of(stage, Ear(), Hint("a.md"))
    turns = []

    def idle():
        turns.append(1)
        stage.hand.pass_(1)
        if of(events.Findings, stage.told) or len(turns) > 50:
            queue.put(None)
        queue.put(Hint("other.md"))  # so that nothing waits

    loop._idle = idle
    loop.listen()
    loop.run()
    assert [event.file for event in of(events.Findings, stage.told)] == ["a.md"]


def test_without_events_it_says_why_and_looks_often(stage):
    loop, _ = loop_of(stage, Ear(deaf_from=0))
    loop.listen()
    assert not loop.listens
    (remark,) = of(events.Remark, stage.told)
    assert "too many folders" in remark.message
    stage.save("a.md", "[[x]]\n")
    assert of(events.Findings, stage.pass_(3))


def test_without_an_ear_it_polls_and_says_nothing(stage):
    loop, _ = loop_of(stage, None)
    loop.listen()
    assert not loop.listens
    assert stage.told == []
    stage.save("a.md", "[[x]]\n")
    assert of(events.Findings, stage.pass_(3))


def test_polling_can_be_chosen_later(stage):
    ear = Ear()
    loop, _ = loop_of(stage, ear)
    loop.listen()
    loop.poll()
    assert not loop.listens
    assert not ear.listening


def test_an_ear_that_went_deaf_is_started_again(stage):
    ear = Ear()
    loop, _ = loop_of(stage, ear, Hint("a.md"), None)
    loop.listen()
    ear.listening = False
    loop.run()
    assert ear.starts == 2


def test_another_folder_in_the_place_of_the_vault_is_listened_to(stage, tmp_path):
    ear = Ear()
    loop, _ = loop_of(stage, ear, Hint("a.md"), None)
    loop.listen()
    stage.root.rename(tmp_path / "away")
    stage.save("b.md", "text\n")
    loop.run()
    assert ear.starts == 2


def test_an_ear_that_cannot_be_started_again_gives_way_to_polling(stage):
    ear = Ear(deaf_from=1)
    loop, _ = loop_of(stage, ear, Hint("a.md"), None)
    loop.listen()
    ear.listening = False
    loop.run()
    assert not loop.listens
    assert of(events.Remark, stage.told)
