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

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vaultlint.check import Check, Fix, Found, Note, Safety, VaultView, option
from vaultlint.checks import _citations as cited
from vaultlint.checks._cited_elsewhere import completed, extra_comma
from vaultlint.checks._edits import one_edit
from vaultlint.checks._templates import has_marker
from vaultlint.note.model import Citation
from vaultlint.terms import CitationTemplate
from vaultlint.terms.stated import bare_text

_JOINT = re.compile(r"[\s,;/|&+]*(?:(?:and|or)\s+)?")

_ADD_LINK = "link its title to the source"
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
    data = {"kind": kind, "template": template.source, "do": _ADD_LINK}
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
    for second in citation.links[1:2] if options.one_link else ():
        between = (link.span.end, second.span.start)
        if cited.is_external(second) and _JOINT.fullmatch(note.text, *between):
            data["do"] = "keep the link to the source; others go to lines of their own under it"
            yield Found(second.span, data, message="#{kind} has a second link on its line")


def repair(found: Found, note: Note, vault: VaultView, options: Options) -> Fix | None:
    """Return a fix for a comma too many, or for a missing part that other notes state."""
    text, source = found.data.get("text"), found.data.get("source")
    template = options.formats.get(str(found.data["kind"]))
    if template is None or text is None or found.span.of(note.text) != text:
        return None  # a text of several lines is not read as it is written
    comma = extra_comma(text, template)
    if comma is not None:
        place = comma.shift(found.span.start)
        return one_edit("Take out the comma", Safety.SAFE, note, place, "")
    filled = completed(text, template, tuple(source), vault) if source else None
    if filled is None:
        return None
    title = "Complete the citation as other notes have it"
    return one_edit(title, Safety.UNSAFE, note, found.span, filled[0], *filled[1])


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
