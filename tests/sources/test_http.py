"""The client against a real server on loopback. Clock, sleep and chance are ours."""

import gzip
import json
import random
import socket
import threading
import time
from collections.abc import Callable, Iterator
from email.utils import formatdate
from itertools import pairwise
from pathlib import Path

import httpx
import pytest
from loopback import Shelf
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from sources.address import shown, site, target
from sources.answer import RefusedError
from sources.contract import SourceError
from sources.http import LONGEST_ANSWER, TRIES, Http
from sources.pace import Pace, retry_after, user_folder

NOW = 1_700_000_000.0


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = NOW
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.slept.append(round(seconds, 6))
        self.now += seconds


@pytest.fixture
def when() -> Time:
    return Time()


@pytest.fixture
def make(when: Time) -> Iterator[Callable[..., Http]]:
    made: list[Http] = []

    def make(**more: object) -> Http:
        settings = {"clock": when.clock, "sleep": when.sleep, "random": lambda: 0.0} | more
        made.append(Http("1.2.3", **settings))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for http in made:
        http.close()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def _times(replies: list[Response]) -> Callable[[Request], Response]:
    """The replies one after the other, the last for ever."""

    def answer(_: Request) -> Response:
        return replies.pop(0) if len(replies) > 1 else replies[0]

    return answer


def test_an_answer_and_how_we_introduce_ourselves(
    httpserver: HTTPServer, make: Callable[..., Http]
) -> None:
    httpserver.expect_request("/x", query_string={"a": "1 & 2", "b": "ü"}).respond_with_data(
        "body", content_type="text/plain"
    )
    answer = make(contact="mail\r\nto: someone").get(
        httpserver.url_for("/x"), {"a": "1 & 2", "b": "ü"}
    )
    assert (answer.body, answer.content_type) == (b"body", "text/plain")
    assert answer.fetched_at.timestamp() == NOW
    sent = httpserver.log[0][0].headers["User-Agent"]
    assert sent == "pubharvest/1.2.3 (mailto: someone)"


def test_two_requests_to_one_site_keep_the_gap(
    httpserver: HTTPServer, make: Callable[..., Http], when: Time
) -> None:
    httpserver.expect_request("/x").respond_with_data("body")
    http = make()
    http.get(httpserver.url_for("/x"), gap=3.0)
    when.now += 1.0
    http.get(httpserver.url_for("/x"), gap=3.0)
    assert when.slept == [2.0]


