"""Every parser on spoilt pages: `python -m benchmarks.fuzz_parsers --inputs 1000000`.

Input n of a seed is always the same, whatever came before it. Exit code 1 if anything but
SourceError was raised, or anything was slower than linear in its size.
"""

from __future__ import annotations

import argparse
import resource
import signal
import sys
import traceback
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from time import process_time, time

from benchmarks.growth import SIZES, Growth, endless, grow, measure
from benchmarks.mutations import mutate
from benchmarks.parsers import Parser, parsers

BUCKETS = (1_000, 2_000, 4_000, 8_000, 16_000, 32_000)
GROWTHS = 200
"""Pages that are grown, a parser."""


LIMIT = 30
"""Seconds after which an input is given up."""


class TooLongError(Exception):
    """A parser took longer than LIMIT for one input."""


def _too_long(*_: object) -> None:
    raise TooLongError


@dataclass(slots=True)
class Tally:
    """What came of one parser's inputs."""

    inputs: int = 0
    read: int = 0
    """Pages in which something was found."""
    items: int = 0
    slowest: float = 0.0
    costs: dict[int, array[float]] = field(
        default_factory=lambda: {size: array("f") for size in BUCKETS}
    )
    """Microseconds a byte, by the size of the page."""
    faults: Counter[str] = field(default_factory=Counter)
    growths: list[Growth] = field(default_factory=list)

    @property
    def steep(self) -> list[Growth]:
        """Those that grew faster than their pages."""
        return [growth for growth in self.growths if growth.steep]


def main(words: Sequence[str]) -> int:
    """Run, print, and say whether all is well."""
    options = _options(words)
    chosen = [one for one in parsers() if not options.only or one.name == options.only]
    signal.signal(signal.SIGALRM, _too_long)
    tallies = {parser.name: Tally() for parser in chosen}
    for parser in chosen:
        for seed in parser.seeds:
            parser.read(seed.where, seed.body)
    before, began = _resident(), time()
    for number in range(options.first, options.first + options.inputs):
        parser = chosen[number % len(chosen)]
        _try(parser, tallies[parser.name], options.seed, number, options.save)
    after, took = _resident(), time() - began
    for parser in chosen:
        for number in range(options.growths):
            chance = Random(f"{options.seed} {parser.name} {number}")
            _grow(parser, tallies[parser.name], partial(grow, parser, chance), options.save)
        for pages in endless(parser) if options.endless else ():
            _grow(parser, tallies[parser.name], partial(measure, parser, "x", pages), options.save)
    print(f"{options.inputs:,} inputs in {took / 60:.1f} minutes, seed {options.seed}")
    print(f"largest resident set: {before:.0f} MB before, {after:.0f} MB after")
    for name, tally in tallies.items():
        print("\n".join(_report(name, tally)))
    return int(any(tally.faults or tally.steep for tally in tallies.values()))


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="fuzz_parsers", description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first input")
    parser.add_argument("--growths", type=int, default=GROWTHS, help="pages to grow, a parser")
    parser.add_argument("--endless", action="store_true", help="and one piece without end")
    parser.add_argument("--only", default="", metavar="PARSER")
    parser.add_argument("--save", type=Path, metavar="DIR", help="write what went wrong here")
    return parser.parse_args(words)


def _try(parser: Parser, tally: Tally, seed: int, number: int, save: Path | None) -> None:
    chance = Random(f"{seed} {number}")
    start = chance.choice(parser.seeds)
    body = mutate(chance, start.body, [one.body for one in parser.seeds])
    began = process_time()
    signal.alarm(LIMIT)
    try:
        found = parser.read(start.where, body)
    # Whatever it is, it is what this script looks for.
    except Exception as error:
        _fault(parser, tally, error, f"{seed}-{number}", body, save)
        found = 0
    finally:
        signal.alarm(0)
    seconds = process_time() - began
    tally.inputs += 1
    tally.read += bool(found)
    tally.items += found
    tally.slowest = max(tally.slowest, seconds)
    bucket = next(size for size in BUCKETS if len(body) <= size)
    tally.costs[bucket].append(seconds * 1e6 / max(len(body), bucket // 2))


def _grow(parser: Parser, tally: Tally, measured: Callable[[], Growth], save: Path | None) -> None:
    try:
        growth = measured()
    except Exception as error:
        _fault(parser, tally, error, f"growth-{len(tally.growths)}", b"", save)
        return
    tally.growths.append(growth)
    if growth.steep and save:
        _write(save, f"{parser.name}-steep-{len(tally.growths)}", growth.page)


def _fault(
    parser: Parser, tally: Tally, error: Exception, name: str, body: bytes, save: Path | None
) -> None:
    last = traceback.extract_tb(error.__traceback__)[-1]
    ours = [at for at in traceback.extract_tb(error.__traceback__) if "/sources/" in at.filename]
    at = ours[-1] if ours else last
    what = f"{type(error).__name__} at {Path(at.filename).name}:{at.lineno} ({name})"
    short = what.rpartition(" (")[0]
    known = next((key for key in tally.faults if key.startswith(short)), what)
    if known == what and save:
        _write(save, f"{parser.name}-{name}", body)
    tally.faults[known] += 1


def _write(folder: Path, name: str, body: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(body)


def _resident() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _report(name: str, tally: Tally) -> Iterator[str]:
    share = 100 * tally.read / max(tally.inputs, 1)
    yield ""
    yield (
        f"{name}: {tally.inputs:,} inputs, {share:.0f} % with something in them "
        f"({tally.items:,} items), slowest {tally.slowest * 1000:.0f} ms"
    )
    for what, count in tally.faults.most_common():
        yield f"  FAULT {count} x {what}"
    yield "  up to kB    inputs   us/byte: median     99.9 %        max"
    for size, costs in tally.costs.items():
        if costs:
            high = sorted(costs)[int(len(costs) * 0.999)]
            yield (
                f"  {size // 1000:8} {len(costs):9,} {median(costs):17.2f} "
                f"{high:10.2f} {max(costs):10.2f}"
            )
    slow = [growth for growth in tally.growths if growth.exponent]
    steepest = max((growth.exponent for growth in slow), default=0.0)
    peak = max((growth.peak for growth in tally.growths), default=0.0)
    longest = max((growth.seconds[-1] for growth in tally.growths), default=0.0)
    yield (
        f"  {len(tally.growths)} pages grown to {SIZES[-1] // 1000} kB: slowest {longest:.2f} s, "
        f"largest exponent {steepest:.2f}, {len(tally.steep)} too steep, "
        f"at most {peak:.0f} bytes of memory a byte"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
