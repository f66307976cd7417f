"""How a run tells how far it is."""

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Called with (files done, files in all) while a run goes on."""
