"""A tag is not written as a tag, or not in its usual spelling.

## Why
Obsidian drops a tag with a space from `tags`, and sees none that follows a bracket or a quotation
mark. `#Idea` and `#idea` are one tag, of which only one spelling is shown.

## Example
```yaml file="vaultlint.yaml"
vocabularies:
  tags: {terms: [idea, to-read]}
rules:
  tag-form: {vocabulary: tags}
```

```md file="a.md"
---
tags: [to read]
---
An #Idea.
```

## Use instead
```md file="a.md"
---
tags: [to-read]
---
An #idea.
```

## Fix safety
The spelling of the vocabulary: safe. A hyphen in place of a space, the majority's spelling, a
space before the `#`: unsafe.

## Options
- `vocabulary`: the vocabulary whose spelling counts.
- `majority`: without a vocabulary, report a spelling that fewer notes use than another one.

## Source
The help vault, Tags, Tag format. In the text a tag follows white space or an opening mark.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from vaultlint.check import Advice, Check, Fix, Found, Note, Safety, Severity, VaultView
from vaultlint.checks._edits import one_edit
from vaultlint.checks._properties import is_placeholder
from vaultlint.checks._tags import (
    bad_tags,
    near_tags,
    retag,
    settle_spelling,
    usual_spelling,
)
from vaultlint.options import VocabularyName, option
from vaultlint.text import Span

_NEAR = "#{tag} is not a tag here: it follows {before!r}"
_CHARACTER = "{tag!r} is not a tag: {bad!r} cannot stand in one"
_HELP = {
    "space": "Obsidian drops it; a tag has letters, digits, _ - and / to nest",
    "character": "a tag has letters, digits, _ - and / to nest",
    "near": "put a space before it",
    "spelling": "to Obsidian both are one tag; write it the same everywhere",
}


@dataclass(frozen=True, slots=True)
class Options:
    """Whose spelling counts."""

    vocabulary: VocabularyName = option("", "name of the vocabulary whose spelling counts")
    majority: bool = option(False, "without a vocabulary, the spelling of most notes counts")


def find(note: Note, vault: VaultView, options: Options) -> Iterator[Found]:
    """Yield one finding for each tag that Obsidian does not see, and for each odd spelling."""
    for text, bad, span in bad_tags(note):
        if not is_placeholder(note, vault, span):
            yield Found(span, {"tag": text, "bad": bad, "case": "character"}, message=_CHARACTER)
    for name, span in near_tags(note):
        if vault.tag_spellings(name):
            before = note.text[span.start - 1]
            yield Found(span, {"tag": name, "before": before, "case": "near"}, message=_NEAR)
    usual: dict[str, str | None] = {}
    for tag in note.tags:
        name = tag.name.rstrip("/")
        if name not in usual:
            usual[name] = usual_spelling(name, vault, options.vocabulary, options.majority)
        if usual[name] is not None:
            yield Found(tag.span, {"tag": name, "usual": usual[name], "case": "spelling"})


def explain(found: Found, note: Note, vault: VaultView, options: Options) -> Advice:
    """Return what Obsidian makes of it, and how to write it."""
    del note, vault, options
    case = str(found.data["case"])
    dropped = case == "character" and str(found.data["bad"]).isspace()
    return Advice(_HELP["space" if dropped else case])


def repair(found: Found, note: Note, vault: VaultView, options: Options) -> Fix | None:
    """Return the fix that makes it a tag, or gives it the usual spelling."""
    if found.data["case"] == "near":
        at = Span(found.span.start, found.span.start)
        return one_edit("Put a space before the tag", Safety.UNSAFE, note, at, " ")
    settle = settle_spelling(vault, options.vocabulary, majority=options.majority)
    if found.data["case"] == "spelling":
        safety = Safety.SAFE if options.vocabulary else Safety.UNSAFE
        return retag(note, found.span, str(found.data["usual"]), safety, settle)
    new = "-".join(str(found.data["tag"]).removeprefix("#").split())
    return retag(note, found.span, new, Safety.UNSAFE, settle)


CHECK = Check(
    id="tag-form",
    find=find,
    explain=explain,
    repair=repair,
    message="tag #{tag} is usually written #{usual}",
    severity=Severity.WARNING,
    options=Options,
    changes=frozenset({"comments", "fields", "headings", "properties", "tags", "text"}),
    since="0.1",
)
