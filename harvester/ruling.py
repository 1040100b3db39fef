"""What a person typed after `harvest decide`, made into a decision that names records."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from harvester.canon import Decision
from harvester.choices import choices, folded
from harvester.decisions import DecisionError, refuse_value
from harvester.docket import ShelvedConflict
from harvester.find import FindError, find_work
from harvester.listed import Listed

_ID = re.compile(r"[0-9a-f]{4,64}")


def read(
    kind: str,
    words: Sequence[str],
    note: str,
    works: Sequence[Listed],
    conflicts: Sequence[ShelvedConflict],
) -> Decision:
    """The decision. Raises DecisionError where the words name nothing."""
    if kind == "accept":
        return accepted(_named(words[0], conflicts), note)
    if kind == "take":
        return taken(_named(words[0], conflicts), words[1], note)
    if kind == "key":
        return _key(words[0], words[1], note, works)
    about = "person" if kind in ("mine", "not-mine") else "duplicate"
    asked = {c.id: about_records(c) for c in conflicts if c.kind == about}
    named = {key for word in words for key in _meant(kind, word, asked, works)}
    return Decision(kind, tuple(sorted(named)), note=note)


def accepted(conflict: ShelvedConflict, note: str = "") -> Decision:
    """What the program would do, or does until somebody decides."""
    if conflict.kind == "field":
        value = conflict.proposed
        return Decision(
            "take", about_records(conflict), conflict.field, conflict.slot, value, note=note
        )
    if conflict.kind == "identifier":
        if not any(folded(claim.text) == folded(conflict.title) for claim in conflict.claims):
            raise DecisionError("nothing is proposed here; take one of them")
        return taken(conflict, conflict.title, note)
    return Decision(conflict.proposed, about_records(conflict), note=note)


def taken(conflict: ShelvedConflict, typed: str, note: str = "") -> Decision:
    """A value: a letter of `harvest diff`, a claimed value in any spelling, or any other."""
    records = about_records(conflict)
    if conflict.kind == "identifier":
        return _owner(conflict, typed, records, note)
    if conflict.kind != "field":
        raise DecisionError(
            f"{conflict.id} is not about a value; decide same, apart, mine or not-mine"
        )
    titles = conflict.field == "title"
    claimed = [(claim.text if titles else claim.value) for claim in conflict.claims]
    chosen = _choose(typed, claimed)
    refuse_value(conflict.field, chosen)
    return Decision("take", records, conflict.field, conflict.slot, chosen, note=note)


def about_records(conflict: ShelvedConflict) -> tuple[str, ...]:
    """The records that a decision on a conflict names."""
    if conflict.judgement:
        return tuple(sorted((conflict.judgement.a, conflict.judgement.b)))
    return tuple(sorted({claim.record for claim in conflict.claims}))


def _asked(word: str, asked: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The records of the question whose id, or the beginning of it, a word is."""
    found = [id for id in asked if id == word or (_ID.fullmatch(word) and id.startswith(word))]
    return asked[found[0]] if len(found) == 1 else ()


def _meant(
    kind: str, word: str, asked: Mapping[str, tuple[str, ...]], works: Sequence[Listed]
) -> tuple[str, ...]:
    """The records that a word means: a question's, itself if it names one, else a work's.

    Two works are held apart by a record of each: no two of those named may be in one work. To
    make them one takes all records, or a veto between others would tear a work in two.
    """
    found = _asked(word, asked)
    if found or ":" in word:
        return found or (word,)
    records = _work(word, works).records
    return records[:1] if kind == "apart" else records


def _work(word: str, works: Sequence[Listed]) -> Listed:
    try:
        return find_work(works, word)
    except FindError as error:
        raise DecisionError(str(error)) from error


def _key(word: str, key: str, note: str, works: Sequence[Listed]) -> Decision:
    """A name for a work, whoever of its records stay with it."""
    return Decision("key", _work(word, works).records, value=key, note=note)


def _named(id: str, conflicts: Sequence[ShelvedConflict]) -> ShelvedConflict:
    found = [c for c in conflicts if c.id == id or (_ID.fullmatch(id) and c.id.startswith(id))]
    if len(found) != 1:
        raise DecisionError(f"no conflict is called {id!r}; `harvest diff` names them")
    return found[0]


def _owner(conflict: ShelvedConflict, typed: str, records: tuple[str, ...], note: str) -> Decision:
    """Whose an identifier is: the record, of all that claim it, whose work keeps it."""
    titles = [claim.text for claim in conflict.claims]
    chosen = folded(_choose(typed, titles))
    if chosen not in {folded(title) for title in titles}:
        raise DecisionError(f"no work that claims it is called {typed!r}; write a letter")
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
