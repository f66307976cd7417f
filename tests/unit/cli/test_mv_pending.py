"""``vaultlint mv --pending``: what a move by others left behind is mended, chosen or forgotten."""

from pathlib import Path

import pytest

from tests.unit.cli.conftest import MakeVault, Run
from tests.unit.cli.test_mv import NOTES, NOW, at_home, content
from vaultlint.fixing.pending import PendingMove, read_pending, write_pending
from vaultlint.paths import vault_paths

__all__ = ["at_home"]

FOLLOWED = "[[New|shown]] ![[pic.png]] [text](New.md#h)\n"
CHOICE = PendingMove(
    {"sub/Note.md": "other/New.md"},
    1.0,
    "several files may be it",
    ("other/New.md", "other/Copy.md"),
)


def moved_by_others(make_vault: MakeVault, *pending: PendingMove) -> tuple[Path, Path]:
    """Return a vault in which sub/Note.md is other/New.md or other/Copy.md now, and its state."""
    root = make_vault(NOTES)
    (root / "other").mkdir()
    (root / "sub/Note.md").rename(root / "other/New.md")
    (root / "other/Copy.md").write_bytes((root / "other/New.md").read_bytes())
    write_pending(vault_paths(root).state, pending)
    return root, vault_paths(root).state


def test_links_follow_a_move_that_is_clear(run: Run, make_vault: MakeVault) -> None:
    clear = PendingMove({"sub/Note.md": "other/New.md"}, 1.0)
    root, state = moved_by_others(make_vault, clear, PendingMove({"x.md": "gone.md"}, 1.0))
    there = content(root)
    shown = run("mv", "--pending", "--diff")
    assert shown.exit_code == 0
    assert shown.stdout.startswith("rename from sub/Note.md\nrename to other/New.md\n")
    assert content(root) == there
    assert len(read_pending(state)) == 2
    result = run("mv", "--pending", *NOW)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "Mended the links to sub/Note.md -> other/New.md in 2 files.\n"
    assert content(root)["a.md"] == FOLLOWED
    assert read_pending(state) == ()
    assert run("mv", "--pending").stdout == "No move is pending.\n"
    assert run("undo", *NOW).exit_code == 0
    assert content(root) == there


def test_where_two_may_be_it_a_person_chooses(run: Run, make_vault: MakeVault) -> None:
    root, state = moved_by_others(make_vault, CHOICE)
    there = content(root)
    result = run("mv", "--pending", *NOW)
    assert result.exit_code == 1
    assert result.stdout == (
        "perhaps moved: sub/Note.md (several files may be it); choose with\n"
        "  vaultlint mv --pending sub/Note.md other/New.md\n"
        "  vaultlint mv --pending sub/Note.md other/Copy.md\n"
        "  vaultlint mv --pending --forget sub/Note.md\n"
    )
    assert content(root) == there
    shown = run("mv", "--pending", "sub/Note.md", "other/Copy.md", "--diff")
    assert "+[[Copy|shown]]" in shown.stdout
    assert (content(root), read_pending(state)) == (there, (CHOICE,))
    assert run("mv", "--pending", "sub/Note.md", "other/New.md", *NOW).exit_code == 0
    assert content(root)["a.md"] == FOLLOWED
    assert read_pending(state) == ()


def test_a_clear_move_is_mended_though_another_is_left_to_choose(
    run: Run, make_vault: MakeVault
) -> None:
    clear = PendingMove({"sub/Note.md": "other/New.md"}, 2.0)
    choice = PendingMove({"x.md": "a.md"}, 1.0, "", ("a.md", "other/Copy.md"))
    root, state = moved_by_others(make_vault, choice, clear)
    assert run("mv", "--pending", *NOW).exit_code == 1
    assert content(root)["a.md"] == FOLLOWED
    assert read_pending(state) == (choice,)


def test_a_file_of_a_folder_that_went_on_does_not_keep_the_others(
    run: Run, make_vault: MakeVault
) -> None:
    folder = {"sub/Note.md": "other/New.md", "sub/x.md": "other/x.md"}
    root, state = moved_by_others(make_vault, PendingMove(folder, 1.0))
    assert run("mv", "--pending", *NOW).exit_code == 0
    assert content(root)["a.md"] == FOLLOWED
    assert read_pending(state) == ()


