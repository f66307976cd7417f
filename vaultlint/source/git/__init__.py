"""What git knows of a vault: its index and its commits as sources, and what changed between them.

``repository`` asks git, ``source`` shows an index or a tree as the files of a vault, ``diff`` tells
renames and changed lines.

Invariant: git is asked in ways that run no program of the repository's (no hook, monitor, pager,
external diff or text conversion) and take no lock; a name that a person typed never becomes an
option. Contents are those that git keeps, before any filter or line-end conversion of a checkout.

Tests: tests/unit/source/git/
"""
