"""The canonical .bib under real BibTeX and LaTeX, without a warning in any style.

Needs `bibtex` and `pdflatex` (Debian: texlive-latex-base texlive-bibtex-extra).
"""

import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from harvester import latex_out, texmath
from harvester.bib import write_bib
from harvester.listed import Listed, ListedVersion

pytestmark = pytest.mark.skipif(
    not (shutil.which("bibtex") and shutil.which("pdflatex")),
    reason="bibtex or pdflatex is not installed",
)

BARE = r"""\documentclass{article}
%s\begin{document}
\nocite{*}
\bibliographystyle{%s}
\bibliography{canon}
\end{document}
"""
JOURNAL = ListedVersion("journal", "Annals of 100% & more_", "annals", year=2020)
AUTHORS = ("Ver Steeg, Greg", "King, Jr., Martin Luther")


def work(key: str, title: str, version: ListedVersion = JOURNAL, **changes: object) -> Listed:
    values = {"authors": AUTHORS, "authors_complete": True, "headline": 0, **changes}
    return Listed(key, title, versions=(version,), **values)  # type: ignore[arg-type]


def compiled(folder: Path, works: list[Listed], style: str, packages: str = "") -> str:
    """Run the whole cycle; fails on the first complaint of either program. Returns the .bbl."""
    text = write_bib(works, lambda venue_key, track: "")
    (folder / "canon.bib").write_text(text, encoding="ascii")
    (folder / "paper.tex").write_text(BARE % (packages, style), encoding="ascii")
    latex = ["pdflatex", "-interaction=nonstopmode", "-draftmode", "-no-shell-escape", "paper"]
    for command in (latex, ["bibtex", "paper"], latex, latex):
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, errors="replace", check=False
        )
        assert done.returncode == 0, done.stdout[-3000:]
    # After this line it counts how often each built-in was called, warning$ among them.
    blg = (folder / "paper.blg").read_text(errors="replace").split("and the built_in function")[0]
    assert not re.search(r"(?i)warning|error|truncat|exceed|repeated", blg), blg
    log = (folder / "paper.log").read_text(errors="replace")
    assert not re.search(r"(?m)^!|Warning|Missing character|undefined", log), log[-3000:]
    return (folder / "paper.bbl").read_text(encoding="ascii")


NASTY = [
    work("accents", "Über Łódź, naïve Çağlar, Đặng Nguyễn Thế Trường, Wałęsa, Þór: ĩ ĵ"),
    work("names", "", authors=("Đặng, Łukasz", "Wałęsa, Ąę", "Þórr, Ðð", "O’Neil, Ó", "李, Ơ")),
    work("greek", "β-VAE and Σ of Ελλάδα, ∞ ≤ ℝ and 𝒪(n²), H₂O"),
    work("math", r"$\mathcal{O}(n^2)$ in $\mathbb{R}^d$, $\Delta$-$x''_i$; $5 and $6"),
    work("attack", r"\input{/etc/passwd} $\input{a}$ \end{document} ^^M $x^2^3$"),
    work("signs", "50% & more_of #1 {a} }b{ ~ ^ \\ <x> | \"q\" ‘q’ “q” … – — ¿? @ = @article{x,"),
    work("many", "Many", authors=tuple(f"Füße{chr(97 + n % 26)}, X{n}." for n in range(3000))),
    work("open", "Open", authors_complete=False),
    work("group", "Group", authors=("The Research and Development Team", "others", "OpenAI")),
    work("nobody", "Nobody", authors=()),
    work("nobodyopen", "Nobody else", authors=(), authors_complete=False),
    work("untitled", "\u200f"),
    work("nowhere", "Nowhere", ListedVersion("conference", year=2020)),
    work("never", "Never", ListedVersion("conference", "CVPR")),
    work("thesis", "On theses", ListedVersion("thesis", "Universität Köln", year=2023)),
    work("noschool", "On theses", ListedVersion("thesis", year=2023)),
    work("workshop", "At a workshop", ListedVersion("workshop", "ICML W&S", "icml", year=2023)),
    work("conference", "At a conference", ListedVersion(
        "conference", "NeurIPS", "neurips", year=2019, date="2019-12-08", volume="32", number="4",
        pages="15567-15577", publisher="A & B", doi="10.1/x_y#(z)<a>1:2;3&~")),
    work("article", "In a journal", ListedVersion(
        "journal", "Annals", year=2019, volume="6", number="1", pages="96")),
    work("numberonly", "In a journal", ListedVersion("journal", "Annals", year=2019, number="1")),
    work("preprint", "A preprint", ListedVersion(
        "preprint", "arXiv", "arxiv", year=2024, date="2024-10-24", arxiv="2410.18779")),
    work("forum", "A forum", ListedVersion(
        "conference", "ICLR", "iclr", year=2021, openreview="kEnBH98BGs5"), aliases=("old",)),
    work("link", "A link", ListedVersion(
        "workshop", "X", year=2021, url="https://example.org/a_b%20c~d#e&f{g}")),
]  # fmt: skip


