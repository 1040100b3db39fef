"""What a file is that was given to the wrong adapter, by how it begins."""

from __future__ import annotations

import re
from collections.abc import Collection

from sources.contract import Page, SourceError

_LOOKED_AT = 4000
"""Bytes; an answer names its service in the first of them."""
_BEFORE_ROOT = rb"(?:\s|<\?[^>]*>|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>|<!--.{0,2000}?-->)*+"

# What it is, the adapter that reads it (or what to do instead), how it begins. JSON has no root
# element: there a name that only this service has, within a document that begins as JSON does.
_XML = (
    ("an OAI-PMH answer", "", rb"(?:\w+:)?(?:OAI-PMH|record|ListRecords|GetRecord)\b"),
    ("a page of DBLP", "dblp", rb"(?:dblpperson|dblp)\b|result>\s*<query\b"),
    ("a feed of arXiv", "arxiv", rb"feed\b[^\0]*?\barxiv\.org/"),
)
_JSON = (
    ("an answer of OpenReview", "openreview", rb'"notes"\s*:\s*\[\s*(?:\{|\])'),
    ("a page of DBLP", "dblp", rb'"result"\s*:\s*\{\s*"query"'),
    ("an answer of Crossref", "", rb'"message-type"\s*:|"indexed"\s*:\s*\{\s*"date-parts"'),
    ("an answer of OpenAlex", "", rb'"https://openalex\.org/|"db_response_time_ms"'),
    ("an answer of Semantic Scholar", "", rb'"(?:paperId|authorId)"\s*:'),
    ("an answer of ORCID", "", rb'"(?:orcid-identifier|developer-message|last-modified-date)"\s*:'),
    ("an answer of DataCite", "", rb'"type"\s*:\s*"dois"'),
)
_TEXTS = (
    ("BibTeX", "bibtex", rb"@[A-Za-z]{2,30}\s*\{[^{}\n]*,?\s*\n"),
    ("RefMan", "scholar", rb"TY  - \w"),
    ("EndNote", "scholar", rb"%0 \w"),
    (
        "a table",
        "scholar",
        rb'(?i)(?:[^\n,]{0,200},){0,20}"?(?:authors?|title|doi)"?,(?! )[^\n]*,(?! )',
    ),
)
_Signs = tuple[tuple[str, str, re.Pattern[bytes]], ...]


def _read(signs: tuple[tuple[str, str, bytes], ...]) -> _Signs:
    return tuple((what, adapter, re.compile(sign)) for what, adapter, sign in signs)


_ROOTS, _NAMES, _STARTS = _read(_XML), _read(_JSON), _read(_TEXTS)
_TO_ROOT = re.compile(_BEFORE_ROOT + rb"<", re.DOTALL)


def refuse_foreign(page: Page, own: Collection[str]) -> None:
    """Raise SourceError for a page that is plainly for another adapter than `own`, or for none."""
    what, adapter = _recognised(page.body[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf").lstrip())
    if not what or adapter in own:
        return
    if adapter:
        advice = f'read it with adapter = "{adapter}"'
    elif "OAI" in what:
        advice = "save an answer of export.arxiv.org/api/query instead"
    else:
        advice = "no adapter reads those"
    raise SourceError(page.where, f"is {what}; {advice}")


def _recognised(head: bytes) -> tuple[str, str]:
    """What begins so, and its adapter; nothing for what may be anything."""
    if root := _TO_ROOT.match(head):
        found = (one for one in _ROOTS if one[2].match(head, root.end()))
    elif head[:1] in (b"{", b"["):
        found = (one for one in _NAMES if one[2].search(head))
    else:
        found = (one for one in _STARTS if one[2].match(head))
    return next(((what, adapter) for what, adapter, _ in found), ("", ""))
