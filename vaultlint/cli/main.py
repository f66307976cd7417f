"""The program: its commands, loaded when they are called, and what an error looks like.

Invariant: importing this module or asking for ``--help`` imports no command and no parser; an
error never shows a traceback unless VAULTLINT_DEBUG is set.

Exit codes: 0 clean, 1 findings at or above ``--fail-on`` (or: not resolved, not found), 2 wrong
usage or configuration, 3 an error inside vaultlint, 130 interrupted.

Tests: tests/unit/cli/test_main.py, tests/test_imports.py
"""

import atexit
import gc
import os
import sys
from importlib import import_module
from typing import Any, NoReturn

import click

from vaultlint.cli.failure import exit_code_of

# name -> what `vaultlint --help` says of it; the command lives in the module of that name.
COMMANDS = {
    "backlinks": "List the links that open a note or another file.",
    "baseline": "Know the findings of today, so that only new ones are reported.",
    "check": "Report what is broken or against the rules.",
    "citations": "Print the bibliography: every source that is cited, once.",
    "config": "Print the resolved configuration, and what decided it.",
    "explain": "Say why a rule exists, with examples and options.",
    "index": "Publish what is known of the vault for other programs.",
    "init": "Write a vaultlint.yaml that fits the vault.",
    "inspect": "Print what vaultlint sees in notes, as Obsidian's CachedMetadata.",
    "mv": "Move a note, file or folder, and every link to it.",
    "query": "Ask the published index in SQL.",
    "recovered": "List texts that were kept aside when a note was fixed.",
    "report": "Write a page about the vault, to look at.",
    "resolve": "Say what a link opens in Obsidian, and why.",
    "rules": "List all rules, and which are on.",
    "search": "Find the notes that hold some words.",
    "stats": "Show the vault in numbers.",
    "tags": "Rename a tag in the whole vault.",
    "terms": "Show how the vault's vocabularies are used.",
    "undo": "Give notes the exact text that they had before a run.",
    "watch": "Keep findings current while people edit, and fix what has settled.",
}


class Program(click.Group):
    """A group whose commands are modules, imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        """Return the names of all commands, sorted."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command of that name, imported now, or None."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"vaultlint.cli.{cmd_name}").command
        gc.freeze()
        gc.enable()
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that ``args`` begin with. Raises click.UsageError without one."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from vaultlint.terms.nearest import nearest

            near = nearest(name, COMMANDS)
            ctx.fail(
                f"there is no command {name!r}" + (f"; did you mean {near!r}?" if near else "")
            )
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run the program and exit with its code."""
        extra["standalone_mode"] = False
        try:
            code = super().main(*args, **extra)
        except SystemExit as leaving:
            if isinstance(leaving.code, int):
                raise
            code = exit_code_of(leaving)
        except BaseException as error:  # noqa: BLE001 -- the one place that turns errors into exit codes
            code = exit_code_of(error)
        sys.exit(code if isinstance(code, int) else 0)


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        import vaultlint

        click.echo(f"vaultlint {vaultlint.__version__}")
        ctx.exit()


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_print_version,
    help="Print the version and exit.",
)
def cli() -> None:
    """Check an Obsidian vault: links, properties, tags, citations, names and structure.

    Notes are understood as Obsidian understands them. Nothing is changed unless asked for.
    """


def main() -> NoReturn:
    """Run the program as the installed command does."""
    gc.disable()  # what is imported stays: until the command begins there is nothing to collect
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character gets its escape instead of an error.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    try:
        cli.main(prog_name="vaultlint")
    except SystemExit as leaving:  # its traceback holds what the command worked on
        _leave(leaving)


def _leave(leaving: SystemExit) -> NoReturn:
    """End the process at once: to free the facts of a large vault one by one takes longer."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        raise leaving from None  # let the interpreter complain as it does
    atexit._run_exitfuncs()  # noqa: SLF001 -- what others asked for at exit still happens
    os._exit(leaving.code if isinstance(leaving.code, int) else 1)
