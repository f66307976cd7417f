r"""Link is written in a way that Obsidian does not read as the link that was meant.

## Why
`[text](My Note.md)` is plain text in Obsidian: a space ends the destination. `[[` without `]]` on
its line, and `[text](https://example.org` without `)`, are text too; a URL in double brackets is
taken for a name.

## Example

```md file="Start.md"
See [the plan](My Plan.md).
               ^^^^^^^^^^ malformed-link
```

## Use instead

```md file="Start.md"
See [the plan](My%20Plan.md).
```

## Fix safety
SAFE: space at the ends of a URL is taken out; spaces are encoded where the file named exists; for
one that does not, that is only shown. UNSAFE: a URL in double brackets becomes a Markdown link; a
parenthesis is closed after a URL that ends its line.

## Options
- `outer_spaces`: report space between a URL and its parentheses, as info.
- `cited`: report such space in citations too; without it, that is left to `citation-url`.
- `wikilink_urls`: report URLs in double brackets, as info.
- `empty_links`: report `[[]]`, as info.

Not reported: parentheses that hold no path or URL, and `[[1908.07442] Title](url)`.

## Source
Obsidian help, Internal links; CommonMark, Link destination.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from vaultlint.check import (
    Advice,
    Check,
    Fix,
    Found,
    Note,
    Safety,
    Severity,
    Span,
    VaultView,
    option,
)
from vaultlint.checks._destinations import (
    BLOCK_ID,
    PLAIN_URL,
    encode_spaces,
    names_a_file,
    outer_spaces,
    spaced_destination,
    url_link,
)
from vaultlint.checks._edits import one_edit
from vaultlint.checks._links import is_url
from vaultlint.checks._relink import link_at
from vaultlint.checks._templates import has_marker, is_template
from vaultlint.note.obsidian import decode_uri_component

_TO_DO = {
    "spaces": "write %20 for each space, or <> around the path",
    "open": "write ) after the URL; parentheses in the URL as %28 and %29",
    "outer": "delete the space: tools may take it for a part of the URL",
    "empty": "write the name of a note, or delete the brackets",
    "unclosed": "write ]] after the name",
    "url": "write [text](URL), or the bare URL",
}


@dataclass(frozen=True, slots=True)
class Options:
    """Options of malformed-link."""

    outer_spaces: bool = option(True, "Report space between a URL and its parentheses.")
    cited: bool = option(True, "Report such space in citations too.")
    wikilink_urls: bool = option(True, "Report URLs in double brackets.")
    empty_links: bool = option(True, "Report empty double brackets.")


def _find(note: Note, vault: VaultView, options: Options) -> Iterator[Found]:
    if is_template(note, vault):
        return
    for near in note.near_links:
        if near.kind == "space-in-destination":
            yield from _spaced(note, near.span, vault)
        elif near.kind == "empty-wikilink" and options.empty_links:
            yield Found(near.span, {"what": "empty"}, Severity.INFO, "this wikilink is empty")
        elif near.kind == "unclosed-destination" and not has_marker(near.span.of(note.text)):
            message = "this link has no closing parenthesis: it is plain text"
            start = note.text.rfind("](", *near.span) + 1
            yield Found(Span(start, near.span.end), {"what": "open"}, message=message)
        elif near.kind == "unclosed-wikilink":
            message = "this wikilink is not closed on its line: it is plain text"
            opening = near.span._replace(end=near.span.start + 2)
            yield Found(opening, {"what": "unclosed"}, message=message)
    yield from _urls_in_brackets(note) if options.wikilink_urls else ()
    yield from _outer(note, cited=options.cited) if options.outer_spaces else ()


def _outer(note: Note, *, cited: bool) -> Iterator[Found]:
    left_out = {link.span for each in note.citations for link in each.links if not cited}
    for url in note.urls:
        if url.kind in {"inline", "image"} and url.span not in left_out:
            for span in outer_spaces(note.text, url.url_span):
                message = "there is space between this URL and its parenthesis"
                yield Found(span, {"what": "outer"}, Severity.INFO, message)


def _urls_in_brackets(note: Note) -> Iterator[Found]:
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


def _repair(found: Found, note: Note, vault: VaultView, _options: Options) -> Fix | None:
    what, span = found.data["what"], found.span
    if what == "outer":
        return one_edit("Take out the space", Safety.SAFE, note, span, "")
    if what == "spaces":
        return None if is_url(span.of(note.text)) else encode_spaces(note, span, vault)
    if what == "open" and PLAIN_URL.fullmatch(span.of(note.text)[1:]):
        end = Span(span.end, span.end)
        return one_edit("Close the parenthesis", Safety.UNSAFE, note, end, ")")
    link = link_at(note, found) if what == "url" else None
    text = None if link is None or not span.of(note.text).startswith("[[") else url_link(link)
    if text is None:
        return None
    return one_edit("Write a Markdown link", Safety.UNSAFE, note, span, text)


def _explain(found: Found, note: Note, _vault: VaultView, _options: Options) -> Advice:
    """Return what to do about it."""
    what, written = str(found.data["what"]), found.span.of(note.text)
    block_id = BLOCK_ID.search(written) if what == "spaces" else None
    if block_id is not None:
        return Advice(f"write {block_id[0].strip()} after the link, at the end of the line")
    if what == "spaces" and is_url(written):
        return Advice("keep one URL in the parentheses, and write %20 for a space in it")
    return Advice(_TO_DO[what])


CHECK = Check(
    id="malformed-link",
    find=_find,
    explain=_explain,
    repair=_repair,
    reads=frozenset({"near_links", "links", "urls"}),
    options=Options,
    severity=Severity.WARNING,
    message="a space ends the destination of a Markdown link: this is plain text in Obsidian",
    changes=frozenset({"link-text", "links", "properties", "text", "urls"}),
    since="0.1",
)
