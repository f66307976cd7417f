"""Which notes are fixed, when, and which are left alone."""

import os
import time

from tests.unit.watch.stage import Stage, of
from vaultlint.engine.session import Change
from vaultlint.errors import SourceError
from vaultlint.fixing.lock import VaultLock
from vaultlint.fixing.undo import undo
from vaultlint.fixing.write import Writer
from vaultlint.watch import events, fixer

WRONG = "---\nup: [[b]]\n---\n"
RIGHT = '---\nup: "[[b]]"\n---\n'


def stage_with(tmp_path, files=None, *, writes=True, synced=False):
    return Stage(tmp_path, {"b.md": "text\n", **(files or {})}, writes=writes, synced=synced)


def test_a_saved_note_is_fixed_when_it_has_settled(tmp_path):
    stage = stage_with(tmp_path)
    stage.change("a.md", WRONG, 9)
    assert stage.text("a.md") == WRONG
    told = stage.pass_(3)
    assert stage.text("a.md") == RIGHT
    (fixed,) = of(events.Fixed, told)
    assert (fixed.file, fixed.rules) == ("a.md", ("unquoted-link",))
    assert [event.diagnostics for event in of(events.Findings, told)] == [()]


def test_a_note_that_changes_again_is_left_until_it_rests(tmp_path):
    stage = stage_with(tmp_path)
    for number in range(10):
        told = stage.change("a.md", f"{WRONG}{number}\n", 8)
        assert not of(events.Fixed, told)
    assert of(events.Fixed, stage.pass_(4))
    assert stage.text("a.md") == f"{RIGHT}9\n"


def test_a_note_that_was_wrong_from_the_start_is_not_touched(tmp_path):
    stage = stage_with(tmp_path, {"old.md": WRONG})
    assert not of(events.Fixed, stage.pass_(1000))
    assert stage.text("old.md") == WRONG


def test_a_note_that_looks_open_waits_or_until_it_is_closed(tmp_path):
    stage = stage_with(tmp_path)
    stage.save(".obsidian/workspace.json", '{"main": {"file": "a.md"}}')
    stage.change("a.md", WRONG, 60)
    assert stage.text("a.md") == WRONG
    stage.save(".obsidian/workspace.json", "{}")
    stage.pass_(10)
    assert stage.text("a.md") == RIGHT


def test_a_note_that_looks_open_is_fixed_after_two_minutes(tmp_path):
    stage = stage_with(tmp_path)
    stage.save(".obsidian/workspace.json", '{"main": {"file": "a.md"}}')
    stage.change("a.md", WRONG, 115)
    assert stage.text("a.md") == WRONG
    stage.pass_(15)
    assert stage.text("a.md") == RIGHT


def test_a_note_with_an_editors_mark_waits_for_as_long_as_it_is_there(tmp_path):
    stage = stage_with(tmp_path)
    stage.save(".a.md.swp", "")
    stage.change("a.md", WRONG, 1000)
    assert stage.text("a.md") == WRONG
    (stage.root / ".a.md.swp").unlink()
    stage.pass_(10)
    assert stage.text("a.md") == RIGHT


def test_a_dry_run_shows_the_change_and_writes_nothing(tmp_path):
    stage = stage_with(tmp_path, writes=False)
    told = stage.change("a.md", WRONG, 30)
    (shown,) = of(events.WouldFix, told)
    assert '+up: "[[b]]"' in shown.diff
    assert stage.text("a.md") == WRONG
    assert not (stage.state / "journal").exists()


def test_rules_that_the_pack_does_not_name_are_not_fixed(tmp_path):
    text = "---\nx: 1\n---\ntext %% vaultlint-ignore broken-link %%\n"
    stage = stage_with(tmp_path)
    told = stage.change("a.md", text, 30)
    assert [one.rule for one in of(events.Findings, told)[0].diagnostics] == ["unused-suppression"]
    assert stage.text("a.md") == text


def test_a_fix_that_is_undone_is_not_made_again_and_the_note_is_named(tmp_path):
    stage = stage_with(tmp_path)
    stage.save(".prettierrc", "{}")
    stage.change("a.md", WRONG, 30)
    assert stage.text("a.md") == RIGHT
    told = stage.change("a.md", WRONG, 30)
    (left,) = of(events.LeftAlone, told)
    assert left.file == "a.md"
    assert left.rules == ("unquoted-link",)
    assert ".prettierrc" in left.rival
    assert stage.text("a.md") == WRONG
    stage.change("a.md", f"{WRONG}more\n", 30)
    assert stage.text("a.md") == f"{WRONG}more\n"


