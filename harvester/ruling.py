"""What a person typed after `harvest decide`, made into a decision that names records."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from harvester.canon import Decision
from harvester.choices import choices, folded
from harvester.decisions import DecisionError
from harvester.docket import ShelvedConflict
from harvester.find import FindError, find_work
from harvester.listed import Listed
from sources.record import PartialDate


def read(
    kind: str,
    words: Sequence[str],
    note: str,
    works: Sequence[Listed],
    conflicts: Sequence[ShelvedConflict],
) -> Decision:
    """The decision. Raises DecisionError where the words name nothing."""
    if kind == "take":
        return _take(words[0], words[1], note, conflicts)
    if kind in ("mine", "not-mine"):
        asked = {
            c.id: [claim.record for claim in c.claims] for c in conflicts if c.kind == "person"
        }
        named = {key for word in words for key in asked.get(word) or _records(word, works)}
        return Decision(kind, tuple(sorted(named)), note=note)
    pairs = {c.id: (c.judgement.a, c.judgement.b) for c in conflicts if c.judgement}
    named = {key for word in words for key in pairs.get(word) or _records(word, works)}
    return Decision(kind, tuple(sorted(named)), note=note)


def _records(word: str, works: Sequence[Listed]) -> Sequence[str]:
    """A record's key stands for itself, a work for the first of its records."""
    if ":" in word:
        return (word,)
    try:
        return find_work(works, word).records[:1]
    except FindError as error:
        raise DecisionError(str(error)) from error


def _take(id: str, value: str, note: str, conflicts: Sequence[ShelvedConflict]) -> Decision:
    found = [c for c in conflicts if c.id == id or (len(id) >= 4 and c.id.startswith(id))]
    if len(found) != 1:
        raise DecisionError(f"no conflict is called {id!r}; `harvest diff` names them")
    conflict = found[0]
    records = tuple(sorted({claim.record for claim in conflict.claims}))
    if conflict.kind == "identifier":
        return _owner(conflict, value, records, note)
    if conflict.kind != "field":
        raise DecisionError(f"{id} is not about a value; decide same, apart, mine or not-mine")
    titles = conflict.field == "title"
    claimed = [(claim.text if titles else claim.value) for claim in conflict.claims]
    chosen = _choose(value, claimed)
    _check(conflict.field, chosen)
    return Decision("take", records, conflict.field, conflict.slot, chosen, note=note)


def _owner(conflict: ShelvedConflict, value: str, records: tuple[str, ...], note: str) -> Decision:
    """Whose an identifier is: the record, of all that claim it, whose work keeps it."""
    chosen = folded(_choose(value, [claim.text for claim in conflict.claims]))
    owner = min(claim.record for claim in conflict.claims if folded(claim.text) == chosen)
    slot = f"id/{conflict.proposed}"
    return Decision("take", records, conflict.field, slot, owner, note=note)


def _choose(typed: str, claimed: Sequence[str]) -> str:
    """A claimed value in any spelling, else the value of a letter, else what was typed."""
    wanted = folded(typed.strip())
    for value in claimed:
        if folded(value) == wanted:
            return value
    letters = choices(claimed)
    if typed in letters:
        return next(value for value in claimed if folded(value) == letters[typed])
    if len(typed) == 1 and typed.isalpha():
        raise DecisionError(f"there is no choice {typed!r}; there are {', '.join(letters)}")
    return typed.strip()


def _check(field: str, value: str) -> None:
    """Refuse what the field cannot hold."""
    if not value or any(unicodedata.category(char) in ("Cc", "Cs") for char in value):
        raise DecisionError("an empty value, or one with control characters, cannot be taken")
    if field == "year" and not re.fullmatch(r"(?:19|20)\d\d", value):
        raise DecisionError(f"{value!r} is no year; write e.g. 2022")
    if field == "date" and PartialDate.parse(value) is None:
        raise DecisionError(f"{value!r} is no date; write 2022, 2022-06 or 2022-06-19")
