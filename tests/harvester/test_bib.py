"""The canonical .bib: what an entry says, and that no text of the world can break the file."""

import dataclasses
import random
import re
from collections.abc import Sequence
from typing import Any

import pytest
from bibtexparser.entrypoint import parse_string
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.bib import BibError, check_keys, check_text, safe_value, write_bib
from harvester.listed import Listed, ListedVersion

CVPR = ListedVersion("conference", "CVPR", "cvpr", year=2022, pages="19077-19086")
ARXIV = ListedVersion(
    "preprint", "arXiv", "arxiv", year=2021, date="2021-11-26", arxiv="2111.13733"
)


def listed(*versions: ListedVersion, headline: int = 0, **changes: Any) -> Listed:
    plain = Listed(
        "doe2022paper", "A plain paper", ("Doe, Jane", "Roe, Richard"), True, versions, headline
    )
    return dataclasses.replace(plain, **changes)


def unknown(venue_key: str, track: str) -> str:
    return ""


def entry(work: Listed) -> tuple[str, dict[str, str]]:
    """Type and fields of the one entry that is written for a work."""
    library = parse_string(write_bib([work], unknown))
    [found] = library.entries
    return found.entry_type, {field.key: str(field.value) for field in found.fields}


def test_the_whole_text_of_one_entry() -> None:
    work = listed(ARXIV, CVPR, headline=1, aliases=("doe2021old", "doe2021another"))
    assert (
        write_bib([work], lambda key, track: f"Proceedings of {key}")
        == """\
% Canonical publication list, written by harvest. Edits here are overwritten;
% to change an entry, decide on it with "harvest decide" or correct the source.

@inproceedings{doe2022paper,
  author = {Doe, Jane and Roe, Richard},
  title = {A plain paper},
  booktitle = {Proceedings of cvpr},
  year = {2022},
  pages = {19077--19086},
  eprint = {2111.13733},
  archiveprefix = {arXiv},
  ids = {doe2021another,doe2021old},
}
"""
    )


def test_nothing_listed_is_a_head_alone() -> None:
    assert write_bib([], unknown).count("\n") == 2


def test_preprint() -> None:
    assert entry(listed(ARXIV)) == (
        "misc",
        {
            "author": "Doe, Jane and Roe, Richard",
            "title": "A plain paper",
            "howpublished": "arXiv:2111.13733",
            "year": "2021",
            "eprint": "2111.13733",
            "archiveprefix": "arXiv",
            "url": "https://arxiv.org/abs/2111.13733",
        },
    )


def test_preprint_elsewhere() -> None:
    version = ListedVersion("preprint", "bioRxiv", "biorxiv", year=2020, doi="10.1101/2020.1")
    kind, fields = entry(listed(version))
    assert (kind, fields["howpublished"], fields["doi"]) == ("misc", "bioRxiv", "10.1101/2020.1")
    assert "url" not in fields


@pytest.mark.parametrize(
    ("stage", "kind", "field"),
    [
        ("conference", "inproceedings", "booktitle"),
        ("workshop", "inproceedings", "booktitle"),
        ("journal", "article", "journal"),
        ("thesis", "phdthesis", "school"),
        ("other", "misc", "howpublished"),
        ("preprint", "misc", "howpublished"),
    ],
)
def test_type_by_stage(stage: str, kind: str, field: str) -> None:
    found, fields = entry(listed(ListedVersion(stage, "A & B", year=2020)))
    assert (found, fields[field]) == (kind, r"A \& B")


@pytest.mark.parametrize(
    ("venue", "year", "changes"),
    [
        ("", 2020, {}),
        ("Annals", None, {}),
        ("Annals", 2020, {"authors": ()}),
        ("Annals", 2020, {"title": "\u200f"}),
    ],
)
def test_what_lacks_a_required_field_is_misc(
    venue: str, year: int | None, changes: dict[str, Any]
) -> None:
    kind, fields = entry(listed(ListedVersion("journal", venue, year=year), **changes))
    assert kind == "misc"
    assert fields.get("howpublished", "") == venue
    # Without authors BibTeX would not know what to sort by.
    assert ("key" in fields) == ("authors" in changes)


def test_a_submission_is_never_written() -> None:
    known_only_so = listed(ListedVersion("submission", "Under review at TMLR", year=2024))
    assert "@" not in write_bib([known_only_so], unknown)
    submitted = ListedVersion("submission", "Under review at TMLR", "tmlr", year=2024)
    text = write_bib([listed(ARXIV, submitted, status="Under review at TMLR")], unknown)
    assert "arXiv:2111.13733" in text
    assert "TMLR" not in text


