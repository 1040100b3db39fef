"""Authors' remarks at arXiv read for claims about where a paper went.

Only what plainly names a venue is taken; everything else in a remark is silence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sources.record import Stage

LONGEST = 2000
"""Characters of a remark that are read; real ones are far shorter."""
_WITHDRAWN = re.compile(
    r"(?i)^\W*(?:withdrawn|retracted)\b"
    r"|\b(?:paper|article|submission|manuscript|preprint|work|note)\s+"
    r"(?:(?:has|have|had)\s+been|is|was)?\s*(?:\w+ly\s+)?(?:withdrawn|retracted)\b"
)
_OTHER_PAPER = re.compile(r"(?i)\b(?:replaces|supersedes|earlier|previous|arxiv:\s*\S+)\b[^.;]*\Z")
_ACCEPTED = re.compile(
    r"(?i)(?<!not )\b(?:(?:accepted|published|presented|appeared|appears|appearing)"
    r"(?:\s+(?:for|as)\s+(?:an?\s+)?[\w -]{1,40}?)?\s+(?:at|to|in|by)[\s:]+"
    r"|accepted\s+(?:for|as)\s+(?=(?:the\s+)?(?-i:[A-Z])|\d)"
    r"|(?:will|to)\s+(?:appear|be\s+(?:published|presented))\s+(?:in|at)[\s:]+"
    r"|camera[- ]ready(?:\s+version)?\s+(?:for|of)\s+"
    r"|forthcoming\s+in\s+|in\s+press(?:\s+at|\s+in|,)?\s+|in\s+(?=proc(?:eedings\b|\.)))"
)
# 'Part of this work was presented at …' speaks of another paper.
_PART_ONLY = re.compile(r"(?i)\b(?:parts?|portions?|some)\s+of\b|\bcompanion\b")
_SUBMITTED = re.compile(
    r"(?i)\b(?:submitted\s+(?:to|for)|under\s+(?:review|submission|consideration)|"
    r"in\s+(?:submission|review))\b"
)
# A segment that is nothing but an edition: 'ICML 2024 Workshop on …', "NeurIPS'19 spotlight".
_BARE = re.compile(
    r"(?:the\s+)?(?:[A-Z]{2,6}\s)?(?!(?i:latex|matlab|arxiv))"
    r"(?=[A-Za-z]+[A-Z])[A-Z][A-Za-z&/+@-]*[\s,]{0,2}"
    r"(?:(?:19|20)\d\d|['\u2018\u2019]\d\d)"
    r"(?:\s*(?:[@:,-]\s*)?(?i:workshops?\b.*|[\w -]*\bworkshop\b.*|main conference|conference|"
    r"spotlight|oral|poster|findings|paper|camera[- ]ready(?: version)?|\([^()]*\)|"
    r"(?:as )?(?:an? )?(?:spotlight|oral|poster|conference|full|short)"
    r"(?: (?:paper|presentation))?))?\s*"
)
# '2021 IEEE Conference on …', 'The 36th … Symposium on …'
_MEETING = re.compile(
    r"(?:[Tt]he\s+)?(?:(?:\d{4}|\d+(?:st|nd|rd|th)|[A-Z][\w/-]*)\s+){1,6}"
    r"(?:Conference|Symposium|Workshop)\s+(?:on|of|for)\s+[A-Z].*"
)
_SIZE = re.compile(r"(?i)\s*(?:\w+\s+){0,2}(?:pages?|pp|figures?|figs?|tables?)\b\.?\s*,")
_JUNK = re.compile(
    r"(?i)https?://|www\.|\b(?:\d+\s*\+?\s*(?:pages?|pp|figures?|tables?|figs?|theorems?)|pages?|figures?|tables?|"
    r"code|appendix|appendices|supplement\w*|github|version|v\d|equal|authors?|"
    r"project|video|dataset|arxiv|camera|preliminary|extended|revised|corrected|with|"
    r"double column|two columns?|latex)\b"
)
# 'Proc. Natl. Acad.', 'Phys. Rev. D': short words with a full stop do not end a sentence.
_STOP = re.compile(
    r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})(?<!\b[A-Z][a-z]{3})\.(?:\s+|\Z)"
)


@dataclass(frozen=True, slots=True)
class Remark:
    """What a comment says of the paper's fate."""

    withdrawn: bool = False
    stage: Stage | None = None
    """SUBMISSION, or None for a place where it appeared or will."""
    venue: str = ""
    """As written: 'NeurIPS 2023'; of a submission the whole phrase."""


def read_comment(comment: str) -> Remark:
    """Read an arXiv comment.

    >>> read_comment("12 pages. Accepted at NeurIPS 2023, code at https://example.org").venue
    'NeurIPS 2023'
    """
    text = " ".join(comment[:LONGEST].split())
    gone = _WITHDRAWN.search(text)
    if gone and not _OTHER_PAPER.search(text[: gone.start()]):
        return Remark(withdrawn=True)
    for part in _parts(text):
        if found := _accepted(part):
            return Remark(venue=found)
    for part in _parts(text):
        if pending := _SUBMITTED.search(part):
            return Remark(stage=Stage.SUBMISSION, venue=_clean(part[pending.start() :]))
    return Remark()


def _parts(text: str) -> list[str]:
    return [part.strip() for piece in text.split(";") for part in _STOP.split(piece) if part]


def _accepted(part: str) -> str:
    if found := _ACCEPTED.search(part):
        if _PART_ONLY.search(part[: found.start()]):
            return ""
        venue = _clean(part[found.end() :])
        return venue if re.search(r"[A-Z]", venue) else ""
    for piece in (part, *part.split(",")):
        if _BARE.fullmatch(piece.strip()):
            return _clean(piece)
    rest = part
    while size := _SIZE.match(rest):
        rest = rest[size.end() :].lstrip()
    return _clean(rest) if _MEETING.fullmatch(rest) else ""


def _clean(text: str) -> str:
    """The words up to a comma behind which pages, figures or links begin."""
    kept: list[str] = []
    for piece in text.split(","):
        if _JUNK.search(piece) and kept:
            break
        kept.append(piece)
    venue = re.sub(r"\s*\((?:[^()]*\d\s*(?:pages|figures)[^()]*)\)", "", ",".join(kept))
    return venue.strip(" ,.:-\"'")