def test_threads_take_turns(httpserver: HTTPServer) -> None:
    times: list[tuple[float, float]] = []

    def slow(_: Request) -> Response:
        start = time.monotonic()
        time.sleep(0.05)
        times.append((start, time.monotonic()))
        return Response("x")

    httpserver.expect_request("/x").respond_with_handler(slow)
    url = httpserver.url_for("/x")
    with Http("1") as http:
        threads = [
            threading.Thread(target=http.get, args=(url,), kwargs={"gap": 0.1}) for _ in "abc"
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    times.sort()
    assert len(times) == 3
    # From the end of one to the start of the next; a little less where the server writes late.
    assert all(b[0] - a[1] > 0.09 for a, b in pairwise(times))


def test_processes_of_one_user_share_a_pace(tmp_path: Path, when: Time) -> None:
    first, second = (Pace(tmp_path / "pace", when.clock, when.sleep) for _ in "ab")
    with first.turn("arxiv.org", 3.0) as turn:
        turn.hold(20.0)
    with second.turn("arxiv.org", 3.0):
        pass
    with first.turn("arxiv.org", 3.0):
        pass
    with second.turn("openreview.net", 3.0):
        pass
    assert when.slept == [20.0, 3.0]


@pytest.mark.parametrize("text", ["", "nonsense", "nan nan", "1 2 3", "1e999 1", "\xff"])
def test_a_spoilt_pace_file_is_no_obstacle(tmp_path: Path, when: Time, text: str) -> None:
    (tmp_path / "arxiv.org").write_text(text, encoding="utf-8")
    with Pace(tmp_path, when.clock, when.sleep).turn("arxiv.org", 3.0):
        pass
    assert when.slept == []


def test_a_clock_set_back_does_not_stop_us_for_longer_than_the_gap(when: Time) -> None:
    pace = Pace(None, when.clock, when.sleep)
    with pace.turn("x", 3.0):
        pass
    when.now -= 86_400
    with pace.turn("x", 3.0):
        pass
    assert when.slept == [3.0]


def test_a_folder_that_cannot_be_made_leaves_the_pace_of_this_process(
    tmp_path: Path, when: Time
) -> None:
    (tmp_path / "file").write_text("")
    pace = Pace(tmp_path / "file" / "pace", when.clock, when.sleep)
    for _ in "ab":
        with pace.turn("x", 3.0):
            pass
    assert when.slept == [3.0]


def test_where_a_users_pace_is_kept() -> None:
    assert user_folder({"XDG_CACHE_HOME": "/c"}) == Path("/c/pubharvest/pace")
    assert user_folder({}).parts[-3:] == (".cache", "pubharvest", "pace")


def test_a_passing_fault_is_tried_again_with_growing_pauses(
    httpserver: HTTPServer, make: Callable[..., Http], when: Time
) -> None:
    replies = [Response("Rate exceeded.", 429), Response("", 503), Response("body")]
    httpserver.expect_request("/x").respond_with_handler(_times(replies))
    assert make().get(httpserver.url_for("/x"), gap=3.0).body == b"body"
    assert when.slept == [3.0, 6.0]


def test_jitter_only_lengthens_a_pause(
    httpserver: HTTPServer, make: Callable[..., Http], when: Time
) -> None:
    replies = [Response("", 503), Response("body")]
    httpserver.expect_request("/x").respond_with_handler(_times(replies))
    make(random=random.Random(7).random).get(httpserver.url_for("/x"), gap=3.0)
    assert 3.0 < when.slept[0] < 4.5


def test_a_fault_that_stays_is_named_after_the_last_try(
    httpserver: HTTPServer, make: Callable[..., Http], when: Time
) -> None:
    httpserver.expect_request("/x").respond_with_data("no", status=503)
    with pytest.raises(
        RefusedError, match=r"/x: answers HTTP 503 \(Service Unavailable\)"
    ) as error:
        make().get(httpserver.url_for("/x"), gap=3.0)
    assert (error.value.status, error.value.body) == (503, b"no")
    assert len(httpserver.log) == TRIES
    assert when.slept == [3.0, 6.0, 12.0, 24.0]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "30"}, 30.0),
        ({"Retry-After": " 0 "}, 0.0),
        ({"Retry-After": formatdate(NOW + 40, usegmt=True)}, 40.0),
        ({"Retry-After": formatdate(NOW - 40, usegmt=True)}, 0.0),
        # By the server's own clock, an hour ahead of ours.
        (
            {
                "Retry-After": formatdate(NOW + 3640, usegmt=True),
                "Date": formatdate(NOW + 3600, usegmt=True),
            },
            40.0,
        ),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-5"}, None),
        ({"Retry-After": "1" * 400}, 111_111_111.0),
        ({"Retry-After": "Mon, 99 Nov 99999 99:99:99 GMT"}, None),
        ({}, None),
    ],
)
def test_retry_after_in_both_forms(headers: dict[str, str], seconds: float | None) -> None:
    lower = {name.lower(): value for name, value in headers.items()}
    assert retry_after(lower, NOW) == seconds


def test_we_wait_as_long_as_we_are_asked_to(
    httpserver: HTTPServer, make: Callable[..., Http], when: Time
) -> None:
    replies = [Response("", 429, {"Retry-After": "30"}), Response("body")]
    httpserver.expect_request("/x").respond_with_handler(_times(replies))
    assert make().get(httpserver.url_for("/x"), gap=3.0).body == b"body"
    assert when.slept == [30.0]


