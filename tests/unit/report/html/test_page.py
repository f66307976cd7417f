"""The page as HTML: what it may load, what it escapes."""

import base64
import hashlib
import re
from datetime import datetime
from pathlib import Path

from tests.unit.report.html.material import gathered, material
from vaultlint.report.html.build import build
from vaultlint.report.html.model import Counts, Earlier
from vaultlint.report.html.page import report_page

HOSTILE = "<script>alert(1)</script>\"' onload=x"


def sha(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_the_policy_names_the_style_and_the_script_there_are() -> None:
    html = report_page(build(material()))
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    rules = dict(rule.split(" ", 1) for rule in policy.replace("&#39;", "'").split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["style-src"] == f"'{sha(style)}'"
    assert rules["script-src"] == f"'{sha(script)}'"


def test_nothing_is_loaded_and_nothing_is_styled_in_place(tmp_path: Path) -> None:
    vault = {"a.md": f"![x](https://a.b/c.png) [[Gone]] {HOSTILE}\n"}
    html = report_page(build(gathered(tmp_path, vault)))
    head, _, body = html.partition("</style>")
    body = body.partition("<script>")[0]
    assert re.findall(r"<link[^>]*>", head) == ['<link rel="icon" href="data:,">']
    assert not re.search(r"<(?:img|iframe|object|embed|video|audio|base|form action)\b", body)
    assert not re.search(r"<[^>]*\s(?:style|src|on[a-z]+)=", body)
    assert "&lt;script&gt;alert(1)" in body


def test_hostile_names_are_text(tmp_path: Path) -> None:
    name = "<img src=x onerror=alert(1)>\u202e"
    vault = {f"{name}/{name}.md": f"---\ntags: ['{HOSTILE}']\n---\n[[{name} gone]]\n"}
    made = gathered(tmp_path, vault, name=HOSTILE)
    html = report_page(build(made))
    assert "<img" not in html
    assert "\u202e" not in html
    assert html.count("<script") == 2
    assert "\\u202e" in html


def test_earlier_reports_are_drawn(tmp_path: Path) -> None:
    days = [Earlier(datetime(2026, 1, n), Counts(n, 0, 0), 3, {"x": "old"}) for n in (1, 2)]
    html = report_page(build(gathered(tmp_path, {"a.md": "[[Gone]]"}, earlier=days)))
    assert 'id="time"' in html
    assert "Since the report of 2 January 2026: <b>1</b> new, <b>1</b> gone." in html


def test_a_clean_vault_says_so(tmp_path: Path) -> None:
    html = report_page(build(gathered(tmp_path, {"a.md": "[[b]]", "b.md": ""})))
    assert "No findings in 2 notes." in html
    assert "Nothing to do." in html


def test_the_same_vault_gives_the_same_page(tmp_path: Path) -> None:
    vault = {"a.md": "[[b]] [[Gone]]", "b.md": "#x"}
    assert report_page(build(gathered(tmp_path, vault))) == report_page(
        build(gathered(tmp_path, vault))
    )
