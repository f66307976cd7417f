"""The cache of facts: bounded, and never a reason to fail."""

import pytest

from tests.memory_source import MemorySource
from vaultlint.diagnostics import INTERNAL_ERROR
from vaultlint.engine import notes as module
from vaultlint.engine.notes import Notes, vanished
from vaultlint.errors import SourceError


def test_notes_are_read_once_while_there_is_room() -> None:
    source = MemorySource({"a.md": b"x" * 60, "b.md": b"y" * 60})
    notes = Notes(source, room=100)
    first = notes.get("a.md")
    assert notes.get("a.md") is first
    notes.get("b.md")
    assert notes.kept() == ("b.md",)
    assert notes.get("a.md") == first


def test_notes_that_will_be_asked_for_again_are_not_parsed_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = MemorySource({f"{at}.md": b"# Head %d\n[[x]]" % at for at in range(4)})
    notes = Notes(source, room=30)
    with notes.packing():
        known = [notes.load(file) for file in source.files]
    assert len(notes.kept()) < len(known)
    source.files["1.md"] = b"# Other"
    parsed: list[str] = []
    parse = module.parse_note
    monkeypatch.setattr(module, "parse_note", lambda *a: parsed.append(a[0]) or parse(*a))
    assert notes.get("0.md") == known[0]
    assert notes.get("1.md").headings[0].text == "Other"
    assert parsed == ["1.md"], "only what changed since"
    with notes.packing():
        notes.load("0.md")
        notes.load("2.md")
        notes.load("3.md")
    notes.forget_packed()
    assert notes.get("0.md") == known[0]
    assert parsed[-1] == "0.md", "what was packed was forgotten"


def test_one_note_larger_than_the_room_is_kept_all_the_same() -> None:
    notes = Notes(MemorySource({"a.md": b"x" * 60}), room=10)
    assert notes.get("a.md") is notes.get("a.md")


def test_forgotten_notes_are_read_anew() -> None:
    source = MemorySource({"a.md": b"# One"})
    notes = Notes(source)
    notes.get("a.md")
    source.files["a.md"] = b"# Two"
    assert notes.get("a.md").headings[0].text == "One"
    notes.serve(source, frozenset(), ["a.md", "never.md"])
    assert notes.get("a.md").headings[0].text == "Two"


def test_attachments_are_not_read_but_for_those_whose_text_is_wanted() -> None:
    notes = Notes(MemorySource({"terms.txt": b"\xef\xbb\xbfone\n"}))
    assert notes.get("big.mp4").text == ""
    assert notes.get("terms.txt").text == ""
    notes.serve(MemorySource({"terms.txt": b"\xef\xbb\xbfone\n"}), frozenset({"terms.txt"}))
    note = notes.get("terms.txt")
    assert (note.text, note.bom, note.parsed) == ("one\n", True, False)


def test_a_parser_that_fails_costs_the_facts_of_one_note(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(file: str, data: bytes) -> None:
        raise RecursionError(file, data)

    monkeypatch.setattr(module, "parse_note", broken)
    note = Notes(MemorySource({"a.md": b"x"})).get("a.md")
    assert (note.parsed, note.problems[0].code) == (False, INTERNAL_ERROR)
    assert "RecursionError" in note.problems[0].message
    assert "test_notes.py" in note.problems[0].message


def test_a_file_that_went_away_is_told_from_one_that_cannot_be_read() -> None:
    gone, denied = SourceError("gone"), SourceError("denied")
    gone.__cause__, denied.__cause__ = FileNotFoundError(), PermissionError()
    assert vanished(gone)
    assert not vanished(denied)
