"""When a note has settled."""

from vaultlint.watch.settle import Openness, Rest, Settling

REST = Rest(closed=10, open=120, look=5)
CLOSED, OPEN, HELD = Openness.CLOSED, Openness.OPEN, Openness.HELD


def always(openness):
    return lambda _file: openness


def test_nothing_is_due_when_nothing_changed():
    settling = Settling(REST)
    assert settling.next_at() is None
    assert settling.take(1000, always(CLOSED)) == ()


def test_a_closed_note_settles_after_ten_seconds():
    settling = Settling(REST)
    settling.changed("a.md", 0)
    assert settling.next_at() == 10
    assert settling.take(9.9, always(CLOSED)) == ()
    assert settling.take(10, always(CLOSED)) == ("a.md",)
    assert settling.take(1000, always(CLOSED)) == ()


def test_a_note_that_looks_open_settles_after_two_minutes():
    settling = Settling(REST)
    settling.changed("a.md", 0)
    assert settling.take(10, always(OPEN)) == ()
    assert settling.next_at() == 15
    assert settling.take(119, always(OPEN)) == ()
    assert settling.take(120, always(OPEN)) == ("a.md",)


def test_or_as_soon_as_it_is_closed():
    settling = Settling(REST)
    settling.changed("a.md", 0)
    assert settling.take(30, always(OPEN)) == ()
    assert settling.take(35, always(CLOSED)) == ("a.md",)


def test_a_note_with_a_mark_waits_for_as_long_as_it_is_there():
    settling = Settling(REST)
    settling.changed("a.md", 0)
    assert settling.take(100_000, always(HELD)) == ()
    assert settling.take(100_005, always(CLOSED)) == ("a.md",)


def test_a_change_begins_the_time_anew():
    settling = Settling(REST)
    settling.changed("a.md", 0)
    settling.changed("a.md", 9)
    assert settling.take(18, always(CLOSED)) == ()
    settling.touched("a.md", 18)
    assert settling.take(27, always(CLOSED)) == ()
    assert settling.take(28, always(CLOSED)) == ("a.md",)


def test_touching_a_note_that_does_not_settle_begins_nothing():
    settling = Settling(REST)
    settling.touched("a.md", 0)
    assert settling.next_at() is None


def test_a_note_that_is_forgotten_is_never_due():
    settling = Settling(REST)
    settling.changed("a.md", 0)
    settling.changed("b.md", 0)
    settling.forget(["a.md", "unknown.md"])
    assert settling.waiting == ("b.md",)
    assert settling.take(100, always(CLOSED)) == ("b.md",)


def test_a_crowd_and_what_follows_it_is_not_fixed():
    settling = Settling(REST._replace(crowd=3))
    for number in range(5):
        settling.changed(f"{number}.md", number)
    assert settling.waiting == ()
    settling.changed("late.md", 9)
    assert settling.waiting == ()
    settling.changed("own.md", 20)
    assert settling.waiting == ("own.md",)


def test_notes_that_changed_one_after_the_other_are_no_crowd():
    settling = Settling(REST._replace(crowd=3))
    for number in range(10):
        settling.changed(f"{number}.md", number * 5)
    assert len(settling.waiting) == 10
