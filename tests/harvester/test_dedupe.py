"""`harvest dedupe` as a user runs it, and what it must never do."""

import csv
import io
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from making import preprint, record, seen

from harvester import policy
from harvester.cli import main
from harvester.dedupe import dedupe, read_files
from harvester.dedupe_report import clusters_csv, evidence
from harvester.editions import editions
from sources.record import Record

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "dedupe"
BENCH = Path(__file__).resolve().parents[2].parent / "shared" / "bench"
SETS = sorted(path.name for path in BENCH.glob("*") if (path / "records.csv").exists())
BIG = 1000
"""Rows of one table that are enough to see that no id is lost."""


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["dedupe", *map(str, words)])


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def clusters(tmp_path: Path, *words: object) -> list[tuple[str, str]]:
    done = run(*words, "--clusters", tmp_path / "c.csv")
    assert done.exit_code == 0, done.output
    return [(row["id"], row["cluster"]) for row in table(tmp_path / "c.csv")]


def test_one_work_in_three_spellings(tmp_path: Path) -> None:
    found = clusters(tmp_path, FIXTURES / "authors_in_three_ways.csv")
    assert found == [("a/1", "1"), ("a/2", "1"), ("a/3", "1"), (" a/4 ", "2")]


def test_the_bib_goes_to_stdout_or_to_a_file(tmp_path: Path) -> None:
    shown = run(FIXTURES / "preprint_and_paper.csv")
    assert shown.exit_code == 0
    assert shown.stdout.count("\n@") == 1
    assert "@inproceedings{abuelhaija2019mixhop," in shown.stdout
    assert "eprint = {1905.00067}" in shown.stdout
    assert shown.stderr == "4 records, 1 work, 0 questions\n"
    kept = run(FIXTURES / "preprint_and_paper.csv", "-o", tmp_path / "o.bib")
    assert (kept.stdout, kept.stderr) == ("", shown.stderr)
    assert (tmp_path / "o.bib").read_text(encoding="utf-8") == shown.stdout


def test_a_preprint_and_its_paper_are_two_versions(tmp_path: Path) -> None:
    path = FIXTURES / "preprint_and_paper.csv"
    assert {number for _, number in clusters(tmp_path, path)} == {"1"}
    found = clusters(tmp_path, path, "--by", "version")
    assert found == [("1", "1"), ("2", "2"), ("3", "2"), ("4", "1")]


def test_matches_are_within_what_is_one() -> None:
    pool = read_files([FIXTURES / "preprint_and_paper.csv"])
    works, parts = dedupe(pool), dedupe(pool, by_version=True)
    assert len(works.pairs) > len(parts.pairs) == 2
    home = {key: number for number, keys in enumerate(parts.clusters) for key in keys}
    assert all(home[pair.a] == home[pair.b] for pair in parts.pairs)


def test_a_clean_source_keeps_its_records_apart(tmp_path: Path) -> None:
    path = FIXTURES / "twin_rows.csv"
    assert {number for _, number in clusters(tmp_path, path)} == {"1"}
    found = clusters(tmp_path, path, "--clean-source", "listed")
    assert found[0][1] != found[1][1]
    assert found[2][1] in (found[0][1], found[1][1])
    done = run(path, "--clean-source", "lisetd")
    assert done.exit_code == 2
    assert done.stderr == "--clean-source: no source 'lisetd'; there are 'found', 'listed'\n"


def test_a_chain_does_not_join_what_a_clean_source_parts() -> None:
    pool = read_files([FIXTURES / "twin_rows.csv"])
    found = dedupe(pool, clean=frozenset({"listed"}))
    for keys in found.clusters:
        assert sum(key.startswith("listed:") for key in keys) <= 1
    assert all({pair.a, pair.b} != {"listed:1", "listed:2"} for pair in found.pairs)


def test_ids_repeat_over_files(tmp_path: Path) -> None:
    path = FIXTURES / "authors_in_three_ways.csv"
    (tmp_path / "again").mkdir()
    copy = tmp_path / "again" / path.name
    copy.write_bytes(path.read_bytes())
    found = clusters(tmp_path, path, copy)
    assert found[:4] == found[4:]
    bib = FIXTURES / "keys_that_repeat.bib"
    found = clusters(tmp_path, path, bib)
    assert [number for id, number in found if id.startswith("galstyan2022failure")][:2] == ["1"] * 2


