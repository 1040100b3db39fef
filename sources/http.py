"""One polite client for all services. It fetches; it reads nothing of what it fetches.

The only module that imports httpx. Every failure is one SourceError with the place and the reason;
what was sent in a header or a body is never part of it.
"""

from __future__ import annotations

import random as random_module
import re
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http import HTTPStatus
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import httpx

from sources.address import host, shown, site, target
from sources.answer import Answer, Cache, RefusedError, Stored
from sources.contract import SourceError
from sources.pace import LONGEST_HOLD, Pace, retry_after

BYTES = 64 * 2**20
"""Cap of one answer. A thousand OpenReview notes with their abstracts are about 5 MB."""
TRIES = 5
LONGEST_BACKOFF = 60.0
LONGEST_ANSWER = 300.0
"""Seconds from asking to the last byte: a server that drips never trips a read timeout."""
_TIMEOUT = httpx.Timeout(30.0, connect=15.0)
_HOPS = 5
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class _Request:
    url: str
    headers: Mapping[str, str]
    gap: float
    json: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    headers: httpx.Headers
    body: bytes


class Http:
    """A client of one run. Opens nothing before the first request."""

    def __init__(
        self,
        version: str,
        contact: str = "",
        *,
        cache: Cache | None = None,
        pace: Pace | None = None,
        hosts: Collection[str] = (),
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
        random: Callable[[], float] = random_module.random,
        limit: int = BYTES,
    ) -> None:
        """`hosts` may be redirected to besides the one that was asked."""
        contact = re.sub(r"[^ -~]", "", contact).strip()
        self._agent = f"pubharvest/{version}" + (f" ({contact})" if contact else "")
        self._cache = cache
        self._pace = pace or Pace(None, clock, sleep)
        self._hosts = frozenset(hosts)
        self._clock = clock
        self._random = random
        self._limit = limit
        self._connection: httpx.Client | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections. The client may be used again."""
        if self._connection:
            self._connection.close()
            self._connection = None

    def get(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        gap: float = 1.0,
        fresh: bool = False,
    ) -> Answer:
        """The body of a URL, from the cache if the server says that it is unchanged.

        `gap`: seconds after the end of the last request to this site. `fresh`: the cached
        answer is known to be broken. Raises SourceError; RefusedError where the server said no.
        """
        if params:
            url += ("&" if "?" in url else "?") + urlencode(params)
        stored = self._cache.get(url) if self._cache and not fresh else None
        sent = dict(headers or {})
        # Those who send them would refuse them in words that quote them.
        if not all(map(_sendable, sent.values())):
            raise SourceError(shown(url), "the request cannot be sent; check the token")
        if stored and stored.etag:
            sent["If-None-Match"] = stored.etag
        if stored and stored.last_modified:
            sent["If-Modified-Since"] = stored.last_modified
        last, reply = self._follow(_Request(url, sent, gap))
        now = datetime.fromtimestamp(self._clock(), UTC)
        if reply.status == HTTPStatus.NOT_MODIFIED and stored:
            return Answer(last, stored.body, stored.content_type, now)
        _refuse(last, reply)
        _check_for_secrets(url, sent, reply)
        kind = reply.headers.get("content-type", "")
        self._keep(url, reply, kind)
        return Answer(last, reply.body, kind, now)

    def post(self, url: str, json: Mapping[str, object], *, gap: float = 1.0) -> Answer:
        """The answer to a JSON body. Never follows a redirect: the body may hold a password."""
        reply = self._ask(_Request(url, {}, gap, json))
        _refuse(url, reply)
        now = datetime.fromtimestamp(self._clock(), UTC)
        return Answer(url, reply.body, reply.headers.get("content-type", ""), now)

    def _keep(self, url: str, reply: _Reply, kind: str) -> None:
        marks = (reply.headers.get(name, "") for name in ("etag", "last-modified"))
        etag, modified = (mark if _sendable(mark) else "" for mark in marks)
        unwanted = "no-store" in reply.headers.get("cache-control", "").lower()
        if self._cache and (etag or modified) and not unwanted:
            self._cache.put(url, Stored(reply.body, kind, etag, modified))

    def _follow(self, request: _Request) -> tuple[str, _Reply]:
        first = request.url
        for _ in range(_HOPS + 1):
            reply = self._ask(request)
            if reply.status not in (301, 302, 303, 307, 308) or "location" not in reply.headers:
                return request.url, reply
            there = target(first, request.url, reply.headers["location"], self._hosts)
            kept = request.headers if host(there) == host(first) else {}
            request = replace(request, url=there, headers=kept)
        raise SourceError(shown(first), f"redirects more than {_HOPS} times")

    def _ask(self, request: _Request) -> _Reply:
        """The first reply that is no passing fault, with the pauses that the server wants."""
        whose = site(request.url)
        for attempt in range(1, TRIES + 1):
            with self._pace.turn(whose, request.gap) as turn:
                found = self._once(request)
                asked = None
                if isinstance(found, _Reply):
                    if found.status not in _PASSING:
                        return found
                    asked = retry_after(found.headers, self._clock())
                turn.hold(self._backoff(request.gap, attempt) if asked is None else asked)
            if asked is not None and asked > LONGEST_HOLD:
                reason = f"wants to be left alone for {asked / 60:.0f} minutes; try again later"
                raise SourceError(shown(request.url), reason)
        if isinstance(found, _Reply):
            return found
        raise SourceError(shown(request.url), f"{found} ({TRIES} tries)")

    def _backoff(self, gap: float, attempt: int) -> float:
        # 3, 6, 12 s for arXiv (FORMATS 1.4), up to half as long again so that two programs part.
        wait = max(gap, 1.0) * 2.0 ** (attempt - 1) * (1 + self._random() / 2)
        return min(wait, LONGEST_BACKOFF)

    def _once(self, request: _Request) -> _Reply | str:
        """One request: the reply, or the words for a fault that may pass."""
        place, client = shown(request.url), self._open(request.url)
        method = "GET" if request.json is None else "POST"
        try:
            with client.stream(
                method, request.url, headers=request.headers, json=request.json
            ) as reply:
                return _Reply(reply.status_code, reply.headers, self._body(place, reply))
        except httpx.TimeoutException:
            return "does not answer in time"
        except (httpx.NetworkError, httpx.ProxyError) as error:
            return f"cannot be reached: {error}" if str(error) else "cannot be reached"
        except httpx.RemoteProtocolError:
            return "broke off in the middle of its answer"
        except httpx.DecodingError:
            return "sends a damaged compressed answer"
        # The text of these can quote a header: "Illegal header value b'Bearer …'".
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            reason = "the request cannot be sent; check the address and the token"
            raise SourceError(place, reason) from None

    def _open(self, url: str) -> httpx.Client:
        if self._connection is None:
            try:
                self._connection = httpx.Client(
                    headers={"User-Agent": self._agent}, timeout=_TIMEOUT, follow_redirects=False
                )
            except (httpx.InvalidURL, ValueError, OSError, ImportError):
                reason = "no connection can be set up; check HTTPS_PROXY and SSL_CERT_FILE"
                raise SourceError(shown(url), reason) from None
        return self._connection

    def _body(self, place: str, reply: httpx.Response) -> bytes:
        # Each layer of compression multiplies a small bomb by a thousand.
        if "," in reply.headers.get("content-encoding", ""):
            raise SourceError(place, "is compressed more than once; not read")
        deadline = self._clock() + LONGEST_ANSWER
        body = bytearray()
        for chunk in reply.iter_bytes():
            body += chunk
            if len(body) > self._limit:
                raise SourceError(place, f"is longer than {self._limit / 2**20:.0f} MB; not read")
            if self._clock() > deadline:
                raise SourceError(place, f"is still sending after {LONGEST_ANSWER:.0f} s; given up")
        return bytes(body)


def _sendable(value: str) -> bool:
    """Whether a header can hold it."""
    return re.fullmatch(r"[ -~]*", value) is not None


def _check_for_secrets(url: str, sent: Mapping[str, str], reply: _Reply) -> None:
    """An answer is kept as it came, so that one that repeats our token must not come."""
    token = sent.get("Authorization", "").rpartition(" ")[2].encode()
    if token and token in reply.body:
        raise SourceError(shown(url), "repeats the token that was sent; not read")


def _refuse(url: str, reply: _Reply) -> None:
    if 200 <= reply.status < 300:
        return
    try:
        phrase = HTTPStatus(reply.status).phrase
    except ValueError:
        phrase = "unknown status"
    reason = f"answers HTTP {reply.status} ({phrase})"
    raise RefusedError(shown(url), reason, reply.status, reply.body)
