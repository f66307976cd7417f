"""The pages in a real browser: they load in silence, filters work, links lead somewhere, and whatever
a vault holds stays text."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.browser import Browser, browser, needs_browser
from vaultlint.cli.main import cli

pytestmark = needs_browser

SCRIPT = "<script>window.hurt=1</script><img src=x onerror=window.hurt=1>"
FILES = {
    "Home.md": "[[Lists]], [[Gone]], [[a/Nested|below]] and [out](https://example.org/).\n",
    "Lists.md": "- #PAPER [Lists (Doe 2021)](https://arxiv.org/abs/2101.00001)\n[[Home]] [[Lost]]\n",
    "a/Nested.md": "---\ntags: tag with spaces\n---\n[[Home]]\n",
    "a/Other.md": "![[Gone picture.png]] [[Home]]\n",
    "a/Clean.md": "Nothing.\n",
}
HOSTILE = {
    "Home.md": f"[[Gone {SCRIPT}]] [x](javascript:window.hurt=1) [[javascript:window.hurt=1]]\n",
    '"onmouseover=hurt=1 x="/<img src=x onerror=hurt=1>.md': f"[[No]] {SCRIPT}\n",
    "\u202egnp.exe.md": "[[No\u202e way]]\n",
    "</script><script>hurt=1</script>.md": "[[No]] ${hurt=1} {{ 7*7 }} {% raw %}\n",
    "]]>.md": "---\ntags: ['<svg onload=hurt=1>']\n---\n[[<svg onload=hurt=1>]]\n",
    "vaultlint.yaml": "vocabularies: {tags: {terms: ['<b>x', '</style>']}}\nrules: {unknown-tag: {vocabulary: tags}}\n",
}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the pages of two vaults, and one of a vault of several thousand links."""
    made = {}
    woven = {
        f"{n % 7}/{n}.md": " ".join(f"[[{n * k % 300}]]" for k in range(1, 9)) for n in range(300)
    }
    for name, files in {"plain": FILES, "hostile": HOSTILE, "woven": woven}.items():
        root = tmp_path_factory.mktemp(name)
        for file, text in files.items():
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            (root / file).write_bytes(text.encode())
        page = root.parent / f"{name}.html"
        done = CliRunner().invoke(cli, ["report", str(root), "-o", str(page), "--no-cache"])
        assert done.exit_code == 0, done.output
        made[name] = page
    return made


def shown(chromium: Browser) -> list[str]:
    """Return the messages of the findings that are not hidden."""
    found: list[str] = chromium.run(
        "[...document.querySelectorAll('.finding')].filter(e => e.checkVisibility()).map("
        "e => e.querySelector('.message').textContent)"
    )
    return found


def choose(chromium: Browser, field: str, value: str) -> None:
    chromium.run(
        f"(e => {{ e.value = {json.dumps(value)}; e.dispatchEvent(new Event('input', {{bubbles: true}})) }})"
        f"(document.getElementById({json.dumps(field)}))"
    )


@pytest.mark.parametrize("name", ["plain", "hostile", "woven"])
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_a_page_loads_in_silence(
    chromium: Browser, pages: dict[str, Path], name: str, width: int, dark: bool
) -> None:
    chromium.window(width, 900, dark=dark)
    chromium.open(pages[name])
    assert chromium.complaints() == []
    assert chromium.requests() == [pages[name].as_uri()]
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert chromium.run(overflow) == 0


def test_filters(chromium: Browser, pages: dict[str, Path]) -> None:
    chromium.open(pages["plain"])
    everything = shown(chromium)
    assert len(everything) == 4
    choose(chromium, "filter-text", "LOST")
    assert shown(chromium) == ['no note or file is named "Lost"']
    status = "document.getElementById('filter-status').textContent"
    assert chromium.run(status) == "1 of 4 findings in 1 file."
    chromium.run("document.getElementById('filter-reset').click()")
    chromium.settle()
    assert shown(chromium) == everything
    chromium.run("document.querySelector('input[value=error]').click()")
    assert len(shown(chromium)) < 4
    chromium.run("document.querySelector('input[value=error]').click()")
    folders = "[...document.querySelectorAll('#filter-folder option')].map(o => [o.text, o.value])"
    (folder,) = [value for text, value in chromium.run(folders) if text.startswith("a (")]
    choose(chromium, "filter-folder", folder)
    assert chromium.run("document.querySelectorAll('.listing:not([hidden])').length") == 2
    chromium.run("document.querySelector('a[data-rule]').click()")
    chromium.settle()
    rule = chromium.run("document.querySelector('a[data-rule]').textContent")
    assert chromium.run(
        "document.getElementById('filter-rule').selectedOptions[0].text"
    ).startswith(rule)
    assert 0 < len(shown(chromium)) < 4