def test_an_undo_is_respected(tmp_path):
    stage = stage_with(tmp_path)
    (fixed,) = of(events.Fixed, stage.change("a.md", WRONG, 30))
    undo(Writer(stage.root, stage.state, grace=0), fixed.run, force=False)
    stage.hint("a.md")
    assert of(events.LeftAlone, stage.pass_(60))
    assert stage.text("a.md") == WRONG


def test_own_writes_lead_to_nothing(tmp_path):
    stage = stage_with(tmp_path)
    stage.change("a.md", WRONG, 30)
    stage.hint("a.md")
    assert stage.pass_(60) == []


def test_many_notes_at_once_are_nobodys_save(tmp_path):
    stage = stage_with(tmp_path)
    names = [f"{number}.md" for number in range(60)]
    for name in names:
        stage.save(name, WRONG)
    stage.hint(*names)
    assert not of(events.Fixed, stage.pass_(60))
    assert all(stage.text(name) == WRONG for name in names)


def test_git_at_work_is_waited_for_and_what_a_checkout_brings_is_not_fixed(tmp_path):
    stage = stage_with(tmp_path, {".git/HEAD": "ref: refs/heads/main\n"})
    stage.save(".git/index.lock", "")
    stage.change("a.md", WRONG, 60)
    assert stage.text("a.md") == WRONG
    (stage.root / ".git/index.lock").unlink()
    stage.pass_(20)
    assert stage.text("a.md") == RIGHT
    stage.save(".git/HEAD", "ref: refs/heads/another\n")
    stage.change("c.md", WRONG, 60)
    assert stage.text("c.md") == WRONG


def test_a_broken_config_holds_fixes_back(tmp_path):
    stage = stage_with(tmp_path, {"vaultlint.yaml": "rules: {}\n"})
    stage.change("vaultlint.yaml", "rules: [\n")
    stage.change("a.md", WRONG, 60)
    assert stage.text("a.md") == WRONG
    stage.change("vaultlint.yaml", "rules: {}\n", 30)
    assert stage.text("a.md") == RIGHT


def test_another_program_that_writes_to_the_vault_is_waited_for(tmp_path):
    stage = stage_with(tmp_path)
    with VaultLock(stage.state):
        told = stage.change("a.md", WRONG, 30)
        assert "fixes wait" in of(events.Remark, told)[0].message
        assert len(of(events.Remark, told)) == 1
        assert stage.text("a.md") == WRONG
    stage.pass_(20)
    assert stage.text("a.md") == RIGHT


def test_a_conflict_copy_and_its_original_are_never_fixed(tmp_path):
    stage = stage_with(tmp_path)
    copy = "a.sync-conflict-20261122-101112-ABCDEFG.md"
    stage.save(copy, WRONG)
    told = stage.change("a.md", WRONG, 60)
    assert stage.text("a.md") == stage.text(copy) == WRONG
    assert "conflict" in of(events.LeftAlone, told)[0].reason


def test_a_note_that_was_deleted_before_it_settled_is_forgotten(tmp_path):
    stage = stage_with(tmp_path)
    stage.change("a.md", WRONG, 5)
    (stage.root / "a.md").unlink()
    stage.hint("a.md")
    stage.pass_(60)
    assert not (stage.root / "a.md").exists()
    assert stage.fixer.waiting == ()


def test_the_lock_is_free_again_when_the_grace_is_over(tmp_path):
    stage = stage_with(tmp_path)
    stage.change("a.md", WRONG, 60)
    assert stage.text("a.md") == RIGHT
    with VaultLock(stage.state):
        pass
    assert [path.name for path in stage.root.glob(".vaultlint*")] == []


def test_the_end_leaves_nothing_open(tmp_path):
    stage = stage_with(tmp_path)
    stage.change("a.md", WRONG, 10.4)
    assert stage.text("a.md") == RIGHT
    stage.watcher.end()
    with VaultLock(stage.state):
        pass
    assert [path.name for path in stage.root.glob(".vaultlint*")] == []


def test_a_note_that_arrived_by_sync_has_to_rest_for_long(tmp_path):
    stage = stage_with(tmp_path, synced=True)
    stage.hand.offset = time.time() - stage.hand.now
    stage.save("a.md", WRONG)
    os.utime(stage.root / "a.md", (time.time() - 600, time.time() - 600))
    stage.hint("a.md")
    stage.pass_(600)
    assert stage.text("a.md") == WRONG
    stage.pass_(400)
    assert stage.text("a.md") == RIGHT
    stage.hand.offset = time.time() - stage.hand.now
    stage.change("d.md", WRONG, 15)
    assert stage.text("d.md") == RIGHT, "it was saved here"


