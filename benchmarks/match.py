"""How well and how fast `harvest dedupe` finds what is one, beside its peers, on labelled sets.

    python -m benchmarks.match FOLDER

Every set is a folder in FOLDER (or FOLDER itself) with `records.csv` and the truth:
`clusters.csv`, `matches.csv`, or `pairs.csv`; or `pairs.csv` alone, or `scenarios.jsonl`. Pairs
are counted after clustering, end to end from the raw table, each program in a process of its own.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contenders import CONTENDERS, OURS, Contender, answer
from benchmarks.folders import SetError, cases, places
from benchmarks.launch import Used
from benchmarks.sets import Case, Score

SLOW = {"dedupe": 2000}
"""Records of a set up to which a program is asked unless it is named: dedupe takes minutes and
gigabytes for a few thousand."""


@dataclass(frozen=True, slots=True)
class Result:
    """How a program did on a set."""

    who: str
    score: Score
    queue: float
    """Share of the records that a person is asked about."""
    used: Used


def main(words: Sequence[str]) -> int:
    """Measure every set in the folder, print a line for each program, and compare.

    Exits with 1 if a set had to be left out, with 2 if there is none.
    """
    options = _options(words)
    if not options.folder.is_dir():
        what = (
            "is a file; give the folder of the sets" if options.folder.exists() else "is not there"
        )
        print(f"{options.folder}: {what}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as made:
        found = [_cases(place, Path(made)) for place in places(options.folder)]
        wanted = [case for cases in found for case in cases or () if _is_wanted(case, options.set)]
        if not wanted:
            names = sorted({case.name for cases in found for case in cases or ()})
            print(_nothing(options, names), file=sys.stderr)
            return 2
        chosen = list(_chosen(options.only))
        measured = []
        for case in wanted:
            measured.append((case, list(_measured(case, chosen, options))))
            print(flush=True)
    print("\n".join(summary(measured)))
    return 1 if None in found else 0


def _cases(place: Path, made: Path) -> list[Case] | None:
    """The sets of a folder; None after saying why they cannot be measured."""
    try:
        return list(cases(place, made))
    except SetError as error:
        print(f"{error}; left out", file=sys.stderr)
        return None


def _is_wanted(case: Case, names: Sequence[str] | None) -> bool:
    return not names or case.name in names or case.name.partition("/")[0] in names


def _nothing(options: argparse.Namespace, names: Sequence[str]) -> str:
    said = f"{options.folder}: holds no labelled set"
    if names:
        return f"{said} named {' or '.join(options.set)}, but {', '.join(names)}"
    deeper = sorted({path.parents[1] for path in options.folder.glob("*/*/records.csv")})
    hint = f"; there are some in {deeper[0]}" if deeper else ""
    return f"{said} (records.csv and clusters.csv, matches.csv or pairs.csv){hint}"


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="match", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--set", action="append", help="only this set; repeatable")
    parser.add_argument(
        "--only",
        action="append",
        choices=[who.name for who in CONTENDERS],
        help="only this program; repeatable; 'dedupe' runs on large sets only so",
    )
    parser.add_argument("--limit", type=float, default=900, help="seconds a program, a set (900)")
    return parser.parse_args(words)


def _chosen(only: Sequence[str] | None) -> Iterator[Contender]:
    for who in CONTENDERS:
        if only and who.name not in only:
            continue
        if who.missing:
            print(f"{who.name} is not installed and left out (pip install -e '.[bench]')")
        else:
            yield who


def _measured(
    case: Case, chosen: Iterable[Contender], options: argparse.Namespace
) -> Iterator[Result]:
    """Print the lines of one set while they come."""
    true = sum(truth.pairs for truth in case.truths)
    print(f"{case.name}  ({case.records:,} records, {true:,} pairs; {case.assumed})")
    print(f"  {'':14}{'prec':>8}{'recall':>8}{'F1':>8}{'review':>9}{'CPU s':>10}{'MB':>8}")
    for who in chosen:
        if len(case.folders) > 1 and not who.alone:
            continue
        if case.records > SLOW.get(who.name, case.records) and not options.only:
            print(f"  {who.name:<14}  left out: more than {SLOW[who.name]:,} records (--only)")
            continue
        try:
            result = measured(who, case, options.limit)
        except RuntimeError as error:
            print(f"  {who.name:<14}  failed: {error}", flush=True)
        else:
            print(_line(result), flush=True)
            yield result


def measured(who: Contender, case: Case, limit: float) -> Result:
    """One program on one set. Raises RuntimeError if it fails or answers for other records."""
    found = answer(who, case, limit)
    score = Score(0, 0, 0)
    for truth, labels in zip(case.truths, found.labels, strict=True):
        score += truth.score(labels)
    return Result(who.name, score, found.asked / max(case.records, 1), found.used)


def _line(result: Result) -> str:
    score = result.score
    shares = (score.precision, score.recall, score.f1)
    cells = "".join(f"{100 * share:8.2f}" for share in shares)
    cells += f"{100 * result.queue:7.1f} %{result.used.cpu:10.2f}{result.used.peak:8.0f}"
    return f"  {result.who:<14}{cells}"


def summary(measured: Sequence[tuple[Case, Sequence[Result]]]) -> Iterator[str]:
    """Ours against the best peer, a line a set."""
    if not any(result.who != OURS for _, results in measured for result in results):
        return
    yield f"{'':26}{'F1':>8}   {'best peer':<22}{'':>7}{'CPU of ours to':>22}"
    yield f"{'':26}{'':>8}   {'':<22}{'gain':>7}{'splink':>11}{'best peer':>11}"
    for case, results in measured:
        ours = next((result for result in results if result.who == OURS), None)
        peers = [result for result in results if result.who != OURS]
        if ours and peers:
            best = max(peers, key=lambda result: result.score.f1)
            splink = next((peer for peer in peers if peer.who == "splink"), None)
            name = case.name + (" (clean)" if case.clean else "")
            beaten = f"{best.who} {100 * best.score.f1:.2f}"
            gain = 100 * (ours.score.f1 - best.score.f1)
            ratios = "".join(f"{_ratio(ours, peer):>11}" for peer in (splink, best))
            yield f"{name:<26}{100 * ours.score.f1:8.2f}   {beaten:<22}{gain:+7.2f}{ratios}"


def _ratio(ours: Result, peer: Result | None) -> str:
    return f"{ours.used.cpu / peer.used.cpu:.2f}" if peer and peer.used.cpu else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