def test_full_name_else_the_words_of_the_version() -> None:
    def full_name(venue_key: str, track: str) -> str:
        return f"Workshop {track} at {venue_key}" if venue_key == "icml" else ""

    for key, name in (("icml", "Workshop SCIS at icml"), ("elsewhere", "E & F")):
        work = listed(ListedVersion("workshop", "E & F", key, "SCIS", year=2023))
        assert f"booktitle = {{{name.replace('&', chr(92) + '&')}}}" in write_bib([work], full_name)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"doi": "10.1/x_y"}, {"doi": "10.1/x_y"}),
        ({"doi": "10.1/x%é"}, {"url": "https://doi.org/10.1/x%25%C3%A9"}),
        ({"doi": "10.1/a", "openreview": "abcdef", "url": "https://a.b"}, {"doi": "10.1/a"}),
        ({"openreview": "WwpYSOkkCt", "url": "https://a.b"},
         {"url": "https://openreview.net/forum?id=WwpYSOkkCt"}),
        ({"url": "https://a.b/c d{e}\\é%20_#x"},
         {"url": "https://a.b/c%20d%7Be%7D%5C%C3%A9%20_#x"}),
        ({"doi": "10.48550/arxiv.2111.13733"}, {}),
        ({"doi": "10.1002/(sici)1<693::aid>3.0.co;2-o"},
         {"doi": "10.1002/(sici)1<693::aid>3.0.co;2-o"}),
        ({"volume": "32", "number": "4", "publisher": "PMLR"},
         {"volume": "32", "publisher": "PMLR"}),
        ({"number": "4"}, {}),
        ({"pages": "S1–S9"}, {"pages": "S1--S9"}),
        ({"pages": "96"}, {"pages": "96"}),
        ({"date": "2022-06-19"}, {"month": "jun"}),
        ({"date": "2022-06"}, {"month": "jun"}),
        ({"date": "2022"}, {}),
        # The date of another year is not the date of this edition.
        ({"date": "2021-11-26"}, {}),
    ],
)  # fmt: skip
def test_fields_of_the_headline(changes: dict[str, str], expected: dict[str, str]) -> None:
    head = dataclasses.replace(CVPR, **{"pages": "", **changes})  # type: ignore[arg-type]
    _, fields = entry(listed(head))
    always = {"author", "title", "booktitle", "year"}
    assert {name: value for name, value in fields.items() if name not in always} == expected


def test_month_is_a_macro_of_the_style() -> None:
    head = dataclasses.replace(CVPR, date="2022-06-19")
    assert "  month = jun,\n" in write_bib([listed(head)], unknown)


def test_number_of_an_article_needs_its_volume() -> None:
    head = ListedVersion("journal", "Annals", year=2020, volume="6", number="1")
    assert entry(listed(head))[1]["number"] == "1"
    assert "number" not in entry(listed(dataclasses.replace(head, volume="")))[1]


def test_only_the_arxiv_number_comes_from_another_version() -> None:
    journal = ListedVersion("journal", "Annals", year=2023, doi="10.1/other", openreview="abcdefgh")
    _, fields = entry(listed(CVPR, journal, ARXIV))
    assert fields["eprint"] == "2111.13733"
    assert not {"doi", "url", "month"} & fields.keys()


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Ver Steeg, Greg", "Ver Steeg, Greg"),
        ("King, Jr., Martin", "King, Jr., Martin"),
        ("OpenAI", "{OpenAI}"),
        ("Research and Development Team", "{Research and Development Team}"),
        ("Rock and Roll, Jane", "Rock {and} Roll, Jane"),
        ("AND, X", "{AND}, X"),
        ("others", "{others}"),
        ("Đặng, Łukasz", r"{\DJ}{\d{\u{a}}}ng, {\L}ukasz"),
        ("Doe, Jr., Jane, PhD", "Doe, Jr., Jane PhD"),
        (", Jane", "{Jane}"),
        ("Doe,", "{Doe}"),
        (" , -", ""),
        ("{", r"{{\textbraceleft}}"),
    ],
)
def test_author(name: str, written: str) -> None:
    _, fields = entry(listed(CVPR, authors=("Doe, Jane", name)))
    assert fields["author"] == " and ".join(part for part in ("Doe, Jane", written) if part)


def test_open_list_of_authors() -> None:
    assert entry(listed(CVPR, authors_complete=False))[1]["author"].endswith(" and others")
    assert "author" not in entry(listed(CVPR, authors=(), authors_complete=False))[1]


@pytest.mark.parametrize(
    "key", ["", "a b", "a,b", "a}b", "a{b", 'a"b', "a#b", "a%b", "a~b", "a\\b", "a=b", "é", "-a"]
)
def test_unsafe_key(key: str) -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        write_bib([listed(CVPR, key=key)], unknown)
    with pytest.raises(ValueError, match="cannot hold"):
        check_keys([listed(CVPR, aliases=(key,))])


