"""The documentation of the rules as a site."""

import re

from vaultlint.checks import check_ids, load_check
from vaultlint.cli.explain import rule_page
from vaultlint.report.html.site import INDEX, site

PAGES = dict(site([rule_page(load_check(check)) for check in check_ids()], "0"))


def test_an_index_and_a_page_for_each_rule() -> None:
    assert set(PAGES) == {INDEX, *(f"{check}.html" for check in check_ids())}


def test_every_link_leads_to_a_page_or_out() -> None:
    for html in PAGES.values():
        for href in re.findall(r'<a[^>]* href="([^"]*)"', html):
            assert href in PAGES or href == "#main" or href.startswith("https://"), href


def test_a_page_tells_all_of_its_rule() -> None:
    html = PAGES["broken-link.html"]
    for title in ("Why", "Example", "Use instead", "Fix safety", "Options", "Source", "Defaults"):
        assert f">{title}</h2>" in html
    assert '<p class="file">' in html
    assert "rules:\n  broken-link:\n" in html
    assert '<a href="malformed-link.html"><code>malformed-link</code></a>' in html


def test_pages_hold_no_style_in_place() -> None:
    assert not [name for name, html in PAGES.items() if re.search(r"<[^>]*\sstyle=", html)]
