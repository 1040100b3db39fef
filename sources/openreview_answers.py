"""OpenReview's JSON: the notes in an answer, or the words for what came instead."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sources.address import shown
from sources.contract import Page, SourceError
from sources.foreign import refuse_foreign
from sources.openreview_notes import MAIL, Note, is_submission

CHALLENGE = (
    "OpenReview asks programs without an account for a browser check; set OPENREVIEW_TOKEN, or "
    "OPENREVIEW_USERNAME and OPENREVIEW_PASSWORD, or save the answer in a browser and give it "
    "as path"
)
EXPIRED = "OpenReview does not accept this login any more; get a new token"
_HTML = re.compile(rb"(?i)\s*<(?:!doctype\s+html|html|head|body)\b")
_ID = re.compile(r'"id"\s*:\s*"([^"\\]+)"')


def object_of(page: Page) -> dict[str, Any]:
    """The JSON object that a page is. Raises SourceError for all else, and for an error body."""
    place = place_of(page.where)
    if not page.body.strip():
        raise SourceError(place, "is empty; expected JSON of OpenReview")
    if _HTML.match(page.body):
        reason = "is an HTML page, not JSON; save the answer of api2.openreview.net itself"
        raise SourceError(place, reason)
    refuse_foreign(Page(place, page.body), {"openreview"})
    try:
        found = _paired(json.loads(page.body), page.body)
    except RecursionError:
        raise SourceError(place, "is JSON nested too deep to be notes") from None
    except json.JSONDecodeError as error:
        reason = f"is cut off or not JSON at line {error.lineno}; fetch it again"
        raise SourceError(place, reason) from None
    except ValueError:  # an encoding that is not Unicode, a number of thousands of digits
        raise SourceError(place, "is not JSON that can be read; fetch it again") from None
    if isinstance(found, list):
        found = {"notes": found}
    if not isinstance(found, dict):
        raise SourceError(place, "is JSON, but no answer of OpenReview")
    if reason := refusal(found):
        raise SourceError(place, reason)
    return found


def _paired(found: Any, body: bytes) -> Any:
    """The same without half a surrogate pair, which JSON can spell and no file can hold."""
    if b"\\ud" not in body.lower():
        return found
    return json.loads(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace"))


def refusal(found: Mapping[str, Any]) -> str:
    """What an error body says and what to do, '' for a body that is no error."""
    name, message = found.get("name"), found.get("message")
    if name == "ChallengeRequiredError":
        return CHALLENGE
    if name in ("TokenExpiredError", "UnauthorizedError"):
        return EXPIRED
    # {"errors": [{"type": "notFound", …}]} is the form of API 1 (FORMATS 2.10).
    for error in list_of(found.get("errors")):
        if isinstance(error, dict):
            name, message = error.get("type"), error.get("message")
    if not isinstance(name, str) or not ("errors" in found or "message" in found):
        return ""
    words = message if isinstance(message, str) and message else name
    return f"OpenReview answers: {MAIL.sub('…', words)[:200]}"


def notes_of(page: Page) -> list[Note]:
    """The notes in an answer of either API, or in a list of them that somebody saved."""
    found = object_of(page)
    if isinstance(found.get("note"), dict):
        return [found["note"]]
    if "content" in found:
        return [found]
    listed = list_of(found.get("notes"))
    notes: list[Note] = [one for one in listed if isinstance(one, dict) and "content" in one]
    if not isinstance(found.get("notes"), list) or (listed and not notes):
        raise SourceError(
            place_of(page.where), "holds no notes; save an answer of /notes or /notes/search"
        )
    return notes


def replies_of(notes: list[Note]) -> Mapping[str, list[Note]]:
    """Reviews and decisions by the note they answer: inside its details, or beside it."""
    replies: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        inside = note.get("details")
        for name in ("replies", "directReplies"):
            listed = list_of(inside.get(name)) if isinstance(inside, dict) else []
            replies[str(note.get("id"))] += [one for one in listed if isinstance(one, dict)]
        if not is_submission(note):
            replies[str(note.get("forum"))].append(note)
    return replies


def submissions_of(notes: list[Note]) -> list[Note]:
    """The papers among them. Who is logged in also gets the signed original of a blind copy."""
    originals = {str(note["original"]) for note in notes if note.get("original")}
    return [one for one in notes if is_submission(one) and str(one.get("id")) not in originals]


def lines_of(page: Page) -> Mapping[str, int]:
    """The line at which a saved file gives each id."""
    found: dict[str, int] = {}
    for number, line in enumerate(page.body.decode("utf-8", "replace").split("\n"), 1):
        for match in _ID.finditer(line):
            found.setdefault(match[1], number)
    return found


def list_of(value: object) -> list[Any]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def is_url(where: str) -> bool:
    """Whether a page came over the network."""
    return where.startswith(("http://", "https://"))


def place_of(where: str) -> str:
    """A page's name as it may be printed."""
    return shown(where) if is_url(where) else where
