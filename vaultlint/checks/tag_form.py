"""A tag is not written as a tag, or not in its usual spelling.

## Why
Obsidian drops a tag with a space from the `tags` property, and does not see one that follows a
bracket or a quotation mark. `#Idea` and `#idea` are one tag, of which only one spelling is shown.

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

from vaultlint.check import Check, Fix, Found, Note, Safety, Severity, Span, VaultView, option
from vaultlint.checks._properties import replace, rewrite, texts, value_span
from vaultlint.checks._tags import NOT_TAG, near_tags, retag
from vaultlint.options import VocabularyName

_NEAR = "#{tag} is not a tag here: it follows {before!r}"
_CHARACTER = "{tag!r} is not a tag: {bad!r} cannot stand in one"


@dataclass(frozen=True, slots=True)
class Options:
    """Whose spelling counts."""

    vocabulary: VocabularyName = option("", "name of the vocabulary whose spelling counts")
    majority: bool = option(False, "without a vocabulary, the spelling of most notes counts")


def find(note: Note, vault: VaultView, options: Options) -> Iterator[Found]:
    """Yield one finding for each tag that Obsidian does not see, and for each odd spelling."""
    for key in note.properties:
        if key.lower() == "tags":
            for text, where in texts(note, key):
                bad = NOT_TAG.search(text.strip().removeprefix("#"))
                if bad and "," not in text:
                    data = {"tag": text, "bad": bad[0], "case": "character"}
                    yield Found(value_span(note, where), data, message=_CHARACTER)
    for name, span in near_tags(note):
        if vault.tag_spellings(name):
            before = note.text[span.start - 1]
            yield Found(span, {"tag": name, "before": before, "case": "near"}, message=_NEAR)
    usual: dict[str, str | None] = {}
    for tag in note.tags:
        name = tag.name.rstrip("/")
        if name not in usual:
            usual[name] = _usual(name, vault, options)
        if usual[name] is not None:
            yield Found(tag.span, {"tag": name, "usual": usual[name], "case": "spelling"})


def _usual(name: str, vault: VaultView, options: Options) -> str | None:
    """Return the spelling of the vocabulary, or of most notes, when it is another one."""
    if options.vocabulary:
        kind, canonical = vault.vocabulary(options.vocabulary).match(name)
        return canonical if kind == "form" else None
    if not options.majority:
        return None
    spellings = vault.tag_spellings(name)
    best = max(spellings, key=lambda one: (spellings[one], one == name), default=name)
    return best if best != name and spellings[best] > spellings.get(name, 0) else None


def repair(found: Found, note: Note, vault: VaultView, options: Options) -> Fix | None:
    """Return the fix that makes it a tag, or gives it the usual spelling."""
    del vault
    name = str(found.data["tag"])
    if found.data["case"] == "spelling":
        safety = Safety.SAFE if options.vocabulary else Safety.UNSAFE
        return retag(note, found.span, str(found.data["usual"]), safety)
    if found.data["case"] == "near":
        at = Span(found.span.start, found.span.start)
        return replace(note, at, " ", "Put a space before the tag", Safety.UNSAFE)
    new = "-".join(name.split())
    if NOT_TAG.search(new.removeprefix("#")):
        return None
    return rewrite(note, found.span, new, f"Write {new!r}", Safety.UNSAFE)


CHECK = Check(
    id="tag-form",
    find=find,
    repair=repair,
    message="tag #{tag} is usually written #{usual}",
    severity=Severity.WARNING,
    options=Options,
    since="0.1",
)
