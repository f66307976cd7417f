"""``vaultlint-dev``: generated files, and the skeleton of a new check.

Tests: tests/test_docs.py, tests/unit/devtools/
"""

from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[2]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Tools for people who work on vaultlint, run in a checkout."""


@main.command(name="generate")
@click.option("--check", is_flag=True, help="Write nothing; fail if a file is out of date.")
def generate_command(*, check: bool) -> None:
    """Write docs/rules and schemas/tool from the checks and the models."""
    from vaultlint.devtools.generate import stale, write

    changed = stale(ROOT)
    for path in changed:
        click.echo(f"{'out of date' if check else 'written'}: {path}")
    if check and changed:
        raise click.ClickException("run 'vaultlint-dev generate' and commit what it writes")
    write(ROOT, changed)


@main.command(name="new-check")
@click.argument("check_id", metavar="ID")
def new_check_command(*, check_id: str) -> None:
    """Write the skeleton of the check ID and of its spec."""
    from vaultlint.devtools.new_check import create

    try:
        created = create(ROOT, check_id)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    for path in created:
        click.echo(f"written: {path.relative_to(ROOT).as_posix()}")
