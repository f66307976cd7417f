"""A glob in the config matches no file.

## Why
An `include`, an override or a schema whose paths match nothing does nothing: after a folder was
renamed, its notes go unchecked and nobody notices.

## Example

```yaml file="vaultlint.yaml"
exclude: ["Drafts/**"]
          ^^^^^^^^^^^ unused-glob
```

```md file="drafts/a.md"
A draft.
```

## Use instead

```yaml file="vaultlint.yaml"
exclude: ["drafts/**"]
```

## Fix safety
No fix: only a person knows which files were meant.

## Options
None. The globs of packs are not looked at: a pack is written for many vaults.

## Source
vaultlint's own; globs are matched against the whole path from the vault's root, with regard to case.
"""

from collections.abc import Iterator

from vaultlint.check import Advice, Check, Found, Note, Severity, VaultView
from vaultlint.terms.nearest import nearest
from vaultlint.vault.keys import folder_of

_HELP = "correct the path, or remove the glob; * stays in one folder, ** spans folders"


def _find(note: Note, vault: VaultView, _options: object) -> Iterator[Found]:
    for problem in note.problems:
        if problem.code == "configured-glob" and not vault.matches(problem.message):
            yield Found(problem.span, {"glob": problem.message})


def _explain(found: Found, _note: Note, vault: VaultView, _options: object) -> Advice:
    """Name the folder that a glob below a folder was probably meant for."""
    glob = str(found.data["glob"])
    folder, _, rest = glob.rpartition("/")
    start = glob.partition("*")[0].rpartition("/")[0] if rest else folder
    folders = {folder_of(file) for file in vault.files()} - {""}
    meant = nearest(start, sorted(folders)) if start else None
    return Advice(f'did you mean the folder "{meant}"?' if meant and meant != start else _HELP)


CHECK = Check(
    id="unused-glob",
    find=_find,
    explain=_explain,
    message='no file of the vault matches "{glob}"',
    help=_HELP,
    severity=Severity.WARNING,
    reads=frozenset({"problems"}),
    files=frozenset({"config"}),
    since="0.1",
)
