"""Where and when one BibTeX entry says that a work appeared."""

from __future__ import annotations

import re
from dataclasses import replace

from sources.bibtex_entries import BibEntry
from sources.ids import arxiv_id, doi, is_preprint_doi, openreview_id
from sources.latex import to_text
from sources.record import Appearance, Lines, PartialDate, Stage

_STAGES = {
    "article": Stage.JOURNAL,
    "inproceedings": Stage.CONFERENCE,
    "conference": Stage.CONFERENCE,
    "incollection": Stage.CONFERENCE,
    "phdthesis": Stage.THESIS,
    "mastersthesis": Stage.THESIS,
    "thesis": Stage.THESIS,
}
_PLACES = "journal journaltitle booktitle school institution howpublished".split()
_STATUSES = "note pubstate addendum".split()
_SAYING = (*_PLACES, *_STATUSES)
_HOLDING = (*_PLACES, "note", "pages", "number", "volume", "doi", "url")
_PREPRINT_BESIDE = re.compile(
    r"(?i)\s*[(\[,;]\s*(?:also\s+)?arxiv(?:\s+preprint)?\s*(?:arxiv)?:\s*\S{9,20}?[)\].]*$"
)
"""Behind a venue: 'NeurIPS 2023 Workshop on Diffusion Models (arXiv:2311.10892)'."""
_ARXIV = r"arxiv|(?-i:CoRR)\b|corr\s+abs|computing research repository"
_ARXIV_SERVER = re.compile(rf"(?i)\W*({_ARXIV})")
_SERVER = re.compile(
    rf"(?i)\W*({_ARXIV}|(bio|med|chem|psy|soc|tech|eng)a?rxiv|osf preprints|research square|"
    r"ssrn|preprints?\b)"
)
_SUBMISSION = re.compile(
    r"(?i)\W*((to be )?submitted|(currently )?under\b.*\breview|in (review|submission)\b|"
    r"submission\b)"
    # 'Seismological Research Letters (under review)'
    r"|.*[(\[,;\u2013\u2014-]\s*(currently\s+)?((under|in)\s+(review|submission|revision)|submitted)"
    r"[)\]\s.]*\Z"
)
_WORKSHOP = re.compile(r"(?i)\bworkshops?\b")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = re.compile(rf"(?i)(?<![a-z])({'|'.join(_MONTHS)})")
# The marks of a CV's own footnotes: 'MIS Quarterly\textsuperscript{a,b}', not '19…{th}'.
_MARKS = r"\\textsuperscript\s*\{[a-z*](?:\s*,\s*[a-z*]){0,5}\}"
_FOOTNOTE = re.compile(rf"\{{{_MARKS}\}}|{_MARKS}")
_UNSET = ("null", "0")
"""What ACS exports of a paper that has no issue yet: volume 0, number 0, pages null."""
_SPEAKS_OF_ARXIV = re.compile(r"(?i)arxiv|\babs/")
_ABS = re.compile(r"(?i)\babs/")  # 'CoRR', volume 'abs/1703.07771'
_HYPHEN = re.compile(r"\s*[-\u2010-\u2015]+\s*")
_WEB = re.compile(r"https?://[^\s{}]+")
_ESCAPED = re.compile(r"\\([_%&#~$])?|[{}]")
_NOWHERE = Appearance()


def text_of(entry: BibEntry, name: str) -> str:
    """Plain text of a field; '' for one that is missing or empty."""
    stated = entry.fields.get(name)
    if not stated:
        return ""
    value = stated.value
    return to_text(_FOOTNOTE.sub("", value) if "\\" in value and name in _PLACES else value)


def lines_of(entry: BibEntry, names: dict[str, str]) -> Lines:
    """(our name, line) of fields by our name for them, where it is not the entry's first line."""
    found = ((ours, entry.fields.get(theirs)) for ours, theirs in sorted(names.items()))
    return tuple((ours, at.line) for ours, at in found if at and at.line != entry.line)


def appearances(entry: BibEntry) -> tuple[Appearance, ...]:
    """Where and when the work appeared, the published place first; empty if nothing is said.

    The date goes with the published place, else with the preprint, else with the submission:
    of the others the entry does not say when it was.
    """
    holder, place = place_of(entry)
    number_in, number = _arxiv(entry)
    elsewhere = bool(_SERVER.match(place) or _SUBMISSION.match(place))
    venue = "" if elsewhere or "://" in place else _PREPRINT_BESIDE.sub("", place)
    preprint = _preprint(entry, place, number)
    submission = _submission(entry, venue)
    unpublished = [one for one in (preprint, submission) if one]
    when = _date(entry)
    published = _published(entry, holder, venue, None if unpublished and not venue else when)
    if preprint and preprint.doi:
        published = replace(published, doi="")
    if submission and submission.openreview:
        published = replace(published, openreview="")
    if unpublished and not venue:  # volume, pages and the rest are not a publication's
        published = Appearance(doi=published.doi, openreview=published.openreview)
        unpublished[0] = replace(unpublished[0], date=when)
    told = [one for one in (published, *unpublished) if one != _NOWHERE]
    if all(at.line == entry.line for at in entry.fields.values()):
        return tuple(told)
    return tuple(_with_lines(one, entry, holder, number_in) for one in told)


