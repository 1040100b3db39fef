"""Venue strings taken to words: what tells names apart, and what stands between them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from harvester.titles import fold
from harvester.venue_years import ORDINALS

_TOKEN = re.compile(r"\d[A-Z]{2,}\b|[A-Z]\d[A-Z]+\b|[^\W\d_]+|\d+|[^\w\s]|_")
_ENTITY = re.compile(r"&\s*(\w+)\s*;")
_ENTITIES = {"amp": "&", "hellip": "\u2026", "mdash": "\u2014", "ndash": "\u2013"}
_TURNED = re.compile(
    r"(?i)^\s*(.{4,}?)\s*,\s*([^,]*\b(?:conference|symposium|workshop|transactions)\s+on)[\s,.]*$"
)
_OWNED = re.compile(r"(?i)^\s*(.{4,}?)\s*,\s*(ieee|acm)[\s,.]*$")
_FOOTNOTE = re.compile(r"\{?\\textsuperscript\s*\{[^{}]*\}\}?")
_GLUED_ORDINAL = re.compile(r"(?i)(?<=\d)(\s?(?:st|nd|rd|th))(?=int|ann|vldb|conf|symp|acm|ieee)")
_GLUED = re.compile(r"(?i)\b(proceedings|conference|symposium|workshop|journal)(of|on)(the)?")
_SOCIETY = re.compile(r"(?i)\b(acm|ieee)(?=sig[a-z])")
_MAY_BE_GLUED = re.compile(
    r"\d\s?(?:st|nd|rd|th)[aisv]|(?:acm|ieee)sig|(?:proceedings|conference|symposium|workshop|"
    r"journal)o"
).search
_SCANNED = re.compile(r"\bco @")
"""'conf' as some have read it on paper."""
_HYPHENS = re.compile(r"(?<=[a-z])--(?=[a-z])")
_DOTTED = re.compile(r"(?i)\b(?:[a-z]\.){3,}")
_LINK = re.compile(r"https?://(?:[\w-]+\.)*?([\w-]+)\.(?:org|com|net|io)\b\S*")
_INTL = re.compile(r"(?i)\bint\s?['\u2019]\s?l\b")
_DROPPED = frozenset("on of the and in for a an to de s st nd rd th ann annu annual with".split())
_HOSTS = frozenset(("at", "conjunction", "colocated", "located"))
_WRITTEN_OUT = {
    "int": "international",
    "intl": "international",
    "inter": "international",
    "internat": "international",
    "conf": "conference",
    "conferences": "conference",
    "symp": "symposium",
    "sympos": "symposium",
    "proc": "proceedings",
    "procs": "proceedings",
    "trans": "transactions",
    "workshops": "workshop",
    "transaction": "transactions",
    "mgmt": "management",
    "princ": "principles",
    "proceeding": "proceedings",
    "inproceedings": "proceedings",
    "inproc": "proceedings",
    "systs": "systems",
}


class Word(NamedTuple):
    """A word that tells names apart; 'on', 'the', years, ordinals and numbers do not."""

    text: str
    start: int
    end: int
    gap: str
    """What stands before it: '' a blank, '-' a hyphen, '#' a number, ',' a comma, '@' 'at' or
    'co-located with', '(' a bracket, ':' any other mark, or the beginning of the string."""
    linked: bool
    """'of', 'for', 'and' … stand before it."""


def plain(text: str) -> str:
    """The string with entities and LaTeX marks read, and turned names turned back.

    IEEE writes 'Robotics and Automation (ICRA), 2015 IEEE International Conference on'.
    """
    if "\u00e2" in text:  # a curly quote that was read as Latin-1, its other bytes lost
        text = re.sub(r"\u00e2 ?\?\?", "'", text)
    if "&" in text:
        text = _ENTITY.sub(lambda found: _ENTITIES.get(found[1], " "), text)
    if "://" in text:
        text = _LINK.sub(r" \1 ", text)
    if "\\" in text or "{" in text:
        text = _FOOTNOTE.sub("", text)
        text = re.sub(r"\\(?:text\w+\s*|[\"'`^~])|[\\{}]", "", text)
    if "'" in text or "\u2019" in text:
        text = _INTL.sub("Int.", text)
    if "@" in text:
        text = _SCANNED.sub("conf", text)
    if "--" in text:
        text = _HYPHENS.sub("", text)
    if "." in text:
        text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    if _MAY_BE_GLUED(text.lower()):
        text = _GLUED_ORDINAL.sub(r"\1 ", _SOCIETY.sub(r"\1 ", text))
        text = _GLUED.sub(r"\1 \2 \3 ", text)
    if "," not in text:
        return text
    if turned := _TURNED.match(text) if "on" in text[-6:].lower() else None:
        text = f"{turned[2]} {turned[1]}"
    elif owned := _OWNED.match(text):
        text = f"{owned[2]} {owned[1]}"
    return text


def words(text: str) -> list[Word]:
    """The words of a plain string in order."""
    found: list[Word] = []
    gap, linked = ":", False
    for token in _TOKEN.finditer(text):
        raw = token[0]
        if raw.isalpha() or (raw[-1].isalpha() and len(raw) > 1):
            word = raw.lower()
            if not raw.isascii():
                word = fold(raw) or word
            if word in _HOSTS:
                gap = "@"
            elif word in _DROPPED or word in ORDINALS:
                linked = linked or word not in ("the", "a", "an")
            else:
                word = _WRITTEN_OUT.get(word, word)
                found.append(Word(word, token.start(), token.end(), gap, linked))
                gap, linked = "", False
        elif gap != "@":
            gap = _gap(raw, gap)
        elif raw in "(":
            gap = "("
    return found


def _gap(mark: str, before: str) -> str:
    if mark.isdigit():
        return "#" if before in ("", "-", ".") else before
    if mark == "@":
        return "@"
    if mark in "([":
        return "("
    if mark in ".'\u2019`\u2018&*\"":
        return before
    if mark in "-/" and before in ("", "-"):
        return "-"
    if mark == "," and before in ("", "-", "#"):
        return ","
    return before if before == "(" else ":"


@lru_cache(maxsize=1 << 14)
def spelled(text: str) -> tuple[str, ...]:
    """The words of a name, for looking it up."""
    return tuple(word.text for word in words(plain(text)))
