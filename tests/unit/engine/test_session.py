"""What a session says and does, one change at a time; histories are in tests/properties."""

from pathlib import Path
from typing import Any

import pytest

from tests.memory_source import MemorySource
from vaultlint.config.load import ConfigRequest
from vaultlint.diagnostics import Severity
from vaultlint.engine.checker import Checker
from vaultlint.engine.session import Change, Session
from vaultlint.errors import ConfigError, SourceError
from vaultlint.note.model import MAX_NOTE_BYTES
from vaultlint.source import SourceProblem
from vaultlint.source.folder import FolderSource
from vaultlint.vault.view import VaultView


def opened(files: dict[str, bytes], **request: Any) -> Session:
    session = Session(MemorySource(files), ConfigRequest(**request), jobs=1)
    session.apply()
    return session


def disk(session: Session) -> dict[str, bytes]:
    return session._source.base.files  # type: ignore[attr-defined, no-any-return]


def found(session: Session) -> list[tuple[str, str]]:
    return [(one.file, one.rule) for one in session.diagnostics()]


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, frozenset[str] | None]]:
    """The files that are checked from now on, with the rules that run again (None: all)."""
    log: list[tuple[str, frozenset[str] | None]] = []
    check, check_again = Checker.check, Checker.check_again

    def whole(self: Checker, file: str, plan: Any) -> Any:
        log.append((file, None))
        return check(self, file, plan)

    def part(self: Checker, file: str, plan: Any, row: Any, rules: Any) -> Any:
        log.append((file, frozenset(rules)))
        return check_again(self, file, plan, row, rules)

    monkeypatch.setattr(Checker, "check", whole)
    monkeypatch.setattr(Checker, "check_again", part)
    return log


BROKEN = [("a.md", "broken-link")]


def test_nothing_is_known_before_the_first_apply() -> None:
    session = Session(MemorySource({}), ConfigRequest())
    assert session.diagnostics() == ()
    with pytest.raises(RuntimeError, match="apply"):
        _ = session.config


def test_the_first_delta_names_everything() -> None:
    session = Session(MemorySource({"a.md": b"[[x]]", "b.md": b"", "i.png": b""}), ConfigRequest())
    delta = session.apply()
    assert (delta.notes, delta.removed) == (("a.md", "b.md"), ())
    assert set(delta.diagnostics) == {"a.md", "b.md", "i.png"}
    assert delta.diagnostics["a.md"] == session.diagnostics()
    assert (found(session), session.checked_count) == (BROKEN, 2)


def test_prose_concerns_its_own_note_alone(checked: list) -> None:
    session = opened({"a.md": b"[[b]]", "b.md": b"# B\ntext [[a]]", "c.md": b"[[b#B]]"})
    checked.clear()
    disk(session)["b.md"] = b"# B\nother text [[a]]"
    delta = session.apply([Change("b.md")])
    assert checked == [("b.md", None)]
    assert delta[:3] == (("b.md",), (), {"b.md": ()})


def test_a_new_note_concerns_those_who_missed_it(checked: list) -> None:
    session = opened({"a.md": b"[[b]] [[c]]", "d.md": b"[[a]]"})
    checked.clear()
    disk(session)["b.md"] = b""
    session.apply([Change("b.md")])
    assert [file for file, rules in checked if rules is None] == ["b.md"]
    ((file, rules),) = [each for each in checked if each[1] is not None]
    assert file == "a.md"
    assert rules is not None
    assert "broken-link" in rules
    assert "merge-conflict" not in rules
    assert found(session) == BROKEN


def test_a_lost_heading_concerns_those_who_link_to_it(checked: list) -> None:
    session = opened({"a.md": b"[[b#One]]", "b.md": b"# One\n# Two", "c.md": b"[[b#Two]]"})
    checked.clear()
    session.apply([Change("b.md", b"# Two")])
    assert {file for file, _ in checked} == {"a.md", "b.md"}
    assert found(session) == [("a.md", "broken-anchor")]


def test_the_same_bytes_are_no_change(checked: list) -> None:
    session = opened({"a.md": b"[[b]]", "vaultlint.yaml": b"extends: [strict]\n"})
    checked.clear()
    delta = session.apply([Change("a.md"), Change("vaultlint.yaml"), Change("nowhere.md")])
    assert delta == ((), (), {}, frozenset())
    assert session.apply() == ((), (), {}, frozenset())
    assert checked == []


