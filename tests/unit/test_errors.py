"""An error prints where it stands, as far as that is known."""

from vaultlint.errors import ConfigError, VaultlintError
from vaultlint.text import Position


def test_an_error_prints_path_line_and_column() -> None:
    error = ConfigError("unknown key 'ruls'", path="vaultlint.yaml", position=Position(3, 1))
    assert str(error) == "vaultlint.yaml:3:1: unknown key 'ruls'"
    assert str(ConfigError("no such file", path="a.yaml")) == "a.yaml: no such file"
    assert str(VaultlintError("plain")) == "plain"
