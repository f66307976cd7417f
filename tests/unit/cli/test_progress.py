"""The progress line appears late, on a terminal only, and without a thread."""

import sys
import threading

import pytest

from vaultlint.cli.progress import PATIENCE, ProgressLine


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_nothing_is_drawn_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    line = ProgressLine(terminal=False, clock=clock)
    clock.now = 100
    line(1, 2)
    line.close()
    assert capsys.readouterr().err == ""


def test_a_short_run_draws_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    line = ProgressLine(terminal=True, clock=clock)
    clock.now = PATIENCE / 2
    line(1, 2)
    line.close()
    assert capsys.readouterr().err == ""


def test_a_long_run_draws_without_a_thread(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    clock = Clock()
    line = ProgressLine(terminal=True, clock=clock)
    clock.now = PATIENCE * 2
    threads = threading.active_count()
    line(1, 2)
    assert threading.active_count() == threads
    assert "rich.progress" in sys.modules
    line.close()
    assert "1/2" in capsys.readouterr().err
