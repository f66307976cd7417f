"""Which notes are templates: their links and values are filled in later and are not judged.

Invariant: the folder that Obsidian's core plugin or Templater is set to decides; a vault without
either has the folders that people name so.

Tests: tests/specs/broken-link.md, tests/specs/leftover-template.md
"""

import re
from functools import lru_cache

from vaultlint.check import Note, VaultView
from vaultlint.note.model import NoteId
from vaultlint.vault.keys import fold, folder_of

# "Templates", "_templates", "99 Templates": numbers and signs only put a folder in its place.
_USUAL = re.compile(r"[^a-z]*+templates?[^a-z]*+")


def has_marker(text: str) -> bool:
    """Return whether ``text`` holds a variable of a template: ``{{title}}``, ``<% tp.date %>``.

    Source: Obsidian help, Templates; documentation of Templater.
    """
    # To look for one character is many times faster than for two, and often says enough.
    return ("{" in text and "{{" in text) or ("%" in text and "<%" in text)


def is_template(note: Note, vault: VaultView) -> bool:
    """Return whether ``note`` lies in a folder of templates."""
    folder, usual = _place(note.id)
    if not folder:
        return False
    configured: tuple[str, ...] = vault.setting("templateFolders")
    if configured:
        return any(f"{folder}/".startswith(f"{fold(name)}/") for name in configured)
    return usual


@lru_cache(maxsize=1)  # rule after rule asks about the same note
def _place(file: NoteId) -> tuple[str, bool]:
    """Return the folder of ``file`` as paths are compared, and whether it is named for templates."""
    folder = fold(folder_of(file))
    usual = "template" in folder and any(_USUAL.fullmatch(part) for part in folder.split("/"))
    return folder, usual
