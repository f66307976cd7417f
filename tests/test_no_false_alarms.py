"""What must never be reported: the shared vectors that say so, and cases of our own."""

from typing import Any

import pytest

from tests.memory_source import MemorySource
from tests.shared_data import needs_vectors, vectors
from vaultlint.config.load import ConfigRequest
from vaultlint.engine.session import Session

SILENT = [vector for vector in vectors() if vector["expect"].get("must_not_report")]


def reported(files: dict[str, str]) -> list[str]:
    source = MemorySource({name: text.encode() for name, text in files.items()})
    session = Session(source, ConfigRequest(packs=("recommended",)), jobs=1)
    session.apply()
    return [f"{one.rule}: {one.message}" for one in session.diagnostics()]


@needs_vectors
@pytest.mark.parametrize("vector", SILENT, ids=[vector["id"] for vector in SILENT])
def test_a_vector_that_must_not_be_reported(vector: dict[str, Any]) -> None:
    given = vector["input"]
    files = dict.fromkeys(given.get("vault", ["src.md"]), "")
    files[given.get("from", "src.md")] = given["text"]
    assert reported(files) == []


@pytest.mark.parametrize(
    "text",
    [
        "- #PAPER [[1908.07442] TabNet (Arik 2019)](https://arxiv.org/abs/1908.07442)",
        "- Title [[paper](https://a.b/c)] [[code](https://d.e)]",
        "| a |\n| - |\n| [[v1.2 plan\\|shown]] |",
        "[[v1.2 plan]] ^id\n\n[[#^id]]",
        "See [[v1.2 plan]]. #tag ^block",
        "std::vector<int> a[3] = {{1, 2}, {3, 4}};",
        "C# and #1984 and issue #12, `#code`, https://a.b/#c",
        "a $5 and [[v1.2 plan]] for $10 each",
        "100%% sure, a lone %% here",
        "[[{{date:YYYY}}]] in a note about templates: `{{title}}`",
        "[[|]] is odd, and so are [[|x]] and [[]].\n".replace("[[]]", "`[[]]`"),
        "> [!unknown-type]+ Title\n> text",
        "[x](obsidian://open?vault=V&file=N) [y](tel:+33123) [z](file:///a%20b)",
        "[later][ref] and [^1]\n\n[ref]: Missing.md\n[^1]: text",
        "<!-- [[Missing]] -->\n\n<div>\n[[Missing]]\n</div>",
        "key:: value\n[k:: [[v1.2 plan]]]",
        "```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n```",
        "Heading\n=======\n\n>>>>>>> deep quote",
        "---\nup: '[[v1.2 plan]]'\ntext: see [[Missing]] there\n---\n",
        "![300](https://example.org/a.png) ![](https://example.org/b.png)",
        "[x]( <v1.2 plan.md> 'title')",
        "[[https://example.org]] ![[https://example.org/a.png]] [[mailto:a@b.org]]",
        "[[v1.2%20plan]] and [[v1.2%20plan|shown]]",
        "[[]] and ![[]] and [[ ]] and []() and [x](<>)",
        "Several\nlines\n===\n\n[[#lines]] [[#Several lines]]",
        "Spaces after\n===  \n\n[[#Spaces after]]",
        "> - quoted ^id\n\n[[#^id]]",
        "x[^n]\n\n[^N]: text\n\n[y](#[^n]) [[#[^n]]]",
        "text ^id   \n\n- item ^a ^b\n\n[[#^ID]]",
        "---\na: 1\n---   \ntext",
    ],
)
def test_a_case_that_must_not_be_reported(text: str) -> None:
    assert reported({"src.md": text, "v1.2 plan.md": ""}) == []
