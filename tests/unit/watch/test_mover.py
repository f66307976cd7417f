"""Moves made outside of Obsidian: followed, proposed, or left to another program."""

import pytest

from tests.unit.watch.stage import Stage, of
from vaultlint.fixing.pending import read_pending
from vaultlint.fixing.undo import undo
from vaultlint.fixing.write import Writer
from vaultlint.watch import events
from vaultlint.watch.departures import AWAY
from vaultlint.watch.mover import MOST_NOTES

LINKING = "See [[b]], [[b|this]] and [it](b.md#Part).\n"
TEXT = "# Part\n\nA text that is long enough.\n"


def stage_with(tmp_path, files=None, *, writes=True):
    return Stage(tmp_path, {"a.md": LINKING, "b.md": TEXT, **(files or {})}, writes=writes)


def test_links_follow_a_note_that_was_renamed(tmp_path):
    stage = stage_with(tmp_path)
    stage.move("b.md", "x/c.md")
    assert not of(events.Followed, stage.pass_(AWAY - 5))
    told = stage.pass_(15)
    (followed,) = of(events.Followed, told)
    assert followed.moves == {"b.md": "x/c.md"}
    assert followed.files == ("a.md",)
    assert stage.text("a.md") == "See [[c]], [[c|this]] and [it](c.md#Part).\n"
    assert stage.session.diagnostics() == ()
    undo(Writer(stage.root, stage.state, grace=0), followed.run, force=False)
    assert stage.text("a.md") == LINKING


def test_a_move_that_only_the_bytes_tell_is_followed_too(tmp_path):
    stage = stage_with(tmp_path)
    stage.save("c.md", TEXT)
    (stage.root / "b.md").unlink()
    stage.hint("b.md", "c.md")
    assert of(events.Followed, stage.pass_(AWAY + 15))
    assert "[[c]]" in stage.text("a.md")


def test_an_attachment_is_followed(tmp_path):
    stage = stage_with(tmp_path, {"pic.png": "not really a picture", "d.md": "![[pic.png]]\n"})
    stage.pass_(700)
    stage.move("pic.png", "img/photo.png")
    assert of(events.Followed, stage.pass_(AWAY + 15))
    assert stage.text("d.md") == "![[photo.png]]\n"


def test_a_folder_is_followed_as_one(tmp_path):
    files = {f"x/{number}.md": f"{TEXT}{number}\n" for number in range(3)}
    linking = "[0](x/0.md) [1](x/1.md) [2](x/2.md)\n"
    absolute = {".obsidian/app.json": '{"newLinkFormat": "absolute"}'}
    stage = stage_with(
        tmp_path, {**files, **absolute, "list.md": linking, "other.md": "[0](x/0.md)\n"}
    )
    stage.move("x", "y")
    (followed,) = of(events.Followed, stage.pass_(AWAY + 15))
    assert len(followed.moves) == 3
    assert followed.files == ("list.md", "other.md")
    assert stage.text("list.md") == linking.replace("x/", "y/")


def test_notes_and_attachments_that_move_at_once_are_followed_together(tmp_path):
    files = {"F/n.md": "[[../a]] ![[p.png]]\n", "p.png": "not really a picture"}
    stage = stage_with(tmp_path, files)
    stage.move("b.md", "x/c.md")
    stage.move("p.png", "img/q.png")
    stage.move("F", "G")
    (followed,) = of(events.Followed, stage.pass_(AWAY + 15))
    assert len(followed.moves) == 3
    assert sorted(followed.files) == ["G/n.md", "a.md"]
    assert "![[q.png]]" in stage.text("G/n.md")
    assert stage.session.diagnostics() == ()


def test_a_note_that_was_deleted_is_not_followed(tmp_path):
    stage = stage_with(tmp_path)
    (stage.root / "b.md").unlink()
    stage.hint("b.md")
    told = stage.pass_(AWAY + 60)
    assert not of(events.Followed, told) + of(events.MoveProposed, told)
    assert stage.text("a.md") == LINKING


def test_a_note_that_comes_back_was_not_moved(tmp_path):
    stage = stage_with(tmp_path)
    stage.move("b.md", "c.md")
    stage.pass_(30)
    stage.move("c.md", "b.md")
    told = stage.pass_(AWAY + 60)
    assert not of(events.Followed, told) + of(events.MoveProposed, told)
    assert stage.text("a.md") == LINKING


def test_what_obsidian_has_updated_itself_needs_nothing(tmp_path):
    stage = stage_with(tmp_path)
    stage.move("b.md", "c.md")
    stage.change("a.md", LINKING.replace("[[b", "[[c").replace("b.md", "c.md"), 10)
    told = stage.pass_(AWAY + 60)
    assert not of(events.Followed, told) + of(events.MoveProposed, told)
    assert not (stage.state / "journal").exists()


