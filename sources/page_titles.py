"""Where the title of a reference ends and the rest begins, as far as its signs tell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sources.page_names import name_list
from sources.page_rows import Row, Span
from sources.page_venue import looks_like_place, statement

_LONGEST_TITLE = 400
_QUOTED = re.compile(r"[“„«]([^“”„«»]{3,400})[”“»](?!\w)|(?<!\w)\"([^\"]{3,400})\"(?!\w)")
_SENTENCE = re.compile(r"[.?!]['’”\"]?\s+(?=[^\Wa-z]|[“\"'‘(\[])")
_ABBREVIATED = re.compile(
    r"(?:\b[A-Z]|\b(?:vs|al|cf|e\.g|i\.e|etc|Dr|St|Mr|Mrs|No|Vol|Fig|Eq|approx))\Z"
)
_STARTS_PLACE = re.compile(
    r"(?i)(?:in\b|proc(?:eedings|\.)|arxiv\b|(?:the\s+)?(?:journal|transactions|advances|annals|ieee"
    r"|acm|international|annual|conference|workshop|symposium|nature|science|ph\.?d|bioRxiv|medRxiv"
    r"|\d{1,3}(?:st|nd|rd|th)\b|(?:19|20)\d\d\b)|to appear|accepted|under review|submitted)"
)
_AFTER_MARK = re.compile(r"[”“\"»]?\s*(?:[.,;(\[–—|-]|in\b|In\b|\Z)")
EDGE = " ,;:.|·–—-"
_SHOUTED = re.compile(r",\s+(?:in\s+)?\w*[A-Z]\w*[A-Z]\w*(?:\W+\w+)?\W*\Z")


@dataclass(frozen=True, slots=True)
class Cut:
    """A title in a text, and where what follows it begins."""

    start: int
    end: int
    after: int
    delimited: bool
    """It is set off by more than full stops."""


def title_cut(rest: Row, dated: bool) -> Cut | None:
    """Where the title is in a row that begins with one, None if two answers are possible.

    `dated`: a year stands before it, so that it ends at the first full stop.
    """
    cut = _delimited(rest) or _sentence(rest, dated)
    return cut if cut and is_title(rest.text[cut.start : cut.end]) else None


def quotation(row: Row) -> tuple[int, int] | None:
    """Where the only quotation of a row stands, if it can be a title."""
    if row.text.count('"') not in (0, 2):
        return None
    found = [m for m in _QUOTED.finditer(row.text) if len(m[0].split()) > 1 or len(m[0]) > 12]
    return (found[0].start(), found[0].end()) if len(found) == 1 else None


def marked_spans(row: Row) -> list[Span]:
    """Links and emphasis that can be a title, in order."""
    spans = sorted(row.spans, key=lambda span: (span.start, -span.end))
    return [
        span
        for span in spans
        if span.start < 3000
        and len(text := row.text[span.start : span.end]) > 8
        and len(text.split()) > 1
        and name_list(text.rstrip(" .,")) is None
    ]


def _delimited(rest: Row) -> Cut | None:
    """The title that quotes or marks set off, and where the tail begins."""
    quoted = quotation(rest)
    lead = len(rest.text) - len(rest.text.lstrip(EDGE))
    if quoted and quoted[0] <= lead and _closes(rest.text, quoted[1] - 1):
        return Cut(quoted[0], quoted[1], quoted[1], True)
    for span in marked_spans(rest):
        if span.start <= lead:
            if _closes(rest.text, span.end):
                return Cut(lead, span.end, span.end, True)
            continue
        before = rest.text[lead : span.start]
        opened = re.search(r"(?i)[.,?!]\s+(?:(?:to appear )?in:?\s+)?\Z|\?\s*\Z", before)
        if opened and (span.kind != "strong" or looks_like_place(rest.text[span.start : span.end])):
            stop = lead + opened.start() + (before[opened.start()] in "?!")
            placed = not sentence_ends(before[: opened.start()]) or looks_like_place(
                rest.text[span.start :][:250]
            )
            return Cut(lead, stop, stop, True) if placed else None
    return None


def _closes(text: str, end: int) -> bool:
    """Whether a title can end here: there is a sign, or nothing, or 'in'."""
    return text[end - 1] in ".?!," or bool(_AFTER_MARK.match(text, end))


def _sentence(rest: Row, dated: bool) -> Cut | None:
    """The first sentence as the title, if what follows is a venue and no other sentence of it."""
    text = statement(rest).text if rest.links else rest.text
    ends = sentence_ends(text)
    if not ends:  # a title alone, with a link that says where it is
        glued = looks_like_place(text) or _SHOUTED.search(text)
        alone = rest.links and not glued and len(text) < _LONGEST_TITLE
        return Cut(0, len(text), len(text), dated) if alone else None
    end = ends[0]
    if not is_place(text[end + 1 :].strip(), dated):
        return None
    return Cut(0, end + (text[end] in "?!"), end + 1, dated)


def is_place(tail: str, dated: bool = False) -> bool:
    """Whether what follows a first sentence is a venue, and not the title's second sentence."""
    place = _first_statement(tail)
    certain = place == tail or _STARTS_PLACE.match(tail) or looks_like_place(place)
    return bool(certain and _placed(tail, dated) and not _is_prose(place))


def starts_place(piece: str) -> bool:
    """Whether a stretch up to a comma can only be a venue: no name that merely is odd begins so."""
    shouted = re.match(r"\w*[A-Z]\w*[A-Z]", piece)
    return bool(shouted or _STARTS_PLACE.match(piece) or looks_like_place(piece))


def _first_statement(text: str) -> str:
    """A text up to a full stop that is no abbreviation's.

    'J. Mach. Learn. Res. 12:3-5' and 'Scientific data. 2019;6(1)' are one statement each.
    """
    for end in sentence_ends(text):
        last = (text[:end].rsplit(maxsplit=1) or [""])[-1]
        short = len(last) <= 6 and last[:1].isupper() and not last.isupper()
        if not short and not text[end + 1 :].lstrip()[:1].isdigit():
            return text[:end].strip()
    return text


def _placed(tail: str, dated: bool) -> bool:
    return bool(looks_like_place(tail) or _STARTS_PLACE.match(tail) or (dated and len(tail) < 200))


def _is_prose(piece: str) -> bool:
    """Whether what should be a venue reads like the second sentence of a title."""
    if _STARTS_PLACE.match(piece) or looks_like_place(piece):
        return False
    small = [word for word in piece.split() if word.islower() and len(word) > 3]
    return len(small) > 1


def sentence_ends(text: str) -> list[int]:
    """Where sentences of a text end."""
    ends = [m.start() for m in _SENTENCE.finditer(text)]
    return [end for end in ends if text[end] != "." or not _ABBREVIATED.search(text[:end][-8:])]


def is_title(text: str) -> bool:
    """Whether a text is as long as a title, and has letters."""
    text = text.strip(EDGE)
    return 3 < len(text) <= _LONGEST_TITLE and any(char.isalpha() for char in text)
