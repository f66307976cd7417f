"""How a link to a file is written.

Invariant: what is written resolves to its target whenever any spelling does; it differs from what
Obsidian writes only where Obsidian's own link would open something else.

Source: Obsidian's fileToLinktext and generateMarkdownLink; help vault, Settings, "New link format".

Tests: tests/unit/vault/test_link_text.py, tests/properties/test_link_text.py
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from vaultlint.note.model import NoteId
from vaultlint.vault.candidates import Candidates
from vaultlint.vault.keys import MARKDOWN, fold, folder_of, is_markdown, name_of
from vaultlint.vault.resolve import resolve

_IN_PATH = re.compile(r"[\x00-\x20\x7f\\#<>]|%(?=[0-9A-Fa-f]{2})")
_IN_SUBPATH = re.compile(r"[\x00-\x20\x7f\\<>]|%(?=[0-9A-Fa-f]{2})")
_PARENTHESIS = re.compile(r"[()]")


class LinkStyle(NamedTuple):
    """What a link looks like, beside its path.

    ``subpath`` is what follows ``#``, "" for none. ``alias`` None leaves the display text to
    Obsidian's own: nothing in a wikilink, the file's name in a Markdown link.
    """

    markdown: bool = False
    embed: bool = False
    subpath: str = ""
    alias: str | None = None


def link_text(
    by_name: Mapping[str, Candidates],
    target: NoteId,
    source: NoteId,
    style: LinkStyle,
    form: str = "shortest",
) -> str:
    """Return a link in ``source`` that opens ``target``; ``form`` is "shortest", "relative" or "absolute"."""
    own = target == source and style.subpath
    path = "" if own else file_to_linktext(by_name, target, source, form, markdown=style.markdown)
    embed = "!" if style.embed else ""
    subpath = f"#{style.subpath}" if style.subpath else ""
    if style.markdown:
        name = name_of(target)
        display = style.alias if style.alias is not None else name
        if style.alias is None and is_markdown(target):
            display = name[: -len(MARKDOWN)]
        return f"{embed}[{display}]({encode_destination(path, style.subpath)})"
    alias = f"|{style.alias}" if style.alias else ""
    return f"{embed}[[{path}{subpath}{alias}]]"


def file_to_linktext(
    by_name: Mapping[str, Candidates],
    target: NoteId,
    source: NoteId,
    form: str = "shortest",
    *,
    markdown: bool = False,
) -> str:
    """Return the path to write in a link from ``source`` to ``target``, not encoded.

    Wikilinks drop ``.md``, Markdown links keep it. The shortest form is the bare name if it is
    unique in the vault, else the full path.
    """
    short = target[: -len(MARKDOWN)] if is_markdown(target) and not markdown else target
    candidates = by_name.get(fold(name_of(target)))
    spellings: list[str] = []
    if form == "relative":
        spellings.append(relative_path(short, source))
        spellings.append(f"./{spellings[0]}")
    elif form != "absolute" and candidates is not None and len(candidates) == 1:
        spellings.append(name_of(short))
    spellings += (short, target, f"/{target}")
    for spelling in spellings:
        found = resolve(by_name, spelling, source)
        if found.target == target and not found.ambiguous:
            return spelling
    return spellings[0]


def relative_path(target: str, source: NoteId) -> str:
    """Return ``target`` as seen from the folder of ``source``, with ``../`` but never ``./``."""
    here = [part for part in folder_of(source).split("/") if part]
    there = target.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "../" * (len(here) - shared) + "/".join(there[shared:])


def encode_destination(path: str, subpath: str = "") -> str:
    """Return ``path`` and ``subpath`` as a Markdown link's destination.

    Obsidian encodes control characters, backslash and space. ``#`` in a path, angle brackets,
    unbalanced parentheses and what would read as an escape are encoded too: written bare, they
    would break the link.
    """
    encoded = _IN_PATH.sub(_escape, path)
    if subpath:
        encoded += f"#{_IN_SUBPATH.sub(_escape, subpath)}"
    return encoded if _balanced(encoded) else _PARENTHESIS.sub(_escape, encoded)


def _escape(match: re.Match[str]) -> str:
    return f"%{ord(match[0]):02X}"


def _balanced(text: str) -> bool:
    depth = 0
    for step in _depths(text):
        depth += step
        if depth < 0:
            return False
    return depth == 0


def _depths(text: str) -> Iterator[int]:
    for match in _PARENTHESIS.finditer(text):
        yield 1 if match[0] == "(" else -1
