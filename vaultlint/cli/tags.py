"""``vaultlint tags``: what can be done to tags across the vault.

Tests: tests/unit/cli/test_tags.py
"""

from typing import Any

import click

from vaultlint.cli.failure import CLEAN, FINDINGS
from vaultlint.cli.fix_options import Fixing, write_options
from vaultlint.cli.opening import open_session
from vaultlint.cli.option_group import take
from vaultlint.cli.options import Asked, config_options
from vaultlint.cli.output import emit
from vaultlint.cli.place import locate


@click.group(name="tags")
def command() -> None:
    """Change tags in the whole vault at once."""


@command.command(name="rename")
@click.argument("old")
@click.argument("new")
@config_options
@write_options
def rename(*, old: str, new: str, vault: str | None, **asked: Any) -> int:
    """Rename the tag OLD to NEW in notes, in properties, and in the vocabulary that lists it.

    Nested tags go with it (OLD/x becomes NEW/x). All of it is done, or nothing.

    Exit codes: 0 renamed (or shown), 1 nothing was renamed, 2 wrong usage or configuration.
    """
    from vaultlint.cli.fixing import carry_out
    from vaultlint.fixing.plan import plan_one
    from vaultlint.fixing.rename import rename_tag

    fixing = take(Fixing, asked)
    place = locate((), vault)
    session = open_session(place, Asked(**asked))
    session.apply()
    renaming = rename_tag(session, old, new)
    plan = plan_one(session, renaming.proposal)
    if plan.after:
        plan = plan._replace(notices=(*plan.notices, *renaming.left))
    fixes = carry_out(plan, session, place, fixing, f"tags rename {old} {new}")
    if fixes.preview:
        return CLEAN if plan.after else FINDINGS
    if not fixes.files:
        return FINDINGS
    noun = "file" if fixes.files == 1 else "files"
    emit([f"Renamed the tag in {fixes.files} {noun}; `vaultlint undo` takes that back.\n"])
    return CLEAN
