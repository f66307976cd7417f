"""For all tests: no time limit on an example, because a busy machine is no bug."""

from hypothesis import settings

settings.register_profile("vaultlint", deadline=None)
settings.load_profile("vaultlint")
