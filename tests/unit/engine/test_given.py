"""Advice that was given: what outlives a change, and what does not."""

from pathlib import Path

import pytest

from tests.memory_source import MemorySource
from vaultlint.config.request import ConfigRequest
from vaultlint.engine import advise as module
from vaultlint.engine import update
from vaultlint.engine.given import NOTHING, GivenAdvice
from vaultlint.engine.session import Session
from vaultlint.store.memo import MemoStore

FILES = {
    "a.md": "# A\n[[nowhere]]\n",  # asks which files there are
    "b.md": "# B\n[[a#Ay]]\n",  # asks for the headings of a.md
    "c.md": "# C\n[[a#^block]]\n",  # asks for the blocks of all notes
    "d.md": "---\ntags: [x\n---\n",  # asks for nothing
    "e.md": "[[d]]\n",
}


class Run:
    """A vault and its store; a call is one run of a program that shows all advice."""

    def __init__(self, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.files = {file: text.encode() for file, text in FILES.items()}
        self.store = store
        self.worked_out: list[str] = []
        original = module.advise
        monkeypatch.setattr(
            module,
            "advise",
            lambda checker, found: (
                self.worked_out.append(found.file) or original(checker, found)  # type: ignore[func-returns-value]
            ),
        )

    def session(self, *, verify: bool = False) -> Session:
        store = MemoStore(self.store, "stamp")
        session = Session(
            MemorySource(self.files), ConfigRequest(), jobs=1, store=store, verify=verify
        )
        session.apply()
        return session

    def __call__(self, *, verify: bool = False) -> set[str]:
        """Return the files of whose findings the advice had to be worked out."""
        session = self.session(verify=verify)
        self.worked_out.clear()
        given = [session.advise(each) for each in session.diagnostics()]
        worked_out = set(self.worked_out)
        session.save()
        fresh = Session(MemorySource(self.files), ConfigRequest(), jobs=1)
        fresh.apply()
        assert given == [fresh.advise(each) for each in fresh.diagnostics()]
        return worked_out


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    made = Run(tmp_path / "memo.db", monkeypatch)
    assert made() == {"a.md", "b.md", "c.md", "d.md"}
    assert made() == set()
    return made


def test_an_edit_of_words_leaves_advice_about_others(run: Run) -> None:
    run.files["e.md"] += b"More words.\n"
    assert run() == set()
    run.files["d.md"] = b"---\ntags: [y\n---\n"
    assert run() == {"d.md"}
    assert run() == set()


def test_what_was_asked_for_decides(run: Run) -> None:
    run.files["a.md"] += b"# Ay2\n"
    assert run() == {"a.md", "b.md", "c.md"}
    run.files["nowhera.md"] = b""
    assert "a.md" in run()
    run.files["e.md"] += b"text ^block\n"
    assert run() == {"c.md"}


def test_many_small_changes_add_up(run: Run) -> None:
    for file in ("e.md", "nowhera.md", "e.md", "b.md"):
        run.files[file] = run.files.get(file, b"") + b"\nword\n"
        run.session().save()
    assert {"a.md", "b.md"} <= run()
    assert run() == set()


def test_another_config_is_another_matter(run: Run) -> None:
    run.files["vaultlint.yaml"] = b"rules: {broken-link: {help: look it up}}\n"
    assert run() >= {"a.md", "b.md", "c.md", "d.md"}


def test_in_a_session_it_is_as_between_sessions(run: Run) -> None:
    session = run.session()
    run.files["e.md"] += b"More words.\n"
    session._source.base.files["e.md"] = run.files["e.md"]  # type: ignore[attr-defined]
    session.apply()
    run.worked_out.clear()
    for each in session.diagnostics():
        session.advise(each)
    assert run.worked_out == []


def test_what_was_given_before_an_interrupt_is_forgotten(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = run.session()
    files = session._source.base.files  # type: ignore[attr-defined]
    files["nowhera.md"] = b""
    session.apply()
    nearly = [session.advise(each) for each in session.diagnostics()]
    del files["nowhera.md"]
    with monkeypatch.context() as patch:
        patch.setattr(update, "_check", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            session.apply()
    session.apply()
    fresh = run.session()
    given = [session.advise(each) for each in session.diagnostics()]
    assert given == [fresh.advise(each) for each in fresh.diagnostics()] != nearly


def test_with_verify_all_is_worked_out(run: Run) -> None:
    assert run(verify=True) == {"a.md", "b.md", "c.md", "d.md"}


def test_advice_of_a_state_that_another_process_replaced_is_not_believed(run: Run) -> None:
    ours = run.session()
    run.files["nowhera.md"] = b""
    theirs = Session(
        MemorySource(run.files), ConfigRequest(), jobs=1, store=MemoStore(run.store, "other stamp")
    )
    theirs.apply()
    theirs.save()
    for each in ours.diagnostics():
        ours.advise(each)
    ours.save()
    assert "a.md" in run()


def test_a_history_has_an_end() -> None:
    history = NOTHING.later([("files",)])
    (first,) = history.moments
    for at in range(200):
        history = history.later([("text", f"{at}.md")])
    assert first not in history.moments
    assert len(history.moments) == 100
    assert history.changed["files",] == 0
    history = history.later([("text", f"many {at}") for at in range(3000)])
    assert list(history.moments.values()) == [201]
    assert history.changed == {}


def test_nothing_is_known_without_a_store() -> None:
    given = GivenAdvice(None, verify=False)
    given.after([("files",)])
    assert given.history().moments
