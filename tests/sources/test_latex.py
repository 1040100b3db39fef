"""LaTeX fields as plain text: nothing that a reader would see is lost."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.latex import to_text


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        ("Plain  text,\n two lines", "Plain text, two lines"),
        ("{GPU}s and Lo{RA}", "GPUs and LoRA"),
        (r"{\L}ukasz J{\"u}rgen {\c{C}}a{\u{g}}lar", "Łukasz Jürgen Çağlar"),
        (r"\'e\'{e}\'{\i}{\'\i}\c c\v{S}\v S \k{a} Erd{\H o}s", "ééííçŠŠ ą Erdős"),
        (r"{\DJ}{\d{\u a}}ng, Nguy{\~{\^e}}n", "Đặng, Nguyễn"),
        (r"\o stergaard S\o{}ren \O{} \aa{} {\ss} \AE", "østergaard Søren Ø å ß Æ"),
        (r"d\textquotesingle Alch\'{e}-Buc", "d'Alché-Buc"),
        ("a~b -- c --- d ``e''", "a b – c — d “e”"),
        (r"$\beta$-VAE, $k$-means, $\ell_1$, H$_2$O", "β-VAE, k-means, ℓ₁, H₂O"),
        (
            r"$\mathcal{O}(n\log n)$ of $O(n^2)$, $x_{ij}^{a+b}$",
            "O(n log n) of O(n²), x_(ij)^(a+b)",
        ),
        (r"$\frac{1}{2}$ \sqrt{2} $k \ge 2$", "1/2 √2 k ≥ 2"),
        ("pay $5 and $6, $5-$6", "pay $5 and $6, $5-$6"),
        (r"50\% off", "50% off"),
        ("50% off and more", "50% off and more"),
        (r"\& \_ \# \{x\} C\#", "& _ # {x} C#"),
        (r"see \href{http://x.org/a_b%20c}{the link} now", "see the link now"),
        (r"\url{http://a.b/c%20d_~e}", "http://a.b/c%20d_~e"),
        (r"\noopsort{1973a}1973", "1973"),
        (r"Known \cite{x} and \footnote{no}\label{y} said", "Known and said"),
        (r"\textit{a} \emph{b} {\em c} {\it d} \mbox{e} \textsc{f}", "a b c d e f"),
        (r"\texorpdfstring{$\alpha$}{alpha}-x", "alpha-x"),
        (r"\OurNet{}: \OurNet for \unknown{all}", "OurNet: OurNet for all"),
        (r"\LaTeX{} and \BibTeX", "LaTeX and BibTeX"),
        ("unbalanced { and } and }}", "unbalanced and and"),
        ("a trailing \\", "a trailing"),
        (r"10\textsuperscript{th} 1\,000 a\-b", "10th 1 000 ab"),
        (r"\'", ""),
        ("e\u0301", "é"),
    ],
)
def test_text_of_latex(latex: str, text: str) -> None:
    assert to_text(latex) == text


@given(st.text(alphabet="\\{}$%~^_'\"`-#&ab cé\n=.vi1", max_size=60))
def test_nothing_raises_and_white_space_is_collapsed(latex: str) -> None:
    text = to_text(latex)
    assert text == " ".join(text.split())


@given(st.lists(st.sampled_from(["word", "50%", r"\&", "{brace}", r"\emph{in}", "$x$", "a_b"])))
def test_every_word_survives(parts: list[str]) -> None:
    survives = {r"\&": "&", "{brace}": "brace", r"\emph{in}": "in", "$x$": "x"}
    assert to_text(" ".join(parts)).split() == [survives.get(part, part) for part in parts]


@pytest.mark.parametrize(
    "latex",
    [
        "{" * 300_000,
        "\\'{" * 100_000 + "a",
        "$" + "^" * 100_000 + "a$",
        "\\'" * 200_000 + "a",
        "$" * 300_000,
        "{a" * 300_000 + "a" * 4_000_000 + "}" * 300_000,
    ],
)
def test_a_hostile_field_is_read_in_linear_time(latex: str) -> None:
    # Quadratic, these take minutes; and nested braces must not exhaust the stack.
    before = time.process_time()
    assert set(unicodedata.normalize("NFD", to_text(latex))) <= set("a\u0301$^()")
    assert time.process_time() - before < 10
