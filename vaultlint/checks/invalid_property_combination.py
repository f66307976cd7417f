"""Properties that are each allowed do not go together.

## Why
A schema can say more than what each property may be: a finished book has an end date, a paper has
either a DOI or a URL. A note that breaks such a rule is wrong as a whole.

## Example
```yaml file="vaultlint.yaml"
schemas:
  - {paths: ["books/**"], schema: book.json}
```

```json file="book.json"
{"anyOf": [{"required": ["isbn"]}, {"required": ["doi"]}]}
```

```md file="books/Dune.md"
---
^^^ invalid-property-combination
author: Frank Herbert
---
```

## Use instead
```md file="books/Dune.md"
---
author: Frank Herbert
isbn: "9780441013593"
---
```

## Fix safety
There is no fix: only a person knows which of the properties is wrong.

## Options
None. The schemas of `vaultlint.yaml` decide. `x-vaultlint: {severity, message, suggest}` beside the
keyword lowers the severity, replaces the message, adds advice.

## Source
JSON Schema 2020-12, Core, section 10.2 (`anyOf`, `oneOf`, `not`, `if`, `dependentSchemas`).
"""

from collections.abc import Iterator

from vaultlint.check import Advice, Check, Found, NoOptions, Note, Severity, VaultView
from vaultlint.checks import _schema
from vaultlint.checks._properties import key_span, opening_fence


def find(note: Note, vault: VaultView, options: NoOptions) -> Iterator[Found]:
    """Yield one finding for each broken combination, at the mapping that it is about."""
    del options
    for violation in _schema.violations(note, vault, "combination"):
        where = violation.pointer
        span = key_span(note, where) if where else opening_fence(note)
        subject = "" if violation.property else "the set of properties "
        problem = subject + violation.problem
        yield _schema.found(violation, span, problem=problem, about=problem)


def explain(found: Found, note: Note, vault: VaultView, options: NoOptions) -> Advice:
    """Return the advice of the schema, if it gives any."""
    del options
    violation = _schema.origin(found, note, vault, "combination")
    return Advice("" if violation is None else violation.suggest or "")


CHECK = Check(
    id="invalid-property-combination",
    find=find,
    explain=explain,
    message="{problem}",
    severity=Severity.ERROR,
    since="0.1",
)
