"""Which words are replaced to put a statement right, and when none are."""

import pytest

from harvester.corrections import splices
from harvester.listed import Listed, ListedVersion
from harvester.shelf import ShelvedFix
from harvester.splices import Refused, Splice, spliced
from sources.names import parse_author
from sources.record import Record

ICLR = ListedVersion("conference", "ICLR", "iclr", year=2025)
ARXIV = ListedVersion("preprint", "arXiv", "arxiv", year=2024, arxiv="2410.03140")
WORKSHOP = ListedVersion("workshop", "CHI R&D Workshop", "chi", "R&D", 2025)
JOURNAL = ListedVersion("journal", "Scientific Data", "scientific-data", year=2019)
CANON = {ICLR: "ICLR 2025", ARXIV: "arXiv:2410.03140", WORKSHOP: "CHI R&D Workshop 2025"}
ALL = ("Byron, Ada", "Friedman, Kurt", "Roth, Ina", "Byron, Eve Lu")


def put_right(
    text: str,
    field: str,
    says: str,
    canon: str = "",
    head: ListedVersion = ICLR,
    *,
    file: str = "cv.md",
    line: int = 1,
    names: str = "",
) -> str:
    """The text with one statement put right; the whole text is the entry."""
    written = tuple(filter(None, map(parse_author, filter(None, names.split(";")))))
    record = Record("cv", "x", "page", "T", written, where=file, line=1, raw=text.replace("\r", ""))
    work = Listed("byron2025t", "T", ALL, True, (head,), 0)
    fix = ShelvedFix("cv", file, line, field, says, canon or CANON.get(head, ""), work.key)
    return spliced(text, splices(text, fix, record, work))


@pytest.mark.parametrize(
    ("text", "says", "wanted"),
    [
        ("CVPR 2021.", "CVPR 2021", "CVPR 2025."),
        ("In <i>CVPR</i>, 2021 (oral)", "CVPR 2021", "In <i>CVPR</i>, 2025 (oral)"),
        ("CVPR'21 and more", "CVPR'21", "CVPR'25 and more"),
        ("(CVPR’21)", "CVPR 2021", "(CVPR’25)"),
        ("CVPR21, pp. 121-2021", "CVPR21", "CVPR25, pp. 121-2021"),
        ('CVPR 2021 <a href="/2021/x.pdf">pdf</a>', "CVPR 2021", None),
        ('<i>CVPR</i> 2021 <a href="/2021/x">pdf</a>', "CVPR 2021", None),
        ("[CVPR](https://x.org/CVPR2021) 2021", "CVPR 2021", None),
    ],
)
def test_years(text: str, says: str, wanted: str | None) -> None:
    """Years of addresses are no words: where an address has the same, only the words change."""
    if wanted is None:
        wanted = text.replace("CVPR 2021", "CVPR 2025").replace("</i> 2021", "</i> 2025")
        wanted = wanted.replace(") 2021", ") 2025")
    assert put_right(text, "year", says, "CVPR 2025") == wanted


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2021, Springer 2021", "CVPR 2021"),
        ("CVPR 2021, CVPR 2021", "CVPR 2021"),
        ("the year of the ox", "CVPR 2021"),
    ],
)
def test_years_that_stand_twice_or_nowhere_are_left_alone(text: str, says: str) -> None:
    with pytest.raises(Refused):
        put_right(text, "year", says, "CVPR 2025")


def test_a_year_of_a_bib_entry_is_right_in_both_fields() -> None:
    text = "@inproceedings{x,\n  booktitle = {CVPR 2021},\n  year = 2021, note={since 2021}\n}"
    wanted = "@inproceedings{x,\n  booktitle = {CVPR 2022},\n  year = 2022, note={since 2021}\n}"
    assert put_right(text, "year", "CVPR 2021", "CVPR 2022", file="a.bib", line=2) == wanted


