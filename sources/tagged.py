"""RefMan (.ris) and EndNote (.enw) files, a tag a line, read as if they were BibTeX.

The tags of Scholar's exports are not those of other programs (FORMATS 3.3): both are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sources.bibtex_entries import BibEntry, BibFault, BibField

_TAGS = (
    re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?:\s(.*)|)\Z"),
    re.compile(r"(%[^\s%])(?:\s(.*)|)\Z"),
)
"""Lines of RefMan; lines of EndNote."""
_BEGINS = re.compile(r"(?m)^(?:TY {1,2}-|%0)\s")
_ENDNOTE = 1
_FIRST, _LAST = ("TY", "%0"), "ER"
_KINDS = {
    "article": "JOUR EJOUR JFULL MGZN journalarticle magazinearticle electronicarticle",
    "inproceedings": "CONF CPAPER conferenceproceedings conferencepaper",
    "incollection": "CHAP ECHAP booksection",
    "book": "BOOK EBOOK EDBOOK book editedbook electronicbook",
    "thesis": "THES thesis",
    "techreport": "RPRT report",
}
_KIND = {name: kind for kind, names in _KINDS.items() for name in names.split()}
_FIELDS = {
    "title": "T1 TI CT %T",
    "author": "A1 AU %A",
    "journal": "JF T2 JO JA J2 BT %J %B",
    "volume": "VL %V",
    "number": "IS CP %N",
    "publisher": "PB %I",
    "doi": "DO DI %R",
    "url": "UR LK %U",
    "year": "Y1 PY DA %D",
    "date": "DA Y1 PY",
}
_FIELD_TAGS = {name: tags.split() for name, tags in _FIELDS.items()}
_OF_SERIES = ("T2", "BT", "%B")
"""What they hold of a book or a thesis is not where it appeared."""
_DAY = re.compile(r"(\d{4})/(\d{1,2})(?:/(\d{1,2}))?(?!\d)")


@dataclass(slots=True)
class _Record:
    """The lines of one record so far, or lines between two."""

    line: int = 0
    form: int | None = None
    """Index in _TAGS; None: nothing with a tag yet."""
    rows: list[tuple[str, int, list[str]]] = field(default_factory=list)
    """(tag, line, its text and that of the lines that continue it)."""
    raw: list[str] = field(default_factory=list)
    blank: int = 0
    whole: bool = False
    """It came to its last line."""

    def is_over(self, tag: str, line: str) -> bool:
        """Whether this line is not of it any more: EndNote has no line that ends a record."""
        if tag in _FIRST:
            return bool(self.raw)
        return self.form == _ENDNOTE and self.blank > 0 and not line.strip()

    def add(self, number: int, found: tuple[int, str, str] | None, line: str) -> None:
        """Take a line with a tag, one that continues the line before it, or a blank one."""
        self.blank = 0 if line.strip() else self.blank + 1
        if not self.raw and self.blank:
            return
        self.line = self.line or number
        self.raw.append(line)
        if found:
            self.form = found[0]
        if found and found[1] == _LAST:
            self.whole = True
        elif found:
            self.rows.append((found[1], number, [found[2]]))
        elif self.rows and line.strip():
            self.rows[-1][2].append(line.strip())


def begins_tagged(text: str) -> bool:
    """Whether the first line that is not blank begins a record of either form."""
    found = _tag(text.lstrip().split("\n", 1)[0], None)
    return bool(found and found[1] in _FIRST)


def holds_tagged(text: str) -> bool:
    """Whether any line begins a record."""
    return bool(_BEGINS.search(text))


def read_tagged(text: str) -> Iterator[BibEntry | BibFault]:
    """Every record in order; names stand in the field 'author', parted by semicolons.

    One without its first line or its end is read all the same, and a fault says so.
    """
    for record in _records(text):
        if record.rows:
            yield from _read(record)
        elif record.raw:
            yield BibFault(record.line, "what begins here belongs to no entry; skipped")


def _records(text: str) -> Iterator[_Record]:
    record = _Record()
    for number, line in enumerate(text.split("\n"), 1):
        found = _tag(line, record.form)
        if record.is_over(found[1] if found else "", line):
            yield record
            record = _Record()
        record.add(number, found, line)
        if record.whole:
            yield record
            record = _Record()
    yield record


def _tag(line: str, form: int | None) -> tuple[int, str, str] | None:
    """(form, tag, text) of a line that has a tag of this form, or of any."""
    for number, pattern in enumerate(_TAGS):
        if form in (None, number) and (found := pattern.match(line)):
            return number, found[1], (found[2] or "").strip()
    return None


def _read(record: _Record) -> Iterator[BibEntry | BibFault]:
    rows: dict[str, list[BibField]] = {}
    for tag, line, texts in record.rows:
        if value := "\n".join(texts).strip():
            rows.setdefault(tag, []).append(BibField(value, line))
    given = next((row.value for tag in _FIRST for row in rows.get(tag, [])), "")
    kind = _KIND.get(given) or _KIND.get(re.sub(r"\W", "", given).lower(), "")
    raw = "\n".join(record.raw).rstrip()
    yield BibEntry(kind, "", _fields(rows, kind), record.line, raw)
    if record.rows[0][0] not in _FIRST:
        first = _FIRST[record.form or 0]
        yield BibFault(record.line, f"no {first} line at the entry's beginning; read all the same")
    if record.form != _ENDNOTE and not record.whole:
        yield BibFault(record.line, "no ER line at the entry's end; read all the same")


def _fields(rows: dict[str, list[BibField]], kind: str) -> dict[str, BibField]:
    fields: dict[str, BibField] = {}
    for name, tags in _FIELD_TAGS.items():
        if name == "journal" and kind in ("book", "thesis"):
            tags = [tag for tag in tags if tag not in _OF_SERIES]
        if found := next((rows[tag] for tag in tags if tag in rows), None):
            fields[name] = found[0]
    people = [row for tag in _FIELD_TAGS["author"] for row in rows.get(tag, [])]
    if people:
        # Each on its line: so that a place within the field is a place in the file.
        fields["author"] = BibField(";\n".join(row.value for row in people), people[0].line)
    if pages := _pages(rows):
        fields["pages"] = pages
    if day := _DAY.match(fields["date"].value if "date" in fields else ""):
        text = "-".join([day[1], *(part.zfill(2) for part in day.groups()[1:] if part)])
        fields["date"] = BibField(text, fields["date"].line)
    else:
        fields.pop("date", None)
    if kind == "thesis" and "publisher" in fields:
        fields["school"] = fields.pop("publisher")
    return fields


def _pages(rows: dict[str, list[BibField]]) -> BibField | None:
    first = next((rows[tag][0] for tag in ("SP", "%P") if tag in rows), None)
    last = rows["EP"][0].value if "EP" in rows else ""
    if not first or not last or "-" in first.value or last == first.value:
        return first
    return BibField(f"{first.value}-{last}", first.line)
