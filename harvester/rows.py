"""The canon as rows of the derived tables: the same canon under the same keys, the same rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from harvester.canon import Canon, Claim, Conflict, Judgement, Settled, State, Version, Work
from harvester.identity import Held, Identity
from harvester.listed import Listed, ListedVersion
from harvester.recordtext import dumps

Row = dict[str, Any]

_OWN = -1
"""Number of the version under which a work's own title and authors stand."""
_FIELDS = (
    "date doi arxiv openreview url volume number pages publisher".split()
)  # year and venue are read by the canon


@dataclass(frozen=True, slots=True)
class Named:
    """A work, its identity, and what it is called."""

    work: Work
    own: Identity
    key: str
    aliases: tuple[str, ...]


def derive(canon: Canon, held: Sequence[Held]) -> dict[str, list[Row]]:
    """Rows by table. `held` runs parallel to the works; every work has an identity."""
    named = [_named(work, holds) for work, holds in zip(canon.works, held, strict=True)]
    at = {key: one for one in named for key in one.work.records}
    ids = conflict_ids(canon.conflicts, {key: one.own for key, one in at.items()})
    numbered = list(enumerate(zip(ids, canon.conflicts, strict=True)))
    disputed = _disputed(canon.conflicts)
    return {
        "work": [_work(one, at, disputed) for one in named],
        "version": [row for one in named for row in _versions(one)],
        "settled": [_settled(*part) for one in named for part in _fields(one)],
        "claim": [row for one in named for part in _fields(one) for row in _claims(*part)],
        "conflict": [_conflict(number, id, found, at) for number, (id, found) in numbered],
        "conflict_claim": [
            row for _, (id, found) in numbered for row in _conflict_claims(id, found)
        ],
        "fix": [
            {
                "number": number,
                "source": fix.source,
                "file": fix.file,
                "line": fix.line,
                "field": fix.field,
                "says": fix.says,
                "canon": fix.canon,
                "work": at[fix.work].own.id,
            }
            for number, fix in enumerate(canon.fixes)
        ],
        "evidence": [
            *(_evidence(one.key, j) for one in named for j in one.work.judgements),
            *(_evidence(id, c.judgement) for _, (id, c) in numbered if c.judgement),
        ],
    }


def conflict_ids(conflicts: Sequence[Conflict], at: Mapping[str, Identity]) -> list[str]:
    """A short id for each conflict, made of what it is about and not of who claims what.

    A claim that agrees with another changes no id, nor does a work that is called otherwise.
    Two conflicts about the same are told apart by their values. Seven hexadecimal digits, more
    where two would be equal.
    """
    full: dict[int, str] = {}
    for number, conflict in sorted(enumerate(conflicts), key=lambda pair: _values(pair[1])):
        keys = sorted(at[key].key for key in conflict.works)
        about = [conflict.kind, conflict.field, conflict.slot, *keys]
        name = hashlib.sha256(dumps(about).encode()).hexdigest()
        while name in full.values():
            about += _values(conflict)
            name = hashlib.sha256(dumps(about).encode()).hexdigest()
        full[number] = name
    length = 7
    while len({name[:length] for name in full.values()}) < len(full):
        length += 1
    return [full[number][:length] for number in range(len(conflicts))]


def _values(conflict: Conflict) -> list[str]:
    pair = (conflict.judgement.a, conflict.judgement.b) if conflict.judgement else ()
    return [*sorted({claim.value for claim, _ in conflict.claims}), *pair]


def _named(work: Work, holds: Held) -> Named:
    if holds.own is None:
        raise ValueError(f"the work of {work.records[0]} has no identity")
    return Named(work, holds.own, holds.key, holds.aliases)


def _disputed(conflicts: Sequence[Conflict]) -> dict[str, set[str]]:
    """Open fields by the first record of their work."""
    found: dict[str, set[str]] = {}
    for conflict in conflicts:
        if conflict.state is State.OPEN and conflict.field:
            for first in conflict.works:
                found.setdefault(first, set()).add(conflict.field)
    return found


