"""Unicode to LaTeX, formulas, and capitals: what is written for what."""

import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.capitals import title
from harvester.latex_out import clean, latex
from harvester.texmath import formula, math_symbol
from sources.latex import to_text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Łukasz Jürgen Çağlar", r"{\L}ukasz J{\"u}rgen {\c{C}}a{\u{g}}lar"),
        ("Đặng Nguyễn Thế", r"{\DJ}{\d{\u{a}}}ng Nguy{\~{\^e}}n Th{\'{\^e}}"),
        ("naïve ĩ Ĵ ĵ İ", r"na{\"i}ve {\~{\i}} {\^J} {\^{\j}} {\.I}"),
        ("Søren Œuvre ß Åse", r"S{\o}ren {\OE}uvre {\ss} {\AA}se"),
        ("Wałęsa Þór Sveinbjörnsson", r"Wa{\l}{\k{e}}sa {\TH}{\'o}r Sveinbj{\"o}rnsson"),
        ("Ștefan Şerban", r"{\c{S}}tefan {\c{S}}erban"),
        # Letters without a LaTeX of their own lose their horn, not themselves.
        ("Trường Thảo", r"Tru{\`o}ng Thao"),
        ("e\u0323\u0302 x\u0301 &\u0301", r"{\d{\^e}} {\'x} \&"),
        ("50% & $5 #1 a_b", r"50\% \& \$5 \#1 a\_b"),
        (r"{a} \b ~ ^", r"{\textbraceleft}a{\textbraceright} {\textbackslash}b"
         r" {\textasciitilde} {\textasciicircum}"),
        ("<x> | y", r"{\textless}x{\textgreater} {\textbar} y"),
        ("“a” ‘b’ don’t – — …", r"``a'' `b' don't -- --- {\ldots}"),
        ('"a" ("b") c"', "``a'' (``b'') c''"),
        ("Why?“No” ¿Qué?", r"Why?{}``No'' {\textquestiondown}Qu{\'e}?"),
        ("β ∞ µ ϕ Σ", r"{$\beta$} {$\infty$} {$\mu$} {$\phi$} {$\Sigma$}"),
        ("𝛽 ℝ 𝔼", r"{$\beta$} {$\mathbb{R}$} {$\mathbb{E}$}"),
        ("H₂O x² ½", "H{$_{2}$}O x{$^{2}$} 1/2"),
        ("Ελλάδα", "Ellada"),
        ("李 飞 Иван ﬁ ％", r"Li Fei Ivan fi \%"),
        ("a\u200fb\u00adc\x00 \n d\ue000", "abc d"),
    ],
)  # fmt: skip
def test_text(text: str, written: str) -> None:
    assert latex(text) == written


@pytest.mark.parametrize(
    "text",
    [
        "Łukasz Jürgen Çağlar, naïve Søren Œuvre ß",
        "Đặng Nguyễn Thế Wałęsa",
        "50% & $5 #1 a_b {c} \\d ~ ^ <x> |",
        "“a” β ∞ H₂O x² … – —",
    ],
)
def test_reader_of_the_house_reads_it_back(text: str) -> None:
    assert to_text(latex(text)) == text


@given(st.text())
def test_any_text_is_ascii_with_its_braces_in_pairs(text: str) -> None:
    for written in (latex(text), title(text)):
        assert written.isascii()
        assert written.isprintable()
        depth = 0
        for char in written:
            depth += (char == "{") - (char == "}")
            assert depth >= 0
        assert depth == 0


@given(st.text(st.sampled_from(string.ascii_letters + string.digits + " ,.;()+=*")))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert latex(text) == clean(text)


def test_every_single_character_is_written() -> None:
    lost = [
        char
        for char in map(chr, range(0x20, 0x250))
        if unicodedata.category(char)[0] in "LNPS" and not latex(char)
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (r"\mathcal O(n^2)", r"\mathcal{O}(n^{2})"),
        (r"\beta x", r"\beta x"),
        (r"\beta{x}", r"\beta{x}"),
        (r"\ell_1/\ell_\infty", r"\ell_{1}/\ell_{\infty}"),
        (r"\hat{\theta}_n^{\ast}", r"\hat{\theta}_{n}^{\ast}"),
        (r"f''_i", r"f_{i}^{\prime\prime}"),
        (r"\frac12 \text{if}", r"\frac{1}{2}\mathrm{if}"),
        (r"\{β \in ℝ\}", r"\lbrace\beta\in\mathbb{R}\rbrace"),
        ("50%", r"50\%"),
        ("_2", "_{2}"),
        ("x^2^3", ""),
        ("x^", ""),
        ("{a", ""),
        ("a}", ""),
        ("\\", ""),
        (r"\input{/etc/passwd}", ""),
        (r"\unknown", ""),
        ("^^M", ""),
        ("100K and 20", ""),
        ("{" * 5000 + "}" * 5000, ""),
        ("{" * 75 + "}" * 75, "{" * 75 + "}" * 75),
    ],
)
def test_formula(text: str, written: str) -> None:
    assert formula(text) == written


def test_symbols_of_no_command_have_none() -> None:
    assert [math_symbol(char) for char in ("a", "ο", "Α", "李", "½", "")] == [""] * 6


@pytest.mark.parametrize(
    "text",
    [
        # capitals inside a word, beside a digit, single
        "{MixHop}: Higher-Order Graph Convolutional Architectures",
        "Efficient {LLM} Training by Leveraging Small {LMs}",
        "Effective Parameter Sharing with Layer-wise {LoRA}",
        "Event Precursors using Attention-based {LSTMs}",
        "bounds of f-{CMI} and {I/O} with {L1} and {K}-means in {C}++",
        "{GPT}-4 and {3D} ({LLMs})",
        # sentence case: what is capitalised is a name
        "Estimating informativeness of samples with {Smooth} {Unique} {Information}",
        "Bayesian inference for {Gaussian} processes",
        "Hepatitis {A} and a vitamin",
        # Title Case: it is not
        "Supervision Complexity and its Role in Knowledge Distillation",
        "A Little Help Goes a Long Way",
        # parts: BibTeX knows the start and ': '
        "Of samples: A survey of methods",
        "Do {ImageNet} classifiers generalize? {A} study",
        "What Matters? {A} Study of Things",
        # all capitals
        "ATTENTION IS ALL YOU NEED",
        "{BERT}",
    ],
)
def test_capitals(text: str) -> None:
    assert title(text.replace("{", "").replace("}", "")) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("$\\Delta$ of $\\beta$-VAE", r"{$\Delta$} of {$\beta$}-{VAE}"),
        ("β-VAE", r"{$\beta$}-{VAE}"),
        ("Learning $k$ of $n^2$", "Learning {$k$} of {$n^{2}$}"),
        ("costs $5 and $6", r"costs \$5 and \$6"),
        ("$\\input{x}$", r"\${\textbackslash}input{\textbraceleft}x{\textbraceright}\$"),
        ("an $odd one", r"an \$odd one"),
        ("“Why Should I Trust You?”: Explaining Things", "``{Why} Should {I} Trust You?'':"
         " Explaining Things"),
        ("École: the Études of plain words", r"{\'E}cole: the {{\'E}tudes} of plain words"),
        ("", ""),
        ("\u200f", ""),
    ],
)  # fmt: skip
def test_title(text: str, written: str) -> None:
    assert title(text) == written
