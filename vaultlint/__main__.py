"""``python -m vaultlint``: the same program as the installed command.

Tests: tests/unit/cli/test_check.py
"""

from vaultlint.cli.main import main

if __name__ == "__main__":  # a worker process imports this module under another name
    main()
