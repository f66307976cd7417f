"""A tag is not in the tag vocabulary.

## Why
Tags grow by accident: each new spelling takes notes out of the group where people look for them.
With a closed list a new tag is a decision.

## Example
```yaml file="vaultlint.yaml"
vocabularies:
  tags: {terms: [project, reading], nested: true}
rules:
  unknown-tag: {vocabulary: tags}
```

```md file="a.md"
A #projct and a #project/garden.
  ^^^^^^^ unknown-tag
```

## Use instead
```md file="a.md"
A #project and a #project/garden.
```

## Fix safety
An alias, and a deprecated tag with a replacement: safe. The most similar tag: unsafe. In a list that
has the right tag already, the wrong one is taken out. A tag that differs only by case belongs to
`tag-form`.

## Options
- `vocabulary`: the name of the tag vocabulary. Without one the rule does nothing.
- `body`, `properties`: whether tags in the text, and in the `tags` property, are looked at.

With `nested: true` in the vocabulary a tag is known when its beginning is: `project/garden`.

## Source
The help vault, Tags, Nested tags.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from vaultlint.check import Advice, Check, Fix, Found, Note, Severity, VaultView, option
from vaultlint.checks._tags import retag
from vaultlint.checks._vocabulary import MESSAGES, advice, corrected, judge
from vaultlint.options import VocabularyName


@dataclass(frozen=True, slots=True)
class Options:
    """Which vocabulary, and which tags."""

    vocabulary: VocabularyName = option(
        "", "name of the tag vocabulary; nothing is checked without one", binds="tags"
    )
    body: bool = option(True, "look at the tags in the text")
    properties: bool = option(True, "look at the tags property")


def find(note: Note, vault: VaultView, options: Options) -> Iterator[Found]:
    """Yield one finding for each tag that is unknown, an alias or deprecated."""
    if not options.vocabulary:
        return
    vocabulary = vault.vocabulary(options.vocabulary)
    for tag in note.tags:
        if not (options.properties if tag.key else options.body):
            continue
        problem = judge(tag.name.rstrip("/"), vocabulary)
        if problem is not None and problem["kind"] != "form":
            yield Found(tag.span, problem, message=MESSAGES[str(problem["kind"])])


def explain(found: Found, note: Note, vault: VaultView, options: Options) -> Advice:
    """Return the tag that was probably meant."""
    del note, options
    return Advice(advice(found, vault))


def repair(found: Found, note: Note, vault: VaultView, options: Options) -> Fix | None:
    """Return the fix that writes the listed tag."""
    del options
    return corrected(found, vault, partial(retag, note, found.span))


CHECK = Check(
    id="unknown-tag",
    find=find,
    explain=explain,
    repair=repair,
    message=MESSAGES["unknown"],
    severity=Severity.ERROR,
    reads=frozenset({"tags"}),
    options=Options,
    changes=frozenset({"tags"}),
    since="0.1",
)
