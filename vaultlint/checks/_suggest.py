"""What a broken link was probably meant to open.

Invariant: for advice only, so it may look at every file of the vault; a guess is never certain.

Tests: tests/specs/broken-link.md, tests/specs/broken-embed.md
"""

import posixpath
import re
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from vaultlint.check import Fix, Note, Safety, VaultView
from vaultlint.checks._links import without_md
from vaultlint.checks._relink import path_text, relink
from vaultlint.note.model import Link
from vaultlint.terms.nearest import Words, nearest
from vaultlint.vault.keys import fold, is_markdown, name_of
from vaultlint.vault.names import file_kind

_SITE = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,12}(?:/.*)?", re.IGNORECASE)
_FILE = re.compile(
    r"\.(?:css|csv|docx?|epub|html?|ipynb|js|json|odt|pptx?|py|rtf|tex|ts|txt|xlsx?|xml|ya?ml|zip)$",
    re.IGNORECASE,
)


class Suggestion(NamedTuple):
    """The one file that was probably meant, if any, and advice in words."""

    path: str | None
    help: str


def suggestion(link: Link, note: Note, vault: VaultView) -> Suggestion:
    """Return what ``link``, which opens nothing, was meant to open; never its own note."""
    names = _names_of(tuple(vault.files()))
    same = names.named(link.target, but=note.id)
    if len(same) > 1:
        return Suggestion(None, f"files of that name: {', '.join(same[:3])}")
    path = same[0] if same else None
    if path is None:
        if names.has_folder(link.target, but=note.id):
            return Suggestion(None, "this is a folder; a link opens a note or file only")
        path = names.nearest(link.target, but=note.id)
    if path is None and link.markdown and _is_site(link.target):
        return Suggestion(None, "write https:// before it if a website is meant")
    if path is None:
        return Suggestion(None, "create the file, correct the name, or remove the link")
    return Suggestion(path, f'did you mean "{path}"?')


def _is_site(target: str) -> bool:
    """Return whether ``target`` looks like a host, and not like a file that Obsidian opens."""
    host = target.partition("/")[0]
    a_file = file_kind(host) is not None or _FILE.search(host) is not None
    return _SITE.fullmatch(target) is not None and not a_file


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


class _Names:
    """The files of a vault by name, arranged once for all the links that ask for them."""

    def __init__(self, files: tuple[str, ...]) -> None:
        self._files: dict[str, list[str]] = {}
        self._kinds: dict[str, dict[str, list[str]]] = {}
        self._paths = sorted(map(fold, files))
        for file in files:
            name = _name(file)
            self._files.setdefault(name, []).append(file)
            self._kinds.setdefault(_extension(file), {}).setdefault(name, []).append(file)
        self._words = {kind: Words(names) for kind, names in self._kinds.items()}

    def named(self, target: str, *, but: str) -> list[str]:
        """Return the files with the name that ``target`` ends in, sorted."""
        return sorted(file for file in self._files.get(_name(target), ()) if file != but)

    def has_folder(self, target: str, *, but: str) -> bool:
        """Return whether a file lies in the folder ``target``."""
        folder = fold(target.strip("/")) + "/"
        at = bisect_left(self._paths, folder)
        inside = sum(path.startswith(folder) for path in self._paths[at : at + 2])
        return inside > fold(but).startswith(folder)

    def nearest(self, target: str, *, but: str) -> str | None:
        """Return the one file whose name is clearly nearest to that of ``target``, or None."""
        extension = _extension(target)  # in "v1.2" a part of the title
        kind = extension if extension and extension in self._kinds else ".md"
        if kind not in self._kinds:
            return None
        names, own, wanted = self._kinds[kind], _name(but), _name(target)
        near = self._words[kind].nearest(wanted)
        if own in (near, wanted) and names.get(own) == [but]:
            near = nearest(wanted, (name for name in names if name != own))
        found = [file for file in names.get(near or "", ()) if file != but]
        return found[0] if len(found) == 1 else None


@lru_cache(maxsize=2)
def _names_of(files: tuple[str, ...]) -> _Names:
    return _Names(files)


def _extension(path: str) -> str:
    return posixpath.splitext(path)[1].lower()


def _name(path: str) -> str:
    return fold(without_md(name_of(path)).strip())