def listed_version(version: Version) -> ListedVersion:
    """A version with its published values alone."""
    return ListedVersion(
        stage=str(version.stage),
        venue=version.venue,
        venue_key=version.venue_key,
        track=version.track,
        year=version.year,
        **{name: version.value(name) for name in _FIELDS},
    )


def _work(one: Named, at: Mapping[str, Named], disputed: Mapping[str, set[str]]) -> Row:
    work = one.work
    versions = tuple(listed_version(version) for version in work.versions)
    shown = Listed(
        key=one.key,
        title=work.title.value,
        authors=work.names,
        authors_complete=work.authors_complete,
        versions=versions,
        headline=work.headline,
    )
    head = shown.head
    return {
        "id": one.own.id,
        "key": shown.key,
        "title": shown.title,
        "authors": dumps(work.names),
        "authors_complete": work.authors_complete,
        "headline": work.headline,
        "stage": head.stage,
        "venue": head.venue,
        "venue_key": head.venue_key,
        "year": head.year,
        "date": head.date,
        "doi": shown.identifier("doi"),
        "arxiv": shown.identifier("arxiv"),
        "openreview": shown.identifier("openreview"),
        "status": work.status,
        "gone": work.gone,
        "aside": work.aside,
        "aliases": dumps(one.aliases),
        "related": dumps(sorted(at[key].key for key in work.related)),
        "disputed": dumps(sorted(disputed.get(work.records[0], ()))),
        "records": dumps(work.records),
    }


def _versions(one: Named) -> Iterator[Row]:
    for number, version in enumerate(one.work.versions):
        shown = listed_version(version)
        row = {name: getattr(shown, name) for name in ListedVersion.__slots__}
        row["issue"] = row.pop("number")
        place = {"work": one.own.id, "number": number, "slot": version.slot}
        yield row | place | {"records": dumps(version.records)}


def _fields(one: Named) -> Iterator[tuple[Row, str, Settled]]:
    """(place, slot, field) of everything that was settled for a work."""
    for settled in (one.work.title, one.work.authors):
        yield {"work": one.own.id, "version": _OWN, "field": settled.field}, "", settled
    for number, version in enumerate(one.work.versions):
        for name, settled in sorted(version.fields.items()):
            yield {"work": one.own.id, "version": number, "field": name}, version.slot, settled


def _settled(place: Row, slot: str, settled: Settled) -> Row:
    return place | {
        "slot": slot,
        "value": settled.value,
        "state": str(settled.state),
        "rule": settled.rule,
        "why": settled.why,
    }


def _claims(place: Row, _slot: str, settled: Settled) -> Iterator[Row]:
    trail = [*((claim, "") for claim in settled.standing), *settled.struck]
    for number, (claim, rule) in enumerate(trail):
        more = {"kind": claim.kind, "voice": claim.voice, "gone": claim.gone}
        yield place | {"number": number} | _claim(claim, rule) | more


def _claim(claim: Claim, rule: str) -> Row:
    return {
        "value": claim.value,
        "text": claim.text,
        "record": claim.record,
        "source": claim.source,
        "place": claim.where,
        "seen": claim.seen,
        "struck_by": rule,
    }


def _conflict(number: int, id: str, conflict: Conflict, at: Mapping[str, Named]) -> Row:
    return {
        "id": id,
        "number": number,
        "kind": conflict.kind,
        "state": str(conflict.state),
        "field": conflict.field,
        "slot": conflict.slot,
        "works": dumps([at[key].key for key in conflict.works]),
        "proposed": conflict.proposed,
        "rule": conflict.rule,
        "why": conflict.why,
    }


def _conflict_claims(id: str, conflict: Conflict) -> Iterator[Row]:
    for number, (claim, rule) in enumerate(conflict.claims):
        yield {"conflict": id, "number": number} | _claim(claim, rule)


def _evidence(about: str, judgement: Judgement) -> Row:
    signals = [
        {"signal": e.signal, "level": e.level, "bits": e.bits, "detail": e.detail}
        for e in judgement.evidence
    ]
    return {
        "about": about,
        "a": judgement.a,
        "b": judgement.b,
        "verdict": judgement.verdict,
        "bits": judgement.bits,
        "cap": judgement.cap,
        "signals": dumps(signals),
    }