@pytest.mark.parametrize(
    ("text", "says", "head", "wanted"),
    [
        ("*Under review at TMLR*", "Under review at TMLR", ICLR, "*ICLR 2025*"),
        ("*Under review*, 2024.", "Under review", ICLR, "*ICLR 2025*, 2024."),
        ("Under review, 2024.", "Under review", ICLR, "ICLR, 2025."),
        ("Under review.", "Under review", ARXIV, "arXiv:2410.03140."),
        ("arXiv preprint", "arXiv preprint", ICLR, "ICLR 2025"),
        ("In arXiv preprint arXiv:2410.03140 (2024).", "arXiv preprint", ICLR, "ICLR (2025)."),
        ("arXiv:2410.03140v2 [cs.LG], 2024", "arXiv preprint", ICLR, "ICLR, 2025"),
        ("Preprint, arXiv:2410.03140", "arXiv preprint", ICLR, "ICLR 2025"),
        (
            'arXiv preprint [<a href="https://arxiv.org/abs/2410.03140">arXiv</a>]',
            "arXiv preprint",
            ICLR,
            'ICLR 2025 [<a href="https://arxiv.org/abs/2410.03140">arXiv</a>]',
        ),
        (
            "arXiv 2024, [arXiv](https://arxiv.org/abs/2410.03140)",
            "arXiv preprint",
            ICLR,
            "ICLR 2025, [arXiv](https://arxiv.org/abs/2410.03140)",
        ),
    ],
)
def test_statuses(text: str, says: str, head: ListedVersion, wanted: str) -> None:
    assert put_right(text, "status", says, head=head) == wanted


@pytest.mark.parametrize("text", ["arXiv preprint, first arXiv preprint", "[arXiv](x)", "soon"])
def test_a_status_that_is_not_found_once_is_left_alone(text: str) -> None:
    with pytest.raises(Refused):
        put_right(text, "status", "arXiv preprint")


@pytest.mark.parametrize(
    ("file", "wanted"),
    [
        ("cv.tex", r"CHI R\&D Workshop 2025"),
        ("cv.html", "CHI R&amp;D Workshop 2025"),
        ("cv.md", "CHI R&D Workshop 2025"),
    ],
)
def test_words_are_spelled_as_the_file_spells_them(file: str, wanted: str) -> None:
    assert put_right("Under review", "status", "Under review", head=WORKSHOP, file=file) == wanted


BIB = {
    "quotes": (
        '@Article{x,\n\ttitle = "T",\n\tjournal = "arXiv:2410.03140",\n\tyear = "2024"\n}',
        '@inproceedings{x,\n\ttitle = "T",\n\tbooktitle = "PLACE",\n\teprint={2410.03140},\n'
        '\tarchivePrefix={arXiv},\n\tyear = "2025"\n}',
    ),
    "arxiv's own": (
        "@misc{x,\n  title={T {of} it},\n  year={2024},\n  eprint={2410.03140},\n"
        "  archivePrefix={arXiv},\n}",
        "@inproceedings{x,\n  title={T {of} it},\n  year={2025},\n  booktitle={PLACE},\n"
        "  eprint={2410.03140},\n  archivePrefix={arXiv},\n}",
    ),
    "dblp's": (
        "@article{x,\r\n  journal = {CoRR},\r\n  volume = {abs/2410.03140},\r\n"
        "  year = {2024},\r\n  eprinttype = {arXiv},\r\n  eprint = {2410.03140}\r\n}\r\n",
        "@inproceedings{x,\r\n  booktitle = {PLACE},\r\n"
        "  year = {2025},\r\n  eprinttype = {arXiv},\r\n  eprint = {2410.03140}\r\n}\r\n",
    ),
    "on one line": (
        "@article{x, title={T}, journal={arXiv preprint arXiv:2410.03140}, year={2025}}",
        "@inproceedings{x, title={T}, booktitle={PLACE}, eprint={2410.03140}, "
        "archivePrefix={arXiv}, year={2025}}",
    ),
    "a status in a note": (
        "@unpublished{x,\n  title={T},\n  note={Under review},\n}",
        "@inproceedings{x,\n  title={T},\n  booktitle={PLACE},\n}",
    ),
}


@pytest.mark.parametrize("name", BIB)
def test_bib_entries(name: str) -> None:
    text, wanted = BIB[name]
    place = "International Conference on Learning Representations"
    done = put_right(text, "status", "arXiv preprint", file="a.bib")
    assert done == wanted.replace("PLACE", place)


