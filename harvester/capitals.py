"""Which words of a title keep their capitals in a style that lower-cases titles, as plain.bst does.

The rule, word by word (a word is cut at its hyphens, and only the part concerned is put in
braces, never the whole title):

- Protected always: capitals inside a word (LLM, LMs, MixHop, LoRA, I/O), a capital beside a
  digit (L1), a single capital (K-means), unless it is the article 'A'.
- In a sentence-case title every capitalised word is a name and is protected: `{Gaussian}`,
  `{Smooth} {Unique} {Information}`. In a Title Case title it is an ordinary word and is not:
  the reader chose a style that lower-cases. A title is Title Case when its capitalised
  content words outnumber the others five to one; the first word of each part does not count.
  Where it is unclear the title counts as sentence case, and stays as its source wrote it.
- The first word of a part (at the start, after ':', '?', '!' or a dash) keeps its capital. BibTeX
  does that by itself at the very start and after ': ', if a letter stands there; else braces do.
- A title all in capitals says nothing about its words: no word of it is protected.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from harvester.latex_out import Formulas, clean

_FUNCTION_WORDS = frozenset(
    "a about across after against along among an and are as at be before between beyond but by "
    "can during for from if in into is it its nor not of off on onto or our out over per so than "
    "that the their them through to toward towards under until up upon using via vs vs. we what "
    "when where which while with within without yet you your".split()
)
_WORD = re.compile(r"([\W_]*)(.*?)([\W_]*)\Z", re.DOTALL)
_HYPHENS = re.compile(r"([-\u2010-\u2015])")
_ENDS_PART = re.compile(r"[:?!]['\u2019\u201d\")\]]*\Z|\A(?:-+|[\u2013-\u2015])\Z|\u2014\Z")


@dataclass(frozen=True, slots=True)
class _Word:
    before: str
    core: str
    after: str
    opens: bool
    """First of the title or of a part of it."""
    kept: bool
    """BibTeX keeps its first letter as it is."""

    @property
    def parts(self) -> list[str]:
        """What it falls into at its hyphens, the hyphens among them."""
        return _HYPHENS.split(self.core)

    @property
    def article(self) -> bool:
        """Whether it is the word 'A' and no grade, vitamin or 'A*'."""
        return self.core == "A" and not self.after


def title(text: str) -> str:
    """Write a title as ASCII LaTeX with its formulas, and with braces where a capital matters.

    >>> title("Estimating samples with Smooth Unique Information of LLMs")
    'Estimating samples with {Smooth} {Unique} {Information} of {LLMs}'
    """
    formulas = Formulas()
    words = _words(formulas.lift(clean(text)))
    shouted = _shouted(words)
    title_case = shouted or _title_case(words)
    written = (_write(word, formulas, title_case, shouted) for word in words)
    return " ".join(part for part in written if part)


def _words(text: str) -> list[_Word]:
    words: list[_Word] = []
    previous = ":"
    for raw in text.split():
        found = _WORD.match(raw)
        before, core, after = found.groups() if found else ("", raw, "")
        opens = bool(_ENDS_PART.search(previous))
        kept = opens and not before and previous.endswith(":")
        words.append(_Word(before, core, after, opens, kept))
        # A quotation mark or a bracket on its own opens nothing and ends nothing.
        previous = raw if core or _ENDS_PART.search(raw) else previous
    return words


def _shouted(words: list[_Word]) -> bool:
    cores = [word.core for word in words if sum(char.isalpha() for char in word.core) > 1]
    return len(cores) > 2 and all(core.isupper() for core in cores)


def _title_case(words: list[_Word]) -> bool:
    content = [
        word.parts[0]
        for word in words
        if not word.opens
        and len(word.parts[0]) > 1
        and word.core.lower() not in _FUNCTION_WORDS
        and not _inner_capital(word.parts[0])
    ]
    upper = sum(part[0].isupper() for part in content)
    lower = sum(part[0].islower() for part in content)
    return upper >= 5 * lower


def _inner_capital(part: str) -> bool:
    capitals = sum(char.isupper() for char in part)
    if not capitals:
        return False
    return any(char.isupper() or char.isdigit() for char in part[1:]) or len(part) == 1


def _write(word: _Word, formulas: Formulas, title_case: bool, shouted: bool) -> str:
    pieces: list[str] = []
    for index, part in enumerate(word.parts):
        begins = index == 0 and word.opens
        lost = begins and not word.kept
        name = part[:1].isupper() and (lost or not (begins or title_case))
        inner = _inner_capital(part) and not word.article
        written = formulas.latex(part)
        keep = (inner or name) and not shouted and written
        pieces.append(f"{{{written}}}" if keep else written)
    return formulas.latex(word.before) + "".join(pieces) + formulas.latex(word.after)
