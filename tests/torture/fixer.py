"""A process that fixes, to be killed or to be lied to by its system.

Usage: python -S -m tests.torture.fixer ACTION VAULT STATE, with the actions "fix", "move", "undo",
"recover", and what a careless program does: "naive" and "naive-move". What it does lies between two calls of getppid, which the harness looks for; all that
is only loaded once is loaded before. Exit code 0, or 4 for an error that a person is told of.
"""

import os
import sys
import tempfile
from pathlib import Path

from tests.torture.ground import NEW, OLD
from tests.torture.naive import compare_and_rename, in_place
from vaultlint.errors import VaultlintError
from vaultlint.fixing.disk import Disk
from vaultlint.fixing.outcome import Move
from vaultlint.fixing.undo import undo
from vaultlint.fixing.write import Replacement, Writer

FILES = ("A.md", "B.md", "folder/C.md")
MOVED = "new/place/C.md"


def make_vault(vault: Path) -> None:
    for file in FILES:
        path = vault / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(OLD + file.encode())


def fix(writer: Writer) -> None:
    """Fix two notes as one group, and a third one."""
    changes = [Replacement(file, OLD + file.encode(), NEW + file.encode()) for file in FILES]
    with writer.run("check --fix") as run:
        run.write_groups([changes[:2], changes[2:]])


def move(writer: Writer) -> None:
    """Move a folder, and rewrite a note in it and one outside."""
    changes = [
        Replacement(new, OLD + old.encode(), NEW + old.encode())
        for old, new in ((FILES[0], FILES[0]), (FILES[2], MOVED))
    ]
    with writer.run("mv") as run:
        run.move(Move("folder", "new/place"), changes)


def naive_move(vault: Path) -> None:
    """Do the same with a rename, and a careful rewriting of each note."""
    (vault / "new").mkdir()
    (vault / "folder").rename(vault / "new/place")
    for old, new in ((FILES[0], FILES[0]), (FILES[2], MOVED)):
        compare_and_rename(Disk(), vault / new, OLD + old.encode(), NEW + old.encode())


def act(action: str, vault: Path, state: Path) -> None:
    writer = Writer(vault, state, grace=0)
    if action == "fix":
        fix(writer)
    elif action == "move":
        move(writer)
    elif action == "naive-move":
        naive_move(vault)
    elif action == "naive":
        for file in FILES:
            in_place(Disk(), vault / file, OLD + file.encode(), NEW + file.encode())
    elif action == "undo":
        undo(writer, None)
    else:
        with writer.run("recover"):
            pass


def main() -> int:
    action, vault, state = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    with tempfile.TemporaryDirectory(dir=state.parent) as scratch:
        make_vault(Path(scratch, "vault"))
        for each in ("fix", "undo", "move", "undo", "recover"):
            act(each, Path(scratch, "vault"), Path(scratch, "state"))
    os.getppid()
    try:
        act(action, vault, state)
    except VaultlintError:
        return 4
    finally:
        os.getppid()
    return 0


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    os._exit(code)
