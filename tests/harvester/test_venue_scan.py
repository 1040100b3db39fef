"""Every venue string of samples, seeds and benchmarks: resolved as a person read them, or kept.

What each resolves to was read in full, string by string, on 2026-11-21, wrong ones were mended
and became cases of fixtures/venues.toml; fixtures/venues_read.tsv holds that state.
"""

import csv
import html
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from harvester import venue_strings, venues
from harvester.titles import fold
from harvester.venue_beside import BESIDE
from harvester.venue_words import spelled

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
READ = ROOT / "fixtures" / "venues_read.tsv"
_NAMES = "venue|journal|booktitle|container-title|raw_source_name|publication|journaltitle|series"
_XML = re.compile(r"<(?:arxiv:)?(?:journal|booktitle|journal_ref|journal-ref|venue)[^>]*>([^<]+)<")
_BIB = re.compile(rf"(?im)^\s*(?:{_NAMES})\s*=\s*[{{\"](.*?)[}}\"]\s*,?\s*$")
_TAGGED = re.compile(r"(?m)^(?:(?:J[OFA2]|T2|BT)  - |%[JB] )(.*?)\s*$")
_YAML = re.compile(rf"(?im)^\s*(?:{_NAMES})\s*:\s*[\"']?(.*?)[\"']?\s*$")

needs_shared = pytest.mark.skipif(
    not (SHARED / "bench").is_dir(), reason="the samples are not beside this checkout"
)


