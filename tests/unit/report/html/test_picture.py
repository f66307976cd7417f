"""The map as path data."""

from vaultlint.report.html.model import Counts
from vaultlint.report.html.picture import picture
from vaultlint.view.link_graph import LinkGraph, communities


def test_each_link_is_a_line_while_they_are_few() -> None:
    graph = LinkGraph(("a.md", "b.md"), ((0, 1), (1, 0)))
    made = picture(graph, {"": ["a.md", "b.md"]}, {"a.md": Counts(error=1)})
    assert made.single
    assert made.links.count("M") == 2
    assert made.ties == made.pairs == ()
    assert [(severity, path.count("M")) for severity, _, path in made.dots] == [
        ("clean", 1),
        ("error", 1),
    ]
    assert made.data["links"] == [0, 1, 1, 0]


def test_many_links_are_summed_up_between_folders() -> None:
    notes = tuple(f"{folder}/{n:02}.md" for folder in "abc" for n in range(30))
    links = [(a, b) for a in range(30) for b in range(30, 70)] + [(70, 60), (0, 1)]
    made = picture(LinkGraph(notes, tuple(sorted(links))), communities(notes), {})
    assert not made.single
    assert made.links == ""
    assert [width for _, width in made.ties] == sorted(width for _, width in made.ties)
    assert made.pairs == (("a", "b", 900), ("a", "c", 300))
    assert made.hubs[0] in range(30, 70)


def test_light_ties_are_left_out() -> None:
    notes = tuple(f"{folder}/{n:02}.md" for folder in "abc" for n in range(40))
    heavy = [(a, b) for a in range(40) for b in range(40, 80)]
    light = [(a, 80 + a) for a in range(4)]
    made = picture(LinkGraph(notes, tuple(sorted(heavy + light))), communities(notes), {})
    assert len(made.ties) == 1
    assert made.pairs == (("a", "b", 1600), ("a", "c", 4))
