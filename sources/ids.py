"""Identifiers in one spelling: arXiv number, DOI, OpenReview forum id."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

# Old-style numbers carry a subject class in the wild ('math.GT/0309136'); the canonical
# form drops it: FORMATS 1.3.
_ARCHIVE = (
    r"(?:astro-ph|cond-mat|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nlin|nucl-(?:ex|th)|physics|"
    r"quant-ph|math|cs|q-bio|q-fin|stat|eess|econ|alg-geom|chao-dyn|cmp-lg|dg-ga|funct-an|"
    r"q-alg|solv-int|adap-org|comp-gas|chem-ph|patt-sol|acc-phys|ao-sci|atom-ph|bayes-an|"
    r"mtrl-th|plasm-ph|supr-con)"
)
_NEW = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}"
_OLD = rf"{_ARCHIVE}(?:\.[A-Za-z-]{{2,17}})?/\d{{2}}(?:0[1-9]|1[0-2])\d{{3}}"
_ARXIV_LINK = re.compile(r"(?i)^.*?arxiv\.org/(?:abs|pdf|html)/")
_ARXIV_MARK = re.compile(r"(?i)arxiv[.:]\s*")
_ARXIV = re.compile(rf"(?<![\w./])({_NEW}|{_OLD})(?:v\d+)?(?![\d.]*\d)", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"'<>{}|\\^`]+", re.IGNORECASE)
_FORUM = re.compile(r"[\w-]{6,40}\Z")

PREPRINT_DOIS = ("10.48550/arxiv.",)
"""DOI prefixes that name a preprint, never its publication."""


def arxiv_id(text: str) -> str:
    """Find the arXiv number in a number, a reference or a link; '' if there is none.

    >>> arxiv_id("http://arxiv.org/abs/2110.01584v2"), arxiv_id("math.GT/0309136")
    ('2110.01584', 'math/0309136')
    """
    text = _ARXIV_LINK.sub("", text.strip())
    found = _ARXIV.search(_ARXIV_MARK.sub(" ", text))
    if not found:
        return ""
    number = found[1].lower()
    archive, slash, rest = number.partition("/")
    return archive.split(".")[0] + slash + rest if slash else number


def doi(text: str) -> str:
    """Find a DOI in a bare DOI or a link, lower case and without resolver; '' if none.

    >>> doi("https://doi.org/10.1109/ITW54588.2022.9965850.")
    '10.1109/itw54588.2022.9965850'
    """
    found = _DOI.search(unquote(text)) if text else None
    if not found:
        return ""
    value = found[0].lower().rstrip(".,;:")
    extra = value.count(")") - value.count("(")
    while extra > 0 and value.endswith(")"):
        value, extra = value[:-1].rstrip(".,;:"), extra - 1
    return value


def is_preprint_doi(value: str) -> bool:
    """Whether a DOI names a preprint ('10.48550/…'), and so never contradicts a publisher's."""
    return value.startswith(PREPRINT_DOIS)


def openreview_id(url: str) -> str:
    """Forum id of an openreview.net link to a forum or its PDF; '' for any other link."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # 'http://[…'
        return ""
    if (parts.hostname or "").removeprefix("www.") != "openreview.net":
        return ""
    if parts.path not in ("/forum", "/pdf"):
        return ""
    value = parse_qs(parts.query).get("id", [""])[0]
    return value if _FORUM.match(value) else ""
