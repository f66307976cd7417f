"""A watched vault for tests: real files, time moved by hand, events kept."""

from pathlib import Path

from tests.unit.watch.clock import Hand
from vaultlint.config.load import ConfigRequest
from vaultlint.config.on_save import fixed_on_save
from vaultlint.fixing.write import Writer
from vaultlint.source.folder import FolderSource
from vaultlint.watch import events
from vaultlint.watch.fixer import Fixer, FixingPolicy
from vaultlint.watch.hints import Hint
from vaultlint.watch.mover import Mover
from vaultlint.watch.root import Root, SteadySource
from vaultlint.watch.settle import Rest
from vaultlint.watch.vault import FollowedSession, LiveVault
from vaultlint.watch.watcher import Watcher


class Stage:
    """A vault at ``folder / "vault"`` that holds ``files``, and a watcher over it."""

    def __init__(self, folder: Path, files: dict[str, str], **fixing: object) -> None:
        self.root = folder / "vault"
        self.root.mkdir()
        self.state = folder / "state"
        self.hand = Hand()
        self.told: list[events.Event] = []
        for file, text in files.items():
            self.save(file, text)
        self._fixing = fixing
        self.start()

    def start(self) -> None:
        """Begin to watch, again if there was a watcher before."""
        source = SteadySource(FolderSource(self.root), Root(self.root))
        self.session = FollowedSession(source, ConfigRequest(), jobs=1)
        self.vault = LiveVault(self.session, source, self.root)
        self.watcher = Watcher(self.vault, source, self.told.append, clocks=self.hand.clocks())
        self.watcher.load()
        self.fixer = self._fixer(**self._fixing) if self._fixing else None
        self.mover = Mover(
            self.vault,
            self.root,
            self.state,
            self.told.append,
            folder=self.state / "watch",
            fixer=self.fixer,
            clocks=self.hand.clocks(),
        )
        self.watcher.begin(self.fixer, mover=self.mover)
        self.told.clear()

    def _fixer(self, *, writes: bool = True, synced: bool = False, grace: float = 0) -> Fixer:
        rules = fixed_on_save(self.session.config.watch, self.session)
        policy = FixingPolicy(rules, writes, Rest(10, 120, 5), grace=grace, synced=synced)
        writer = Writer(self.root, self.state, grace=0)
        return Fixer(self.vault, writer, policy, self.told.append, self.hand.clocks())

    def save(self, file: str, text: str) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())

    def text(self, file: str) -> str:
        return (self.root / file).read_bytes().decode()

    def move(self, old: str, new: str) -> None:
        """Move a file or folder, and hint at both ends, as an observer does."""
        target = self.root / new
        target.parent.mkdir(parents=True, exist_ok=True)
        (self.root / old).rename(target)
        self.watcher.hint(Hint(old, new))
        self.watcher.hint(Hint(new))

    def hint(self, *files: str) -> None:
        for file in files:
            self.watcher.hint(Hint(file))

    def pass_(self, seconds: float) -> list[events.Event]:
        """Let time pass, with the ticks that the watcher asks for; return what it told."""
        end = self.hand.now + seconds
        self.told.clear()
        while True:
            wait = self.watcher.tick()
            self.watcher.waiting(wait)
            if self.hand.now + wait > end:
                self.hand.now = end
                return list(self.told)
            self.hand.pass_(max(wait, 0.001))

    def change(self, file: str, text: str, seconds: float = 1) -> list[events.Event]:
        """Save ``text``, hint at it, and let time pass."""
        self.save(file, text)
        self.hint(file)
        return self.pass_(seconds)


def of(kind: type, told: list[events.Event]) -> list:
    """Return the events of one kind."""
    return [event for event in told if isinstance(event, kind)]
