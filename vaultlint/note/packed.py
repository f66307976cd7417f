"""Notes as bytes without their text, for a run over more of them than there is memory for.

A fact is a tuple of tuples of numbers; as objects they take eight times the room of the text, in the
plain bytes of marshal hardly more than it, and to unpack them takes a quarter of parsing it again.

Invariant: ``unpack_note(pack_note(note), data) == note`` for the bytes that the note was made of, and
None for any others. How a fact is packed follows from the types of its fields in ``model``, so a new
one needs nothing here.

Tests: tests/unit/note/test_packed.py
"""

import marshal
from collections.abc import Callable, Mapping
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

from vaultlint.note.model import Note
from vaultlint.note.parse import attachment

_Change = Callable[[Any], Any]


class _Form(NamedTuple):
    """How a value of some type is made plain, and made from what is plain again."""

    pack: _Change
    unpack: _Change


def pack_note(note: Note) -> bytes:
    """Return ``note``, which was parsed, without its text."""
    return marshal.dumps(_form(Note).pack(note._replace(text="")))  # type: ignore[union-attr]


def unpack_note(packed: bytes, data: bytes) -> Note | None:
    """Return the note that was packed; None when ``data`` is not what it was made of."""
    plain = marshal.loads(packed)  # noqa: S302 -- our own
    note: Note = _form(Note).unpack(plain)  # type: ignore[union-attr]
    attached = attachment(note.id, data)
    return note._replace(text=attached.text) if attached.digest == note.digest else None


@cache
def _form(hint: Any) -> _Form | None:
    """Return how values of the type ``hint`` are packed, None for those that are plain already."""
    if isinstance(hint, type) and issubclass(hint, tuple) and hasattr(hint, "_fields"):
        return _form_of_record(hint)
    arguments = get_args(hint)
    if isinstance(hint, UnionType):
        forms = [_form(each) for each in arguments if each is not NoneType]
        return forms[0] if len(forms) == 1 else None
    if get_origin(hint) is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return _form_of_many(_form(arguments[0]))
    if get_origin(hint) is Mapping and (form := _form(arguments[1])) is not None:
        pack, unpack = form
        return _Form(
            lambda mapping: {key: pack(value) for key, value in mapping.items()},
            lambda plain: {key: unpack(value) for key, value in plain.items()},
        )
    return _form_of_fixed(arguments) if get_origin(hint) is tuple else None


def _form_of_record(record: type[tuple[Any, ...]]) -> _Form:
    hints = get_type_hints(record)
    fields = enumerate(map(_form, hints.values()))
    make = partial(tuple.__new__, record)
    inner = [(at, form) for at, form in fields if form is not None]
    if not inner:
        return _Form(tuple, make)
    packing = [(at, form.pack) for at, form in inner]
    unpacking = [(at, form.unpack) for at, form in inner]
    return _Form(partial(_changed, packing, tuple), partial(_changed, unpacking, make))


def _changed(changes: list[tuple[int, _Change]], make: _Change, value: Any) -> Any:
    """Return what ``make`` makes of the parts of ``value``, some of them changed."""
    parts = list(value)
    for at, change in changes:
        if parts[at]:
            parts[at] = change(parts[at])
    return make(parts)


def _form_of_many(form: _Form | None) -> _Form | None:
    if form is None:
        return None
    pack, unpack = form
    return _Form(
        lambda values: [pack(value) for value in values],
        lambda plain: tuple([unpack(value) for value in plain]),
    )


def _form_of_fixed(arguments: tuple[Any, ...]) -> _Form | None:
    forms = [_form(each) for each in arguments]
    if not any(forms):
        return None
    return _Form(
        lambda value: [
            part if form is None else form.pack(part)
            for part, form in zip(value, forms, strict=True)
        ],
        lambda plain: tuple(
            [
                part if form is None else form.unpack(part)
                for part, form in zip(plain, forms, strict=True)
            ]
        ),
    )