@pytest.mark.parametrize("style", ["plain", "abbrv", "alpha", "unsrt"])
def test_a_nasty_list_in_a_bare_document(tmp_path: Path, style: str) -> None:
    bbl = compiled(tmp_path, NASTY, style)
    assert bbl.count(r"\bibitem") == len(NASTY)


@pytest.mark.parametrize(
    ("style", "packages"),
    [
        ("plain", "\\usepackage[T1]{fontenc}\n\\usepackage{amssymb}\n"),
        ("plainurl", "\\usepackage{hyperref}\n"),
        ("plainnat", "\\usepackage{natbib,url}\n"),
    ],
)
def test_a_nasty_list_with_packages(tmp_path: Path, style: str, packages: str) -> None:
    # natbib cites by author and year, and says so where there is none.
    dated = [one for one in NASTY if one.head.year or style != "plainnat"]
    bbl = compiled(tmp_path, dated, style, packages)
    assert bbl.count(r"\bibitem") == len(dated)


def test_capitals_in_a_style_that_lower_cases(tmp_path: Path) -> None:
    titles = {
        "a": ("A Little LLM Training: By LMs", "A little {LLM} training: By {LMs}."),
        "b": ("Of plain samples with Smooth Ideas", "Of plain samples with {Smooth} {Ideas}."),
        "c": ("Really $\\Delta$? A Study", r"Really {$\Delta$}? {A} study."),
        "d": ("École: “Why Not?” Łódź", r"{\'E}cole: ``{Why} not?'' {{\L}{\'o}d{\'z}}."),
    }  # fmt: skip
    bbl = compiled(tmp_path, [work(key, title) for key, (title, _) in titles.items()], "plain")
    for _, printed in titles.values():
        assert printed in re.sub(r"\s+", " ", bbl)


def test_every_command_of_the_tables(tmp_path: Path) -> None:
    """In a title, in a name, and in a formula; also what nobody would write."""
    marks = [*latex_out._ABOVE, *latex_out._BELOW]
    letters = [base + mark for base in "aIijłØ" for mark in marks]
    letters += [f"o{first}{second}" for first in marks for second in marks]
    characters = [*latex_out._ASCII, *latex_out._LETTERS, *latex_out._PUNCTUATION, *letters]
    symbols = [*texmath._SYMBOLS, *map(chr, range(0x370, 0x400)), *"ℝℂ⁰²₀₉ᵢⁿ"]
    plain = [f"$\\{name}$ $x\\{name} y_\\{name}$" for name in sorted(texmath._PLAIN)]
    taking = [f"$\\{name} x^\\{name}{{ab}}$" for name in sorted(texmath._WITH_ARGUMENT)]
    rest = [f"$a\\{sign}b$" for sign in texmath._ESCAPED] + ["$\\frac12$", "$f'''_1$", "$_2^a$"]
    works = [
        work("letters", "x ".join(characters), authors=tuple(f"{c}x, {c}" for c in characters))
    ]
    works += [work(f"s{n}", f"An {text}") for n, text in enumerate(symbols + plain + taking + rest)]
    bbl = compiled(tmp_path, works, "plain")
    assert bbl.count(r"\bibitem") == len(works)


def test_a_thousand_titles_of_chance(tmp_path: Path) -> None:
    chance = random.Random(20)
    pieces = [*"{}\\$%&#_^~<>|\"'`-,.:?!()[]@= \t\n", "$x$", "\\frac", "\\beta", "^2", "_i", "'"]
    pieces += [*"aBéặβ李𝒪½℃ﷺ🙂", " and ", "\u200f", "\x07", "\ue000", "^^", "\\\\", "ABC", "\u0301"]

    def text() -> str:
        return "".join(chance.choices(pieces, k=chance.randint(0, 25)))

    def version() -> ListedVersion:
        stage = chance.choice("preprint workshop conference journal thesis other".split())
        links = {"doi": text(), "url": text()}
        printed = {"volume": text(), "number": text(), "pages": text(), "publisher": text()}
        return ListedVersion(
            stage, text(), track=text(), year=chance.choice([None, 2020]), **links, **printed
        )

    works = [
        work(
            f"w{n}",
            text() if n % 2 else f"${text()}$ ${text()}$",
            version(),
            authors=tuple(text() for _ in range(chance.randint(0, 4))),
            authors_complete=chance.random() < 0.5,
        )
        for n in range(1000)
    ]
    bbl = compiled(tmp_path, works, "plain")
    assert bbl.count(r"\bibitem") == 1000
