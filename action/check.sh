#!/usr/bin/env bash
# Checks the vault: annotations on stdout, a report in SARIF, a summary on the page of the job.
#
# Reads VAULTLINT_* from the inputs of the action and what the runner sets. Every input is one word of the
# command line, whatever it holds; the exit code is that of vaultlint. Tests: tests/test_action.py
set -euo pipefail

folder="$RUNNER_TEMP/vaultlint"
mkdir -p "$folder/cache"
export XDG_CACHE_HOME="$folder/cache"

arguments=(
  --format github
  --output "sarif:$folder/report.sarif"
  --output "markdown:$folder/summary.md"
  "--fail-on=${VAULTLINT_FAIL_ON:-error}"
)
if [ -n "${VAULTLINT_CHANGED_SINCE:-}" ]; then
  arguments+=("--changed-since=$VAULTLINT_CHANGED_SINCE")
fi
if [ -n "${VAULTLINT_RATCHET:-}" ]; then
  arguments+=("--ratchet=$VAULTLINT_RATCHET")
fi
while IFS= read -r line; do
  line="${line%$'\r'}"
  if [ -n "$line" ]; then
    arguments+=("$line")
  fi
done <<< "${VAULTLINT_ARGUMENTS:-}"

rm -f "$folder/report.sarif" "$folder/summary.md"
code=0
"$VAULTLINT_PYTHON" -m vaultlint check "${arguments[@]}" -- "${VAULTLINT_PATH:-.}" || code=$?

printf 'exit-code=%s\n' "$code" >> "$GITHUB_OUTPUT"
if [ -e "$folder/report.sarif" ]; then
  printf 'sarif=%s\n' "$folder/report.sarif" >> "$GITHUB_OUTPUT"
fi
if [ -e "$folder/summary.md" ]; then
  cat "$folder/summary.md" >> "$GITHUB_STEP_SUMMARY"
fi
exit "$code"
