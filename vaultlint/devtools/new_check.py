"""The skeleton of a check and its spec, with gaps where the author has to think.

Tests: tests/unit/devtools/test_new_check.py
"""

import re
from pathlib import Path

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")

_CHECK = '''"""SUMMARY, one line without a rule id.

## Why
What breaks, or who stumbles.

## Example
```md file="a.md"
A note with the pattern.
^^^^^^ {id}
```

## Use instead
```md file="a.md"
A note without it.
```

## Fix safety
No fix, or how sure one is.

## Options
None.

## Source
Where Obsidian's behavior is documented.
"""

from collections.abc import Iterator

from vaultlint.check import Check, Found, NoOptions, Note, Severity, VaultView


def _find(note: Note, vault: VaultView, options: NoOptions) -> Iterator[Found]:
    yield from ()


CHECK = Check(
    id="{id}",
    find=_find,
    reads=frozenset(),
    severity=Severity.WARNING,
    message="what is wrong, naming {{values}} of Found.data",
    help="what to do",
    since="{since}",
)
'''

_SPEC = """# {id}

What the rule finds, in one paragraph.

## Found

```md file="a.md"
A note with the pattern.
^^^^^^ {id}
```

## Not found: the usual case

```md file="a.md"
A note without it.
```

## Not found: what only looks like it

```md file="a.md"
Another note without it.
```

## Text that is not ASCII

```md file="a.md"
日本語 A note with the pattern.
```
"""


def create(root: Path, check_id: str) -> tuple[Path, Path]:
    """Write the check and the spec of ``check_id`` below ``root``, and return both paths.

    Raises ValueError when the id is not a slug or is taken.
    """
    if _ID.fullmatch(check_id) is None:
        raise ValueError(f"{check_id!r} is not a slug such as 'broken-link'")
    check = root / "vaultlint" / "checks" / f"{check_id.replace('-', '_')}.py"
    spec = root / "tests" / "specs" / f"{check_id}.md"
    for path in (check, spec):
        if path.exists():
            raise ValueError(f"{path.name} is there already")
    from vaultlint import __version__

    since = ".".join(__version__.split(".")[:2])
    check.write_text(_CHECK.format(id=check_id, since=since), encoding="utf-8", newline="\n")
    spec.write_text(_SPEC.format(id=check_id), encoding="utf-8", newline="\n")
    return check, spec
