"""URLs: how they may be printed, which site they belong to, where a redirect may lead."""

from __future__ import annotations

import re
from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import parse_qsl, urljoin, urlsplit

from sources.contract import SourceError

_SECRET = re.compile(r"(?i)token|secret|password|key|auth(?!orids?$)|sig")


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


def no_service(url: str) -> str:
    """Why no service is asked at this address, '' if one is.

    A login or token travels to it: in the open it may do so on this machine alone, and the
    address itself is kept with every page, so that nothing secret may stand in it.
    """
    try:
        parts = urlsplit(url)
        name, secret = parts.hostname or "", parts.username or parts.password
        at = parts.port
    except ValueError:
        return "is no address; write https://…"
    if not name or at == 0 or parts.scheme not in ("http", "https") or re.search(r"\s", url):
        return "is no address; write https://…"
    if secret is not None or parts.query or parts.fragment:
        return "must be a host and a path alone, without login, '?' and '#'"
    if parts.scheme == "http" and not _is_loopback(name):
        return "must begin with https://; http:// is for this machine alone"
    return ""


def _is_loopback(name: str) -> bool:
    try:
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False


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