def test_keys_that_bibtex_takes_for_one() -> None:
    with pytest.raises(ValueError, match=r"'DupKey'.*takes it for 'dupkey'"):
        write_bib([listed(CVPR, key="dupkey"), listed(CVPR, key="DupKey")], unknown)
    with pytest.raises(ValueError, match="takes it for"):
        write_bib([listed(CVPR, key="a"), listed(CVPR, key="b", aliases=("A",))], unknown)


@pytest.mark.parametrize(
    "value", ["a { b", "a } b", "}{", r"unbalanced \{ brace", "a\\", "a\nb", "é"]
)
def test_value_that_would_break_the_file(value: str) -> None:
    with pytest.raises(BibError):
        safe_value(value)


def test_safe_value_is_returned() -> None:
    assert safe_value(r"{\'e} \{x\}") == r"{\'e} \{x\}"


def test_text_that_reads_back_differently_is_refused() -> None:
    text = write_bib([listed(CVPR)], unknown)
    right = {"doe2022paper": entry(listed(CVPR))}
    check_text(text, right)
    for wrong, message in (
        (text.replace("A plain", "A plane"), "doe2022paper: reads back differently"),
        (text.replace("{doe2022paper", "{doe2022other"), "doe2022paper: reads back"),
        (text + "@misc{more,\n title = {x},\n}\n", "more: nobody wrote"),
        (text.replace("plain paper}", "plain { paper}"), "cannot be read back|reads back"),
        (text + text[text.index("@") :], "cannot be read back"),
    ):
        with pytest.raises(BibError, match=message):
            check_text(wrong, right)


def test_sorted_by_key_and_independent_of_input_order() -> None:
    works = [listed(CVPR, key=key) for key in ("b", "A1", "c", "a2", "B1")]
    text = write_bib(works, unknown)
    assert re.findall(r"@\w+\{(\w+),", text) == ["A1", "a2", "b", "B1", "c"]
    random.Random(1).shuffle(works)
    assert write_bib(works, unknown) == text


def test_stand_ins_only_for_commands_that_are_used() -> None:
    plain = write_bib([listed(CVPR, title="The \\th and $\\theta$ of kappa")], unknown)
    assert "@preamble" not in plain
    text = write_bib([listed(CVPR, title="ℝ", authors=("Đặng, Ą",))], unknown)
    found = re.findall(r'^@preamble\{"\\\w+\{\\(\w+)\}', text, re.MULTILINE)
    assert found == ["DJ", "k", "mathbb"]


NASTY = ["{", "}", "\\", "\\{", "\n@article{x,\n", "%", "$", "$x$", '"', "#", "~", ",", " and ",
         "\u200f", "\x00", "é", "ặ", "李", "𝒪", "=", "@", "@comment{", "@string{"]  # fmt: skip
texts = st.text(max_size=30) | st.lists(st.sampled_from(NASTY) | st.text(max_size=4)).map("".join)
keys = st.from_regex(r"[a-zA-Z0-9][a-zA-Z0-9_:.+/-]{0,8}", fullmatch=True)
stages = st.sampled_from("preprint submission workshop conference journal thesis other".split())
versions = st.builds(
    ListedVersion,
    stage=stages,
    venue=texts,
    venue_key=st.sampled_from(["", "cvpr"]),
    track=texts,
    year=st.none() | st.integers(1900, 2100),
    date=st.sampled_from(["", "2020", "2020-05-04"]) | texts,
    **dict.fromkeys("doi arxiv openreview url volume number pages publisher".split(), texts),
)
works = st.builds(
    Listed,
    key=keys,
    title=texts,
    authors=st.lists(texts, max_size=4).map(tuple),
    authors_complete=st.booleans(),
    versions=st.lists(versions, min_size=1, max_size=2).map(tuple),
    headline=st.just(0),
)
lists = st.lists(works, max_size=4, unique_by=lambda work: work.key.casefold())


def raw_values(text: str) -> Sequence[str]:
    """The values as they stand between the outer braces of their lines."""
    return re.findall(r"^  \w+ = \{(.*)\},$", text, re.MULTILINE)


@settings(max_examples=300, deadline=None)
@given(lists, st.randoms(use_true_random=False))
def test_no_text_of_the_world_breaks_the_file(some: list[Listed], chance: random.Random) -> None:
    text = write_bib(some, lambda key, track: track if key else "")
    assert text.isascii()
    assert text.endswith("\n")
    assert "\r" not in text
    library = parse_string(text)
    published = [work.key for work in some if work.head.stage != "submission"]
    assert sorted(entry.key for entry in library.entries) == sorted(published)
    assert not library.failed_blocks
    assert not library.strings
    for value in raw_values(text):
        depth = 0
        for char in value:
            depth += (char == "{") - (char == "}")
            assert depth >= 0
        assert depth == 0
    chance.shuffle(some)
    assert write_bib(some, lambda key, track: track if key else "") == text
