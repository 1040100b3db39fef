"""HTML as a tree: every text is a leaf, so that nothing from outside can become a tag.

Controls and bidirectional marks are taken out of texts and attributes alike; links lead to
http and https alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, tostring

from harvester.report import cut, inert

Child = Element | str | None

_ON_LINES = frozenset(
    "html head meta title style body header nav main footer section article figure figcaption "
    "h1 h2 h3 p pre ul ol li dl dt dd div details summary table caption thead tbody tr th td svg g"
    "".split()
)
"""Elements that end a line of the file, so that two pages can be compared line by line."""
_LONGEST = 1000


def tag(name: str, /, *children: Child | Iterable[Child], **attributes: object) -> Element:
    """An element. `class_` is class, `aria_label` aria-label; an attribute of None is left out."""
    element = Element(name)
    for key, value in attributes.items():
        if value is not None:
            element.set(key.rstrip("_").replace("_", "-"), inert(value))
    for child in children:
        for part in [child] if child is None or isinstance(child, (str, Element)) else child:
            _append(element, part)
    if name in _ON_LINES:
        element.tail = "\n"
    return element


def _append(element: Element, child: Child) -> None:
    if isinstance(child, Element):
        element.append(child)
    elif child and len(element):
        element[-1].tail = (element[-1].tail or "") + inert(child)
    elif child:
        element.text = (element.text or "") + inert(child)


def outside(text: object, name: str = "bdi", /, **attributes: object) -> Element:
    """A text from outside that runs in its own direction and turns nothing around it; what no
    person would read to the end is cut.
    """
    return tag(name, cut(text, _LONGEST), dir="auto" if name != "bdi" else None, **attributes)


def hidden(text: str) -> Element:
    """A text for those who listen to the page."""
    return tag("span", text, class_="unseen")


def linked(text: object, address: str) -> Element:
    """The text as a link, or plain where the address is not of the web."""
    shown = outside(text)
    if not is_web(address):
        return shown
    return tag("a", shown, href=address, rel="noreferrer noopener")


def is_web(address: str) -> bool:
    """Whether an address is one of http or https, whole and without what a browser drops."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:  # 'http://[…'
        return False
    clean = address.isprintable() and " " not in address and "\\" not in address
    return clean and parts.scheme in ("http", "https") and bool(host) and "@" not in parts.netloc


def document(root: Element) -> str:
    """The file: the same tree, the same text."""
    return "<!DOCTYPE html>\n" + tostring(root, encoding="unicode", method="html")
