"""The signals of the matcher: each compares one thing of two records and names a level."""

from __future__ import annotations

from harvester import policy
from harvester.beside import DISPUTES, Level, in_its_place, settled
from harvester.lists import in_common
from harvester.numerals import names_a_part, spelled
from harvester.opposites import opposed
from harvester.places import is_named
from harvester.title_match import compare_titles, how_rare, more
from harvester.traits import Traits
from harvester.whereabouts import Where, by_place
from sources.record import Stage

_NOT_ONE = ("apart", "reworded", "other words")


def levels(
    a: Traits,
    b: Traits,
    serial: frozenset[str] = frozenset(),
    tidy: frozenset[str] = frozenset(),
) -> tuple[Level, ...]:
    """Every level that two records reach.

    `serial` has squeezed titles that recur, `tidy` sources that hardly ever name a paper twice.
    """
    ids = by_id(a, b)
    shared = bool(ids) and ids[0][1] == "shared"
    where = by_place(a, b)
    title = by_title(a, b, serial)
    authors = by_authors(a, b)
    worded = title[1] if title else ""
    if authors and authors[1] == "disjoint" and settled(worded, shared, where):
        authors = ("authors", "other names", authors[2])
    year = by_year(a, b)
    disputed = any(piece[1] in DISPUTES for piece in (*ids, year) if piece)
    title = in_its_place(title, authors, where, shared, disputed)
    worded = title[1] if title else ""
    found = [*ids, title, authors, year]
    repeated = a.source == b.source and a.source in tidy
    if repeated:
        found.append(("source", "tidy", a.source))
    if where.detail:
        found += [(name, getattr(where, name), "") for name in ("venue", "volume", "number")]
        found.append(("pages", where.pages, where.detail))
    if worded == "recurring":
        found.append(by_column(a, b, where, shared, authors, repeated))
    if title and worded not in _NOT_ONE:
        telling = worded == "equal" or (worded == "equal, common" and not _is_loose(authors))
        parted = None if worded == "within" else by_part(a, b, where, worded)
        found += [parted, by_notice(a, b), by_archive(a, b, telling)]
        if "word" in worded and not shared and where.pages not in ("same", "start"):
            found.append(by_words(a, b))
        if telling and ids and ids[0][1] == "two DOIs":
            found[0] = ("id", "clash", ids[0][2])
    return tuple(level for level in found if level is not None and level[1])


def _is_loose(authors: Level | None) -> bool:
    return authors is not None and authors[1] in ("overlap", "few in common")


def by_id(a: Traits, b: Traits) -> list[Level]:
    """Shared identifiers, and identifiers of one kind that differ. Together they count once."""
    if not a.ids or not b.ids:
        return []
    mine, theirs = a.ids, b.ids
    both = sorted(mine.keys() & theirs.keys())
    shared = [f"{name} {value}" for name in both for value in sorted(mine[name] & theirs[name])]
    if shared:
        return [("id", "shared", ", ".join(shared))]
    clash = [
        f"{name} {min(mine[name])} / {min(theirs[name])}" for name in both if name != "openreview"
    ]
    return [("id", "two DOIs" if "doi" in both else "clash", ", ".join(clash))] if clash else []


def by_title(a: Traits, b: Traits, serial: frozenset[str]) -> Level | None:
    """How the titles compare, from equal to apart; None where one has none."""
    if not a.title.flat or not b.title.flat:
        return None
    level, detail = compare_titles(a.title, b.title, lambda: _noise(a, b))
    # 'X. Information and Computation': what one has more is where the paper appeared.
    if level in ("part", "continued") and is_named(more(a.title, b.title), a.places + b.places):
        level = how_rare(min(a.title.bits, b.title.bits))
    if level.startswith("equal") or level == "near":
        columns = a.title.column or b.title.column
        if columns or a.title.flat in serial or b.title.flat in serial:
            level = "recurring"
    return "title", level, detail


def _noise(a: Traits, b: Traits) -> frozenset[str]:
    """What slips into a title from the fields beside it: names and years."""
    names = {part for record in (a, b) for name in record.names for part in name}
    return frozenset(names | {str(year) for year in a.years | b.years})


def by_authors(a: Traits, b: Traits) -> Level | None:
    """How far two author lists can be one list; truncated lists are lower bounds."""
    if not a.names or not b.names:
        return None
    pairs, sizes = _pairs(a.names, b.names), (len(a.names), len(b.names))
    detail = f"{pairs} of {sizes[0]} and {sizes[1]}"
    if pairs == sizes[0] == sizes[1]:
        return "authors", "same" if pairs > 1 else "same, one", detail
    if pairs == min(sizes):
        return "authors", "part" if pairs > 1 else "part, one", detail
    if not pairs and _is_group(a) != _is_group(b):
        return "authors", "other names", detail
    if not pairs:
        return ("authors", "disjoint", detail) if a.complete or b.complete else None
    if pairs > 2 and pairs * 4 >= min(sizes) * 3:
        return "authors", "most", detail
    return "authors", "overlap" if pairs * 2 >= min(sizes) else "few in common", detail


def _is_group(record: Traits) -> bool:
    """Whether only a collaboration is named, not who is in it."""
    return all(_GROUPS & {*name} for name in record.names)


