"""DBLP: saved pages of a person (`/pid/….xml`) or of a search, XML or JSON (FORMATS 4)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree.ElementTree import Element

from sources.bibtex_authors import AuthorList
from sources.bibtex_entries import BibEntry
from sources.bibtex_records import plain_field, record_of
from sources.contract import Page, SourceError
from sources.files import saved_pages
from sources.names import parse_author
from sources.record import Record, Skipped
from sources.trees import LINE, text_of, tree_of

_SAVE = "open the address in a browser, which dblp.org lets pass, and save what it shows"
_PATHS = {"dblpperson": "r/*", "dblp": "*", "result": "hits/hit/info"}
_KINDS = {"journals": "article", "conf": "inproceedings", "phd": "thesis", "ms": "thesis"}
_READ = (
    "key type crossref title journal venue booktitle school year month volume number pages "
    "publisher doi"
).split()


@dataclass(frozen=True, slots=True)
class DblpSource:
    """What DBLP lists of a person; a paper and its preprint are two records there."""

    name: str
    path: str
    base: Path
    kind: str = "dblp"

    def pages(self) -> Iterator[Page]:
        """One page a file. Raises SourceError if there is none."""
        return saved_pages(self.path, self.base, (".xml", ".json"))

    def parse(self, page: Page) -> Iterator[Record | Skipped]:
        """A record a publication; homepages are none. Raises SourceError for other pages."""
        root = tree_of(page, _SAVE, self.kind)
        if root.tag not in _PATHS:
            raise SourceError(page.where, f"is no page of DBLP, but <{root.tag[:40]}>; {_SAVE}")
        for entry in root.iterfind(_PATHS[root.tag]):
            if entry.tag != "www":
                yield _read(entry, self.name, page.where)


def _read(entry: Element, source: str, where: str) -> Record | Skipped:
    said = {name: text_of(entry.find(name)) for name in _READ}
    key, line = entry.get("key") or said["key"], int(entry.get(LINE, 0))
    place = f"{where}:{line}" if line else where
    people = entry.findall("author") + entry.findall("authors/author")
    edited = entry.tag == "proceedings" or (not people and entry.find("editor") is not None)
    if edited or said["type"] == "Editorship":
        return Skipped(source, place, f"{key} is edited, not written; not listed", fault=False)
    if said["crossref"] and not said["title"]:
        return Skipped(source, place, f"{key} was merged into {said['crossref']}", fault=False)
    if not key or not said["title"]:
        return Skipped(source, place, f"record {key!r} has no title; skipped")
    links = [text_of(one) for one in entry.findall("ee")]
    said["title"] = title if (title := said["title"]).endswith("..") else title.removesuffix(".")
    said["journal"] = said["journal"] or said["venue"]
    said["doi"] = said["doi"] or next((link for link in links if "doi." in link), "")
    said["url"] = next((link for link in links if "doi." not in link), "")
    types = f"{entry.get('publtype')} {said['type']}".lower()
    kind = _KINDS.get(key.split("/")[0], "") if "informal" not in types else ""
    names = [one for name in people if (one := parse_author(text_of(name), name.get("pid", "")))]
    said = {name: text for name, text in said.items() if text}
    fields = {name: plain_field(text, line) for name, text in said.items()}
    entry_said = BibEntry(kind, key, fields, line, json.dumps(said, ensure_ascii=False))
    authors = AuthorList(tuple(names), 0 < len(names) == len(people))
    found = record_of(entry_said, source, "dblp", where, authors)
    status = "withdrawn" if "withdrawn" in types else ""
    places = tuple(replace(one, status=status) for one in found.appearances)
    return replace(found, id=key, appearances=places)
