"""``vaultlint explain``: the page of a rule.

Tests: tests/unit/cli/test_rules.py, tests/cli/explain-*.txt
"""

from pathlib import Path
from typing import Any

import click

from vaultlint.check import Check
from vaultlint.checks import check_ids, load_check
from vaultlint.checks._docs import check_doc
from vaultlint.cli.failure import CLEAN
from vaultlint.cli.options import Asked, config_options
from vaultlint.cli.output import emit, paint
from vaultlint.cli.place import locate
from vaultlint.config.ruleset import Config
from vaultlint.errors import UsageError, VaultlintError
from vaultlint.report.rule_page import RulePage, terminal
from vaultlint.report.terminal import safe

SITE_FOLDER = "vaultlint-rules"


@click.command(name="explain")
@click.argument("rule", required=False)
@click.option("--html", is_flag=True, help="Write the pages of all rules as a small site.")
@click.option(
    "-o",
    "--output",
    metavar="FOLDER",
    help=f"With --html: the folder to write to [default: {SITE_FOLDER}].",
)
@config_options
def command(
    *, rule: str | None, html: bool, output: str | None, vault: str | None, **asked: Any
) -> int:
    """Say why RULE exists, with examples, options and sources.

    A rule of the vault's own is explained by the check that it uses. --html writes the
    documentation of all rules that vaultlint brings, to look at in a browser.
    """
    if html == (rule is not None) or (output is not None and not html):
        raise UsageError("name one RULE, or take --html (with -o FOLDER) for all")
    if rule is None:
        from vaultlint.cli.explain_site import write_site

        folder = Path(output or SITE_FOLDER).expanduser()
        pages = write_site(folder, locate((), vault), map(rule_page, map(load_check, check_ids())))
        emit([f"Wrote {pages} pages; begin with {safe(str(folder / 'index.html'))}.\n"])
        return CLEAN
    check = load_check(rule) if rule in check_ids() else _own_rule(rule, vault, Asked(**asked))
    emit([terminal(_page_as(rule, check), paint())])
    return CLEAN


def page_of(rule: str, config: Config) -> RulePage | None:
    """Return the page of a rule of ``config``, None for a name that no rule has."""
    try:
        return _page_as(rule, config.check_of(rule))
    except KeyError:
        return None


def rule_page(check: Check) -> RulePage:
    """Return the page of a check's default rule."""
    doc = check_doc(check.id)
    return RulePage(
        id=check.id,
        summary=doc.summary,
        sections=doc.sections,
        severity=check.severity.label if check.severity else None,
        since=check.since,
        fixable=check.repair is not None,
        options=check.options,
    )


def _page_as(rule: str, check: Check) -> RulePage:
    """Return the page of ``check`` as it is for ``rule``, which may be one of the vault's own."""
    page = rule_page(check)
    if rule == check.id:
        return page
    note = f"A rule of this vault or of its packs, made with the check {check.id}."
    return page._replace(id=rule, note=note)


def _own_rule(rule: str, vault: str | None, asked: Asked) -> Check:
    """Return the check of a rule that the vault's config or a pack defines. Raises UsageError."""
    from vaultlint.cli.opening import open_config

    place = locate((), vault)
    try:
        _, config = open_config(place, asked)
        return config.check_of(rule)
    except KeyError:
        known = config.rule_ids()
    except VaultlintError:
        known = check_ids()  # the config is broken; that is not what was asked
    raise UsageError(f"unknown rule {rule!r}{_did_you_mean(rule, known)}")


def _did_you_mean(rule: str, known: tuple[str, ...]) -> str:
    from vaultlint.terms.nearest import nearest

    found = nearest(rule, known)
    return f"; did you mean {found!r}?" if found else "; 'vaultlint rules' lists them all"
