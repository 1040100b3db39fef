"""The matcher on small hand-made pairs (fixtures/pairs.toml) and its invariants."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester import policy
from harvester.blocking import candidates
from harvester.cluster import group
from harvester.editions import editions
from harvester.match import judge, shipped, weigh_version
from harvester.traits import traits
from sources.names import parse_author
from sources.record import Appearance, PartialDate, Record, Stage

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
PAIRS = tomllib.loads((FIXTURES / "pairs.toml").read_text(encoding="utf-8"))["pair"]


def record(source: str, row: dict[str, Any]) -> Record:
    """A record from a row of pairs.toml."""
    separator = ";" if ";" in row["authors"] else ","
    names = [parse_author(name) for name in row["authors"].split(separator)]
    stage = Stage(row["stage"]) if "stage" in row else None
    date = PartialDate(row["year"]) if "year" in row else None
    said = {name: row.get(name, "") for name in ("doi", "volume", "number", "pages")}
    seen = [Appearance(stage, row["venue"], date, **said)]
    if "arxiv" in row:
        seen.append(Appearance(Stage.PREPRINT, "arXiv", arxiv=row["arxiv"]))
    return Record(
        source,
        "1",
        "bibtex",
        row["title"],
        tuple(name for name in names if name),
        not row.get("open", False),
        tuple(seen),
    )


@pytest.mark.parametrize("row", PAIRS, ids=lambda row: row["case"])
def test_pair(row: dict[str, Any]) -> None:
    a, b = record("a", row["a"]), record("b", row["b"])
    found = judge(a, b)
    levels = {f"{piece.signal}: {piece.level}" for piece in found.evidence}
    assert found.verdict == row["verdict"], found
    assert set(row["evidence"]) <= levels
    assert found == judge(b, a)
    assert found.bits == sum(piece.bits for piece in found.evidence)


@pytest.mark.parametrize(
    "row", [row for row in PAIRS if row["verdict"] != "different"], ids=lambda row: row["case"]
)
def test_pairs_that_may_be_one_meet(row: dict[str, Any]) -> None:
    assert candidates([traits(record("a", row["a"])), traits(record("b", row["b"]))])


def test_every_weight_and_ceiling_has_a_case() -> None:
    seen = set()
    for row in PAIRS:
        for piece in judge(record("a", row["a"]), record("b", row["b"])).evidence:
            seen.add((piece.signal, piece.level))
    # What a source is like takes more than two records (test_dedupe_adapts.py).
    pinned = {weight for weight in policy.WEIGHTS if weight[0] != "source"}
    assert pinned - seen == set()
    assert set(policy.CEILINGS) - seen == set()


@pytest.mark.parametrize("signal", sorted(w for w in policy.WEIGHTS if w[0] != "source"))
def test_a_flipped_sign_is_noticed(
    signal: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The weights are pinned: turning any of them round changes a verdict in the table."""
    if not policy.WEIGHTS[signal]:
        pytest.skip("weighs nothing")
    monkeypatch.setitem(policy.WEIGHTS, signal, -policy.WEIGHTS[signal])
    verdicts = [judge(record("a", r["a"]), record("b", r["b"])).verdict for r in PAIRS]
    assert verdicts != [row["verdict"] for row in PAIRS]


VERSIONS = [row for row in PAIRS if "version" in row]


def of_one_version(row: dict[str, Any]) -> str:
    groups = editions([record("a", row["a"]), record("b", row["b"])])
    return "match" if len(groups) == 1 else "different"


@pytest.mark.parametrize("row", VERSIONS, ids=lambda row: row["case"])
def test_pair_of_one_version(row: dict[str, Any]) -> None:
    assert of_one_version(row) == row["version"]


TIPPED = tomllib.loads((FIXTURES / "version_pairs.toml").read_text(encoding="utf-8"))["pair"]


@pytest.mark.parametrize("row", TIPPED, ids=lambda row: row["level"])
def test_what_tips_a_version(row: dict[str, Any]) -> None:
    a, b = traits(record("a", row["a"])), traits(record("b", row["b"]))
    found = weigh_version(a, b, shipped())
    assert row["level"] in {f"{piece.signal}: {piece.level}" for piece in found.evidence}
    assert found == weigh_version(b, a, shipped())
    assert found.bits == sum(piece.bits for piece in found.evidence)
    assert of_one_version(row) == row["version"]


@pytest.mark.parametrize("weight", sorted(policy.VERSION_WEIGHTS))
def test_a_flipped_sign_between_versions_is_noticed(
    weight: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(policy.VERSION_WEIGHTS, weight, -policy.VERSION_WEIGHTS[weight])
    assert [of_one_version(row) for row in TIPPED] != [row["version"] for row in TIPPED]


titles = st.text(alphabet="abc ivx0123:…-é", max_size=30)
people = st.lists(st.sampled_from(["Ada Byron", "A. Byron", "Steeg, Greg Ver", "GV. Steeg"]))


@st.composite
def records(draw: st.DrawFn, source: str) -> Record:
    """Any record, of few words and names so that they meet."""
    year = draw(st.none() | st.integers(1990, 2026))
    venue = draw(st.sampled_from(["", "CVPR", "JMLR", "arXiv", "Workshop on X", "Y"]))
    seen = Appearance(
        draw(st.none() | st.sampled_from(list(Stage))),
        venue,
        PartialDate(year) if year else None,
        arxiv=draw(st.sampled_from(["", "2011.01234", "2103.04321"])),
    )
    authors = [parse_author(name) for name in draw(people)]
    complete = draw(st.booleans())
    title = draw(titles)
    return Record(source, "1", "bibtex", title, tuple(a for a in authors if a), complete, (seen,))


@given(records("a"), records("b"))
@settings(max_examples=300, deadline=None)
def test_judging_is_symmetric_and_sums_up(a: Record, b: Record) -> None:
    found = judge(a, b)
    assert found == judge(b, a)
    assert found.bits == sum(piece.bits for piece in found.evidence)
    assert found.verdict in ("match", "review", "different")


def test_a_title_with_more_behind_it_joins_a_group_with_more_in_front_of_it() -> None:
    """Records that are badly written are unlike each other, and like the one that is not."""
    title = "Storing semistructured clinical records"
    said = [
        (title, "Emil Stern, Ina Roth, Kurt Friedman"),
        (f"I. Roth, and K. Friedman. {title}", "E. Stern"),
        (f"Ina Roth and Kurt Friedman, {title}", "E. Stern"),
        (f"{title}. Notes of the database group of the university", "E. Stern, I. Roth"),
    ]
    written = [
        record(f"s{at}", {"title": one, "authors": names, "venue": "", "open": True})
        for at, (one, names) in enumerate(said)
    ]
    assert judge(written[1], written[3]).verdict == "different"
    assert len(group(written).groups) == 1
    assert len(group(written[1:]).groups) == 3
