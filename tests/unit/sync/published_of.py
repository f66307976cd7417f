"""A published index made of files in memory, for tests."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.memory_source import MemorySource
from vaultlint.config.request import ConfigRequest
from vaultlint.engine.session import Session
from vaultlint.store.published import Published
from vaultlint.sync.publish import Publisher


def session_of(files: Mapping[str, str | bytes], *packs: str) -> Session:
    """Return a loaded session over ``files``."""
    data = {name: text.encode() if isinstance(text, str) else text for name, text in files.items()}
    session = Session(MemorySource(data), ConfigRequest(packs=packs), jobs=1)
    session.apply()
    return session


def publisher_of(session: Session, published: Published) -> Publisher:
    """Return what publishes ``session``."""
    return Publisher(session, published, program="1", vault="/vault")


@contextmanager
def published_of(files: Mapping[str, str | bytes], *packs: str) -> Iterator[Published]:
    """Open an index of ``files``."""
    with TemporaryDirectory() as folder, Published(Path(folder) / "index.db") as published:
        publisher_of(session_of(files, *packs), published).publish()
        yield published