def test_a_program_that_is_updating_links_is_left_to_finish(tmp_path):
    names = [f"{number}.md" for number in range(8)]
    stage = stage_with(tmp_path, dict.fromkeys(names, "[[b]]\n"))
    stage.move("b.md", "c.md")
    stage.pass_(AWAY - 10)
    for name in names:  # a slow one
        told = stage.change(name, "[[c]]\n", 5)
        assert not of(events.Followed, told)
    (followed,) = of(events.Followed, stage.pass_(60))
    assert followed.files == ("a.md",)


def test_a_note_that_is_being_edited_holds_it_up(tmp_path):
    stage = stage_with(tmp_path)
    stage.move("b.md", "c.md")
    stage.save(".a.md.swp", "")
    told = stage.pass_(AWAY + 300)
    assert not of(events.Followed, told) + of(events.MoveProposed, told)
    (stage.root / ".a.md.swp").unlink()
    assert of(events.Followed, stage.pass_(30))


def test_what_cannot_be_followed_for_long_is_proposed(tmp_path):
    stage = stage_with(tmp_path)
    stage.move("b.md", "c.md")
    stage.save(".a.md.swp", "")
    (proposed,) = of(events.MoveProposed, stage.pass_(AWAY + 700))
    assert "being edited" in proposed.reason
    assert stage.text("a.md") == LINKING


def test_many_notes_are_not_changed_unasked(tmp_path):
    many = {f"n{number}.md": "[[b]]\n" for number in range(MOST_NOTES)}
    stage = stage_with(tmp_path, many)
    stage.move("b.md", "c.md")
    (proposed,) = of(events.MoveProposed, stage.pass_(AWAY + 60))
    assert proposed.reason == f"{MOST_NOTES + 1} notes would change"
    assert len(proposed.files) == MOST_NOTES + 1
    assert [each.renames for each in read_pending(stage.state)] == [{"b.md": "c.md"}]
    assert stage.text("a.md") == LINKING


def test_a_move_with_git_at_work_is_proposed(tmp_path):
    stage = stage_with(tmp_path, {".git/HEAD": "ref: refs/heads/one\n"})
    stage.move("b.md", "c.md")
    stage.pass_(5)
    stage.save(".git/HEAD", "ref: refs/heads/two\n")
    (proposed,) = of(events.MoveProposed, stage.pass_(AWAY + 60))
    assert proposed.reason == "git was at work meanwhile"


def test_gits_lock_counts_though_it_is_gone_at_once(tmp_path):
    stage = stage_with(tmp_path, {".git/HEAD": "ref: refs/heads/one\n"})
    stage.move("b.md", "c.md")
    stage.pass_(5)
    stage.hint(".git/index.lock")
    assert of(events.MoveProposed, stage.pass_(AWAY + 60))


def test_a_watcher_that_does_not_write_proposes(tmp_path):
    stage = Stage(tmp_path, {"a.md": LINKING, "b.md": TEXT})
    stage.move("b.md", "c.md")
    (proposed,) = of(events.MoveProposed, stage.pass_(AWAY + 60))
    assert proposed.moves == {"b.md": "c.md"}
    assert stage.text("a.md") == LINKING


def test_a_move_that_no_link_minds_is_not_told(tmp_path):
    stage = stage_with(tmp_path, {"x/lonely.md": TEXT + "alone"})
    stage.move("x/lonely.md", "y/lonely.md")
    told = stage.pass_(AWAY + 60)
    assert not of(events.Followed, told) + of(events.MoveProposed, told)


def test_a_note_with_a_conflict_copy_makes_it_a_proposal(tmp_path):
    stage = stage_with(tmp_path, {"a.sync-conflict-20261122-101112-ABCDEFG.md": "text\n"})
    stage.move("b.md", "c.md")
    (proposed,) = of(events.MoveProposed, stage.pass_(AWAY + 60))
    assert "conflict" in proposed.reason
    assert stage.text("a.md") == LINKING


def test_a_state_folder_that_cannot_be_written_is_said(tmp_path):
    stage = Stage(tmp_path, {"a.md": LINKING, "b.md": TEXT})
    (stage.state / "pending-moves.json").mkdir()
    stage.move("b.md", "c.md")
    (proposed,) = of(events.MoveProposed, stage.pass_(AWAY + 60))
    assert "is not kept" in proposed.reason


