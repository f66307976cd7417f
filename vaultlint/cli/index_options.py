"""Options that the commands over the published index share.

Tests: tests/unit/cli/test_index.py
"""

import click

stale_option = click.option(
    "--stale", is_flag=True, help="Answer from the index as it is, without a look at the vault."
)

text_or_json = click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people, or for programs.",
)
