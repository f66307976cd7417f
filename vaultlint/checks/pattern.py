r"""Text matches a pattern of your own that it should not, or does not match one that it should.

## Why
Many rules of a vault are one pattern long: no "TBD" in a published note, a date in every log
entry, a file name that begins with a year.

## Example
```yaml file="vaultlint.yaml"
rules:
  no-tbd:
    {check: pattern, on: body, pattern: '\bTBD\b', message: this is still to be done}
  pattern: {on: property status, pattern: 'draft|done', expect: present}
```

```md file="a.md"
---
status: finished
        ^^^^^^^^ pattern
---
```

## Use instead
```md file="a.md"
---
status: done
---
```

## Fix safety
There is no fix.

## Options
- `pattern`: what to look for, in RE2 syntax (no lookaround, no back-references). `(?i)` at its
  start ignores case, `(?m)` lets `^` and `$` match at lines.
- `on`: where to look. `body`: the text after the properties, as a whole. `line`: each line of it.
  `heading`, `tag`: the text of each; `heading 2`: of those of that level. `name`, `path`: of the
  file. `property NAME`: each string.
- `expect`: `absent` reports each match; `present` reports a place without a match (a property's
  value, a heading, a tag and a name have to match as a whole).
- `code`: whether code, math and comments in the text are looked at too.

## Source
RE2 syntax: https://github.com/google/re2/wiki/Syntax
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from vaultlint.check import Check, Found, Note, Span, VaultView, option
from vaultlint.checks._cover import Cover, regions
from vaultlint.checks._passages import HIDDEN, Passage, passages
from vaultlint.terms import Pattern
from vaultlint.terms.place import Place

_MISSING = "nothing in the {place} matches {pattern!r}"
_UNLIKE = "this {place} does not match {pattern!r}"


@dataclass(frozen=True, slots=True)
class Options:
    """What to look for, where, and which outcome is wrong."""

    pattern: Pattern | None = option(None, "what to look for, in RE2 syntax", needed=True)
    on: Place = option(
        Place("body"), "body, line, heading, heading 1, tag, name, path, or property NAME"
    )
    expect: Literal["absent", "present"] = option("absent", "report matches, or their lack")
    code: bool = option(False, "look into code, math and comments too")


def find(note: Note, vault: VaultView, options: Options) -> Iterator[Found]:
    """Yield one finding for each match, or for each place that should have one."""
    del vault
    if options.pattern is not None:
        wrong = _present if options.expect == "absent" else _absent
        for place, message in wrong(note, options.pattern, options):
            data = {"pattern": options.pattern.source, "place": str(options.on)}
            yield Found(place, data, message=message)


def _present(note: Note, pattern: Pattern, options: Options) -> Iterator[tuple[Span, None]]:
    hidden: _Hidden | None = None
    wanted = _whatever if options.on == "body" else pattern.search
    for passage in passages(note, options.on, wanted):
        hidden = hidden or _Hidden(note, options)
        for place in hidden.without(passage, pattern):
            yield place, None


def _whatever(_text: str) -> bool:
    return True  # to find nothing in a long text costs no more than to ask first


def _absent(note: Note, pattern: Pattern, options: Options) -> Iterator[tuple[Span, str]]:
    def wanted(text: str) -> bool:
        return options.on in ("body", "line") or not pattern.fullmatch(text)

    hidden = _Hidden(note, options)
    for passage in passages(note, options.on, wanted):
        if passage.whole:
            yield passage.span, _UNLIKE
        elif not (pattern.search(passage.text) and hidden.without(passage, pattern)):
            yield passage.span, _MISSING


class _Hidden:
    """What is not looked at in the text of a note, worked out for the first match."""

    def __init__(self, note: Note, options: Options) -> None:
        self._note = note
        self._kinds = frozenset() if options.code else HIDDEN
        self._cover: Cover | None = None

    def without(self, passage: Passage, pattern: Pattern) -> list[Span]:
        """Return where the passage matches, but for what is hidden."""
        places = [passage.place(span) for span in pattern.find(passage.text)]
        if not places or not passage.in_body:
            return places
        if self._cover is None:
            self._cover = regions(self._note, self._kinds)
        return [place for place in places if place.start not in self._cover]


CHECK = Check(
    id="pattern",
    find=find,
    message="the {place} matches {pattern!r}",
    severity=None,
    options=Options,
    since="0.1",
)