def test_a_note_that_is_renamed_twice_at_once_is_followed(tmp_path):
    stage = stage_with(tmp_path)
    stage.move("b.md", "c.md")
    stage.pass_(2)
    stage.move("c.md", "d.md")
    assert of(events.Followed, stage.pass_(AWAY + 30))
    assert "[[d]]" in stage.text("a.md")


def test_a_commit_long_before_is_not_meanwhile(tmp_path):
    log = "0 1 me\tcommit: a\n"
    stage = stage_with(tmp_path, {".git/HEAD": "ref: x\n", ".git/logs/HEAD": log})
    stage.save(".git/logs/HEAD", f"{log}1 2 me\tcommit: b\n")
    stage.pass_(60)
    stage.move("b.md", "c.md")
    assert of(events.Followed, stage.pass_(AWAY + 30))


def test_what_git_did_just_before_counts(tmp_path):
    stage = stage_with(tmp_path, {".git/HEAD": "ref: refs/heads/one\n"})
    stage.save(".git/HEAD", "ref: refs/heads/two\n")
    stage.pass_(1)
    stage.move("b.md", "c.md")
    assert of(events.MoveProposed, stage.pass_(AWAY + 60))


def test_where_two_have_the_bytes_a_person_is_asked(tmp_path):
    stage = stage_with(tmp_path, {"other.md": "nothing here\n"})
    (stage.root / "b.md").unlink()
    stage.save("c.md", TEXT)
    stage.save("d.md", TEXT)
    stage.hint("b.md", "c.md", "d.md")
    (proposed,) = of(events.MoveProposed, stage.pass_(AWAY + 60))
    assert proposed.moves == {"b.md": "c.md"}
    assert proposed.choices == ("c.md", "d.md")
    assert proposed.files == ("a.md",)
    assert proposed.reason == "several files may be it"
    (pending,) = read_pending(stage.state)
    assert pending.choices == ("c.md", "d.md")
    assert stage.text("a.md") == LINKING


def test_where_two_may_have_become_it_a_person_is_asked(tmp_path):
    stage = stage_with(tmp_path, {"b2.md": TEXT, "d.md": "[[b2]]\n"})
    for old in ("b.md", "b2.md"):
        (stage.root / old).unlink()
    stage.save("c.md", TEXT)
    stage.hint("b.md", "b2.md", "c.md")
    one, two = of(events.MoveProposed, stage.pass_(AWAY + 60))
    assert (one.moves, one.files, one.choices) == ({"b.md": "c.md"}, ("a.md",), ("c.md",))
    assert (two.moves, two.files, two.choices) == ({"b2.md": "c.md"}, ("d.md",), ("c.md",))
    assert len(read_pending(stage.state)) == 2


def test_no_one_is_asked_where_no_link_leads(tmp_path):
    stage = stage_with(tmp_path, {"lonely.md": f"{TEXT}alone\n"})
    (stage.root / "lonely.md").unlink()
    for new in ("c.md", "d.md"):
        stage.save(new, f"{TEXT}alone\n")
    stage.hint("lonely.md", "c.md", "d.md")
    assert not of(events.MoveProposed, stage.pass_(AWAY + 60))


def test_links_of_which_none_can_follow_are_told_too(tmp_path):
    stage = stage_with(tmp_path, {"a.md": "[[b]]\n"})
    stage.move("b.md", "c#d.md")
    (proposed,) = of(events.MoveProposed, stage.pass_(AWAY + 60))
    assert proposed.files == ("a.md",)
    assert "cannot be made to open" in proposed.reason


def test_a_copy_from_long_before_is_proposed(tmp_path):
    stage = stage_with(tmp_path)
    stage.change("c.md", TEXT, 200)
    (stage.root / "b.md").unlink()
    stage.hint("b.md")
    (proposed,) = of(events.MoveProposed, stage.pass_(AWAY + 60))
    assert "both there for a while" in proposed.reason


def test_a_move_while_no_watcher_was_running_is_proposed(tmp_path):
    stage = stage_with(tmp_path)
    stage.watcher.end()
    (stage.root / "b.md").rename(stage.root / "c.md")
    stage.start()
    (proposed,) = of(events.MoveProposed, stage.pass_(AWAY + 60))
    assert proposed.moves == {"b.md": "c.md"}
    assert proposed.reason == "no watcher was running when it was moved"
    assert stage.text("a.md") == LINKING
    stage.watcher.end()
    stage.start()
    assert not of(events.MoveProposed, stage.pass_(AWAY + 60))
    assert [each.renames for each in read_pending(stage.state)] == [{"b.md": "c.md"}]


