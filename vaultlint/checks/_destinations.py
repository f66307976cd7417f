"""The destination of a Markdown link where it holds or touches white space.

Invariant: linear in the link; every scan goes outwards from a known place.

Tests: tests/specs/malformed-link.md
"""

import re
from collections.abc import Iterator

from vaultlint.check import Fix, Note, Safety, Span, VaultView
from vaultlint.checks._edits import one_edit
from vaultlint.note.model import Link
from vaultlint.note.obsidian import SPACES, decode_uri_component

_DESTINATION = re.compile(r"\]\(([^()<>\r\n]+(?:\([^()\r\n]*\)[^()\r\n]*)*)\)$")
_FILE = re.compile(r"\.(?:md|pdf|png|jpe?g|svg|gif|webp|canvas|base|mp[34])$", re.IGNORECASE)
BLOCK_ID = re.compile(r"\s\^[A-Za-z0-9-]+\Z")
_BLANKS = SPACES.translate({10: None, 13: None})
PLAIN_URL = re.compile(r"https?://[^\s<>()]+")


def outer_spaces(text: str, url: Span) -> Iterator[Span]:
    """Yield the white space between a URL and the parentheses around it."""
    start, end = url
    while start > 0 and text[start - 1] in _BLANKS:
        start -= 1
    while end < len(text) and text[end] in _BLANKS:
        end += 1
    if start < url.start and text[start - 1] == "(":
        yield Span(start, url.start)
    if url.end < end and text[end : end + 1] == ")":  # else a title follows
        yield Span(url.end, end)


def spaced_destination(text: str, link: Span) -> Span | None:
    """Return the destination in ``[text](destination with spaces)``, without a title."""
    match = _DESTINATION.search(text, *link)
    if match is None:
        return None
    start, end = match.span(1)
    written = text[start:end]
    bare = written.rstrip()
    if bare[-1:] in {'"', "'"}:
        opening = bare.rfind(bare[-1], 0, len(bare) - 1)
        if opening > 0 and bare[opening - 1].isspace():
            bare = bare[:opening].rstrip()
    start += len(bare) - len(bare.lstrip())
    return Span(start, start + len(bare.strip())) if bare.strip() else None


def names_a_file(path: str) -> bool:
    """Return whether ``path`` ends like the name of a file that notes link to."""
    return _FILE.search(path) is not None


def encode_spaces(note: Note, span: Span, vault: VaultView) -> Fix | None:
    """Return the fix that encodes the spaces in the path at ``span``, MANUAL if it would open nothing."""
    written = span.of(note.text)
    encoded = written.replace(" ", "%20").replace("\t", "%09")
    path, _, anchor = encoded.partition("#")
    named = written.partition("#")[0]
    if BLOCK_ID.search(written) or decode_uri_component(path) != decode_uri_component(named):
        return None  # more than a path, or its percent signs are no escapes
    target = vault.resolve_path(decode_uri_component(path)).target
    there = target is not None and vault.has_anchor(target, decode_uri_component(anchor))
    safety = Safety.SAFE if there else Safety.MANUAL
    return one_edit("Encode the spaces", safety, note, span, encoded)


def url_link(link: Link) -> str | None:
    """Return the Markdown link for a wikilink to a URL, None if it would need escapes.

    In a property it is the bare URL, which Obsidian shows as a link there.
    """
    url, text = link.raw.strip(), link.alias
    if link.embed or PLAIN_URL.fullmatch(url) is None or "]" in (text or "") or "[" in (text or ""):
        return None
    if link.kind == "property":
        return None if text else url
    return f"[{text}]({url})" if text else f"<{url}>"
