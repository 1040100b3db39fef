"""Pages spoilt at random: bytes, words of their formats, lines, and what stands in brackets."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

LONGEST = 32_000
"""Bytes of a mutated page; longer ones are cut."""

_BYTES = [bytes([n]) for n in (0, 9, 10, 11, 12, 13, 27, 32, 127, 128, 255)]
# Characters that break lines, hide, combine, or have no short form.
_ODD = "\u2028\u2029\x85\xa0\u202e\u200b\ufeff\u0301\u0130\ufb01\U0001d4aaßｆ–…\ue000"
# Openings, closings and escapes of all formats, blanks between them.
_PLAIN = r"""
    { } [ ] ( ) < > " ' , ; : = # % & $ @ ~ _ ^ \ / | * ` ! ? - 0 9 {{ }} [[ ]] "" -- --- .. **
    <!-- --> <![CDATA[ ]]> <? ?> &amp; &#0; &#x110000; &nosuch; <br> <li> </li> <p> </p> <h2> <b>
    <details> </details> <entry> </entry> <feed> </feed> <id> </id> <name> <a </a> <script> </html>
    @article{ @string{ @comment{ @preamble{ @misc{x, title={ author={ year= month= # and others
    {" ": "content": "value": "notes": "id": "forum": null true -1 1e999 NaN "\ud800" {} [] \u0000
    \alpha \'e \"{ \v{s} \begin{ \url{ \href{ \$ \textbf{ \verb| \\ $$ \( \) \ss \input{
    ## > ``` --- +++ 1. https:// http://[::1 doi.org/ arXiv:2301.00001 2301.00001v99 10.1000/x
    99999999999999999999999999 0000-00-00 2024-13-45 1970-01-01T00:00:00Z (1999) 19 2024 I II
"""
_SPACED = (
    "TY  - |ER  - |AU  - |%0 |%A |%T |- |* |et al.|, and | in |In |vol. |pp. |Accepted at |\t|  "
)
_WORDS = [
    *_BYTES,
    *(word.encode() for word in (*_ODD, *_PLAIN.split(), *_SPACED.split("|"))),
]
_TOKEN = re.compile(
    rb"<[^<>]{0,200}>|\"[^\"\n]{0,200}\"|[{}\[\](),;:=\n]|[^\s<>\"{}\[\](),;:=]+|\s+"
)

_LEAF = re.compile(rb"(?P<start><([\w:-]{1,40})(?: [^<>]{0,200})?>)(?P<text>[^<]*)(?P<end></\2>)")

Mutation = Callable[[Random, bytes, Sequence[bytes]], bytes]


def mutate(chance: Random, seed: bytes, others: Sequence[bytes]) -> bytes:
    """A page with one to eight mutations; `others` lend pieces of themselves.

    Every second page keeps its form: bytes at random leave hardly an XML or JSON page that is
    read at all.
    """
    keeping = _FORMS.get(seed.lstrip()[:1]) if chance.random() < 0.5 else None
    body = seed
    for _ in range(1 + min(int(chance.expovariate(0.6)), 7)):
        body = (keeping or chance.choice(MUTATIONS))(chance, body, others)[:LONGEST]
    return body


def _span(chance: Random, length: int, longest: int = 400) -> tuple[int, int]:
    start = chance.randrange(length + 1)
    return start, min(length, start + chance.randrange(1, longest))


def _byte(chance: Random, body: bytes, others: Sequence[bytes]) -> bytes:
    at = chance.randrange(len(body) + 1)
    return body[:at] + bytes([chance.randrange(256)]) + body[at + chance.randrange(2) :]


def _bit(chance: Random, body: bytes, others: Sequence[bytes]) -> bytes:
    if not body:
        return body
    at = chance.randrange(len(body))
    return body[:at] + bytes([body[at] ^ 1 << chance.randrange(8)]) + body[at + 1 :]


def _word(chance: Random, body: bytes, others: Sequence[bytes]) -> bytes:
    at = chance.randrange(len(body) + 1)
    word: bytes = chance.choice(_WORDS) * chance.choice((1, 1, 1, 2, 40))
    return body[:at] + word + body[at + chance.randrange(3) * len(word) :]


def _drop(chance: Random, body: bytes, others: Sequence[bytes]) -> bytes:
    start, end = _span(chance, len(body))
    return body[:start] + body[end:]


def _repeat(chance: Random, body: bytes, others: Sequence[bytes]) -> bytes:
    start, end = _span(chance, len(body), chance.choice((8, 100, 2000)))
    return body[:end] + body[start:end] * chance.choice((1, 2, 5, 30)) + body[end:]


def _cut(chance: Random, body: bytes, others: Sequence[bytes]) -> bytes:
    at = chance.randrange(len(body) + 1)
    return body[:at] if chance.random() < 0.7 else body[at:]


def _borrow(chance: Random, body: bytes, others: Sequence[bytes]) -> bytes:
    other = chance.choice(others)
    start, end = _span(chance, len(other), 1500)
    at, until = _span(chance, len(body), 100)
    return body[:at] + other[start:end] + body[until if chance.random() < 0.5 else at :]


def _lines(chance: Random, body: bytes, others: Sequence[bytes]) -> bytes:
    return _moved(chance, body.splitlines(keepends=True))


def _tokens(chance: Random, body: bytes, others: Sequence[bytes]) -> bytes:
    tokens: list[bytes] = _TOKEN.findall(body)
    return _moved(chance, tokens)


def _moved(chance: Random, parts: list[bytes]) -> bytes:
    """The parts with one lost, doubled, swapped with another, or put in another's place."""
    if not parts:
        return b""
    a, b = chance.randrange(len(parts)), chance.randrange(len(parts))
    way = chance.randrange(4)
    if way == 0:
        del parts[a]
    elif way == 1:
        parts.insert(b, parts[a])
    elif way == 2:
        parts[a], parts[b] = parts[b], parts[a]
    else:
        parts[a] = parts[b]
    return b"".join(parts)


def _ends(chance: Random, body: bytes, others: Sequence[bytes]) -> bytes:
    """Another way to write the same text: line ends, encodings, byte order marks."""
    way = chance.randrange(6)
    if way < 2:
        end = b"\r\n" if way else b"\r"
        return body.replace(b"\n", end)
    if way == 2:
        return b"\xef\xbb\xbf" + body
    text = body.decode("utf-8", "replace")
    return text.encode(("latin-1", "utf-16", "utf-8")[way - 3], "replace")


def _element(chance: Random, body: bytes, others: Sequence[bytes]) -> bytes:
    """One element without elements in it lost, doubled, emptied or with other text: still XML."""
    found = list(_LEAF.finditer(body))
    if not found:
        return _lines(chance, body, others)
    leaf, other = chance.choice(found), chance.choice(found)
    texts = (b"", chance.choice(_WORDS), other["text"], leaf["text"] * 3)
    text = chance.choice(texts).replace(b"<", b"&lt;").replace(b"&", b"&amp;")
    said = (b"", leaf[0] * 2, leaf["start"] + text + leaf["end"], other[0])
    return body[: leaf.start()] + chance.choice(said) + body[leaf.end() :]


def _json(chance: Random, body: bytes, others: Sequence[bytes]) -> bytes:
    """One value of a JSON document lost, or of another kind; other texts lose a token."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return _tokens(chance, body, others)
    places = list(_places(found))
    if not places:
        return b"[]"
    holder, key = chance.choice(places)
    values: tuple[Any, ...] = (
        None,
        True,
        0,
        -1,
        10**30,
        1.5,
        "",
        "x" * 50,
        [],
        {},
        [None],
        {"value": None},
        "\ud800",
    )
    way = chance.randrange(3)
    if way == 0:
        del holder[key]
    elif way == 1:
        holder[key] = chance.choice(values)
    else:
        other, at = chance.choice(places)
        # A copy as text: a value inside itself is no JSON.
        holder[key] = json.loads(json.dumps(other[at]))
    return json.dumps(found, ensure_ascii=chance.random() < 0.5).encode("utf-8", "replace")


def _places(found: Any) -> list[tuple[Any, Any]]:
    """Every value of a document, as what holds it and by which key."""
    places: list[tuple[Any, Any]] = []
    waiting = [found]
    while waiting:
        one = waiting.pop()
        keys = (
            list(one) if isinstance(one, dict) else range(len(one)) if isinstance(one, list) else ()
        )
        for key in keys:
            places.append((one, key))
            waiting.append(one[key])
    return places


MUTATIONS: tuple[Mutation, ...] = (
    *(_byte, _bit, _word, _word, _word, _drop, _repeat, _cut, _borrow, _borrow),
    *(_lines, _lines, _tokens, _tokens, _ends, _json, _json, _element, _element),
)
_FORMS: Mapping[bytes, Mutation] = {b"{": _json, b"[": _json, b"<": _element}
"""What leaves a page in its form, by its first byte."""
