"""Inputs by seed and number: fragments of syntax, notes of the grammar, properties, links, bytes.

Most are small; one in fifty repeats a fragment up to a hundred thousand characters, for what is
quadratic shows there.
"""

from collections.abc import Callable
from random import Random

from tests import vault_grammar

FRAGMENTS = (
    "# ", "## ", "- ", "* ", "+ ", "> ", "1. ", "1) ", "```", "~~~", "$$", "$", "%%", "<!--", "-->", "<div>",
    "</div>", "<b>", "<a b='", "|", "|-|-|\n", "---", "===", "***", "[[", "]]", "[", "]", "](", ")", "(<",
    ">)", "![[", "!", "#", "#a", "#a/b", "^b", " ^b\n", "::", "**", "*", "_", "==", "~~", "`", "``", "\\",
    "[^1]", "[^1]: ", "[^", "[r]: ", "[r]: <", "[ ] ", "[x] ", "[!x] ", "https://a.b", "www.a.b", "http://",
    "a", "b c", "word ", "é", "😀", "e\u0301", "\xa0", "\0", "\x85", "\x0b", "\x0c", "\u2028", "\ufeff",
    "\u202e", "\ufffd", "%20", "%", "%zz", "    ", "\t", "&amp;", "&#x41;", "&#xfffffff;", "{{", "}}", "key:: ",
    "(k:: v)", "[k:: v]", "%% vaultlint-ignore x %%", "---\na: 1\n---\n", "<<<<<<< a\n", "=======\n", ">>>>>>> b\n",
    "\n", "\n", "\n", "\n\n", "\r\n", "\r", " ", "  \n",
)  # fmt: skip
YAML = (
    "a", "b", "tags", "aliases", "key", ": ", ":", "- ", "-", "? ", "?", "[", "]", "{", "}", ", ", ",", "&x ", "*x",
    "<<: ", "!!int ", "!!python/x ", "! ", "!", "|\n", ">\n", "|2-\n", "'", '"', "''", "\\u0041", "\\", "# c", "#c",
    " #", "%YAML 1.2\n", "---\n", "...\n", "1", "0x1f", "0o7", "1e400", ".inf", ".nan", "2024-13-45", "2024-02-30",
    "9" * 400, "true", "null", "~", "=", "@", "`", "\t", "\u2028", "\x85", "\0", "\ud800", "é", "[[n1]]", "#tag",
    "\n", "\n", "\n", "\n  ", "\n  ", "\n    ", " ", " ",
)  # fmt: skip
LINKS = (
    "n1", "N1", "n2.md", "n2.MD", "My Note", "sub/n4", "other/deep/n4", "../", "./", "/", "..", ".", "#", "##", "#Part",
    "#^block", "^", "|", "\\|", "%20", "%2F", "%00", "%", "é", "e\u0301", "İ", "ß", "ﬁ", "\0", " ", "  ", ":", "?", "*",
    ".md", ".canvas", "pic.png", "n1#Part#Part", "\n", "[", "]", "a" * 300, "\ud800", "\u202e",
)  # fmt: skip
CITED = (
    "- #PAPER ", "- #BOOK ", "#CODE ", "[", "](", ")", "A title", " (Doe 2021)", " (Doe, 2021)", " (van der Berg ",
    "2021", "1899", "20211", "2021a", ")", "(", "((", "))", "et al.", "https://arxiv.org/abs/", "2101.00001", "v1",
    "2113.99999", "hep-th/9901001", "https://doi.org/", "10.1000/xyz", "10.", "https://dx.doi.org/10.1/(x)",
    "https://www.amazon.com/dp/", "0306406152", "9780306406157", "978", "https://example.org", "//", "@", ":80",
    "https://[::1", "https://xn--", "https://é.example", "%20", " ", "\n", "  - ",
)  # fmt: skip


def made(seed: int, number: int) -> bytes:
    """Return the input ``number`` of the series ``seed``."""
    random = Random(f"{seed}/{number}")  # a text is hashed the same everywhere
    data = random.choice(_KINDS)(random)
    if random.random() < 0.15:
        data = _damaged(random, data)
    return data


def _run(random: Random, pieces: tuple[str, ...], most: int) -> str:
    return "".join(random.choices(pieces, k=random.randrange(1, most)))


def _fragments(random: Random) -> bytes:
    return _encoded(_run(random, FRAGMENTS, 60))


def _repeated(random: Random) -> bytes:
    if random.random() < 0.9:
        return _fragments(random)
    pool = random.choice((FRAGMENTS, FRAGMENTS, CITED, LINKS))
    unit = _run(random, pool, 4)
    length = random.choice((1_000, 10_000, 100_000))
    text = unit * (length // len(unit))
    return _encoded(_run(random, pool, 5) + text + _run(random, pool, 5))


def _note(random: Random) -> bytes:
    return vault_grammar.note(random)


def _properties(random: Random) -> bytes:
    inner = _run(random, YAML, 40)
    if random.random() < 0.03:
        unit = _run(random, YAML, 4)
        inner += unit * (random.choice((1_000, 10_000, 100_000)) // len(unit))
    end = random.choice(("\n---\n", "\n---\n", "\n---", "\n... \n", ""))
    return _encoded(f"---\n{inner}{end}[[n1]] #tag\n")


def _links(random: Random) -> bytes:
    forms = (
        "[[{}]]",
        "![[{}]]",
        "[x]({})",
        "[x](<{}>)",
        "[[{}|shown]]",
        '---\nup: "[[{}]]"\n---\n',
    )
    links = [random.choice(forms).format(_run(random, LINKS, 5)) for _ in range(4)]
    return _encoded(random.choice(("\n", " ", "")).join(links))


def _citations(random: Random) -> bytes:
    return _encoded("\n".join(_run(random, CITED, 9) for _ in range(4)))


def _bytes(random: Random) -> bytes:
    return random.randbytes(random.randrange(200))


_KINDS: tuple[Callable[[Random], bytes], ...] = (
    _fragments, _repeated, _note, _note, _properties, _properties, _links, _citations, _bytes,
)  # fmt: skip


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _damaged(random: Random, data: bytes) -> bytes:
    at = random.randrange(len(data) + 1)
    how = random.randrange(4)
    if how == 0:
        return data[:at]
    if how == 1:
        return data[:at] + random.randbytes(1) + data[at:]
    if how == 2:
        return data[:at] + data[random.randrange(len(data) + 1) :]
    return b"\xef\xbb\xbf" + data
