"""arXiv and OpenReview, as far as a `Server` of loopback.py needs them."""

import json
import random
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from loopback import Asked, Reply


@dataclass(frozen=True)
class Paper:
    """What both services know of one paper."""

    number: str
    title: str
    authors: tuple[str, ...]

    @property
    def forum(self) -> str:
        return "f" + self.number.replace(".", "")


def papers(count: int, owner: str = "Ada Byron") -> list[Paper]:
    """Papers of one person that share neither title nor number, the same every time."""
    chance = random.Random(7)
    parts = "ba ce di fo gu ha ke li mo nu pa re si to vu za che shi tho qua".split()
    words = ["".join(chance.choices(parts, k=3)) for _ in range(600)]
    people = [f"{a} {b}" for a in "Bo Cy Di Ed Fay".split() for b in "Holt Ivers Jung".split()]
    return [
        Paper(
            f"23{1 + n // 900:02}.{1 + n % 900:05}",
            " ".join(chance.sample(words, 6)).capitalize(),
            (owner, *chance.sample(people, 2)),
        )
        for n in range(count)
    ]


class Arxiv:
    """Plays the query interface and the author's feed; faults of its own: empty, fewer, none."""

    def __init__(self, known: list[Paper]) -> None:
        self.papers = known

    def reply(self, path: str, query: dict[str, str], asked: Asked, fault: str) -> Reply:
        if path.startswith("/a/"):
            return Reply(self.feed({}, self.papers, len(self.papers)), "application/atom+xml")
        start, size = int(query["start"]), int(query["max_results"])
        assert start + size <= 10_000, "arXiv answers this with HTTP 500"
        wanted = query["id_list"].split(",") if "id_list" in query else None
        found = [paper for paper in self.papers if wanted is None or paper.number in wanted]
        shown = found[start : start + size]
        if fault == "none":
            found, shown = [], []
        elif fault in ("empty", "fewer"):
            shown = shown[: len(shown) // 2] if fault == "fewer" else []
        return Reply(self.feed(query, shown, len(found)), "application/atom+xml; charset=utf-8")

    def feed(self, query: dict[str, str], shown: list[Paper], total: int) -> bytes:
        asked = "&".join(f"{n}={query.get(n, '')}" for n in ("search_query", "id_list", "start"))
        rows = "".join(map(self.entry, shown))
        return (
            "<?xml version='1.0' encoding='UTF-8'?>\n<feed xmlns='http://www.w3.org/2005/Atom' "
            "xmlns:opensearch='http://a9.com/-/spec/opensearch/1.1/'>"
            f"<title>arXiv Query: {escape(asked)}</title>"
            f"<opensearch:totalResults>{total}</opensearch:totalResults>"
            f"<opensearch:startIndex>{query.get('start', 0)}</opensearch:startIndex>\n"
            f"{rows}</feed>"
        ).encode()

    def entry(self, paper: Paper) -> str:
        names = "".join(f"<author><name>{name}</name></author>" for name in paper.authors)
        return (
            f"<entry><id>http://arxiv.org/abs/{paper.number}v1</id><title>{paper.title}</title>"
            f"<published>20{paper.number[:2]}-{paper.number[2:4]}-02T00:00:00Z</published>"
            f"{names}</entry>\n"
        )


@dataclass
class OpenReview:
    """Plays both APIs, /v2 and /v1 of one host, with a token, a login, and without an account."""

    papers: list[Paper]
    older: list[Paper] = field(default_factory=list)
    """Those that API 1 has."""
    token: str = "sesame-of-this-profile"
    password: str = "hush-hush"
    profile: str = "~Ada_Byron1"

    def reply(self, path: str, query: dict[str, str], asked: Asked, fault: str) -> Reply:
        if path.endswith("/login"):
            return self.login(json.loads(asked.body))
        given = asked.headers.get("Authorization", "")
        if fault == "echo":
            return self.json({"notes": [], "you": given})
        if path.endswith("/notes/search"):
            return self.notes(self.papers, query)
        if given != f"Bearer {self.token}":
            return self.refuse("ChallengeRequiredError", f"Challenge required, not {given}", 403)
        if path.endswith("/profiles"):
            names = [{"username": self.profile}, {"fullname": "A. B."}]
            return self.json({"profiles": [{"id": self.profile, "content": {"names": names}}]})
        return self.notes(self.older if path.startswith("/v1/") else self.papers, query)

    def login(self, given: dict[str, str]) -> Reply:
        if given["password"] == self.password:
            return self.json({"token": self.token, "user": {"profile": {"id": self.profile}}})
        return self.refuse("Error", f"Invalid username or password: {given['password']}", 400)

    def notes(self, found: list[Paper], query: dict[str, str]) -> Reply:
        start, limit = int(query["offset"]), min(int(query["limit"]), 1000)
        return self.json({"notes": [self.note(one) for one in found[start : start + limit]]})

    def note(self, paper: Paper) -> dict[str, Any]:
        content = {
            "title": paper.title,
            "authors": list(paper.authors),
            "authorids": [self.profile, *("" for _ in paper.authors[1:])],
            "venue": "ICLR 2024 poster",
            "venueid": "ICLR.cc/2024/Conference",
        }
        wrapped = {name: {"value": value} for name, value in content.items()}
        return {"id": paper.forum, "forum": paper.forum, "content": wrapped}

    def refuse(self, name: str, message: str, status: int) -> Reply:
        body = {"name": name, "message": message, "status": status}
        return Reply(json.dumps(body).encode(), "application/json", status)

    def json(self, found: object) -> Reply:
        return Reply(json.dumps(found).encode(), "application/json; charset=utf-8")
