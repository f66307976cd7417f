"""Clocks for tests: time passes when the test says so."""

from vaultlint.watch.clocks import Clocks


class Hand:
    """Both clocks, moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0
        self.offset = 1_700_000_000.0

    def clocks(self) -> Clocks:
        return Clocks(lambda: self.now, lambda: self.now + self.offset)

    def pass_(self, seconds: float) -> None:
        self.now += seconds
