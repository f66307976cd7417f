"""Note lacks a section that notes of its kind must have.

## Why
Readers, and tools that gather notes, look for a section under the name that was agreed on.

## Example

```yaml file="vaultlint.yaml"
rules:
  required-section:
    severity: warning
    sections: [Resources, "## References"]
```

```md file="Topic.md"
^0 required-section
## Resources
```

## Use instead

```md file="Topic.md"
## Resources

## References
```

## Fix safety
UNSAFE: an empty section is added, before the first of the sections that are listed after it, else
at the end of the note. None when a block is not closed: the end of the note would be inside of it.

## Options
- `sections`: the headings that must be there, compared as Obsidian compares headings. With `#`
  signs before it, the level counts too.
- `ordered`: they must stand in this order; then there is no fix.

## Source
A convention of the vault; comparison of headings as in Obsidian help, Internal links.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from vaultlint.check import Advice, Check, Fix, Found, Note, Safety, Span, VaultView, option
from vaultlint.checks._edits import line_start, newline_of, one_edit
from vaultlint.checks._templates import is_template
from vaultlint.note.model import Heading
from vaultlint.vault.anchors import fold_heading


@dataclass(frozen=True, slots=True)
class Options:
    """Options of required-section."""

    sections: tuple[str, ...] = option(
        (), "Headings that must be there; ## before one counts.", needed=True
    )
    ordered: bool = option(False, "They must stand in this order.")


def _find(note: Note, vault: VaultView, options: Options) -> Iterator[Found]:
    if not note.parsed or is_template(note, vault):
        return
    last = -1
    for section in options.sections:
        places = [at for at, heading in enumerate(note.headings) if _is(heading, section)]
        if not places:
            yield Found(Span(0, 0), {"section": section, "about": section})
            continue
        later = next((at for at in places if at > last), None)
        if later is not None:
            last = later
        elif options.ordered:
            message = 'the section "{section}" stands too early'
            span = note.headings[places[0]].text_span
            yield Found(span, {"section": section, "early": True}, message=message)


def _is(heading: Heading, section: str) -> bool:
    name = section.lstrip("#")
    level = len(section) - len(name)
    return level in {0, heading.level} and fold_heading(heading.text) == fold_heading(name)


def _explain(found: Found, _note: Note, _vault: VaultView, _options: Options) -> Advice:
    """Return what to do about a section that is not where it has to be."""
    if "early" in found.data:
        return Advice("move it below the sections that come before it in the config")
    return Advice("add it, or give the section that is meant this heading")


def _repair(found: Found, note: Note, _vault: VaultView, options: Options) -> Fix | None:
    if options.ordered or "early" in found.data:
        return None
    if any(not region.closed for region in note.regions):
        return None  # the end of the note is inside of something
    section = str(found.data["section"])
    heading = section if section.startswith("#") else f"## {section}"
    newline = newline_of(note.text)
    before = "" if note.text.endswith(("\n", "\r")) or not note.text else newline
    place, text = len(note.text), f"{before}{newline}{heading}{newline}"
    later = options.sections[options.sections.index(section) + 1 :]
    for at in note.headings:
        if any(_is(at, other) for other in later):
            place = line_start(note.text, at.span.start)
            text = f"{heading}{newline}{newline}"
            break
    span = Span(place, place)
    return one_edit(f'Add the section "{section}"', Safety.UNSAFE, note, span, text)


CHECK = Check(
    id="required-section",
    find=_find,
    explain=_explain,
    repair=_repair,
    options=Options,
    severity=None,
    message='the section "{section}" is missing',
    changes=frozenset({"headings"}),
    since="0.1",
)
