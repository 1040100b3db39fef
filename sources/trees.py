"""Saved answers of services that speak XML, or JSON that stands for the same XML, as one tree."""

from __future__ import annotations

import json
from html import entities, unescape
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from sources.contract import Page, SourceError
from sources.foreign import refuse_foreign

LINE = "#line"
"""The attribute that holds the line at which an element of XML begins."""


def tree_of(page: Page, advice: str, own: str) -> Element:
    """The root of the page's tree.

    In JSON a list is elements of one name, a key that begins with '@' an attribute, and 'text'
    the text beside attributes. Raises SourceError, with the advice, for all else, and for what
    another adapter than `own` reads.
    """
    refuse_foreign(page, {own})
    try:
        if page.body.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
            found = _elements(json.loads(page.body))
            return found[0] if len(found) == 1 else Element("JSON")
        return _read_xml(page.body)
    except RecursionError:
        reason = "is nested too deep"
    except expat.ExpatError as error:
        html = b"<html" in page.body[:2000].lower()
        reason = "is a web page" if html else f"is cut off or not XML at line {error.lineno}"
    except (LookupError, ValueError):  # an encoding unknown to Python, among others
        reason = "is cut off, or neither XML nor JSON that can be read"
    raise SourceError(page.where, f"{reason}; {advice}")


def text_of(element: Element | None) -> str:
    """The words in an element, markup and double escapes gone; '' without one."""
    return "" if element is None else " ".join(unescape("".join(element.itertext())).split())


def _read_xml(body: bytes) -> Element:
    parser, builder = expat.ParserCreate(), TreeBuilder()
    parser.buffer_text = True

    def start(tag: str, attributes: dict[str, str]) -> None:
        builder.start(tag, attributes | {LINE: str(parser.CurrentLineNumber)})

    parser.StartElementHandler = start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    # Letters that a DTD elsewhere names: '&uuml;'.
    parser.SkippedEntityHandler = lambda name, _: builder.data(entities.entitydefs.get(name, ""))
    parser.Parse(body, True)
    return builder.close()


def _elements(said: dict[str, Any]) -> list[Element]:
    found = []
    for name, value in said.items():
        for one in value if isinstance(value, list) else [value]:
            given = one if isinstance(one, dict) else {"text": one}
            marks = {
                key[1:]: _plain(mark)
                for key, mark in given.items()
                if key[:1] == "@" and key[1:] != LINE
            }
            element = Element(_plain(name), marks)
            if not isinstance(text := given.get("text", ""), dict | list):
                element.text = _plain(text)
            inner = {key: one for key, one in given.items() if key[:1] != "@" and key != "text"}
            element.extend(_elements(inner))
            found.append(element)
    return found


def _plain(value: object) -> str:
    """Text without half a surrogate pair, which JSON can spell and no file can hold."""
    return "" if value is None else str(value).encode("utf-8", "replace").decode()
