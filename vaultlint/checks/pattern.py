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
  `heading`, `tag`: the text of each. `name`, `path`: of the file. `property NAME`: each string.
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
from vaultlint.checks._passages import Passage, hidden_spans, passages, within
from vaultlint.terms import Pattern
from vaultlint.terms.place import Place

_MISSING = "nothing in the {place} matches {pattern!r}"
_UNLIKE = "this {place} does not match {pattern!r}"


@dataclass(frozen=True, slots=True)
class Options:
    """What to look for, where, and which outcome is wrong."""

    pattern: Pattern | None = option(None, "what to look for, in RE2 syntax")
    on: Place = option(Place("body"), "body, line, heading, tag, name, path, or property NAME")
    expect: Literal["absent", "present"] = option("absent", "report matches, or their lack")
    code: bool = option(False, "look into code, math and comments too")


def find(note: Note, vault: VaultView, options: Options) -> Iterator[Found]:
    """Yield one finding for each match, or for each place that should have one."""
    del vault
    if options.pattern is None:
        return
    pattern, absent = options.pattern, options.expect == "absent"
    data = {"pattern": pattern.source, "place": str(options.on)}
    hidden: list[tuple[int, int]] | None = None
    for passage in passages(note, options.on):
        if not absent and passage.whole:
            if not pattern.fullmatch(passage.text):
                yield Found(passage.span, data, message=_UNLIKE)
            continue
        places: list[Span] = []
        if pattern.search(passage.text):
            if hidden is None:
                hidden = [] if options.code else hidden_spans(note)
            places = _matches(passage, pattern, hidden)
        if absent:
            yield from (Found(place, data) for place in places)
        elif not places:
            yield Found(passage.span, data, message=_MISSING)


def _matches(passage: Passage, pattern: Pattern, hidden: list[tuple[int, int]]) -> list[Span]:
    """Return where the passage matches, but for what is hidden in the text."""
    places = [passage.place(span) for span in pattern.find(passage.text)]
    if not passage.in_body:
        return places
    return [place for place in places if not within(place, hidden)]


CHECK = Check(
    id="pattern",
    find=find,
    message="the {place} matches {pattern!r}",
    severity=None,
    options=Options,
    since="0.1",
)
