"""A listing of arXiv papers copied from a reading site, where titles and authors have run together.

Three lines a paper: 'LGJun 22, 2023'; 'Some TitleRafayel Darbinyan, Hrayr Harutyunyan et al. ·
affiliation'; the abstract. The dates are those of arXiv; the numbers are not shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sources.page_dates import whole_date
from sources.page_found import Found, Lost, clean_title
from sources.page_names import NameList, is_name, name_list, without_open_end
from sources.record import Appearance, DateKind, PartialDate, Stage

_DATED = re.compile(r"(?:[a-z-]+\.)?[A-Z]{2}((?:[A-Z][a-z]{2}) \d{1,2}(, \d{4})?)")
_ENOUGH = 2
"""Dated lines without which a page is no listing."""
_LONGEST = 3000
_LONGEST_NAME = 60
_STARTS_NAME = re.compile(r"(?<=[^\s'’-])(?=[A-Z](?:[a-zß-öø-ÿ'’]|\.))")


@dataclass(frozen=True, slots=True)
class _Parting:
    """One way to part a glued line into a title and authors."""

    title: str
    first_author: str
    others: str

    @property
    def names(self) -> NameList | None:
        return name_list(f"{self.first_author}, {self.others}")


def is_listing(lines: Sequence[str]) -> bool:
    """Whether a page is such a listing."""
    return sum(1 for line in lines if _DATED.fullmatch(line.strip())) >= _ENOUGH


def read_listing(lines: Sequence[str], owner: tuple[str, ...]) -> Iterator[Found | Lost]:
    """Every paper of a listing, dated by its first posting where a year is shown."""
    days = {
        at: day for at, line in enumerate(lines[:-1]) if (day := _DATED.fullmatch(line.strip()))
    }
    ways = {at: _partings(lines[at + 1].strip()) for at in days}
    known = set(owner)
    for found in ways.values():
        known |= {found[0].first_author} if len(found) == 1 else set()
        known |= set(re.split(r",\s*", found[0].others)) if found else set()
    words = set(re.findall(r"[\w-]+", "\n".join(lines)))
    for at, day in days.items():
        parting = _certain(ways[at], known, words)
        names = parting.names if parting else None
        if parting is None or names is None:
            yield Lost(at + 2, "cannot tell where the title ends and the authors begin; skipped")
            continue
        yield _found(parting.title, names, at + 1, whole_date(day[1]))
        if not day[2]:
            yield Lost(at + 1, f"'{day[1]}' names no year: no date is taken from it", fault=False)


def _partings(line: str) -> list[_Parting]:
    """Every way to part a line such that what follows the title is names to its end.

    The first author is glued to the title: it begins at a capital that follows no blank.
    """
    if len(line) > _LONGEST:
        return []
    authors, _, _ = line.partition(" · ")
    pieces = re.split(r",\s+", authors)
    at = len(pieces) - 1
    while at and is_name(without_open_end(pieces[at])):
        at -= 1
    glued, others = pieces[at], ", ".join(pieces[at + 1 :])
    before = ", ".join(pieces[:at]) + (", " if at else "")
    return [
        _Parting(clean_title(before + glued[: seam.start()]), glued[seam.start() :], others)
        for seam in _STARTS_NAME.finditer(glued, max(0, len(glued) - _LONGEST_NAME))
        if is_name(without_open_end(glued[seam.start() :]))
    ]


def _certain(ways: list[_Parting], known: set[str], words: set[str]) -> _Parting | None:
    """The way that is right, if that can be told.

    'Small LMsAnkit Singh Rawat' parts after 'L' or after 'LMs'; another entry that names the
    author decides, else a title's last word that the page uses elsewhere.
    """
    if len(ways) > 1:
        named = [way for way in ways if way.first_author in known]
        ways = named or [way for way in ways if way.title.split()[-1] in words]
    return ways[0] if len(ways) == 1 else None


def _found(title: str, names: NameList, line: int, posted: PartialDate | None) -> Found:
    preprint = Appearance(
        stage=Stage.PREPRINT,
        venue="arXiv",
        date=posted,
        date_kind=DateKind.POSTED if posted else DateKind.STATED,
        lines=(("date", line),) if posted else (),
    )
    return Found(
        form="entry",
        title=title,
        title_line=line + 1,
        authors=names.authors,
        authors_line=line + 1,
        first=line,
        last=line + 1,
        appearances=(preprint,),
        complete=names.complete,
    )
