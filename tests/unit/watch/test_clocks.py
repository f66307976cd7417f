"""Time that passed unseen."""

from tests.unit.watch.clock import Hand
from vaultlint.watch.clocks import Gaps


def test_waking_in_time_is_no_gap():
    hand = Hand()
    gaps = Gaps(hand.clocks())
    gaps.wait_until(hand.now + 10)
    hand.pass_(10.2)
    assert not gaps.passed()


def test_a_process_that_was_stopped_wakes_late():
    hand = Hand()
    gaps = Gaps(hand.clocks())
    gaps.wait_until(hand.now + 10)
    hand.pass_(60)
    assert gaps.passed()
    assert not gaps.passed()


def test_work_between_two_waits_is_no_gap():
    hand = Hand()
    gaps = Gaps(hand.clocks())
    assert not gaps.passed()
    hand.pass_(60)
    gaps.wait_until(hand.now + 1)
    hand.pass_(1)
    assert not gaps.passed()


def test_a_machine_that_slept_has_clocks_that_differ():
    hand = Hand()
    gaps = Gaps(hand.clocks())
    gaps.wait_until(hand.now + 10)
    hand.pass_(10)
    hand.offset += 3600
    assert gaps.passed()
    assert not gaps.passed()


def test_a_clock_that_is_set_back_counts_too_but_a_correction_does_not():
    hand = Hand()
    gaps = Gaps(hand.clocks())
    hand.offset -= 3600
    assert gaps.passed()
    hand.offset += 2
    assert not gaps.passed()
