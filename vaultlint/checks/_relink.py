"""How a link is written anew: in its own kind, in the vault's format, escaped where it stands.

Invariant: alias, subpath, embed size and brackets stay as they are; what is written opens the
file that was meant, else there is no fix. A link in a property is rewritten inside of its value,
in the quotes that the value has.

Tests: tests/unit/checks/test_relink.py
"""

import re
from typing import NamedTuple

from vaultlint.check import Edit, Fix, Found, Note, Safety, Span, VaultView
from vaultlint.checks._edits import line_end, line_start, next_line
from vaultlint.checks._per_note import per_note
from vaultlint.checks._properties import innermost, requote, value_at
from vaultlint.note.model import Link
from vaultlint.note.obsidian import decode_uri_component
from vaultlint.note.property_links import property_link
from vaultlint.text import apply_edits
from vaultlint.vault.keys import is_markdown
from vaultlint.vault.link_text import encode_destination
from vaultlint.vault.names import is_link_safe

_UNSHOWABLE = re.compile(r"\]\]|[\x00-\x1f\x7f]")
_IN_ANGLES = re.compile(r"[<>\\\x00-\x1f\x7f]|%(?=[0-9A-Fa-f]{2})")
_STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})")


class _Wanted(NamedTuple):
    path: str | None
    anchor: str | None
    alias: str | None


def link_at(note: Note, found: Found) -> Link | None:
    """Return the link that a finding with ``at`` in its data is about."""
    return _by_start(note).get(found.data.get("at", -1))


@per_note
def _by_start(note: Note) -> dict[int, Link]:
    return {link.span.start: link for link in reversed(note.links)}  # the first of a place counts


def path_text(path: str, link: Link, vault: VaultView) -> str | None:
    """Return ``path`` as Obsidian would write it in ``link``, not encoded; None if no link can.

    ``#``, ``|`` and brackets cut a link. Source: Obsidian help, Internal links; Settings, New link
    format.
    """
    if not is_link_safe(path):
        return None
    keep = link.markdown or is_markdown(link.target)
    text = vault.linktext(path, markdown=keep)
    opened = vault.resolve_path(text)
    return text if opened.target == path and not opened.ambiguous else None


def relink(
    title: str,
    safety: Safety,
    note: Note,
    link: Link,
    *also: Note,
    path: str | None = None,
    anchor: str | None = None,
    alias: str | None = None,
) -> Fix | None:
    """Return the fix that gives ``link`` this path, anchor or display text, None if it cannot.

    They are plain text and are encoded as the link needs it; ``alias`` is only added where there
    is none. The fix was computed from ``note`` and from ``also``.
    """
    wanted = _Wanted(path, anchor, alias)
    in_property = link.kind == "property"
    edits = _in_property(note, link, wanted) if in_property else _parts(note.text, link, wanted)
    if edits is None:
        return None
    base = {note.id: note.digest, **{other.id: other.digest for other in also}}
    return Fix(title, safety, tuple(Edit(note.id, span, text) for span, text in edits), base)


def makes_row(note: Note, span: Span) -> bool:
    """Return whether a bar at ``span`` would make its line a row of a table: it stands by one."""
    text = note.text
    start, end, after = (
        line_start(text, span.start),
        line_end(text, span.end),
        next_line(text, span.end),
    )
    before = start - (2 if text.endswith("\r\n", 0, start) else 1 if start else 0)
    around = text[line_start(text, before) : before], text[after : line_end(text, after)]
    return "|" not in text[start:end] and any("|" in line for line in around)


def _in_property(note: Note, link: Link, wanted: _Wanted) -> list[tuple[Span, str]] | None:
    """Return the edit of the whole value: its quotes and escapes are those of YAML."""
    where = innermost(note, link.span)
    value = None if where is None else value_at(note, where)
    if where is None or note.frontmatter is None or not isinstance(value, str):
        return None
    own = property_link(value, Span(0, len(value)), link.key, value)
    parts = None if own is None else _parts(value, own, wanted)
    span = note.frontmatter.places[where].value
    new = None if parts is None else requote(span.of(note.text), apply_edits(value, parts))
    return None if new is None else [(span, new)]


def _parts(text: str, link: Link, wanted: _Wanted) -> list[tuple[Span, str]] | None:
    angles = link.markdown and text[link.target_span.start - 1 : link.target_span.start] == "<"
    parts: list[tuple[Span, str]] = []
    if wanted.path is not None:
        written = _encoded(wanted.path, link, angles=angles)
        if written is None:
            return None
        parts.append((link.target_span, written))
    if wanted.anchor is not None:
        written = _encoded(wanted.anchor, link, angles=angles, subpath=True)
        if not written or link.anchor_span is None:
            return None
        parts.append((link.anchor_span, written))
    if wanted.alias is not None and link.alias is None and not link.markdown:
        if _UNSHOWABLE.search(wanted.alias):
            return None
        end = (link.anchor_span or link.target_span).end
        bar = "\\|" if link.in_table else "|"
        parts.append((Span(end, end), bar + wanted.alias))
    return parts


def _encoded(text: str, link: Link, *, angles: bool, subpath: bool = False) -> str | None:
    """Return ``text`` as it stands in the destination of ``link``, None if it cannot."""
    if not link.markdown:
        unfit = re.search(r"\]\]|\[\[|[|\x00-\x1f\x7f]", text)
        return None if unfit or text != text.strip() else text
    if angles:
        encoded = _IN_ANGLES.sub(lambda match: f"%{ord(match[0]):02X}", text)
    else:
        parts = text.split("%") if _STRAY.search(text) else [text]
        ends = (("", part) if subpath else (part, "") for part in parts)
        encoded = "%25".join(encode_destination(*end).removeprefix("#" * subpath) for end in ends)
    return encoded if decode_uri_component(encoded) == text else None
