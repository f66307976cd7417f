"""A plan on disk: what was written, and what the writer left alone."""

import os
from pathlib import Path

import pytest

from vaultlint.config.load import ConfigRequest
from vaultlint.diagnostics import Safety
from vaultlint.engine.session import Session
from vaultlint.fixing.apply import Applied, apply_plan
from vaultlint.fixing.plan import Plan, plan_fixes
from vaultlint.fixing.write import Writer
from vaultlint.source.folder import FolderSource

SPACED = b"[x]( https://a.example)\r\n"
RIGHT = b"[x](https://a.example)\r\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    root.mkdir()
    for name in ("a.md", "b.md"):
        (root / name).write_bytes(SPACED)
    (root / "fine.md").write_bytes(RIGHT)
    return root


def planned(root: Path) -> Plan:
    session = Session(FolderSource(root), ConfigRequest(select=("malformed-link",)), jobs=1)
    session.apply()
    return plan_fixes(session, Safety.SAFE)


def applied(plan: Plan, root: Path) -> Applied:
    writer = Writer(root, root.parent / "state", grace=0)
    return apply_plan(plan, writer, "check --fix")


def test_what_is_planned_is_written_and_nothing_else(root: Path) -> None:
    untouched = (root / "fine.md").stat()
    done = applied(planned(root), root)
    assert (done.files, done.fixed, done.notices) == (
        ("a.md", "b.md"),
        {"malformed-link": 2},
        (),
    )
    assert done.run
    assert {path.name: path.read_bytes() for path in root.iterdir()} == {
        "a.md": RIGHT,
        "b.md": RIGHT,
        "fine.md": RIGHT,
    }
    found = (root / "fine.md").stat()
    assert (found.st_mtime_ns, found.st_ctime_ns, found.st_ino) == (
        untouched.st_mtime_ns,
        untouched.st_ctime_ns,
        untouched.st_ino,
    )


def test_a_rival_save_that_was_kept_is_announced(root: Path) -> None:
    def two_saves(_: float) -> None:
        with next(root.glob(".vaultlint*1.tmp")).open("ab") as displaced:
            displaced.write(b"late")
        os.utime(next(root.glob(".vaultlint*1.tmp")), (1, 1))
        (root / "a.md").write_bytes(b"newest")

    writer = Writer(root, root.parent / "state", grace=1, wait=two_saves)
    done = apply_plan(planned(root), writer, "check --fix")
    (notice,) = [notice for notice in done.notices if notice.code == "kept-aside"]
    assert notice.file == "a.md"
    assert "vaultlint recovered" in notice.message


def test_nothing_to_write_makes_no_run(root: Path) -> None:
    applied(planned(root), root)
    state = sorted((root.parent / "state").rglob("*"))
    assert applied(planned(root), root) == Applied((), {}, ())
    assert sorted((root.parent / "state").rglob("*")) == state


def test_a_note_that_was_saved_meanwhile_is_left_alone_and_named(root: Path) -> None:
    plan = planned(root)
    (root / "a.md").write_bytes(b"somebody's words")
    done = applied(plan, root)
    assert (root / "a.md").read_bytes() == b"somebody's words"
    assert (done.files, done.fixed) == (("b.md",), {"malformed-link": 1})
    [notice] = done.notices
    assert (notice.code, notice.file, notice.rules) == ("not-written", "a.md", ("malformed-link",))
    assert notice.message
