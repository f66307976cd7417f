"""What a broken link was probably meant to open.

Invariant: for advice only, so it may look at every file of the vault; a guess is never certain.

Tests: tests/specs/broken-link.md, tests/specs/broken-embed.md
"""

import posixpath
import re
from typing import NamedTuple

from vaultlint.check import Fix, Note, Safety, VaultView
from vaultlint.checks._links import without_md
from vaultlint.checks._relink import path_text, relink
from vaultlint.note.model import Link
from vaultlint.terms.nearest import nearest
from vaultlint.vault.keys import fold, is_markdown, name_of

_SITE = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,12}(?:/.*)?", re.IGNORECASE)


class Suggestion(NamedTuple):
    """The one file that was probably meant, if any, and advice in words."""

    path: str | None
    help: str


def suggestion(link: Link, note: Note, vault: VaultView) -> Suggestion:
    """Return what ``link``, which opens nothing, was meant to open."""
    files = [file for file in vault.files() if file != note.id]
    path, several = _same_name(link, files)
    if several:
        return Suggestion(None, f"files of that name: {', '.join(several[:3])}")
    if path is None:
        folder = fold(link.target.strip("/")) + "/"
        if any(fold(file).startswith(folder) for file in files):
            return Suggestion(None, "this is a folder; a link opens a note or file only")
        path = _nearest(link, files)
    if path is None and link.markdown and _SITE.fullmatch(link.target):
        return Suggestion(None, "write https:// before it if a website is meant")
    if path is None:
        return Suggestion(None, "create the file, correct the name, or remove the link")
    return Suggestion(path, f'did you mean "{path}"?')


def relinked(link: Link, note: Note, vault: VaultView, verb: str) -> Fix | None:
    """Return the fix that makes ``link``, which opens nothing, open the file that was meant.

    UNSAFE; MANUAL when the file lacks the subpath: that would be one broken link for another.
    """
    path = suggestion(link, note, vault).path
    text = None if path is None else path_text(path, link, vault)
    if path is None or text is None:
        return None
    there = not link.anchor or vault.has_anchor(path, link.anchor)
    safety = Safety.UNSAFE if there else Safety.MANUAL
    also = (vault.note(path),) if is_markdown(path) else ()
    return relink(f'{verb} "{path}"', safety, note, link, *also, path=text)


def _same_name(link: Link, files: list[str]) -> tuple[str | None, list[str]]:
    """Return the one file with the link's own name in another folder, or all if several."""
    name = _name(link.target)
    found = [file for file in files if _name(file) == name]
    if len(found) == 1:
        return found[0], []
    return None, sorted(found)


def _nearest(link: Link, files: list[str]) -> str | None:
    extension = posixpath.splitext(link.target)[1].lower()  # in "v1.2" a part of the title
    extensions = {posixpath.splitext(file)[1].lower() for file in files}
    wanted = extension if extension in extensions - {""} else ".md"
    by_name: dict[str, list[str]] = {}
    for file in files:
        if file.lower().endswith(wanted):
            by_name.setdefault(_name(file), []).append(file)
    found = by_name.get(nearest(_name(link.target), by_name) or "", [])
    return found[0] if len(found) == 1 else None


def _name(path: str) -> str:
    return fold(without_md(name_of(path)).strip())
