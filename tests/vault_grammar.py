"""A grammar of vault fragments: notes as people and programs mangle them, made from a seed.

Each note is made of lines that Obsidian's syntax gives a meaning, in all states of repair, with
line endings, byte order marks and characters that trip programs up.
"""

from collections.abc import Callable, Sequence
from random import Random

CONFIG = b"""\
extends: [research, strict]
vocabularies:
  topics:
    terms: [PAPER, BOOK, CODE, Machine Learning, NumPy, sea/north, 'C++', tide]
    aliases: {numpie: NumPy, ML: Machine Learning}
    deprecated: {ocean: tide, lake: null}
  kinds: {terms_from: {note: kinds.md}, nested: true}
schemas:
  - paths: ['n*.md']
    schema: schema.json
rules:
  unknown-term: {severity: error, properties: {topics: topics, Subjects: topics}}
  unknown-tag: {severity: error, vocabulary: kinds}
  tag-form: {severity: warning, vocabulary: kinds}
  required-section: {severity: warning, sections: [References]}
  allowed-values: {severity: warning, property: status, values: [draft, done, 'In Progress']}
"""

SCHEMA = b"""\
{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
 "properties": {"status": {"enum": ["draft", "done", "In Progress"]}, "title": {"type": "string"},
  "old": {"deprecated": true, "x-vaultlint": {"suggest": "new"}}, "new": {}, "tags": {},
  "aliases": {}, "topics": {}, "up": {}, "cssclasses": {}},
 "additionalProperties": false, "required": ["title"]}
"""

KINDS = b"# Kinds\n\n```\nPAPER\nBOOK\nCODE\nTHESIS\nsea\ntide\n```\n"

_VALUES = (
    "draft", "Done", "'In  Progress'", '"in progress"', "[[n1]]", "'[[n1]]'", "[[Lantern]]",
    "[a, b]", "[ML, numpie , 'C++']", "ML", "2024", "1.0", "true", "null", "", "|\n  text\n  more",
    "['[[n2#Part]]', tide]", "&x tide", "*x", "{a: 1}", "a: b", "- a", "\u2028", "#tide", "tide, sea",
    "\n  - tide # why\n  - Ocean\n  - '#sea'", "\n- PAPER\n- paper", "'it''s'", '"\\u0041"',
)  # fmt: skip
_KEYS = (
    "title", "tags", "Tags", "tag", "aliases", "alias", "topics", "Subjects", "status", "stauts",
    "up", "old", "new", "cssclasses", "vaultlint", "date", "tags",
)  # fmt: skip
_INLINE = (
    "word", "two words", "#tide", "#Tide", "#ocean", "#PAPER", "#sea/north", "(#tide)", "#1984",
    "[[n1]]", "[[N1]]", "[[n2#Part]]", "[[n2#part|shown]]", "[[n2#Prat]]", "[[n3#^block]]",
    "[[sub/n4]]", "[[Lantern]]", "[[My%20Note]]", "[[gone]]", "[[]]", "[[open", "![[pic.png]]",
    "![[pix.png]]", "[[https://a.example/x]]", "[x]( https://a.example )", "[x](https://a.example )",
    "[x](My Note.md)", "[x](<My Note.md>)", "[x](My%20Note.md#Part)", "[x](n2.md#part)",
    "[x](http://arxiv.org/abs/2101.00001v2)", "https://arxiv.org/pdf/2101.00001",
    "<https://a.example>", "[x][ref]", "[^1]", "`code [[n1]] #tide`", "$x #tide$", "$$y$$",
    "%% c #tide %%", "%% vaultlint-ignore broken-link %%", "<b>html</b>", "<!-- c -->", "==mark==",
    "key:: value", "(key:: [[n1]])", "^block", "\\[[n1]]", "\u2028", "\u202e", "\x85", "\x0c", "\x0b",
    "\xa0", "\ufeff", "\U0001f600", "e\u0301", "\t", "|", "~~x~~", "**b**", "http://e.example/a_(b)",
)  # fmt: skip
_CITED = (
    "A title (Doe 2021)", "A title (Doe, 2021)", "A title", "A title (2021)", "B (Roe 2020)",
)  # fmt: skip
_CITED_URLS = (
    "https://arxiv.org/abs/2101.00001", "https://arxiv.org/pdf/2101.00001v1.pdf",
    "http://arxiv.orga/abs/2101.00002", " https://dx.doi.org/10.1000/xyz", "https://e.example ",
)  # fmt: skip
_BLOCKS = (
    "# Part", "## Part two", "Setext\n===", "# See [[N1]] #Tide", "> [!note] Title\n> [[n1]]",
    "> [!NOTE]- x\n> > deeper #tide", "```\n[[n1]] #tide\n```", "~~~py\ncode", "$$\n[[n1]]\n$$",
    "%%\n[[N1]] #Tide\n%%", "%%\nopen", "<div>\n[[N1]]\n</div>", "<!--\nc\n-->", "    indented [[n1]]",
    "---", "[ref]: n2.md", "[^1]: note [[N1]]", "- [ ] task [[N1]]", "\t- nested #Tide", "1. one",
    "| a | b |\n|---|---|\n| [[n1|x]] | [[n1\\|y]] |", "%% vaultlint-ignore unknown-tag %%",
    "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x", "", "", "^alone",
)  # fmt: skip
_ENDINGS = ("\n", "\n", "\n", "\r\n", "\r\n", "\r")


