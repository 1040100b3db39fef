"""Every number, order and ceiling of the reconciler. Data only.

The match weights were set on 2026-11-21 from what `python -m benchmarks.weights` estimates on
dblp-acm, cora and three reviews' search results, in whole bits, give or take one; where one is
further off, HELD says why. What fewer than two sets show is set by hand. Each is pinned by a case
in fixtures/pairs.toml.
"""

from __future__ import annotations

from typing import Final

WEIGHTS: Final[dict[tuple[str, str], float]] = {
    # An identifier is shared by chance never, by a slip of the pen now and then.
    ("id", "shared"): 12,
    ("id", "clash"): -4,
    ("id", "two DOIs"): -6,
    ("title", "equal"): 12,
    # Fewer than RARE_TITLE, and than RARE_PART, bits of information: 'Editorial' is many papers.
    ("title", "equal, common"): 9,
    ("title", "equal, generic"): 5,
    ("title", "near"): 9,
    # One is the other with a subtitle, an acronym in front, or cut off.
    ("title", "part"): 7,
    # … behind names that a program took for the beginning of it.
    ("title", "within"): 7,
    # 'Sparse Attention for Images' and '… for Videos', 'Neural X' and 'Kernel Neural X'.
    ("title", "alike"): 5,
    ("title", "word exchanged"): -4,
    ("title", "word added"): -4,
    # … in titles that are otherwise near: among thousands of records mostly slips, in a person's
    # list a question or another paper.
    ("title", "near, word exchanged"): -4,
    ("title", "near, word added"): 0,
    # More words behind a telling title, without a sign between them.
    ("title", "continued"): 0,
    # Other words under a shared identifier by the same authors: titles do get reworded.
    ("title", "reworded"): -12,
    ("title", "apart"): -12,
    # … at one place by the same authors: a translation.
    ("title", "other words"): -5,
    # 'Editorial', and what a source repeats from issue to issue.
    ("title", "recurring"): 2,
    ("column", "one place"): 4,
    # Both in one source that hardly ever names a paper twice. Only `dedupe` can know that.
    ("source", "tidy"): -11,
    ("authors", "same"): 5,
    ("authors", "same, one"): 3,
    ("authors", "most"): 3,
    ("authors", "part"): 3,
    # … of which one name is all that is said.
    ("authors", "part, one"): 3,
    ("authors", "overlap"): 1,
    ("authors", "few in common"): -2,
    ("authors", "disjoint"): -8,
    # … under one title at one place, or with one identifier: one of the two is wrong.
    ("authors", "other names"): -5,
    ("year", "same"): 1,
    ("year", "near"): 1,
    ("year", "some years apart"): 0,
    ("year", "far apart"): -5,
    # First and last page, or the first alone, in one volume or year.
    ("pages", "same"): 8,
    ("pages", "start"): 4,
    ("pages", "touch"): 1,
}
"""Bits of evidence by (signal, level) that two records are one work. A missing value gives no
evidence at all."""

VERSION_WEIGHTS: Final[dict[tuple[str, str], float]] = {
    ("id", "clash"): -12,
    ("id", "two DOIs"): -12,
    # Other words or names, and one work all the same: that tells little of the version.
    ("title", "apart"): -2,
    ("authors", "disjoint"): -2,
    ("year", "same"): 2,
    ("year", "near"): -2,
    ("year", "some years apart"): -9,
    ("year", "far apart"): -12,
    ("venue", "same"): 2,
    ("venue", "alike"): 3,
    # Names of journals that are not in the table: a translation, or another journal.
    ("venue", "differs"): -1,
    # … and volume or pages say so too, or both are in the table.
    ("venue", "elsewhere"): -14,
    ("volume", "same"): 2,
    ("volume", "differs"): -8,
    ("number", "same"): 1,
    ("number", "differs"): -4,
    ("pages", "touch"): 3,
    ("pages", "differ"): -8,
}
"""What weighs otherwise where the question is whether they are one version, as the labelled sets
ask. For one work it is a policy: a preprint may be years older, and of another DOI."""

