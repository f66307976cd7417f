"""Which vanished file became which new one."""

import pytest

from vaultlint.watch.departures import (
    AWAY,
    BESIDE,
    GIT,
    MANY,
    MEMORY,
    UNSEEN,
    Departures,
    Pair,
    Sighting,
)

NOTE = Sighting("digest-1", 100, "5.6.7")
SAME_BYTES = Sighting("digest-1", 100, "8.9.10")
SAME_FILE = Sighting("other", 100, "5.99.7")
PICTURE = Sighting("", 5000, "1.2.3")


def after(departures, seconds=AWAY, start=0.0):
    departures.scanned()
    return departures.take(start + seconds)


def test_a_file_that_vanished_for_good_is_no_move():
    departures = Departures()
    departures.changed({"a.md": NOTE}, {}, 0)
    assert after(departures) == ()
    assert departures.next_at(1000) is None


@pytest.mark.parametrize("now", [SAME_BYTES, SAME_FILE])
def test_the_same_bytes_or_the_same_file_are_a_move(now):
    departures = Departures()
    departures.changed({"a.md": NOTE}, {"b.md": now}, 0)
    assert after(departures) == (Pair("a.md", "b.md"),)
    assert after(departures, 1000) == ()


def test_an_attachment_is_known_by_its_inode():
    departures = Departures()
    departures.changed({"a.png": PICTURE}, {"x/b.png": PICTURE._replace(stamp="1.50.3")}, 0)
    assert after(departures) == (Pair("a.png", "x/b.png"),)


def test_an_event_tells_where_a_file_went_though_it_was_edited_since():
    departures = Departures()
    departures.moved("a.md", "b.md", 0)
    departures.changed({"a.md": NOTE}, {"b.md": Sighting("new", 120, "1.1.1")}, 0.5)
    assert after(departures, start=0.5) == (Pair("a.md", "b.md"),)


def test_events_one_after_the_other_are_one_move():
    departures = Departures()
    departures.moved("a.md", "b.md", 0)
    departures.moved("b.md", "c.md", 1)
    departures.changed({"a.md": NOTE}, {"c.md": Sighting("new", 120, "1.1.1")}, 1.5)
    assert after(departures, start=1.5) == (Pair("a.md", "c.md"),)


def test_events_that_go_in_a_circle_tell_nothing():
    departures = Departures()
    departures.moved("a.md", "b.md", 0)
    departures.moved("b.md", "a.md", 1)
    departures.changed({"a.md": NOTE}, {}, 2)
    assert after(departures, start=2) == ()


def test_a_minute_and_a_look_at_everything_have_to_pass():
    departures = Departures()
    departures.changed({"a.md": NOTE}, {"b.md": SAME_BYTES}, 0)
    assert departures.next_at(0) == AWAY
    assert departures.take(1000) == ()
    assert departures.needs_scan(AWAY)
    assert not departures.needs_scan(AWAY - 1)
    departures.scanned()
    assert not departures.needs_scan(AWAY)
    assert departures.take(AWAY - 1) == ()
    assert departures.take(AWAY) == (Pair("a.md", "b.md"),)


def test_a_file_that_comes_back_was_never_gone():
    departures = Departures()
    departures.changed({"a.md": NOTE}, {"b.md": SAME_BYTES}, 0)
    departures.changed({}, {"a.md": NOTE}, 30)
    assert after(departures, 100) == ()


def test_a_copy_that_is_made_before_the_old_one_is_deleted_is_a_move():
    departures = Departures()
    departures.changed({}, {"b.md": SAME_BYTES}, 0)
    departures.changed({"a.md": NOTE}, {}, 20)
    assert after(departures, start=20) == (Pair("a.md", "b.md"),)


def test_of_several_that_may_be_it_a_person_chooses_and_the_same_name_is_first():
    departures = Departures()
    departures.changed({"x/c.md": NOTE}, {"b.md": SAME_BYTES, "c.md": SAME_BYTES}, 0)
    assert after(departures) == (
        Pair("x/c.md", "c.md", ("b.md",), "several files may be it", is_clear=False),
    )


def test_of_several_that_may_have_become_it_a_person_chooses():
    departures = Departures()
    departures.changed({"a.md": NOTE, "b.md": NOTE}, {"c.md": SAME_BYTES}, 0)
    doubt = "another file may have become it"
    assert after(departures) == tuple(
        Pair(old, "c.md", (), doubt, is_clear=False) for old in ("a.md", "b.md")
    )


def test_an_event_and_an_inode_say_more_than_bytes():
    departures = Departures()
    departures.moved("a.md", "c.md", 0)
    gone = {name: NOTE._replace(stamp=f"{name[0]}.1.1") for name in ("a.md", "b.md", "d.md")}
    there = SAME_BYTES._replace(stamp="b.2.1")
    departures.changed(gone, {"c.md": SAME_BYTES, "e.md": there}, 0)
    assert after(departures) == (Pair("a.md", "c.md"), Pair("b.md", "e.md"))


def test_bytes_that_many_have_say_nothing():
    many = {f"{number}.md": SAME_BYTES for number in range(MANY + 1)}
    departures = Departures()
    departures.changed({"a.md": NOTE}, many, 0)
    assert after(departures) == ()
    departures = Departures()
    departures.changed(dict.fromkeys(many, NOTE), {"a.md": SAME_BYTES}, 0)
    assert after(departures) == ()