def test_a_site_that_wants_hours_fails_at_once(
    httpserver: HTTPServer, make: Callable[..., Http], when: Time
) -> None:
    httpserver.expect_request("/x").respond_with_data("", 429, {"Retry-After": "7200"})
    with pytest.raises(SourceError, match="left alone for 120 minutes; try again later"):
        make().get(httpserver.url_for("/x"))
    assert (len(httpserver.log), when.slept) == (1, [])


def test_a_refusal_is_not_repeated_and_keeps_its_body(
    httpserver: HTTPServer, make: Callable[..., Http]
) -> None:
    httpserver.expect_request("/x").respond_with_data("why", status=403)
    with pytest.raises(RefusedError) as error:
        make().get(httpserver.url_for("/x"))
    assert (error.value.status, error.value.body, len(httpserver.log)) == (403, b"why", 1)


def test_an_unchanged_page_comes_from_the_cache(
    httpserver: HTTPServer, make: Callable[..., Http]
) -> None:
    def answer(request: Request) -> Response:
        if request.headers.get("If-None-Match") == '"1"':
            return Response("", 304)
        return Response("body", headers={"ETag": '"1"', "Content-Type": "text/xml"})

    httpserver.expect_request("/x").respond_with_handler(answer)
    shelf = Shelf()
    http = make(cache=shelf)
    url = httpserver.url_for("/x")
    first, second = http.get(url, {"q": "1"}), http.get(url, {"q": "1"})
    assert (
        (first.body, first.content_type)
        == (second.body, second.content_type)
        == (b"body", "text/xml")
    )
    assert list(shelf.kept) == [f"{url}?q=1"]
    assert [reply.status_code for _, reply in httpserver.log] == [200, 304]
    assert http.get(url, {"q": "1"}, fresh=True).body == b"body"
    assert httpserver.log[-1][1].status_code == 200


def test_last_modified_is_sent_back_as_it_came(
    httpserver: HTTPServer, make: Callable[..., Http]
) -> None:
    stamp = "Tue, 14 Nov 2023 22:13:20 GMT"
    httpserver.expect_request("/x").respond_with_data("b", headers={"Last-Modified": stamp})
    http = make(cache=Shelf())
    http.get(httpserver.url_for("/x"))
    http.get(httpserver.url_for("/x"))
    assert httpserver.log[1][0].headers["If-Modified-Since"] == stamp


@pytest.mark.parametrize("headers", [{}, {"ETag": '"1"', "Cache-Control": "private, no-store"}])
def test_what_cannot_be_recognised_or_may_not_be_kept_is_not(
    httpserver: HTTPServer, make: Callable[..., Http], headers: dict[str, str]
) -> None:
    httpserver.expect_request("/x").respond_with_data("b", headers=headers)
    shelf = Shelf()
    make(cache=shelf).get(httpserver.url_for("/x"))
    assert shelf.kept == {}


def test_a_mark_that_cannot_be_sent_back_is_not_kept(
    httpserver: HTTPServer, make: Callable[..., Http]
) -> None:
    stamp = "Tue, 14 Nov 2023 22:13:20 GMT"
    headers = {"ETag": '"\N{LATIN SMALL LETTER U WITH DIAERESIS}"', "Last-Modified": stamp}
    httpserver.expect_request("/x").respond_with_data("b", headers=headers)
    shelf = Shelf()
    http = make(cache=shelf)
    assert [http.get(httpserver.url_for("/x")).body for _ in "ab"] == [b"b", b"b"]
    [kept] = shelf.kept.values()
    assert (kept.etag, kept.last_modified) == ("", stamp)


def test_a_304_that_nobody_asked_for_is_an_error(
    httpserver: HTTPServer, make: Callable[..., Http]
) -> None:
    httpserver.expect_request("/x").respond_with_data("", status=304)
    with pytest.raises(RefusedError, match="HTTP 304"):
        make(cache=Shelf()).get(httpserver.url_for("/x"))


def test_too_long_an_answer_is_dropped(httpserver: HTTPServer, make: Callable[..., Http]) -> None:
    httpserver.expect_request("/x").respond_with_data(b"x" * 2**21)
    with pytest.raises(SourceError, match="longer than 1 MB; not read"):
        make(limit=2**20).get(httpserver.url_for("/x"))


