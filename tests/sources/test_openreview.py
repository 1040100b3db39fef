"""OpenReview over the network, played by a server on loopback, and its table of states."""

import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from sources.contract import Page, SourceError
from sources.http import Http
from sources.openreview import LIMIT, SEARCH_LIMIT, SEARCH_PAGES, OpenReviewSource
from sources.openreview_standing import standing
from sources.record import Record, Skipped, Stage

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
HERE = Path("/")
ME = "~Ada_Beispiel1"

ICLR, TMLR, WORKSHOP = "ICLR.cc/2024/Conference", "TMLR", "NeurIPS.cc/2025/Workshop/RegML"
ARR = "aclweb.org/ACL/ARR/2025/February"


COLM, ICLR22, NAMED = (
    f"{x}/Conference" for x in ("colmweb.org/COLM/2024", "ICLR.cc/2022", "X.cc/1")
)


@pytest.mark.parametrize(
    ("group", "state", "venue", "status"),
    [
        # FORMATS 2.7, row by row.
        (ICLR, "", "ICLR 2024 poster", "accepted"),
        (ICLR, "", "ICLR 2023 notable top 5%", "accepted"),
        (WORKSHOP, "", "RegML 2025 Poster", "accepted"),
        (COLM, "", "COLM", "accepted"),
        (ICLR, "/Rejected_Submission", "Submitted to ICLR 2024", "rejected"),
        (ICLR22, "", "ICLR 2022 Submitted", "rejected"),
        (ICLR, "/Withdrawn_Submission", "ICLR 2024 Conference Withdrawn Submission", "withdrawn"),
        (ICLR, "/Desk_Rejected_Submission", "ICLR Desk Rejected Submission", "desk rejected"),
        (ICLR, "/Submission", "ICLR 2024 Conference Submission", "under review"),
        (ICLR, "/Submission", "Submitted to ICLR 2024", "under review"),
        (TMLR, "", "Accepted by TMLR", "accepted"),
        (TMLR, "/Submitted", "Submitted to TMLR", "under review"),
        (TMLR, "/Assigning_AE", "Submitted to TMLR", "under review"),
        (TMLR, "/Assigned_AE", "Submitted to TMLR", "under review"),
        (TMLR, "/Under_Review", "Under review for TMLR", "under review"),
        (TMLR, "/Decision_Pending", "Decision pending for TMLR", "under review"),
        (TMLR, "/Rejected", "Rejected by TMLR", "rejected"),
        (TMLR, "/Desk_Rejected", "Desk rejected by TMLR", "desk rejected"),
        (TMLR, "/Withdrawn_Submission", "Withdrawn by Authors", "withdrawn"),
        (TMLR, "/Retracted_Acceptance", "Accepted by TMLR", "retracted"),
        (ARR, "/Submission", "Submitted to ACL ARR 2025 February", "under review"),
        (ARR, "", "ACL ARR 2025 February", "under review"),
        # Words alone, where the group id is that of the accepted or missing.
        (ICLR, "", "Withdrawn by Authors", "withdrawn"),
        (ICLR, "", "ICLR 2024 Conference Desk Rejected Submission", "desk rejected"),
        (ICLR, "", "Under review as a conference paper at ICLR 2024", "under review"),
        ("", "", "ICLR 2024 poster", ""),
        ("", "", "ICLR 2022 Submitted", "under review"),
        ("", "", "", ""),
        # A state in the middle of a name is none.
        (NAMED, "", "Best Rejected Ideas 2024", "accepted"),
    ],
)
def test_the_state_of_a_note(group: str, state: str, venue: str, status: str) -> None:
    found = standing(venue, group + state, [], "")
    assert (found.status, found.group, found.venue) == (status, group, venue)
    accepted = {TMLR: Stage.JOURNAL, WORKSHOP: Stage.WORKSHOP}.get(group)
    assert found.stage is (accepted if status == "accepted" else Stage.SUBMISSION)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("accept", "accepted"),
        ("Accept (Poster)", "accepted"),
        ("Reject", "rejected"),
        ("Not Accepted", "rejected"),
        ("Desk Reject", "desk rejected"),
        ("Withdrawn by the authors", "withdrawn"),
        ("Invite to Workshop Track", ""),
    ],
)
def test_the_words_of_a_decision(words: str, status: str) -> None:
    found = standing("", "", ["NIPS.cc/2018/Workshop/C/-/Blind_Submission"], words)
    assert (found.status, found.venue) == (status, "NIPS 2018 Workshop C")
    assert found.stage is (Stage.WORKSHOP if status == "accepted" else Stage.SUBMISSION)


