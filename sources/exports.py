"""Exports of one profile over time: one source with a history, of which the newest file speaks."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from sources.contract import Page, SourceError
from sources.files import files_at, page_of
from sources.record import PartialDate

_DATED = re.compile(r"(?<!\d)(20\d\d)([-_. ]?)(?:(\d\d)(?:\2(\d\d))?)?(?!\d)")
"""2024-02-04, 20240204, 2024_02, 2024."""


def newest_page(path: str, base: Path, suffixes: tuple[str, ...]) -> tuple[Page, str]:
    """The newest of the files that a path means, and what to say of the others.

    A file's date is the one in its name, else that of its last change. Raises SourceError.
    """
    files = files_at(path, base, suffixes)
    files = [file for file in files if file.suffix.lower() in suffixes] or files
    newest = max(files, key=_age)
    page = page_of(newest, base)
    older = len(files) - 1
    if not older:
        return page, ""
    by = "the date in its name" if _date(newest.name) else "the time of its last change"
    rest = f"{older} older file{'s are' if older > 1 else ' is'} not"
    return page, f"{page.where} is read, the newest by {by}; {rest}"


def _age(file: Path) -> tuple[PartialDate, float]:
    """Grows with the file's date; of two files of one day the one changed last is newer."""
    try:
        changed = file.stat().st_mtime
    except OSError as error:
        raise SourceError(file.as_posix(), f"cannot be read: {error.strerror}") from error
    return _date(file.name) or _day(changed), changed


def _day(moment: float) -> PartialDate:
    when = datetime.fromtimestamp(moment, UTC)
    return PartialDate(when.year, when.month, when.day)


def _date(name: str) -> PartialDate | None:
    """The latest, if there are several: '2019-2024'."""
    texts = (
        "-".join(part for part in found.group(1, 3, 4) if part) for found in _DATED.finditer(name)
    )
    return max((date for text in texts if (date := PartialDate.parse(text))), default=None)
