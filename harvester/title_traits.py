"""A title read once: what two titles are compared by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from harvester.numerals import PARTS, ROMANS
from harvester.title_ends import without_beginning, without_citation
from harvester.titles import fold, information

_SEPARATOR = re.compile(r"[:.?!;\u2013\u2014\u2026=(\[]+(?=\s|\W|\Z)|(?<=\s)[(\[]|\s-+\s")
_TAG = re.compile(r"</?(?:i|b|u|em|tt|sub|sup|scp|strong|span|italic|bold|mml:\w+)\b[^>]*>", re.I)
_CUT = re.compile(r"(?:\u2026|\.\.\.)\W*\Z")
_KIND = (
    r"(?:(?:extended|student|short|structured|provisional|meeting|conference|english) )?abstracts?|"
    r"(?:systematic |narrative )?review|reviews? and \d+ refs|\d+ ref(?:erence)?s?|refs|"
    r"includes? discussion|discussion \d+.*|see comments?|comments?|comment in.*|"
    r"(?:published )?(?:erratum|corrections?) appears? in.*|published erratum.*|corrected|"
    r"(?:invited|keynote|panel|tutorial|poster|industrial|demo|demonstration|experience|plenary|"
    r"position|research|short|vision|session|system)"
    r"(?: (?:paper|talk|lecture|contribution|session|abstract|description|summary|track))*|"
    r"abstract only|electronic resource|(?:retracted|withdrawn)(?: article| paper)?(?:[.,;:] .*)?|"
    r"in (?:chinese|english|french|german|italian|japanese|korean|polish|portuguese|russian|"
    r"spanish|turkish)|"
    r"chinese|english|french|german|italian|japanese|korean|polish|portuguese|russian|spanish"
)
_SOFT_END = re.compile(
    rf"(?i)(?:[\s.,:;-]*[(\[]\s*(?:{_KIND})[\s.,:;]*[)\]][\s.]*|"
    r"[\s(\[:,.-]*\b(?:extended|student|short) abstract\b[\s)\].]*|"
    r"[\s\])]+LA: [A-Z][a-z]{2})\Z"
)
"""Marks that catalogues put behind a title, and that tell versions apart, not works."""
_ERRATUM = re.compile(
    r"(?i)\s*[(\[]\s*(?:published )?(?:erratum|errata|corrections?|corrected and republished)"
    r" (?:appears? )?in\b.*\Z"
)
"""'[Erratum appears in …]' behind the paper's own title, with whatever brackets of its own."""
_SOFT_START = re.compile(r"\A\W*\((?:19|20)\d\d[a-z]?\)[.,:]?\s+")
_MARKED = re.compile(
    r"(?i)\A\W*(?:(?:retracted|withdrawn)(?: article| paper)?|(?:extended|student|short) abstract)"
    r"(?::|\.|\s[-\u2013\u2014])\s+"
)
"""What publishers put in front of a paper that was withdrawn, and programmes of a conference in
front of an abstract: it is the paper still."""
_INSIDE = re.compile(
    r"(?i)\s*[(\[](?:corrected|(?:panel|tutorial)(?: session| abstract)?|"
    r"(?:invited|keynote) (?:talk|paper)|(?:extended )?abstract)[)\]]"
)
_BOTH = re.compile(r"\A(.{16,}?)\s*(?:\[(.{16,})\]|\s=\s(.{16,}))\W*\Z")
_NOTICE = re.compile(
    r"(?i)(?:\A\W*|[:(\[]\s*|\s-+\s)(?:(?:an? )?(?:author|publisher|editor)s?'?s? )?"
    r"(erratum|errata|corrigend\w+|addendum|retraction|reply|rebuttal|rejoinder|"
    r"comments? (?:on|to)|commentary on|response to|corrections?(?: to)?|supplement\w* to|"
    r"discussion of|expression of concern|(?:comment|discussion)(?=:|\W*\Z))\b"
)
_COMPANION = re.compile(
    r"(?i)(?:\A\W*|[:.(\[]\s*|\s-+\s)(?:an? |the )?(?:"
    r"(?:(?:study|trial|review) )?(protocol)(?= for\b| of\b|\W*\Z)|"
    r"(rationale|design) and (?:study )?(?:design|rationale|methods)\b|"
    r"(?:instructor'?s|solutions?|user'?s|reference) (manual|guide)\b)"
)
"""What stands beside a work, under its title: a trial's protocol, a book's manual."""
_NUMBER = re.compile(r"\d+")
_BETWEEN = re.compile(r"[a-z]\d[a-z]|[a-z]{3,}\d[a-z]{2,}")
"""'b2b' and 'word2vec' hold no number."""
_ORDINAL = re.compile(r"\d+(?=\s?(?:st|nd|rd|th)\b)")
_NONE: frozenset[str] = frozenset()
_COLUMN = re.compile(
    r"(?:(?:the |a |guest |special issue )*(?:co )?(?:editors?|chairs?|chairmans?|presidents?|"
    r"directors?|treasurers?|secretarys?|publishers?) (?:in chief )?"
    r"(?:s |introduction|notes?|message|comments?|letter|page|corner|column|foreword|preface|"
    r"remarks|report|statement|choice|view|desk)\b.*)|"
    r"(?:editorial|introductory) (?:introduction|notes?|comments?|statement|board|remarks|overview|"
    r"preface|letter|perspective|policy|column|commentary)|"
    r"(?:(?:guest |an? |special issue )*(?:editorials?|introduction|foreword|preface|"
    r"preamble|epilogue|afterword))(?: (?:board|note|comments?|to (?:the|this)"
    r" (?:special )?(?:issue|section|volume|minitrack|track)).*)?|"
    r"(?:the )?(?:book|software|product|media|literature) reviews?(?: .{0,20})?|"
    r"(?:the )?annual reports?(?: .*)?|(?:guest )?(?:editorial )?special (?:issue|section)(?: .*)?|"
    r"(?:in this issue|from the editors?|letters? (?:to|from) the .*|letters|news(?: .{0,20})?|"
    r"abstracts?|index|author index|subject index|contents|table of contents|in memoriam|obituary|"
    r"announcements?|calendar(?: .*)?|call for papers|conference (?:report|calendar|notes)|"
    r"welcome(?: .*)?|front ?matter|back ?matter|title page|about the authors?|contributors|"
    r"list of reviewers|reviewers|acknowledge?ments?(?: .{0,30})?|discussion|comments?|commentary|"
    r"reply|response|correspondence|errat(?:um|a)|corrigend(?:um|a)|perspectives?|viewpoint|"
    r"conclusions?|references|bibliography|appendix|summary|questions and answers)"
)
"""Whole titles, folded, that journals give to something in every issue."""
_LONGEST_COLUMN = 14
"""Words."""