HELD: Final[dict[str, tuple[str, ...]]] = {
    "a false merge costs more: papers of one group differ in a word": (
        *("title alike", "title word added", "title word exchanged"),
        *("title near, word added", "title near, word exchanged"),
    ),
    "a false merge costs more: nothing beside it should outweigh it": (
        *("title apart", "year far apart", "venue elsewhere", "pages differ"),
    ),
    "weighed between records of one work, where it tells little of the version": (
        *("authors disjoint", "venue alike", "venue differs"),
    ),
    "candidates met by their authors: of any two records an agreement tells more": (
        *("authors few in common", "authors most", "authors overlap"),
        *("authors part", "authors part, one", "authors same, one"),
    ),
    "a person's list is online a year before print more often than these sets": ("year near",),
    "the pages tell it too, and are weighed": ("volume same",),
    "the place weighs, as the signal 'column'": ("title recurring",),
}
"""Why weights are not what the labelled sets propose, by more than a bit."""

MATCH_AT: Final = 8.0
"""Bits from which two records are one work."""
PARTNER: Final = 8.0
"""Bits for two records of clean sources that have only each other."""
PARTNER_AHEAD: Final = 6.0
"""Bits by which the likest record of a clean source must be ahead of its next."""
MOST_AGAINST: Final = -4.0
"""What one pair without a ceiling counts at most against joining two groups: a record that is
badly written is like few of its own."""
LEFT_OVER: Final = 10.0
"""… that are the only ones left of their people in one venue and year."""
UNMATCHED: Final = 0.5
"""Share of a source's records of one venue and year up to which they are left over: else the
other source does not cover it."""
IN_COMMON: Final = 10.0
"""Bits of information that the titles of such two must share."""
REVIEW_AT: Final = 3.0
"""Bits from which a person is asked."""

CEILINGS: Final[dict[tuple[str, str], str]] = {
    ("title", "apart"): "review",
    # cluster.group joins them where neither title is claimed elsewhere with another number.
    ("title", "reworded"): "review",
    ("id", "two DOIs"): "review",
    ("authors", "disjoint"): "review",
    ("column", "elsewhere"): "different",
    ("column", "no place"): "review",
    ("part", "differs"): "different",
    ("part", "may differ"): "review",
    ("words", "opposed"): "different",
    ("notice", "differs"): "different",
    ("notice", "may differ"): "review",
    ("archival", "differs"): "different",
    ("archival", "may differ"): "review",
    ("archival", "elsewhere"): "review",
    ("archival", "another year"): "review",
}
"""The best verdict while this evidence stands, whatever the sum says."""

RARE_TITLE: Final = 35.0
"""Bits of information from which equal titles hardly ever are two papers."""
RARE_PART: Final = 20.0
"""Bits of information that a title must hold to be found within a longer one."""
NEAR_TITLE: Final = 90.0
"""Similarity in percent of squeezed titles from which they are near."""
ALIKE_TITLE: Final = 75.0
"""Similarity from which they are worth a look at their words."""
NEAR_NAME: Final = 80.0
"""Similarity of two family names from which one is a misspelling of the other."""
NEAR_WORD: Final = 75.0
"""Similarity of two words from which one is a spelling of the other ('convolution-al')."""
YEARS_NEAR: Final = 1
YEARS_APART: Final = 4
"""A preprint may be four years older than its journal version."""
BLOCK: Final = 200
"""Largest number of records under one key that are compared pairwise."""
ISSUES: Final = 3
"""Years or issues of one venue in which a source has a title before it is taken for a column."""
MANY: Final = 1000
"""Records of a source from which it shows whether it names papers twice."""
TIDY: Final = 0.02
"""Share of repeated papers up to which a source is taken for one that repeats none on purpose."""
KAPPA: Final = 10_000
"""Candidate pairs that must be at hand for them to count as much as the shipped weights."""
FURTHEST: Final = 8.0
"""Bits that a weight moves at most: other people's records may be odd in many ways."""
ROUNDS: Final = 8
"""Rounds of expectation maximisation."""
SAMPLE: Final = 20_000
"""Candidate pairs that are looked at for it, evenly spread."""
LONGEST_TITLE: Final = 2000
"""Letters of a title that are looked at: what is longer is a whole text in the wrong cell."""
LARGE: Final = 2000
"""Records from which they themselves tell how rare a word is, where it only matters which of
them meet."""
AVERAGE: Final = 2.0
"""Average bits between two groups of records from which they are one version."""
MOST_BITS: Final = 16.0
"""What one pair counts at most in an average, for or against."""

