"""Made-up records as they are met, with the truth: `python -m benchmarks.perturbed N FOLDER`.

Writes `records.csv` and `clusters.csv` (a cluster a work). The words of titles are as frequent
as in DBLP, and so are names. The same number and seed give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
COLUMNS = "id source title authors venue year pages doi arxiv".split()
_FUNCTION = frozenset(
    "for and of in with a the to based on using via from an by as at is its are through under"
    " over it can we do how what you or into".split()
)
_SHAPES = (
    "w w w for w w",
    "w w w",
    "w w of w w in w w",
    "w w: w w w with w w",
    "a w w for w w w",
    "w w w via w w",
    "w: w w w for w w",
    "on the w of w w w",
    "w w w from w w using w w",
    "towards w w w w",
)
_VENUES = (
    ("Advances in Neural Information Processing Systems", "NeurIPS", "NIPS"),
    ("International Conference on Machine Learning", "ICML", "Proc. ICML"),
    ("IEEE Conference on Computer Vision and Pattern Recognition", "CVPR", "Proc. IEEE CVPR"),
    ("AAAI Conference on Artificial Intelligence", "AAAI", "Proc. of AAAI"),
    ("International Joint Conference on Artificial Intelligence", "IJCAI", "Proc. of IJCAI"),
    ("International Conference on Learning Representations", "ICLR", "ICLR (Poster)"),
    ("Annual Meeting of the Association for Computational Linguistics", "ACL", "Proc. ACL"),
    ("ACM SIGKDD Conference on Knowledge Discovery and Data Mining", "KDD", "SIGKDD"),
    ("Journal of Machine Learning Research", "JMLR", "J. Mach. Learn. Res."),
    ("IEEE Transactions on Information Theory", "IEEE Trans. Inf. Theory", "IEEE T INFORM THEORY"),
)
_COPIES = (1, 1, 1, 2, 2, 3, 4)
"""Records of one work, each as likely: 2 on average."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What is true of one work."""

    title: str
    people: tuple[tuple[str, str], ...]
    """(given, family)."""
    venue: tuple[str, ...]
    year: int
    page: int
    number: int


class _Bag:
    """Words drawn as often as they are counted."""

    def __init__(self, counts: Sequence[tuple[str, int]]) -> None:
        self._words = [word for word, _ in counts]
        self._sums = list(accumulate(count for _, count in counts))

    def draw(self, chance: Random) -> str:
        return chance.choices(self._words, cum_weights=self._sums)[0]


