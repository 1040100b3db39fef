"""URLs: how they may be printed, which site they belong to, where a redirect may lead."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import parse_qsl, urljoin, urlsplit

from sources.contract import SourceError

_SECRET = re.compile(r"(?i)token|secret|password|key|auth|sig")


def shown(url: str) -> str:
    """A URL without login and fragment, and with the values of secret parameters hidden."""
    try:
        parts = urlsplit(url)
        pairs = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return "a malformed URL"
    parts = parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment="")
    if any(_SECRET.search(name) for name, _ in pairs):
        hidden = "&".join(f"{n}={'…' if _SECRET.search(n) else value}" for n, value in pairs)
        parts = parts._replace(query=hidden)
    return parts.geturl()


def host(url: str) -> str:
    """The host, lower case; '' if there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def site(url: str) -> str:
    """What shares one pace: 'export.arxiv.org' and 'arxiv.org' do, two ports of one host do not.

    Raises SourceError for what is no URL.
    """
    try:
        parts = urlsplit(url)
        name, port = parts.hostname or "", parts.port
    except ValueError:
        raise SourceError(shown(url), "is no URL") from None
    if re.fullmatch(r"[\d.]+|.*:.*|localhost", name):
        return f"{name}:{port}"
    return ".".join(name.split(".")[-2:])


def target(asked: str, here: str, location: str, hosts: Collection[str]) -> str:
    """Where a redirect leads: https on the host that was asked or on one of `hosts`.

    The very origin that was asked is fine as it is. Raises SourceError for anywhere else.
    """
    try:
        url = urljoin(here, location)
        parts, origin = urlsplit(url), urlsplit(asked)
        known = parts.hostname == origin.hostname or parts.hostname in hosts
    except ValueError:
        raise SourceError(shown(asked), "redirects to something that is no URL") from None
    if (parts.scheme, parts.netloc) == (origin.scheme, origin.netloc):
        return url
    if parts.scheme == "https" and known:
        return url
    raise SourceError(
        shown(asked), f"redirects to {shown(url)}; not followed: give that address instead"
    )
