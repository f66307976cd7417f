"""The findings as they are listed."""

from tests.unit.report.findings import finding
from tests.unit.report.html.material import material
from vaultlint.diagnostics import Advice, Fix, Related, Safety, Severity
from vaultlint.report.html.excerpts import LONGEST, chosen, excerpt, listings
from vaultlint.report.html.model import Counts, Entry
from vaultlint.text import Position, Span
from vaultlint.view.passage import Passage


def passage(text: str, flagged: str, whole: str = "", *, prose: bool = True) -> Passage:
    at, around = text.index(flagged), text.index(whole or flagged)
    return Passage(
        text,
        Span(at, at + len(flagged)),
        Span(around, around + len(whole or flagged)),
        prose,
    )


def test_a_line_in_three_parts_and_rendered() -> None:
    made = excerpt(passage("- see [[Gone]] now", "Gone", "[[Gone]]"), lambda _: None)
    assert made[:3] == ("- see [[", "Gone", "]] now")
    assert made.rendered == (
        'see <mark><span class="nowhere" title="not in the vault">Gone</span></mark> now'
    )


def test_a_property_is_not_rendered() -> None:
    assert excerpt(passage("tags: [a]", "a", prose=False), lambda _: None).rendered is None


def test_what_rendering_hides_is_shown_as_written() -> None:
    for text, flagged in (("[x](http://a.b)", "http://a.b"), ("[x](http://a.b )", " ")):
        made = excerpt(passage(text, flagged, text), lambda _: None)
        assert made.rendered is None
        assert made.flagged == flagged
    assert excerpt(passage("a place between", ""), lambda _: None).rendered == "a place between"


def test_a_long_line_is_cut_around_what_is_flagged() -> None:
    for at in (0, 50, 5000, 9990):
        text = "x" * at + "GONE" + "y" * (9990 - at)
        made = excerpt(passage(text, "GONE"), lambda _: None)
        assert made.flagged == "GONE"
        assert len("".join(made[:3])) <= LONGEST + 2
        assert made.before.startswith("…") == (at > 100)
        assert made.after.endswith("…") == (at < 9990)


def test_the_worst_are_chosen_in_their_order() -> None:
    found = [
        finding("x", "x", file=f"{n}.md", severity=severity)
        for n, severity in enumerate([Severity.INFO, Severity.ERROR, Severity.INFO, Severity.ERROR])
    ]
    assert [each.file for each in chosen(found, 3)] == ["0.md", "1.md", "3.md"]


def test_a_listing_leads_to_entries() -> None:
    found = [finding("x", "x", file="a.md"), finding("y", "y", file="vaultlint.yaml")]
    entry = Entry(4, "a.md", "a", 2, Counts(1), 0, 0, 0)
    fix = Fix("Mend it", Safety.SAFE, (), {})
    advice = Advice(
        "help",
        (Related("a.md", Position(3, 1), "here"), Related("pic.png", Position(1, 1), "there")),
        fix,
    )
    known = material(advise=lambda _: advice)
    first, second = listings(known, found, {"broken-link": 7}, {"a.md": entry})
    assert (first.number, first.folder, first.counts) == (0, 2, Counts(1))
    assert second.entry is None
    (shown,) = first.findings
    assert shown.rule == 7
    assert shown.fix == "Mend it (safe)"
    assert shown.related == (("a.md:3", "#n4", "here"), ("pic.png:1", None, "there"))