def vault(random: Random, notes: int) -> dict[str, bytes]:
    """Return a vault of so many notes n0.md, n1.md ... and of what they refer to."""
    files = {
        "vaultlint.yaml": CONFIG,
        "schema.json": SCHEMA,
        "kinds.md": KINDS,
        "My Note.md": b"# Part\n",
        "other/deep/n4.md": b"---\naliases: [Lantern]\n---\n# Part\n",
        "pic.png": b"png",
    }
    for number in range(notes):
        files[f"n{number}.md"] = note(random)
    return files


def note(random: Random) -> bytes:
    """Return the bytes of one note."""
    parts = [_properties(random)] if random.random() < 0.6 else []
    parts += [_line(random) for _ in range(random.randrange(1, 9))]
    text = "\n".join(parts)
    if random.random() < 0.7:
        text += "\n"
    ending = random.choice(_ENDINGS)
    text = text.replace("\n", ending) if random.random() < 0.8 else _mixed(random, text)
    data = text.encode()
    if random.random() < 0.1:
        data = b"\xef\xbb\xbf" + data
    if random.random() < 0.03:
        at = random.randrange(len(data) + 1)
        data = data[:at] + random.choice((b"\xff", b"\xc3", b"\0", b"\xed\xa0\x80")) + data[at:]
    return data


def _mixed(random: Random, text: str) -> str:
    return "".join(random.choice(_ENDINGS) if char == "\n" else char for char in text)


def _properties(random: Random) -> str:
    lines = [
        f"{random.choice(_KEYS)}: {random.choice(_VALUES)}" for _ in range(random.randrange(1, 6))
    ]
    if random.random() < 0.1:
        lines.insert(0, "# a comment")
    if random.random() < 0.05:
        lines.append("broken: [")
    return "\n".join(["---", *lines, "---"])


def _line(random: Random) -> str:
    made: Sequence[Callable[[], str]] = (
        lambda: random.choice(_BLOCKS),
        lambda: " ".join(random.choice(_INLINE) for _ in range(random.randrange(1, 5))),
        lambda: "".join(random.choice(_INLINE) for _ in range(random.randrange(1, 4))),
        lambda: "- " + " ".join(random.choice(_INLINE) for _ in range(random.randrange(1, 4))),
        lambda: (
            f"- #{random.choice(('PAPER', 'Paper', 'BOOK', 'PAPR'))} "
            f"[{random.choice(_CITED)}]({random.choice(_CITED_URLS)})"
        ),
    )
    return random.choice(made)()
