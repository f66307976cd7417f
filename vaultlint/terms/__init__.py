"""Plain objects made from config and handed to checks: they know no files and no YAML.

Tests: tests/unit/terms/
"""

from vaultlint.terms.citation import CitationTemplate, ParsedCitation
from vaultlint.terms.globs import Globs
from vaultlint.terms.nearest import nearest
from vaultlint.terms.pattern import Pattern
from vaultlint.terms.validator import SchemaViolation, Validator
from vaultlint.terms.vocabulary import Term, TermMatch, Vocabulary

__all__ = [
    "CitationTemplate",
    "Globs",
    "ParsedCitation",
    "Pattern",
    "SchemaViolation",
    "Term",
    "TermMatch",
    "Validator",
    "Vocabulary",
    "nearest",
]
