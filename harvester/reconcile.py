"""The reconciler: records and decisions in, the canonical list out. A pure function."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from harvester import cluster, identifiers, people, screening, works
from harvester.canon import Canon, Conflict, Decision, Fix, Judgement, Settled, State, Work
from harvester.cluster import Grouping
from harvester.fixes import fixes
from harvester.lacking import lacking
from harvester.match import Scale
from harvester.resolve import loud
from sources.record import Record


def reconcile(
    records: Iterable[Record],
    decisions: Iterable[Decision] = (),
    clean: frozenset[str] = frozenset(),
    scale: Scale | None = None,
) -> Canon:
    """The canon of these records under these decisions.

    Depends on nothing else and not on the order of either. Each record is in exactly one
    work. Record keys must be unique. `clean` names sources that are free of duplicates;
    `scale` weighs otherwise than policy.py does.
    """
    ordered = sorted(records, key=lambda record: record.key)
    ruled = sorted(decisions, key=lambda d: (d.when, d.id, d.kind, d.records))
    by_key = {record.key: record for record in ordered}
    if len(by_key) != len(ordered):
        raise ValueError("two records have one key")
    return settled(ordered, cluster.group(ordered, ruled, clean, scale), ruled)


def settled(
    records: Iterable[Record], grouping: Grouping, decisions: Sequence[Decision] = ()
) -> Canon:
    """The canon of records that are grouped already, under the decisions that grouped them."""
    by_key = {record.key: record for record in records}
    groups = [[by_key[key] for key in keys] for keys in grouping.groups]
    known = people.learn([[r.authors for r in group if r.authors] for group in groups])
    owned = identifiers.assign(groups, decisions)
    screened = screening.screen(groups, decisions)
    takes = _Takes(decisions, by_key)
    inside, related = _inside(grouping), _related(grouping)
    made: list[Work] = []
    for number, group in enumerate(groups):
        made.append(
            works.build(
                group,
                number,
                known,
                takes.of(group),
                owned.misplaced,
                inside[number],
                sorted(related[group[0].key]),
                screened.aside.get(number, ""),
            )
        )
    listed = [work for work in made if not work.aside]
    home = _home(grouping)
    conflicts = [*screened.conflicts]
    conflicts += [conflict for work in listed for conflict in _field_conflicts(work)]
    conflicts += owned.conflicts
    conflicts += [_duplicate(home, doubt) for doubt in doubts(grouping, owned.conflicts)]
    found = [fix for work in listed for fix in fixes(work, by_key, owned.conflicts)]
    found += lacking(listed, by_key, _doubted(conflicts))
    return Canon(tuple(made), tuple(conflicts), tuple(sorted(found, key=_fix_order)))


class _Takes:
    """The take decisions by the records that they name: of thousands few concern one work."""

    def __init__(self, decisions: Sequence[Decision], known: Mapping[str, Record]) -> None:
        self._takes = [decision for decision in decisions if decision.kind == "take"]
        self._named = [{key for key in one.records if key in known} for one in self._takes]
        self._about: dict[str, list[int]] = defaultdict(list)
        for number, named in enumerate(self._named):
            for key in named:
                self._about[key].append(number)

    def of(self, group: Sequence[Record]) -> _Rulings:
        """Those that hold for one work."""
        keys = {record.key for record in group}
        numbers = sorted({number for key in keys for number in self._about.get(key, ())})
        return _Rulings([self._takes[n] for n in numbers if self._named[n] <= keys])


class _Rulings:
    """The take decisions that hold for one work: all records they named are in it."""

    def __init__(self, takes: Sequence[Decision]) -> None:
        self._found = {(decision.slot, decision.field): decision for decision in takes}

    def __call__(self, slot: str, field: str) -> Decision | None:
        return self._found.get((slot, field))


def _inside(grouping: Grouping) -> list[list[Judgement]]:
    """The judgements within each group, strongest first."""
    home = {key: number for number, keys in enumerate(grouping.groups) for key in keys}
    found: list[list[Judgement]] = [[] for _ in grouping.groups]
    for judgement in sorted(grouping.judgements.values(), key=lambda j: (-j.bits, j.a, j.b)):
        if home[judgement.a] == home[judgement.b]:
            found[home[judgement.a]].append(judgement)
    return found


def _related(grouping: Grouping) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for a, b in grouping.related:
        found[a].add(b)
        found[b].add(a)
    return found


def _field_conflicts(work: Work) -> list[Conflict]:
    places = [("", work.title), ("", work.authors)]
    places += [(v.slot, settled) for v in work.versions for settled in v.fields.values()]
    return [_conflict(work, slot, settled) for slot, settled in places if loud(settled)]


def _conflict(work: Work, slot: str, settled: Settled) -> Conflict:
    claims = [(claim, "") for claim in settled.standing] + list(settled.struck)
    return Conflict(
        kind="field",
        field=settled.field,
        slot=slot,
        works=(work.records[0],),
        claims=tuple(claims),
        state=settled.state,
        proposed=settled.value,
        rule=settled.rule,
        why=settled.why,
    )


def doubts(grouping: Grouping, clashes: Sequence[Conflict]) -> list[Judgement]:
    """Pairs of works that may be one, but for those that only a misplaced identifier joins."""
    home = _home(grouping)
    explained = defaultdict(set)
    for clash in clashes:
        if clash.state is State.SETTLED:
            explained[frozenset(clash.works)].add(clash.proposed)
    found = []
    for doubt in grouping.doubts:
        shared = [piece for piece in doubt.evidence if piece.signal == "id"]
        wrong = explained[frozenset((home[doubt.a], home[doubt.b]))] if shared else ()
        if not any(value in shared[0].detail for value in wrong):
            found.append(doubt)
    return found


def _doubted(conflicts: Iterable[Conflict]) -> set[str]:
    """First records of works that may be another's, or another person's."""
    kinds = ("duplicate", "person")
    return {
        key
        for conflict in conflicts
        if conflict.kind in kinds and conflict.state is State.OPEN
        for key in conflict.works
    }


def _home(grouping: Grouping) -> dict[str, str]:
    """The first key of each record's group."""
    return {key: keys[0] for keys in grouping.groups for key in keys}


def _duplicate(home: Mapping[str, str], doubt: Judgement) -> Conflict:
    return Conflict(
        kind="duplicate",
        field="",
        slot="",
        works=tuple(sorted((home[doubt.a], home[doubt.b]))),
        claims=(),
        state=State.OPEN,
        proposed="apart",
        judgement=doubt,
    )


def _fix_order(fix: Fix) -> tuple[str, int, str, str]:
    return fix.file, fix.line, fix.field, fix.says