def test_a_vault_that_goes_away_while_a_fix_is_tried_leaves_no_tried_text_behind(
    tmp_path, monkeypatch
):
    stage = stage_with(tmp_path)
    stage.change("a.md", WRONG, 9)

    def unplugged(session, *arguments):
        session.apply([Change("a.md", b"tried\n")])
        raise SourceError("is not there")

    monkeypatch.setattr(fixer, "plan_fixes", unplugged)
    stage.pass_(5)
    monkeypatch.undo()
    assert stage.text("a.md") == WRONG
    stage.pass_(20)
    assert stage.text("a.md") == RIGHT
    assert stage.session.diagnostics() == ()


def test_a_vault_that_goes_away_right_after_a_fix_is_no_crash(tmp_path):
    stage = stage_with(tmp_path)
    stage.change("a.md", WRONG, 9)
    apply = stage.session.apply

    def refused(changes=None):
        changes = None if changes is None else tuple(changes)
        if stage.text("a.md") == RIGHT and stage.hand.now < end:
            raise SourceError("is not there")
        return apply(changes)

    stage.session.apply = refused
    end = stage.hand.now + 20
    stage.pass_(10)
    assert stage.text("a.md") == RIGHT
    stage.pass_(60)
    assert stage.session.diagnostics() == ()


def test_a_note_that_is_only_moved_was_not_saved(tmp_path):
    stage = stage_with(tmp_path, {"a.md": WRONG})
    stage.move("a.md", "x/a.md")
    assert not of(events.Fixed, stage.pass_(300))
    assert stage.text("x/a.md") == WRONG
    assert of(events.Fixed, stage.change("x/a.md", f"{WRONG}more\n", 30))


def test_a_checkout_that_brought_no_note_does_not_hold_back_a_save_long_after(tmp_path):
    log = "0 1 me\tcommit: a\n"
    stage = stage_with(tmp_path, {".git/HEAD": "ref: x\n", ".git/logs/HEAD": log})
    stage.save(".git/logs/HEAD", f"{log}1 2 me\tcheckout: moving from a to b\n")
    stage.pass_(60)
    assert of(events.Fixed, stage.change("a.md", WRONG, 30))


def test_what_is_written_at_another_time_is_a_run_of_its_own(tmp_path):
    stage = Stage(tmp_path, {"b.md": "text\n"}, writes=True, grace=10)
    stage.change("a.md", WRONG, 5)
    told = stage.change("c.md", f"{WRONG}c\n", 60)
    one, two = of(events.Fixed, told)
    assert one.run != two.run
    undo(Writer(stage.root, stage.state, grace=0), one.run, force=False)
    assert (stage.text("a.md"), stage.text("c.md")) == (WRONG, f"{RIGHT}c\n")


def test_another_policy_counts_at_once(tmp_path):
    stage = stage_with(tmp_path)
    policy = stage.fixer._policy
    stage.change("a.md", WRONG, 5)
    stage.fixer.obey(policy._replace(rules=frozenset(), writes=False))
    assert not stage.fixer.writes
    stage.pass_(60)
    assert stage.text("a.md") == WRONG
    stage.fixer.obey(policy._replace(rest=policy.rest._replace(closed=100)))
    stage.change("a.md", f"{WRONG}x\n", 90)
    assert stage.text("a.md") == f"{WRONG}x\n"
    assert of(events.Fixed, stage.pass_(20))


def test_the_next_watcher_knows_what_was_undone(tmp_path):
    stage = stage_with(tmp_path)
    (fixed,) = of(events.Fixed, stage.change("a.md", WRONG, 30))
    stage.change("c.md", WRONG, 30)
    stage.watcher.end()
    undo(Writer(stage.root, stage.state, grace=0), fixed.run, force=False)
    stage.start()
    assert not of(events.Fixed, stage.change("a.md", f"{WRONG}more\n", 60))
    assert of(events.LeftAlone, stage.change("c.md", WRONG, 60))
    assert stage.text("c.md") == WRONG
    stage.watcher.end()
    stage.start()
    assert of(events.Fixed, stage.change("a.md", f"{WRONG}more and more\n", 60))


def test_a_note_that_is_only_copied_was_not_saved(tmp_path):
    stage = stage_with(tmp_path, {"a.md": WRONG})
    assert not of(events.Fixed, stage.change("x/a.md", WRONG, 60))
    (stage.root / "a.md").unlink()
    stage.hint("a.md")
    assert not of(events.Fixed, stage.pass_(60))
    assert stage.text("x/a.md") == WRONG
