"""For all tests: caches of their own, and no time limit, because a busy machine is no bug."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.confined import Nursery

settings.register_profile("vaultlint", deadline=None)
settings.load_profile("vaultlint")


@pytest.fixture(scope="session", autouse=True)
def _caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the user's own cache folder as it is, and what it holds out of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VAULTLINT_CACHE_DIR", str(tmp_path_factory.mktemp("caches")))
        yield


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    """Return a process that knows the program; each hostile vault is checked in a copy of it."""
    started = Nursery()
    yield started
    started.close()
