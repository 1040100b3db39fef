"""The canonical .bib: works as BibTeX in plain ASCII LaTeX, the same bytes for the same list.

The text is put together here and read back with bibtexparser before anybody gets it. Its own
writer is not used: it checks no braces (STACK 1, trap 1), and a check is worth more if what is
checked was made by other code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from urllib.parse import quote

from bibtexparser.entrypoint import parse_string

from harvester.capitals import title
from harvester.latex_out import MATH_FONTS, PREAMBLE, clean, latex
from harvester.listed import Listed, ListedVersion
from sources.ids import is_preprint_doi
from sources.record import PartialDate, Stage

Fields = dict[str, str]
"""Values by field name, in the order in which they are written."""

FullName = Callable[[str, str], str]
"""(venue key, track) → the full name of its proceedings or journal, '' if unknown."""

MADE_BY = "% Canonical publication list, written by harvest"
"""How a file of ours begins."""
HEAD = f"""\
{MADE_BY}. Edits here are overwritten;
% to change an entry, decide on it with "harvest decide" or correct the source.
"""
TYPES = {
    Stage.CONFERENCE: ("inproceedings", "booktitle"),
    Stage.WORKSHOP: ("inproceedings", "booktitle"),
    Stage.JOURNAL: ("article", "journal"),
    Stage.THESIS: ("phdthesis", "school"),
}
"""(type of entry, field of the place) by stage."""
_MISC = ("misc", "howpublished")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_:.+/-]*\Z")
# Characters that mean nothing to BibTeX or LaTeX's \url, or belong to an old DOI.
_IN_LINKS = "%/:=&?#~+!$,;'@()*[]<>-._"


class BibError(AssertionError):
    """The .bib would not say what the list says: a fault of this program, never of the input."""


def write_bib(works: Sequence[Listed], full_name: FullName) -> str:
    """Write one entry a work, sorted by citation key; a mere submission is left out.

    Raises ValueError for a key that BibTeX cannot hold or would take for another one, and
    BibError if the text, read back, is not the list.
    """
    published = [work for work in works if work.head.stage != Stage.SUBMISSION]
    check_keys(published)
    entries = {
        work.key: _entry(work, full_name)
        for work in sorted(published, key=lambda work: work.key.casefold())
    }
    body = "".join(f"\n{_written(key, *entry)}" for key, entry in entries.items())
    text = HEAD + _preamble(body) + body
    check_text(text, entries)
    return text


def check_keys(works: Sequence[Listed]) -> None:
    """Raise ValueError unless each key and alias is safe and its own, whatever its case."""
    seen: dict[str, str] = {}
    for work in works:
        for key in (work.key, *work.aliases):
            if not _KEY.match(key):
                raise ValueError(f"citation key {key!r}: BibTeX cannot hold it")
            if key.casefold() in seen:
                raise ValueError(
                    f"citation key {key!r}: BibTeX takes it for {seen[key.casefold()]!r}"
                )
            seen[key.casefold()] = key


def safe_value(value: str) -> str:
    r"""Return the value if braces can hold it, else raise BibError.

    Every brace counts, also after a backslash: BibTeX does not see that '\{' is escaped.
    """
    depth = 0
    for char in value:
        depth += (char == "{") - (char == "}")
        if depth < 0 or not " " <= char <= "~":
            break
    if depth or value.endswith("\\") or not all(" " <= char <= "~" for char in value):
        raise BibError(f"value {value!r}: cannot stand between braces")
    return value


def _entry(work: Listed, full_name: FullName) -> tuple[str, Fields]:
    """Describe the headline version; of the others only the arXiv number is carried.

    What lacks a field that its type requires is @misc, which says the same in any style and
    makes none of them complain.
    """
    head = work.head
    arxiv = work.identifier("arxiv")
    is_preprint = head.stage == Stage.PREPRINT
    place = latex(full_name(head.venue_key, head.track) or head.venue)
    if is_preprint and arxiv:
        place = f"arXiv:{_link(arxiv)}"
    authors, heading = _authors(work), title(work.title)
    kind, place_field = TYPES.get(Stage(head.stage), _MISC)
    if not (authors and heading and place and head.year):
        kind, place_field = _MISC
    fields = {
        "author": authors,
        "title": heading,
        place_field: place,
        "year": str(head.year or ""),
        "month": "" if is_preprint else _month(head),
        **_issue(head, kind),
        "publisher": "" if is_preprint else latex(head.publisher),
        "doi": _doi(head),
        "eprint": _link(arxiv),
        "archiveprefix": "arXiv" if arxiv else "",
        "url": _url(work),
        "ids": ",".join(sorted(work.aliases)),
        # BibTeX sorts by it where there is nobody to sort by.
        "key": "" if authors else work.key,
    }
    return kind, {name: safe_value(value) for name, value in fields.items() if value}


def _issue(head: ListedVersion, kind: str) -> Fields:
    """Volume, number and pages, as far as the standard styles print them without complaint.

    They want a volume for an article's number, and for any other number a series.
    """
    number = head.number if kind == "article" and head.volume else ""
    pages = re.sub(r"\s*[-\u2010-\u2015\u2212]+\s*", "--", head.pages)
    return {"volume": latex(head.volume), "number": latex(number), "pages": latex(pages)}


def _month(head: ListedVersion) -> str:
    date = PartialDate.parse(head.date)
    return _MONTHS[date.month - 1] if date and date.month and date.year == head.year else ""


def _doi(head: ListedVersion) -> str:
    """The DOI as it is; '' for a preprint's, and for one that only its link can spell.

    Styles that print a DOI set it in an argument, where a '%' would comment out the rest.
    """
    spelled = _link(head.doi)
    return "" if is_preprint_doi(head.doi) or "%" in spelled else spelled


def _url(work: Listed) -> str:
    """The forum where there is no DOI, else any other link of this version."""
    head = work.head
    if _doi(head):
        return ""
    if head.doi and not is_preprint_doi(head.doi):
        return "https://doi.org/" + _link(head.doi.replace("%", "%25"))
    if head.openreview:
        return _link(f"https://openreview.net/forum?id={head.openreview}")
    if head.stage == Stage.PREPRINT and (arxiv := work.identifier("arxiv")):
        return _link(f"https://arxiv.org/abs/{arxiv}")
    return _link(head.url)


def _link(text: str) -> str:
    """An identifier or address as it is, but for what a .bib cannot hold."""
    return quote(clean(text), safe=_IN_LINKS)


def _authors(work: Listed) -> str:
    names = [name for name in map(_author, work.authors) if name]
    if names and not work.authors_complete:
        names.append("others")
    return " and ".join(names)


def _author(name: str) -> str:
    """One name for BibTeX: three parts at most; a name of a single part is a group's."""
    parts = [latex(part) for part in name.split(",")]
    parts = [part for part in parts if any(char.isalnum() for char in part)]
    if len(parts) < 2:
        return f"{{{parts[0]}}}" if parts else ""
    parts[2:] = [" ".join(parts[2:])] if parts[2:] else []
    # To BibTeX this word ends a name wherever it stands.
    return ", ".join(re.sub(r"(?i)(?<!\S)and(?!\S)", r"{\g<0>}", part) for part in parts)


