"""The keys of `harvest diff -i`: what each means before a question, and how one is read."""

from __future__ import annotations

import string
from collections.abc import Iterator
from dataclasses import dataclass

import click

from harvester import review
from harvester.docket import ShelvedConflict
from harvester.questions import LATER, allowed
from harvester.report import Row, dim

_DIRECT = string.ascii_lowercase[: string.ascii_lowercase.index("l")]
"""Letters of values that are keys; those behind stand for commands, and are typed after 't'."""
_ANSWERS = {"s": "same", "p": "apart", "m": "mine", "n": "not-mine"}
ACCEPT, TYPE, WHY, UNDO, QUIT = "accept", "value", "why", "undo", "quit"
_ALWAYS = {"l": LATER, "w": WHY, "u": UNDO, "q": QUIT}
_WIDE = 78


class HungUpError(BaseException):
    """Nobody can press a key any more: the terminal is gone. May come at any instant, as
    KeyboardInterrupt may.
    """


@dataclass(frozen=True, slots=True)
class Key:
    """What a key does."""

    verb: str
    """An answer of `questions.allowed`, or LATER, WHY, UNDO, QUIT."""
    word: str = ""
    """With 'take' the letter of the value."""


def meanings(conflict: ShelvedConflict, shape: Row) -> dict[str, Key]:
    """What each key does before this question. `shape` is the conflict as it is shown."""
    verbs = allowed(conflict)
    found: dict[str, Key] = {}
    if "take" in verbs:
        letters = filter(None, review.letters(shape).values())
        found |= {letter: Key("take", letter) for letter in letters if letter in _DIRECT}
        found["t"] = Key(TYPE)
    if ACCEPT in verbs and proposal(conflict, shape):
        found["y"] = Key(ACCEPT)
    found |= {key: Key(verb) for key, verb in _ANSWERS.items() if verb in verbs}
    return found | {key: Key(verb) for key, verb in _ALWAYS.items()}


def proposal(conflict: ShelvedConflict, shape: Row) -> str:
    """In a word what 'accept' would do; '' where nothing is proposed."""
    if conflict.kind in ("duplicate", "person"):
        return conflict.proposed
    letter = review.letters(shape).get(review.published(shape), "")
    return letter or ("as it is" if conflict.kind == "field" else "")


def legend(conflict: ShelvedConflict, shape: Row) -> Iterator[str]:
    """The keys that can be pressed, in as few lines as they fit."""
    keys = meanings(conflict, shape)
    direct = [key for key in keys if keys[key].verb == "take"]
    between = ", " if len(direct) < 3 else "-"
    parts = [f"{between.join(dict.fromkeys((direct[0], direct[-1])))} take"] if direct else []
    if "y" in keys:
        parts.append(f"y accept {proposal(conflict, shape)}")
    if "t" in keys:
        parts.append("t type")
    names = {verb: verb.replace("-", " ") for verb in _ANSWERS.values()}
    rest = {**_ANSWERS, **_ALWAYS}
    parts += [f"{key} {names.get(verb, verb)}" for key, verb in rest.items() if key in keys]
    line = ""
    for part in parts:
        if line and len(line) + len(part) + 3 > _WIDE:
            yield "  " + dim(line)
            line = part
        else:
            line = f"{line} · {part}" if line else part
    yield "  " + dim(line)


def pressed() -> str:
    """One key; '' for what is none, such as an arrow or a text that was pasted.

    Ctrl-C and Ctrl-D are the key that quits. What was typed before the question stood there
    was meant for another, and is not heard. Raises HungUpError.
    """
    try:
        read = click.getchar()
    except (KeyboardInterrupt, EOFError):
        return "q"
    except (OSError, RuntimeError) as error:  # click finds no terminal to set up any more
        raise HungUpError from error
    if not read:
        raise HungUpError
    if "\x03" in read or "\x04" in read:
        return "q"
    return read if len(read) == 1 else ""
