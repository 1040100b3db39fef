"""Words that stand beside the name of a venue and are no part of it."""

from __future__ import annotations

import re

HEADS = frozenset(
    "conference symposium international joint meeting congress workshop proceedings".split()
)
"""Kinds of meetings, and what joins them."""
LEADS = HEADS | frozenset(
    "acm ieee cvf rsj ras embs aaai siam usenix ifip iapr iee ima isca eurographics computer "
    "society biennial world cs sigkdd sigir sigmod sigsac sigchi sigcomm sigplan sigsoft sigact "
    "sigops sigarch sigweb sigbed preproceedings advances appear appears appeared appearing "
    "accepted published presented presentation paper poster oral spotlight talk demo extended "
    "abstract version full short long l by from as main track tutorial tutorials online "
    "also under review findings association companion adjunct abstracts pre adv".split()
)
"""May stand before the name of a conference."""
AFTER = HEADS | frozenset(
    "main workshop companion track tracks datasets benchmarks dataset benchmark poster posters "
    "oral orals spotlight spotlights paper papers long short volume vol part series pmlr edition "
    "virtual online event findings demo demos demonstration demonstrations tutorial tutorials "
    "adjunct abstract abstracts extended blog blogposts competition competitions challenge "
    "challenges position industry pages page pp notable top presentation best award submission "
    "under review main lncs arxiv student doctoral consortium late breaking reports held hlt "
    "human language technologies technical report program system regular camera ready "
    "table contents ii iii iv v vi vii viii ix".split()
)
"""May stand behind the name of a conference and is no part of it."""
TRACKS = frozenset(
    "companion extended adjunct tutorial tutorials demo demos demonstration demonstrations "
    "doctoral abstracts findings challenge challenges competition competitions blog late "
    "student".split()
)
"""Behind these anything may follow: 'CHI Extended Abstracts on Human Factors'."""
NOISE = frozenset(
    "volume vol no number issue num pages page pp p art article id arxiv accepted by appear "
    "press online early access forthcoming published v be january "
    "february march april may june july "
    "august september october november december jan feb mar apr jun jul aug sep sept oct nov "
    "dec hellip".split()
)
"""May stand beside the name of a journal."""
PREPRINT = NOISE | frozenset(
    "preprint preprints e print prints eprint eprints cornell university org com abs technical "
    "report survey paper server available submitted cs stat math lg cl cv ml ai doi http https "
    "www electronic research network papers ssrn v".split()
)
"""May stand beside the name of a preprint server."""
BESIDE = LEADS | AFTER | NOISE
"""Does not make a workshop's own name."""

_PARTS = tuple(
    (re.compile(rf"(?i){pattern}"), track)
    for pattern, track in (
        (r"\bfindings\b", "Findings"),
        (r"\bextended abstracts\b", "Extended Abstracts"),
        (r"\bcompanion\b", "Companion"),
        (r"\badjunct\b", "Adjunct"),
        (r"\bdoctoral consortium\b", "Doctoral Consortium"),
        (r"\bstudent abstracts?\b", "Student Abstracts"),
        (r"\blate[- ]breaking\b", "Late-Breaking Reports"),
        (r"\b(?:system )?demonstrations?\b|\bdemos?\b", "Demonstrations"),
        (r"\btutorials?\b", "Tutorials"),
        (r"^\W*competitions?\b|\bcompetitions? track\b", "Competitions"),
        (r"^\W*challenges?\b|\bchallenge (?:on|at|track)\b", "Challenges"),
        (r"\bblog ?(?:posts?|track)\b", "Blog Posts"),
        (r"\bshort papers? track\b|-short papers\s*$", "Short Papers"),
    )
)
_ANY_PART = re.compile("|".join(pattern.pattern for pattern, _ in _PARTS).replace("(?i)", ""), re.I)


def track_of(rest: str) -> str:
    """Which of `venues.TRACKS` the words beside a conference's name speak of; '' for none."""
    if not _ANY_PART.search(rest):
        return ""
    return next((track for pattern, track in _PARTS if pattern.search(rest)), "")