class Service:
    """Plays one of the two APIs: notes by author id, a profile, a login, a search."""

    def __init__(self, notes: dict[str, int]) -> None:
        self.notes = notes
        self.asked: list[tuple[str, dict[str, str], str]] = []
        self.token = "sesame"
        self.refusal: Response | None = None
        self.names = [{"username": ME}, {"fullname": "A. B."}, {"username": "~A_B2"}]

    def __call__(self, request: Request) -> Response:
        query = dict(request.args)
        self.asked.append((request.path, query, request.headers.get("Authorization", "")))
        if self.refusal is not None:
            return self.refusal
        if request.path.endswith("/login"):
            return self.login(request.get_json())
        if request.path.endswith("/search"):
            return self.page(
                [note(f"s{n:09}", ME if n % 2 else "~Ada_Beispiel9") for n in range(700)], query
            )
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return challenge()
        if request.path.endswith("/profiles"):
            return answer({"profiles": [{"id": ME, "content": {"names": self.names}}]})
        who = query["content.authorids"]
        return self.page([note(f"{who}{n:09}", who) for n in range(self.notes.get(who, 0))], query)

    def login(self, given: dict[str, str]) -> Response:
        if given == {"id": "ada", "password": "hush"}:
            return answer({"token": self.token, "user": {}})
        return answer({"name": "Error", "message": "Invalid username or password: hush"}, 400)

    def page(self, notes: list[dict[str, Any]], query: dict[str, str]) -> Response:
        start = int(query["offset"])
        return answer({"notes": notes[start : start + int(query["limit"])], "count": 10_000})


def note(id: str, who: str) -> dict[str, Any]:
    content = {
        "title": f"Paper {id}",
        "authors": ["Ada Beispiel"],
        "authorids": [who],
        "venue": "ICLR 2024 poster",
        "venueid": ICLR,
    }
    return {"id": id, "forum": id, "content": {k: {"value": v} for k, v in content.items()}}


