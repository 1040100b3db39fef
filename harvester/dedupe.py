"""Records of any files in one pool, deduplicated without a workspace."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from harvester import cluster, identifiers
from harvester.adapted import adapted
from harvester.canon import Canon, Judgement
from harvester.citekeys import citation_key
from harvester.cluster import Grouping
from harvester.copies import without_copies
from harvester.editions import editions
from harvester.listed import Listed
from harvester.reconcile import doubts, settled
from harvester.rows import listed_version
from sources.bibliography import read_bibliography
from sources.contract import SourceError
from sources.record import Record, Skipped

Say = Callable[[str], None]
STDIN = "stdin"
"""What the file '-' is called."""


@dataclass(frozen=True, slots=True)
class Pool:
    """What the files hold."""

    records: tuple[Record, ...]
    """In the order of the files, each under a key of its own."""
    ids: Mapping[str, str]
    """The id that its file gives a record, by its key. Ids may repeat."""
    skipped: tuple[Skipped, ...] = ()
    failures: tuple[SourceError, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """Names of the sources, sorted."""
        return tuple(sorted({record.source for record in self.records}))


@dataclass(frozen=True, slots=True)
class Deduped:
    """Which records are one."""

    works: Grouping
    clusters: tuple[tuple[str, ...], ...]
    """Keys of the records of one work, or of one version of it."""
    pairs: tuple[Judgement, ...]
    """Matches within the clusters, then the pairs that a person should look at."""
    kept: tuple[Record, ...]
    """The records that were compared: one of those that the files hold hundreds of times."""


def read_files(paths: Iterable[Path], say: Say = lambda line: None) -> Pool:
    """Read every file that can be read; those that cannot are among the failures."""
    items: list[Record | Skipped] = []
    failures = []
    for path in paths:
        say(f"reading {path}")
        try:
            where = STDIN if str(path) == "-" else path.as_posix()
            items += read_bibliography(_bytes(path), where)
        except SourceError as error:
            failures.append(error)
    records, ids = _keyed(item for item in items if isinstance(item, Record))
    skipped = tuple(item for item in items if isinstance(item, Skipped))
    return Pool(records, ids, skipped, tuple(failures))


def _bytes(path: Path) -> bytes:
    try:
        if str(path) == "-":
            return sys.stdin.buffer.read()
        return path.read_bytes()
    except IsADirectoryError as error:
        raise SourceError(path.as_posix(), "is a folder; name the files in it") from error
    except OSError as error:
        reason = (error.strerror or "unknown fault").lower()
        raise SourceError(path.as_posix(), f"cannot be read: {reason}") from error


def _keyed(found: Iterable[Record]) -> tuple[tuple[Record, ...], dict[str, str]]:
    """Records, those of a key that is taken under the next number."""
    ids: dict[str, str] = {}
    last: dict[str, int] = {}
    records = []
    for record in found:
        id, first = record.id, record.key
        while record.key in ids:
            last[first] = last.get(first, 1) + 1
            record = replace(record, id=f"{id}#{last[first]}")
        ids[record.key] = id
        records.append(record)
    return tuple(records), ids


def dedupe(pool: Pool, *, clean: frozenset[str] = frozenset(), by_version: bool = False) -> Deduped:
    """Find which records are one. `clean` names sources that have no duplicates."""
    kept, copies = without_copies(pool.records, clean)
    scale = adapted(kept)
    works = cluster.group(kept, clean=clean, scale=scale)
    by_key = {record.key: record for record in kept}
    groups = [[by_key[key] for key in keys] for keys in works.groups]
    clusters = works.groups
    if by_version:
        partners = {
            pair
            for pair, judgement in works.judgements.items()
            if any(piece.signal == "partner" for piece in judgement.evidence)
        }
        parted = (part for group in groups for part in editions(group, scale, partners))
        clusters = tuple(tuple(record.key for record in part) for part in parted)
    asked = doubts(works, identifiers.assign(groups).conflicts)
    pairs = (*_matches(works, clusters), *(replace(j, verdict="review") for j in asked))
    clusters = tuple(
        (*keys, *(copy for key in keys for copy in copies.get(key, ()))) for keys in clusters
    )
    return Deduped(works, clusters, pairs, kept)


def _matches(works: Grouping, clusters: Iterable[Iterable[str]]) -> list[Judgement]:
    home = {key: number for number, keys in enumerate(clusters) for key in keys}
    found = [j for j in works.judgements.values() if home[j.a] == home[j.b]]
    # A title that was reworded is judged 'review' by itself; what else there is has joined it.
    joined = [j for j in found if j.verdict == "match" or j.cap == "title reworded"]
    return sorted((replace(j, verdict="match") for j in joined), key=lambda j: (-j.bits, j.a, j.b))


def canon(pool: Pool, found: Deduped) -> Canon:
    """The canonical list of what was found."""
    return settled(found.kept, found.works)


def listed(canon: Canon) -> list[Listed]:
    """The works under new citation keys, given in the order of their first records.

    So the keys of a .bib that is read again are given again: 'a', 'ab', 'a2', 'a10'.
    """
    taken: set[str] = set()
    found = []
    for work in sorted(canon.works, key=lambda work: _as_given(work.records[0])):
        key = citation_key(work.names, work.head.year, work.title.value, taken)
        taken.add(key)
        found.append(
            Listed(
                key=key,
                title=work.title.value,
                authors=work.names,
                authors_complete=work.authors_complete,
                versions=tuple(listed_version(version) for version in work.versions),
                headline=work.headline,
                records=work.records,
                status=work.status,
            )
        )
    return found


def _as_given(key: str) -> tuple[int, str]:
    """Keys that end in a number come behind all others, in the order of the numbers."""
    text = key.rstrip(_DIGITS)
    return int(key[len(text) :][:18] or 0), text


_DIGITS = "0123456789"
