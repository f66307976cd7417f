"""What a crash left behind, put right by the next run that takes the lock.

A group of which all notes had been exchanged stays written; any other is taken back. Only files
that the journal names are touched. What moved stays where it is if its notes were edited since.

Invariant: recovering twice, or dying in the middle of it and recovering again, ends as recovering
once does; unknown bytes go to the journal before they leave the vault.

Tests: tests/unit/fixing/test_recover.py, tests/torture/
"""

from vaultlint.errors import JournalError
from vaultlint.fixing.disk import Disk
from vaultlint.fixing.history import Group, History, Kept
from vaultlint.fixing.journal import Journal, Record, digest
from vaultlint.fixing.settle import Settler


def recover(disk: Disk, journal: Journal, history: History) -> tuple[Kept, ...]:
    """Settle what ``history`` has open, and return the texts that were kept.

    What cannot be settled now (a full disk) stays as it is, for the next time. Needs the lock.
    """
    kept: list[Kept] = []
    done: list[Record] = []
    if history.probes and _remove_probes(disk, history.probes):
        done.append({"record": "probed", "run": "", "paths": list(history.probes)})
    for group in history.open:
        settler = Settler(disk, journal, group.run)
        files = _recover(disk, settler, group)
        kept += settler.kept
        if files is not None:
            done.append({"record": "done", "run": group.run, "group": group.number, "files": files})
    if done:
        journal.append(done, durable=True)
    return tuple(kept)


def _remove_probes(disk: Disk, paths: tuple[str, ...]) -> bool:
    """Remove the empty files with which the exchange was tried; return whether they are gone."""
    try:
        return all(disk.drop(path, lambda data: not data).gone for path in paths)
    except OSError:
        return False


def _recover(disk: Disk, settler: Settler, group: Group) -> dict[str, str] | None:
    """Return what became of each file of ``group``, None if that is not settled yet."""
    give_back = not group.exchanged
    try:
        if group.exchanged:
            give_back = not all(settler.verify(member, strict=False) for member in group.members)
        files = {}
        for member in group.members:
            disk.finish(member.temporary, member.path)
            settled = settler.settle(member, give_back=give_back)
            if not settled.gone:
                return None
            files[member.file] = settled.status(exchanged=group.exchanged)
        disk.sync_folders(group.folders)
        # Where people have gone on in the meantime, nothing changes its place under their hands.
        move_back = give_back and _is_untouched(disk, group)
        files |= settler.settle_move(group, give_back=move_back)
    except (OSError, JournalError):
        return None
    return files


def _is_untouched(disk: Disk, group: Group) -> bool:
    """Return whether no note of ``group`` that is there has been edited since."""
    notes = ((member, disk.read(member.path)) for member in group.members)
    return all(note is None or digest(note.data) == member.before for member, note in notes)
