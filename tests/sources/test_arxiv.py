"""ArXiv over the network, played by a server on loopback; what pages say is the golden test's."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from loopback import Shelf
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from sources.arxiv import EMPTY_TRIES, GAP, PAGE, ArxivSource
from sources.contract import Page, SourceError
from sources.http import Http
from sources.record import Record, Skipped

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
HERE = Path("/")


class Service:
    """Plays arXiv over numbers '2301.00001', …; a fault is (start, what) and happens once."""

    def __init__(self, count: int) -> None:
        self.numbers = [f"2301.{n:05}" for n in range(1, count + 1)]
        self.faults: list[tuple[int, str]] = []
        self.queries: list[dict[str, str]] = []
        self.times: list[float] = []
        self.clock: Callable[[], float] = lambda: 0.0

    def __call__(self, request: Request) -> Response:
        query = dict(request.args)
        self.queries.append(query)
        self.times.append(self.clock())
        start, size = int(query["start"]), int(query["max_results"])
        assert start + size <= 10_000, "arXiv answers this with HTTP 500"
        asked = query["id_list"].split(",") if "id_list" in query else None
        for text in asked or ():
            if not text.replace("v1", "").replace(".", "").isdigit():
                return Response(error_feed(text), 400)
        known = [n for n in self.numbers if asked is None or n in asked]
        fault = next((f for f in self.faults if f[0] == start), None)
        if fault:
            self.faults.remove(fault)
            if fault[1] == "empty":
                return Response(feed(query, [], len(known)))
            if fault[1] == "short":
                return Response(feed(query, known[start : start + size // 2], len(known)))
            if fault[1] == "cut":
                return Response(feed(query, known[start : start + size], len(known))[:-200])
            if fault[1] == "html":
                return Response("<html><body>Back soon.</body></html>", content_type="text/html")
            return Response("Rate exceeded.", int(fault[1]))
        return Response(feed(query, known[start : start + size], len(known)))


def feed(query: dict[str, str], numbers: list[str], total: int) -> str:
    rows = "".join(
        f"<entry><id>http://arxiv.org/abs/{n}v1</id><title>Paper {n}</title>"
        f"<published>2023-01-02T00:00:00Z</published><author><name>Ada B</name></author></entry>\n"
        for n in numbers
    )
    asked = "&".join(
        f"{name}={query.get(name, '')}" for name in ("search_query", "id_list", "start")
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n<feed xmlns='http://www.w3.org/2005/Atom' "
        "xmlns:o='http://a9.com/-/spec/opensearch/1.1/'>"
        f"<title>arXiv Query: {escape(asked)}</title>"
        f"<o:totalResults>{total}</o:totalResults><o:startIndex>{query['start']}</o:startIndex>\n"
        f"{rows}</feed>"
    )


def error_feed(text: str) -> bytes:
    return (
        (FIXTURES / "arxiv/error_entry.xml")
        .read_bytes()
        .replace(b"for abc", b"for " + text.encode())
    )


@pytest.fixture
def arxiv(httpserver: HTTPServer) -> Iterator[Callable[..., tuple[ArxivSource, Service]]]:
    made: list[Http] = []

    def make(count: int = 0, **settings: Any) -> tuple[ArxivSource, Service]:
        now = [1_700_000_000.0]

        def sleep(seconds: float) -> None:
            now[0] += seconds

        made.append(Http("1", clock=lambda: now[0], sleep=sleep, random=lambda: 0.0))
        service = Service(count)
        service.clock = lambda: now[0]
        httpserver.expect_request("/api/query").respond_with_handler(service)
        url = httpserver.url_for("").rstrip("/")
        return ArxivSource(
            "arxiv", made[-1], "", HERE, base_url=url, author_url=url, **settings
        ), service

    yield make
    for http in made:
        http.close()


def read(source: ArxivSource) -> tuple[list[str], list[str]]:
    """Ids of the records, and what was skipped."""
    found = [item for page in source.pages() for item in source.parse(page)]
    skipped = [item.reason for item in found if isinstance(item, Skipped)]
    return [item.id for item in found if isinstance(item, Record)], skipped


Make = Callable[..., tuple[ArxivSource, Service]]


def test_a_search_pages_through_all_papers_and_keeps_the_gap(arxiv: Make) -> None:
    source, service = arxiv(250, names=("Ada Beispiel", "A. Beispiel", "Ada Beispiel"))
    assert read(source) == (service.numbers, [])
    assert [query["start"] for query in service.queries] == ["0", "100", "200"]
    assert {query["search_query"] for query in service.queries} == {
        'au:"Ada Beispiel" OR au:"A. Beispiel"'
    }
    assert {query["sortBy"] for query in service.queries} == {"submittedDate"}
    gaps = [b - a for a, b in zip(service.times, service.times[1:], strict=False)]
    assert min(gaps) >= GAP


@pytest.mark.parametrize("fault", ["empty", "short", "cut", "html", "429", "503"])
@pytest.mark.parametrize("start", [0, 100, 200])
def test_a_fault_of_one_page_loses_and_repeats_nothing(arxiv: Make, fault: str, start: int) -> None:
    source, service = arxiv(250, names=("Ada Beispiel",))
    service.faults = [(start, fault)]
    assert read(source) == (service.numbers, [])
    assert service.faults == []
    # A short page only moves the rest of the three; any other fault costs one request more.
    assert len(service.queries) == (3 if fault == "short" else 4)


def test_a_page_that_stays_empty_is_a_failure(arxiv: Make) -> None:
    source, service = arxiv(250, names=("Ada Beispiel",))
    service.faults = [(100, "empty")] * 9
    with pytest.raises(SourceError, match=r"an empty page where papers from 101 of 250 should be"):
        read(source)
    assert len(service.queries) == 1 + EMPTY_TRIES


def test_a_first_page_that_is_empty_with_a_total_is_one_too(arxiv: Make) -> None:
    source, service = arxiv(3, names=("Ada Beispiel",))
    service.faults = [(0, "empty")] * 9
    with pytest.raises(SourceError, match="an empty page"):
        read(source)


def test_an_empty_page_is_not_believed_because_it_is_unchanged(httpserver: HTTPServer) -> None:
    def answer(request: Request) -> Response:
        if request.headers.get("If-None-Match"):
            return Response("", 304)
        numbers = ["2301.00001"] if len(httpserver.log) > 1 else []
        return Response(feed(dict(request.args), numbers, 1), headers={"ETag": '"e"'})

    httpserver.expect_request("/api/query").respond_with_handler(answer)
    with Http("1", cache=Shelf(), sleep=lambda _: None) as http:
        url = httpserver.url_for("").rstrip("/")
        source = ArxivSource("arxiv", http, "", HERE, names=("Ada",), base_url=url)
        assert read(source) == (["2301.00001"], [])


def test_nobody_of_that_name_is_no_failure(arxiv: Make) -> None:
    source, service = arxiv(0, names=("Ada Beispiel",))
    assert read(source) == ([], [])
    assert len(service.queries) == 1


def test_more_than_arxiv_can_give_is_refused_at_once(arxiv: Make) -> None:
    source, service = arxiv(10_001, names=("Wei Wang",))
    with pytest.raises(SourceError, match="10,001 papers have such an author"):
        read(source)
    assert len(service.queries) == 1


def test_the_last_page_of_the_window_asks_for_no_more(arxiv: Make) -> None:
    source, service = arxiv(10_000, names=("Wei Wang",))
    service.faults = [(9_800, "short")]
    ids, _ = read(source)
    assert len(ids) == 10_000
    assert service.queries[-1] == service.queries[-1] | {"start": "9950", "max_results": "50"}


def test_ids_go_in_slices_and_missing_ones_are_named(arxiv: Make) -> None:
    asked = [f"2301.{n:05}" for n in range(1, PAGE + 6)]
    source, service = arxiv(PAGE + 3, ids=asked)
    ids, skipped = read(source)
    assert ids == service.numbers
    assert skipped == [f"arXiv has no paper 2301.{n:05}; check the number" for n in (104, 105)]
    assert [len(query["id_list"].split(",")) for query in service.queries] == [PAGE, 5]


def test_a_malformed_id_is_skipped_and_the_rest_is_read(arxiv: Make) -> None:
    source, service = arxiv(3, ids=["abc", " 2301.00001 ", "2301.00003", "2301.00001"])
    assert read(source) == (
        ["2301.00001", "2301.00003"],
        ["'abc' is no arXiv number; skipped"],
    )
    assert [query["id_list"] for query in service.queries] == ["2301.00001,2301.00003"]


def test_an_id_that_only_arxiv_finds_malformed_is_found_and_skipped(arxiv: Make) -> None:
    source, service = arxiv(3, ids=["2301.00001", "cs/2301001", "2301.00003"])
    ids, skipped = read(source)
    assert ids == ["2301.00001", "2301.00003"]
    assert skipped == ["arXiv has no paper cs/2301001; check the number"]
    assert len(service.queries) == 2


def test_nothing_but_malformed_ids_is_a_failure(arxiv: Make) -> None:
    source, service = arxiv(3, ids=["abc"])
    with pytest.raises(SourceError, match="arxiv: ids: is no arXiv number: abc"):
        read(source)
    assert service.queries == []


def test_an_error_entry_is_what_arxiv_says_whatever_the_status(
    arxiv: Make, httpserver: HTTPServer
) -> None:
    for status in (200, 400, 403):
        source, _ = arxiv(3, names=("Ada",))
        httpserver.clear()
        httpserver.expect_request("/api/query").respond_with_data(error_feed("abc"), status=status)
        with pytest.raises(SourceError, match="arXiv answers: incorrect id format for abc"):
            read(source)
        assert len(httpserver.log) == 1


def test_an_author_identifier_gives_the_ids(arxiv: Make, httpserver: HTTPServer) -> None:
    source, service = arxiv(9, author="beispiel_a_1")
    listed = feed({"start": "0"}, ["2301.00007", "2301.00002"], 2)
    httpserver.expect_request("/a/beispiel_a_1.atom2").respond_with_data(listed)
    assert read(source) == (["2301.00002", "2301.00007"], [])
    assert [query["id_list"] for query in service.queries] == ["2301.00007,2301.00002"]


@pytest.mark.parametrize("status", [400, 404])
def test_an_unknown_author_identifier_says_what_to_do(
    arxiv: Make, httpserver: HTTPServer, status: int
) -> None:
    source, _ = arxiv(9, author="nobody_x_1")
    httpserver.expect_request("/a/nobody_x_1.atom2").respond_with_data("No", status=status)
    with pytest.raises(SourceError, match=r"arXiv has no author 'nobody_x_1'.*names = true"):
        read(source)


def test_what_the_network_brought_stands_at_its_own_address(arxiv: Make) -> None:
    source, _ = arxiv(1, names=("Ada Beispiel",))
    record = next(item for page in source.pages() for item in source.parse(page))
    assert isinstance(record, Record)
    assert (record.where, record.line) == ("https://arxiv.org/abs/2301.00001", 0)
    assert record.place("date", record.appearances[0]) == "https://arxiv.org/abs/2301.00001"


def test_saved_pages_open_no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", lambda *_, **__: pytest.fail("a socket was opened"))
    source = ArxivSource("arxiv", None, "demo/pages/arxiv-*.xml", FIXTURES)
    ids, skipped = read(source)
    assert (len(ids), len(set(ids)), skipped) == (20, 20, [])


def test_a_record_knows_its_lines_and_its_bytes() -> None:
    source = ArxivSource("arxiv", None, "arxiv/several_dois.xml", FIXTURES)
    text = (FIXTURES / "arxiv/several_dois.xml").read_text().splitlines()
    for page in source.pages():
        for record in source.parse(page):
            assert isinstance(record, Record)
            assert text[record.line - 1].strip() == "<entry>"
            assert record.title in text[dict(record.lines)["title"] - 1]
            assert record.raw.startswith("<entry>")
            assert record.raw.endswith("</entry>")
            assert record.raw.count("<entry>") == 1
            assert f"/abs/{record.id}" in record.raw
            for seen in record.appearances:
                line = dict(seen.lines).get("doi")
                assert line is None or seen.doi in text[line - 1].lower()


@pytest.mark.parametrize("name", ["sources/arxiv.py", "http://127.0.0.1:1/"])
def test_a_body_that_names_a_file_or_url_is_not_opened(name: str) -> None:
    source = ArxivSource("arxiv", None, "x", HERE)
    with pytest.raises(SourceError):
        list(source.parse(Page("x.xml", name.encode())))


@pytest.mark.parametrize("declared", ["no-such-code", "shift_jis", "utf-16", "us-ascii"])
def test_an_encoding_that_is_not_so_is_a_source_error(declared: str) -> None:
    body = (FIXTURES / "arxiv/one_id_missing.xml").read_bytes()
    body = body.replace(b"encoding='UTF-8'", f"encoding='{declared}'".encode())
    with pytest.raises(SourceError, match=r"x\.xml: "):
        list(ArxivSource("arxiv", None, "x", HERE).parse(Page("x.xml", body)))


def test_entities_that_grow_are_not_unfolded() -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    body = (
        f'<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a0 "ha">{levels}]>'
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2301.00001v1</id>'
        "<title>&a11;</title></entry></feed>"
    )
    with pytest.raises(SourceError):
        list(ArxivSource("arxiv", None, "x", HERE).parse(Page("x.xml", body.encode())))
