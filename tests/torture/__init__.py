"""The writer against rival editors, crashes and failing systems.

Short forms run with every ``pytest``; ``VAULTLINT_LONG=1 pytest tests/torture -s`` runs the long
ones and prints their figures. Each harness also runs against writers that are known to lose saves,
and fails if it does not catch them.
"""
