"""Names that no spec can show: those with characters that cannot be seen."""

import pytest

from vaultlint.checks.file_name import Options, _problems


@pytest.mark.parametrize("name", ["a\x1bb.md", "a\nb.md", "folder\t/a.md"])
def test_a_control_character_is_named_as_what_it_is(name: str) -> None:
    assert list(_problems(name, Options(portable=True))) == [
        "a control character in a name cuts links to it",
        "a control character is refused by Windows or Android",
    ]
