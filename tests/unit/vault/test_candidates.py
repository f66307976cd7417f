"""The files of one name: choosing among many, and not slowly."""

import random

from vaultlint.vault.candidates import Candidates, shortest
from vaultlint.vault.keys import fold


def candidates(*files):
    found = Candidates()
    for file in files:
        found.add(fold(file), file)
    return found


def plainly(files, link, folder):
    """Return the choice as the rule says it, without any index."""
    ending = [file for file in files if fold(file).endswith(link)]
    near = [file for file in ending if fold(file).startswith(folder)]
    pool = near or ending
    least = min(map(len, pool), default=0)
    return tuple(sorted(file for file in pool if len(file) == least))


def test_many_candidates_are_chosen_from_as_few():
    pick = random.Random(7)
    folders = ["", *(
        "/".join(pick.choice(["a", "ab", "B", "ba", "c"]) for _ in range(pick.randint(1, 4)))
        for _ in range(80)
    )]  # fmt: skip
    files = sorted({f"{folder}/N.md" if folder else "N.md" for folder in folders})
    found = candidates(*files)
    for folder in folders:
        for link in ("n.md", "a/n.md", "b/n.md", "ab/c/n.md", "x/n.md", "b/a/n.md"):
            assert found.choose(link, fold(folder)) == plainly(files, link, fold(folder))


def test_answers_follow_changes():
    found = candidates("a/N.md", "bb/N.md")
    assert found.choose("n.md", "") == ("a/N.md",)
    found.add("b/n.md", "b/N.md")
    assert found.choose("n.md", "") == ("a/N.md", "b/N.md")
    found.discard("a/n.md", "a/N.md")
    assert found.choose("n.md", "") == ("b/N.md",)
    assert found.files() == ("b/N.md", "bb/N.md")


def test_length_counts_utf16_units():
    assert shortest([("🙂", "🙂🙂"), ("abc", "abc")]) == ("abc",)


def test_paths_that_differ_in_case_are_told_apart():
    found = candidates("N.md", "n.md", "a/n.md")
    assert found.exact("n.md") == ("N.md", "n.md")
    assert found.exact("b/n.md") == ()


class Counted(str):
    """A string that counts how often it is compared as prefix or suffix."""

    __slots__ = ()
    comparisons = 0

    def endswith(self, *args):
        Counted.comparisons += 1
        return super().endswith(*args)

    def startswith(self, *args):
        Counted.comparisons += 1
        return super().startswith(*args)


def test_an_index_in_every_folder_stays_linear():
    count = 2000
    found = Candidates()
    for number in range(count):
        found.add(Counted(f"deep/f{number}/index.md"), f"deep/f{number}/index.md")
    Counted.comparisons = 0
    for number in range(count):
        found.choose("index.md", f"deep/f{number}")  # near
        found.choose("index.md", f"other{number}")  # far
        found.choose(f"f{number}/index.md", f"other{number}")  # a partial path
        found.choose(f"f{number}/index.md", "deep")  # a partial path, all near
    assert Counted.comparisons < 20 * count
