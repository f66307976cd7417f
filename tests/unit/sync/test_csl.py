"""Sources as CSL-JSON, held against what the schema of the format asks for."""

from typing import Any

import jsonschema
import pytest

from tests.unit.sync.test_bibtex import source
from vaultlint.sync.csl import csl_items

# The parts of csl-data.json 1.0.2 that our items use, in our own words.
_TYPES = "article article-journal book document report software speech thesis webpage"
_TEXT = {"type": "string"}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["type", "id"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": ["string", "number"]},
        "type": {"enum": _TYPES.split()},
        "author": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "minProperties": 1,
                "properties": {"family": _TEXT, "given": _TEXT, "literal": _TEXT},
            },
        },
        "issued": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "date-parts": {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": 2,
                    "items": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": 3,
                        "items": {"type": ["string", "number"]},
                    },
                }
            },
        },
        **dict.fromkeys(
            ["title", "DOI", "ISBN", "URL", "archive", "number", "keyword", "note"], _TEXT
        ),
    },
}


def item(**parts: object) -> dict[str, Any]:
    (found,) = csl_items([source(**parts)])
    jsonschema.validate(found, SCHEMA)
    return found


def test_an_item() -> None:
    assert item(arxiv="2101.00001", doi="10.1000/x", author="Doe & van der Maaten et al.") == {
        "id": "key1",
        "type": "article-journal",
        "title": "Title",
        "author": [{"family": "Doe"}, {"literal": "van der Maaten"}, {"literal": "others"}],
        "issued": {"date-parts": [[2021]]},
        "DOI": "10.1000/x",
        "archive": "arXiv",
        "number": "arXiv:2101.00001",
        "URL": "https://a.example",
        "keyword": "PAPER",
        "note": "Cited in Reading list.md:3",
    }


@pytest.mark.parametrize(
    ("parts", "type_"),
    [
        ({"kind": "BOOK"}, "book"),
        ({"kind": "code"}, "software"),
        ({"kind": "THESIS/PHD"}, "thesis"),
        ({"kind": "TALK"}, "speech"),
        ({"arxiv": "2101.00001"}, "article"),
        ({"isbn": "9780000000002"}, "book"),
        ({"doi": "10.1000/x"}, "article-journal"),
        ({}, "document"),
        ({"kind": "link"}, "webpage"),
    ],
)
def test_types(parts: dict[str, str], type_: str) -> None:
    assert item(**parts)["type"] == type_


def test_what_is_not_known_is_left_out() -> None:
    found = item(author=None, year=None, title=None, kind="")
    assert found.keys() == {"id", "type", "title", "URL", "note"}
    assert found["title"] == "https://a.example"