def test_a_small_answer_that_unpacks_to_a_large_one_is_dropped(
    httpserver: HTTPServer, make: Callable[..., Http]
) -> None:
    bomb = gzip.compress(b"x" * 2**22)
    httpserver.expect_request("/x").respond_with_data(bomb, headers={"Content-Encoding": "gzip"})
    httpserver.expect_request("/y").respond_with_data(
        gzip.compress(bomb), headers={"Content-Encoding": "gzip, gzip"}
    )
    http = make(limit=2**20)
    with pytest.raises(SourceError, match="longer than 1 MB"):
        http.get(httpserver.url_for("/x"))
    with pytest.raises(SourceError, match="compressed more than once"):
        http.get(httpserver.url_for("/y"))


def test_a_server_that_drips_is_given_up(
    httpserver: HTTPServer, make: Callable[..., Http], when: Time
) -> None:
    def drip(_: Request) -> Response:
        def parts() -> Iterator[bytes]:
            for _ in range(5):
                when.now += LONGEST_ANSWER / 2
                yield b"x"
                time.sleep(0.02)

        return Response(parts())

    httpserver.expect_request("/x").respond_with_handler(drip)
    with pytest.raises(SourceError, match="still sending after 300 s"):
        make().get(httpserver.url_for("/x"))


def test_a_broken_connection_is_tried_again(
    httpserver: HTTPServer, make: Callable[..., Http]
) -> None:
    httpserver.expect_request("/x").respond_with_handler(
        lambda _: Response(iter([b"abc"]), headers={"Content-Length": "9"})
    )
    with pytest.raises(SourceError, match=rf"broke off .*\({TRIES} tries\)"):
        make().get(httpserver.url_for("/x"))
    assert len(httpserver.log) == TRIES


def test_damaged_compression_is_a_source_error(
    httpserver: HTTPServer, make: Callable[..., Http]
) -> None:
    httpserver.expect_request("/x").respond_with_data(
        "not gzip", headers={"Content-Encoding": "gzip"}
    )
    with pytest.raises(SourceError, match="damaged compressed answer"):
        make().get(httpserver.url_for("/x"))


def test_nobody_there(make: Callable[..., Http], httpserver: HTTPServer) -> None:
    with pytest.raises(SourceError, match=r"http://127\.0\.0\.1:1/x: cannot be reached"):
        make().get("http://127.0.0.1:1/x")


