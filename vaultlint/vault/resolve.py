"""What a link opens: Obsidian's resolution, step by step.

Invariant: an answer depends on the link's text, the path of its note, and the candidates of the
file names that were looked up; those names are what ``reads`` records, misses included. Aliases,
titles, settings and ignore filters never matter.

Source: Obsidian's getFirstLinkpathDest, as observed in the running app; help vault, Internal links.

Tests: tests/unit/vault/test_resolve.py, tests/properties/test_resolve.py
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from vaultlint.note.links import unescaped
from vaultlint.note.model import NoteId
from vaultlint.note.obsidian import decode_uri, decode_uri_component
from vaultlint.vault.answers import Resolution
from vaultlint.vault.candidates import Candidates
from vaultlint.vault.keys import MARKDOWN, Key, LinkRef, fold, folder_of, name_of

UNRESOLVED = Resolution(None)


class Lookup(NamedTuple):
    """A link after its file name was looked up: the folded link, ``.md`` added if it took that."""

    link: str
    candidates: Candidates | None


def look_up(by_name: Mapping[str, Candidates], link: str, reads: set[Key] | None) -> Lookup:
    """Return the candidates for the folded ``link``: that very file name, else the note's."""
    name = name_of(link)
    if "." in name:
        if reads is not None:
            reads.add(("name", name))
        if found := by_name.get(name):
            return Lookup(link, found)
    name += MARKDOWN
    if reads is not None:
        reads.add(("name", name))
    return Lookup(link + MARKDOWN, by_name.get(name) or None)


def resolve(
    by_name: Mapping[str, Candidates],
    target: str,
    source: NoteId,
    reads: set[Key] | None = None,
) -> Resolution:
    """Return what a link to the path ``target`` (decoded, no subpath) opens from ``source``."""
    folded = fold(target.strip())
    if not folded:
        return Resolution(source, (source,))
    link, candidates = look_up(by_name, folded, reads)
    if candidates is None:
        return UNRESOLVED
    if "/" not in link and len(candidates) == 1:
        files: tuple[NoteId, ...] = (candidates.entries[0][1],)
    elif is_relative(link):
        files = candidates.exact(join(fold(folder_of(source)), link))
    else:
        files = candidates.exact(link.removeprefix("/"))
        if not files and not link.startswith("/"):
            files = candidates.choose(link, fold(folder_of(source)))
    return Resolution(files[0], files) if files else UNRESOLVED


def resolve_ref(
    by_name: Mapping[str, Candidates], ref: LinkRef, source: NoteId, reads: set[Key] | None = None
) -> Resolution:
    """Return what a link opens, trying each reading of its percent escapes until one does."""
    found = resolve(by_name, ref[0], source, reads)
    if found.target is None and ref[1]:
        for target in readings(ref[1]):
            if target != ref[0]:
                found = resolve(by_name, target, source, reads)
                if found.target is not None:
                    break
    return found


def is_relative(link: str) -> bool:
    """Return whether ``link`` starts at the folder of its own note."""
    return link.startswith(("./", "../"))


def join(folder: str, link: str) -> str:
    """Return the path of the relative ``link`` seen from ``folder``; ``..`` stops at the root."""
    parts = folder.split("/") if folder else []
    for part in link.split("/"):
        if part == "..":
            del parts[-1:]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def readings(raw: str) -> Iterator[str]:
    """Yield the path part of a Markdown destination under each decoder that may apply.

    Sources disagree whether Obsidian leaves the escapes of reserved characters alone; a link is
    broken only if no reading resolves.
    """
    raw = unescaped(raw)
    yield decode_uri(raw).partition("#")[0]
    yield decode_uri_component(raw.partition("#")[0])
    if "%23" in raw:
        yield decode_uri_component(raw).partition("#")[0]