def _published(entry: BibEntry, holder: str, venue: str, when: PartialDate | None) -> Appearance:
    """The published place; without one, what still speaks of a publication."""
    url = _url(entry, holder)
    number, forum = _doi(entry), openreview_id(url) if url else ""
    return Appearance(
        stage=_stage(entry.kind, venue),
        venue=venue,
        date=when,
        doi=number,
        openreview=forum,
        url="" if forum or number or (url and arxiv_id(url)) else url,
        volume=_set(text_of(entry, "volume")),
        number=_set(text_of(entry, "number") or text_of(entry, "issue")),
        pages=_pages(entry),
        publisher=text_of(entry, "publisher") or text_of(entry, "organization"),
    )


def _preprint(entry: BibEntry, place: str, number: str) -> Appearance | None:
    if number or _ARXIV_SERVER.match(place):
        return Appearance(Stage.PREPRINT, "arXiv", arxiv=number)
    if _SERVER.match(place):  # a DOI beside its name is the server's own
        return Appearance(Stage.PREPRINT, place, doi=_doi(entry))
    return None


def _submission(entry: BibEntry, venue: str) -> Appearance | None:
    """A status that stands where a place would: 'Submitted to …', 'Under review at …'."""
    for name in _SAYING:
        if name in entry.fields and (words := text_of(entry, name)) and _SUBMISSION.match(words):
            forum = "" if venue else openreview_id(_url(entry, name))
            return Appearance(Stage.SUBMISSION, words, openreview=forum)
    return None


def _with_lines(said: Appearance, entry: BibEntry, holder: str, number_in: str) -> Appearance:
    """The appearance with the lines of the fields that it was read from."""
    names = {name: name for name in ("doi", "url", "volume", "number", "pages", "publisher")}
    names |= {"venue": holder, "openreview": "url", "arxiv": number_in}
    names["date"] = "date" if text_of(entry, "date") else "year"
    if not text_of(entry, "doi"):
        names["doi"] = "url"
    if said.stage is Stage.PREPRINT and not _SERVER.match(text_of(entry, holder)):
        names["venue"] = number_in
    if said.stage is Stage.SUBMISSION:
        held = (name for name in (*_PLACES, *_STATUSES) if text_of(entry, name) == said.venue)
        names["venue"] = next(held)
    stated = {ours: theirs for ours, theirs in names.items() if getattr(said, ours)}
    return replace(said, lines=lines_of(entry, stated))


def place_of(entry: BibEntry) -> tuple[str, str]:
    """The field that says where the work appeared, and what it says."""
    for name in _PLACES:
        if name in entry.fields and (text := text_of(entry, name)):
            return name, text
    return "", ""


def _stage(kind: str, venue: str) -> Stage | None:
    stage = _STAGES.get(kind)
    if stage is Stage.JOURNAL:
        # Scholar makes '@article' without a journal of whatever it cannot place: FORMATS 3.2.
        return stage if venue else None
    return Stage.WORKSHOP if _WORKSHOP.search(venue) else stage


def _arxiv(entry: BibEntry) -> tuple[str, str]:
    """The field that holds an arXiv number, wherever this or that program puts it, and it."""
    archive = text_of(entry, "archiveprefix") or text_of(entry, "eprinttype")
    if archive.lower() in ("", "arxiv"):
        for name in ("eprint", "arxiv", "arxivid"):
            if name in entry.fields and (number := arxiv_id(_link(entry, name))):
                return name, number
    for name in _HOLDING:
        text = _link(entry, name) if name in entry.fields else ""
        if _SPEAKS_OF_ARXIV.search(text) and (number := arxiv_id(_ABS.sub(" ", text))):
            return name, number
    return "", ""


def _date(entry: BibEntry) -> PartialDate | None:
    """The date as stated: year and month, or what biblatex has in one field."""
    if whole := PartialDate.parse(text_of(entry, "date")):
        return whole
    year = _YEAR.search(text_of(entry, "year") or text_of(entry, "date"))
    return PartialDate(int(year[0]), _month(text_of(entry, "month"))) if year else None


def _month(text: str) -> int:
    """1 to 12 of 'oct', '10' or '3-6 October'; 0 for anything else."""
    if named := _MONTH.search(text):
        return _MONTHS.index(named[1].lower()) + 1
    return int(text) if re.fullmatch(r"0?[1-9]|1[0-2]", text) else 0


def _doi(entry: BibEntry) -> str:
    """A DOI that is not an arXiv number in other words."""
    url = _link(entry, "url")
    number = doi(_link(entry, "doi")) or (doi(url) if "doi.org/" in url else "")
    return "" if is_preprint_doi(number) else number


def _url(entry: BibEntry, holder: str) -> str:
    """The first web address in the url field, else where the place would be."""
    for name in ("url", holder):
        stated = entry.fields.get(name)
        if stated and (found := _WEB.search(stated.value)):
            return _unescaped(found[0])
    return ""


def _pages(entry: BibEntry) -> str:
    pages = _HYPHEN.sub("-", text_of(entry, "pages"))
    return "" if "arxiv" in pages.lower() else _set(pages)


def _set(value: str) -> str:
    return "" if value in _UNSET else value


def _link(entry: BibEntry, name: str) -> str:
    """An address or identifier: nothing in it is LaTeX but the escapes that LaTeX asks for."""
    stated = entry.fields.get(name)
    return _unescaped(stated.value) if stated else ""


def _unescaped(value: str) -> str:
    if "\\" in value or "{" in value or "}" in value:
        value = _ESCAPED.sub(lambda found: found[1] or "", value)
    return value.strip()
