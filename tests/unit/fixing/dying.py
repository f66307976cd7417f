"""A writer that ends without warning."""

import os

from vaultlint.fixing.disk import Disk


class Dying(Disk):
    """Ends the process before the given call, counted from 1."""

    def __init__(self, call: str, count: int) -> None:
        super().__init__()
        self.call = call
        self.left = count

    def step(self, call: str, path: str) -> None:
        if call == self.call and "-probe-" not in path:
            self.left -= 1
            if self.left == 0:
                os._exit(9)
