"""The program's way in: ``python -m vaultlint``, and the installed command.

Invariant: nothing is imported before an interrupt is provided for, so Ctrl-C never shows where in
an import it came.

Tests: tests/unit/cli/test_check.py
"""

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the program and exit with its code."""
    try:
        from vaultlint.cli.main import main as program
    except KeyboardInterrupt:
        sys.exit(130)
    program()


if __name__ == "__main__":  # a worker process imports this module under another name
    main()