STAGE_RANK: Final[dict[str, int]] = {
    "journal": 0,
    "conference": 0,
    "workshop": 1,
    "thesis": 2,
    "preprint": 3,
    "other": 4,
    "submission": 5,
}
"""Which version heads a work. A submission never does while there is another."""

TRUST: Final[dict[str, tuple[str, ...]]] = {
    "year": ("openreview", "arxiv", "dblp", "bibtex", "news", "page", "degree", "scholar"),
    "date": ("arxiv", "openreview", "dblp", "bibtex", "degree", "page", "news", "scholar"),
    "venue": ("openreview", "dblp", "bibtex", "page", "news", "degree", "arxiv", "scholar"),
    "workshop": ("openreview", "dblp", "bibtex", "page", "news", "degree", "arxiv", "scholar"),
    "authors": ("arxiv", "openreview", "dblp", "bibtex", "page", "degree", "scholar", "news"),
    "title": ("openreview", "arxiv", "dblp", "bibtex", "page", "degree", "scholar", "news"),
    "doi": ("dblp", "bibtex", "openreview", "arxiv", "page", "scholar", "degree", "news"),
    "arxiv": ("arxiv", "openreview", "dblp", "bibtex", "news", "page", "degree", "scholar"),
    "openreview": ("openreview", "dblp", "bibtex", "page", "news", "arxiv", "degree", "scholar"),
    "": ("dblp", "bibtex", "scholar", "page", "degree", "openreview", "arxiv", "news"),
}
"""Whom to believe first, by field ('' for the rest: pages, volume, publisher).

An adapter's name, or for a page the form of the entry. A .bib entry is mostly pasted from
the publisher; a record of DBLP is made from the proceedings; Scholar's year is that of whichever
version it saw first (FORMATS 3.1).
"""

MERGES: Final = ("scholar",)
"""Sources that show several versions of a work as one, with the year of any."""
AUTHORITY: Final = ("openreview", "dblp")
"""Sources whose records are made by the venue itself, or from its proceedings."""

PERSON: Final[dict[str, float]] = {
    "a known co-author": 6,
    "no known co-author": -3,
    "a known field": 2,
    "another field": -5,
    "another form of the name": -4,
}
"""Bits for and against a paper that was found by the person's name alone being theirs."""
PERSON_WORKS: Final = 3
"""Works that must be known before strangers among the authors say anything."""

CAPITALS: Final[tuple[tuple[str, str], ...]] = (
    ("own", "openreview"),
    ("own", "arxiv"),
    ("own", "dblp"),
    ("own", "bibtex"),
    ("sister", "arxiv"),
    ("sister", "openreview"),
    ("own", "page"),
    ("sister", "page"),
    ("own", "scholar"),
    ("sister", "bibtex"),
)
"""Whose capitals a title takes: claims about the headline version ('own') or another."""

OVER_DAYS: Final = {"exact": 30, "usual": 90}
"""Days between the end of an edition and the first posting from which the edition is out of
question. A paper may be posted days after its conference: 'Disentangled representations via
synergy minimization' was, four days after Allerton 2017."""

BEFORE_DAYS: Final = 30
"""Days before the end of an edition by which a paper of it was first posted, if its preprint came
first at all."""

SHRUNK: Final = 0.5
"""A source that sends less than this share of what it had is taken for broken."""

HARM: Final[dict[str, int]] = {
    # Two works in one spoil every field of both, and one in two is counted twice.
    "duplicate": 0,
    "identifier": 1,
    "person": 2,
    "venue": 3,
    "year": 3,
    "workshop": 3,
    "authors": 4,
    "title": 5,
}
"""Which questions do most harm if they are left, by kind, of values by field; others the least."""
