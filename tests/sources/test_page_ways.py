"""How the page adapter comes by a page, and what it refuses."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from reading import OWNER, ROOT, all_records, parse, read, source

from sources.answer import Answer
from sources.contract import Page, SourceError
from sources.page import PageSource
from sources.record import Record, Skipped


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"%PDF-1.7\n...", "cv.md: is a PDF; give the text or Markdown of it"),
        (b"PK\x03\x04...", "cv.md: is an office file or an archive; give the text or Markdown"),
        (b"\x89PNG\r\n", "cv.md: is a picture"),
        (b"text\x00text", "cv.md: is no text"),
        (b"one\ntwo \xe9\n", "cv.md: is no UTF-8 text (line 2); save it as UTF-8"),
    ],
)
def test_a_page_that_is_no_text(body: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=f"^{re.escape(reason)}"):
        list(source("cv.md").parse(Page("cv.md", body)))


def test_a_missing_file_is_named() -> None:
    with pytest.raises(SourceError, match=r"^pages/mine\.md: no such file"):
        list(source("pages/mine.md").pages())


def test_line_ends_and_byte_order_mark_change_nothing() -> None:
    text = (ROOT / "fixtures/demo/cv.md").read_text("utf-8")
    dos = ("\ufeff" + text.replace("\n", "\r\n")).encode()
    assert list(source("x.md").parse(Page("x.md", dos))) == parse(text)


def test_a_page_without_a_publication_says_nothing() -> None:
    assert parse("") == []
    assert (
        parse("# Hrayr Harutyunyan\n\nHello, Aram Galstyan, Greg Ver Steeg.\n\nCVPR 2022\n") == []
    )


class Recorded:
    """Answers like a server that has one page."""

    def __init__(self, body: bytes, content_type: str = "text/markdown") -> None:
        self.body = body
        self.content_type = content_type
        self.asked: list[str] = []

    def get(self, url: str) -> Answer:
        self.asked.append(url)
        return Answer(url, self.body, self.content_type, datetime(2025, 10, 6, tzinfo=UTC))


def test_by_address_the_same_page_is_read() -> None:
    http = Recorded((ROOT / "fixtures/demo/homepage.md").read_bytes())
    url = "https://example.org/"
    adapter = PageSource("homepage", "", ROOT, OWNER, url=url, http=http)
    (page,) = adapter.pages()
    assert (page.where, http.asked) == (url, [url])
    fetched = [r for r in adapter.parse(page) if isinstance(r, Record)]
    assert [r.id for r in fetched] == [r.id for r in all_records(read("homepage.md"))]
    assert fetched[0].place() == f"{url}:{fetched[0].line}"


def test_with_a_path_nothing_is_fetched() -> None:
    http = Recorded(b"")
    adapter = PageSource(
        "cv", "cv.md", ROOT / "fixtures/demo", OWNER, url="https://example.org/", http=http
    )
    assert [page.where for page in adapter.pages()] == ["cv.md"]
    assert not http.asked


@pytest.mark.parametrize(
    ("content_type", "refused"),
    [
        ("text/html; charset=utf-8", ""),
        ("application/x-tex", ""),
        ("application/octet-stream", ""),
        ("", ""),
        ("application/pdf", "is application/pdf, not a page"),
        ("image/png", "is image/png, not a page"),
        ("application/json; charset=utf-8", "is application/json, not a page"),
    ],
)
def test_what_an_address_may_send(content_type: str, refused: str) -> None:
    url = "https://example.org/cv"
    http = Recorded(b"# Hrayr Harutyunyan\n", content_type)
    adapter = PageSource("cv", "", ROOT, OWNER, url=url, http=http)
    if not refused:
        assert [page.body for page in adapter.pages()] == [http.body]
        return
    with pytest.raises(SourceError, match=f"^{url}: {refused}; give the address of HTML"):
        list(adapter.pages())


def test_a_folder_is_all_its_texts_and_every_claim_knows_its_file(tmp_path: Path) -> None:
    fixtures = ROOT / "fixtures" / "page"
    chosen = {
        "_bibliography/papers.bib": "al-folio-papers.bib",
        "_publications/2017-synergy.md": "academicpages-citation.md",
        "_publications/2024-example.md": "academicpages-template-example.md",
        "content/publication/limit/cite.bib": "hugo-cite.bib",
        "content/publication/limit/index.md": "hugo-index.md",
        "cv/cv.tex": "latex-cv-entries.tex",
        "cv/cv.txt": "text-cv.txt",
        "index.html": "html-list.html",
    }
    unread = {".git/HEAD.md": "text-cv.txt", "me.png": "text-cv.txt", "data.csv": "text-cv.txt"}
    for name, fixture in (chosen | unread).items():
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_bytes((fixtures / fixture).read_bytes())
    adapter = PageSource("site", "site", tmp_path, OWNER)
    pages = list(adapter.pages())
    assert [page.where for page in pages] == [f"site/{name}" for name in sorted(chosen)]
    items = [item for page in pages for item in adapter.parse(page)]
    assert {item.where.split(":")[0] for item in items} == {page.where for page in pages}
    found = [item for item in items if isinstance(item, Record)]
    assert len({record.id for record in found}) == len(found) == 16
    # The examples of three templates; nothing else is unread.
    assert [item.fault for item in items if isinstance(item, Skipped)] == [False] * 3
    twice = [record.place() for record in found if record.title.startswith("Improving gen")]
    index = "site/content/publication/limit"
    assert twice == [f"{index}/cite.bib:8", f"{index}/index.md:1"]