def test_what_the_baseline_knows_can_be_left_out(chromium: Browser, tmp_path: Path) -> None:
    root = tmp_path / "vault"
    root.mkdir()
    (root / "a.md").write_text("[[Gone]]\n")
    assert CliRunner().invoke(cli, ["baseline", str(root), "--no-cache"]).exit_code == 0
    (root / "a.md").write_text("[[Gone]] [[Lost]]\n")
    done = CliRunner().invoke(
        cli, ["report", str(root), "-o", str(tmp_path / "page.html"), "--no-cache"]
    )
    assert done.exit_code == 0, done.output
    chromium.open(tmp_path / "page.html")
    assert len(shown(chromium)) == 2
    chromium.run("document.getElementById('filter-new').click()")
    assert shown(chromium) == ['no note or file is named "Lost"']


def test_every_link_of_the_page_leads_somewhere(chromium: Browser, pages: dict[str, Path]) -> None:
    chromium.open(pages["plain"])
    dead = chromium.run(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.hash.slice(1))"
        ".filter(id => !document.getElementById(id))"
    )
    assert dead == []
    twice = chromium.run(
        "(ids => ids.filter((id, at) => ids.indexOf(id) !== at))"
        "([...document.querySelectorAll('[id]')].map(e => e.id))"
    )
    assert twice == []


def test_a_link_of_a_note_leads_to_the_entry_of_the_other(
    chromium: Browser, pages: dict[str, Path]
) -> None:
    chromium.open(pages["plain"])
    chromium.run(
        "[...document.querySelectorAll('.rendered a')].find(a => a.text === 'below').click()"
    )
    assert chromium.run("document.querySelector(':target').textContent").startswith("Nested")


def test_a_link_to_what_a_filter_hides_shows_it(chromium: Browser, pages: dict[str, Path]) -> None:
    chromium.open(pages["plain"])
    choose(chromium, "filter-text", "nothing has this")
    assert shown(chromium) == []
    chromium.run("document.querySelector('#worst a').click()")
    chromium.settle()
    assert len(shown(chromium)) == 4
    assert chromium.run("document.activeElement.id").startswith("f")


def test_lines_as_written(chromium: Browser, pages: dict[str, Path]) -> None:
    chromium.open(pages["plain"])
    seen = "[...document.querySelectorAll('.rendered')].some(e => e.checkVisibility())"
    assert chromium.run(seen)
    chromium.run("document.getElementById('as-source').click()")
    assert not chromium.run(seen)
    assert chromium.run("[...document.querySelectorAll('.source')].every(e => e.checkVisibility())")


def test_the_map_is_searched_and_told_in_words(chromium: Browser, pages: dict[str, Path]) -> None:
    chromium.open(pages["plain"])
    choose(chromium, "map-search", "NEST")
    chromium.run("document.querySelector('#map-results button').click()")
    card = chromium.run("document.getElementById('map-card').textContent")
    assert card == "Nesteda/Nested · linked with 1 note · 1 finding"
    assert chromium.run("document.querySelectorAll('#map-own path').length") == 1
    before = chromium.run("document.getElementById('map-picture').getAttribute('viewBox')")
    chromium.run("document.querySelector('[data-zoom=all]').click()")
    assert chromium.run("document.getElementById('map-picture').getAttribute('viewBox')") != before


