"""What a link opens. The names of the sections follow the steps of the resolution."""

import pytest

from tests.shared_data import vectors
from tests.vault_of import listing
from vaultlint.note.obsidian import decode_uri, decode_uri_component
from vaultlint.vault.resolve import join, readings, resolve, resolve_ref


def opened(files, source, target):
    return resolve(listing(*files).names, target, source)


def opened_by_markdown(files, source, raw):
    return resolve_ref(listing(*files).names, (decode_uri(raw), raw), source)


@pytest.mark.parametrize(
    "vector", [pytest.param(vector, id=vector["id"]) for vector in vectors("resolve")]
)
def test_vectors_of_resolution(vector):
    given, expect = vector["input"], vector["expect"]
    run = opened_by_markdown if given["style"] == "markdown" else opened
    found = run(given["vault"], given["from"], given["link"])
    if expect.get("ambiguous"):
        assert found.ambiguous
        assert set(found.candidates) == set(expect["any_of"])
    else:
        assert found.target == expect["resolves_to"]


@pytest.mark.parametrize(
    "vector", [pytest.param(vector, id=vector["id"]) for vector in vectors("percent-coding")]
)
def test_vectors_of_percent_coding(vector):
    raw = vector["input"]["destination"]
    assert vector["expect"]["decoded"] in {decode_uri(raw), decode_uri_component(raw)}


SRC = "src.md"

