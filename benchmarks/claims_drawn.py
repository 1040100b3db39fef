"""Noisy claims drawn about true versions, in the manner of real sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from benchmarks.noise import AUTUMN, FORM, HOSTS, KINDS
from benchmarks.true_versions import Truth
from harvester import venues
from sources.record import Appearance, Author, DateKind, PartialDate, Record, Stage


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the sources say of one true version: its preprint's record first."""

    truth: Truth
    records: tuple[Record, ...]
    posted: date
    """When its preprint was."""


def draw(truth: Truth, number: int, rates: dict[str, float]) -> Drawn:
    """One draw: its preprint and three to five claims. The same number gives the same draw."""
    chance = Random(f"{truth.id}/{number}")
    return _Draw(truth, chance, rates).run()


class _Draw:
    def __init__(self, truth: Truth, chance: Random, rates: dict[str, float]) -> None:
        self._truth = truth
        self._chance = chance
        self._rates = rates
        self._posted = self._day_of_posting()
        self._slip = 0
        self._host = ""

    def _happens(self, what: str) -> bool:
        return self._chance.random() < min(1.0, self._rates[what])

    def _has(self, what: str) -> bool:
        return self._chance.random() < FORM[what]

    def run(self) -> Drawn:
        kinds = self._kinds(self._chance.randint(3, 5))
        self._host = self._chance.choice(HOSTS) if self._truth.venue.kind == "conference" else ""
        records = [self._preprint("arxiv comment" in kinds)]
        records += [self._claim(kind) for kind in kinds if kind != "arxiv comment"]
        days = self._chance.sample(range(400), len(records))
        first = date(2024, 6, 1)
        dated = [
            replace(record, seen=str(first + timedelta(day)))
            for record, day in zip(records, days, strict=True)
        ]
        return Drawn(self._truth, tuple(dated), self._posted)

    def _kinds(self, size: int) -> list[str]:
        left = dict(KINDS)
        if not self._truth.venue.openreview or self._truth.year < 2020:
            del left["openreview"]
        found = []
        for _ in range(size):
            [kind] = self._chance.choices(list(left), list(left.values()))
            del left[kind]
            found.append(kind)
        return sorted(found, key=list(KINDS).index)

    def _day_of_posting(self) -> date:
        """Mostly in the year before the event, at times days after it, seldom much later."""
        truth, chance = self._truth, self._chance
        edition = truth.venue.edition(truth.year)
        event = edition.first_day if edition else date(truth.year, chance.randint(1, 12), 15)
        early = chance.random()
        if early < 0.75:
            return event - timedelta(chance.randint(10, 300))
        if early < 0.93:
            return event - timedelta(chance.randint(300, 600))
        if early < 0.98:
            return event + timedelta(chance.randint(-10, 25))
        return event + timedelta(chance.randint(25, 400))

    def _preprint(self, comment: bool) -> Record:
        posted, truth = self._posted, self._truth
        number = f"{posted:%y%m}.{self._chance.randint(100, 19999):05}"
        day = PartialDate(posted.year, posted.month, posted.day)
        seen = [Appearance(Stage.PREPRINT, "arXiv", day, DateKind.POSTED, arxiv=number)]
        if comment:
            year = truth.year if truth.venue.kind == "conference" else 0
            words = f"{truth.venue.name} {year}" if year else truth.venue.name
            seen.append(Appearance(None, words, PartialDate(year) if year else None))
        names = truth.authors
        if len(names) > 2 and self._happens("preprint lacks its last author"):
            names = names[:-1]
        return self._record("arxiv", "arxiv", number, names, True, seen)

    def _claim(self, kind: str) -> Record:
        adapter = {"homepage": "page", "cv": "page", "news": "page"}.get(kind, kind)
        authors, complete = self._authors(kind)
        form = "news" if kind == "news" else "entry"
        return self._record(kind, adapter, "1", authors, complete, [self._published(kind)], form)

    def _published(self, kind: str) -> Appearance:
        truth = self._truth
        if kind == "openreview":
            group = f"{truth.venue.openreview[0]}/{truth.year}/Conference"
            words = f"{truth.venue.name} {truth.year} poster"
            return Appearance(None, words, PartialDate(truth.year), openreview="f", venue_id=group)
        if kind == "dblp":
            stage = Stage(truth.venue.kind)
            words = f"{truth.venue.name} {truth.year}" if stage is Stage.CONFERENCE else ""
            words = words or truth.venue.full
            day = PartialDate(truth.year)
            return Appearance(
                stage, words, day, doi=truth.doi, volume=truth.volume, pages=truth.pages
            )
        if self._host and self._happens("somebody files a workshop under its conference"):
            return self._workshop(kind)
        year, why = self._year(kind)
        doi = truth.doi if kind == "bibtex" and self._has("a .bib entry has its DOI") else ""
        typed = Stage(truth.venue.kind) if kind in ("scholar", "bibtex") else None
        words = self._titled(kind) or self._venue(kind, year)
        issue = self._issue(kind, why)
        return Appearance(typed, words, PartialDate(year), doi=doi, volume=issue[0], pages=issue[1])

    def _issue(self, kind: str, why: str) -> tuple[str, str]:
        """(volume, pages). The first version had none, what is online first mostly has none, and
        an entry with them is pasted, year and all, not typed.
        """
        truth = self._truth
        sources = {"scholar": "scholar's row", "bibtex": "a .bib entry"}
        if kind not in sources or why in ("first", "slip"):
            return "", ""
        what = "a conference has its pages"
        if truth.venue.kind == "journal":
            what = "an article has its volume" if why != "online" else "an article online has it"
        return (truth.volume, truth.pages) if self._has(f"{sources[kind]} of {what}") else ("", "")

    def _titled(self, kind: str) -> str:
        """The proceedings as they are titled, by number or year; '' where they are not so named."""
        venue, year = self._truth.venue, self._truth.year
        source = {"scholar": "scholar's row", "bibtex": "a .bib entry"}.get(kind)
        if venue.kind != "conference" or venue.volumes or source is None:
            return ""
        if not self._has(f"{source} names its proceedings as they are titled"):
            return ""
        name = venue.full.removeprefix("Proceedings of the ")
        number = (year - venue.first) // venue.every + 1
        return f"The {number}th {name}" if venue.counted(number) == year else f"{year} {name}"

    def _workshop(self, kind: str) -> Appearance:
        """A talk at a workshop of another conference, within a year after the posting."""
        year = (self._posted + timedelta(self._chance.randint(20, 300))).year
        name = venues.table()[self._host].name
        words = name if kind in ("scholar", "bibtex") else f"{name} {year}"
        stage = Stage.CONFERENCE if kind in ("scholar", "bibtex") else None
        return Appearance(stage, words, PartialDate(year))

    def _year(self, kind: str) -> tuple[int, str]:
        """(the year claimed, why it is another: 'online', 'first' version, 'slip', or '')."""
        truth, year = self._truth, self._truth.year
        if truth.venue.kind == "journal" and self._happens("journal's online year for its issue's"):
            return max(year - 1, min(year, self._posted.year)), "online"
        if kind == "scholar":
            first = self._happens("scholar has the year of the first version")
            return (self._posted.year, "first") if first else (year, "")
        if self._slip and self._happens("owner's next list copies the slip"):
            return self._slip, "slip"
        slip = 0
        if self._happens("owner mistypes the year by one"):
            slip = year + self._chance.choice((-1, 1))
        elif self._happens("owner copies the year of submission") and truth.venue.key in AUTUMN:
            slip = year - 1
        self._slip = slip or self._slip
        return slip or year, "slip" if slip else ""

    def _venue(self, kind: str, year: int) -> str:
        venue = self._truth.venue
        if self._happens("venue misspelt"):
            at = self._chance.randrange(1, len(venue.full) - 1)
            return venue.full[:at] + venue.full[at + 1 :]
        short = self._happens("venue abbreviated") or kind == "news"
        if venue.kind == "conference" and kind in ("homepage", "cv", "news"):
            return f"{venue.name if short else venue.full} {year}"
        if kind == "scholar" and venue.volumes and self._has("scholar's NeurIPS has its volume"):
            return f"{venue.full} {self._truth.year - venue.volumes}"
        return venue.name if short else venue.full

    def _authors(self, kind: str) -> tuple[tuple[Author, ...], bool]:
        names = list(self._truth.authors)
        if kind in ("openreview", "dblp"):
            return tuple(names), True
        if kind == "news":
            return (names[self._chance.randrange(len(names))],), False
        if len(names) > 2 and self._happens("two authors exchanged"):
            at = self._chance.randrange(len(names) - 1)
            names[at], names[at + 1] = names[at + 1], names[at]
        if self._happens("an author misspelt"):
            at = self._chance.randrange(len(names))
            names[at] = _misspelt(names[at], self._chance)
        if self._happens("authors by initials"):
            names = [replace(name, given=_initials(name.given)) for name in names]
        if kind == "scholar" and len(names) > 10:
            return tuple(names[:10]), False
        if len(names) > 3 and self._happens("authors cut with 'et al.'"):
            return tuple(names[:3]), False
        if len(names) > 2 and self._happens("authors cut without a word"):
            return tuple(names[:-1]), True
        return tuple(names), True

    def _record(
        self,
        source: str,
        kind: str,
        id: str,
        authors: Sequence[Author],
        complete: bool,
        seen: Sequence[Appearance],
        form: str = "entry",
    ) -> Record:
        title = self._truth.title
        return Record(
            source, id, kind, title, tuple(authors), complete, tuple(seen), form, where=source
        )


def _misspelt(name: Author, chance: Random) -> Author:
    at = chance.randrange(len(name.family))
    family = name.family[:at] + name.family[at + 1 :]
    return replace(name, family=family) if len(name.family) > 2 else name


def _initials(given: str) -> str:
    return " ".join(f"{word[0]}." for word in given.split())
