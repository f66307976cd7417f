"""Fixing from the command line: plan, then preview or write.

Invariant: a preview writes nothing; a diff on a terminal or in a log holds no control characters
but tabs and line ends.

Tests: tests/unit/cli/test_fix.py, tests/cli/fix.txt
"""

import sys
from collections.abc import Iterable, Iterator

from vaultlint.cli.diffs import printable
from vaultlint.cli.failure import complain
from vaultlint.cli.fix_options import Fixes, Fixing
from vaultlint.cli.output import emit, paint
from vaultlint.cli.place import Place
from vaultlint.cli.work import Work
from vaultlint.diagnostics import Notice
from vaultlint.engine.session import Change, Session
from vaultlint.fixing.apply import apply_plan
from vaultlint.fixing.diff import unified
from vaultlint.fixing.extent import without_large
from vaultlint.fixing.plan import Plan, plan_fixes
from vaultlint.fixing.write import Writer
from vaultlint.paths import vault_paths
from vaultlint.report.terminal import without_commands


def fix_findings(work: Work, fixing: Fixing, *, aside: bool) -> Fixes:
    """Fix what was found of what is asked for, or show the diff (``aside``: on stderr)."""
    plan = plan_fixes(work.session, fixing.least, work.may_fix, wanted=work.concerns)
    plan = plan._replace(notices=plan.notices + work.left_alone(fixing.least))
    command = "check --fix" + " --unsafe-fixes" * fixing.unsafe_fixes
    fixes = carry_out(plan, work.session, work.place, fixing, command, aside=aside)
    if not fixes.files or work.written_is_staged:
        return fixes
    complain("what was fixed is not staged: look at it, 'git add' it, and commit again")
    return fixes._replace(unfinished=True)


def carry_out(
    plan: Plan, session: Session, place: Place, fixing: Fixing, command: str, *, aside: bool = False
) -> Fixes:
    """Write ``plan`` if ``fixing`` lets it, else show it; say on stderr what was not fixed."""
    if fixing.diff or fixing.withheld:
        notices = plan.notices if fixing.yes else without_large(plan).notices
        _show(plan, aside=aside)
        tell(notices)
        _say_unwritten(plan, withheld=fixing.withheld)
        unfinished = fixing.withheld and bool(plan.after)
        return Fixes(notices=notices, preview=fixing.diff, unfinished=unfinished)
    return _write(plan, session, place, fixing, command)


def _write(plan: Plan, session: Session, place: Place, fixing: Fixing, command: str) -> Fixes:
    applied = apply_plan(plan, writer_of(place, fixing), command, large=fixing.yes)
    if plan.after:
        session.apply(Change(file) for file in plan.after)
    tell(applied.notices)
    return Fixes(applied.fixed, len(applied.files), applied.notices)


def writer_of(place: Place, fixing: Fixing) -> Writer:
    """Return the writer for the vault at ``place``, as the options of the command ask for it."""
    return Writer(
        place.root,
        vault_paths(place.root).state,
        grace=fixing.seconds,
        without_exchange=fixing.without_exchange,
    )


def _show(plan: Plan, *, aside: bool) -> None:
    if not aside:
        emit(_diff(plan))
        return
    for part in _diff(plan):
        sys.stderr.write(without_commands(part))


def _diff(plan: Plan) -> Iterator[str]:
    style = paint()
    for file, after in plan.after.items():
        yield from printable(unified(file, plan.before[file], after), style)


def tell(notices: Iterable[Notice]) -> None:
    """Print on stderr what a person should know."""
    for notice in notices:
        rules = f"[{', '.join(notice.rules)}]" if notice.rules else ""
        complain(f"{notice.code}{rules} {notice.file}: {notice.message}")


def _say_unwritten(plan: Plan, *, withheld: bool) -> None:
    fixes, files = sum(plan.fixed().values()), len(plan.after)
    if not fixes:
        complain("there is nothing to fix")
        return
    told = (
        f"{fixes} {'fix' if fixes == 1 else 'fixes'} in {files} {'file' if files == 1 else 'files'}"
    )
    why = "nothing is written where CI is set, unless with --allow-ci-fix" if withheld else ""
    complain(f"{told}; {why or 'nothing was written'}")
