#!/usr/bin/env bash
# Installs vaultlint from the action's own checkout into an environment of its own.
#
# Reads VAULTLINT_PYTHON (a Python 3.11 or later) and what the runner sets; tells the next step which
# Python has vaultlint. Tests: tests/test_action.py
set -euo pipefail

folder="$RUNNER_TEMP/vaultlint/environment"
"$VAULTLINT_PYTHON" -m venv "$folder"
python="$folder/bin/python"
if [ ! -e "$python" ]; then
  python="$folder/Scripts/python.exe" # on Windows
fi
"$python" -m pip install --quiet --disable-pip-version-check "$GITHUB_ACTION_PATH"
printf 'python=%s\n' "$python" >> "$GITHUB_OUTPUT"
