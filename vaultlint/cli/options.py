"""Command-line options that several commands share, and what they ask of the configuration.

Tests: tests/unit/cli/test_options.py
"""

import os
from pathlib import Path
from typing import NamedTuple

import click

from vaultlint.cli.option_group import option_group
from vaultlint.cli.place import Place, file_in
from vaultlint.config.request import ConfigRequest
from vaultlint.errors import UsageError
from vaultlint.paths import cache_folder

vault_option = click.option(
    "--vault",
    metavar="DIR",
    help="The vault's folder; without it, found by walking up to vaultlint.yaml or .obsidian.",
)

text_or_json = click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people, or for programs.",
)


class Asked(NamedTuple):
    """What the options of ``config_options`` say, as typed."""

    config: str | None
    pack: tuple[str, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    no_cache: bool
    verify: bool = False


config_options = option_group(
    vault_option,
    click.option("--config", metavar="FILE", help="Use this file instead of vaultlint.yaml."),
    click.option("--pack", multiple=True, metavar="NAME", help="Add a pack of rules."),
    click.option(
        "--select", multiple=True, metavar="RULES", help="Only these rules (comma-separated)."
    ),
    click.option(
        "--ignore", multiple=True, metavar="RULES", help="Not these rules (comma-separated)."
    ),
    click.option("--no-cache", is_flag=True, help="Neither read nor write the cache."),
    click.option("--verify", is_flag=True, help="Read every note, whatever the cache says."),
)
"""The options that choose the configuration; with ``vault`` they arrive as ``Asked``."""


def request(place: Place, asked: Asked) -> ConfigRequest:
    """Return what ``asked`` means for the vault at ``place``.

    Raises UsageError for a configuration file that does not exist.
    """
    return ConfigRequest(
        config=_config(place, asked.config),
        packs=_names(asked.pack),
        select=_names(asked.select),
        ignore=_names(asked.ignore),
        cache=None if asked.no_cache else cache_folder(place.root),
    )


def _config(place: Place, path: str | None) -> str | Path | None:
    if path is None:
        return None
    file = Path(os.path.abspath(os.path.expanduser(path)))  # noqa: PTH100, PTH111 -- resolves ".."
    if os.path.isdir(file):  # noqa: PTH112 -- never raises
        raise UsageError(f"--config {path}: this is a folder, not a file")
    if not os.path.isfile(file):  # noqa: PTH113 -- never raises
        raise UsageError(f"--config {path}: no such file")
    if file.is_relative_to(place.root):
        return file_in(place.root, str(file))
    return file


def _names(lists: tuple[str, ...]) -> tuple[str, ...]:
    names = (name.strip() for each in lists for name in each.split(","))
    return tuple(dict.fromkeys(name for name in names if name))
