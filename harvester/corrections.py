"""What to replace in a file to put one statement right, and nothing else.

Every statement is looked for in its own entry, on the line where it stood at the last sync;
where it is not found once and only once, it is left to a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from harvester import correct_bib
from harvester.correct_names import authors
from harvester.latex_out import latex
from harvester.listed import Listed
from harvester.shelf import ShelvedFix
from harvester.splices import Refused, Splice, Stretch, lines, the_only
from sources.record import Record, Stage

_LABELS = re.compile(r"<[^<>]*>|\]\([^()\s]*\)|https?://[^\s<>\"]+")
"""Tags, targets of links and addresses: an identifier in them is no word of a status."""
_PREPRINT = re.compile(
    r"(?i)(?:\bin\s+)?\b(?:arxiv(?:\.org)?(?:[\s-]+(?:e-?|pre-?)prints?)?|pre-?print)\b"
    r"(?:[\s,:(]*(?:arxiv)?[\s:]*\d{4}\.\d{4,5}(?:v\d+)?)?(?:\s*\[[a-z-]+(?:\.[A-Za-z-]+)?\])?"
)
_YEAR = re.compile(r"(?P<between>[\s,.]*\(?)(?P<year>(?:19|20)\d\d)(?!\d)")
_FULL = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


def splices(text: str, fix: ShelvedFix, record: Record, work: Listed) -> Iterator[Splice]:
    """The replacements in the file that `record` stands in. Raises Refused."""
    entry = _entry(text, record)
    here = lines(text, fix.line, fix.line)
    in_bib = correct_bib.ENTRY.match(entry.shown) is not None
    if not fix.canon:
        raise Refused("which one is right is not known")
    if fix.field == "authors":
        yield from authors(entry, record, work, in_bib=in_bib)
    elif fix.field == "year":
        yield from _year(entry, here, fix, in_bib=in_bib)
    elif fix.field == "venue":
        yield _venue(here, fix)
    elif fix.field != "status":
        yield from _identifier(entry, fix)
    elif in_bib:
        yield from correct_bib.status(entry, work)
    else:
        yield from _status(here, fix, work)


def _entry(text: str, record: Record) -> Stretch:
    """The record's entry as it stood at the last sync. Raises Refused if it has changed."""
    raw = record.raw.split("\n")
    found = lines(text, record.line, record.line + len(raw) - 1)
    # The file may begin with a byte order mark.
    if found.shown.replace("\r", "").lstrip("\ufeff").split() != record.raw.split():
        raise Refused("has changed since the last sync; run `harvest sync` first")
    return found


def _year(entry: Stretch, here: Stretch, fix: ShelvedFix, *, in_bib: bool) -> Iterator[Splice]:
    new = fix.canon[-4:]
    olds = [year for year in _FULL.findall(fix.says) if year != new]
    short = re.search(r"(\d\d)(?!\d)", fix.says)
    if not olds and not short:
        raise Refused("the words stand otherwise in the file; correct it by hand")
    old = olds[0] if olds else f"{new[:2]}{short[1]}" if short else ""
    said = list(re.finditer(re.escape(fix.says), here.shown))
    place = said[0] if len(said) == 1 else None
    begin, end = place.span() if place else (0, len(here.shown))
    bare = _hidden(here.shown)
    full = list(re.compile(rf"(?<!\d){old}(?!\d)").finditer(bare, begin, end))
    if full:
        one = here.splice(the_only(full), new)
    else:
        two = re.compile(rf"(?<=['’A-Za-z]){old[2:]}(?!\d)").finditer(bare, begin, end)
        one = here.splice(the_only(two), new[2:])
    yield one
    if in_bib:
        yield from correct_bib.year(entry, old, new)


def _venue(here: Stretch, fix: ShelvedFix) -> Splice:
    """The venue's words, with the year only if they had one."""
    words = the_only(re.finditer(re.escape(fix.says), here.shown))
    shown = fix.canon if _FULL.search(fix.says) else re.sub(r" (?:19|20)\d\d$", "", fix.canon)
    return here.splice(words, _written(shown, fix.file))


def _hidden(line: str) -> str:
    """The line with tags and addresses blanked, every word where it was."""
    return _LABELS.sub(lambda found: "\0" * len(found[0]), line)


def _identifier(entry: Stretch, fix: ShelvedFix) -> Iterator[Splice]:
    """Every link of the entry that has the wrong identifier, whatever version it names."""
    version = r"(?:v\d+)?" if fix.field == "arxiv" else ""
    pattern = rf"(?i)(?<![\w.-]){re.escape(fix.says)}{version}(?![\w-])"
    found = list(re.finditer(pattern, entry.shown))
    if not found:
        raise Refused("the link stands otherwise in the file; correct it by hand")
    for one in found:
        yield entry.splice(one, fix.canon)


def _status(here: Stretch, fix: ShelvedFix, work: Listed) -> Iterator[Splice]:
    """The words of a status, with the year behind them if there is one."""
    line = here.shown
    if _PREPRINT.fullmatch(fix.says):
        found = [m for m in _PREPRINT.finditer(_hidden(line)) if not _labels(line, m.end())]
    else:
        found = list(re.finditer(re.escape(fix.says), line))
    words = the_only(found)
    head = work.head
    venue, year = fix.canon, ""
    if head.stage != Stage.PREPRINT and head.year and venue.endswith(f" {head.year}"):
        venue, year = venue[:-5], str(head.year)
    behind = _YEAR.match(line, words.end())
    end = words.end()
    if behind and year:
        shown, end = f"{venue}{behind['between']}{year}", behind.end()
    else:
        shown = f"{venue} {year}".strip()
    yield Splice(here.start + words.start(), here.start + end, _written(shown, fix.file))


def _labels(line: str, end: int) -> bool:
    """Whether the words that end there are what a link shows."""
    return bool(re.compile(r"\s*(?:</a\b|\]\()").match(line, end))


def _written(words: str, file: str) -> str:
    """Words as a file of this kind spells them."""
    suffix = file.rpartition(".")[2].lower()
    if suffix in ("tex", "bib"):
        return latex(words)
    return escape(words, quote=False) if suffix in ("html", "htm") else words
