"""When hints become due."""

from vaultlint.watch.debounce import Batch, Debouncer, Pace

PACE = Pace(quiet=1, company=2, patience=5, burst=3, calm=2, storm=10)


def test_nothing_is_due_without_a_hint():
    debouncer = Debouncer(PACE)
    assert debouncer.due_at() is None
    assert debouncer.take(1000) is None


def test_a_file_is_due_once_it_was_quiet():
    debouncer = Debouncer(PACE)
    debouncer.add("a.md", 0)
    debouncer.add("a.md", 0.9)
    assert debouncer.due_at() == 1.9
    assert debouncer.take(1.8) is None
    assert debouncer.take(1.9) == Batch(("a.md",))
    assert debouncer.take(100) is None


def test_a_file_that_never_rests_is_due_all_the_same():
    debouncer = Debouncer(PACE)
    for tenth in range(50):
        debouncer.add("log.md", tenth / 10)
        assert debouncer.take(tenth / 10) is None
    assert debouncer.take(5) == Batch(("log.md",))


def test_files_that_are_saved_together_are_due_together():
    debouncer = Debouncer(PACE)
    debouncer.add("a.md", 0)
    debouncer.add("b.md", 0.5)
    assert debouncer.take(1) is None
    assert debouncer.take(1.5) == Batch(("a.md", "b.md"))


def test_a_file_does_not_wait_for_company_for_ever():
    debouncer = Debouncer(PACE)
    debouncer.add("a.md", 0)
    for tenth in range(1, 31):
        debouncer.add("log.md", tenth / 10)
    assert debouncer.due_at() == 3
    assert debouncer.take(2.9) is None
    assert debouncer.take(3) == Batch(("a.md",))


def test_a_burst_becomes_one_look_at_everything_when_it_is_over():
    debouncer = Debouncer(PACE)
    for number in range(5):
        debouncer.add(f"{number}.md", number)
    assert debouncer.due_at() == 6
    assert debouncer.take(5.9) is None
    assert debouncer.take(6) == Batch(everything=True)
    assert debouncer.due_at() is None


def test_a_storm_that_does_not_end_is_looked_at_all_the_same():
    debouncer = Debouncer(PACE)
    debouncer.add_everything(0)
    for second in range(1, 10):
        debouncer.add("a.md", second)
    assert debouncer.take(9.9) is None
    assert debouncer.take(10) == Batch(everything=True)