def test_pairs_say_why(tmp_path: Path) -> None:
    path = FIXTURES / "authors_in_three_ways.csv"
    assert run(path, "--pairs", tmp_path / "p.csv").exit_code == 0
    found = table(tmp_path / "p.csv")
    assert [(row["id_a"], row["id_b"]) for row in found if row["id_a"] == "a/1"] == [
        ("a/1", "a/3"),
        ("a/1", "a/2"),
    ]
    for row in found:
        assert row["verdict"] == "match"
        said = [float(piece.rsplit(" ", 1)[1]) for piece in row["evidence"].split("; ")]
        assert sum(said) == pytest.approx(float(row["weight"]))
        assert row["evidence"].startswith("title ")


def test_pairs_ask_what_no_cluster_answers(tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text(
        "id,title,authors,venue,year\n"
        "x,Disentangled representations via synergy minimization,Greg Ver Steeg,Allerton,2017\n"
        "y,Disentangled representations via synergy minimization,Rob Brekelmans,Allerton,2017\n",
        encoding="utf-8",
    )
    done = run(tmp_path / "q.csv", "--pairs", tmp_path / "p.csv")
    assert "2 works, 1 question: pairs that may be one work" in done.stderr
    [row] = table(tmp_path / "p.csv")
    assert (row["id_a"], row["id_b"], row["verdict"]) == ("x", "y", "review")
    assert "authors disjoint" in row["evidence"]


def test_faults_are_named_and_cost_nothing_else(tmp_path: Path) -> None:
    done = run(FIXTURES / "faulty_rows.csv", "-o", tmp_path / "o.bib")
    assert done.exit_code == 0
    where = FIXTURES / "faulty_rows.csv"
    assert done.stderr.splitlines() == [
        f"{where}:3: quotes in this row do not match; skipped",
        f"{where}:4: row has 6 cells for 4 columns; skipped",
        "3 records, 3 works, 0 questions",
    ]


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    good, gone = FIXTURES / "twin_rows.csv", tmp_path / "gone.csv"
    done = run(good, gone, tmp_path)
    assert done.exit_code == 1
    assert done.stderr.splitlines()[:2] == [
        f"{gone}: cannot be read: no such file or directory",
        f"{tmp_path}: is a folder; name the files in it",
    ]
    assert "@inproceedings" in done.stdout
    done = run(gone)
    assert (done.exit_code, done.stdout) == (3, "")
    assert run().exit_code == 2


def test_no_file_is_written_over_itself_or_twice(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_bytes((FIXTURES / "twin_rows.csv").read_bytes())
    for same in (own, tmp_path / "x" / ".." / "own.csv"):
        done = run(own, "-o", same)
        assert done.exit_code == 2
        assert "name another for the output" in done.stderr
    done = run(own, "--clusters", tmp_path / "o", "--pairs", tmp_path / "o")
    assert (done.exit_code, (tmp_path / "o").exists()) == (2, False)
    assert own.read_bytes() == (FIXTURES / "twin_rows.csv").read_bytes()


def test_keys_are_given_again_when_what_was_written_is_read(tmp_path: Path) -> None:
    """Twelve columns of one name and year, whose keys are words first and then numbers."""
    columns = [f"Book reviews,Karl Aberer,SIGMOD Record,2001,{n},{n}1-{n}9" for n in range(1, 13)]
    path, first, second = (tmp_path / name for name in ("c.csv", "first.bib", "second.bib"))
    path.write_text(
        "title,authors,venue,year,volume,pages\n" + "\n".join(columns), encoding="utf-8"
    )
    assert run(path, "-o", first).stderr.startswith("12 records, 12 works")
    assert run(first, "-o", second).exit_code == 0
    assert "aberer2001bookreviews," in first.read_text(encoding="utf-8")
    assert "aberer2001book10," in first.read_text(encoding="utf-8")
    assert second.read_bytes() == first.read_bytes()


def test_what_stands_hundreds_of_times_is_one_work(tmp_path: Path) -> None:
    """More often than records are compared pairwise, and beside it as another file has it."""
    row = "Disentangled representations via synergy minimization,Greg Ver Steeg,Allerton,2017\n"
    path = tmp_path / "weeks.csv"
    body = "".join(f"week{n},{row}" for n in range(policy.BLOCK + 2))
    other = row.replace("Greg", "G.").replace("2017", "2018")
    path.write_text(f"source,title,authors,venue,year\n{body}else,{other}", encoding="utf-8")
    done = run(path, "--clusters", tmp_path / "c.csv")
    assert done.stderr.startswith(f"{policy.BLOCK + 3} records, 1 work, 0 questions")
    assert done.stdout.count("\n@") == 1
    found = [(row["id"], row["cluster"]) for row in table(tmp_path / "c.csv")]
    assert found == [(str(n), "1") for n in range(1, policy.BLOCK + 4)]
    done = run(path, "--clusters", tmp_path / "c.csv", "-o", "/dev/null", "--clean-source", "week0")
    assert done.stderr.startswith(f"{policy.BLOCK + 3} records, 1 work, 0 questions")


def test_columns_that_stand_hundreds_of_times_stay_apart(tmp_path: Path) -> None:
    path = tmp_path / "columns.csv"
    body = "Editorial,Greg Ver Steeg,Allerton,2017\n" * (policy.BLOCK + 1)
    path.write_text("title,authors,venue,year\n" + body, encoding="utf-8")
    done = run(path, "-o", "/dev/null")
    assert done.stderr.startswith(f"{policy.BLOCK + 1} records, {policy.BLOCK + 1} works")


def test_an_output_without_a_place_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    unread = tmp_path / "unread.csv"
    for option in ("-o", "--clusters", "--pairs"):
        done = run(unread, option, tmp_path / "no" / "o")
        assert (done.exit_code, done.stdout) == (2, "")
        told = f"{tmp_path / 'no' / 'o'}: cannot be written, there is no such folder; make it first"
        assert done.stderr == told + "\n"
        done = run(unread, option, tmp_path)
        assert (done.exit_code, done.stdout) == (2, "")
        assert done.stderr == f"{tmp_path}: is a folder; name a file in it for the output\n"


def test_a_year_without_a_venue_is_kept(tmp_path: Path) -> None:
    (tmp_path / "y.csv").write_text(
        "title,authors,year,volume,pages\n"
        "Disentangled representations via synergy minimization,Greg Ver Steeg,2017,3,180-187\n",
        encoding="utf-8",
    )
    done = run(tmp_path / "y.csv")
    assert "@misc{steeg2017disentangled," in done.stdout
    for field in ("year = {2017}", "volume = {3}", "pages = {180--187}"):
        assert field in done.stdout


@pytest.mark.parametrize("path", sorted(FIXTURES.iterdir()), ids=lambda path: path.name)
def test_what_was_deduplicated_has_no_duplicates(path: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.bib", tmp_path / "second.bib"
    assert run(path, "-o", first).exit_code == 0
    done = run(first, "-o", second, "--pairs", tmp_path / "p.csv")
    assert done.exit_code == 0
    assert second.read_bytes() == first.read_bytes()
    assert "match" not in {row["verdict"] for row in table(tmp_path / "p.csv")}


def test_a_device_is_written_to_and_not_replaced() -> None:
    done = run(FIXTURES / "twin_rows.csv", "-o", "/dev/null")
    assert done.exit_code == 0
    assert Path("/dev/null").is_char_device()


def test_tables_are_the_same_where_the_bib_goes_nowhere(tmp_path: Path) -> None:
    path = FIXTURES / "preprint_and_paper.csv"
    for name, output in (("a", tmp_path / "o.bib"), ("b", Path("/dev/null"))):
        tables = ("--clusters", tmp_path / f"{name}c.csv", "--pairs", tmp_path / f"{name}p.csv")
        done = run(path, "-o", output, *tables)
        assert (done.exit_code, done.stderr) == (0, "4 records, 1 work, 0 questions\n")
    for kind in "cp":
        made = (tmp_path / f"a{kind}.csv").read_bytes()
        assert made == (tmp_path / f"b{kind}.csv").read_bytes()


def test_stdin_is_a_file(tmp_path: Path) -> None:
    body = (FIXTURES / "faulty_rows.csv").read_bytes()
    words = ["dedupe", "-", "--clusters", str(tmp_path / "c.csv")]
    done = CliRunner().invoke(main, words, input=body)
    assert done.exit_code == 0
    assert done.stderr.startswith("stdin:3: quotes in this row do not match; skipped\n")
    assert [row["id"] for row in table(tmp_path / "c.csv")] == ["1", "4", "5"]


def test_one_thing_alone_goes_to_stdout() -> None:
    path = FIXTURES / "twin_rows.csv"
    assert run(path, "--clusters", "-").exit_code == 2
    assert run(path, "--clusters", "-", "--pairs", "-", "-o", "/dev/null").exit_code == 2
    done = run(path, "--clusters", "-", "-o", "/dev/null")
    assert (done.exit_code, done.stdout.splitlines()[0]) == (0, "id,cluster")


def test_ids_that_repeat_are_told(tmp_path: Path) -> None:
    path = FIXTURES / "ids_that_repeat.csv"
    done = run(path, "--clusters", tmp_path / "c.csv", "-o", tmp_path / "o.bib")
    assert "1 id stands more than once; --clusters keeps the order of the files" in done.stderr
    found = [(row["id"], row["cluster"]) for row in table(tmp_path / "c.csv")]
    assert found == [("1", "1"), ("2", "2"), ("1", "2")]


def test_the_order_of_rows_does_not_matter() -> None:
    pool = read_files([FIXTURES / "authors_in_three_ways.csv", FIXTURES / "preprint_and_paper.csv"])
    turned = type(pool)(tuple(reversed(pool.records)), pool.ids)
    for by_version in (False, True):
        one, other = (dedupe(p, by_version=by_version) for p in (pool, turned))
        assert {frozenset(keys) for keys in one.clusters} == set(map(frozenset, other.clusters))
        assert one.pairs == other.pairs


def test_evidence_of_a_pair_reads_well() -> None:
    found = dedupe(read_files([FIXTURES / "twin_rows.csv"]))
    assert "authors same (4 of 4 and 4) +5" in evidence(found.pairs[0])


PAPER = "Disentangled representations via synergy minimization"


def parted(*records: Record) -> list[list[str]]:
    return [[r.id for r in part] for part in editions(records)]


@pytest.mark.parametrize(
    ("records", "parts"),
    [
        (
            (
                record("t:a", PAPER, preprint("1710.03839", "2017-10")),
                record("t:b", PAPER, seen("ICML", "2018")),
            ),
            [["a"], ["b"]],
        ),
        (
            (
                record("t:a", PAPER, seen("ICML", "2018")),
                record("t:b", PAPER, seen("ICML", "2019")),
            ),
            [["a", "b"]],
        ),
        (
            (
                record("t:a", PAPER, seen("ICML", "2018")),
                record("t:b", PAPER, seen("ICML", "2020")),
            ),
            [["a"], ["b"]],
        ),
        (
            (
                record("t:a", PAPER, seen("ICML", "2018")),
                record("t:b", PAPER, seen("CVPR", "2018")),
            ),
            [["a"], ["b"]],
        ),
        (
            (record("t:a", PAPER, seen("Odd Venue", "2018")), record("t:b", PAPER)),
            [["a", "b"]],
        ),
        (
            (
                record("t:a", PAPER, seen("Odd Journal", "2018", doi="10.1/a")),
                record("t:b", PAPER, seen("Odd Journal", "2018", doi="10.1/b")),
                record("t:c", PAPER, seen("Odd Journal", "2018")),
            ),
            [["a", "c"], ["b"]],
        ),
        (
            (
                record("t:a", PAPER, preprint("1710.03839", "2017-10"), seen("ICML", "2018")),
                record("t:b", PAPER, seen("ICML", "2018")),
            ),
            [["a", "b"]],
        ),
    ],
)
def test_records_of_a_work_by_version(records: tuple[Record, ...], parts: list[list[str]]) -> None:
    assert parted(*records) == parts
    assert sorted(parted(*reversed(records))) == sorted(parts)


@pytest.mark.skipif(not SETS, reason="the labelled sets are not here")
@pytest.mark.parametrize("name", SETS)
def test_every_id_of_a_labelled_set_comes_out_once(name: str, tmp_path: Path) -> None:
    text = (BENCH / name / "records.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))[: BIG + 1]
    with (tmp_path / "records.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    pool = read_files([tmp_path / "records.csv"])
    assert not [item for item in pool.skipped if item.fault]
    found = clusters_csv(pool, dedupe(pool, by_version=True))
    ids = [row[0] for row in csv.reader(io.StringIO(found))][1:]
    assert Counter(ids) == Counter(row[0] for row in rows[1:])
