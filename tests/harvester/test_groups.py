"""How records become groups: what holds two apart, and which pairs are told."""

import pytest
from making import record, seen

from harvester import policy
from harvester.cluster import group
from harvester.dedupe import Pool, dedupe
from harvester.editions import editions
from harvester.linkage import average_linkage
from harvester.match import judge
from harvester.serials import serials
from harvester.shrinkage import Pattern, estimate
from harvester.traits import read
from sources.record import Appearance, Record

PAPER = "Storing clinical records in relational systems"


def halves() -> tuple[Record, ...]:
    titles = {"a": PAPER, "b": f"{PAPER}: the first half", "c": f"{PAPER}: the second half"}
    return tuple(record(f"t:{key}", title, authors="Emil Stern") for key, title in titles.items())


def pool(*records: Record) -> Pool:
    return Pool(records, {one.key: one.id for one in records})


def test_what_two_titles_say_parts_them_though_a_third_is_like_both() -> None:
    whole, first, second = halves()
    assert [judge(whole, one).verdict for one in (first, second)] == ["match", "match"]
    apart = judge(first, second)
    assert (apart.verdict, apart.cap) == ("different", "")
    found = group(halves())
    assert found.groups == (("t:a", "t:b"), ("t:c",))
    assert found.doubts == ()


def people(key: str, names: str, year: str = "") -> Record:
    return record(f"t:{key}", PAPER, seen(date=year), authors=names)


def test_only_matches_are_told_of_a_cluster() -> None:
    ada, both, kurt = people("a", "Ada Byron"), people("b", "Ada Byron, Kurt Friedman"), people(
        "c", "Kurt Friedman"
    )  # fmt: skip
    assert judge(ada, kurt).verdict == "review"
    found = dedupe(pool(ada, both, kurt))
    assert found.clusters == (("t:a", "t:b", "t:c"),)
    assert {(pair.a, pair.b) for pair in found.pairs} == {("t:a", "t:b"), ("t:b", "t:c")}


def test_what_matches_stays_apart_where_the_groups_are_unlike_and_is_asked() -> None:
    def one(key: str, names: str, place: Appearance) -> Record:
        return record(f"t:{key}", "On estimation", place, authors=names)

    names = "Ina Roth, Nils Berg, Per Lund, Eva Wald, Ute Kern"
    doi, forum = "10.1145/276304.276337", "kEnBH98BGs5"
    early = [one(key, "Ada Byron", seen(date="1990", doi=doi)) for key in "abcdef"]
    late = [one(key, names, seen(date="2020", openreview=forum)) for key in "uvwxyz"]
    odd = one("g", f"Ada Byron, {names}", seen(doi=doi))
    link = one("t", f"Ada Byron, {names}", seen(openreview=forum))
    assert judge(odd, link).verdict == "match"
    found = dedupe(pool(*early, odd, *late, link))
    assert [len(keys) for keys in found.clusters] == [7, 7]
    assert [(p.a, p.b) for p in found.pairs if p.verdict == "review"] == [("t:g", "t:t")]


def test_averages_are_those_of_the_groups_as_they_are() -> None:
    bits = {"ab": 10.0, "ac": 9.0, "bc": -30.0}
    assert average_linkage("abc", lambda x, y: bits[x + y], 2) == [["a", "b"], ["c"]]


def test_what_is_held_apart_stays_so_in_groups() -> None:
    bits = {"ab": 10.0, "ac": 9.0, "bc": None}
    assert average_linkage("abc", lambda x, y: bits[x + y], 2) == [["a", "b"], ["c"]]


def test_a_paper_that_is_cited_often_is_no_column() -> None:
    years = ["2001"] * 8 + ["2002", "2003"]
    rows = [
        ("s", read(record(f"t:{n}", PAPER, seen("VLDB", year)))) for n, year in enumerate(years)
    ]
    assert serials(rows) == frozenset()
    assert serials([*rows[6:], *rows[8:]]) == {read(record("t:1", PAPER)).title.flat}


def test_a_preprint_s_doi_parts_no_version() -> None:
    one = record("t:a", PAPER, seen("ICML", "2018", doi="10.48550/arxiv.1710.03839"))
    other = record("t:b", PAPER, seen("ICML", "2018", doi="10.1145/276304.276337"))
    assert len(editions([one, other])) == 1


def test_the_rounds_of_estimation_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    apart = (("title", "apart"), ("authors", "disjoint"))
    seen_of: dict[Pattern, int] = {
        (("title", "equal"), ("authors", "same")): 50,
        (("title", "near"), ("authors", "few in common")): 50,
        (("title", "word added"), ("authors", "same")): 200,
        apart: 900,
    }
    many = estimate(policy.WEIGHTS, seen_of)
    monkeypatch.setattr(policy, "ROUNDS", 1)
    once = estimate(policy.WEIGHTS, seen_of)
    assert max(abs(many[weight] - once[weight]) for weight in many) > 0.5


def test_a_clean_source_has_no_copies() -> None:
    records = tuple(people(str(n), "Emil Stern") for n in range(policy.BLOCK + 1))
    assert len(dedupe(pool(*records)).clusters) == 1
    assert len(dedupe(pool(*records), clean=frozenset({"t"})).clusters) == len(records)
