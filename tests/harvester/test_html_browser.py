"""The page in a real Chromium: it fits, it can be read, it needs no mouse, it fetches nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import Tab, browser
from click.testing import CliRunner
from test_html_hostile import ALL, written

from harvester.cli import main

OPEN_ALL = "document.querySelectorAll('details').forEach(one => { one.open = true })"
TOO_WIDE = """(() => {
  const wide = document.documentElement.clientWidth;
  return [...document.body.querySelectorAll('*')]
    .filter(one => !one.closest('.box, .time ol, .unseen, .skip'))
    .filter(one => one.getBoundingClientRect().right > wide + 1)
    .map(one => one.tagName + '.' + one.className + ' ' + one.textContent.slice(0, 40));
})()"""
FAINT = """(() => {
  const parts = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = one => {
    for (; one; one = one.parentElement) {
      const [r, g, b, a = 1] = parts(getComputedStyle(one).backgroundColor);
      if (a > 0) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const one = texts.currentNode.parentElement, said = texts.currentNode.data.trim();
    if (!said || !one.getClientRects().length || one.closest('title, desc')) continue;
    const style = getComputedStyle(one);
    const ink = one.closest('svg') ? style.fill : style.color;
    const [a, b] = [light(parts(ink)), light(ground(one))].sort((x, y) => x - y);
    if ((b + 0.05) / (a + 0.05) < 4.5) found.push(said.slice(0, 40) + ' ' + ink);
  }
  return found;
})()"""
NAMED = "document.activeElement.tagName + ' ' + document.activeElement.textContent.trim()"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("browser")
    demo = folder / "demo"
    assert CliRunner().invoke(main, ["demo", str(demo)]).exit_code == 0
    words = ["diff", "--config", str(demo), "--html", str(folder / "demo.html")]
    assert CliRunner().invoke(main, words).exit_code == 1
    (folder / "hostile").mkdir()
    written(folder / "hostile", ALL + " " + "w" * 300)
    return {"demo": folder / "demo.html", "hostile": folder / "hostile" / "page.html"}


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with browser(tmp_path_factory.mktemp("profile")) as found:
        yield found


@pytest.mark.parametrize("name", ["demo", "hostile"])
@pytest.mark.parametrize("width", [320, 360, 800, 1280])
def test_the_page_does_not_scroll_sideways(
    tab: Tab, pages: dict[str, Path], name: str, width: int
) -> None:
    tab.screen(width)
    tab.open(pages[name])
    tab.value(OPEN_ALL)
    assert tab.value(TOO_WIDE) == []
    assert tab.value("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_stands_out_from_its_ground(
    tab: Tab, pages: dict[str, Path], scheme: str, width: int
) -> None:
    tab.screen(width, scheme=scheme)
    tab.open(pages["demo"])
    tab.value(OPEN_ALL)
    assert tab.value(FAINT) == []
    dark = tab.value("getComputedStyle(document.body).backgroundColor") == "rgb(22, 24, 27)"
    assert dark == (scheme == "dark")


@pytest.mark.parametrize("name", ["demo", "hostile"])
def test_nothing_is_fetched_refused_or_run(tab: Tab, pages: dict[str, Path], name: str) -> None:
    tab.screen(1280)
    tab.open(pages[name])
    asked = [
        event["params"]["request"]["url"]
        for event in tab.events
        if event["method"] == "Network.requestWillBeSent"
    ]
    assert asked == [pages[name].as_uri()]
    trouble = ("Log.entryAdded", "Runtime.exceptionThrown", "Page.javascriptDialogOpening")
    assert [event for event in tab.events if event["method"] in trouble] == []
    scripts = (
        "document.querySelectorAll('script, img, iframe, object, embed, style + style').length"
    )
    assert tab.value(scripts) == 0
    handlers = "[...document.querySelectorAll('*')].flatMap(one => one.getAttributeNames())"
    assert not [name for name in tab.value(handlers) if name.startswith("on") or name == "style"]
    # The policy would stop a script that got in: this one is put there and does not run.
    tab.value(
        "(() => { const one = document.createElement('script');"
        " one.textContent = 'window.ran = 1'; document.body.append(one) })()"
    )
    assert tab.value("typeof window.ran") == "undefined"


def test_it_needs_no_mouse(tab: Tab, pages: dict[str, Path]) -> None:
    tab.screen(1280)
    tab.open(pages["demo"])
    tab.press("Tab", 9)
    assert tab.value(NAMED) == "A Skip to the review"
    assert tab.value("document.activeElement.getBoundingClientRect().top") >= 0, "it is seen"
    tab.press("Enter", 13)
    assert tab.value("location.hash + document.activeElement.id") == "#reviewreview"
    stops: list[str] = []
    for _ in range(60):
        tab.press("Tab", 9)
        stops.append(tab.value("document.activeElement.tagName.toLowerCase()"))
        assert tab.value("getComputedStyle(document.activeElement).outline").endswith("solid 3px")
        if stops[-1] == "summary":
            break
    assert {"a", "div", "summary"} <= set(stops)
    tab.press("Enter", 13)
    assert tab.value("document.activeElement.parentElement.open") is True


def test_who_listens_hears_tables_and_drawings(tab: Tab, pages: dict[str, Path]) -> None:
    for width in (1280, 360):
        tab.screen(width)
        tab.open(pages["demo"])
        tab.ask("Accessibility.enable")
        nodes = tab.ask("Accessibility.getFullAXTree")["nodes"]
        roles = [node["role"]["value"] for node in nodes if not node["ignored"]]
        assert {"banner", "main", "navigation", "contentinfo", "heading", "list"} <= set(roles)
        # The same on a telephone, where the cells of a row stand below each other.
        assert roles.count("table") == 5
        assert roles.count("columnheader") == 3 + 4 + 3 + 7 + 5 + 2
        drawn = [node for node in nodes if role(node) in ("image", "img", "graphics-document")]
        described = [node for node in drawn if node.get("description", {}).get("value")]
        assert any(
            "CVPR 2021 was over 154 days before that." in node["description"]["value"]
            for node in described
        )


def role(node: dict[str, Any]) -> str:
    return str(node.get("role", {}).get("value", ""))


def test_on_paper_everything_is_open(tab: Tab, pages: dict[str, Path]) -> None:
    tab.screen(1280, media="print", scheme="dark")
    tab.open(pages["demo"])
    assert tab.value("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    closed = "document.querySelectorAll('details:not([open])').length"
    hidden = (
        "[...document.querySelectorAll('details:not([open]) > :not(summary)')]"
        ".filter(one => !one.checkVisibility()).length"
    )
    assert tab.value(closed) == 5
    assert tab.value(hidden) == 0
    assert tab.value("getComputedStyle(document.querySelector('nav')).display") == "none"
    tab.ask("Emulation.clearDeviceMetricsOverride")
    paper = tab.print()
    assert paper.startswith(b"%PDF-")
    assert 5 <= paper.count(b"/Type /Page\n") <= 14
