"""What a change caused is the difference of two checks from scratch, whatever the two vaults."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests import vault_grammar
from tests.memory_source import MemorySource
from vaultlint.config.load import ConfigRequest
from vaultlint.engine.session import Session
from vaultlint.engine.since import Caused, known_findings
from vaultlint.source.moments import MovingSource

LINES = ({}, {"n0.md": [range(1, 4)], "n1.md": None, "n2.md": [range(3, 4), range(5, 9)]})


def scratch(files: dict[str, bytes]) -> Session:
    session = Session(MemorySource(files), ConfigRequest(), jobs=1)
    session.apply()
    return session


@settings(max_examples=60)
@given(st.integers(0, 2**32), st.integers(0, 2**32), st.sets(st.sampled_from(range(6))))
def test_what_was_caused(one: int, other: int, same: set[int]) -> None:
    before, now = (vault_grammar.vault(Random(seed), 5) for seed in (one, other))
    now |= {f"n{number}.md": before[f"n{number}.md"] for number in same if number < 5}
    source = MovingSource(MemorySource(before))
    session = Session(source, ConfigRequest(), jobs=1)
    session.apply()
    known = known_findings(session, {})
    source.now = MemorySource(now)
    session.apply()
    was, is_ = scratch(before).diagnostics(), scratch(now).diagnostics()
    expected = {each.fingerprint for each in is_} - {each.fingerprint for each in was}
    plain = Caused(known, lambda _: {}).among(session)
    assert {each.fingerprint for each in plain} == expected
    for lines in LINES:
        shown = Caused(known, lambda _, lines=lines: lines).among(session)
        assert len(shown) == len(plain)
        assert sorted((each.rule, each.file) for each in shown) == sorted(
            (each.rule, each.file) for each in plain
        )
        assert shown == sorted(shown, key=lambda each: each.sort_key)
        strict = Caused(known, lambda _, lines=lines: lines).among(session, strictly=True)
        assert [each for each in strict if each not in shown] == []
        assert lines or strict == []
