"""Whether anything in the vault opens a file.

Tests: tests/specs/orphan-note.md, tests/specs/unused-attachment.md
"""

from vaultlint.check import VaultView
from vaultlint.note.model import NoteId
from vaultlint.text import utf16_length
from vaultlint.vault.keys import name_of


def may_be_opened(file: NoteId, vault: VaultView) -> bool:
    """Return whether a link of another file opens ``file``, or may open it.

    Among files of one name whose paths are equally long Obsidian's choice is not determined.
    """
    if vault.inlinks(file):
        return True
    length = utf16_length(file)
    return any(
        other != file and utf16_length(other) == length and vault.inlinks(other)
        for other in vault.named(name_of(file))
    )
