"""From the files of a vault to its Config: read, compose, validate, resolve.

Invariant: a config never runs code and never leads out of the vault. Errors are collected and
raised together, each at its line and column.

Tests: tests/unit/config/test_load.py
"""

from vaultlint.config.ruleset import Config, ConfigRequest
from vaultlint.source import Source

__all__ = ["CONFIG_FILE", "Config", "ConfigRequest", "load_config"]

CONFIG_FILE = "vaultlint.yaml"


def load_config(source: Source, request: ConfigRequest = ConfigRequest()) -> Config:  # noqa: B008
    """Return the configuration of the vault behind ``source``.

    Without a config file: the ``recommended`` pack. Raises ConfigError (ConfigErrors when there
    are several) and SchemaError with path, line and column; UsageError for a rule or pack that
    only the command line names.
    """
    raise NotImplementedError
