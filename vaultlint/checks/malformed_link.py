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
- `cited`: report such space in citations too; without it, that is left to `citation-url`. It is off
  where that rule is on, if the config does not set it.
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
    PLAIN_URL,
    encode_spaces,
    url_link,
)
from vaultlint.checks._edits import one_edit
from vaultlint.checks._links import is_url
from vaultlint.checks._malformed import (
    near_links,
    spaces_around_urls,
    urls_in_brackets,
    what_to_do,
)
from vaultlint.checks._relink import link_at
from vaultlint.checks._templates import is_template


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
    yield from near_links(note, vault, empty=options.empty_links)
    yield from urls_in_brackets(note) if options.wikilink_urls else ()
    yield from spaces_around_urls(note, cited=options.cited) if options.outer_spaces else ()


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
    return what_to_do(found, note)


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
    beside=(("citation-url", "cited", False),),
    since="0.1",
)
