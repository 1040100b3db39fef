"""Faults drawn at random: a service that is read at all is read whole, and nothing else happens."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from loopback import FINAL, HARMLESS, RETRIED, SPOILT, Server, Shelf, Time, serving
from played import Arxiv, OpenReview, papers

from sources.arxiv import ArxivSource
from sources.contract import Source, SourceError
from sources.http import Http
from sources.openreview import OpenReviewSource
from sources.record import Record

SHELF = papers(60)
HERE = Path("/")
TRANSPORT = (*RETRIED, *SPOILT, *HARMLESS, *FINAL)
ARXIV = (*TRANSPORT, "empty", "fewer")


@pytest.fixture(scope="module")
def servers() -> Iterator[list[Server]]:
    # Many pages of few papers.
    with pytest.MonkeyPatch.context() as patch:
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            patch.delenv(name, raising=False)
            patch.delenv(name.upper(), raising=False)
        patch.setattr("sources.arxiv.PAGE", 10)
        patch.setattr("sources.openreview.LIMIT", 20)
        patch.setattr("sources.openreview.SEARCH_LIMIT", 12)
        with serving(Time(), Arxiv(SHELF), OpenReview(SHELF, SHELF[:30])) as servers:
            yield servers


def days(faults: Sequence[str]) -> st.SearchStrategy[list[str]]:
    """What each request of a day meets: mostly nothing, or a run of one fault."""
    runs = st.tuples(st.sampled_from(["", *faults]), st.integers(1, 5))
    return st.lists(runs, max_size=12).map(lambda rows: [f for f, n in rows for _ in range(n)])


def read(source: Source, server: Server, day: list[str]) -> list[str] | None:
    """Ids of all records, None where the source failed. Anything but SourceError is a bug."""
    server.forget()
    server.faults = list(day)
    try:
        found = [item for page in source.pages() for item in source.parse(page)]
    except SourceError as error:
        fault = error
    else:
        assert all(isinstance(item, Record) for item in found), found
        return sorted(item.id for item in found if isinstance(item, Record))
    assert fault.place.startswith(server.url)
    assert "\n" not in str(fault)
    return None


def client(server: Server) -> Http:
    time = server.time
    return Http("1", cache=Shelf(), clock=time.clock, sleep=time.sleep, random=lambda: 0.0)


def keeps_its_distance(server: Server, gap: float) -> None:
    assert min(server.gaps(), default=gap) >= gap


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["names", "ids", "author"]),
    st.lists(days(ARXIV), min_size=1, max_size=2),
)
def test_arxiv(servers: list[Server], way: str, bad: list[list[str]]) -> None:
    server = servers[0]
    numbers = [paper.number for paper in SHELF]
    ways = {"names": ("Ada Byron",), "ids": numbers, "author": "byron_a_1"}
    with client(server) as http:
        source = ArxivSource(
            "arxiv",
            http,
            "",
            HERE,
            base_url=server.url,
            author_url=server.url,
            **{way: ways[way]},  # type: ignore[arg-type]
        )
        for day in bad:
            assert read(source, server, day) in (None, numbers)
            keeps_its_distance(server, 3.0)
        # Whatever was kept of those days, the next good one has all.
        assert read(source, server, []) == numbers


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([{"token": OpenReview.token}, {"username": "a", "password": "hush-hush"}, {}]),
    st.lists(days(TRANSPORT), min_size=1, max_size=2),
)
def test_openreview(servers: list[Server], account: dict[str, str], bad: list[list[str]]) -> None:
    server = servers[1]
    forums = [paper.forum for paper in SHELF]
    # Both APIs have the older half; a record is the same whoever sends it.
    whole = sorted(forums + forums[:30]) if account else forums
    with client(server) as http:
        source = OpenReviewSource(
            "openreview",
            http,
            "",
            HERE,
            profile="~Ada_Byron1",
            base_urls=[f"{server.url}/v2", f"{server.url}/v1"],
            **account,
        )
        for day in bad:
            assert read(source, server, day) in (None, whole)
            keeps_its_distance(server, 1.0)
        assert read(source, server, []) == whole


def test_the_faults_are_really_met(servers: list[Server]) -> None:
    """A day without a fault, and one of each, so that the draws above are about something."""
    server = servers[0]
    for fault in ARXIV:
        with client(server) as http:
            source = ArxivSource("arxiv", http, "", HERE, names=["Ada"], base_url=server.url)
            numbers = read(source, server, ["", fault])
            assert server.log[1].fault == fault
            assert (numbers is None) == (fault in FINAL), fault
            assert len(server.log) == (2 if fault in FINAL else 6 + (fault not in HARMLESS)), fault
