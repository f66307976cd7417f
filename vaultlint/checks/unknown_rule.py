"""A rule is named that does not exist.

## Why
A misspelled rule in the config is never switched on or off, and one in a suppression suppresses
nothing; both look as if they worked. In the config it is an error, because a run that checks less
than it was told to must not pass; in a note it is a warning.

## Example

```yaml file="vaultlint.yaml"
rules:
  broken-lnk: off
  ^^^^^^^^^^ unknown-rule => did you mean "broken-link"?
```

```md file="a.md"
---
vaultlint: {ignore: [broken-lnk]}
                     ^^^^^^^^^^ unknown-rule
---
```

## Use instead

```yaml file="vaultlint.yaml"
rules:
  broken-link: off
```

```md file="a.md"
---
vaultlint: {ignore: [broken-link]}
---
```

## Fix safety
UNSAFE: in a suppression, the rule with the most similar name. In the config it is only shown.

## Options
None. The rules of packs and those that the config defines itself are known.

## Source
vaultlint's own; `vaultlint rules` lists the rules.
"""

from collections.abc import Iterator

from vaultlint.check import Advice, Check, Fix, Found, Note, Safety, Severity, VaultView
from vaultlint.checks._edits import one_edit
from vaultlint.terms.nearest import nearest

_HELP = "`vaultlint rules` lists the rules"


def _find(note: Note, vault: VaultView, _options: object) -> Iterator[Found]:
    for problem in note.problems:
        if problem.code == "unknown-rule":
            yield Found(problem.span, {"rule": problem.message})
    if note.ignores:
        known = vault.rule_ids()
        for ignore in note.ignores:
            for rule, span in ignore.rules:
                if rule not in known:
                    yield Found(span, {"rule": rule}, Severity.WARNING)


def _explain(found: Found, _note: Note, vault: VaultView, _options: object) -> Advice:
    meant = nearest(found.data["rule"], sorted(vault.rule_ids()))
    return Advice(f'did you mean "{meant}"?' if meant else _HELP)


def _repair(found: Found, note: Note, vault: VaultView, _options: object) -> Fix | None:
    meant = nearest(found.data["rule"], sorted(vault.rule_ids()))
    if meant is None:
        return None
    in_note = any(found.span == span for ignore in note.ignores for _, span in ignore.rules)
    safety = Safety.UNSAFE if in_note else Safety.MANUAL
    written = found.span.of(note.text)
    text = written.replace(str(found.data["rule"]), meant, 1)
    return None if text == written else one_edit(f"Write {meant!r}", safety, note, found.span, text)


CHECK = Check(
    id="unknown-rule",
    find=_find,
    explain=_explain,
    repair=_repair,
    message='there is no rule "{rule}"',
    help=_HELP,
    severity=Severity.ERROR,
    reads=frozenset({"ignores", "problems"}),
    files=frozenset({"note", "config"}),
    changes=frozenset({"comments", "properties"}),
    since="0.1",
)
