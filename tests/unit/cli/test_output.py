"""Writing to stdout minds closed pipes."""

import io
import sys
from collections.abc import Iterator

import pytest

from vaultlint.cli.output import emit, text_style


class Closed(io.StringIO):
    def write(self, text: str) -> int:
        raise BrokenPipeError


def test_parts_are_written_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert emit(["a\n", "b\n"])
    assert capsys.readouterr().out == "a\nb\n"


def test_a_closed_pipe_ends_the_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def parts() -> Iterator[str]:
        for number in range(3):
            asked.append(number)
            yield "x"

    monkeypatch.setattr(sys, "stdout", Closed())
    assert not emit(parts())
    assert asked == [0], "nothing more is computed for a reader that has left"


def test_no_line_is_a_command_on_github(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    emit(["::error::x\n"])
    assert capsys.readouterr().out == "\\x3a:error::x\n"


def test_output_that_is_no_terminal_is_plain_and_of_one_width(
    capsys: pytest.CaptureFixture[str],
) -> None:
    style = text_style(prefix="v/")
    assert (style.paint.color, style.width, style.prefix) == (False, 100, "v/")
    capsys.readouterr()
