"""What is looked at, when, and what is told of it."""

import shutil

import pytest

from tests.unit.watch.stage import Stage, of
from vaultlint.errors import ConfigError
from vaultlint.watch import events
from vaultlint.watch.hints import RESCAN
from vaultlint.watch.watcher import KEEP


def rules(told):
    return {
        event.file: [one.rule for one in event.diagnostics] for event in of(events.Findings, told)
    }


def test_a_hinted_note_is_told_after_the_quiet_time(tmp_path):
    stage = Stage(tmp_path, {"a.md": "text\n"})
    stage.save("a.md", "[[nothing]]\n")
    stage.hint("a.md")
    assert stage.pass_(0.2) == []
    told = stage.pass_(0.2)
    assert rules(told) == {"a.md": ["broken-link"]}
    assert of(events.Current, told)[0].by_severity == {"error": 1, "warning": 0, "info": 0}


def test_a_note_that_is_mended_is_told_with_no_findings(tmp_path):
    stage = Stage(tmp_path, {"a.md": "[[nothing]]\n"})
    assert rules(stage.change("a.md", "text\n")) == {"a.md": []}


def test_another_note_that_is_concerned_is_told_too(tmp_path):
    stage = Stage(tmp_path, {"a.md": "[[b]]\n", "b.md": "text\n"})
    (stage.root / "b.md").unlink()
    stage.hint("b.md")
    assert rules(stage.pass_(1)) == {"a.md": ["broken-link"]}


def test_a_hint_at_what_did_not_change_tells_nothing(tmp_path):
    stage = Stage(tmp_path, {"a.md": "[[nothing]]\n"})
    stage.hint("a.md", "gone.md", ".obsidian/workspace.json", "x~")
    assert stage.pass_(5) == []


def test_a_change_that_nobody_hinted_is_found_by_a_scan(tmp_path):
    stage = Stage(tmp_path, {"a.md": "text\n"})
    stage.save("a.md", "[[nothing]]\n")
    assert stage.pass_(500) == []
    assert rules(stage.pass_(200)) == {"a.md": ["broken-link"]}


def test_a_rescan_is_a_scan_soon(tmp_path):
    stage = Stage(tmp_path, {"a.md": "text\n"})
    stage.save("a.md", "[[nothing]]\n")
    stage.watcher.hint(RESCAN)
    assert rules(stage.pass_(3)) == {"a.md": ["broken-link"]}


def test_time_that_passed_unseen_leads_to_a_scan(tmp_path):
    stage = Stage(tmp_path, {"a.md": "text\n"})
    stage.pass_(1)
    stage.save("a.md", "[[nothing]]\n")
    stage.hand.offset += 3600  # the machine slept
    assert rules(stage.pass_(20)) == {"a.md": ["broken-link"]}


def test_polling_finds_a_change_soon(tmp_path):
    stage = Stage(tmp_path, {"a.md": "text\n"})
    stage.watcher.poll()
    stage.save("a.md", "[[nothing]]\n")
    assert rules(stage.pass_(3)) == {"a.md": ["broken-link"]}


def test_a_vault_that_goes_away_is_waited_for_and_no_note_is_taken_for_deleted(tmp_path):
    stage = Stage(tmp_path, {"a.md": "[[b]]\n", "b.md": "text\n"})
    stage.root.rename(tmp_path / "away")
    stage.hint("a.md", "b.md", "")
    told = stage.pass_(300)
    assert [type(event) for event in told] == [events.Waiting]
    assert "is not there" in told[0].reason
    stage.root.mkdir()  # the mount point of a drive that is not mounted
    stage.hint("a.md")
    assert stage.pass_(300) == []
    stage.root.rmdir()
    (tmp_path / "away").rename(stage.root)
    told = stage.pass_(30)
    assert isinstance(told[0], events.Resumed)
    assert rules(told) == {}


def test_a_vault_that_comes_back_changed_is_told_as_it_is(tmp_path):
    stage = Stage(tmp_path, {"a.md": "[[b]]\n", "b.md": "text\n"})
    shutil.rmtree(stage.root)
    assert of(events.Waiting, stage.pass_(30))
    stage.save("a.md", "[[b]]\n")
    told = stage.pass_(30)
    assert isinstance(told[0], events.Resumed)
    assert rules(told) == {"a.md": ["broken-link"]}


