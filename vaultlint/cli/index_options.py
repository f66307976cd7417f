"""Options that the commands over the published index share.

Tests: tests/unit/cli/test_index.py
"""

import click

stale_option = click.option(
    "--stale", is_flag=True, help="Answer from the index as it is, without a look at the vault."
)