def test_deleting_and_renaming() -> None:
    session = opened({"a.md": b"[[b]]", "b.md": b""})
    del disk(session)["b.md"]
    delta = session.apply([Change("b.md", deleted=True)])
    assert (delta.removed, delta.diagnostics["b.md"], found(session)) == (("b.md",), (), BROKEN)
    disk(session)["sub/b.md"] = b""
    assert session.apply().notes == ("sub/b.md",)
    assert found(session) == []
    with pytest.raises(SourceError):
        session.note("b.md")


def test_a_buffer_stands_until_it_is_closed() -> None:
    session = opened({"a.md": b"fine", "b.md": b""})
    session.apply([Change("a.md", b"[[nowhere]]")])
    assert found(session) == BROKEN
    disk(session)["b.md"] = b"saved"
    session.apply()
    assert found(session) == BROKEN
    assert session.note("a.md").text == "[[nowhere]]"
    session.apply([Change("a.md")])
    assert found(session) == []


def test_a_config_that_does_not_load_changes_nothing() -> None:
    session = opened({"a.md": b"[[b]]", "vaultlint.yaml": b"rules: {broken-link: info}\n"})
    before = session.diagnostics()
    disk(session)["vaultlint.yaml"] = b"rules: ["
    disk(session)["b.md"] = b""
    for _ in range(2):
        with pytest.raises(ConfigError):
            session.apply()
        assert session.diagnostics() == before
    disk(session)["vaultlint.yaml"] = b"rules: {broken-link: warning}\n"
    session.apply()
    assert found(session) == []


def test_a_changed_severity_is_checked_anew_and_nothing_else_is(checked: list) -> None:
    session = opened({"a.md": b"[[b]]", "vaultlint.yaml": b"rules: {broken-link: info}\n"})
    checked.clear()
    session.apply([Change("vaultlint.yaml", b"rules: {broken-link: warning}\n")])
    assert session.diagnostics()[0].severity is Severity.WARNING
    assert dict(checked)["a.md"] == {"broken-link"}


def test_a_comment_in_the_config_concerns_no_note(checked: list) -> None:
    session = opened({"a.md": b"[[b]]", "vaultlint.yaml": b"rules: {broken-link: info}\n"})
    checked.clear()
    session.apply([Change("vaultlint.yaml", b"# why\nrules: {broken-link: info}\n")])
    assert checked == [("vaultlint.yaml", None)]


def test_obsidian_s_settings_are_noticed_although_they_are_hidden() -> None:
    types = ".obsidian/types.json"
    session = opened({"a.md": b"---\nn: text\n---\n", types: b'{"types": {"n": "text"}}'})
    assert found(session) == []
    disk(session)[types] = b'{"types": {"n": "number"}}'
    assert "a.md" in session.apply().diagnostics
    assert found(session) == [("a.md", "property-type")]
    disk(session)[types] = b""
    session.apply([Change(types)])
    assert found(session) == []


def test_what_if_tells_and_forgets() -> None:
    session = opened({"a.md": b"[[b]] [[c]]", "b.md": b"# B"})
    before = (session.diagnostics(), dict(session.index.files), session.note("b.md"))
    delta = session.what_if([Change("b.md", deleted=True), Change("c.md", b""), Change("a.md")])
    assert [one.message for one in delta.diagnostics["a.md"]] != []
    assert delta.removed == ("b.md",)
    assert (session.diagnostics(), dict(session.index.files), session.note("b.md")) == before
    with pytest.raises(ConfigError):
        session.what_if([Change("vaultlint.yaml", b"rules: [")])
    assert (session.diagnostics(), dict(session.index.files), session.note("b.md")) == before
    assert session.apply() == ((), (), {}, frozenset())


