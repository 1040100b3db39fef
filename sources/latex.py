r"""LaTeX as BibTeX fields hold it, read as plain text.

Written anew because the reader of pylatexenc 2.11 loses text that titles really hold: all
after an unescaped '%', the argument of \mbox, and it raises on \href and \sqrt (STACK 1.3, 1.4).
Its table of symbols is used.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, lru_cache

_SPECIAL = re.compile(r"[\\{}$~`]|--|''")
_TOKEN = re.compile(
    r"""
      \\(?:url|path|nolinkurl)\s*\{(?P<url>[^{}]*)\}
    | \\(?P<word>[A-Za-z]+)\*?(?P<blank>\s*)
    | \\(?P<sign>.?)
    | (?P<mark>[{}$~^_] | `` | '' | ---? )
    | (?P<text>[^\\{}$~^_`'-]+ | . )
    """,
    re.VERBOSE | re.DOTALL,
)
_DEEPEST = 60
"""Braces nested deeper are only dropped: real fields have three or four levels."""

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331", "t": "\u0361",
    "grave": "\u0300", "acute": "\u0301", "hat": "\u0302", "tilde": "\u0303", "bar": "\u0304",
    "breve": "\u0306", "dot": "\u0307", "ddot": "\u0308", "check": "\u030c", "vec": "\u20d7",
}  # fmt: skip
_MARKS = {"~": " ", "``": "\u201c", "''": "\u201d", "--": "\u2013", "---": "\u2014"}
_SIGNS = {"\\": " ", " ": " ", "\n": " ", "\t": " ", ",": " ", ";": " ", ":": " ", ">": " "}
_SIGNS |= dict.fromkeys("!-/@()[]", "")

# Macros that the table lacks, or renders as nothing or as a sentence.
_WORDS = {
    "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "textquotesingle": "'",
    "lbrace": "{", "rbrace": "}", "textbraceleft": "{", "textbraceright": "}", "slash": "/",
    "textunderscore": "_", "textbar": "|", "textless": "<", "textgreater": ">", "textpercent": "%",
    "textasciicircum": "^", "textasciitilde": "~", "textbackslash": "\\", "textdollar": "$",
    "textsterling": "£", "texteuro": "€", "textalpha": "α", "textbeta": "β", "textgamma": "γ",
    "textmu": "µ", "quad": " ", "qquad": " ", "newline": " ", "linebreak": " ", "par": " ",
    "space": " ", "thinspace": " ", "enspace": " ", "nobreakspace": " ", "softhyphen": "",
}  # fmt: skip
_SILENT = frozenset(
    "it em bf rm tt sc sl sf itshape bfseries scshape upshape mdseries rmfamily sffamily ttfamily "
    "normalfont tiny small footnotesize normalsize large Large LARGE huge Huge displaystyle "
    "textstyle scriptstyle limits nolimits left right big Big bigl bigr Bigl Bigr protect relax "
    "noindent allowbreak nobreak hfill hskip kern raise sort".split()
)
_FIRST_DROPPED = frozenset(
    "noopsort noop sortkey SortNoop href hyperref textcolor color raisebox parbox cite citet citep "
    "ref label footnote footnotemark footnotetext thanks hspace vspace phantom hphantom vphantom "
    "texorpdfstring begin end input include includegraphics fontsize selectlanguage "
    "foreignlanguage".split()
)
"""Macros whose (first) argument is an address, an order or a remark, never part of the text."""

_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")

_Apply = Callable[[str], str]


@dataclass(slots=True)
class _Group:
    """Text of one brace group so far, and what waits for its next atom."""

    parts: list[str] = field(default_factory=list)
    waiting: list[_Apply] = field(default_factory=list)

    def wait(self, apply: _Apply) -> None:
        """Have the next atom changed; a pile of accents on one letter says nothing."""
        if len(self.waiting) < 8:
            self.waiting.append(apply)

    def atom(self, text: str) -> None:
        """Add one atom: a character, a symbol, a whole inner group."""
        while self.waiting:
            text = self.waiting.pop()(text)
        if text:
            self.parts.append(text)

    @property
    def after_letter(self) -> bool:
        return bool(self.parts) and self.parts[-1][-1].isalnum()


def to_text(latex: str) -> str:
    r"""Plain Unicode of a BibTeX field: white space collapsed, braces gone, accents composed.

    Nothing that a reader would see is lost: '%' stands for itself, an unknown macro leaves its
    argument, else its name. Simple math is spelt in Unicode, other math stays legible.
    Never raises; linear in the length.

    >>> to_text(r"{\L}ukasz's $\beta$-{VAE}: 50% off {O}($n^2$)")
    "Łukasz's β-VAE: 50% off O(n²)"
    """
    text = _decode(latex) if _SPECIAL.search(latex) else latex
    return " ".join(unicodedata.normalize("NFC", text).split())


@lru_cache(maxsize=4096)
def _decode(latex: str) -> str:
    dollars = _math_dollars(latex)
    groups = [_Group()]
    surplus = 0
    math = False
    for token in _TOKEN.finditer(latex):
        group, kind, text = groups[-1], token.lastgroup, token[0]
        if kind == "blank":
            follows = latex[token.end() : token.end() + 2]
            _macro(group, token["word"], token["blank"], math, follows)
        elif kind == "sign":
            _sign(group, token["sign"])
        elif kind == "text":
            _text(group, text)
        elif kind == "url":
            group.atom(token["url"])
        elif text == "{" and len(groups) <= _DEEPEST:
            groups.append(_Group())
        elif text == "{":
            surplus += 1
        elif text == "}" and surplus:
            surplus -= 1
        elif text == "}" and len(groups) > 1:
            groups.pop()
            groups[-1].atom("".join(group.parts))
        elif text == "}":
            continue
        elif text == "$" and token.start() in dollars:
            math = not math
        elif text in "^_" and math:
            group.wait(_raised if text == "^" else _lowered)
        else:
            group.atom(_MARKS.get(text, text))
    return "".join(part for group in groups for part in group.parts)


def _math_dollars(latex: str) -> frozenset[int]:
    """Where a '$' opens or closes math; the rest are money ('$5 and $6')."""
    found: set[int] = set()
    if "$" not in latex:
        return frozenset()
    for pair in re.finditer(r"(?<!\\)\$([^$]*)(?<!\\)\$", latex):
        money = pair[1].endswith(" ") or latex[pair.end() : pair.end() + 1].isdigit()
        if not money or re.search(r"[\\^_]", pair[1]):
            found |= {pair.start(), pair.end() - 1}
    return frozenset(found)


def _text(group: _Group, text: str) -> None:
    if group.waiting:
        bare = text.lstrip()
        if not bare:
            return
        group.atom(bare[0])
        text = bare[1:]
    if text:
        group.atom(text)


def _macro(group: _Group, word: str, blank: str, math: bool, follows: str) -> None:
    if word in _ACCENTS:
        group.wait(lambda text: _accented(text, _ACCENTS[word]))
    elif word in _FIRST_DROPPED:
        group.wait(lambda _: "")
    elif word in ("frac", "nicefrac", "tfrac", "dfrac"):
        group.wait(lambda text: f"{text}/" if text.isalnum() else f"({text})/")
    elif word == "sqrt":
        group.wait(lambda text: f"√{text}" if len(text) < 2 else f"√({text})")
    elif word in _SILENT:
        return
    elif symbol := _WORDS.get(word) or _symbols().get(word):
        spelt = len(symbol) > 1 and symbol.isascii() and symbol.isalpha()
        before = " " if spelt and group.after_letter else ""  # 'n\log n'
        group.atom(before + symbol + (blank if spelt or (math and not symbol.isalpha()) else ""))
    elif follows[:1] != "{" or follows == "{}":
        group.atom(word + blank)


def _sign(group: _Group, sign: str) -> None:
    if sign in _ACCENTS:
        group.wait(lambda text: _accented(text, _ACCENTS[sign]))
    else:
        group.atom(_SIGNS.get(sign, sign))


def _accented(text: str, accent: str) -> str:
    if not text.strip():
        return ""
    letter = {"ı": "i", "ȷ": "j"}.get(text[0], text[0])
    return unicodedata.normalize("NFC", letter + accent) + text[1:]


def _raised(text: str) -> str:
    raised = text.translate(_RAISED)
    return raised if not _plain(raised) else f"^{text}" if len(text) < 2 else f"^({text})"


def _lowered(text: str) -> str:
    lowered = text.translate(_LOWERED)
    return lowered if not _plain(lowered) else f"_{text}" if len(text) < 2 else f"_({text})"


def _plain(text: str) -> bool:
    return any(char.isascii() or (char.isalpha() and char != "ⁿ") for char in text)


@cache
def _symbols() -> dict[str, str]:
    """Name to character for every macro that is one symbol or one function name."""
    from pylatexenc.latex2text import get_default_latex_context_db

    specs = get_default_latex_context_db().iter_macro_specs()
    named = ((spec.macroname, spec.simplify_repl) for spec in specs)
    return {
        name: text
        for name, text in named
        if isinstance(text, str) and text and "%" not in text and "<" not in text
    }
