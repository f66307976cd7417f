"""The short form of the fuzzer, and proof that it would notice."""

import pytest

from tests.fuzz import run as module
from tests.fuzz.inputs import made
from tests.fuzz.run import run
from tests.fuzz.subject import Subject


def test_generated_inputs_are_read_and_judged() -> None:
    result = run(seed=0, first=0, count=1500)
    assert result.failures == {}
    assert result.inputs == 1500


def test_an_input_can_be_made_again() -> None:
    assert [made(3, number) for number in range(50)] == [made(3, number) for number in range(50)]
    assert len({made(3, number) for number in range(50)}) > 40


def test_what_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(_: Subject, data: bytes) -> None:
        if len(data) % 2:
            raise ZeroDivisionError("odd")

    monkeypatch.setattr(Subject, "read", read)
    result = run(seed=0, first=0, count=20)
    assert set(result.failures.values()) == {"ZeroDivisionError: odd"}
    assert set(result.failures) == {number for number in range(20) if len(made(0, number)) % 2}


def test_what_takes_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.0)
    result = run(seed=0, first=5, count=1)
    assert list(result.failures) == [5]
