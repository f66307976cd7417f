"""Displaced files that moved with their folder."""

import pytest

from vaultlint.fixing.write import Replacement, Writer


@pytest.fixture
def vault(tmp_path):
    folder = tmp_path / "vault"
    (folder / "x").mkdir(parents=True)
    (folder / "x/a.md").write_bytes(b"old\n")
    return folder


def fixed_while_the_folder_moves(vault, state):
    writer = Writer(vault, state, grace=0)
    with writer.run("test") as run:
        run.write([Replacement("x/a.md", b"old\n", b"new\n")])
        (vault / "x").rename(vault / "y")
    return writer, run


def left(vault):
    return list(vault.rglob(".vaultlint-*"))


def test_what_moved_with_its_folder_is_removed(vault, tmp_path):
    writer, run = fixed_while_the_folder_moves(vault, tmp_path / "state")
    assert len(left(vault)) == 1
    writer.sweep(run.id)
    assert left(vault) == []
    assert (vault / "y/a.md").read_bytes() == b"new\n"


def test_bytes_that_the_journal_lacks_are_kept_in_it_first(vault, tmp_path):
    writer, run = fixed_while_the_folder_moves(vault, tmp_path / "state")
    (file,) = left(vault)
    file.write_bytes(b"a late save\n")
    writer.sweep(run.id)
    assert left(vault) == []
    (kept,) = writer.history().kept
    assert writer.journal.get(kept.digest) == b"a late save\n"


def test_files_of_another_run_are_not_touched(vault, tmp_path):
    writer, _ = fixed_while_the_folder_moves(vault, tmp_path / "state")
    writer.sweep("20200101-000000-0000")
    assert len(left(vault)) == 1