def main(words: Sequence[str]) -> int:
    """Write a set of about so many records."""
    parser = argparse.ArgumentParser(prog="perturbed", description=__doc__)
    parser.add_argument("records", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(words)
    options.folder.mkdir(parents=True, exist_ok=True)
    write(options.folder, options.records, options.seed)
    return 0


def write(folder: Path, size: int, seed: int) -> None:
    """Write exactly so many records, those of one work far from each other, and their works."""
    # Kept as lines: a million rows of Python objects would not be small.
    rows = [
        (number, *(row[name] for name in COLUMNS[1:]))
        for number, row in _limited(size, Random(seed))
    ]
    Random(seed + 1).shuffle(rows)
    with (
        (folder / "records.csv").open("w", encoding="utf-8", newline="") as records,
        (folder / "clusters.csv").open("w", encoding="utf-8", newline="") as clusters,
    ):
        listed = csv.writer(records, lineterminator="\n")
        true = csv.writer(clusters, lineterminator="\n")
        listed.writerow(COLUMNS)
        true.writerow(("id", "cluster"))
        for id, (number, *cells) in enumerate(rows, 1):
            listed.writerow((id, *cells))
            true.writerow((id, number))


def _limited(size: int, chance: Random) -> Iterator[tuple[int, dict[str, str]]]:
    count = 0
    for paper in papers(chance):
        for row in renditions(paper, chance):
            yield paper.number, row
            count += 1
            if count == size:
                return


def papers(chance: Random) -> Iterator[Paper]:
    """Works without end; one in twenty is a sibling, by the same people, a word apart."""
    words, families, given = _bags()
    last: list[Paper] = []
    number = 0
    while True:
        number += 1
        if last and chance.random() < 0.05:
            paper = _sibling(chance.choice(last), words.draw(chance).capitalize(), chance)
            yield replace(paper, number=number)
            continue
        people = dict.fromkeys(
            (given.draw(chance), families.draw(chance))
            for _ in range(1 + min(7, int(chance.expovariate(0.35))))
        )
        shape = chance.choice(_SHAPES).replace(":", " :").split()
        title = " ".join(
            words.draw(chance).capitalize() if part == "w" else part.capitalize() for part in shape
        ).replace(" :", ":")
        venue = chance.choice(_VENUES)
        year, page = chance.randrange(1995, 2025), chance.randrange(1, 9000)
        paper = Paper(title, tuple(people), venue, year, page, number)
        last = [*last[-200:], paper]
        yield paper


def _sibling(paper: Paper, word: str, chance: Random) -> Paper:
    """Another paper of the same people that differs in one word of the title, and its place."""
    words = paper.title.split()
    at = chance.randrange(len(words))
    words[at] = word
    year = min(2024, paper.year + chance.randrange(0, 3))
    page = chance.randrange(1, 9000)
    return replace(paper, title=" ".join(words), year=year, page=page)


def _bags() -> tuple[_Bag, _Bag, _Bag]:
    shipped = (ROOT / "harvester/title_words.tsv").read_text(encoding="utf-8").splitlines()
    said = [line.split("\t") for line in shipped if not line.startswith("#")]
    words = [(word, int(n)) for word, n in said if word not in _FUNCTION and len(word) > 1]
    lines = Path(__file__).with_name("names.tsv").read_text(encoding="utf-8").splitlines()
    named = [line.split("\t") for line in lines if not line.startswith("#")]
    families, given = (
        [(name, int(n)) for kind, name, n in named if kind == wanted]
        for wanted in ("family", "given")
    )
    return _Bag(words), _Bag(families), _Bag(given)


def renditions(paper: Paper, chance: Random) -> Iterator[dict[str, str]]:
    """One work as several sources give it."""
    for _ in range(chance.choice(_COPIES)):
        preprint = chance.random() < 0.3
        row = _preprint(paper, chance) if preprint else _published(paper, chance)
        row["title"] = _titled(paper.title, chance)
        row["authors"] = _credited(paper.people, chance)
        row["source"] = chance.choice(("dblp", "scholar", "crossref", "homepage"))
        yield row


def _preprint(paper: Paper, chance: Random) -> dict[str, str]:
    number = f"{paper.year % 100:02}{1 + paper.number % 12:02}.{paper.number % 100000:05}"
    said = chance.random() < 0.5
    return {
        "venue": chance.choice(("arXiv", "CoRR", f"arXiv preprint arXiv:{number}")),
        "year": str(paper.year - (chance.random() < 0.4)),
        "arxiv": number if said else "",
        "pages": "",
        "doi": "",
    }


def _published(paper: Paper, chance: Random) -> dict[str, str]:
    dash = chance.choice(("-", "--", "–"))
    return {
        "venue": chance.choice(paper.venue),
        "year": str(paper.year) if chance.random() < 0.95 else "",
        "arxiv": "",
        "pages": f"{paper.page}{dash}{paper.page + 9}" if chance.random() < 0.5 else "",
        "doi": f"10.1000/bench.{paper.number}" if chance.random() < 0.25 else "",
    }


def _titled(title: str, chance: Random) -> str:
    way = chance.random()
    if way < 0.25:
        title = title.capitalize()
    elif way < 0.3:
        title = title.upper()
    if chance.random() < 0.08:
        title = _mistyped(title, chance)
    if chance.random() < 0.03 and len(title) > 45:
        title = f"{title[: chance.randrange(35, len(title) - 5)]}…"
    elif chance.random() < 0.02 and ": " in title:
        title = title.partition(": ")[2]
    return title


def _mistyped(text: str, chance: Random) -> str:
    """A letter lost, doubled, or swapped with the next."""
    at = chance.randrange(1, len(text) - 1)
    way = chance.randrange(3)
    if way == 0:
        return text[:at] + text[at + 1 :]
    if way == 1:
        return text[:at] + text[at] + text[at:]
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _credited(people: Sequence[tuple[str, str]], chance: Random) -> str:
    way = chance.randrange(3)
    if way == 0:
        names = [f"{given} {family}" for given, family in people]
    elif way == 1:
        names = [f"{family}, {given}" for given, family in people]
    else:
        names = [f"{family}, {given[0]}." for given, family in people]
    if chance.random() < 0.03:
        at = chance.randrange(len(names))
        names[at] = _mistyped(names[at], chance)
    if len(names) > 3 and chance.random() < 0.06:
        names = [*names[: chance.randrange(1, 4)], "others"]
    return " and ".join(names)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
