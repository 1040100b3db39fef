"""Text that some program decoded twice ('schÃ¶n' for 'schön'): told and read as it was meant."""

from __future__ import annotations

import re
from dataclasses import replace
from textwrap import shorten

from sources.bibtex_entries import BibEntry, BibFault, BibField
from sources.latex import to_text

_SHOWN = (
    "title subtitle author journal journaltitle booktitle school institution publisher organization"
).split()
# UTF-8's first bytes and those behind them, read as Windows-1252 or Latin-1; then as Mac Roman.
_BEHIND = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_SUSPECT = re.compile(
    f"[Â-ß]{_BEHIND}|[à-ï]{_BEHIND}{{2}}|[ð-ô]{_BEHIND}{{3}}|Ã[ \xa0]|[√∆≈][^\\x00-\\x7f]"
)
_LONGEST = 10_000
"""Characters of a field that are looked at; titles and author lists are shorter."""


def mended(entry: BibEntry) -> tuple[BibEntry, list[BibFault]]:
    """The entry as it was meant, and each field that reads otherwise, on its line."""
    fields = dict(entry.fields)
    said = []
    for name in _SHOWN:
        stated = fields.get(name)
        if stated and (meant := _meant(stated.value)) != stated.value:
            fields[name] = BibField(meant, stated.line)
            said.append(_told(stated, meant))
    return (replace(entry, fields=fields) if said else entry), said


def _meant(text: str) -> str:
    if len(text) > _LONGEST or not _SUSPECT.search(text):
        return text
    from ftfy import fix_encoding  # its tables take as long to load as a small file to read

    meant = fix_encoding(text)
    # What lost a byte on the way cannot be restored.
    return text if meant.count("\ufffd") > text.count("\ufffd") else meant


def _told(stated: BibField, meant: str) -> BibFault:
    before, after = stated.value.split(), meant.split()
    if len(before) == len(after):
        pairs = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
        before, after = [a for a, _ in pairs], [b for _, b in pairs]
    first = stated.value.find(before[0]) if before else 0
    line = stated.line + stated.value.count("\n", 0, first)
    return BibFault(
        line, f'reads "{_short(before)}", taken as "{_short(after)}"; correct it in the file'
    )


def _short(words: list[str]) -> str:
    return shorten(to_text(" ".join(words)).strip(",;"), 80, placeholder=" …")
