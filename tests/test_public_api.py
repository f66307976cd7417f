"""The public names, and that each can be had."""

import vaultlint


def test_every_public_name_can_be_had() -> None:
    for name in vaultlint.__all__:
        assert getattr(vaultlint, name).__name__ == name


def test_the_public_interface_is_small() -> None:
    assert vaultlint.__all__ == sorted(set(vaultlint.__all__))
    assert len(vaultlint.__all__) <= 14
    assert dir(vaultlint) == sorted([*vaultlint.__all__, "__version__"])


def test_a_name_that_is_not_public_is_refused() -> None:
    assert not hasattr(vaultlint, "vault_index")


def test_the_version_is_that_of_the_distribution() -> None:
    assert vaultlint.__version__.count(".") == 2
