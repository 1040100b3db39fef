"""Text from outside changes nothing of the page but the places where it is shown."""

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from canons import NOW, TODAY, canon_of, claim, disputed, version, work
from click.testing import CliRunner
from htmlread import Page

from db.store import open_store
from harvester.canon import Canon, Conflict, Evidence, Fix, Judgement, Settled, State
from harvester.cli import main
from harvester.html_tree import document, is_web, linked, tag
from harvester.ledger import finish_run, save_source, start_run
from harvester.publish import publish
from sources.record import Appearance, DateKind, PartialDate, Record, Stage

TAGS = {
    *"html head meta title style body header nav main footer section article h1 h2 h3".split(),
    *"p a b ul ol li div span code time q mark del bdi details summary figure figcaption".split(),
    *"table caption thead tbody tr th td svg desc g line rect path text".split(),
}
"""Every tag that the page's own code writes."""
ATTRIBUTES = {
    *"class id href rel lang dir title role scope colspan tabindex charset name content".split(),
    *"http-equiv aria-label aria-labelledby aria-describedby aria-hidden data-head".split(),
    *"x y x1 x2 y1 y2 d width height overflow".split(),
}
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>"
QUOTES = '" onmouseover="alert(3)" x=\'"><svg/onload=alert(4)>'
CLOSING = "</title></style></svg></td></table></body></html><!-- --><?php ?><![CDATA["
TURNED = "\u202egnp.exe\u202c \u2066inside\u2069 \u200f\u200e\u061c"
MOVED = "\x1b[2J\x1b]0;owned\x07 \x00\x08\x7f\x9b1A a\nb\r\nc\u2028d\u2029e\x85f"
ENTITIES = "&lt;b&gt; &amp;amp; &#60;script&#62; {{7*7}} ${7*7} %3Cscript%3E"
ODD = "\ufffe \ue000 \U000e0041 \ufeff"
ALL = f"{MARKUP} {QUOTES} {CLOSING} {TURNED} {MOVED} {ENTITIES}"
NEVER = set("\u202e\u202c\u2066\u2069\u200f\u200e\u061c\x1b\x07\x00\x08\x7f\x9b\x85\u2028\u2029\r")
A, B, C, D = "arxiv:a", "cv:b", "page:c", "scholar:d"


def evil(settled: Settled, text: str) -> Settled:
    """The same field with hostile text wherever a source may put it."""

    def spoil(one: object) -> object:
        return replace(one, text=text, where=f"javascript:alert(5)//{text}", source=text)  # type: ignore[type-var]

    standing = tuple(spoil(one) for one in settled.standing)
    struck = tuple((spoil(one), rule) for one, rule in settled.struck)
    return replace(settled, standing=standing, struck=struck, why=text)  # type: ignore[arg-type]


def canon(text: str) -> Canon:
    year = evil(disputed("year", "2022", "2021", [A, C]), text)
    venue = disputed("venue", text, f"{text} 2", [C, A], rule="")
    head = version(Stage.CONFERENCE, "CVPR", "", [A, C], year)
    head = replace(head, venue=text, fields=head.fields | {"venue": venue})
    first = work([A, C], text, head, names=(f"{text}, {text}", "Doe, Jane"))
    first = replace(first, title=evil(first.title, text), status=text)
    journal = version(Stage.JOURNAL, text, "2020", [B])
    second = work([B], f"{text} again", journal)
    third = work([D], "Another", version(Stage.OTHER, "", "2019", [D]))
    pair = Judgement(B, D, "review", 6.0, (Evidence(text, text, 8.0, text),), text)
    asked = (claim("title", text, B, text), "")
    conflicts = (
        *canon_of(first).conflicts,
        Conflict("duplicate", "", "", (B, D), (), State.OPEN, "apart", judgement=pair),
        Conflict("person", "", "", (D,), (asked,), State.OPEN, "not-mine", why=text),
        Conflict("identifier", "doi", "", (B, D), (asked,), State.OPEN, text, why=text),
        Conflict("field", "title", "", (B,), (asked, asked), State.DECIDED, text, "decided", text),
    )
    fixes = (
        Fix("page", f"javascript:alert(6)//{text}", 3, "year", text, text, A),
        Fix("page", text, 0, "authors", f"{text}; Doe, Jane", f"{text}; Roe, Jane", B),
    )
    return Canon((first, second, third), conflicts, fixes)


def record(key: str, text: str) -> Record:
    source, _, id = key.partition(":")
    when = PartialDate(9999, 12, 31)
    dated = [
        Appearance(None, text, PartialDate(2021, 2), DateKind.ACCEPTED),
        Appearance(None, text, when, DateKind.REVISED),
        Appearance(None, text, PartialDate(1), DateKind.ONLINE),
    ]
    return Record(source, id, source, text, appearances=tuple(dated), where=text, line=3)


