"""What of a review was asked for: since a run or day, of one source, of one work, or all."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from harvester import docket, logbook, shapes, shelf
from harvester.changes import Change
from harvester.fixwords import told
from harvester.lapsed import lapsed
from harvester.listed import Listed
from harvester.shelf import ShelvedFix

_ID = re.compile(r"\[([0-9a-f]{7,})\]$")
_RUN = re.compile(r"\d{1,9}")
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


class SelectionError(LookupError):
    """Something was asked for that is not there. The message says what there is."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a review was asked for; by default what needs a person, and the news."""

    since: str = ""
    """A run's number or a day: only what came up then or later."""
    source: str = ""
    everything: bool = False
    """All questions, all that was settled or decided, all fixes."""
    work: Listed | None = None
    """Only this work, with its decisions and its history, in full."""
    conflict: str = ""
    """Only the conflict of this id, in full."""

    @property
    def narrowed(self) -> bool:
        """Whether less was asked for than there is."""
        return bool(self.since or self.source or self.work or self.conflict)


def review(connection: sqlite3.Connection, wanted: Wanted) -> dict[str, Any]:
    """What `--json` prints. Raises SelectionError."""
    news = news_of(connection, wanted)
    found = docket.read(connection, ids(connection, wanted, news))
    data = shapes.diff_json(
        found, fixes(connection, wanted, news), changed(connection, wanted, news)
    )
    return data | idle(connection, wanted) | _story(connection, wanted)


def queue(connection: sqlite3.Connection, wanted: Wanted) -> list[str]:
    """Ids of the open conflicts that were asked for, the most harmful first. SelectionError."""
    news = news_of(connection, wanted) if wanted.since or wanted.source else ()
    return ids(connection, wanted, news, "open")


def statements(connection: sqlite3.Connection, wanted: Wanted) -> list[ShelvedFix]:
    """All fixes that were asked for of what stands in a file: not of a paper that is missing
    from it, whose place is a person's choice. Raises SelectionError.
    """
    found = fixes(connection, wanted, news_of(connection, wanted))
    return [fix for fix in found if fix.field != "missing"]


def named_conflict(connection: sqlite3.Connection, words: Sequence[str]) -> str:
    """The id that a word, or its beginning, is; '' if it is none or several."""
    if len(words) != 1 or not re.fullmatch(r"[0-9a-f]{4,64}", words[0]):
        return ""
    rows = connection.execute("SELECT id FROM conflict WHERE id LIKE ?", (f"{words[0]}%",))
    found = [str(row["id"]) for row in rows]
    return found[0] if len(found) == 1 else ""


def check(connection: sqlite3.Connection, wanted: Wanted) -> None:
    """Raise SelectionError for a source, a run or a day that is none."""
    if wanted.source:
        names = [row["name"] for row in connection.execute("SELECT name FROM source ORDER BY name")]
        if wanted.source not in names:
            there = f"there are {', '.join(names)}" if names else "none was read yet"
            raise SelectionError(f"no source is called {wanted.source!r}; {there}")
    if wanted.since:
        _first_run(connection, wanted.since)


def news_of(connection: sqlite3.Connection, wanted: Wanted) -> list[Change]:
    """What the runs changed that were asked for. Raises SelectionError."""
    check(connection, wanted)
    return shelf.changed(connection, _first_run(connection, wanted.since) if wanted.since else None)


def _first_run(connection: sqlite3.Connection, since: str) -> int:
    """The first run of the given number or day, or later; one that is still to come if none.

    Four digits that are no run's number yet are a year.
    """
    last = int(connection.execute("SELECT coalesce(max(id), 0) FROM run").fetchone()[0])
    if _RUN.fullmatch(since) and (len(since) != 4 or int(since) <= last):
        return int(since)
    if not _DAY.fullmatch(since):
        raise SelectionError(
            f"--since {since}: neither a run of `harvest log` nor a day as 2026-11-21"
        )
    first = connection.execute("SELECT min(id) FROM run WHERE started >= ?", (since,)).fetchone()[0]
    return last + 1 if first is None else int(first)