_MAY_BE_SOFT = re.compile(r"[(\[]|(?i:bstract\b|retracted\b|withdrawn\b)|LA:").search


@dataclass(frozen=True, slots=True)
class Title:
    """What of a title the signals look at."""

    text: str
    """As compared: without the marks of catalogues."""
    flat: str
    """Folded and squeezed."""
    words: tuple[str, ...]
    bits: float
    """Information of its distinct words."""
    heads: frozenset[str]
    """Squeezed beginnings that end where a subtitle, a bracket or a sentence begins."""
    tail: str
    """Squeezed, what stands behind an acronym of one or two words."""
    other: str
    """Squeezed, the title in another language that stands in brackets behind it."""
    numbers: tuple[str, ...]
    """Numbers, roman numerals and part letters, sorted."""
    ordinals: frozenset[str]
    """… in what a citation left behind it: 'In: Proc. 20th Int'."""
    year: int
    """The year that stands before it, as in 'Seung (1995). Learning …'; 0 if none does."""
    notice: str
    """'erratum', 'reply', … where it is one about another paper."""
    companion: str
    """'protocol', 'manual', … where it is what stands beside a work."""
    cut: str
    """Squeezed, what stands before an ellipsis that ends it."""
    column: bool
    """'Editorial', 'Book reviews': every issue has one."""


_first = lru_cache(maxsize=1 << 18)(str)
"""The first word that was equal to this one: titles have most of their words in common."""


@lru_cache(maxsize=1 << 20)
def read_title(title: str) -> Title:
    """Read once what every comparison of a title needs."""
    cut = _CUT.sub("", title)
    begun, year = without_beginning(title)
    text, rest = without_citation(core(begun))
    main, other = text, ""
    if both := _BOTH.match(text):
        main, other = both[1], both[2] or both[3]
    folded = fold(main)
    listed = tuple(map(_first, folded.split()))
    heads, tail = _parts(main)
    notice, beside = _NOTICE.search(text), _COMPANION.search(text)
    return Title(
        text=text,
        flat=folded.replace(" ", ""),
        words=listed,
        bits=information(listed),
        heads=heads,
        tail=tail,
        other=fold(other).replace(" ", ""),
        numbers=_numbers(listed),
        year=year,
        ordinals=frozenset(_ORDINAL.findall(rest)) if rest else _NONE,
        notice=notice[1].lower().split()[0].removesuffix("s") if notice else "",
        companion=next(filter(None, beside.groups())).lower() if beside else "",
        cut=fold(cut).replace(" ", "") if cut != title else "",
        column=len(listed) <= _LONGEST_COLUMN and bool(_COLUMN.fullmatch(folded)),
    )


def core(title: str) -> str:
    """The title without markup and the marks that tell no works apart: '… (Extended Abstract)'."""
    text = (_TAG.sub("", title) if "<" in title else title).strip(" \"'`\u201c\u201d\u2018\u2019")
    if "(" in text:
        text = _SOFT_START.sub("", text)
    if not _MAY_BE_SOFT(text):
        return text or title
    text = _MARKED.sub("", _ERRATUM.sub("", text).strip())
    for _ in range(4):
        shorter = _INSIDE.sub("", _SOFT_END.sub("", text)).strip()
        if shorter.startswith("[") and shorter.rstrip(". ").endswith("]"):
            inner = shorter.rstrip(". ")[1:-1]
            shorter = inner if "[" not in inner else shorter
        if shorter == text:
            break
        text = shorter
    return text if fold(text) else title


def _parts(text: str) -> tuple[frozenset[str], str]:
    heads: set[str] = set()
    tail = ""
    for found in _SEPARATOR.finditer(text):
        head = fold(text[: found.start()])
        if head:
            if not heads and head.count(" ") <= 1:
                tail = fold(text[found.end() :]).replace(" ", "")
            heads.add(head.replace(" ", ""))
    return frozenset(heads) if heads else _NONE, tail


def _numbers(listed: tuple[str, ...]) -> tuple[str, ...]:
    found = []
    last = len(listed) - 1
    for at, word in enumerate(listed):
        if not word.isalpha() and not _BETWEEN.fullmatch(word):
            found += _NUMBER.findall(word)
        elif at and listed[at - 1] in PARTS and (len(word) == 1 or word in ROMANS):
            found.append(ROMANS.get(word, word))
        elif (word in ROMANS and word != "i") or (len(word) == 1 and at == last > 1):
            found.append(word if len(word) == 1 else ROMANS[word])
    return tuple(sorted(found))