def in_json(value: Any, key: str = "", outer: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from in_json(inner, name, key)
    elif isinstance(value, list):
        for inner in value:
            yield from in_json(inner, key, outer)
    elif isinstance(value, str) and (
        re.fullmatch(_NAMES, key)
        or (key == "value" and re.fullmatch(_NAMES, outer))
        or (key == "display_name" and outer == "source")
    ):
        yield value


def in_file(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    if path.suffix == ".csv":
        for row in csv.DictReader(text.splitlines()):
            yield from (v for k, v in row.items() if k and re.match(f"(?i){_NAMES}", k) and v)
    elif path.suffix == ".jsonl":
        for line in text.splitlines():
            yield from in_json(json.loads(line))
    elif path.suffix == ".json":
        try:
            yield from in_json(json.loads(text))
        except json.JSONDecodeError:  # two samples are kept as they came: cut, or not JSON
            return
    elif path.suffix == ".xml":
        yield from map(html.unescape, _XML.findall(text))
    elif path.suffix in (".ris", ".enw"):
        yield from _TAGGED.findall(text)
    elif path.suffix in (".bib", ".md"):
        yield from (_BIB if path.suffix == ".bib" else _YAML).findall(text)


@pytest.fixture(scope="module")
def counted() -> dict[str, Counter[str]]:
    """How often each venue string stands in each set, its blanks collapsed."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for folder in (SHARED / "samples", SHARED / "bench", SHARED / "seeds"):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            texts = (" ".join(text.split()) for text in in_file(path))
            found[path.relative_to(folder).parts[0]].update(text for text in texts if text)
    return found


@pytest.fixture(scope="module")
def strings(counted: dict[str, Counter[str]]) -> list[str]:
    """Every distinct venue string."""
    found = set().union(*counted.values())
    assert len(found) > 4500
    return sorted(found)


@needs_shared
def test_what_was_read_by_a_person_is_read_so_still(
    strings: list[str], pytestconfig: pytest.Config
) -> None:
    by_key: dict[str, list[str]] = defaultdict(list)
    for text in strings:
        found = venue_strings.read(text)
        if found.known:
            by_key[found.key].append(f"{text}|{found.stage}|{found.year}|{found.track}")
    lines = ["# venue, strings that name it in the samples, digest of what is read from them"]
    for key, read in sorted(by_key.items()):
        digest = sha256("\n".join(sorted(read)).encode()).hexdigest()[:12]
        lines.append(f"{key}\t{len(read)}\t{digest}")
    if pytestconfig.getoption("--regenerate"):
        READ.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert READ.read_text(encoding="utf-8").splitlines() == lines


@needs_shared
def test_a_string_resolves_to_a_venue_that_it_names(strings: list[str]) -> None:
    """Seen with other eyes: each telling word or abbreviation stands there, or it is cut short."""
    wrong = []
    for text in strings:
        found = venue_strings.read(text)
        if not found.known:
            continue
        venue = venues.table()[found.key]
        there = {*spelled(text), *re.findall(r"[a-z]+", fold(text)), fold(text).replace(" ", "")}
        names = (venue.name, venue.full, *venue.phrases, *venue.short)
        telling = [set(spelled(name)) - BESIDE or set(spelled(name)) for name in names]
        glued = any(fold(short) in fold(text).replace(" ", "") for short in venue.short)
        cut = text.rstrip(" ,").endswith(("\u2026", "hellip ;")) or re.search(r"\u2026, \d+$", text)
        need = [max(1, len(words) // 2 + (not cut)) for words in telling]
        if not glued and all(len(w & there) < n for w, n in zip(telling, need, strict=True)):
            wrong.append((found.key, text))
    assert wrong == []


@needs_shared
def test_what_is_not_in_the_table_keeps_its_words(strings: list[str]) -> None:
    for text in strings:
        found = venue_strings.read(text)
        if not found.known and found.name:
            whole = fold(text) + " workshop"
            assert all(word in whole for word in fold(found.name).split()), text
            assert found.key not in venues.table(), text


_SOCIETY = re.compile(r" ?: (?:the |an? )?(?i:official|journal|publication)\b")
_KINDS = frozenset(
    "letters magazine bulletin newsletter record review reviews annals supplement digest notices "
    "quarterly thesis dissertation patent handbook encyclopedia section discussions".split()
)
"""Words that part one serial from its namesake."""
_PLACES = frozenset(
    "european asian pacific canadian australian australasian iberian benelux chinese indian "
    "nordic scandinavian mediterranean americas american british german spanish".split()
)
"""Words that part a conference from the international one."""


@needs_shared
def test_a_namesake_is_not_taken_for_a_venue(strings: list[str]) -> None:
    """Letters for a journal, a regional conference for the world's, a record for a meeting."""
    wrong = []
    for text in strings:
        found = venue_strings.read(text)
        if not found.known or found.stage == "workshop":
            continue
        venue = venues.table()[found.key]
        own = {w for name in (venue.full, *venue.phrases) for w in spelled(name)}
        if ({*spelled(_SOCIETY.split(text)[0])} & (_KINDS | _PLACES)) - own:
            wrong.append((found.key, text))
    assert [pair for pair in wrong if pair not in _BESIDE_ANOTHER] == []
    assert [pair for pair in _BESIDE_ANOTHER if pair not in wrong] == []


_BESIDE_ANOTHER = [
    ("sigmod", "acm sigmod record vol . 26 , no. 2 ( june 1997 ) , sigmod\u00e2 ?? 97 ."),
    ("sigmod", "proc . acm sigmod , chicago , ill. , sigmod record ,"),
]
"""Read by a person: an issue of the record held the proceedings."""


@needs_shared
@pytest.mark.parametrize(
    ("pattern", "stage"),
    [
        (r"(?i)\bworkshops?\b", "workshop"),
        (r"(?i)\b(?:companion|adjunct|extended abstracts|tutorial|demonstrations)\b", "workshop"),
        (r"(?i)\btransactions on\b|\bmagazine\b", "journal"),
        (r"(?i)\bproc\b|\bproceedings of the \d+(?:st|nd|rd|th)\b", "conference workshop"),
    ],
)
def test_the_words_say_the_stage(strings: list[str], pattern: str, stage: str) -> None:
    """Unless the venue's own name has the word: 'IEEE Information Theory Workshop'."""
    said = re.compile(pattern)
    wrong = []
    for text in strings:
        found = venue_strings.read(text)
        if found.known and said.search(text) and found.stage not in stage.split():
            venue = venues.table()[found.key]
            if not any(said.search(name) for name in (venue.full, *venue.phrases)):
                wrong.append((found.stage, found.key, text))
    assert wrong == []


SHARES = {
    "dblp-acm": 100,
    "near-pairs": 100,
    "bd-special_cases": 75,
    "bd-digital_work": 93,
    "dblp-scholar-pairs": 92,
    "cora1295": 90,
    "bd-cytology_screening": 79,
    "bd-respiratory": 51,
    "scholar_bib": 74,
    "scholar_csv": 72,
    "personal": 65,
    "dblp": 71,
}
"""Of the places that a set names, how many in a hundred have a venue of the table. The rest are
reports, theses, books, series and places that a few papers name."""


@needs_shared
@pytest.mark.parametrize("name", SHARES)
def test_no_less_is_resolved_than_was(counted: dict[str, Counter[str]], name: str) -> None:
    known = sum(n for text, n in counted[name].items() if venue_strings.read(text).known)
    assert 100 * known >= SHARES[name] * counted[name].total()


_MONTHS = "january february march april may june july august september october november december"
_DAYS = re.compile(rf"(?i)\b({_MONTHS.replace(' ', '|')}) (\d+) ?-+ ?(\d+), (\d{{4}})")


@needs_shared
def test_days_in_the_titles_of_proceedings_are_those_of_the_table(strings: list[str]) -> None:
    """Days of workshops and tutorials before and after the main ones count in some titles."""
    seen = set()
    for text in strings:
        found, days = venue_strings.read(text), _DAYS.search(text)
        if found.known and found.stage == "conference" and days:
            month = 1 + _MONTHS.split().index(days[1].lower())
            first, last = (date(int(days[4]), month, int(day)) for day in (days[2], days[3]))
            edition = venues.table()[found.key].editions.get(found.year)
            assert edition, text
            assert abs((edition.first_day - first).days) <= 2, text
            assert abs((edition.last_day - last).days) <= 2, text
            seen.add((found.key, found.year))
    assert len(seen) > 30