def named(news: Collection[Change]) -> set[str]:
    """Ids of the conflicts that the changes name."""
    return {found[1] for change in news if (found := _ID.search(change.text))}


def ids(
    connection: sqlite3.Connection, wanted: Wanted, news: Collection[Change], *states: str
) -> list[str]:
    """Ids of the conflicts that were asked for, the most harmful first; of these states, or all."""
    found = docket.ids(connection, *states)
    if wanted.since:
        recent = named(news)
        found = [id for id in found if id in recent]
    if wanted.source:
        said = _of_source(connection, wanted.source)
        found = [id for id in found if id in said]
    if wanted.work:
        rows = connection.execute(
            "SELECT conflict.id FROM conflict, json_each(conflict.works) WHERE json_each.value = ?",
            (wanted.work.key,),
        )
        about = {row["id"] for row in rows}
        found = [id for id in found if id in about]
    if wanted.conflict:
        found = [id for id in found if id == wanted.conflict]
    return found


def _of_source(connection: sqlite3.Connection, source: str) -> set[str]:
    """Conflicts in which a source says something, or one of its records is asked about."""
    rows = connection.execute(
        "SELECT conflict FROM conflict_claim WHERE source = :name UNION SELECT about FROM evidence"
        " WHERE substr(a, 1, :end) = :name || ':' OR substr(b, 1, :end) = :name || ':'",
        {"name": source, "end": len(source) + 1},
    )
    return {row[0] for row in rows}


def fixes(
    connection: sqlite3.Connection, wanted: Wanted, news: Collection[Change]
) -> list[ShelvedFix]:
    """The fixes that were asked for."""
    found = shelf.fixes(connection)
    if wanted.since:
        recent: dict[str, list[str]] = defaultdict(list)
        for change in news:
            recent[change.key].append(change.text if change.kind == "fix" else "")
        found = [fix for fix in found if _tell(recent[fix.work], fix)]
    if wanted.source:
        found = [fix for fix in found if fix.source == wanted.source]
    if wanted.work:
        found = [fix for fix in found if fix.work == wanted.work.key]
    return [] if wanted.conflict else found


def _tell(texts: Collection[str], fix: ShelvedFix) -> bool:
    """Whether a change of its work told of this fix, on whatever line it stood then."""
    return bool(texts) and any(text.endswith(f" {told(asdict(fix))}") for text in texts)


def changed(
    connection: sqlite3.Connection, wanted: Wanted, news: Sequence[Change]
) -> Sequence[Change]:
    """Those of the changes that were asked for: of one work, of works that one source has."""
    if wanted.conflict:
        return ()
    if wanted.work:
        return [change for change in news if change.key == wanted.work.key and change.kind != "new"]
    if not wanted.source:
        return news
    rows = connection.execute(
        "SELECT DISTINCT work.key FROM work, json_each(work.records) AS one"
        " WHERE substr(one.value, 1, :end) = :name || ':'",
        {"name": wanted.source, "end": len(wanted.source) + 1},
    )
    keys = {row["key"] for row in rows}
    return [change for change in news if change.key in keys]


def idle(connection: sqlite3.Connection, wanted: Wanted) -> dict[str, Any]:
    """The decisions that do nothing any more, where not only a part was asked for."""
    return shapes.lapsed_json(() if wanted.narrowed else lapsed(connection))


def _story(connection: sqlite3.Connection, wanted: Wanted) -> dict[str, Any]:
    return story(connection, wanted.work) if wanted.work else {}


def story(connection: sqlite3.Connection, work: Listed) -> dict[str, Any]:
    """What people decided about a work and what became of it, run by run."""
    decided = logbook.decisions(connection, work.records)
    return shapes.story_json(decided, logbook.history(connection, (work.key, *work.aliases)))
