"""The loop of a watcher: hears hints, lets it work, and ends when it is told to.

Where events cannot be had it scans more often instead, and says why.

Invariant: the watcher is only ever called on the thread of ``run``; observers and signals put what
they have to say into a queue.

Tests: tests/unit/watch/test_loop.py, tests/watch/test_watching.py
"""

from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Protocol

from vaultlint.watch.events import Event, Remark
from vaultlint.watch.hints import RESCAN, Hint
from vaultlint.watch.observer import Deaf
from vaultlint.watch.watcher import Watcher


class Ear(Protocol):
    """Something that hears of changes."""

    def start(self) -> None:
        """Begin to listen. Raises Deaf if that is impossible."""
        ...

    def stop(self) -> None:
        """Stop listening."""
        ...

    def is_listening(self) -> bool:
        """Return whether it still hears."""
        ...


class Loop:
    """Runs ``watcher``; ``ear`` puts hints into ``hints``, None polls."""

    def __init__(
        self,
        watcher: Watcher,
        hints: "SimpleQueue[Hint | None]",
        ear: Ear | None,
        tell: Callable[[Event], None],
        *,
        idle: Callable[[], None] = lambda: None,
    ) -> None:
        """Prepare to run; ``idle`` is called each time before the loop waits."""
        self._idle = idle
        self._watcher = watcher
        self._hints = hints
        self._ear = ear
        self._tell = tell
        self._adopted = 0

    @property
    def listens(self) -> bool:
        """Return whether changes are heard, as against found by looking often."""
        return self._ear is not None

    def listen(self) -> None:
        """Begin to listen, or to look often where events cannot be had."""
        if self._ear is None:
            self._watcher.poll()
            return
        try:
            self._ear.start()
        except Deaf as error:
            self._tell(Remark(f"there are no events: {error}; looking at everything often instead"))
            self._ear = None
            self._watcher.poll()

    def poll(self) -> None:
        """Look often instead of listening, from now on."""
        self.stop()
        self._ear = None
        self._watcher.poll()

    def run(self) -> None:
        """Watch until None is in the queue."""
        try:
            while self._turn():
                pass
        finally:
            self.stop()

    def stop(self) -> None:
        """Stop listening."""
        if self._ear is not None:
            self._ear.stop()

    def _turn(self) -> bool:
        seconds = self._watcher.tick()
        self._stay_awake()
        self._idle()
        self._watcher.waiting(seconds)
        try:
            hint = self._hints.get(timeout=seconds) if seconds > 0 else self._hints.get_nowait()
        except Empty:
            return True
        while hint is not None:
            self._watcher.hint(hint)
            try:
                hint = self._hints.get_nowait()
            except Empty:
                return True
        return False

    def _stay_awake(self) -> None:
        """Listen anew when the folder was replaced, or its events ended with it."""
        root = self._watcher.root
        if self._ear is None or not root.is_there():
            return
        if self._ear.is_listening() and root.adoptions == self._adopted:
            return
        self._adopted = root.adoptions
        self._ear.stop()
        self.listen()
        self._watcher.hint(RESCAN)
