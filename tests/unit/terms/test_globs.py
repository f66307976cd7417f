import pickle

import pytest

from vaultlint.errors import ConfigError
from vaultlint.terms import Globs


@pytest.mark.parametrize(
    ("glob", "matching", "others"),
    [
        ("*.md", "a.md é.md", "a/b.md a.mdx"),
        ("**/*.md", "a.md a/b.md a/b/c.md", "a.txt a.md/x.txt"),
        ("a/*", "a/b", "a a/b/c b/a/b"),
        ("a/**", "a/b a/b/c", "a ab/c b"),
        ("**", "a a/b", ""),
        ("**/b/**", "b/x a/b/x a/c/b/x/y", "b a/b bb/x"),
        ("a/**/b", "a/b a/x/b a/x/y/b a/b/c", "a/xb ab b"),
        ("a/**/*.md", "a/b.md a/x/y/b.md", "a.md b/a/b.md"),
        ("**/a/b", "a/b x/a/a/b", "a/x/b"),
        ("a/**/b/**/c", "a/b/c a/x/b/y/z/c a/b/b/c", "a/c a/b"),
        ("templates", "templates templates/a.md templates/b/c.md", "x/templates a-templates/x"),
        ("templates/", "templates/a.md", "templates"),
        ("./a.md", "a.md", "b/a.md"),
        ("a?.md", "ab.md aé.md", "a.md abc.md"),
        ("[ab]x[!0-9].md", "axz.md bx-.md", "cxz.md ax1.md"),
        ("[!a]", "b", "a /"),
        ("[", "[", "a"),
        ("[]a]", "] a", "b"),
        ("{a,b/c}/*.md", "a/x.md b/c/x.md", "b/x.md"),
        ("{a,{b,c}}.md", "a.md b.md c.md", "{a.md"),
        ("{a}.md", "{a}.md", "a.md"),
        ("*a*b*", "ab xaybz aab", "ba"),
        ("*ab", "ab aab abab", "abx"),
        ("a.md", "a.md a.md/b", "aXmd A.md"),
        ("**/**/a", "a x/a x/y/a", "b"),
        ("caf\u00e9/*", "cafe\u0301/x caf\u00e9/x", "cafe/x"),
        ("(a|b)+$^.md", "(a|b)+$^.md", "a.md"),
    ],
)
def test_match(glob, matching, others):
    compiled = Globs((glob,))
    assert [path for path in matching.split() if not compiled.match(path)] == []
    assert [path for path in others.split() if compiled.match(path)] == []


def test_several_globs_match_what_any_of_them_does():
    globs = Globs(("a/**", "*.txt", "b"))
    assert [path for path in ("a/x", "x.txt", "b/c", "c") if globs.match(path)] == [
        "a/x",
        "x.txt",
        "b/c",
    ]
    assert not Globs(()).match("a")
    assert not Globs(())


@pytest.mark.parametrize(
    ("glob", "said"),
    [
        ("", "empty"),
        ("/a", "absolute"),
        ("C:/a", "absolute"),
        ("../a", "leaves the vault"),
        ("a/../b", "leaves the vault"),
        ("a\\b", "backslash"),
        ("a" * 1001, "longer than"),
        ("{a,b}" * 10, "more than 100"),
        ("[z-a]", "backwards"),
    ],
)
def test_what_cannot_be_meant(glob, said):
    with pytest.raises(ConfigError, match=said):
        Globs((glob,))


@pytest.mark.parametrize(
    "glob",
    [
        "*a" * 400,
        "**/" + "*a" * 300 + "/**/x",
        "**/a" * 200,
        "a/**/" * 100 + "b",
        "?*" * 400,
        "[a]*" * 200,
    ],
)
def test_hostile_globs_come_to_an_end(glob):
    compiled = Globs((glob,))
    for path in ("a" * 4000, "a/" * 2000 + "b", "a" * 2000 + "/b" * 1000):
        assert compiled.match(path) in (True, False)


def test_it_can_be_pickled_and_compared():
    globs = Globs(("a/*", "b"))
    assert pickle.loads(pickle.dumps(globs)) == globs
    assert hash(Globs(("a",))) == hash(Globs(("a",)))
    assert globs != Globs(("b",))
