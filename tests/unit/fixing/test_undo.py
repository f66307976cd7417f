"""Taking runs back."""

from pathlib import Path

import pytest

from vaultlint.errors import UsageError
from vaultlint.fixing.journal import digest
from vaultlint.fixing.undo import undo
from vaultlint.fixing.write import Replacement, Run, Writer

OLD, NEW = b"old\r\n\xe2\x80\xa8", b"new\n"


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    root = tmp_path / "vault"
    root.mkdir()
    for file in ("A.md", "B.md"):
        (root / file).write_bytes(OLD)
    return Writer(root, tmp_path / "state", grace=0)


def note(writer: Writer, file: str) -> Path:
    return Path(writer.root, file)


def fix(writer: Writer, before: bytes = OLD, after: bytes = NEW) -> Run:
    with writer.run("check --fix") as run:
        run.write([Replacement(file, before, after) for file in ("A.md", "B.md")])
    return run


def test_every_byte_comes_back(writer: Writer) -> None:
    run = fix(writer)
    found = undo(writer, None)
    assert found.complete
    assert found.entry.id == run.id
    assert note(writer, "A.md").read_bytes() == note(writer, "B.md").read_bytes() == OLD
    assert list(Path(writer.root).glob(".*")) == []


def test_the_last_run_that_is_not_undone_is_undone_first(writer: Writer) -> None:
    first, second = fix(writer), fix(writer, NEW, b"newer")
    assert undo(writer, None).entry.id == second.id
    assert note(writer, "A.md").read_bytes() == NEW
    assert undo(writer, None).entry.id == first.id
    with pytest.raises(UsageError, match="nothing to undo"):
        undo(writer, None)


def test_undoing_can_be_undone(writer: Writer) -> None:
    fix(writer)
    undo(writer, None)
    back = writer.history().entries[-1]
    assert back.undoes
    assert undo(writer, back.id).complete
    assert note(writer, "A.md").read_bytes() == NEW


def test_an_edited_note_is_left_alone_and_shown(writer: Writer) -> None:
    fix(writer)
    note(writer, "A.md").write_bytes(NEW + b"typed")
    found = undo(writer, None)
    assert not found.complete
    assert found.restored == ("B.md",)
    assert found.edited == (("A.md", OLD, NEW, NEW + b"typed"),)
    assert note(writer, "A.md").read_bytes() == NEW + b"typed"
    assert undo(writer, None).same == ("B.md",), "and can be asked for again"


def test_force_restores_an_edited_note_and_keeps_its_text(writer: Writer) -> None:
    fix(writer)
    note(writer, "A.md").write_bytes(b"typed")
    assert undo(writer, None, force=True).complete
    assert note(writer, "A.md").read_bytes() == OLD
    undo(writer, writer.history().entries[-1].id)
    assert note(writer, "A.md").read_bytes() == b"typed"


@pytest.mark.parametrize("force", [False, True])
def test_a_deleted_note_stays_deleted(writer: Writer, force: bool) -> None:
    fix(writer)
    note(writer, "A.md").unlink()
    found = undo(writer, None, force=force)
    assert found.missing == ("A.md",)
    assert not found.complete
    assert not note(writer, "A.md").exists()


def test_an_unknown_run_is_a_usage_error(writer: Writer) -> None:
    with pytest.raises(UsageError, match="undo --list"):
        undo(writer, "nonsense")
    assert writer.history().entries == ()


def test_a_text_that_the_journal_lost_does_not_keep_the_others(writer: Writer) -> None:
    with writer.run("check --fix") as run:
        run.write_groups([[Replacement("A.md", OLD, NEW)]])
    note(writer, "B.md").write_bytes(b"another")
    with writer.run("check --fix") as run:
        run.write([Replacement("A.md", NEW, b"newer"), Replacement("B.md", b"another", b"newer")])
    (writer.journal.folder / "objects" / digest(b"another")).write_bytes(b"")
    found = undo(writer, None)
    assert (found.restored, found.lost, found.complete) == (("A.md",), ("B.md",), False)
    assert note(writer, "A.md").read_bytes() == NEW
    assert note(writer, "B.md").read_bytes() == b"newer"