def test_so_is_one_that_was_killed_before_it_was_certain(tmp_path):
    stage = stage_with(tmp_path)
    stage.move("b.md", "c.md")
    stage.pass_(5)
    stage.start()  # and nothing was ended
    assert of(events.MoveProposed, stage.pass_(AWAY + 60))


def test_and_one_that_ended_before_it_was_certain(tmp_path):
    stage = stage_with(tmp_path)
    stage.move("b.md", "c.md")
    stage.pass_(5)
    stage.watcher.end()
    stage.start()
    assert of(events.MoveProposed, stage.pass_(AWAY + 60))


def test_what_waits_for_an_editor_is_proposed_at_the_end(tmp_path):
    stage = stage_with(tmp_path)
    stage.move("b.md", "c.md")
    stage.save(".a.md.swp", "")
    stage.pass_(AWAY + 60)
    stage.watcher.end()
    (proposed,) = of(events.MoveProposed, stage.told)
    assert "being edited" in proposed.reason
    assert [each.renames for each in read_pending(stage.state)] == [{"b.md": "c.md"}]


def test_a_proposal_follows_the_file_and_ends_with_it(tmp_path):
    stage = Stage(tmp_path, {"a.md": LINKING, "b.md": TEXT})
    stage.move("b.md", "c.md")
    assert of(events.MoveProposed, stage.pass_(AWAY + 60))
    stage.move("c.md", "d.md")
    stage.pass_(AWAY + 60)
    assert [each.renames for each in read_pending(stage.state)] == [{"b.md": "d.md"}]
    (stage.root / "d.md").unlink()
    stage.watcher.end()
    stage.start()
    assert read_pending(stage.state) == ()


def test_a_note_that_rests_in_a_tab_of_obsidian_is_no_hindrance(tmp_path):
    stage = stage_with(tmp_path)
    stage.save(".obsidian/workspace.json", '{"main": {"file": "a.md"}}')
    stage.move("b.md", "c.md")
    assert of(events.Followed, stage.pass_(AWAY + 30))


def test_one_that_was_just_edited_there_is(tmp_path):
    stage = stage_with(tmp_path)
    stage.save(".obsidian/workspace.json", '{"main": {"file": "a.md"}}')
    stage.move("b.md", "c.md")
    stage.pass_(AWAY - 10)
    assert not of(events.Followed, stage.change("a.md", f"{LINKING}more\n", 100))
    assert of(events.Followed, stage.pass_(50))


def test_a_canvas_is_known_by_its_bytes_too(tmp_path):
    board = '{"nodes": [{"text": "a card"}]}'
    stage = stage_with(tmp_path, {"d.md": "[[board.canvas]]\n", "board.canvas": "{}"})
    stage.change("board.canvas", board)
    stage.save("x/plan.canvas", board)
    (stage.root / "board.canvas").unlink()
    stage.hint("board.canvas", "x/plan.canvas")
    assert of(events.Followed, stage.pass_(AWAY + 30))
    assert stage.text("d.md") == "[[plan.canvas]]\n"


def test_a_note_that_is_being_saved_where_it_went_is_followed(tmp_path):
    stage = stage_with(tmp_path)
    stage.move("b.md", "c.md")
    stage.pass_(AWAY - 1)
    (stage.root / "c.md").unlink()
    stage.hint("c.md")
    stage.pass_(3)
    stage.save("c.md", f"{TEXT}and more\n")
    stage.hint("c.md")
    assert of(events.Followed, stage.pass_(60))
    assert "[[c]]" in stage.text("a.md")


def test_the_watcher_sleeps_while_a_move_is_not_certain(tmp_path):
    stage = stage_with(tmp_path, {"d.md": f"{TEXT}d\n"})
    stage.move("b.md", "x/b.md")
    stage.pass_(4)
    stage.move("d.md", "x/d.md")
    ticks = 0
    tick = stage.watcher.tick

    def counted():
        nonlocal ticks
        ticks += 1
        return tick()

    stage.watcher.tick = counted
    stage.pass_(AWAY + 20)
    assert ticks < 60


def test_a_watcher_that_ends_while_it_starts_forgets_no_move(tmp_path, monkeypatch):
    stage = stage_with(tmp_path)
    stage.watcher.end()
    (stage.root / "b.md").rename(stage.root / "c.md")

    def leave(_fixer):
        raise SystemExit(0)

    with monkeypatch.context() as patched:
        patched.setattr("vaultlint.watch.fixer.Fixer.recover", leave)
        with pytest.raises(SystemExit):
            stage.start()
        stage.watcher.end()
    stage.start()
    assert of(events.MoveProposed, stage.pass_(AWAY + 60))
