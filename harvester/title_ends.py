"""What is left of a citation at the ends of a title that a program cut out of one.

Google Scholar reads titles out of reference lists: 'Mining association rules. In: Proc. 20th
Int', 'D. Suciu. Storing semistructured data', '… - group of 4 &raquo;'. Seen in the labelled
pairs of DBLP and Scholar.
"""

from __future__ import annotations

import re

_BREAK = re.compile(
    r"\s*[.;,:?!\"\u201d](?=\s|\Z)\s*|['\u2019]\s+(?=proc)|\s*''\s*|\s+[-\u2013\u2014=]+\s+|\s*(?=[(\[])"
)
"""Where the title may end and the rest of its citation begin."""
_PLACE = (
    r"proc(?:eedings?|s)?\b.*|"
    r"(?:the )?\d+\s?(?:st|nd|rd|th) (?:annual |acm |ieee )*"
    r"(?:int(?:'?l|ernational)?|conf|vldb)\b.*|"
    r"(?:acm|ieee)[- ](?:trans|sig\w+|int)\b.*|"
    r"tech(?:nical|\W)?\s?\W?\s?(?:rep\w*|note)\b.*|\w+ research report n?\W? ?\d.*|"
    r"(?:ph\W*d|master'?s?) thesis\b.*|"
    r"(?:\w+ )?(?:record|journal|trans\w*|letters|vol(?:ume)?)\W* \d+ ?\( ?\d+ ?\).*"
)
_DEBRIS = re.compile(
    rf"(?:in\W*\s)*(?:{_PLACE})|"
    r"(?:pp?\W*\s?)?\d{1,4} ?[-\u2013] ?\d{1,4}\s*(?:[.,;].*)?|\d{1,3} ?\( ?\d{1,2} ?\)\W.*|"
    r"group of \d+.*|\W*best paper award\W*|(?:submitted|to appear|accepted|in press)\b.*|"
    r"in\b.{2,60}(?:\(|, )eds?\b\W*|unpublished ?manuscript\b.*|"
    rf"(?:[a-z&]+ ){{1,6}}\d{{1,3}}(?: ?\( ?\d+ ?\))?\W{{1,3}}\d{{1,4}} ?[-\u2013] ?\d{{1,4}}\b.*|"
    r"\[ ?[a-z] ?\]\W*|\W*(?:full|long|extended) version\W.*",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    r"\W*(?:[\w.'&-]+\s+){1,2}[(\[]((?:19|20)\d\d)[a-z]?[)\]][.,:]\s+|"
    r"\W*(?:[a-z]\.?\s+)?[(\[]((?:19|20)\d\d)[a-z]?[)\]][.,:]?\s+",
    re.IGNORECASE,
)
"""The last of the authors and the year: 'Seung (1995). Learning from a population …'."""
_MAY_BE = re.compile(
    r"proc|\beds?\b|unpublished|\d ?[-\u2013] ?\d|\d\s?(?:st|nd|rd|th)\b|(?:acm|ieee)[- ]|tech|"
    r"research report|thesis|\( ?\d|group of|best paper|submitted|to appear|accepted|in press|"
    r"\[ ?[a-z] ?\]|version"
).search
"""In lower case; to look for either takes more than twice as long."""
_LEAST = 3
"""Words that a title has without them."""


def without_beginning(text: str) -> tuple[str, int]:
    """(the title, the year that stands before it; 0 if none does)."""
    begun = _BEGUN.match(text) if "(" in text or "[" in text else None
    if begun and len(text[begun.end() :].split()) >= _LEAST:
        return text[begun.end() :], int(begun[1] or begun[2])
    return text, 0


def without_citation(text: str) -> tuple[str, str]:
    """(the title, what stands behind it of its citation)."""
    if not _MAY_BE(text.lower()):
        return text, ""
    for found in _BREAK.finditer(text):
        rest = text[found.end() :]
        if rest and _DEBRIS.fullmatch(rest) and len(text[: found.start()].split()) >= _LEAST:
            return text[: found.start()].rstrip(), rest
    return text, ""
