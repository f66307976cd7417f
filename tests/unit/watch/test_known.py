"""Known findings of a watched vault: not told, not fixed, until the baseline lets go of them."""

from tests.git_repository import Repo, alone, needs_git
from tests.memory_source import MemorySource
from tests.unit.watch.stage import Stage, of
from vaultlint.baseline import as_text, baseline_of
from vaultlint.config.request import ConfigRequest
from vaultlint.engine.session import Session
from vaultlint.watch import events

NAME = "vaultlint-baseline.json"
WRONG = "---\nup: [[b]]\n---\n"
RIGHT = '---\nup: "[[b]]"\n---\n'
LINKS = {"a.md": "[[gone]]\n", "b.md": "[[lost]]\n"}


def baseline(files):
    source = MemorySource({file: text.encode() for file, text in files.items()})
    session = Session(source, ConfigRequest(), jobs=1)
    session.apply()
    return "".join(as_text(baseline_of(session.diagnostics())))


def told(happened):
    return {event.file: len(event.diagnostics) for event in of(events.Findings, happened)}


def test_known_findings_are_not_told(tmp_path):
    stage = Stage(tmp_path, LINKS | {NAME: baseline(LINKS)})
    assert stage.vault.known.told == {}
    assert told(stage.change("a.md", "more\n\n[[gone]]\n")) == {}
    happened = stage.change("a.md", "[[gone]] [[new]]\n")
    assert told(happened) == {"a.md": 1}
    assert of(events.Current, happened)[-1].by_severity["error"] == 1


def test_a_baseline_that_comes_and_changes_and_goes(tmp_path):
    stage = Stage(tmp_path, LINKS)
    assert set(stage.vault.known.told) == {"a.md", "b.md"}
    assert told(stage.change(NAME, baseline(LINKS))) == {"a.md": 0, "b.md": 0}
    assert told(stage.change(NAME, baseline({"a.md": "[[gone]]\n"}))) == {"b.md": 1}
    (stage.root / NAME).unlink()
    stage.hint(NAME)
    assert told(stage.pass_(1)) == {"a.md": 1}


def test_a_damaged_baseline_is_told_and_the_last_good_one_counts(tmp_path):
    stage = Stage(tmp_path, {"a.md": "[[gone]]\n", NAME: baseline({"a.md": "[[gone]]\n"})})
    happened = stage.change(NAME, "damaged")
    (rejected,) = of(events.ConfigRejected, happened)
    assert rejected.message.startswith(f"{NAME}:1:1: this is no baseline")
    assert told(happened) == {}
    happened = stage.change(NAME, '{"version": 1, "findings": []}')
    assert len(of(events.ConfigLoaded, happened)) == 1
    assert told(happened) == {"a.md": 1}


def test_known_findings_are_not_fixed(tmp_path):
    stage = Stage(
        tmp_path, {"a.md": WRONG, "b.md": "", NAME: baseline({"a.md": WRONG})}, writes=True
    )
    stage.change("a.md", WRONG + "more\n", 100)
    assert stage.text("a.md") == WRONG + "more\n"
    stage.change("c.md", WRONG, 100)
    assert stage.text("c.md") == RIGHT


def test_a_note_that_goes_as_the_baseline_changes_is_told_too(tmp_path):
    stage = Stage(tmp_path, LINKS)
    assert set(stage.vault.known.told) == {"a.md", "b.md"}
    (stage.root / "a.md").unlink()
    stage.save(NAME, baseline(LINKS))
    stage.hint("a.md", NAME)
    stage.pass_(100)
    assert stage.vault.known.told == {}


@needs_git
def test_known_findings_follow_a_note_that_is_renamed(tmp_path, monkeypatch):
    alone(monkeypatch)
    text = "[[gone]]\n" + "".join(f"Line {number} of it.\n" for number in range(9))
    files = {"a.md": text, "b.md": "b\n"}
    stage = Stage(tmp_path, files | {NAME: baseline(files)})
    repo = Repo(stage.root)
    repo.git("add", "-A")
    repo.commit()
    assert stage.vault.known.told == {}
    stage.move("a.md", "c.md")
    stage.pass_(100)
    assert stage.vault.known.told == {}
    assert told(stage.change("c.md", f"[[gone]]\n{text}")) == {"c.md": 1}
    stage.save("c.md", text)
    stage.move("c.md", "a.md")
    stage.pass_(100)
    assert stage.vault.known.told == {}
