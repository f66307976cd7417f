"""Every check, on any text: it never raises, its spans lie in the text, its fixes can be applied."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.memory_source import MemorySource
from vaultlint.checks import check_ids
from vaultlint.config.load import ConfigRequest
from vaultlint.engine.session import Session
from vaultlint.text import apply_edits

FRAGMENTS = (
    "[[", "]]", "|", "#", "^", "![[", "[x](", ")", " ", "\n", "\n\n", "\r\n", "\t", "a", "Note", "é",
    "日本", "🪴", "\u00a0", "\u2028", "\x00", "---\n", "```", "~~~\n", "$$", "%%", "<!--", "-->",
    "<div>", "</div>", "> ", "- ", "1. ", "| a | b |\n| - | - |\n", "\\", "`", "{{title}}",
    "<% tp.x %>", "https://a.b/c d", "%20", "#tag", "aliases: [", "tags: ", ": ", '"', "'", "^id",
    "<<<<<<< ", "=======\n", ">>>>>>> ", "[^1]", "[^1]:", "::", "../", "./", "/", ".md", ".png",
    "#PAPER ", "(Author 2020)", "https://arxiv.org/abs/2001.00001", "%% vaultlint-ignore ",
)  # fmt: skip

texts = st.lists(st.sampled_from(FRAGMENTS), max_size=60).map("".join)
OTHERS = {
    "Note.md": b"---\naliases: [a, Bob]\n---\n# Heading\n\ntext ^id\n",
    "sub/a b.md": b"# A",
    "sub/N.md": b"",
    "t/N.md": b"",
    "img.png": b"",
}


@settings(max_examples=150, deadline=None)
@given(text=texts, frontmatter=st.booleans())
def test_any_text_is_checked(text: str, frontmatter: bool) -> None:
    text = f"---\n{text}\n---\n{text}" if frontmatter else text
    files = {**OTHERS, "sub/Any.md": text.encode()}
    session = Session(MemorySource(files), ConfigRequest(select=check_ids()), jobs=1)
    session.apply()
    assert not session.failed
    for found in session.diagnostics():
        note = session.note(found.file)
        assert 0 <= found.span.start <= found.span.end <= len(note.text)
        fix = session.advise(found).fix
        for edit in fix.edits if fix else ():
            assert fix is not None
            assert fix.base[edit.note] == session.note(edit.note).digest
            apply_edits(session.note(edit.note).text, [(edit.span, edit.text)])
