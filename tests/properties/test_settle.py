"""No note is ever fixed too early, and none is forgotten."""

from hypothesis import given
from hypothesis import strategies as st

from vaultlint.watch.settle import Openness, Rest, Settling

REST = Rest(closed=10, open=120, look=5)
STEPS = st.lists(
    st.tuples(
        st.floats(0, 40, allow_nan=False),
        st.sampled_from(["change", "touch", "take"]),
        st.sampled_from("ab"),
        st.sampled_from(list(Openness)),
    ),
    max_size=80,
)


@given(STEPS)
def test_a_settled_note_was_left_alone_for_long_enough(steps):
    settling = Settling(REST)
    now = 0.0
    last: dict[str, float] = {}
    for pause, what, file, looks in steps:
        now += pause
        if what == "change":
            settling.changed(file, now)
            last[file] = now
        elif what == "touch":
            settling.touched(file, now)
            if file in last:
                last[file] = now
        else:
            for settled in settling.take(now, lambda _file, looks=looks: looks):
                rest = now - last.pop(settled)
                assert looks is not Openness.HELD
                assert rest >= (REST.closed if looks is Openness.CLOSED else REST.open)
    assert set(settling.waiting) == set(last)
    assert set(settling.take(now + REST.closed, lambda _file: Openness.CLOSED)) == set(last)
