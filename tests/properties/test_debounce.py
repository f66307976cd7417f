"""The debouncer never loses a change, and is never in a hurry."""

from hypothesis import given
from hypothesis import strategies as st

from vaultlint.watch.debounce import Debouncer, Pace

PACE = Pace(quiet=1, company=1, patience=4, burst=3, calm=2, storm=8)
STEPS = st.lists(
    st.tuples(
        st.floats(0, 3, allow_nan=False),
        st.sampled_from(["a", "b", "c", "d", "e", "everything", "take"]),
    ),
    max_size=60,
)


@given(STEPS)
def test_every_hint_is_due_within_the_longest_patience(steps):
    debouncer = Debouncer(PACE)
    now = 0.0
    open_: dict[str, float] = {}  # file -> its first hint that no batch has covered

    def take_until(end: float) -> None:
        """Take what is due when it is due, as a loop does that sleeps until then."""
        while (due := debouncer.due_at()) is not None and due <= end:
            batch = debouncer.take(due)
            assert batch is not None
            for file in list(open_) if batch.everything else batch.files:
                assert due - open_.pop(file) <= PACE.patience + PACE.storm
        assert debouncer.take(end) is None

    for pause, what in steps:
        now += pause
        take_until(now)
        if what == "everything":
            debouncer.add_everything(now)
        elif what != "take":
            debouncer.add(what, now)
            open_.setdefault(what, now)
    take_until(now + PACE.patience + PACE.storm)
    assert not open_


@given(STEPS)
def test_a_file_is_never_due_before_it_was_quiet_or_patience_ran_out(steps):
    debouncer = Debouncer(PACE)
    now = 0.0
    first: dict[str, float] = {}
    last: dict[str, float] = {}
    for pause, what in steps:
        now += pause
        if what == "everything":
            debouncer.add_everything(now)
        elif what != "take":
            debouncer.add(what, now)
            first.setdefault(what, now)
            last[what] = now
        batch = debouncer.take(now)
        if batch is None:
            continue
        for file in list(first) if batch.everything else batch.files:
            if not batch.everything:
                assert now >= min(last[file] + PACE.quiet, first[file] + PACE.patience)
            del first[file]