CASES = [
    # the empty path is the note itself
    ("a self link", [SRC], SRC, "", SRC),
    ("white space is no path", [SRC], "a/src.md", "  ", "a/src.md"),
    # looking up the file name
    ("a note without its extension", ["A.md"], SRC, "A", "A.md"),
    ("a note with its extension", ["A.md"], SRC, "A.md", "A.md"),
    ("case never matters", ["Ärger Über.md"], SRC, "äRGER üBER", "Ärger Über.md"),
    ("nor in the extension", ["A.MD", "b.PNG"], SRC, "b.png", "b.PNG"),
    ("an upper-case .MD is a note", ["A.MD"], SRC, "a", "A.MD"),
    ("only .md may be left out: images", ["A.png"], SRC, "A", None),
    ("only .md may be left out: canvas", ["A.canvas"], SRC, "A", None),
    ("only .md may be left out: base", ["A.base"], SRC, "A", None),
    ("a name without extension is not a note", ["LICENSE"], SRC, "LICENSE", None),
    ("a dotted name is first that very file", ["v1.2", "v1.2.md"], SRC, "v1.2", "v1.2"),
    ("a dotted name is else a note", ["v1.2.md"], SRC, "v1.2", "v1.2.md"),
    ("X.md prefers X.md", ["X.md", "X.md.md"], SRC, "X.md", "X.md"),
    ("X.md is else X.md.md", ["X.md.md"], SRC, "X.md", "X.md.md"),
    ("unsupported types resolve", ["x.docx"], SRC, "x.docx", "x.docx"),
    ("nothing of that name", ["A.md"], SRC, "B", None),
    ("a folder is no target", ["dir/A.md"], SRC, "dir", None),
    ("nor its index", ["dir/index.md", "dir/README.md"], SRC, "dir/", None),
    ("a folder note resolves by its own name", ["dir/dir.md"], SRC, "dir/dir", "dir/dir.md"),
    # no folder in the link and one candidate
    ("one candidate, however far", ["a/b/c/A.md"], "x/y/z.md", "A", "a/b/c/A.md"),
    # relative links
    ("./ is the folder of the note", ["A.md", "s/A.md"], "s/src.md", "./A", "s/A.md"),
    ("./ at the root", ["A.md", "s/A.md"], SRC, "./A", "A.md"),
    ("./ does not search", ["b/A.md"], "a/src.md", "./A", None),
    ("./ into a folder", ["a/b/A.md", "b/A.md"], "a/src.md", "./b/A", "a/b/A.md"),
    ("../ is the folder above", ["A.md", "s/A.md"], "s/src.md", "../A", "A.md"),
    ("../ into a sibling", ["c/A.md", "s/A.md"], "s/src.md", "../c/A", "c/A.md"),
    ("./../ too", ["A.md", "s/A.md"], "s/src.md", "./../A", "A.md"),
    ("../ does not search", ["b/A.md"], "a/c/src.md", "../A", None),
    ("../ stops at the root", ["A.md"], "s/src.md", "../../../A", "A.md"),
    ("relative links ignore case", ["S/A.md"], "s/t/src.md", "../a", "S/A.md"),
    # an exact path
    ("the exact path wins", ["b/A.md", "x/b/A.md"], "x/src.md", "b/A", "b/A.md"),
    ("even over the own folder", ["A.md", "s/A.md"], "s/src.md", "A", "A.md"),
    ("a leading slash is the root", ["A.md", "s/A.md"], "s/src.md", "/A", "A.md"),
    ("a leading slash does not search", ["s/A.md"], "s/src.md", "/A", None),
    ("a leading slash with folders", ["s/t/A.md", "t/A.md"], SRC, "/t/A", "t/A.md"),
    # a path that ends with the link
    ("a partial path", ["a/b/A.md", "c/A.md"], SRC, "b/A", "a/b/A.md"),
    ("a plain string test", ["x/glossary/index.md", "index.md"], SRC, "ary/index", "x/glossary/index.md"),
    ("no path ends with it", ["a/A.md", "b/A.md"], SRC, "c/A", None),
    ("the one of that name is elsewhere", ["a/A.md"], SRC, "b/A", None),
    # near before far, then the shorter path
    ("the own folder is near", ["z/A.md", "s/t/A.md"], "s/t/src.md", "A", "s/t/A.md"),
    ("below the own folder is near", ["z/A.md", "s/t/u/A.md"], "s/src.md", "A", "s/t/u/A.md"),
    ("near is a plain string test", ["proj/x.md", "projects/A.md", "z/A.md"], "proj/x.md", "A", "projects/A.md"),
    ("near ignores case", ["z/A.md", "Long/A.md"], "long/src.md", "A", "Long/A.md"),
    ("an ancestor is not near", ["zzzz/A.md", "b/A.md"], "zzzz/deep/src.md", "A", "b/A.md"),
    ("characters count, not levels", ["a/b/A.md", "zzzzz/A.md"], SRC, "A", "a/b/A.md"),
    ("the shortest of the near", ["s/ab/A.md", "s/a/A.md", "A/A.md"], "s/src.md", "a", "s/a/A.md"),
    # Unicode
    ("NFD file, NFC link", ["Cafe\u0301.md"], SRC, "Café", "Cafe\u0301.md"),
    ("NFC file, NFD link", ["Café.md"], SRC, "Cafe\u0301", "Café.md"),
    ("NFD folders", ["Cafe\u0301/A.md", "b/A.md"], SRC, "Café/A", "Cafe\u0301/A.md"),
    ("no-break space in the name", ["My\u00a0Note.md"], SRC, "My Note", "My\u00a0Note.md"),
    ("no-break space in the link", ["My Note.md"], SRC, "My\u202fNote", "My Note.md"),
    ("sharp s is not ss", ["Strasse.md"], SRC, "Straße", None),
    ("emoji", ["🙂 list.md"], SRC, "🙂 list", "🙂 list.md"),
    # what is not decoded, trimmed or hidden
    ("wikilinks are not decoded", ["My Note.md"], SRC, "My%20Note", None),
    ("the ends are trimmed", ["A.md"], SRC, " A ", "A.md"),
    ("a URL is a note that is not there", ["A.md"], SRC, "https://example.org", None),
]  # fmt: skip


@pytest.mark.parametrize(("files", "source", "target", "expected"), [
    pytest.param(*case[1:], id=case[0]) for case in CASES
])  # fmt: skip
def test_what_a_wikilink_opens(files, source, target, expected):
    found = opened(files, source, target)
    assert found.target == expected
    assert not found.ambiguous


@pytest.mark.parametrize(
    ("files", "source", "target", "tied"),
    [
        (["aa/A.md", "bb/A.md"], SRC, "A", ("aa/A.md", "bb/A.md")),
        (["aa/A.md", "bb/A.md", "c/cc/A.md"], SRC, "A", ("aa/A.md", "bb/A.md")),
        (["s/a/A.md", "s/b/A.md", "A/A.md"], "s/x.md", "A", ("s/a/A.md", "s/b/A.md")),
        (["x/d/A.md", "y/d/A.md", "d.md"], SRC, "d/A", ("x/d/A.md", "y/d/A.md")),
        (["A.md", "a.md"], SRC, "a", ("A.md", "a.md")),  # on a disk that tells case apart
    ],
)
def test_equal_rank_is_ambiguous_never_missing(files, source, target, tied):
    found = opened(files, source, target)
    assert found.ambiguous
    assert found.candidates == tied
    assert found.target == tied[0]