def _preamble(body: str) -> str:
    r"""Stand-ins for the commands in the text that a document may lack: \DJ without T1."""
    lines = [
        rf"\ProvideTextCommandDefault{{\{name}}}{'[1]' if '#1' in code else ''}{{{code}}}"
        for name, code in PREAMBLE.items()
        if re.search(rf"\\{name}(?![A-Za-z])", body)
    ]
    lines += [
        rf"\providecommand{{\{name}}}[1]{{\mathbf{{#1}}}}"
        for name in MATH_FONTS
        if rf"\{name}{{" in body
    ]
    return "".join(f'\n@preamble{{"{line}"}}\n' for line in lines)


def _written(key: str, kind: str, fields: Fields) -> str:
    lines = [
        f"  {name} = {value},\n" if name == "month" else f"  {name} = {{{value}}},\n"
        for name, value in fields.items()
    ]
    return f"@{kind}{{{key},\n{''.join(lines)}}}\n"


def check_text(text: str, entries: dict[str, tuple[str, Fields]]) -> None:
    """Raise BibError, naming the key, unless the text read back is these entries and no more."""
    library = parse_string(text)
    if library.failed_blocks:
        first = library.failed_blocks[0]
        raise BibError(f"line {(first.start_line or 0) + 1}: cannot be read back: {first.raw!r}")
    found = {
        entry.key: (entry.entry_type, {field.key: field.value for field in entry.fields})
        for entry in library.entries
    }
    for key, entry in entries.items():
        if found.pop(key, None) != entry:
            raise BibError(f"{key}: reads back differently")
    if found:
        raise BibError(f"{min(found)}: nobody wrote this entry")
