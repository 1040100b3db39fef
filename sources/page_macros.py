"""LaTeX's macros by name: what they do to a page, and which of them tell that a file is LaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sources.page_found import Lost

HEADINGS = {"chapter": 1, "part": 1, "section": 1, "subsection": 2, "subsubsection": 3}
HEADINGS |= {"cvsection": 1, "cvsubsection": 2, "ressection": 1, "paragraph": 4, "rubric": 2}
MARKS = dict.fromkeys("textbf underline uline ul textsc".split(), "strong")
MARKS |= dict.fromkeys("textit emph textsl".split(), "em")
SWITCHES = {"bf": "strong", "bfseries": "strong", "it": "em", "em": "em", "itshape": "em"}
SWITCHES |= {"sl": "em", "slshape": "em"}
ITEMS = frozenset("item bibitem cvlistitem cvlistdoubleitem resumeItem".split())
ENTRIES = frozenset(
    "cventry cvitem cvitemwithcomment cvdoubleitem resumeSubheading cvpub cvevent".split()
)
"""Each of their arguments is a row."""
MOST_ARGUMENTS = 7
BREAKS = frozenset("newline linebreak tabularnewline hfill dotfill".split())
PARAGRAPHS = frozenset("par smallskip medskip bigskip newpage clearpage pagebreak".split())
DROPPED = frozenset(
    "vspace hspace label ref cite citep citet nocite color textcolor colorbox fontsize setlength "
    "addtolength includegraphics input include usepackage pagestyle thispagestyle hypersetup "
    "bibliography bibliographystyle addbibresource selectlanguage setcounter addtocounter raisebox "
    "parbox rule footnote footnotetext thanks resizebox scalebox definecolor phantom".split()
)
"""Macros whose first argument is an order or a remark."""
SPELT = frozenset("LaTeX TeX BibTeX".split())

_SIGN = re.compile(
    r"(?m)^[ \t]*+\\(?:documentclass|documentstyle|begin\s*\{|section\*?\s*\{|item\b|cventry|cvitem"
    r"|bibitem|resumeItem|subsection\*?\s*\{|input\s*\{|publication\s*\{)"
)
_VALUE = r"\{((?:[^{}\n]|\{[^{}\n]{0,100}\}){1,100})\}"
_DEFINITION = re.compile(
    rf"\\(?:re)?newcommand\*?\s*+\{{?\s*+\\([A-Za-z]+)\s*+\}}?\s*+{_VALUE}|\\def\s*+\\([A-Za-z]+)\s*+{_VALUE}"
)
_BIBLIOGRAPHY = re.compile(r"^[^%]*?\\(?:bibliography|addbibresource)\s*\{([^{}]{1,200})\}")


def is_latex(text: str) -> bool:
    """Whether a text is LaTeX: one of its lines begins as only LaTeX does."""
    return len(_SIGN.findall(text[:200_000])) > 1 or "\\documentclass" in text[:5000]


def from_bibliographies(lines: Sequence[str]) -> Iterator[Lost]:
    """Each place where BibTeX puts publications from other files."""
    for number, line in enumerate(lines, start=1):
        if "bib" in line and (found := _BIBLIOGRAPHY.match(line[:1000])):
            reason = f"this list is made from {found[1].strip()}; give that .bib as well"
            yield Lost(number, reason, fault=False)


def own_macros(text: str) -> dict[str, str]:
    r"""What a file's own macros stand for, those without arguments: '\me' is a name mostly."""
    return {m[1] or m[3]: m[2] or m[4] for m in _DEFINITION.finditer(text)}