def test_links_that_nobody_saw_breaking_can_be_mended_too(run: Run, make_vault: MakeVault) -> None:
    root, _ = moved_by_others(make_vault)
    assert run("mv", "--pending", "sub/Note.md", "other/New.md", *NOW).exit_code == 0
    assert content(root)["a.md"] == FOLLOWED
    again = run("mv", "--pending", "sub/Note.md", "other/New.md", *NOW)
    assert again.stdout == "No link has to follow sub/Note.md -> other/New.md.\n"
    assert again.exit_code == 0


def test_a_note_may_be_named_without_its_ending(run: Run, make_vault: MakeVault) -> None:
    root, _ = moved_by_others(make_vault)
    assert run("mv", "--pending", "sub/Note", "other/New", *NOW).exit_code == 0
    assert content(root)["a.md"] == FOLLOWED


def test_a_folder_that_somebody_moved(run: Run, make_vault: MakeVault) -> None:
    root = make_vault(NOTES)
    pending = PendingMove({"sub/Note.md": "deep/er/Note.md", "x.md": "y.md"}, 1.0)
    write_pending(vault_paths(root).state, [pending])
    (root / "deep").mkdir()
    (root / "sub").rename(root / "deep/er")
    assert run("mv", "--pending", "sub", "deep/er", *NOW).exit_code == 0
    assert content(root)["a.md"] == "[[Note|shown]] ![[pic.png]] [text](Note.md#h)\n"
    assert '"file": "deep/er/Note.md"' in content(root)["c.canvas"]
    assert [each.renames for each in read_pending(vault_paths(root).state)] == [{"x.md": "y.md"}]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("a.md", "other/New.md", "a.md is there: to move it, leave out --pending"),
        ("sub/Note.md", "other/Nwe.md", "there is no other/Nwe.md in the vault"),
        ("sub/Note.md", "../x.md", "is not in the vault"),
    ],
)
def test_what_cannot_be_chosen(
    run: Run, make_vault: MakeVault, old: str, new: str, message: str
) -> None:
    root, _ = moved_by_others(make_vault)
    there = content(root)
    result = run("mv", "--pending", old, new, *NOW)
    assert result.exit_code == 2
    assert message in result.stderr
    assert content(root) == there


def test_a_move_is_forgotten_when_asked_to(run: Run, make_vault: MakeVault) -> None:
    other = PendingMove({"x.md": "a.md"}, 1.0)
    root, state = moved_by_others(make_vault, CHOICE, other)
    there = content(root)
    assert run("mv", "--pending", "--forget", "nothing.md").exit_code == 2
    result = run("mv", "--pending", "--forget", "sub/Note.md")
    assert (result.exit_code, result.stdout) == (0, "Forgot the move of sub/Note.md.\n")
    assert read_pending(state) == (other,)
    assert run("mv", "--pending", "--forget").stdout == "Forgot 1 pending move.\n"
    assert read_pending(state) == ()
    assert content(root) == there


def test_a_pending_move_is_known_to_have_gone_on(run: Run, make_vault: MakeVault) -> None:
    root, state = moved_by_others(make_vault, PendingMove({"sub/Note.md": "other/New.md"}, 1.0))
    assert run("mv", "other/New.md", "there/Newer.md", *NOW).exit_code == 0
    assert [each.renames for each in read_pending(state)] == [{"sub/Note.md": "there/Newer.md"}]
    assert run("mv", "--pending", *NOW).exit_code == 0
    assert "[[Newer|shown]]" in content(root)["a.md"]


def test_one_whose_links_cannot_follow_stays(run: Run, make_vault: MakeVault) -> None:
    root = make_vault(NOTES)
    (root / "sub/Note.md").rename(root / "sub/a#b.md")
    pending = PendingMove({"sub/Note.md": "sub/a#b.md"}, 1.0)
    write_pending(vault_paths(root).state, [pending])
    result = run("mv", "--pending", *NOW)
    assert result.exit_code == 1
    assert "cannot be made to open sub/a#b.md" in result.stderr
    assert read_pending(vault_paths(root).state) == (pending,)
