"""What is asked of the configuration from outside of the vault.

Apart from what answers it, so that asking costs no import of rules.

Tests: tests/unit/config/test_load.py, tests/unit/cli/test_options.py
"""

from pathlib import Path
from typing import NamedTuple

from vaultlint.note.model import NoteId

BASELINE_FILE = "vaultlint-baseline.json"
"""The known findings of a vault, beside its config: no attachment that somebody has to link to."""


class ConfigRequest(NamedTuple):
    """What the command line asks of the configuration.

    ``config``: None looks for ``vaultlint.yaml`` at the vault's root; a string is a path inside
    the vault, read through its Source; a Path is a file anywhere that the user named.
    ``packs`` come after those that the file extends. ``select`` leaves only these rules (and
    turns them on), ``ignore`` turns rules off. ``cache`` is a folder that may remember which
    inputs were valid; None remembers nothing.
    """

    config: NoteId | Path | None = None
    packs: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    cache: Path | None = None