@pytest.mark.parametrize("by_event", [True, False])
def test_what_moved_twice_at_once_is_followed_from_both_places(by_event):
    departures = Departures()
    if by_event:
        departures.moved("a.md", "b.md", 0)
        departures.moved("b.md", "c.md", 2)
    departures.changed({"a.md": NOTE}, {"b.md": NOTE}, 0)
    departures.changed({"b.md": NOTE}, {"c.md": NOTE}, 2)
    assert after(departures, start=2) == (Pair("a.md", "c.md"), Pair("b.md", "c.md"))


def test_a_copy_that_was_there_for_long_is_doubtful():
    departures = Departures()
    departures.changed({}, {"b.md": SAME_BYTES}, 0)
    departures.changed({"a.md": NOTE}, {}, BESIDE + 1)
    (pair,) = after(departures, start=BESIDE + 1)
    assert (pair.new, pair.is_clear) == ("b.md", True)
    assert "both there for a while" in pair.doubt


def test_a_doubt_that_is_told_is_kept():
    departures = Departures()
    departures.changed({"a.md": NOTE}, {"b.md": SAME_BYTES}, 0, doubt=UNSEEN)
    assert departures.unexplained == {"a.md": NOTE}
    assert after(departures) == (Pair("a.md", "b.md", doubt=UNSEEN),)
    assert departures.unexplained == {}


def test_thousands_of_files_are_paired_in_linear_time():
    count = 20_000
    departures = Departures()
    was = {f"a/{n}.md": Sighting(str(n), 100, f"{n}.0.{n}") for n in range(count)}
    departures.changed(was, {f"b/{n}.md": Sighting(str(n), 100, "") for n in range(count)}, 0)
    assert len(after(departures)) == count
    equal = {f"c/{n}.md": NOTE for n in range(count)}
    departures.changed(equal, {f"d/{n}.md": SAME_BYTES for n in range(count)}, 100)
    assert after(departures, start=100) == ()


def test_a_few_bytes_prove_nothing():
    departures = Departures()
    departures.changed({"a.md": NOTE._replace(size=0)}, {"b.md": SAME_BYTES._replace(size=0)}, 0)
    assert after(departures) == ()


def test_a_folder_moves_as_one():
    departures = Departures()
    old = {f"x/{number}.md": NOTE._replace(stamp=f"1.1.{number}") for number in range(3)}
    for number, (file, was) in enumerate(old.items()):
        new = {file.replace("x/", "y/"): was}
        departures.changed({file: was}, new, number)
    departures.scanned()
    assert departures.take(AWAY) == ()
    assert [pair.new for pair in departures.take(AWAY + 2)] == ["y/0.md", "y/1.md", "y/2.md"]


def test_what_happened_while_git_was_at_work_is_marked():
    departures = Departures()
    departures.changed({"a.md": NOTE}, {"b.md": SAME_BYTES}, 0)
    departures.disturbed()
    assert after(departures) == (Pair("a.md", "b.md", doubt=GIT),)


def test_a_note_that_goes_into_the_bin_is_deleted():
    departures = Departures()
    departures.moved("a.md", ".trash/a.md", 0)
    departures.changed({"a.md": NOTE}, {}, 0)
    assert after(departures) == ()


def test_a_new_path_that_vanishes_too_is_no_target():
    departures = Departures()
    departures.changed({"a.md": NOTE}, {"b.md": SAME_BYTES}, 0)
    departures.changed({"b.md": SAME_BYTES}, {}, 30)
    departures.scanned()
    assert departures.take(1000) == ()


def test_events_of_programs_that_rename_on_every_save_are_forgotten():
    departures = Departures()
    for number in range(10_000):
        departures.moved(f"sed{number}", "a.md", number)
    assert len(departures._events) <= 2 * MEMORY


def test_what_holds_others_up_says_when():
    departures = Departures()
    departures.changed({"a.md": NOTE}, {"b.md": SAME_BYTES}, 0)
    departures.changed({"x.md": NOTE._replace(digest="x")}, {}, 4)
    departures.scanned()
    assert departures.next_at(10) == AWAY
    assert departures.take(AWAY + 1) == ()
    assert departures.next_at(AWAY + 1) == AWAY + 4
    assert departures.take(AWAY + 4) == (Pair("a.md", "b.md"),)


def test_a_file_that_is_being_saved_where_it_went_is_waited_for():
    departures = Departures()
    departures.moved("a.md", "b.md", 0)
    departures.changed({"a.md": NOTE}, {"b.md": NOTE}, 0)
    departures.changed({"b.md": NOTE}, {}, AWAY - 1)
    departures.scanned()
    assert departures.take(AWAY) == ()
    departures.changed({}, {"b.md": Sighting("edited", 120, "1.1.1")}, AWAY + 1)
    assert departures.take(AWAY + 1) == (Pair("a.md", "b.md"),)


def test_other_files_that_come_and_go_hold_nothing_up():
    departures = Departures()
    departures.changed({"a.md": NOTE}, {"b.md": SAME_BYTES}, 0)
    for moment in range(10, 60, 10):
        passing = {f"t{moment}.md": Sighting(str(moment), 50, f"{moment}.1.1")}
        departures.changed({}, passing, moment)
        departures.changed(passing, {}, moment + 1)
    assert after(departures) == (Pair("a.md", "b.md"),)