_GROUPS = frozenset(
    "collaboration collaborators committee consortium group investigators network team".split()
)


def _pairs(a: tuple[tuple[str, ...], ...], b: tuple[tuple[str, ...], ...]) -> int:
    return in_common(a, b) if (len(a), a) <= (len(b), b) else in_common(b, a)


def by_year(a: Traits, b: Traits) -> Level | None:
    """The smallest gap between years that the two records name."""
    if not a.years or not b.years:
        return None
    gap = 0 if a.years & b.years else min(abs(x - y) for x in a.years for y in b.years)
    if gap <= policy.YEARS_NEAR:
        return "year", "near" if gap else "same", ""
    level = "some years apart" if gap <= policy.YEARS_APART else "far apart"
    return "year", level, f"{gap} years"


def by_column(
    a: Traits, b: Traits, where: Where, shared: bool, authors: Level | None, tidy: bool
) -> Level:
    """What every issue has ('Editorial') is one only in one place."""
    if shared:
        return "column", "one place", ""
    differs = "differs" in (where.volume, where.number) or where.pages in ("differ", "touch")
    differs = differs or tidy
    dois = a.ids.get("doi"), b.ids.get("doi")
    if differs or all(dois) or (a.years and b.years and not a.years & b.years):
        return "column", "elsewhere", ""
    # Two sources that name the same people in one year mean the same issue, as a rule.
    named = authors is not None and authors[1] == "same" and a.source != b.source
    here = named and where.venue in ("same", "alike") and a.years and b.years
    return "column", "one place" if where.pages or here else "no place", ""


def by_part(a: Traits, b: Traits, where: Where, worded: str) -> Level | None:
    """Differing numbers, parts or versions in otherwise like titles: two works.

    A number within a subtitle that one of them lacks may come with it.
    """
    mine, theirs = a.title, b.title
    if mine.ordinals and theirs.ordinals and not mine.ordinals & theirs.ordinals:
        return "part", "differs", f"{min(mine.ordinals)} / {min(theirs.ordinals)}"
    if mine.numbers == theirs.numbers or mine.cut or theirs.cut or mine.flat == theirs.flat:
        return None
    if where.pages in ("same", "start"):
        return None
    here, there = set(mine.numbers), set(theirs.numbers)
    if _is_slight(here - spelled(theirs.words), there - spelled(mine.words), a.years | b.years):
        return None
    detail = f"{' '.join(mine.numbers) or 'none'} / {' '.join(theirs.numbers) or 'none'}"
    long, short = (mine, theirs) if len(mine.words) > len(theirs.words) else (theirs, mine)
    added = [word for word in long.words if word not in short.words]
    told = worded != "part" or not set(short.numbers) <= set(long.numbers) or names_a_part(added)
    return "part", "differs" if told else "may differ", detail


def _is_slight(mine: set[str], theirs: set[str], years: frozenset[int]) -> bool:
    """Whether the numbers of two titles differ in nothing that parts works."""
    odd, even = mine - theirs, theirs - mine
    if not odd and not even:
        return len(mine) < 2  # "VLDB '98: best papers of VLDB '98"
    if odd and even:
        return False
    # A letter at the end of one title alone; or a year that slipped into it from the field
    # beside it, or is that of the event on which the paper reports a year later.
    near = {str(year + step) for year in years for step in (-1, 0, 1)}
    return all(len(part) == 1 and part.isalpha() for part in odd | even) or odd | even <= near


def by_words(a: Traits, b: Traits) -> Level | None:
    """Words that say the contrary, or another of one kind, are no slips: two works."""
    contrary = opposed(a.title.words, b.title.words)
    return ("words", "opposed", " / ".join(contrary)) if contrary else None


def by_notice(a: Traits, b: Traits) -> Level | None:
    """An erratum or a reply is another work than what it speaks of; a protocol may be one."""
    mine, theirs = a.title.notice, b.title.notice
    if mine != theirs:
        return "notice", "differs", mine or theirs
    mine, theirs = a.title.companion, b.title.companion
    return ("notice", "may differ", mine or theirs) if mine != theirs else None


def by_archive(a: Traits, b: Traits, telling: bool) -> Level | None:
    """Whether both are published, and not in one place.

    A conference paper and a journal article are two works, linked as related. Papers at two
    conferences, or of two years, are one only under one `telling` title.
    """
    mine, theirs = a.archival, b.archival
    if not mine or not theirs:
        return None
    keys = {key for _, key, _ in mine}, {key for _, key, _ in theirs}
    if keys[0] & keys[1]:
        if telling or not a.years or not b.years or a.years & b.years:
            return None
        return "archival", "another year", f"{min(a.years)} / {min(b.years)}"
    detail = f"{min(keys[0])} / {min(keys[1])}"
    known = all(known for *_, known in (*mine, *theirs))
    stages: tuple[set[Stage], set[Stage]]
    stages = {stage for stage, *_ in mine}, {stage for stage, *_ in theirs}
    if not stages[0] & stages[1]:
        return "archival", "differs" if known else "may differ", detail
    return None if telling or not known else ("archival", "elsewhere", detail)
