"""A suppression suppresses nothing.

## Why
The finding it was written for is gone, or it names the wrong rule. Left in the note, it will one
day hide a real mistake.

## Example

```yaml file="vaultlint.yaml"
extends: [recommended]
```

```md file="a.md"
This line is fine. %% vaultlint-ignore broken-link %%
                                       ^^^^^^^^^^^ unused-suppression
```

## Use instead

```md file="a.md"
This line is fine.
```

## Fix safety
SAFE: the comment is removed, or the one rule in it that suppresses nothing. In the properties the
rule is taken out of a list that has others; there is no fix for the last one, nor for a comment that
says something else, too.

## Options
None. A rule that is off for the note, or left out on the command line, is not judged.

## Source
vaultlint's own; suppressions are `%% vaultlint-ignore %%`, `%% vaultlint-ignore-file %%` and the
property `vaultlint`.
"""

import re
from collections.abc import Iterator

from vaultlint.check import Check, Fix, Found, Note, Safety, Severity, Span, VaultView
from vaultlint.checks._edits import line_end, line_start, next_line, one_edit
from vaultlint.checks._lists import gap_of
from vaultlint.checks._properties import innermost
from vaultlint.note.model import Ignore

_NOTHING_ELSE = re.compile(r"%%\s*+vaultlint-ignore[^\r\n%]*+\s*+%%")

_NOTHING = "nothing is found that this ignores"
_MALFORMED = "this ignores nothing: the property is false, or a mapping {{ignore: [rules]}}"


def _find(note: Note, _vault: VaultView, _options: object) -> Iterator[Found]:
    for ignore in note.ignores:
        for rule, span in ignore.rules:
            yield Found(span, {"rule": rule})
        if not ignore.rules:
            nowhere = ignore.scope.start == ignore.scope.end
            malformed = nowhere and not note.text.startswith("%%", ignore.span.start)
            yield Found(ignore.span, {"rule": None}, message=_MALFORMED if malformed else _NOTHING)


def _repair(found: Found, note: Note, _vault: VaultView, _options: object) -> Fix | None:
    for ignore in note.ignores:
        if not (ignore.span.start <= found.span.start and found.span.end <= ignore.span.end):
            continue
        if note.text.startswith("%%", ignore.span.start):
            span = _rule_and_comma(ignore, found.span) or _comment(note.text, ignore)
        else:
            where = innermost(note, found.span)
            span = gap_of(note, where) if where is not None and len(ignore.rules) > 1 else None
        if span is None:
            return None
        return one_edit("Remove the suppression", Safety.SAFE, note, span, "")
    return None


def _rule_and_comma(ignore: Ignore, rule: Span) -> Span | None:
    """Return the span of one rule of several, with the comma that goes with it."""
    spans = [span for _, span in ignore.rules]
    if len(spans) < 2 or rule not in spans:
        return None
    at = spans.index(rule)
    if at == 0:
        return Span(rule.start, spans[1].start)
    return Span(spans[at - 1].end, rule.end)


def _comment(text: str, ignore: Ignore) -> Span | None:
    """Return the span of the comment, with its line if it stands alone on one; None if it says more."""
    start, end = ignore.span
    if _NOTHING_ELSE.fullmatch(text, start, end) is None:
        return None
    line = line_start(text, start)
    start = line + len(text[line:start].rstrip(" \t"))
    if start == line and not text[end : line_end(text, end)].strip(" \t"):
        end = next_line(text, end)
    return Span(start, end)


CHECK = Check(
    id="unused-suppression",
    find=_find,
    repair=_repair,
    message="{rule} finds nothing here that this could ignore",
    help="remove the suppression, or correct the name of the rule",
    severity=Severity.WARNING,
    reads=frozenset({"ignores"}),
    last=True,
    changes=frozenset({"comments", "properties"}),
    since="0.1",
)
