"""Globs over vault-relative paths: the one implementation, compiled to linear-time patterns.

``*`` and ``?`` stay within one level, ``**`` spans levels, ``[ab]`` and ``{a,b}`` choose. A glob
is matched against the whole path from the vault's root, with regard to case; if its last part has
no wildcard, it also matches everything below the folder it names.

Invariant: matching never backtracks over a choice twice. Between two wildcards the leftmost place
is always as good as any other, so each such stretch is an atomic group.

Tests: tests/unit/terms/test_globs.py, tests/properties/test_globs.py
"""

import re
import unicodedata

from vaultlint.errors import ConfigError

MAX_GLOB_LENGTH = 1000
MAX_CHOICES = 100
"""How many globs one glob with braces may stand for."""

_WILD = re.compile(r"[*?\[]")
_ANY_PART = "[^/]*"


class Globs:
    """Several globs, compiled as one. Raises ConfigError for a glob that cannot be meant."""

    __slots__ = ("_everything", "_folders", "_regex", "globs")

    def __init__(self, globs: tuple[str, ...]) -> None:
        self.globs = globs
        expanded = [part for glob in globs for part in _expand(_checked(glob))]
        self._everything = "**" in expanded
        self._folders = tuple(
            glob[:-2] for glob in expanded if glob.endswith("/**") and not _WILD.search(glob[:-3])
        )
        rest = [glob for glob in expanded if not glob.startswith(self._folders or "\0")]
        self._regex = re.compile("|".join(map(_regex, rest))) if rest else None

    def match(self, path: str) -> bool:
        """Return whether any of the globs matches ``path``."""
        if not path.isascii():
            path = unicodedata.normalize("NFC", path)
        if self._everything or path.startswith(self._folders):
            return True
        return self._regex is not None and self._regex.match(path) is not None

    def __bool__(self) -> bool:
        return bool(self.globs)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Globs) and other.globs == self.globs

    def __hash__(self) -> int:
        return hash(self.globs)

    def __reduce__(self) -> tuple[type["Globs"], tuple[tuple[str, ...]]]:
        return (Globs, (self.globs,))


def _checked(glob: str) -> str:
    """Return ``glob`` in its plain form. Raises ConfigError where it leaves the vault."""
    if not glob.strip():
        raise ConfigError("the glob is empty")
    if len(glob) > MAX_GLOB_LENGTH:
        raise ConfigError(f"the glob is longer than {MAX_GLOB_LENGTH} characters")
    if "\\" in glob:
        raise ConfigError(f"the glob {glob!r} has a backslash; folders are separated by /")
    plain = unicodedata.normalize("NFC", glob.removeprefix("./"))
    if plain.startswith("/") or re.match(r"[A-Za-z]:/", plain):
        raise ConfigError(f"the glob {glob!r} is absolute; paths start at the vault's root")
    if ".." in plain.split("/"):
        raise ConfigError(f"the glob {glob!r} leaves the vault")
    return plain + "**" if plain.endswith("/") else plain


def _expand(glob: str) -> list[str]:
    """Return the globs that ``glob`` with its braces stands for."""
    done: list[str] = []
    todo = [glob]
    while todo:
        glob = todo.pop()
        choice = _first_choice(glob)
        if choice is None:
            done.append(glob)
        else:
            start, end, options = choice
            todo += [glob[:start] + option + glob[end:] for option in options]
        if len(done) + len(todo) > MAX_CHOICES:
            raise ConfigError(f"the braces of a glob stand for more than {MAX_CHOICES} globs")
    return done


def _first_choice(glob: str) -> tuple[int, int, list[str]] | None:
    """Return where the first innermost ``{a,b}`` of ``glob`` stands, and its options."""
    end = glob.find("}")
    while end >= 0:
        start = glob.rfind("{", 0, end)
        if start >= 0 and "," in glob[start:end]:
            return start, end + 1, glob[start + 1 : end].split(",")
        end = glob.find("}", end + 1)
    return None


def _regex(glob: str) -> str:
    """Return the regular expression, anchored at both ends, of a glob without braces."""
    parts = re.sub(r"/\*\*(?:/\*\*)+(?=/|$)", "/**", glob).split("/")
    below = r"(?=/|\Z)" if not _WILD.search(parts[-1]) else r"\Z"
    blocks: list[list[str]] = [[]]
    for part in parts:
        if part == "**":
            blocks.append([])
        else:
            blocks[-1].append(_part_regex(part))
    first, *others = ["/".join(block) for block in blocks]
    if not others:
        return first + below
    pieces = [first + "/" if first else ""]
    pieces += [rf"(?>(?:[^/]*/)*?{block}/)" for block in others[:-1] if block]
    last = others[-1]
    pieces.append(rf"(?>(?:[^/]*/)*?{last}{below})" if last else r"(?s:.+)\Z")
    return "".join(pieces)


def _part_regex(part: str) -> str:
    """Return the expression of one level of a path; it never matches a slash."""
    stretches = [""]
    at = 0
    while at < len(part):
        char = part[at]
        at += 1
        if char == "*":
            if at < 2 or part[at - 2] != "*":
                stretches.append("")
        elif char == "?":
            stretches[-1] += "[^/]"
        elif char == "[" and (end := part.find("]", at + 1)) > 0:
            stretches[-1] += _class_regex(part[at:end])
            at = end + 1
        else:
            stretches[-1] += re.escape(char)
    first, *middle = stretches
    if not middle:
        return first
    *middle, last = middle
    atoms = "".join(f"(?>{_ANY_PART}?{stretch})" for stretch in middle)
    return rf"{first}{atoms}(?>{_ANY_PART}{last}(?=/|\Z))"


def _class_regex(body: str) -> str:
    """Return the expression of ``[body]``: one character, never a slash."""
    negated = body[0] in "!^" and len(body) > 1
    items: list[str] = []
    chars = body[1:] if negated else body
    at = 0
    while at < len(chars):
        low = high = chars[at]
        if chars[at + 1 : at + 2] == "-" and at + 2 < len(chars):
            high = chars[at + 2]
        if high < low:
            raise ConfigError(f"the range {low}-{high} in a glob is backwards")
        items.append(f"{re.escape(low)}-{re.escape(high)}")
        at += 3 if chars[at + 1 : at + 2] == "-" and at + 2 < len(chars) else 1
    chosen = "".join(items)
    return f"[^/{chosen}]" if negated else f"[{chosen}]"