def test_a_note_over_two_megabytes_is_a_target_and_one_finding() -> None:
    big = b"[[nowhere]] " + b"A sentence.\n" * (MAX_NOTE_BYTES // 12)
    session = opened({"a.md": b"[[big#Any heading]]", "big.md": big})
    assert found(session) == [("big.md", "large-note")]
    session.apply([Change("big.md", big[:MAX_NOTE_BYTES])])
    assert ("a.md", "broken-anchor") in found(session)


class Denied(MemorySource):
    """A vault in which one note cannot be read, and one folder cannot be listed."""

    denied = True

    def read(self, file: str) -> bytes:
        if self.denied and file == "b.md":
            raise SourceError("permission denied", path=file) from PermissionError()
        return super().read(file)

    def problems(self) -> tuple[SourceProblem, ...]:
        problem = SourceProblem("private", "unreadable", "the folder cannot be listed")
        return (problem,) if self.denied else ()


def test_what_cannot_be_read_is_a_finding_and_the_rest_goes_on() -> None:
    source = Denied({"a.md": b"[[b#x]] [[c]]", "b.md": b"# x"})
    session = Session(source, ConfigRequest(), jobs=1)
    session.apply()
    assert found(session) == [
        ("a.md", "broken-link"), ("b.md", "unreadable-note"), ("private", "unreadable-note")
    ]  # fmt: skip
    assert session.apply() == ((), (), {}, frozenset())
    source.denied = False
    source.files["b.md"] = b"# x\n"
    session.apply()
    assert found(session) == BROKEN
    source.denied = True
    session.apply([Change("b.md", deleted=False)])
    session.apply()
    assert found(session)[1:] == [("b.md", "unreadable-note"), ("private", "unreadable-note")]


def test_a_check_that_raises_is_told_and_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    resolve = VaultView.resolve

    def broken(self: VaultView, link: Any) -> Any:
        if link.target == "bad":
            raise ZeroDivisionError("by design")
        return resolve(self, link)

    monkeypatch.setattr(VaultView, "resolve", broken)
    session = opened({"a.md": b"[[nowhere]]", "b.md": b"[[bad]]", "bad.md": b""})
    assert session.failed
    assert ("a.md", "broken-link") in found(session)
    assert ("b.md", "internal-error") in found(session)
    session.apply([Change("b.md", b"good")])
    assert not session.failed


def test_an_interrupted_update_is_made_up_for(monkeypatch: pytest.MonkeyPatch) -> None:
    session = opened({"a.md": b"[[b]]", "b.md": b""})
    monkeypatch.setattr(Checker, "check", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        session.apply([Change("c.md", b"[[nowhere]]")])
    monkeypatch.undo()
    session.apply([Change("b.md", deleted=True)])
    assert found(session) == [("a.md", "broken-link"), ("c.md", "broken-link")]


def test_only_what_is_included_is_checked_but_all_is_known() -> None:
    files = {
        "in/a.md": b"[[b]] [[nowhere]]",
        "out/b.md": b"[[nowhere]]",
        "out/p.png": b"",
        "terms.txt": b"one\none\n",
        "vaultlint.yaml": b"include: ['in/**']\n"
        b"vocabularies: {kinds: {terms_from: {file: terms.txt}}}\n"
        b"rules: {unused-attachment: warning, unknown-term: {properties: {kind: kinds}}}\n",
    }
    session = opened(files)
    assert session.checked_count == 1
    assert found(session) == [("in/a.md", "broken-link"), ("terms.txt", "vocabulary-hygiene")]
    session.apply([Change("vaultlint.yaml", b"rules: {unused-attachment: warning}\n")])
    assert found(session) == [
        ("in/a.md", "broken-link"), ("out/b.md", "broken-link"), ("out/p.png", "unused-attachment")
    ]  # fmt: skip


def test_a_case_only_rename_and_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "Note.md").write_text("[[x]]")
    (tmp_path / "x.md").write_text("")
    session = Session(FolderSource(tmp_path), ConfigRequest(), jobs=1)
    session.apply()
    (tmp_path / "Note.md").rename(tmp_path / "note.md")
    (tmp_path / "x.md").unlink()
    (tmp_path / "x.md").mkdir()
    (tmp_path / "x.md" / "y.md").write_text("[[nowhere]]")
    delta = session.apply([Change("Note.md", deleted=True), Change("note.md"), Change("x.md")])
    assert (delta.notes, delta.removed) == (("note.md", "x.md/y.md"), ("Note.md", "x.md"))
    assert found(session) == [("note.md", "broken-link"), ("x.md/y.md", "broken-link")]


def test_a_file_that_is_deleted_behind_an_edit_is_gone(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("[[b]]")
    session = Session(FolderSource(tmp_path), ConfigRequest(), jobs=1)
    session.apply()
    (tmp_path / "b.md").unlink()
    assert session.apply([Change("b.md")]).removed == ("b.md",)
    assert found(session) == BROKEN
