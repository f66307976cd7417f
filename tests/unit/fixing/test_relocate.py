"""A move on a real disk: done whole, refused whole, taken back whole."""

import os
from pathlib import Path

import pytest

from tests.unit.fixing.dying import Dying
from vaultlint.config.load import ConfigRequest
from vaultlint.engine.session import Session
from vaultlint.fixing.disk import Disk
from vaultlint.fixing.moves import files_below, moved
from vaultlint.fixing.outcome import Move
from vaultlint.fixing.relocate import Relocated, mend, relocate
from vaultlint.fixing.undo import Undone, undo
from vaultlint.fixing.write import Writer
from vaultlint.source.folder import FolderSource

FILES = {
    "a.md": "[[Note]] and [[pic.png]]\r\n",
    "b.md": "nothing\n",
    "sub/Note.md": "[[#h]] [x](../a.md)\n# h\n",
    "sub/pic.png": "png",
    "sub/.hidden": "kept",
}
MOVED = {
    "a.md": "[[New]] and [[pic.png]]\r\n",
    "b.md": "nothing\n",
    "x/y/New.md": "[[#h]] [x](../../a.md)\n# h\n",
    "sub/pic.png": "png",
    "sub/.hidden": "kept",
}
NOTE = Move("sub/Note.md", "x/y/New.md")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return root


