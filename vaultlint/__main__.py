"""The program's way in: ``python -m vaultlint``, and the installed command.

Invariant: nothing is imported before an interrupt is provided for, so Ctrl-C never shows where in
an import it came. A run that gets no more memory ends as one with an error inside.

Tests: tests/unit/cli/test_check.py, tests/test_hostile.py
"""

import os
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the program and exit with its code."""
    try:
        from vaultlint.cli.main import main as program

        program()
    except KeyboardInterrupt:
        sys.exit(130)
    except (MemoryError, SystemError):  # the latter where CPython fails to say the former
        os.write(2, b"vaultlint: there is not enough memory for this vault; nothing was decided\n")
        os._exit(3)


if __name__ == "__main__":  # a worker process imports this module under another name
    main()
