"""A property has been given up in favor of another.

## Why
Obsidian 1.9 stopped reading `tag`, `alias` and `cssclass`: what they hold has no effect any more.
A schema can say the same of a vault's own names.

## Example
```md file="a.md"
---
alias: Arrakis
^^^^^ deprecated-property => 'aliases'
---
```

## Use instead
```md file="a.md"
---
aliases: Arrakis
---
```

## Fix safety
Safe: the property is renamed. There is no fix when the note already has the new one, or when the
value would mean something else there (`tag: a, b` held two tags). When a schema minds the value
under the new name, the fix is only shown.

## Options
None. A schema marks a property with `deprecated: true`; one word in `x-vaultlint: {suggest: ...}`
names the new property, several are advice.

## Source
Release notes of Obsidian 1.9.0; JSON Schema 2020-12, Validation, section 9.3 (`deprecated`).
"""

from collections.abc import Iterator

from vaultlint.check import Advice, Check, Fix, Found, NoOptions, Note, Safety, Severity, VaultView
from vaultlint.checks import _schema
from vaultlint.checks._properties import key_span, named, pointer, rewrite

_OBSIDIAN = {"tag": "tags", "alias": "aliases", "cssclass": "cssclasses"}


def find(note: Note, vault: VaultView, options: NoOptions) -> Iterator[Found]:
    """Yield one finding for each deprecated property, at its key."""
    del options
    for name, new, by in _deprecated(note, vault):
        span = key_span(note, pointer(name))
        yield Found(span, {"property": name, "replacement": new, "by": by})


def _deprecated(note: Note, vault: VaultView) -> Iterator[tuple[str, str | None, str]]:
    """Yield name, replacement and who says so of each deprecated property."""
    replaced: dict[str, str | None] = {}
    for validator in vault.validators() if note.properties else ():
        replaced.update(validator.deprecated())
    for name in note.properties:
        if name in replaced:
            yield name, replaced[name], "the schema"
        elif (folded := name.lower()) in _OBSIDIAN:
            yield name, _OBSIDIAN[folded], "Obsidian since 1.9"


def explain(found: Found, note: Note, vault: VaultView, options: NoOptions) -> Advice:
    """Return the property to use instead."""
    del vault, options
    new = found.data["replacement"]
    if not new:
        return Advice("remove it")
    if not _is_name(str(new)):
        return Advice(str(new))
    if named(note.properties, str(new)) is not None:
        return Advice(f"move its value to {new!r}, which the note has too")
    return Advice(f"use {new!r} instead")


def repair(found: Found, note: Note, vault: VaultView, options: NoOptions) -> Fix | None:
    """Return the fix that renames the property."""
    del options
    new = str(found.data["replacement"] or "")
    old = str(found.data["property"])
    if not _is_name(new) or named(note.properties, new) is not None:
        return None
    if _first_of(new, note, vault) != old:
        return None  # two properties cannot both get the name
    value = note.properties.get(old)
    if old.lower() in _OBSIDIAN and isinstance(value, str) and {",", " "} & set(value.strip()):
        return None
    fits = _schema.accepts(note, vault, pointer(new), value)
    safety = Safety.SAFE if fits else Safety.MANUAL
    return rewrite(note, found.span, new, f"Rename to {new!r}", safety)


def _first_of(new: str, note: Note, vault: VaultView) -> str | None:
    """Return the first property of ``note`` that is to be called ``new``."""
    return next((name for name, other, _ in _deprecated(note, vault) if other == new), None)


def _is_name(advice: str) -> bool:
    """Return whether what the schema advises is one word, and so the name of a property."""
    return bool(advice) and not any(char.isspace() for char in advice)


CHECK = Check(
    id="deprecated-property",
    find=find,
    explain=explain,
    repair=repair,
    message="property {property!r} is deprecated by {by}",
    severity=Severity.WARNING,
    reads=frozenset({"frontmatter"}),
    changes=frozenset({"links", "properties", "tags"}),
    since="0.1",
)
