r"""Unicode text as plain ASCII LaTeX that compiles everywhere.

Written character by character from small tables instead of with pylatexenc's encoder, whose
larger table names commands that a bare `article` does not have (\mathscr, \nument)
and leaves Vietnamese letters as they are (STACK 6). What the tables do not know is
transliterated; what says nothing (control and direction marks) is dropped.

Every brace that is written has its partner: BibTeX counts braces without regard to a backslash
before them, so a brace of the text itself is spelled as a command (STACK 1, trap 2).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from harvester.texmath import formula, math_symbol

_ASCII = {
    "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "{": r"{\textbraceleft}", "}": r"{\textbraceright}", "\\": r"{\textbackslash}",
    "~": r"{\textasciitilde}", "^": r"{\textasciicircum}",
    # In LaTeX's first font encoding these three print as other characters.
    "<": r"{\textless}", ">": r"{\textgreater}", "|": r"{\textbar}",
}  # fmt: skip
_LETTERS = {
    "ß": r"\ss", "æ": r"\ae", "Æ": r"\AE", "œ": r"\oe", "Œ": r"\OE", "ø": r"\o", "Ø": r"\O",
    "ł": r"\l", "Ł": r"\L", "å": r"\aa", "Å": r"\AA", "ı": r"\i", "ȷ": r"\j",
    "đ": r"\dj", "Đ": r"\DJ", "ð": r"\dh", "Ð": r"\DH", "þ": r"\th", "Þ": r"\TH",
    "£": r"\pounds", "§": r"\S", "¶": r"\P", "©": r"\copyright", "†": r"\dag", "‡": r"\ddag",
    "…": r"\ldots", "•": r"\textbullet", "®": r"\textregistered", "™": r"\texttrademark",
    "¿": r"\textquestiondown", "¡": r"\textexclamdown",
}  # fmt: skip
_PUNCTUATION = {
    "\u2010": "-", "\u2011": "-", "\u2012": "--", "\u2013": "--", "\u2014": "---",
    "\u2015": "---", "\u2018": "`", "\u2019": "'", "\u201a": ",", "\u201c": "``",
    "\u201d": "''", "\u201e": ",,",
}  # fmt: skip
_ABOVE = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u",
    "\u0307": ".", "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v",
}  # fmt: skip
# Romanian's comma below is written as a cedilla, as LaTeX users do.
_BELOW = {"\u0323": "d", "\u0326": "c", "\u0327": "c", "\u0328": "k", "\u0331": "b"}

PREAMBLE = {
    "DJ": r"{\leavevmode\raise.25ex\hbox to 0pt{\kern.05em-\hss}D}",
    "DH": r"{\leavevmode\raise.25ex\hbox to 0pt{\kern.05em-\hss}D}",
    "dj": r"{\leavevmode\rlap{\kern.2em\raise.55ex\hbox{-}}d}",
    "dh": r"{\leavevmode\rlap{\kern.2em\raise.55ex\hbox{-}}d}",
    "TH": "Th",
    "th": "th",
    "k": r"{\leavevmode\vtop{\baselineskip0pt\lineskip-.2ex\halign{\hfil##\cr#1\cr"
    r"\hbox{$\scriptscriptstyle\mathchar'454$}\cr}}}",
}
"""What to set for letters that only the T1 encoding has; a document with T1 is not affected."""

MATH_FONTS = ("mathbb", "mathfrak")
"""Fonts of the AMS packages; where they are not loaded, bold is set in their place."""

_GREEK = r"[\u0370-\u03ff\u1f00-\u1fff]"
# One Greek letter is a symbol, four are a word of Greek.
_GREEK_WORD = re.compile(rf"(?:{_GREEK}[\u0300-\u036f]*){{4,}}")
_CHARACTER = re.compile(r"[&%$#_{}~^\\<>|]|[A-Za-z][\u0300-\u036f]+|[^\x00-\x7f][\u0300-\u036f]*")
_DOLLARS = re.compile(r"\$(?=[^\s$])([^$]+?)(?<=\S)\$(?!\d)")
_FIRST_FORMULA = 0xE000


def clean(text: str) -> str:
    r"""Collapse white space and drop what is not text: control, direction and private marks.

    >>> clean("a\u200fb \n c\x00")
    'ab c'
    """
    text = " ".join(unicodedata.normalize("NFC", text).split())
    kept = (char for char in text if char.isascii() or unicodedata.category(char)[0] != "C")
    return " ".join("".join(char for char in kept if " " <= char != "\x7f").split())


def latex(text: str) -> str:
    r"""Write text as ASCII LaTeX in which every character stands for itself.

    >>> print(latex("Łukasz Nguyễn: 50% of “β”"))
    {\L}ukasz Nguy{\~{\^e}}n: 50\% of ``{$\beta$}''
    """
    return Formulas().latex(clean(text))


class Formulas:
    r"""The formulas of one text, each held in place by one private character while it is written.

    A formula is put in braces: BibTeX would make '$\delta$' of '$\Delta$' in a title.
    """

    def __init__(self) -> None:
        self._found: list[str] = []

    def lift(self, text: str) -> str:
        """Put a private character where a formula stands between dollar signs."""

        def hold(found: re.Match[str]) -> str:
            written = formula(found[1])
            if not written:
                return found[0]
            self._found.append(f"{{${written}$}}")
            return chr(_FIRST_FORMULA + len(self._found) - 1)

        return _DOLLARS.sub(hold, text)

    def latex(self, text: str) -> str:
        """Write text, already clean, with the formulas in their places again."""
        text = _GREEK_WORD.sub(lambda found: anyascii(found[0]), text)
        text = re.sub(r"(?:(?<=[\s(\[/-])|^)\"(?=\S)", "\u201c", text).replace('"', "''")
        written = _CHARACTER.sub(self._character, text)
        # LaTeX would join these two into the marks that open a Spanish sentence.
        return re.sub(r"(?<=[?!])`", "{}`", written)

    def _character(self, found: re.Match[str]) -> str:
        index = ord(found[0][0]) - _FIRST_FORMULA
        return self._found[index] if 0 <= index < len(self._found) else _character(found[0])


@lru_cache(maxsize=4096)
def _character(text: str) -> str:
    """Write one character with its accents."""
    if known := _ASCII.get(text) or _PUNCTUATION.get(text):
        return known
    if text in _LETTERS:
        return f"{{{_LETTERS[text]}}}"
    if symbol := math_symbol(text) or math_symbol(unicodedata.normalize("NFKC", text)):
        return f"{{${symbol}$}}"
    return _accented(text) or _raised(text) or _transliterated(text)


def _accented(text: str) -> str:
    """Write a Latin letter under its accents; '' for anything else."""
    base, *marks = list(unicodedata.normalize("NFD", text))
    if not (base.isascii() and base.isalpha()) and base not in _LETTERS:
        return ""
    above = [_ABOVE[mark] for mark in marks if mark in _ABOVE]
    below = [_BELOW[mark] for mark in marks if mark in _BELOW]
    # LaTeX itself takes the dot off an i for these four, and pandoc reads them only so.
    dotted = not above or base not in "ij" or (base == "i" and above[0] in "`'^\"")
    written = _LETTERS.get(base, base if dotted else f"\\{base}")
    # TeX can only set an accent on a letter, but it can put a dot below anything.
    for command in above + below:
        bare = len(written) == 1 and not command.isalpha()
        written = f"\\{command}{written}" if bare else f"\\{command}{{{written}}}"
    return f"{{{written}}}" if len(written) > 1 else written


def _raised(char: str) -> str:
    """Write a superscript or subscript digit; '' for anything else."""
    kind, _, code = unicodedata.decomposition(char[0]).partition(" ")
    sign = {"<super>": "^", "<sub>": "_"}.get(kind)
    raised = chr(int(code, 16)) if sign and " " not in code else ""
    return f"{{${sign}{{{raised}}}$}}" if raised.isascii() and raised.isalnum() else ""


def _transliterated(text: str) -> str:
    """Spell a character of another script in Latin letters; '' if it has no sound or shape."""
    return "".join(_ASCII.get(char, char) for char in anyascii(text) if " " <= char <= "~")