@pytest.mark.parametrize(
    ("files", "source", "raw", "expected"),
    [
        (["Sub/My Note.md"], SRC, "My%20Note.md", "Sub/My Note.md"),  # the whole vault is searched
        (["a/A.md"], "b/src.md", "A.md", "a/A.md"),
        (["a/A.md", "b/A.md"], "b/src.md", "./A.md", "b/A.md"),
        (["A.md", "a/A.md"], "a/src.md", "../A.md", "A.md"),
        (["A.md"], SRC, "A", "A.md"),
        (["C# notes.md"], SRC, "C%23%20notes.md", "C# notes.md"),  # either decoder will do
        (["C%23.md"], SRC, "C%23.md", "C%23.md"),
        (["a+b.md"], SRC, "a+b.md", "a+b.md"),
        (["a b.md"], SRC, "a+b.md", None),  # plus is not a space
        (["50%.md"], SRC, "50%.md", "50%.md"),  # a malformed escape stays as written
        (["x%zz.md"], SRC, "x%zz.md", "x%zz.md"),
        (["Café.md"], SRC, "Caf%C3%A9.md", "Café.md"),
        (["a/b.md"], SRC, "a%2Fb.md", "a/b.md"),
        (["A.md"], SRC, "A.md#B%20c", "A.md"),
        (["A.md"], SRC, "A%23B", "A.md"),
        (["a (b).md"], SRC, "a%20\\(b\\).md", "a (b).md"),  # escaped with backslashes, too
        (["R&D 1.md"], SRC, "R&amp;D%201.md", "R&D 1.md"),
        (["A.md"], SRC, "B%20c.md", None),
        (["A.md"], SRC, "#heading", SRC),
    ],
)
def test_what_a_markdown_link_opens(files, source, raw, expected):
    assert opened_by_markdown(files, source, raw).target == expected


@pytest.mark.parametrize(
    ("text", "uri", "component"),
    [
        ("a%20b", "a b", "a b"),
        ("%23%2F%3f%3A%40%26%3D%2B%24%2C%3B", "%23%2F%3f%3A%40%26%3D%2B%24%2C%3B", "#/?:@&=+$,;"),
        ("%C3%A9%23%C3%A9", "é%23é", "é#é"),
        ("%f0%9f%99%82", "🙂", "🙂"),
        ("%ED%A0%80", "%ED%A0%80", "%ED%A0%80"),  # a surrogate is malformed
        ("%C3", "%C3", "%C3"),
        ("%C3x%A9", "%C3x%A9", "%C3x%A9"),
        ("100%", "100%", "100%"),
        ("%2", "%2", "%2"),
        ("%20%", "%20%", "%20%"),  # one malformed escape leaves all as written
        ("é%20", "é ", "é "),
        ("%2١", "%2١", "%2١"),  # a digit, but not a hexadecimal one
        ("", "", ""),
    ],
)
def test_the_two_decoders(text, uri, component):
    assert (decode_uri(text), decode_uri_component(text)) == (uri, component)


def test_readings_come_in_the_order_in_which_they_are_tried():
    assert list(readings("A%23b%20c#d")) == ["A%23b c", "A#b c", "A"]
    assert list(dict.fromkeys(readings("A b#c"))) == ["A b"]


@pytest.mark.parametrize(
    ("folder", "link", "path"),
    [
        ("", "./a", "a"),
        ("a/b", "../c", "a/c"),
        ("a/b", "../../c", "c"),
        ("a/b", "../../../c", "c"),
        ("a", "./b/../c", "a/c"),
        ("a", "././c", "a/c"),
        ("a", "./b//c", "a/b//c"),
    ],
)
def test_joining_a_relative_link(folder, link, path):
    assert join(folder, link) == path


def test_every_name_that_was_looked_up_is_recorded_misses_too():
    index = listing("A.md", "v1.2.md")
    for target, names in [
        ("A", {"a.md"}),
        ("b/A.md", {"a.md"}),
        ("Nope", {"nope.md"}),
        ("v1.2", {"v1.2", "v1.2.md"}),
        ("x.png", {"x.png", "x.png.md"}),
        ("", set()),
    ]:
        reads = set()
        resolve(index.names, target, SRC, reads)
        assert reads == {("name", name) for name in names}, target


def test_a_reading_that_resolves_ends_the_search():
    reads = set()
    index = listing("a%23b.md", "c.md")
    assert resolve_ref(index.names, ("a%23b.md", "a%23b.md"), SRC, reads).target == "a%23b.md"
    assert reads == {("name", "a%23b.md")}
