"""Citation is not written as its kind asks.

## Why
When every `#PAPER` is one link whose text names title, author and year, a reading list can be
searched, sorted and exported; a line without them has to be looked up again.

## Example

```yaml file="vaultlint.yaml"
rules:
  citation-format: {formats: {PAPER: "{title} ({author} {year})"}}
```

```md file="Reading.md"
- #PAPER [A theory of lists (2021)](https://example.org/lists)
          ^^^^^^^^^^^^^^^^^^^^^^^^ citation-format
```

## Use instead

```md file="Reading.md"
- #PAPER [A theory of lists (Doe 2021)](https://example.org/lists)
```

## Fix safety
SAFE: a comma between author and year is taken out where the format has none.
UNSAFE: a missing author or year is filled in when all other citations of the same source agree.

## Options
- `formats`: a template for each kind, of `{title}`, `{author}` and `{year}`. A kind stands for
  those nested in it too: `THESIS` for `#THESIS/PHD`.
- `bare_urls`: accept a URL without text for kinds whose template asks for a title only.
- `one_link`: report a citation without a link, or with a second one right after the first. Links
  in the lines nested under it will do, and one after prose (`- see [x](y)`) is fine.

A line that points to another note, such as `#PAPER see [[X]]`, is not judged.

## Source
None: a convention of the vault, stated in its config.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vaultlint.check import Check, Fix, Found, Note, VaultView, option
from vaultlint.checks import _citations as cited
from vaultlint.checks._cited_elsewhere import mended
from vaultlint.checks._templates import has_marker
from vaultlint.note.model import Citation
from vaultlint.terms import CitationTemplate
from vaultlint.terms.stated import bare_text

_TO_DO = {
    "no author": "write the author before the year",
    "no year": "write the year after the author",
    "a comma before the year": "take out the comma",
    "a mark after the author": "take out the mark",
    "text after the year": "write the year last",
}


@dataclass(frozen=True, slots=True)
class Options:
    """What a citation of each kind looks like."""

    formats: Mapping[str, CitationTemplate] = option(dict, "a template for each kind")
    bare_urls: bool = option(True, "accept bare URLs where the template is a title only")
    one_link: bool = option(True, "report a citation without a link, or with two")


def find(note: Note, vault: VaultView, options: Options) -> Iterator[Found]:
    """Yield one finding for each citation that does not fit the template of its kind."""
    if not options.formats:
        return
    for citation in cited.citations(note, vault, options.formats):
        kind = cited.kind_of(citation, options.formats)
        if kind is not None and not has_marker(citation.span.of(note.text)):
            yield from _judge(note, citation, kind, options)


def _judge(note: Note, citation: Citation, kind: str, options: Options) -> Iterator[Found]:
    template = options.formats[kind]
    data = {"kind": kind, "template": template.source, "do": "link its title to the source"}
    if not citation.links and options.one_link and cited.surely_no_link(note, citation):
        yield Found(citation.span, data, message="#{kind} without a link")
    link = cited.source_link(citation)
    if link is None or (link.text is None and "](" in citation.span.of(note.text)):
        return  # the Markdown link of this line is broken: malformed-link says so
    if link.text is None or link.text_span is None:
        if not (options.bare_urls and template.fields == {"title"}):
            message = '#{kind} has a bare URL: the format is a link with the text "{template}"'
            data["do"] = f"write [{template.source}](URL)"
            yield Found(link.span, data, message=message)
    elif problem := template.mismatch(bare_text(link.text)):
        do = _TO_DO.get(problem, "write the text of the link in this format")
        found = {**data, "do": do, "problem": problem, "text": link.text, "source": link.identifier}
        yield Found(link.text_span, found)
    second = cited.joined_link(note, citation, link) if options.one_link else None
    if second is not None:
        data["do"] = "keep the link to the source; others go to lines of their own under it"
        yield Found(second.span, data, message="#{kind} has a second link on its line")


def repair(found: Found, note: Note, vault: VaultView, options: Options) -> Fix | None:
    """Return a fix for a comma too many, or for a missing part that other notes state."""
    template = options.formats.get(str(found.data["kind"]))
    return None if template is None else mended(found, note, vault, template)


CHECK = Check(
    id="citation-format",
    find=find,
    repair=repair,
    reads=frozenset({"citations"}),
    options=Options,
    severity=None,
    message='#{kind} has {problem}: the format is "{template}"',
    help="{do}",
    changes=frozenset({"link-text"}),
    since="0.1",
)
