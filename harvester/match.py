"""The matcher: two records, named evidence, one judgement.

A judgement depends on its two records alone and is symmetric. The weights are in policy.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from harvester import policy, venue_strings
from harvester.canon import Evidence, Judgement
from harvester.people import pair_up
from harvester.titles import compare_titles, core, fold, rarity, squeeze, words
from sources.record import Record, Stage

_NOTICE = re.compile(
    r"(?i)\b(?:erratum|errata|corrigend\w+|addendum|retract\w+|reply|rebuttal|comments? on|"
    r"response to|correction to|supplement\w* to)\b|\A(?:author |publisher )?correction\b"
)
_ROMAN = re.compile(r"(?:x{0,3})(?:ix|iv|v?i{0,3})\Z")
_NUMBER = re.compile(r"\d+")
_ARCHIVAL = (Stage.CONFERENCE, Stage.JOURNAL)


@dataclass(frozen=True, slots=True)
class Traits:
    """What of one record the signals look at."""

    ids: dict[str, frozenset[str]]
    years: frozenset[int]
    archival: frozenset[tuple[Stage, str, bool]]
    """(stage, venue key, whether the venue is known) of published appearances."""
    numbers: tuple[str, ...]
    """Numbers, roman numerals and part letters of the title, sorted."""
    notice: str
    cut: bool
    """The title ends in an ellipsis."""


@lru_cache(maxsize=65536)
def traits(record: Record) -> Traits:
    """Read once what every comparison of a record needs."""
    ids: dict[str, set[str]] = {"arxiv": set(), "doi": set(), "openreview": set()}
    years, archival = set(), set()
    for seen in record.appearances:
        for name, values in ids.items():
            if value := getattr(seen, name):
                values.add(value)
        reading = venue_strings.read(seen.venue, seen.stage, seen.venue_id)
        year = reading.year or (seen.date.year if seen.date else 0)
        if year:
            years.add(year)
        # Scholar calls everything an article (FORMATS 3.2).
        if reading.stage in _ARCHIVAL and (reading.known or record.kind != "scholar"):
            archival.add((reading.stage, reading.key, reading.known))
    notice = _NOTICE.search(record.title)
    return Traits(
        {name: frozenset(values) for name, values in ids.items() if values},
        frozenset(years),
        frozenset(archival),
        _numbers(record.title),
        notice[0].lower().split()[0] if notice else "",
        record.title.rstrip().endswith(("\u2026", "...")),
    )


def _numbers(title: str) -> tuple[str, ...]:
    found = []
    listed = words(title)
    for at, word in enumerate(listed):
        part = at and listed[at - 1] in ("part", "volume", "vol", "chapter")
        part = part or (at > 1 and at == len(listed) - 1)
        found += _NUMBER.findall(word)
        if (_ROMAN.match(word) and word != "i") or (
            part and (len(word) == 1 or _ROMAN.match(word))
        ):
            found.append(word)
    return tuple(sorted(found))


def judge(a: Record, b: Record) -> Judgement:
    """Weigh two records. The evidence sums to the bits; a ceiling may lower the verdict."""
    if b.key < a.key:
        a, b = b, a
    evidence = _evidence(a, b)
    bits = sum(piece.bits for piece in evidence)
    verdict = "different"
    if bits >= policy.MATCH_AT:
        verdict = "match"
    elif bits >= policy.REVIEW_AT:
        verdict = "review"
    cap = ""
    for piece in evidence:
        ceiling = policy.CEILINGS.get((piece.signal, piece.level), "match")
        if _ORDER.index(ceiling) > _ORDER.index(verdict):
            verdict, cap = ceiling, f"{piece.signal} {piece.level}"
    return Judgement(a.key, b.key, verdict, bits, evidence, cap)


_ORDER = ("match", "review", "different")


def _evidence(a: Record, b: Record) -> tuple[Evidence, ...]:
    ids = by_id(a, b)
    authors = by_authors(a, b)
    title = by_title(a, b)
    shared = any(piece.level == "shared" for piece in ids)
    alike = authors is not None and authors.level == "same"
    if title and title.level == "apart" and shared and alike:
        title = _weigh("title", "reworded", title.detail)
    near = title is not None and title.level not in ("apart", "reworded")
    pieces = [*ids, title, authors, by_year(a, b)]
    if near:
        telling = title is not None and title.level in ("equal", "equal, common")
        pieces += [by_part(a, b), by_notice(a, b), by_archive(a, b, telling)]
        if telling:
            pieces = [_weigh("id", "clash", p.detail) if _two_dois(p) else p for p in pieces if p]
    return tuple(piece for piece in pieces if piece is not None)


def _weigh(signal: str, level: str, detail: str = "") -> Evidence:
    return Evidence(signal, level, policy.WEIGHTS.get((signal, level), 0), detail)


def by_id(a: Record, b: Record) -> list[Evidence]:
    """Shared identifiers, and identifiers of one kind that differ. Together they count once."""
    mine, theirs = traits(a).ids, traits(b).ids
    both = sorted(mine.keys() & theirs.keys())
    shared = [f"{name} {value}" for name in both for value in sorted(mine[name] & theirs[name])]
    if shared:
        return [_weigh("id", "shared", ", ".join(shared))]
    clash = [
        f"{name} {min(mine[name])} / {min(theirs[name])}" for name in both if name != "openreview"
    ]
    level = "two DOIs" if "doi" in both else "clash"
    return [_weigh("id", level, ", ".join(clash))] if clash else []


def _two_dois(piece: Evidence) -> bool:
    return piece.level == "two DOIs"


def by_title(a: Record, b: Record) -> Evidence | None:
    """How the titles compare, from equal to apart; None where one has none."""
    if not squeeze(a.title) or not squeeze(b.title):
        return None
    level, detail = compare_titles(core(a.title), core(b.title))
    return _weigh("title", level, detail)


def by_authors(a: Record, b: Record) -> Evidence | None:
    """How far two author lists can be one list; truncated lists are lower bounds."""
    if not a.authors or not b.authors:
        return None
    pairs = len(pair_up(a.authors, b.authors))
    sizes = len(a.authors), len(b.authors)
    detail = f"{pairs} of {sizes[0]} and {sizes[1]}"
    if pairs == sizes[0] == sizes[1]:
        return _weigh("authors", "same" if pairs > 1 else "same, one", detail)
    if pairs == min(sizes):
        return _weigh("authors", "part", detail)
    if not pairs:
        whole = a.authors_complete or b.authors_complete
        return _weigh("authors", "disjoint", detail) if whole else None
    return _weigh("authors", "overlap" if pairs * 2 >= min(sizes) else "few in common", detail)


def by_year(a: Record, b: Record) -> Evidence | None:
    """The smallest gap between years that the two records name."""
    mine, theirs = traits(a).years, traits(b).years
    if not mine or not theirs:
        return None
    gap = min(abs(x - y) for x in mine for y in theirs)
    if gap <= policy.YEARS_NEAR:
        return _weigh("year", "near")
    if gap <= policy.YEARS_APART:
        return _weigh("year", "some years apart", f"{gap} years")
    return _weigh("year", "far apart", f"{gap} years")


def by_part(a: Record, b: Record) -> Evidence | None:
    """Differing numbers, parts or versions in otherwise like titles: two works."""
    mine, theirs = traits(a), traits(b)
    if mine.numbers == theirs.numbers or mine.cut or theirs.cut:
        return None
    detail = f"{' '.join(mine.numbers) or 'none'} / {' '.join(theirs.numbers) or 'none'}"
    return _weigh("part", "differs", detail)


def by_notice(a: Record, b: Record) -> Evidence | None:
    """An erratum or a reply is another work than what it speaks of."""
    mine, theirs = traits(a).notice, traits(b).notice
    return _weigh("notice", "differs", mine or theirs) if mine != theirs else None


def by_archive(a: Record, b: Record, telling: bool) -> Evidence | None:
    """Whether both are published, and not in one place.

    A conference paper and a journal article are two works, linked as related. Papers at two
    conferences, or of two years, are one only under one `telling` title.
    """
    mine, theirs = traits(a).archival, traits(b).archival
    if not mine or not theirs:
        return None
    keys = {key for _, key, _ in mine}, {key for _, key, _ in theirs}
    if keys[0] & keys[1]:
        years = traits(a).years, traits(b).years
        if telling or not years[0] or not years[1] or years[0] & years[1]:
            return None
        return _weigh("archival", "another year", f"{min(years[0])} / {min(years[1])}")
    detail = f"{min(keys[0])} / {min(keys[1])}"
    known = all(known for *_, known in (*mine, *theirs))
    stages = {stage for stage, *_ in mine}, {stage for stage, *_ in theirs}
    if not stages[0] & stages[1]:
        return _weigh("archival", "differs" if known else "may differ", detail)
    return None if telling or not known else _weigh("archival", "elsewhere", detail)


def handles(record: Record) -> Iterator[str]:
    """Keys under which two records that may be one work meet: identifiers, the title, and
    each pair of its four rarest words.
    """
    for name, values in traits(record).ids.items():
        for value in values:
            yield f"{name}:{value}"
    if flat := squeeze(record.title):
        yield f"title:{flat}"
        yield f"start:{flat[:16]}"
        yield f"end:{flat[-16:]}"
    rare = sorted(set(fold(record.title).split()), key=lambda w: (-rarity(w), w))[:4]
    for at, word in enumerate(rare):
        for other in rare[at + 1 :]:
            yield "words:" + " ".join(sorted((word, other)))
