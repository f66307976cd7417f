"""Alias is also the name or an alias of another note.

## Why
In the quick switcher and in link suggestions both notes are offered under one name. A link to the
alias that Obsidian completes may go to either, and the name of a note always wins.

## Example

```md file="Robert Miller.md"
---
aliases: [Bob]
          ^^^ alias-conflict
---
```

```md file="Bob.md"
Another Bob.
```

## Use instead

```md file="Robert Miller.md"
---
aliases: [Bob Miller]
---
```

## Fix safety
No fix: only a person knows which note should have the name.

## Options
None. An alias that repeats the name of its own note is harmless and not reported.

## Source
Obsidian help, Aliases.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from vaultlint.check import Advice, Check, Found, Note, Position, Related, VaultView
from vaultlint.note.model import NoteId
from vaultlint.vault.keys import is_markdown

_MOST_RELATED = 5


def _find(note: Note, vault: VaultView, _options: object) -> Iterator[Found]:
    for alias in note.aliases:
        names = (file for file in vault.named(alias.text) if is_markdown(file))
        named = _others(note, names)
        others = _others(note, chain(named, vault.aliased(alias.text)))
        if others:
            what = "the name" if named else "an alias"
            data = {"alias": alias.text, "what": what, "others": others}
            yield Found(alias.span, {**data, "other": others[0]})


def _others(note: Note, files: Iterable[NoteId]) -> list[NoteId]:
    """Return the first few of ``files``, the note itself left out; each once."""
    first = islice((file for file in files if file != note.id), 2 * _MOST_RELATED)
    return list(dict.fromkeys(first))[:_MOST_RELATED]


def _explain(found: Found, _note: Note, _vault: VaultView, _options: object) -> Advice:
    others = map(str, found.data["others"])
    related = tuple(Related(other, Position(1, 1), "is also called so") for other in others)
    return Advice("give one of the notes another alias", related)


CHECK = Check(
    id="alias-conflict",
    find=_find,
    explain=_explain,
    reads=frozenset({"aliases"}),
    severity=None,
    message='"{alias}" is also {what} of {other}',
    since="0.1",
)