def test_a_pointer_names_the_note_under_it(chromium: Browser, pages: dict[str, Path]) -> None:
    chromium.window(1280, 900)
    chromium.open(pages["plain"], "#map")
    x, y = chromium.run(
        "(() => { const s = document.getElementById('map-picture'), b = s.getBoundingClientRect(),"
        " d = JSON.parse(document.getElementById('map-data').textContent),"
        " k = Math.min(b.width / s.dataset.width, b.height / s.dataset.height);"
        " return [b.left + b.width / 2 + (d.x[0] - s.dataset.width / 2) * k,"
        " b.top + b.height / 2 + (d.y[0] - s.dataset.height / 2) * k] })()"
    )
    chromium.send("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
    assert chromium.run("document.getElementById('map-card').textContent").startswith("Home")


def test_the_keyboard_reaches_everything(chromium: Browser, pages: dict[str, Path]) -> None:
    chromium.window(1280, 900)
    chromium.open(pages["plain"])
    chromium.press("Tab")
    assert chromium.run("document.activeElement.textContent") == "Skip to the content"
    assert chromium.run("document.activeElement.getBoundingClientRect().top") >= 0
    chromium.run("document.getElementById('map-picture').focus()")
    box = "document.getElementById('map-picture').getAttribute('viewBox')"
    whole = chromium.run(box)
    chromium.press("+")
    assert chromium.run(box) != whole
    chromium.press("0")
    assert chromium.run(box) == whole


def test_every_control_and_picture_has_a_name(chromium: Browser, pages: dict[str, Path]) -> None:
    chromium.open(pages["plain"])
    tree = chromium.send("Accessibility.getFullAXTree")["nodes"]
    roles = {
        "link",
        "button",
        "textbox",
        "searchbox",
        "combobox",
        "checkbox",
        "image",
        "img",
        "table",
        "region",
        "navigation",
    }
    named = [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in tree
        if not node.get("ignored") and node["role"]["value"] in roles
    ]
    assert {"searchbox", "combobox", "checkbox", "link", "region"} <= {role for role, _ in named}
    assert [role for role, name in named if not name and role != "table"] == []
    headers = "[...document.querySelectorAll('thead th')].filter(h => h.scope !== 'col' || !h.textContent.trim())"
    assert chromium.run(f"{headers}.length") == 0


def test_text_stands_out_in_both_themes(chromium: Browser, pages: dict[str, Path]) -> None:
    script = """
    (() => {
      const rgb = (css) => {
        const c = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
        c.fillStyle = css; c.fillRect(0, 0, 1, 1);
        return [...c.getImageData(0, 0, 1, 1).data];
      };
      const light = (c) => { const l = c.slice(0, 3).map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * l[0] + 0.7152 * l[1] + 0.0722 * l[2]; };
      const behind = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c[3] > 250) return c; } return [255, 255, 255, 255]; };
      const poor = [];
      for (const e of document.querySelectorAll('main *, header *, nav *, footer *')) {
        if (e.closest('svg, option') || ![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || !e.checkVisibility()) continue;
        const [a, b] = [light(rgb(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => y - x);
        const ratio = (a + 0.05) / (b + 0.05);
        if (ratio < 4.5) poor.push(e.className + ' ' + e.tagName + ' ' + ratio.toFixed(2));
      }
      return [...new Set(poor)];
    })()
    """
    for dark in (False, True):
        chromium.window(1280, 900, dark=dark)
        chromium.open(pages["plain"])
        assert chromium.run(script) == []


def test_a_hostile_vault_stays_text(chromium: Browser, pages: dict[str, Path]) -> None:
    chromium.open(pages["hostile"])
    assert chromium.run("typeof window.hurt") == "undefined"
    foreign = "main :is(img, script, iframe, object, embed, style, link, meta, base)"
    assert chromium.run(f"document.querySelectorAll('{foreign}').length") == 0
    assert chromium.run("document.scripts.length") == 2
    strange = chromium.run(
        "[...document.links].map(a => a.getAttribute('href')).filter(h => !/^(#|https?:|mailto:)/.test(h))"
    )
    assert strange == []
    handlers = chromium.run(
        "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes])"
        ".filter(a => a.name.startsWith('on') || a.name === 'src').length"
    )
    assert handlers == 0
    text = chromium.run("document.body.textContent")
    assert SCRIPT.partition("<img")[0] in text
    assert "\u202e" not in text
    choose(chromium, "map-search", "<")
    chromium.run("document.querySelectorAll('#map-results button').forEach(b => b.click())")
    choose(chromium, "filter-text", "<img src=x onerror=hurt=1>")
    chromium.run("document.querySelectorAll('main a[href^=\"#\"]').forEach(a => a.click())")
    assert chromium.run("typeof window.hurt") == "undefined"
    assert chromium.complaints() == []


def test_without_a_script_everything_is_there(chromium: Browser, pages: dict[str, Path]) -> None:
    chromium.open(pages["plain"], scripts=False)
    assert len(shown(chromium)) == 4
    assert not chromium.run("document.getElementById('filters').checkVisibility()")


def test_the_documentation_loads_in_silence_and_is_searched(
    chromium: Browser, tmp_path: Path
) -> None:
    done = CliRunner().invoke(cli, ["explain", "--html", "-o", str(tmp_path / "site")])
    assert done.exit_code == 0, done.output
    chromium.window(390, 900)
    for page in ("index.html", "broken-link.html", "pattern.html"):
        chromium.open(tmp_path / "site" / page)
        assert chromium.complaints() == []
        assert chromium.run("document.documentElement.scrollWidth") <= 390
    chromium.open(tmp_path / "site" / "index.html")
    choose(chromium, "rules-search", "LINK vault")
    rows = (
        "[...document.querySelectorAll('#rules-list tr')].filter(e => e.checkVisibility()).length"
    )
    assert (
        0 < chromium.run(rows) < chromium.run("document.querySelectorAll('#rules-list tr').length")
    )
    chromium.events.clear()
    chromium.run("[...document.links].find(a => a.text === 'broken-link').click()")
    chromium.wait_for("Page.loadEventFired")
    assert chromium.run("document.title") == "broken-link: vaultlint"


def test_on_paper_there_are_no_tools(chromium: Browser, pages: dict[str, Path]) -> None:
    chromium.open(pages["plain"])
    chromium.send("Emulation.setEmulatedMedia", media="print")
    try:
        visible = "[...document.querySelectorAll('.tools, .contents, .skip')].some(e => e.checkVisibility())"
        assert not chromium.run(visible)
        assert len(shown(chromium)) == 4
    finally:
        chromium.send("Emulation.setEmulatedMedia", media="")