def answer(body: dict[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(body), status, content_type="application/json")


def challenge() -> Response:
    return answer({"name": "ChallengeRequiredError", "message": "Challenge", "status": 403}, 403)


class Both:
    """A source between two hosts."""

    def __init__(self, source: OpenReviewSource, new: Service, old: Service) -> None:
        self.source, self.new, self.old = source, new, old

    def read(self) -> tuple[list[str], list[str]]:
        found = [item for page in self.source.pages() for item in self.source.parse(page)]
        skipped = [item.reason for item in found if isinstance(item, Skipped)]
        return [item.id for item in found if isinstance(item, Record)], skipped


Make = Callable[..., Both]


@pytest.fixture
def make(httpserver: HTTPServer) -> Iterator[Make]:
    made: list[Http] = []

    def make(new: dict[str, int], old: dict[str, int], **settings: Any) -> Both:
        now = [1_700_000_000.0]

        def sleep(seconds: float) -> None:
            now[0] += seconds

        made.append(Http("1", clock=lambda: now[0], sleep=sleep, random=lambda: 0.0))
        services = Service(new), Service(old)
        for name, service in zip(("v2", "v1"), services, strict=True):
            for path in ("login", "profiles", "notes", "notes/search"):
                httpserver.expect_request(f"/{name}/{path}").respond_with_handler(service)
        urls = httpserver.url_for("/v2"), httpserver.url_for("/v1/")
        source = OpenReviewSource(
            "openreview", made[-1], "", HERE, profile=ME, base_urls=urls, **settings
        )
        return Both(source, *services)

    yield make
    for http in made:
        http.close()


def test_both_hosts_and_every_username_are_asked_until_a_short_page(make: Make) -> None:
    both = make({ME: LIMIT + 2, "~A_B2": 1}, {"~A_B2": 3}, token="sesame")
    ids, skipped = both.read()
    assert (len(ids), len(set(ids)), skipped) == (LIMIT + 6, LIMIT + 5, [])
    pages = [(q["content.authorids"], q["offset"]) for _, q, _ in both.new.asked[1:]]
    assert pages == [(ME, "0"), (ME, str(LIMIT)), ("~A_B2", "0")]
    assert [q["content.authorids"] for _, q, _ in both.old.asked] == [ME, "~A_B2"]
    assert {header for _, _, header in both.new.asked + both.old.asked} == {"Bearer sesame"}


def test_a_server_that_knows_no_offset_is_not_asked_for_ever(make: Make) -> None:
    both = make({}, {})
    both.new.refusal = answer({"notes": [note(f"n{n:09}", ME) for n in range(SEARCH_LIMIT)]})
    with pytest.raises(SourceError, match="the same notes whatever the offset"):
        both.read()
    assert len(both.new.asked) == 2


def test_a_login_gives_the_token_once_a_host(make: Make) -> None:
    both = make({ME: 2}, {}, username="ada", password="hush")
    both.old.token = "other"
    assert len(both.read()[0]) == 2
    assert [path for path, _, _ in both.new.asked].count("/v2/login") == 1
    assert [path for path, _, _ in both.old.asked].count("/v1/login") == 1


def test_a_failing_host_fails_the_whole_source(make: Make) -> None:
    both = make({ME: 2}, {ME: 1}, token="sesame")
    both.old.refusal = answer({"name": "Error", "message": "Down"}, 400)
    with pytest.raises(SourceError, match=r"/v1/notes.*: OpenReview answers: Down"):
        both.read()


def test_the_challenge_is_explained_and_not_repeated(make: Make) -> None:
    both = make({}, {}, token="stale")
    with pytest.raises(SourceError, match=r"browser check; set OPENREVIEW_TOKEN, or .* as path"):
        both.read()
    assert len(both.new.asked) == 1


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        ({"name": "TokenExpiredError", "message": "Token has expired"}, 401, "get a new token"),
        (
            {"name": "ForbiddenError", "message": "User Guest is not reader"},
            403,
            "User Guest is not",
        ),
        ({"name": "NotFoundError", "message": "No sesame for ada@example.org"}, 404, "No … for …"),
        ({"errors": [{"type": "notFound", "path": "id"}]}, 404, "OpenReview answers: notFound"),
    ],
)
def test_what_openreview_says_is_passed_on_without_secrets(
    make: Make, body: dict[str, Any], status: int, says: str
) -> None:
    both = make({}, {}, token="sesame")
    both.new.refusal = answer(body, status)
    with pytest.raises(SourceError) as error:
        both.read()
    assert says in str(error.value)
    assert "sesame" not in str(error.value)


def test_a_wrong_password_is_not_quoted(make: Make) -> None:
    both = make({}, {}, username="eve", password="hush")
    with pytest.raises(SourceError, match="Invalid username or password: …") as error:
        both.read()
    assert "hush" not in str(error.value)
    assert "eve" not in str(error.value).replace("/v2", "")


def test_a_second_factor_asks_for_a_token(make: Make) -> None:
    both = make({}, {}, username="ada", password="hush")
    both.new.refusal = answer({"mfaPending": {"methods": ["totp"]}})
    with pytest.raises(
        SourceError, match="second factor; log in yourself and set OPENREVIEW_TOKEN"
    ):
        both.read()


def test_an_unknown_profile_is_named(make: Make) -> None:
    both = make({}, {}, token="sesame")
    both.new.refusal = answer({"profiles": []})
    with pytest.raises(SourceError, match="has no profile ~Ada_Beispiel1"):
        both.read()


def test_without_an_account_the_search_is_filtered_by_profile(make: Make) -> None:
    both = make({}, {})
    ids, skipped = both.read()
    assert len(ids) == SEARCH_LIMIT * SEARCH_PAGES / 2
    assert set(skipped) == {f"left out 50 notes that name other profiles than {ME}"}
    path, query, header = both.new.asked[0]
    assert (path, query["term"], query["source"], header) == (
        "/v2/notes/search",
        "Ada Beispiel",
        "forum",
        "",
    )
    assert len(both.new.asked) == SEARCH_PAGES
    assert both.old.asked == []


