"""Pages kept as they came (`sync --keep`), and read again without network (`--replay`).

DIR/<source>/index.json     [{"file", "where", "fetched_at"}], in order
DIR/<source>/0001           the bytes of the first page
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from sources.contract import Page, SourceError

_INDEX = "index.json"


def keep(folder: Path, source: str, pages: Iterable[Page]) -> Iterator[Page]:
    """Pass the pages on, each written first. The index is written when all have come.

    Raises SourceError where the folder cannot be written.
    """
    place = _place(folder, source)
    index = []
    try:
        place.mkdir(parents=True, exist_ok=True)
        (place / _INDEX).unlink(missing_ok=True)
        for old in place.glob("[0-9]" * 4 + "*"):
            old.unlink()
        for number, page in enumerate(pages, 1):
            name = f"{number:04}"
            (place / name).write_bytes(page.body)
            fetched = page.fetched_at.isoformat() if page.fetched_at else ""
            index.append({"file": name, "where": page.where, "fetched_at": fetched})
            yield page
        text = json.dumps(index, ensure_ascii=False, indent=1) + "\n"
        (place / _INDEX).write_text(text, encoding="utf-8")
    except OSError as error:
        raise SourceError(str(place), f"cannot be written ({error.strerror})") from error


def replay(folder: Path, source: str) -> Iterator[Page]:
    """The pages that were kept of a source, in order. Raises SourceError if there are none."""
    place = _place(folder, source)
    try:
        rows = json.loads((place / _INDEX).read_text(encoding="utf-8"))
        for row in rows:
            fetched = row["fetched_at"]
            when = datetime.fromisoformat(fetched) if fetched else None
            name = Path(row["file"]).name
            yield Page(row["where"], (place / name).read_bytes(), when)
    except FileNotFoundError as error:
        raise SourceError(str(place), "no pages of this source were kept here") from error
    except OSError as error:
        raise SourceError(str(place), f"cannot be read ({error.strerror})") from error
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(str(place / _INDEX), f"is no index of kept pages ({error})") from error


def _place(folder: Path, source: str) -> Path:
    return folder / quote(source, safe=" ").replace(".", "%2E")
