"""Formulas in titles: which of them LaTeX will set without a complaint, and how they are written.

A formula comes from a source, so it is read by a small grammar and written anew from known
commands alone: what does not fit (an unknown command, a lone `^`, a file to be read in) is no
formula and is shown as text.
"""

from __future__ import annotations

import re
import unicodedata

_SYMBOLS = {
    "∞": "infty", "≤": "leq", "≥": "geq", "≠": "neq", "≈": "approx", "≡": "equiv", "∼": "sim",
    "≃": "simeq", "≅": "cong", "∝": "propto", "≪": "ll", "≫": "gg", "±": "pm", "∓": "mp",
    "×": "times", "÷": "div", "·": "cdot", "⋅": "cdot", "∘": "circ", "°": "circ", "⊕": "oplus",
    "⊗": "otimes", "→": "rightarrow", "←": "leftarrow", "↔": "leftrightarrow",
    "⇒": "Rightarrow", "⇐": "Leftarrow", "⇔": "Leftrightarrow", "↦": "mapsto", "↑": "uparrow",
    "↓": "downarrow", "∈": "in", "∉": "notin", "∋": "ni", "⊂": "subset", "⊃": "supset",
    "⊆": "subseteq", "⊇": "supseteq", "∪": "cup", "∩": "cap", "∅": "emptyset", "∀": "forall",
    "∃": "exists", "¬": "neg", "∧": "wedge", "∨": "vee", "⊥": "perp", "∥": "parallel",
    "∑": "sum", "∏": "prod", "∫": "int", "∂": "partial", "∇": "nabla", "ℓ": "ell", "ℏ": "hbar",
    "ℜ": "Re", "ℑ": "Im", "ℵ": "aleph", "★": "star", "⋆": "star", "△": "triangle",
    "⟨": "langle", "⟩": "rangle", "⌈": "lceil", "⌉": "rceil", "⌊": "lfloor", "⌋": "rfloor",
    "⋯": "cdots", "√": "surd", "′": "prime", "−": "", "µ": "mu", "ϵ": "epsilon",
    "ε": "varepsilon", "ϕ": "phi", "φ": "varphi", "ϑ": "vartheta", "ϱ": "varrho", "ϖ": "varpi",
}  # fmt: skip
_PLAIN = frozenset(name for name in _SYMBOLS.values() if name) | frozenset(
    "alpha beta gamma delta zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon "
    "chi psi omega varsigma Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega to gets "
    "le ge ne mid ldots dots cdots quad log ln exp max min sup inf lim arg det dim ker Pr sin "
    "cos tan sinh cosh tanh gcd hom deg bullet ast dagger top bot setminus iff longrightarrow "
    "lbrace rbrace backslash".split()
)
_WITH_ARGUMENT = {
    name: name
    for name in "mathcal mathbf mathrm mathit mathsf mathtt mathbb mathfrak hat bar tilde vec dot "
    "ddot overline underline widehat widetilde sqrt".split()
}
# These need packages that not everybody loads; each has a counterpart in LaTeX itself.
_WITH_ARGUMENT |= dict.fromkeys(("text", "textrm", "mbox", "operatorname"), "mathrm")
_WITH_ARGUMENT |= dict.fromkeys(("boldsymbol", "bm", "textbf"), "mathbf")
_WITH_ARGUMENT |= {"textit": "mathit", "textsf": "mathsf", "texttt": "mathtt", "mathscr": "mathcal"}
_ESCAPED = {"{": r"\lbrace", "}": r"\rbrace", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$"}
_ESCAPED |= {"_": r"\_", "|": r"\|", ",": r"\,", ";": r"\;", ":": r"\:", "!": r"\!", " ": " "}
_BARE = re.compile(r"[A-Za-z0-9+\-*/=<>()\[\].,:;!?|]")
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\s+|.")
# '$100K and 20$' is about money: a formula has no words in it.
_WORDS = re.compile(r"\s[A-Za-z]{3,}\s")

# Keeps the nesting within what the reader below can follow; no title has a formula so long.
_LONGEST = 150


class _NotMathError(Exception):
    """The text between two dollar signs is no formula that LaTeX is sure to set."""


def math_symbol(char: str) -> str:
    r"""Give the math command of one character, '' if LaTeX itself has none: '\beta' for 'β'."""
    if len(char) != 1:
        return ""
    if char == "−":
        return "-"
    if char in _SYMBOLS:
        return "\\" + _SYMBOLS[char]
    if "DOUBLE-STRUCK CAPITAL " in unicodedata.name(char, ""):
        return rf"\mathbb{{{unicodedata.normalize('NFKC', char)}}}"
    found = re.fullmatch(r"GREEK (SMALL|CAPITAL) LETTER (\w+)", unicodedata.name(char, ""))
    if not found:
        return ""
    name = found[2].replace("LAMDA", "LAMBDA").lower()
    name = name.capitalize() if found[1] == "CAPITAL" else name
    return "\\" + name if name in _PLAIN else ""


def formula(text: str) -> str:
    r"""Write what stood between two dollar signs in known ASCII commands; '' if it is no formula.

    >>> formula(r"\mathcal O(n^2)"), formula("x^2^3"), formula(r"\input{a}")
    ('\\mathcal{O}(n^{2})', '', '')
    """
    if len(text) > _LONGEST or _WORDS.search(text):
        return ""
    parser = _Formula(_TOKEN.findall(text))
    try:
        pieces = parser.row()
    except _NotMathError:
        return ""
    return "" if parser.tokens else _joined(pieces)


def _joined(pieces: list[str]) -> str:
    r"""Set a blank where a command would run into the letter after it: '\beta x'."""
    text = ""
    for piece in pieces:
        runs_on = re.search(r"\\[A-Za-z]+\Z", text) and piece[:1].isalpha()
        text += f" {piece}" if runs_on else piece
    return text.strip()


class _Formula:
    """A row of atoms, each with at most one subscript and one superscript."""

    def __init__(self, marks: list[str]) -> None:
        self.tokens = marks[::-1]

    def _next(self) -> str:
        while self.tokens and (self.tokens[-1].isspace() or self.tokens[-1] == "~"):
            self.tokens.pop()
        return self.tokens[-1] if self.tokens else ""

    def row(self) -> list[str]:
        pieces: list[str] = []
        while (mark := self._next()) and mark != "}":
            if mark not in ("_", "^", "'"):
                pieces.append(self._atom())
            pieces += self._scripts()
        return pieces

    def _scripts(self) -> list[str]:
        found: dict[str, str] = {}
        while (mark := self._next()) in ("_", "^", "'"):
            self.tokens.pop()
            kind = "_" if mark == "_" else "^"
            value = "\\prime" if mark == "'" else self._argument()
            if mark == "'" and set(found.get("^", "").split("\\")) == {"", "prime"}:
                value = found.pop("^") + value
            if kind in found:
                raise _NotMathError
            found[kind] = value
        return [f"{kind}{{{found[kind]}}}" for kind in sorted(found, reverse=True)]

    def _argument(self) -> str:
        if self._next() in ("_", "^", "'"):
            raise _NotMathError
        atom = self._atom()
        return atom[1:-1] if atom.startswith("{") else atom

    def _atom(self) -> str:
        mark = self._next()
        if not mark or mark == "}":
            raise _NotMathError
        self.tokens.pop()
        if mark == "{":
            inner = _joined(self.row())
            if self._next() != "}":
                raise _NotMathError
            self.tokens.pop()
            return f"{{{inner}}}"
        return self._command(mark[1:]) if mark[0] == "\\" else _character(mark)

    def _command(self, name: str) -> str:
        if name in _PLAIN:
            return "\\" + name
        if name in _WITH_ARGUMENT:
            return f"\\{_WITH_ARGUMENT[name]}{{{self._argument()}}}"
        if name in ("frac", "tfrac", "dfrac"):
            return rf"\frac{{{self._argument()}}}{{{self._argument()}}}"
        if name in _ESCAPED:
            return _ESCAPED[name]
        raise _NotMathError


def _character(char: str) -> str:
    if char in "%&#":
        return "\\" + char
    if _BARE.fullmatch(char):
        return char
    if symbol := math_symbol(char):
        return symbol
    raise _NotMathError