def test_what_the_network_brought_stands_at_its_own_address(make: Make) -> None:
    both = make({ME: 1}, {}, token="sesame")
    record = next(item for page in both.source.pages() for item in both.source.parse(page))
    assert isinstance(record, Record)
    assert record.where == f"https://openreview.net/forum?id={record.id}"
    assert record.line == 0


def test_saved_answers_open_no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", lambda *_, **__: pytest.fail("a socket was opened"))
    source = OpenReviewSource("openreview", None, "demo/pages/openreview-*.json", FIXTURES)
    found = [item for page in source.pages() for item in source.parse(page)]
    assert sorted(item.id for item in found if isinstance(item, Record)) == [
        "8jU7wy7N7mA",
        "WwpYSOkkCt",
        "kEnBH98BGs5",
        "nerNr9fjfD",
    ]


def test_a_saved_answer_keeps_its_namesakes_out_when_the_profile_is_given() -> None:
    body = json.dumps({"notes": [note("mineAAAAAA", ME), note("otherAAAAA", "~Ada_Beispiel9")]})
    source = OpenReviewSource("openreview", None, "x", HERE, profile=ME)
    found = list(source.parse(Page("x.json", body.encode())))
    assert [item.id for item in found if isinstance(item, Record)] == ["mineAAAAAA"]
    assert [item.fault for item in found if isinstance(item, Skipped)] == [False]


def test_a_record_knows_the_line_of_its_id_and_keeps_no_mail_address() -> None:
    body = (FIXTURES / "openreview/decision_in_reply_v1.json").read_bytes()
    body = body.replace(b"~Greg_Van_Muster2", b"greg@example.org")
    source = OpenReviewSource("openreview", None, "x", HERE)
    lines = body.decode().splitlines()
    records = [item for item in source.parse(Page("x.json", body)) if isinstance(item, Record)]
    assert len(records) == 3
    for record in records:
        assert f'"id": "{record.id}"' in lines[record.line - 1]
        assert "@" not in record.raw
        assert [author.id for author in record.authors] == [ME, ""]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"7",
        b'"notes"',
        b"\xff\xfe\xfd",
        b"[" * 200_000,
        b'{"notes": 1' + b"0" * 5000 + b"}",
        b'{"notes": {"id": 1}}',
        b'{"notes": [1, null, "x"]}',
        b"<html></html>",
    ],
)
def test_what_is_no_answer_is_a_source_error(body: bytes) -> None:
    with pytest.raises(SourceError, match=r"x\.json: "):
        list(OpenReviewSource("openreview", None, "x", HERE).parse(Page("x.json", body)))


@pytest.mark.parametrize(
    "odd", [None, 7, "x", [], {}, [None], {"value": None}, {"value": {}}, 1e300]
)
def test_a_field_of_any_type_raises_nothing(odd: Any) -> None:
    whole = note("oddAAAAAAA", ME) | {"pdate": 1705409000000, "invitations": ["a"], "details": {}}
    source = OpenReviewSource("openreview", None, "x", HERE)
    other = note("otherAAAAA", ME) | {"original": "none"}
    for field in [*whole, "replyto", "ddate", "original", "externalIds", "invitation", "cdate"]:
        body = json.dumps({"notes": [other, whole | {field: odd}]}).encode()
        assert list(source.parse(Page("x.json", body)))
    for field in ("title", "authors", "authorids", "venue", "venueid", "pdf", "html", "_bibtex"):
        content = whole["content"] | {field: odd}
        body = json.dumps({"notes": [whole | {"content": content}]}).encode()
        assert len(list(source.parse(Page("x.json", body)))) == 1


def test_half_a_surrogate_pair_can_be_kept() -> None:
    body = json.dumps({"notes": [note("oddAAAAAAA", ME)]}).replace("Ada", "\\ud83dA\\ud83d\\ude00")
    source = OpenReviewSource("openreview", None, "x", HERE)
    (record,) = source.parse(Page("x.json", body.encode()))
    assert isinstance(record, Record)
    assert str(record.authors[0]) == "Beispiel, ?A\U0001f600"
    assert record.raw.encode()
