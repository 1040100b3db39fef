"""What became of a submission at OpenReview, told from its group id and the words of its venue.

The table is FORMATS 2.7: neither of the two is enough alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sources.record import Stage

ACCEPTED = "accepted"
REJECTED = "rejected"
DESK_REJECTED = "desk rejected"
WITHDRAWN = "withdrawn"
RETRACTED = "retracted"
PENDING = "under review"
UNKNOWN = ""

# Last segments of a group id that are no group but a state in it.
_STATES = {
    "rejected": REJECTED,
    "rejected_submission": REJECTED,
    "desk_rejected": DESK_REJECTED,
    "desk_rejected_submission": DESK_REJECTED,
    "withdrawn": WITHDRAWN,
    "withdrawn_submission": WITHDRAWN,
    "retracted_acceptance": RETRACTED,
    "submitted": PENDING,
    "assigning_ae": PENDING,
    "assigned_ae": PENDING,
    "under_review": PENDING,
    "decision_pending": PENDING,
}
# The first that fits, so that 'Desk Rejected Submission' is not yet a 'Submission'.
_WORDS = (
    (re.compile(r"(?i)^desk[ -]rejected\b|\bdesk[ -]rejected(?: submission)?$"), DESK_REJECTED),
    (re.compile(r"(?i)^rejected\b|\brejected(?: submission)?$"), REJECTED),
    (re.compile(r"(?i)^withdrawn\b|\bwithdrawn(?: submission)?$"), WITHDRAWN),
    (re.compile(r"(?i)^retracted\b|\bretracted(?: acceptance)?$"), RETRACTED),
    (re.compile(r"(?i)^(?:submitted to|under review|decision pending)\b|submission$"), PENDING),
)
_DECIDED = (
    (re.compile(r"(?i)desk[ -]*reject"), DESK_REJECTED),
    (re.compile(r"(?i)reject|decline|\bnot\b.*accept"), REJECTED),
    (re.compile(r"(?i)withdraw"), WITHDRAWN),
    (re.compile(r"(?i)accept"), ACCEPTED),
)
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a submission came."""

    status: str
    """One of the constants above; UNKNOWN where nobody says."""
    stage: Stage | None
    """SUBMISSION unless accepted; then what the group id says of the venue's kind."""
    venue: str
    """As written, else as the group id spells it."""
    group: str
    """The group id without a state behind it."""


def standing(venue: str, venueid: str, invitations: Sequence[str], decided: str) -> Standing:
    """Judge a native note. `decided` are the words of a decision among its replies."""
    group, status = _split(venueid)
    for name in invitations:
        # v1 moves a withdrawn note to another invitation and leaves its venue alone.
        place, _, kind = name.partition("/-/")
        group = group or (place if kind else "")
        if not status and kind.lower() in ("withdrawn_submission", "desk_rejected_submission"):
            status = _STATES[kind.lower()]
    status = status or _by_words(venue, bool(venueid))
    if not status and not venue and decided:
        status = next((kind for form, kind in _DECIDED if form.search(decided)), UNKNOWN)
    if not status and "/ACL/ARR/" in f"/{group}/":
        status = PENDING  # a review cycle publishes nothing
    if not status and venueid:
        status = ACCEPTED
    stage = _stage(group) if status == ACCEPTED else Stage.SUBMISSION
    return Standing(status, stage, venue or spelled(group), group)


def _split(venueid: str) -> tuple[str, str]:
    group, _, last = venueid.strip("/").rpartition("/")
    status = _STATES.get(last.lower(), PENDING if last.lower().endswith("submission") else "")
    return (group, status) if status else (venueid.strip("/"), UNKNOWN)


def _by_words(venue: str, grouped: bool) -> str:
    for form, status in _WORDS:
        if form.search(venue):
            return status
    if re.search(r"(?i)\bsubmitted$", venue):
        # 'ICLR 2022 Submitted' in the group of the accepted: rejected, as v1 wrote it in 2021/22.
        return REJECTED if grouped else PENDING
    return UNKNOWN


def _stage(group: str) -> Stage | None:
    parts = group.lower().split("/")
    if any(part.startswith("workshop") or part.endswith("_workshop") for part in parts):
        return Stage.WORKSHOP
    # A group without domain and year is a journal: 'TMLR', 'DMLR'.
    return Stage.JOURNAL if len(parts) == 1 and parts[0] and "." not in parts[0] else None


def spelled(group: str) -> str:
    """A group id in words.

    >>> spelled("ICLR.cc/2025/Conference"), spelled("colmweb.org/COLM/2024/Workshop/X")
    ('ICLR 2025', 'COLM 2024 Workshop X')
    """
    domain, *rest = group.split("/")
    if "." in domain:
        # 'ICLR.cc/2025': the domain names the series; 'colmweb.org/COLM/2024': it does not.
        named = not rest or _YEAR.fullmatch(rest[0])
        rest = [domain.rsplit(".", 1)[0], *rest] if named else rest
    else:
        rest = [domain, *rest]
    words = [part.replace("_", " ") for part in rest if part.lower() != "conference"]
    return " ".join(words)