def test_a_bib_entry_of_a_journal_stays_an_article() -> None:
    text = "@article{x,\n  journal={Submitted to Scientific Data},\n  year={2019}\n}"
    done = put_right(text, "status", "Submitted", "Scientific Data 2019", JOURNAL, file="a.bib")
    assert done == "@article{x,\n  journal={Scientific Data},\n  year={2019}\n}"


def test_a_bib_entry_under_review_that_is_on_arxiv() -> None:
    text = "@article{x,\n  journal={Under review}\n}"
    done = put_right(text, "status", "Under review", head=ARXIV, file="a.bib")
    assert done == "@article{x,\n  journal={arXiv preprint arXiv:2410.03140}\n}"


@pytest.mark.parametrize(
    "text",
    [
        "@phdthesis{x,\n  note={Under review}\n}",
        "@article{x,\n  journal={Nature}\n}",
        '@article{x,\n  journal="arXiv\n}',
    ],
    ids=["another type", "says something else", "open quotes"],
)
def test_a_bib_entry_that_is_not_understood_is_left_alone(text: str) -> None:
    with pytest.raises(Refused):
        put_right(text, "status", "arXiv preprint", file="a.bib")


@pytest.mark.parametrize(
    ("text", "names", "wanted"),
    [
        (
            "A. Byron, K. Friedman, I. Roth. T.",
            "A. Byron;K. Friedman;I. Roth",
            "A. Byron, K. Friedman, I. Roth, E. L. Byron. T.",
        ),
        (
            "Ada Byron, <b>Ina Roth</b>. T.",
            "Ada Byron;Ina Roth",
            "Ada Byron, Kurt Friedman, <b>Ina Roth</b>, Eve Lu Byron. T.",
        ),
        (
            "@misc{x, author={Byron, Ada and Friedman, Kurt and Roth, Ina}}",
            "Byron, Ada;Friedman, Kurt;Roth, Ina",
            "@misc{x, author={Byron, Ada and Friedman, Kurt and Roth, Ina and Byron, Eve Lu}}",
        ),
    ],
)
def test_names(text: str, names: str, wanted: str) -> None:
    assert put_right(text, "authors", "x", "y", names=names) == wanted


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A. Byron and I. Roth. T.", "A. Byron;I. Roth"),
        ("I. Roth. T.", "I. Roth"),
        ("Byron. T.", "A. Byron"),
    ],
    ids=["a list with 'and'", "the first is missing", "written otherwise"],
)
def test_names_whose_place_is_in_doubt_are_left_alone(text: str, names: str) -> None:
    with pytest.raises(Refused):
        put_right(text, "authors", "x", "y", names=names)


@pytest.mark.parametrize(
    ("text", "says", "wanted"),
    [
        ("*ICML 2025*, oral", "ICML 2025", "*CHI R&D Workshop 2025*, oral"),
        ("@misc{x, booktitle={ICML}, year={2025}}", "ICML", None),
    ],
)
def test_venues(text: str, says: str, wanted: str | None) -> None:
    wanted = wanted or r"@misc{x, booktitle={CHI R\&D Workshop}, year={2025}}"
    file = "a.bib" if text[0] == "@" else "cv.md"
    assert put_right(text, "venue", says, head=WORKSHOP, file=file) == wanted


def test_every_link_of_the_entry_is_put_right() -> None:
    text = 'NeurIPS <a href="https://arxiv.org/abs/1905.13276v2">abs</a>\n<a href="/1905.132761">'
    text += '<a href="https://arxiv.org/pdf/1905.13276.pdf">'
    done = put_right(text, "arxiv", "1905.13276", "1706.03353")
    assert done.count("1706.03353") == 2
    assert '/abs/1706.03353"' in done
    assert "1706.03353.pdf" in done
    assert "1905.132761" in done


@pytest.mark.parametrize("canon", ["", "1706.03353"])
def test_a_link_that_nobody_knows_better_or_that_is_not_there(canon: str) -> None:
    with pytest.raises(Refused):
        put_right("NeurIPS", "arxiv", "1905.13276", canon or "")


def test_two_replacements_at_one_place_are_refused() -> None:
    with pytest.raises(ValueError):
        spliced("abcd", [Splice(0, 2, "x"), Splice(1, 3, "y")])
    assert spliced("abcd", [Splice(2, 2, "y"), Splice(0, 2, "x"), Splice(0, 2, "x")]) == "xycd"
