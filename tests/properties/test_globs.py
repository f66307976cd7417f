"""A compiled glob matches what a plain recursive reading of it matches."""

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from vaultlint.terms import Globs

PIECES = st.sampled_from(["a", "b", "*", "?", "[ab]", "[!a]"])
PARTS = st.just("**") | st.lists(PIECES, min_size=1, max_size=5).map("".join)
GLOBS = st.lists(PARTS, min_size=1, max_size=5).map("/".join)
PATHS = st.lists(st.text("abc", min_size=1, max_size=4), min_size=1, max_size=5).map("/".join)
WILD = frozenset("*?[")


@cache
def level(glob: str, name: str) -> bool:
    if not glob:
        return not name
    if glob[0] == "*":
        return level(glob[1:], name) or (name != "" and level(glob, name[1:]))
    if not name:
        return False
    if glob.startswith("["):
        end = glob.index("]")
        body = glob[1:end]
        fits = name[0] not in body[1:] if body[0] == "!" else name[0] in body
        return fits and level(glob[end + 1 :], name[1:])
    return glob[0] in ("?", name[0]) and level(glob[1:], name[1:])


def whole(parts: list[str], names: list[str], below: bool) -> bool:
    if not parts:
        return not names or below
    if parts[0] == "**":
        if len(parts) == 1:
            return bool(names)
        return any(whole(parts[1:], names[cut:], below) for cut in range(len(names) + 1))
    return bool(names) and level(parts[0], names[0]) and whole(parts[1:], names[1:], below)


@given(GLOBS, PATHS)
def test_a_glob_means_what_it_says(glob, path):
    parts = glob.split("/")
    below = parts[-1] != "**" and not WILD & set(parts[-1])
    assert Globs((glob,)).match(path) is whole(parts, path.split("/"), below)