def content(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes().decode()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def session_of(root: Path) -> Session:
    session = Session(FolderSource(root), ConfigRequest(), jobs=1)
    session.apply()
    return session


def writer_of(root: Path, disk: Disk | None = None) -> Writer:
    return Writer(root, root.parent / "state", grace=0, disk=disk)


def move_it(root: Path, move: Move = NOTE, disk: Disk | None = None) -> Relocated:
    session = session_of(root)
    single = move.file in session.index.files
    renames = dict([move]) if single else files_below(session, *move)
    found = moved(session, renames)
    assert found.complete
    return relocate(found, move, writer_of(root, disk), f"mv {move.file} {move.new}")


def undone(root: Path, *, force: bool = False) -> Undone:
    return undo(writer_of(root), None, force=force)


class Meanwhile(Disk):
    """Lets somebody act right before the given call."""

    def __init__(self, call: str, act: object) -> None:
        super().__init__()
        self.call, self.act = call, act

    def step(self, call: str, path: str) -> None:
        if call == self.call and "-probe-" not in path and self.act is not None:
            act, self.act = self.act, None
            act()  # type: ignore[operator]


def test_a_note_moves_with_its_links_and_back(root: Path) -> None:
    done = move_it(root)
    assert (done.done, done.files, done.notices) == (True, ("a.md", "x/y/New.md"), ())
    assert content(root) == MOVED
    found = undone(root)
    assert found.complete
    assert found.restored == ("a.md", "sub/Note.md")
    assert content(root) == FILES
    assert not (root / "x").exists()  # it was made for the move
    assert writer_of(root).history().is_undone(writer_of(root).history().entries[0])


def test_undoing_the_undo_moves_again(root: Path) -> None:
    move_it(root)
    again = undone(root)
    last = writer_of(root).history().entries[-1]
    assert last.undoes == again.entry.id
    assert undo(writer_of(root), last.id).complete
    assert content(root) == MOVED


def test_a_folder_moves_with_all_that_is_in_it(root: Path) -> None:
    done = move_it(root, Move("sub", "deep/er"))
    assert done.done
    assert content(root) == {
        "a.md": FILES["a.md"],
        "b.md": "nothing\n",
        "deep/er/Note.md": "[[#h]] [x](../../a.md)\n# h\n",
        "deep/er/pic.png": "png",
        "deep/er/.hidden": "kept",
    }
    assert undone(root).complete
    assert content(root) == FILES


def test_a_file_that_nothing_links_to(root: Path) -> None:
    done = move_it(root, Move("b.md", "B.md"))
    assert (done.done, done.files) == (True, ())
    assert (root / "B.md").read_bytes() == b"nothing\n"
    assert undone(root).complete
    assert content(root) == FILES


def test_nothing_is_overwritten_and_nothing_done_by_half(root: Path) -> None:
    (root / "x/y").mkdir(parents=True)

    def make() -> None:
        (root / "x/y/New.md").write_bytes(b"somebody's\n")

    done = move_it(root, disk=Meanwhile("rename", make))
    assert (done.done, done.run) == (False, "")
    assert [(each.file, each.message) for each in done.notices] == [
        ("x/y/New.md", "was made by another program meanwhile")
    ]
    assert content(root) == FILES | {"x/y/New.md": "somebody's\n"}


def test_a_note_that_is_saved_meanwhile_takes_the_move_back(root: Path) -> None:
    def save() -> None:
        (root / "a.md").write_bytes(b"saved\n")

    done = move_it(root, disk=Meanwhile("exchange", save))
    assert not done.done
    assert [each.file for each in done.notices] == ["a.md"]
    assert content(root) == FILES | {"a.md": "saved\n"}
    assert not (root / "x").exists()


def test_a_move_that_cannot_be_taken_back_is_told(root: Path) -> None:
    def save() -> None:
        (root / "a.md").write_bytes(b"saved\n")
        (root / "sub/Note.md").write_bytes(b"made anew\n")

    done = move_it(root, disk=Meanwhile("exchange", save))
    assert not done.done
    assert [(each.file, each.message) for each in done.notices][1] == (
        "x/y/New.md",
        "could not be moved back: sub/Note.md was made anew meanwhile",
    )
    assert content(root) == FILES | {
        "a.md": "saved\n",
        "sub/Note.md": "made anew\n",
        "x/y/New.md": FILES["sub/Note.md"],
    }


@pytest.mark.parametrize(
    ("move", "reason"),
    [
        (Move("sub", "sub/deeper"), "inside of itself"),
        (Move("b.md", "a.md"), "is there already"),
        (Move("b.md", "a.md/b.md"), "Not a directory"),
        (Move("b.md", "../b.md"), "not a path inside"),
        (Move("b.md", ".obsidian/b.md"), "not a path inside"),
        (Move("b.md", "out/b.md"), "not a path inside"),
        (Move("link.md", "c.md"), "neither a file nor a folder"),
        (Move("open.md", "c.md"), "is open in Vim"),
    ],
)
def test_moves_that_are_refused(root: Path, tmp_path: Path, move: Move, reason: str) -> None:
    (tmp_path / "outside").mkdir()
    (root / "out").symlink_to(tmp_path / "outside")
    (root / "link.md").symlink_to(root / "b.md")
    (root / "open.md").write_bytes(b"")
    (root / ".open.md.swp").write_bytes(b"")
    before = content(root)
    found = moved(session_of(root), {})
    done = relocate(found, move, writer_of(root), "mv")
    assert not done.done
    assert reason in done.notices[0].message
    assert content(root) == before


def test_an_undo_stops_where_a_link_was_edited_since(root: Path) -> None:
    move_it(root)
    (root / "a.md").write_bytes(b"[[New]], edited\n")
    there = content(root)
    found = undone(root)
    assert not found.complete
    assert not found.moved_back
    assert [each.file for each in found.edited] == ["a.md"]
    assert content(root) == there
    assert undone(root, force=True).complete
    assert content(root) == FILES


def test_an_undo_overwrites_nothing(root: Path) -> None:
    move_it(root)
    (root / "sub/Note.md").write_bytes(b"a new one\n")
    there = content(root)
    found = undone(root)
    assert not found.complete
    assert found.moved is not None
    assert "is there already" in found.moved.reason
    assert content(root) == there


def test_links_are_mended_after_a_move_by_others(root: Path) -> None:
    session = session_of(root)
    (root / "x/y").mkdir(parents=True)
    (root / NOTE.file).rename(root / NOTE.new)
    session.apply()
    found = moved(session, dict([NOTE]), performed=True)
    done = mend(found, writer_of(root), "watch: mend links")
    assert (done.done, done.files) == (True, ("a.md", "x/y/New.md"))
    assert content(root) == MOVED
    assert undone(root).complete


@pytest.mark.parametrize(
    ("call", "count", "expected"),
    [
        ("mkdir", 1, FILES),
        ("mkdir", 2, FILES),
        ("rename", 1, FILES),
        ("create", 1, FILES),
        ("create", 2, FILES),
        ("exchange", 1, FILES),
        ("exchange", 2, FILES),
        ("unlink", 1, MOVED),
        ("unlink", 2, MOVED),
    ],
)
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_move_ends_whole_wherever_it_died(
    root: Path, call: str, count: int, expected: dict[str, str]
) -> None:
    pid = os.fork()
    if pid == 0:
        move_it(root, disk=Dying(call, count))
        os._exit(0)
    assert os.waitpid(pid, 0)[1] != 0, "the move ended before that call"
    for _ in range(2):
        with writer_of(root).run("recover"):
            pass
        assert content(root) == expected
        assert writer_of(root).history().open == ()
    assert (root / "x").exists() == (expected is MOVED)
    if expected is MOVED:
        assert undone(root).complete
        assert content(root) == FILES


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_where_people_went_on_after_a_crash_nothing_moves(root: Path) -> None:
    pid = os.fork()
    if pid == 0:
        move_it(root, disk=Dying("exchange", 1))
        os._exit(0)
    assert os.waitpid(pid, 0)[1] != 0
    (root / "x/y/New.md").write_bytes(b"edited since\n")
    for _ in range(2):
        with writer_of(root).run("recover"):
            pass
        assert content(root) == {
            **{file: text for file, text in FILES.items() if file != NOTE.file},
            NOTE.new: "edited since\n",
        }
        assert writer_of(root).history().open == ()
