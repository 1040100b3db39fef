"""How often conflicts are settled, and how often rightly, on claims drawn about true versions.

    python -m benchmarks.resolve FOLDER [--draws 10]

FOLDER holds `bench/near-pairs/records.csv` and `samples/`. Of every true version a preprint and
three to five noisy claims are drawn, ten times, with the rates of `noise.RATES` and once
more with all of them doubled. Nothing is drawn by chance that another run does not draw again.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.claims_drawn import Drawn, draw
from benchmarks.noise import RATES
from benchmarks.peer_policies import FIELDS, POLICIES, Value, said
from benchmarks.true_versions import truths
from harvester import people, works
from harvester.canon import Settled, State, Work
from harvester.people import People, parts
from sources.names import parse_author
from sources.record import Author

LARGE = 10_000
"""Works of which the time is measured."""


def main() -> None:
    """Print one table for each amount of noise, then the time."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--draws", type=int, default=10)
    wanted = options.parse_args()
    known = truths(wanted.folder)
    print(f"{len(known)} true versions, {wanted.draws} draws each")
    for factor in (1, 2):
        rates = {what: min(1.0, rate * factor) for what, rate in RATES.items()}
        drawn = [draw(truth, n, rates) for truth in known for n in range(wanted.draws)]
        _report(f"noise × {factor}", drawn)
        if factor == 1:
            large = drawn
    _time(large[:LARGE])


def built(drawn: Drawn) -> Work:
    """The work of these records, which are known to be one."""
    return _settled(drawn, _names(drawn))


def _names(drawn: Drawn) -> People:
    return people.learn([[one.authors for one in drawn.records if one.authors]])


def _settled(drawn: Drawn, names: People) -> Work:
    return works.build(drawn.records, 0, names, lambda slot, field: None, frozenset(), (), (), "")


def found(work: Work, field: str) -> tuple[Value, bool]:
    """(what is published of the headline, whether that is a question). A year hangs on its
    venue: where that is open the year is as well.
    """
    venue = work.head.fields.get("venue")
    if field == "authors":
        people_listed = [parse_author(name) for name in work.names]
        return tuple(parts(one) for one in people_listed if one), _is_open(work.authors)
    if field == "venue":
        return f"{work.head.stage} {work.head.venue_key}", _is_open(venue)
    return work.head.value("year"), _is_open(venue) or _is_open(work.head.fields.get("year"))


def _is_open(settled: Settled | None) -> bool:
    return settled is not None and settled.state is State.OPEN


def _right(drawn: Drawn, field: str) -> Value:
    truth = drawn.truth
    if field == "authors":
        return tuple(_fullest(author, drawn) for author in truth.authors)
    return f"{truth.venue.kind} {truth.venue.key}" if field == "venue" else _year(drawn)


def _year(drawn: Drawn) -> str:
    """The year of the edition or issue. That in which an article was online is true of it as
    well, and is all that can be known where no source has the issue's.
    """
    truth = drawn.truth
    claimed = {year for year, _ in said(drawn, "year")}
    online = str(min(truth.year, max(truth.year - 1, drawn.posted.year)))
    journal = truth.venue.kind == "journal"
    return online if journal and str(truth.year) not in claimed else str(truth.year)


def _fullest(author: Author, drawn: Drawn) -> tuple[str, ...]:
    """The name as fully as any source has it: a given name of which all have the initial alone
    is nothing that a policy could know.
    """
    full = parts(author)
    said = {parts(name) for one in drawn.records for name in one.authors}
    found = [name for name in said if people.compatible(name, full)]
    if full in said or not found:
        return full
    return max(found, key=lambda name: (sum(map(len, name)), name))


def _report(title: str, draws: Sequence[Drawn]) -> None:
    ours: Counter[tuple[str, str]] = Counter()
    peers: Counter[tuple[str, str]] = Counter()
    for drawn in draws:
        work = built(drawn)
        for field in FIELDS:
            value, is_open = found(work, field)
            right = value == _right(drawn, field)
            ours[field, "right"] += right
            ours[field, "open"] += is_open
            ours[field, "wrong"] += not right and not is_open
            claims = said(drawn, field)
            # Peers know no stages: the venue alone is asked of them.
            truth = drawn.truth.venue.key if field == "venue" else _right(drawn, field)
            for name, policy in POLICIES.items():
                peers[field, name] += bool(claims) and policy(claims, field) == truth
    print(f"\n{title}: {len(draws):,} works, %")
    heads = ("right", "open", "wrong", *POLICIES)
    print(f"{'':10}" + "".join(f"{head:>11}" for head in heads))
    for field in FIELDS:
        counts = [ours[field, head] for head in heads[:3]]
        counts += [peers[field, name] for name in POLICIES]
        shares = "".join(f"{100 * count / len(draws):11.2f}" for count in counts)
        print(f"{field:10}{shares}")


def _time(draws: Sequence[Drawn]) -> None:
    """Records of one work each to works: venues read, claims made and settled, names apart."""
    started = time.process_time()
    learned = [_names(drawn) for drawn in draws]
    between = time.process_time()
    made = [_settled(drawn, names) for drawn, names in zip(draws, learned, strict=True)]
    seconds = time.process_time() - between
    records = sum(len(drawn.records) for drawn in draws)
    claims = sum(_claims(work) for work in made)
    print(f"\n{len(made):,} works of {records:,} records, {claims:,} claims: {seconds:.1f} s CPU")
    print(f"that is {50_000 * seconds / claims:.2f} s for 50,000 claims")
    print(f"their names learned: {between - started:.1f} s CPU")


def _claims(work: Work) -> int:
    fields = [work.title, work.authors, *(f for v in work.versions for f in v.fields.values())]
    return sum(len(field.standing) + len(field.struck) for field in fields)


if __name__ == "__main__":
    main()