def test_a_server_that_never_answers_is_given_up(
    make: Callable[..., Http], when: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sources.http._TIMEOUT", httpx.Timeout(0.05))
    with socket.create_server(("127.0.0.1", 0)) as server:  # connects, and says nothing
        url = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        with pytest.raises(SourceError, match=rf"^{url}: does not answer in time \({TRIES} tries"):
            make().get(url)
    assert when.slept == [1.0, 2.0, 4.0, 8.0]


@pytest.mark.parametrize(
    "url", ["ftp://example.org/x", "http://[::1", "http://", "x", "http://a b/"]
)
def test_what_is_no_web_address_is_a_source_error(make: Callable[..., Http], url: str) -> None:
    with pytest.raises(SourceError):
        make().get(url)


def test_redirects_stay_at_home(httpserver: HTTPServer, make: Callable[..., Http]) -> None:
    httpserver.expect_request("/a").respond_with_data("", 302, {"Location": "/b"})
    httpserver.expect_request("/b").respond_with_data("body")
    httpserver.expect_request("/c").respond_with_data("", 301, {"Location": "http://x.invalid/"})
    httpserver.expect_request("/loop").respond_with_data("", 302, {"Location": "/loop"})
    http = make()
    answer = http.get(httpserver.url_for("/a"))
    assert (answer.body, answer.url) == (b"body", httpserver.url_for("/b"))
    with pytest.raises(SourceError, match=r"/c: redirects to http://x\.invalid/; not followed"):
        http.get(httpserver.url_for("/c"))
    with pytest.raises(SourceError, match="redirects more than 5 times"):
        http.get(httpserver.url_for("/loop"))


def test_another_host_is_not_told_our_token(
    httpserver: HTTPServer, make: Callable[..., Http], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Another host must be https, which no server here speaks: so that rule is set aside.
    monkeypatch.setattr("sources.http.target", lambda asked, here, location, hosts: location)
    there = f"http://127.0.0.1:{httpserver.port}/b"
    httpserver.expect_request("/a").respond_with_data("", 302, {"Location": there})
    httpserver.expect_request("/b").respond_with_data("body")
    make().get(f"http://localhost:{httpserver.port}/a", headers={"Authorization": "Bearer hush"})
    assert [request.headers.get("Authorization") for request, _ in httpserver.log] == [
        "Bearer hush",
        None,
    ]


@pytest.mark.parametrize(
    ("asked", "location", "allowed"),
    [
        ("http://a.org/x", "https://a.org/y", True),
        ("https://a.org/x", "/y", True),
        ("https://a.org/x", "//b.org/y", False),
        ("https://a.org/x", "https://b.org/y", False),
        ("https://a.org/x", "https://friend.org/y", True),
        ("https://a.org/x", "http://friend.org/y", False),
        ("https://a.org/x", "http://a.org/y", False),
        ("https://a.org/x", "https://a.org.evil.org/y", False),
        ("https://a.org/x", "file:///etc/passwd", False),
        ("https://a.org/x", "https://[", False),
    ],
)
def test_where_a_redirect_may_lead(asked: str, location: str, allowed: bool) -> None:
    if allowed:
        assert target(asked, asked, location, {"friend.org"})
    else:
        with pytest.raises(SourceError):
            target(asked, asked, location, {"friend.org"})


def test_a_body_is_never_sent_on(httpserver: HTTPServer, make: Callable[..., Http]) -> None:
    httpserver.expect_request("/login").respond_with_data("", 307, {"Location": "/other"})
    with pytest.raises(RefusedError, match="HTTP 307"):
        make().post(httpserver.url_for("/login"), {"password": "hush"})
    assert len(httpserver.log) == 1
    assert json.loads(httpserver.log[0][0].get_data()) == {"password": "hush"}


@pytest.mark.parametrize("token", ["hush\n", "hush\r\nX: y", "hüsh\N{SNOWMAN}", "hush\0"])
def test_a_secret_that_cannot_be_sent_is_not_quoted(
    httpserver: HTTPServer, make: Callable[..., Http], token: str
) -> None:
    httpserver.expect_request("/x").respond_with_data("b")
    with pytest.raises(SourceError) as error:
        make().get(httpserver.url_for("/x"), headers={"Authorization": f"Bearer {token}"})
    assert "sh" not in str(error.value).replace("http", "")
    assert error.value.__cause__ is None


def test_addresses_are_shown_without_their_secrets() -> None:
    assert shown("https://me:pw@a.org/x?q=1&api_key=hush#f") == "https://a.org/x?q=1&api_key=…"
    assert shown("https://a.org/x?q=a+b&q=%C3%BC") == "https://a.org/x?q=a+b&q=%C3%BC"
    assert shown("https://a.org/x?authorization=hush&auth=hush") == (
        "https://a.org/x?authorization=…&auth=…"
    )
    assert shown("https://a.org/x?content.authorids=A_B1").endswith("content.authorids=A_B1")
    assert shown("http://[::1") == "a malformed URL"


def test_hosts_of_one_site_share_a_pace() -> None:
    assert site("https://export.arxiv.org/api") == site("https://arxiv.org/a/x") == "arxiv.org"
    assert site("http://127.0.0.1:8/x") != site("http://127.0.0.1:9/x")
    assert site("http://[::1]:8/x") == "::1:8"


def test_a_proxy_that_cannot_be_used_is_a_source_error(
    make: Callable[..., Http], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "gopher://me:hush@127.0.0.1:1")
    with pytest.raises(SourceError, match="check HTTPS_PROXY") as error:
        make().get("http://127.0.0.1:1/x")
    assert "hush" not in str(error.value)
