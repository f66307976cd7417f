"""However files come and go, a pair is told once, of one that is gone and one that is there."""

from hypothesis import given
from hypothesis import strategies as st

from vaultlint.watch.departures import AWAY, Departures, Sighting

FILES = st.sampled_from(["a.md", "b.md", "c.md", "d.md"])
STEPS = st.lists(
    st.tuples(st.floats(0, 50, allow_nan=False), st.sampled_from("mdcsg"), FILES, FILES),
    max_size=40,
)


@given(STEPS)
def test_pairs_are_true(steps):
    departures = Departures()
    now = 0.0
    there = {"a.md": Sighting("0", 100, "0.0.0")}
    since: dict[str, float] = {}
    told: set[tuple[str, str]] = set()
    for number, (pause, what, one, two) in enumerate(steps, 1):
        now += pause
        if what == "m" and one in there and two not in there:
            was = there.pop(one)
            there[two] = was
            departures.moved(one, two, now)
            departures.changed({one: was}, {two: was}, now)
            since[one] = now
            since.pop(two, None)
        elif what == "d" and one in there:
            departures.changed({one: there.pop(one)}, {}, now)
            since[one] = now
        elif what == "c" and one not in there:
            there[one] = Sighting(str(number), 100, f"{number}.{number}.{number}")
            departures.changed({}, {one: there[one]}, now)
            since.pop(one, None)
        elif what == "s":
            departures.scanned()
        elif what == "g":
            departures.disturbed()
        for pair in departures.take(now):
            assert pair.old not in there
            assert pair.new in there
            assert now - since.pop(pair.old) >= AWAY
            told.add((pair.old, pair.new))
