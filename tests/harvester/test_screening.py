"""Namesakes: only what a search for the name brought is screened, and a ruling is for ever."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from making import preprint, record

from harvester.canon import Decision, State
from harvester.cli import main
from harvester.reconcile import reconcile
from harvester.screening import screen
from sources.record import Record

OWN = "Ada Byron, Kurt Friedman, Ina Roth"
TITLES = ("Weighted judgements", "Editions of venues", "Records over time", "Partial dates")


def own(number: int) -> Record:
    return record(f"bibtex:{number}", TITLES[number], authors=OWN)


def found(number: str, title: str, authors: str, *categories: str) -> Record:
    made = record(f"arxiv:{number}", title, preprint(number, "2020-01-02"), authors=authors)
    return replace(made, by_name=("Ada Byron",), categories=categories)


KNOWN = [[own(n)] for n in range(4)]
STRANGER = found("2001.00001", "Dust in galaxies", "A. Byron, Per Lund", "astro-ph.GA")
COLLEAGUE = found("2001.00002", "Sparse priors", "Ada Byron, Ina Roth", "cs.LG")


def test_a_paper_with_a_known_co_author_is_listed() -> None:
    assert screen([*KNOWN, [COLLEAGUE]], []).aside == {}


def test_a_paper_of_strangers_in_another_field_is_set_aside_with_the_reason() -> None:
    screened = screen([*KNOWN, [COLLEAGUE], [STRANGER]], [])
    assert screened.aside == {
        5: "Found by name alone: no co-author is known from the other works, and its field "
        "(astro-ph.GA) is none of theirs."
    }
    [conflict] = screened.conflicts
    assert (conflict.kind, conflict.state, conflict.proposed) == ("person", State.OPEN, "not-mine")


def test_an_export_or_a_file_is_never_screened() -> None:
    assert screen([*KNOWN, [replace(STRANGER, by_name=())]], []).aside == {}


def test_a_work_that_an_own_source_has_too_is_never_screened() -> None:
    claimed = record("page:entry/d", "Dust in galaxies", authors="Ada Byron")
    assert screen([*KNOWN, [STRANGER, claimed]], []).aside == {}


def test_evidence_travels_through_co_authors() -> None:
    """Friedman is known; Lund is through their joint paper; so Lund's other paper is theirs."""
    joint = found("2001.00003", "Sparse priors", "Ada Byron, Kurt Friedman, Per Lund", "cs.LG")
    for groups in ([*KNOWN, [STRANGER], [joint]], [*KNOWN, [joint], [STRANGER]]):
        assert screen(groups, []).aside == {}


def test_a_name_alone_says_nothing() -> None:
    """One paper and nothing to hold it against: nothing speaks against the person."""
    assert screen([[STRANGER]], []).aside == {}
    lonely = found("2001.00004", "An essay", "Ada Byron")
    assert screen([*KNOWN, [lonely]], []).aside == {}


def test_rulings_win() -> None:
    not_mine = Decision("not-mine", (COLLEAGUE.key,), id=1)
    mine = Decision("mine", (STRANGER.key,), id=2)
    screened = screen([*KNOWN, [COLLEAGUE], [STRANGER]], [not_mine, mine])
    assert set(screened.aside) == {4}
    assert [conflict.state for conflict in screened.conflicts] == [State.DECIDED]


def test_what_is_set_aside_is_in_one_work_and_not_in_the_way() -> None:
    canon = reconcile([*(r for group in KNOWN for r in group), STRANGER])
    [aside] = [work for work in canon.works if work.aside]
    assert aside.records == (STRANGER.key,)
    assert len(canon.works) == 5


ENTRY = """<entry><id>http://arxiv.org/abs/{number}v1</id><title>{title}</title>
<published>2020-01-02T00:00:00Z</published>
<arxiv:primary_category term="{category}"/>
{authors}</entry>"""
FEED = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
<id>x</id><title>arXiv Query: search_query=au:"Ada Byron"&amp;id_list=</title>
{entries}
</feed>"""


def atom(entry: Record) -> str:
    names = [f"{a.given} {a.family}" for a in entry.authors]
    authors = "".join(f"<author><name>{name}</name></author>" for name in names)
    return ENTRY.format(
        number=entry.id, title=entry.title, category=entry.categories[0], authors=authors
    )


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def test_a_namesake_is_asked_about_and_the_answer_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A whole run from kept pages of a search by name."""
    monkeypatch.chdir(tmp_path)
    bib = "".join(
        f"@article{{k{n}, title={{{TITLES[n]}}}, author={{Byron, Ada and Friedman, Kurt and "
        f"Roth, Ina}}, journal={{Nowhere}}, year={{2020}}}}\n"
        for n in range(4)
    )
    (tmp_path / "own.bib").write_text(bib)
    (tmp_path / "harvest.toml").write_text(
        '[[person]]\nname = "Ada Byron"\n[[source]]\nadapter = "arxiv"\nnames = true\n'
        '[[source]]\nadapter = "bibtex"\npath = "own.bib"\n'
    )
    assert run("sync", "--source", "bibtex", "--keep", "kept").exit_code == 0
    kept = tmp_path / "kept" / "arxiv"
    kept.mkdir()
    (kept / "0001").write_text(FEED.format(entries=atom(COLLEAGUE) + atom(STRANGER)))
    where = "https://export.arxiv.org/api/query?search_query=au%3A%22Ada+Byron%22"
    (kept / "index.json").write_text(
        json.dumps([{"file": "0001", "where": where, "fetched_at": ""}])
    )
    done = run("sync", "--replay", "kept")
    assert done.exit_code == 0, done.output
    titles = [work["title"] for work in json.loads(run("list", "--json").stdout)["works"]]
    assert "Sparse priors" in titles
    assert "Dust in galaxies" not in titles
    assert "Dust" not in (tmp_path / "canon.bib").read_text()
    [question] = json.loads(run("diff", "--json").stdout)["open"]
    assert question["kind"] == "person"
    assert "harvest decide not-mine" in run("diff").stdout
    assert run("decide", "not-mine", question["id"]).exit_code == 0
    assert run("diff").exit_code == 0
    assert run("sync", "--replay", "kept").stdout == ""
    assert run("undo").exit_code == 0
    assert run("decide", "mine", question["id"]).exit_code == 0
    assert "Dust in galaxies" in run("list").stdout
    assert run("diff").exit_code == 0
