"""A server on loopback that has bad days, the clock that it goes by, and a cache in memory.

Every request is answered over a real socket. What is faked is time alone: the client's clock and
sleep are those of `Time`, and each answer takes half a second of it.
"""

import email.utils
import gzip
import hashlib
import socket
import struct
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Protocol
from urllib.parse import parse_qsl, urlsplit

from sources.answer import Stored

NOON = 1_700_000_000.0
SERVING = 0.5
"""Seconds that an answer takes."""


class Time:
    """A clock that sleeping and serving move."""

    def __init__(self) -> None:
        self.now = NOON

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.now += seconds


@dataclass
class Reply:
    """What a service would say on a good day."""

    body: bytes
    kind: str
    status: int = 200


class Service(Protocol):
    """Something that a Server plays."""

    def reply(self, path: str, query: dict[str, str], asked: "Asked", fault: str) -> Reply: ...


@dataclass
class Asked:
    """One request, and what became of it."""

    start: float
    path: str
    headers: Mapping[str, str]
    body: bytes
    fault: str = ""
    status: int = 0
    end: float = 0.0


RETRIED = (
    "429",
    "429 in seconds",
    "429 by date",
    "503",
    "503 in seconds",
    "500",
    "408",
    "cut",
    "hung up",
    "reset",
    "damaged",
)
"""Faults of transport: each costs one request more."""
SPOILT = ("half", "web page", "nothing")
"""Whole answers that are not what they should be: asked for again, too."""
HARMLESS = ("wrong type", "unasked validators")
FINAL = ("403", "404", "hours", "unasked 304", "redirect")
PAUSES = {"429 in seconds": 30.0, "429 by date": 40.0, "503 in seconds": 5.0}


class Server:
    """One port of 127.0.0.1. The nth request meets the nth of `faults`, '' being none."""

    def __init__(self, time: Time, service: Service) -> None:
        self.time = time
        self.service = service
        self.faults: list[str] = []
        self.always = ""
        """The fault of every request when `faults` are used up."""
        self.log: list[Asked] = []
        outer = self

        class Handler(_Handler):
            server_of_ours = outer

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,))
        self._thread.start()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def forget(self) -> None:
        """An empty log, and good days ahead."""
        self.log, self.faults, self.always = [], [], ""

    def gaps(self) -> list[float]:
        """Seconds from the end of each answer to the next request."""
        return [b.start - a.end for a, b in zip(self.log, self.log[1:], strict=False)]


@contextmanager
def serving(time: Time, *services: Service) -> Iterator[list[Server]]:
    """A server for each service."""
    servers = [Server(time, service) for service in services]
    try:
        yield servers
    finally:
        for server in servers:
            server.close()


class _Handler(BaseHTTPRequestHandler):
    server_of_ours: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else 43 ms a request: STACK 5
    wbufsize = -1

    def log_message(self, *_: object) -> None: ...

    def date_time_string(self, timestamp: float | None = None) -> str:
        return email.utils.formatdate(self.server_of_ours.time.now, usegmt=True)

    def do_POST(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        ours = self.server_of_ours
        length = int(self.headers.get("Content-Length", 0))
        asked = Asked(ours.time.now, self.path, dict(self.headers), self.rfile.read(length))
        asked.fault = ours.faults.pop(0) if ours.faults else ours.always
        ours.log.append(asked)
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        reply = ours.service.reply(parts.path, query, asked, asked.fault)
        ours.time.now += SERVING
        asked.end = ours.time.now
        self._answer(asked, reply)

    def _answer(self, asked: Asked, reply: Reply) -> None:
        tag = '"' + hashlib.sha256(reply.body).hexdigest()[:16] + '"'
        # Half of the pages are recognised by their tag, the other half by their day.
        by_tag = tag < '"8' or asked.fault == "unasked validators"
        day = email.utils.formatdate(int(tag[1:8], 16), usegmt=True)
        known = {"ETag": tag} if by_tag else {"Last-Modified": day}
        sent = asked.headers.get("If-None-Match" if by_tag else "If-Modified-Since")
        fault = asked.fault
        if reply.status == 200 and fault in ("", *HARMLESS) and sent == (tag if by_tag else day):
            self._send(asked, 304, known, b"")
        elif fault in ("", "empty", "fewer", "none", "echo"):
            self._send(asked, reply.status, {"Content-Type": reply.kind, **known}, reply.body)
        elif fault in HARMLESS:
            kind = "application/octet-stream" if fault == "wrong type" else reply.kind
            self._send(asked, reply.status, {"Content-Type": kind, **known}, reply.body)
        else:
            self._fail(asked, fault, reply, known)

    def _fail(self, asked: Asked, fault: str, reply: Reply, known: Mapping[str, str]) -> None:
        head = {"Content-Type": reply.kind}
        number = fault.split()[0]
        if fault in PAUSES or fault == "hours":
            seconds = PAUSES.get(fault, 7200.0)
            until = email.utils.formatdate(self.server_of_ours.time.now + seconds, usegmt=True)
            told = {"Retry-After": until if "date" in fault else f"{seconds:.0f}"}
            status = int(number) if number.isdigit() else 429
            self._send(asked, status, told, b"Rate exceeded.")
        elif number.isdigit():
            self._send(asked, int(number), {}, b"no")
        elif fault == "unasked 304":
            self._send(asked, 304, {}, b"")
        elif fault == "redirect":
            self._send(asked, 302, {"Location": "http://127.0.0.1:1/elsewhere?token=hush"}, b"")
        elif fault == "web page":
            html = b"<!DOCTYPE html><html><body>Back soon.</body></html>"
            self._send(asked, 200, {"Content-Type": "text/html", **known}, html)
        elif fault == "nothing":
            self._send(asked, 200, {**head, **known}, b"")
        elif fault == "half":
            self._send(asked, 200, {**head, **known}, reply.body[: len(reply.body) // 2])
        elif fault == "damaged":
            packed = bytearray(gzip.compress(reply.body))
            packed[len(packed) // 2 :] = bytes(len(packed) - len(packed) // 2)
            self._send(asked, 200, {**head, **known, "Content-Encoding": "gzip"}, bytes(packed))
        else:
            self._break_off(asked, fault, reply, known)

    def _break_off(self, asked: Asked, fault: str, reply: Reply, known: Mapping[str, str]) -> None:
        self.close_connection = True
        if fault == "cut":
            length = {"Content-Length": str(len(reply.body) + 9)}
            self._send(asked, 200, {**known, **length}, reply.body[: len(reply.body) // 2])
        elif fault == "reset":
            # Closed with something unread or unsent, a socket says RST.
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.connection.close()
        else:
            assert fault == "hung up", fault

    def _send(self, asked: Asked, status: int, headers: Mapping[str, str], body: bytes) -> None:
        asked.status = status
        self.send_response(status)
        given = {"Content-Length": str(len(body)), **headers} if status != 304 else headers
        for name, value in given.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


class Shelf:
    """A cache that is a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[str, Stored] = {}

    def get(self, url: str) -> Stored | None:
        return self.kept.get(url)

    def put(self, url: str, stored: Stored) -> None:
        self.kept[url] = stored
