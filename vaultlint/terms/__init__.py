"""Plain objects made from config and handed to checks: they know no files and no YAML.

Tests: tests/unit/terms/
"""

from vaultlint.terms.citation import CitationTemplate, ParsedCitation
from vaultlint.terms.pattern import Pattern
from vaultlint.terms.validator import SchemaViolation, Validator
from vaultlint.terms.vocabulary import Term, Vocabulary

__all__ = [
    "CitationTemplate",
    "ParsedCitation",
    "Pattern",
    "SchemaViolation",
    "Term",
    "Validator",
    "Vocabulary",
]
