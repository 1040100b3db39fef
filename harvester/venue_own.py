"""A user's own venues: [[venue]] in harvest.toml, and venues.toml beside it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from harvester.venue_table import Table, venue_of_row
from harvester.venues import shipped

FILE = "venues.toml"


def own_table(config: str, rows: Sequence[Mapping[str, Any]], folder: Path) -> Table | None:
    """The shipped table with a user's rows before it, those of harvest.toml first; None if there
    are none. Raises ValueError with the place of a row that is none: '[[venue]] 2: …'.
    """
    found = [(f"{config}: [[venue]] {number}", row) for number, row in enumerate(rows, 1)]
    found += _rows_of_file(folder / FILE)
    if not found:
        return None
    known = shipped()
    venues = []
    for place, row in found:
        try:
            key = str(row.get("key", "")) if isinstance(row, Mapping) else ""
            venues.append(venue_of_row(row, known.get(key)))
        except ValueError as error:
            raise ValueError(f"{place}: {error}") from error
    return Table((*venues, *known.values()))


def _rows_of_file(path: Path) -> list[tuple[str, Mapping[str, Any]]]:
    if not path.is_file():
        return []
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ValueError(f"{FILE}: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{FILE}: is not TOML: {error}") from error
    rows = data.get("venue", [])
    if data.keys() - {"venue"} or not isinstance(rows, list):
        raise ValueError(f"{FILE}: holds [[venue]] tables and nothing else; see the shipped one")
    return [(f"{FILE}: [[venue]] {number}", row) for number, row in enumerate(rows, 1)]
