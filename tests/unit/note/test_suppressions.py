"""What a suppression in the body covers."""

import pytest

from tests.unit.note.facts_of import note_of


@pytest.mark.parametrize(
    ("text", "rules", "scope"),
    [
        ("a\nb %% vaultlint-ignore x %%\nc", ["x"], "b %% vaultlint-ignore x %%"),
        ("a %%vaultlint-ignore x, y-z%%", ["x", "y-z"], "a %%vaultlint-ignore x, y-z%%"),
        ("a %% vaultlint-ignore %%", [], "a %% vaultlint-ignore %%"),
        ("%% vaultlint-ignore x %%\n\nb\nc\n\nd", ["x"], "b\nc"),
        ("a\n%% vaultlint-ignore x %%\nb\n\nc", ["x"], "b"),
        ("%% vaultlint-ignore x %%\n# a\nb", ["x"], "# a"),
        ("%% vaultlint-ignore x %%\n- a\n- b\n\nc", ["x"], "- a\n- b"),
        ("- a\n  %% vaultlint-ignore x %%\n- b\n- c", ["x"], "- b"),
        ("%% vaultlint-ignore x %%\n%% a comment %%\nb", ["x"], "b"),
        ("a\n\n%% vaultlint-ignore x %%\n", ["x"], ""),
        ("a\n\n%% vaultlint-ignore-file x %%\nb", ["x"], "a\n\n%% vaultlint-ignore-file x %%\nb"),
        (
            "%%\nvaultlint-ignore-file x\nbecause\n%%",
            ["x"],
            "%%\nvaultlint-ignore-file x\nbecause\n%%",
        ),
        ("a\r\nb %% vaultlint-ignore x %%\r\nc", ["x"], "b %% vaultlint-ignore x %%"),
    ],
)
def test_scope(text, rules, scope):
    (ignore,) = note_of(text).ignores
    assert [rule for rule, _ in ignore.rules] == rules
    assert [span.of(text) for _, span in ignore.rules] == rules
    assert ignore.scope.of(text) == scope


@pytest.mark.parametrize(
    "text",
    [
        "`%% vaultlint-ignore x %%`",
        "```\n%% vaultlint-ignore x %%\n```",
        "%% vaultlint-ignored x %%",
        "%% please vaultlint-ignore x %%",
        "vaultlint-ignore x",
    ],
)
def test_no_suppression(text):
    assert note_of(text).ignores == ()
