"""The properties cannot be read.

## Why
One mistake in the YAML costs the note all of its properties: Obsidian shows an error in their
place, and tags, aliases and links in them are gone from search, graph and bases.

## Example
```md file="a.md"
---
title: Dune: the first book
created: 2024-03-01
---
```

## Use instead
```md file="a.md"
---
title: "Dune: the first book"
created: 2024-03-01
---
```

## Fix safety
There is no fix: what was meant is for a person to say.

## Options
None. A mistake that Obsidian's reader may forgive is a warning, whatever the severity.

## Source
YAML 1.2, as the library `yaml` 2.7.0 reads it, which Obsidian ships; the help vault, Properties.
"""

from collections.abc import Iterator

from vaultlint.check import Advice, Check, Found, NoOptions, Note, Severity, VaultView
from vaultlint.checks._properties import is_placeholder

_SEVERITY = {
    "frontmatter-syntax": Severity.ERROR,
    "frontmatter-shape": Severity.WARNING,
    "frontmatter-not-first": Severity.WARNING,
    "spaced-fence": Severity.WARNING,
    "property-case": Severity.WARNING,
    "unclosed-frontmatter": Severity.WARNING,
    "yaml-dialect": Severity.WARNING,
}
_COST = "Obsidian reads none of this note's properties until this is corrected"


def find(note: Note, vault: VaultView, options: NoOptions) -> Iterator[Found]:
    """Yield each problem of the property block at its place."""
    del options
    for problem in note.problems:
        severity = _SEVERITY.get(problem.code)
        if severity is not None and not _filled_in_later(note, vault):
            yield Found(problem.span, {"problem": problem.message}, at_most=severity)


def _filled_in_later(note: Note, vault: VaultView) -> bool:
    """Return whether variables of a template stand in the properties: YAML only when filled in."""
    return note.frontmatter is not None and is_placeholder(note, vault, note.frontmatter.yaml)


def explain(found: Found, note: Note, vault: VaultView, options: NoOptions) -> Advice:
    """Return what to do about the mistake, and what it costs."""
    del vault, options
    for problem in note.problems:
        if (problem.span, problem.message) == (found.span, found.data["problem"]):
            cost = _COST if problem.code == "frontmatter-syntax" else ""
            return Advice("; ".join(part for part in (problem.hint, cost) if part))
    return Advice(_COST)


CHECK = Check(
    id="frontmatter-syntax",
    find=find,
    explain=explain,
    message="{problem}",
    severity=Severity.ERROR,
    reads=frozenset({"problems"}),
    since="0.1",
)
