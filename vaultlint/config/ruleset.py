"""The resolved configuration: which rules run on which path, with which options.

Invariant: nothing here knows YAML or pydantic; a Config is plain data, made once by load. What a
layer says of a rule is a Setting; a Rule is the fold of the settings that apply to a path.

Tests: tests/unit/config/test_ruleset.py
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from vaultlint.check import Check
from vaultlint.diagnostics import Severity
from vaultlint.note.model import NoteId
from vaultlint.terms import Validator, Vocabulary
from vaultlint.text import Position, Span


class Rule(NamedTuple):
    """A check with an id, a severity and options: what users meet."""

    id: str
    check: Check
    severity: Severity
    options: Any
    message: str | None = None
    layer: str = "default"


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


class ConfiguredGlob(NamedTuple):
    """One glob of the vault's config file and where it stands there (code points)."""

    glob: str
    file: NoteId
    span: Span


class UnknownRule(NamedTuple):
    """A rule id that no check and no rule of the user's own has; ``file`` names it at ``span``."""

    id: str
    file: NoteId
    span: Span
    suggestion: str | None


class Layer(NamedTuple):
    """What one layer decided about a rule: "vaultlint.yaml" at 12:3 said "severity error"."""

    name: str
    file: str | None
    position: Position | None
    decided: str


class Config:
    """The rules, schemas and vocabularies of one vault."""

    path: NoteId | None
    """The config file, None when the vault has none."""
    inputs: frozenset[NoteId]
    """Every file of the vault that this config was made from, or would be if it existed."""
    vocabularies: Mapping[str, Vocabulary]
    vocabulary_files: Mapping[NoteId, tuple[str, ...]]
    """Each file of the vault that lists terms, with the names of its vocabularies."""
    bindings: Mapping[str, str]
    """Property name -> name of the vocabulary its values come from."""
    globs: tuple[ConfiguredGlob, ...]
    """The globs of the config file (not of packs), in the order of the file."""
    unknown_rules: tuple[UnknownRule, ...]

    def rules_for(self, file: NoteId) -> tuple[Rule, ...]:
        """Return the rules that are on for ``file``, sorted by id. Equal answers are identical."""
        raise NotImplementedError

    def rule_ids(self) -> tuple[str, ...]:
        """Return the ids of all rules, off or on, those of the user's own too, sorted."""
        raise NotImplementedError

    def checked(self, file: NoteId) -> bool:
        """Return whether ``include`` and ``exclude`` leave ``file`` to be checked."""
        raise NotImplementedError

    def validators_for(self, file: NoteId) -> tuple[Validator, ...]:
        """Return the schemas that apply to ``file``. Equal answers are identical."""
        raise NotImplementedError

    def why(self, rule_id: str, file: NoteId) -> tuple[Layer, ...]:
        """Return what each layer decided about ``rule_id`` for ``file``; the last one won.

        Raises KeyError for an id that no rule has.
        """
        raise NotImplementedError
