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
Safe: the comment is removed, or the one rule in it that suppresses nothing. In the properties there
is no fix.

## Options
None. A rule that is off for the note, or left out on the command line, is not judged.

## Source
vaultlint's own; suppressions are `%% vaultlint-ignore %%`, `%% vaultlint-ignore-file %%` and the
property `vaultlint`.
"""

import re
from collections.abc import Iterator

from vaultlint.check import Check, Edit, Fix, Found, Note, Safety, Severity, Span, VaultView
from vaultlint.note.model import Ignore

_SPACE_BEFORE = re.compile(r"[ \t]+\Z")


def _find(note: Note, _vault: VaultView, _options: object) -> Iterator[Found]:
    for ignore in note.ignores:
        for rule, span in ignore.rules:
            yield Found(span, {"rule": rule})
        if not ignore.rules:
            yield Found(ignore.span, {"rule": None}, message="nothing is found that this ignores")


def _repair(found: Found, note: Note, _vault: VaultView, _options: object) -> Fix | None:
    for ignore in note.ignores:
        inside = ignore.span.start <= found.span.start and found.span.end <= ignore.span.end
        if inside and note.text.startswith("%%", ignore.span.start):
            span = _rule_and_comma(ignore, found.span) or _comment(note.text, ignore)
            title = "Remove the suppression"
            edit = Edit(note.id, span, "")
            return Fix(title, Safety.SAFE, (edit,), {note.id: note.digest})
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


def _comment(text: str, ignore: Ignore) -> Span:
    """Return the span of the whole comment: with its line if it stands alone on one."""
    start, end = ignore.span
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    before = _SPACE_BEFORE.search(text, line, start)
    if before:
        start = before.start()
    if start == line:
        after = re.compile(r"[ \t]*(?:\r\n|\r|\n)").match(text, end)
        end = after.end() if after else end
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
    changes=frozenset({"comments"}),
    since="0.1",
)