def test_a_vault_that_was_emptied_is_believed_after_a_minute(tmp_path):
    stage = Stage(tmp_path, {"a.md": "[[b]]\n"})
    (stage.root / "a.md").unlink()
    stage.watcher.hint(RESCAN)
    told = stage.pass_(30)
    assert [type(event) for event in told] == [events.Waiting]
    assert "suddenly empty" in told[0].reason
    told = stage.pass_(60)
    assert isinstance(told[0], events.Resumed)
    assert rules(told) == {"a.md": []}


def test_a_broken_config_is_told_once_and_again_when_it_is_mended(tmp_path):
    stage = Stage(tmp_path, {"vaultlint.yaml": "rules: {}\n", "a.md": "[[x]]\n"})
    told = stage.change("vaultlint.yaml", "rules: [\n")
    assert [type(event) for event in told][:1] == [events.ConfigRejected]
    assert told[0].message.startswith("vaultlint.yaml:")
    told = stage.change("b.md", "[[y]]\n")
    assert rules(told) == {"b.md": ["broken-link"]}
    assert not of(events.ConfigRejected, told)
    told = stage.change("vaultlint.yaml", "rules: {broken-link: off}\n")
    assert isinstance(told[0], events.ConfigLoaded)
    assert rules(told) == {"a.md": [], "b.md": []}


def test_a_changed_section_watch_counts_at_once(tmp_path):
    stage = Stage(tmp_path, {"vaultlint.yaml": "rules: {}\n", "a.md": "text\n"})
    obeyed = []
    stage.watcher._obey = obeyed.append
    told = stage.change("vaultlint.yaml", "watch: {settle: 60, quiet: 5, scan: 70}\n")
    assert [event.message for event in of(events.Remark, told)] == [
        "the section 'watch' was changed, and counts from now on"
    ]
    assert [settings.settle for settings in obeyed] == [60]
    stage.save("a.md", "[[x]]\n")
    assert rules(stage.pass_(75)) == {"a.md": ["broken-link"]}
    stage.save("a.md", "text\n")
    stage.hint("a.md")
    assert stage.pass_(4) == []
    assert rules(stage.pass_(2)) == {"a.md": []}


def test_looks_at_everything_may_be_rare(tmp_path):
    stage = Stage(tmp_path, {"vaultlint.yaml": "watch: {scan: 7200}\n", "a.md": "text\n"})
    stage.save("a.md", "[[x]]\n")
    assert stage.pass_(7000) == []
    assert rules(stage.pass_(300)) == {"a.md": ["broken-link"]}


def test_a_config_that_cannot_even_be_held_is_no_reason_to_hurry(tmp_path, monkeypatch):
    stage = Stage(tmp_path, {"a.md": "text\n"})
    looks = []

    def scan():
        looks.append(stage.hand.now)
        raise ConfigError("vaultlint.yaml:1:1: no")

    with monkeypatch.context() as patched:
        patched.setattr(stage.vault, "scan", scan)
        stage.watcher.hint(RESCAN)
        told = stage.pass_(100)
    assert [type(event) for event in told] == [events.ConfigRejected]
    assert 1 < len(looks) < 10
    stage.save("a.md", "[[x]]\n")
    assert rules(stage.pass_(30)) == {"a.md": ["broken-link"]}


def test_each_part_is_ended_though_another_fails(tmp_path, monkeypatch):
    stage = Stage(tmp_path, {"a.md": "text\n"}, writes=True)
    ended = []

    def fail():
        ended.append("mover")
        raise SystemExit(0)

    monkeypatch.setattr(stage.mover, "close", fail)
    monkeypatch.setattr(stage.fixer, "close", lambda: ended.append("fixer"))
    monkeypatch.setattr(stage.session, "save", lambda: ended.append("session"))
    with pytest.raises(SystemExit):
        stage.watcher.end()
    assert ended == ["mover", "fixer", "session"]


def test_while_it_polls_it_is_told_once_a_minute_that_nothing_changed(tmp_path):
    stage = Stage(tmp_path, {"a.md": "text\n"})
    stage.watcher.poll()
    told = stage.pass_(300)
    assert {type(event) for event in told} == {events.Current}
    assert 4 <= len(told) <= 6


def test_what_is_known_is_kept_an_hour_after_a_change(tmp_path, monkeypatch):
    stage = Stage(tmp_path, {"a.md": "text\n"})
    saved = []
    monkeypatch.setattr(stage.session, "save", lambda: saved.append(stage.hand.now))
    stage.pass_(3 * KEEP)
    assert saved == []
    for number in range(5):
        stage.change("a.md", f"{number}\n")
    stage.pass_(3 * KEEP)
    assert len(saved) == 1
