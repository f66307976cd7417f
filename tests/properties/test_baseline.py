"""What is known stays known while a note is edited around it, and one more of it is one more."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.memory_source import MemorySource
from vaultlint.baseline import as_text, baseline_of, parse_baseline
from vaultlint.config.load import ConfigRequest
from vaultlint.diagnostics import Diagnostic
from vaultlint.engine.session import Session

BLOCKS = (
    "See [[gone]] and [[gone]].",
    "- [[gone]]\n- [[lost|shown]]",
    "> ![[no picture.png]] 😀",
    "[x](missing.md) ünd [[a#Nowhere]]",
    "A sentence.\r\nAnother [[gone]].",
    "Nothing here.",
)


def found(blocks: list[str]) -> tuple[Diagnostic, ...]:
    note = "---\nup: [[a]]\n---\n\n" + "\n\n".join(blocks) + "\n"
    session = Session(MemorySource({"a.md": note.encode()}), ConfigRequest(), jobs=1)
    session.apply()
    return session.diagnostics()


def known(blocks: list[str]) -> frozenset[str]:
    written = "".join(as_text(baseline_of(found(blocks)))).encode()
    return parse_baseline(written, "baseline").fingerprints


def new(blocks: list[str], baseline: frozenset[str]) -> list[Diagnostic]:
    return [each for each in found(blocks) if each.fingerprint not in baseline]


@given(st.lists(st.sampled_from(BLOCKS), max_size=6), st.integers(0, 2**32), st.integers(0, 4))
def test_blocks_that_move_and_words_that_come_change_nothing(
    blocks: list[str], seed: int, more: int
) -> None:
    baseline = known(blocks)
    edited = [*blocks, *["A plain sentence that was added."] * more]
    Random(seed).shuffle(edited)
    assert new(edited, baseline) == []


@given(st.lists(st.sampled_from(BLOCKS), max_size=6), st.integers(0, 6))
def test_one_more_is_one_more_wherever_it_is_put(blocks: list[str], at: int) -> None:
    baseline = known(blocks)
    blocks.insert(at, "- [[gone]]")
    assert [each.rule for each in new(blocks, baseline)] == ["broken-link"]


@given(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=6))
def test_what_is_fixed_is_stale_and_nothing_is_new(blocks: list[str]) -> None:
    baseline = baseline_of(found(blocks))
    left = found(blocks[1:])
    stale = baseline.stale(left, lambda _: True)
    assert len(stale) == len(baseline.entries) - len(left)
    assert baseline.without(stale).fingerprints == baseline_of(left).fingerprints