def written(folder: Path, text: str) -> str:
    """The page of a workspace in which everything is hostile."""
    with open_store(folder / "canon.db") as store, store.transaction() as connection:
        run = start_run(connection, NOW)
        for key in (A, B, C, D):
            source = key.partition(":")[0]
            save_source(connection, source, source, [record(key, text)], [], run, TODAY)
        finish_run(connection, run, NOW, "done", {})
        publish(connection, canon(text), run)
    toml = '[[person]]\nname = "Jane \\u202e<b>Doe"\n[[source]]\nadapter = "page"\npath = "x.md"\n'
    (folder / "harvest.toml").write_text(toml, encoding="utf-8")
    done = CliRunner().invoke(
        main, ["diff", "--config", str(folder), "--html", str(folder / "page.html")]
    )
    assert done.exit_code == 1, (done.output, done.exception)
    return (folder / "page.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    return written(tmp_path_factory.mktemp("hostile"), ALL)


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


def test_there_is_no_tag_and_no_attribute_that_we_did_not_write(page: Page) -> None:
    assert {name for name, _ in page.tags} <= TAGS
    assert {name for _, attributes in page.tags for name in attributes} <= ATTRIBUTES
    assert page.strays == []
    assert page.open == []
    assert [name for name, _ in page.tags].count("body") == 1


def test_a_page_of_harmless_text_has_the_same_tags(tmp_path: Path, page: Page) -> None:
    harmless = Page(
        written(tmp_path, "Plain words of a title that is as long, and then more of it")
    )
    structure = [
        [(n, a.get("class", "")) for n, a in one.tags if n not in ("mark", "del", "span")]
        for one in (harmless, page)
    ]
    assert structure[0] == structure[1]


def test_choices_stand_in_the_order_of_their_letters(text: str) -> None:
    [venue] = re.findall(r"<article[^>]*><h3><bdi>Venue.*?</article>", text, re.DOTALL)
    assert re.findall(r"<b>(\w)</b>", venue) == ["a", "b"]
    assert re.findall(r"take \w+ (\w)<", venue) == ["a", "b"]


def test_what_they_wrote_is_read_as_they_wrote_it(page: Page) -> None:
    told = " ".join(page.text.split())
    assert MARKUP in told
    assert "</title></style></svg></td></table></body></html><!-- --><?php ?><![CDATA[" in told
    assert "&lt;b&gt; &amp;amp; &#60;script&#62;" in told


def test_nothing_turns_or_moves(text: str) -> None:
    assert not NEVER & set(text)
    assert "\nb" not in text.split("</style>")[1].replace("\nbody", "")


def test_attributes_are_as_inert_as_texts() -> None:
    shown = document(tag("td", TURNED, title=f"{QUOTES}{TURNED}{MOVED}", data_head=MARKUP))
    assert not NEVER & set(shown)
    assert Page(shown).all("td")[0].keys() == {"title", "data-head"}


def test_links_are_of_the_web_or_of_the_page(page: Page) -> None:
    ids = set(page.values("id"))
    for address in page.values("href"):
        if address.startswith("#"):
            assert address[1:] in ids
        else:
            assert urlsplit(address).scheme == "https"


def test_what_no_encoding_holds_is_left_out(tmp_path: Path) -> None:
    shown = Page(written(tmp_path, f"Words {ODD} and words"))
    assert not set(ODD.replace(" ", "")) & set(shown.text)
    assert "Words and words" in " ".join(shown.text.split())


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " https://a.org/",
        "https://a.org/\n",
        "java\tscript:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "javascript://a.org/%0aalert(1)",
        "ftp://a.org/",
        "file:///etc/passwd",
        "//a.org/",
        "https:/a.org",
        "https:a.org",
        "https://",
        "https://a.org\\@b.org/",
        "https://paypal.com@evil.org/",
        "http://[::1",
        "https://a.org/\u202egnp.exe",
        "cv.md:3",
        "",
    ],
)
def test_what_is_no_link(address: str) -> None:
    assert not is_web(address)
    assert linked("words", address).tag == "bdi"


def test_what_is_a_link() -> None:
    for address in ("https://arxiv.org/abs/2111.13733", "http://a.org/?a=1&b=<2>#c"):
        assert is_web(address)
        assert linked("words", address).get("href") == address


def test_long_texts_are_cut(tmp_path: Path) -> None:
    shown = written(tmp_path, "word " * 4000 + "w" * 20_000)
    assert len(shown) < 250_000
    assert re.search(r"word…", shown)
