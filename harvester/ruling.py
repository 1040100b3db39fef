"""What a person typed after `harvest decide`, made into a decision that names records."""

from __future__ import annotations

import string
from collections.abc import Sequence

from harvester.canon import Decision
from harvester.decisions import DecisionError
from harvester.find import FindError, find_work
from harvester.listed import Listed
from harvester.shelf import ShelvedConflict
from harvester.titles import fold


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
    named = {key for word in words for key in _records(word, works)}
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
    if conflict.kind != "field":
        raise DecisionError(f"{id} is not about a value; decide same or apart")
    values = list(dict.fromkeys(claim.value for claim in conflict.claims))
    records = tuple(sorted({claim.record for claim in conflict.claims}))
    chosen = _choose(value, values)
    if conflict.field == "title":
        texts = {claim.value: claim.text for claim in conflict.claims}
        chosen = texts.get(chosen, chosen)
    return Decision("take", records, conflict.field, conflict.slot, chosen, note=note)


def _choose(typed: str, values: Sequence[str]) -> str:
    """A claimed value in any spelling, else the letter of one, else what was typed."""
    for value in values:
        if typed == value or fold(typed) == fold(value):
            return value
    letters = dict(zip(string.ascii_lowercase, values, strict=False))
    chosen = letters.get(typed, typed).strip()
    if not chosen:
        raise DecisionError("an empty value cannot be taken")
    return chosen
