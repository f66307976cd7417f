"""The facts of one file, as an index takes them.

Tests: tests/unit/engine/test_parallel.py
"""

from typing import NamedTuple

from vaultlint.engine.notes import Notes, unreadable, vanished
from vaultlint.errors import SourceError
from vaultlint.note.model import NoteId
from vaultlint.vault.keys import Exports, exports, has_facts


class Facts(NamedTuple):
    """What reading one file gave: the digest of its bytes ("" for what is not read) and exports.

    ``exports`` is None when the file went away after it was listed.
    """

    file: NoteId
    digest: str
    exports: Exports | None


def read_file(notes: Notes, file: NoteId) -> Facts:
    """Return the facts of ``file``; of an attachment only that it is there.

    A file that cannot be read counts as one without any.
    """
    if not has_facts(file):
        return Facts(file, "", {})
    try:
        note = notes.load(file)
    except SourceError as error:
        if vanished(error):
            return Facts(file, "", None)
        note = unreadable(file, error)
    return Facts(file, note.digest, exports(note))
