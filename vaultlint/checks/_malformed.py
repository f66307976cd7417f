"""The ways in which a link is written so that Obsidian does not read it as one.

Tests: tests/specs/malformed-link.md
"""

from collections.abc import Iterator

from vaultlint.check import Advice, Found, Note, Severity, Span, VaultView
from vaultlint.checks._destinations import BLOCK_ID, names_a_file, outer_spaces, spaced_destination
from vaultlint.checks._links import is_url
from vaultlint.checks._templates import has_marker
from vaultlint.note.obsidian import decode_uri_component

_TO_DO = {
    "spaces": "write %20 for each space, or <> around the path",
    "open": "write ) after the URL; parentheses in the URL as %28 and %29",
    "outer": "delete the space: tools may take it for a part of the URL",
    "empty": "write the name of a note, or delete the brackets",
    "unclosed": "write ]] after the name",
    "url": "write [text](URL), or the bare URL",
}


def near_links(note: Note, vault: VaultView, *, empty: bool) -> Iterator[Found]:
    """Yield what was meant as a link and is plain text; ``[[]]`` only if ``empty``."""
    for near in note.near_links:
        if near.kind == "space-in-destination":
            yield from _spaced(note, near.span, vault)
        elif near.kind == "empty-wikilink" and empty:
            yield Found(near.span, {"what": "empty"}, Severity.INFO, "this wikilink is empty")
        elif near.kind == "unclosed-destination" and not has_marker(near.span.of(note.text)):
            message = "this link has no closing parenthesis: it is plain text"
            start = note.text.rfind("](", *near.span) + 1
            yield Found(Span(start, near.span.end), {"what": "open"}, message=message)
        elif near.kind == "unclosed-wikilink":
            message = "this wikilink is not closed on its line: it is plain text"
            opening = near.span._replace(end=near.span.start + 2)
            yield Found(opening, {"what": "unclosed"}, message=message)


def spaces_around_urls(note: Note, *, cited: bool) -> Iterator[Found]:
    """Yield white space between a URL and its parentheses; not in citations unless ``cited``."""
    left_out = {link.span for each in note.citations for link in each.links if not cited}
    for url in note.urls:
        if url.kind in {"inline", "image"} and url.span not in left_out:
            for span in outer_spaces(note.text, url.url_span):
                message = "there is space between this URL and its parenthesis"
                yield Found(span, {"what": "outer"}, Severity.INFO, message)


def urls_in_brackets(note: Note) -> Iterator[Found]:
    """Yield URLs in double brackets."""
    for link in note.links:
        if not link.markdown and is_url(link.target) and not has_marker(link.raw):
            message = "a URL in double brackets is taken for the name of a note"
            yield Found(link.span, {"what": "url", "at": link.span.start}, Severity.INFO, message)


def _spaced(note: Note, link: Span, vault: VaultView) -> Iterator[Found]:
    span = spaced_destination(note.text, link)
    if span is None or has_marker(span.of(note.text)):
        return
    written = span.of(note.text)
    path = decode_uri_component(written.partition("#")[0])
    there = bool(path) and vault.resolve_path(path).target is not None
    if there or is_url(written) or names_a_file(path):
        yield Found(span, {"what": "spaces", "there": there})


def what_to_do(found: Found, note: Note) -> Advice:
    """Return what to do about a finding of these."""
    what, written = str(found.data["what"]), found.span.of(note.text)
    block_id = BLOCK_ID.search(written) if what == "spaces" else None
    if block_id is not None:
        return Advice(f"write {block_id[0].strip()} after the link, at the end of the line")
    if what == "spaces" and is_url(written):
        return Advice("keep one URL in the parentheses, and write %20 for a space in it")
    if what == "url" and written.startswith("!"):
        return Advice("write ![text](URL)")
    return Advice(_TO_DO[what])
