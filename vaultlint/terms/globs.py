"""Globs over vault-relative paths: the one implementation, compiled to linear-time patterns.

``*`` and ``?`` stay within one level, ``**`` spans levels, ``[ab]`` and ``{a,b}`` choose. A glob
is matched against the whole path from the vault's root; if its last part has no wildcard, it also
matches everything below the folder it names.

Tests: tests/unit/terms/test_globs.py, tests/properties/test_globs.py
"""


class Globs:
    """Several globs, compiled as one. Raises ConfigError for a glob that cannot be meant."""

    def __init__(self, globs: tuple[str, ...]) -> None:
        self.globs = globs
        raise NotImplementedError

    def match(self, path: str) -> bool:
        """Return whether any of the globs matches ``path``."""
        raise NotImplementedError
