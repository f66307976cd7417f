"""Note lacks a link that notes of its kind must have.

## Why
A note that should hang under an index, or name its project, is not found from there without it.

## Example

```yaml file="vaultlint.yaml"
rules:
  required-link:
    severity: warning
    to: ["maps/**"]
```

```md file="Topic.md"
^0 required-link
A thought.
```

```md file="maps/Home.md"
[[Topic]]
```

## Use instead

```md file="Topic.md"
A thought. Up: [[Home]]
```

## Fix safety
No fix: which of the notes to link is for a person to say.

## Options
- `to`: globs of files; the note must link to one of them. The files themselves are exempt.
- `minimum`: how many different ones.

## Source
A convention of the vault.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from vaultlint.check import Check, Found, Note, Span, VaultView, option
from vaultlint.checks._paths import Glob, matcher
from vaultlint.checks._templates import is_template


@dataclass(frozen=True, slots=True)
class Options:
    """Options of required-link."""

    to: tuple[Glob, ...] = option(
        (), "Globs of files; the note must link to one of them.", needed=True
    )
    minimum: int = option(1, "How many different ones.")


def _find(note: Note, vault: VaultView, options: Options) -> Iterator[Found]:
    if not options.to or not note.parsed or is_template(note, vault):
        return
    wanted = matcher(options.to)
    if wanted.match(note.id):
        return
    links = (link for link in note.links if link.kind != "reference")
    opened = {file for link in links for file in vault.resolve(link).candidates}
    count = sum(map(wanted.match, opened))
    if count < options.minimum:
        data = {"to": options.to, "count": count, "minimum": options.minimum}
        yield Found(Span(0, 0), data)


CHECK = Check(
    id="required-link",
    find=_find,
    options=Options,
    severity=None,
    message="links to {to}: {count} of at least {minimum}",
    help="add the link, in the text or in a property",
    since="0.1",
)
