"""harvest.toml: read, checked, written."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harvester.adapters import ADAPTERS, Wanted
from sources.contract import Source

if TYPE_CHECKING:
    from harvester.venue_table import Table
    from sources.http import Http

FILE = "harvest.toml"


class ConfigError(Exception):
    """harvest.toml cannot be used. The message is one line: place, what is wrong, what to do."""


@dataclass(frozen=True, slots=True)
class Person:
    """Whose list this is."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """One [[source]] table, checked."""

    adapter: str
    name: str
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Config:
    """A checked harvest.toml."""

    folder: Path
    """The workspace; relative paths start here."""
    database: Path
    bib: Path
    persons: tuple[Person, ...]
    sources: tuple[SourceSettings, ...]
    contact: str = ""
    """An address for services that want to know who asks."""
    venues: Table | None = None
    """The table of venues with the user's own before it; None: the shipped one is enough."""

    @property
    def owner(self) -> tuple[str, ...]:
        """Every configured form of the first person's name, the full one first."""
        return (self.persons[0].name, *self.persons[0].aliases) if self.persons else ()


def find(start: Path, given: str | None = None) -> Path:
    """The harvest.toml that was named, else the nearest upwards of `start`."""
    if given is not None:
        path = Path(given)
        path = path / FILE if path.is_dir() else path
        if not path.is_file():
            raise ConfigError(f"{given}: no such file; `harvest init` writes one")
        return path
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return folder / FILE
    raise ConfigError(f"no {FILE} here or in a folder above; `harvest init` writes one")


def load(path: Path) -> Config:
    """Read and check a harvest.toml. Raises ConfigError with the place."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{path.name}: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path.name}: is not TOML: {error}") from error
    _known(path, "the file", data, ("canon", "network", "person", "source", "venue"))
    network = _table(path, data.get("network", {}), "[network]")
    _known(path, "[network]", network, ("contact",))
    canon = _table(path, data.get("canon", {}), "[canon]")
    _known(path, "[canon]", canon, ("database", "bib"))
    folder = path.resolve().parent
    persons = tuple(_person(path, row) for row in _rows(path, data, "person"))
    rows = _rows(path, data, "source")
    listed = tuple(_source(path, n, row) for n, row in enumerate(rows, 1))
    if not listed:
        raise ConfigError(f'{path.name}: has no [[source]]; add one, e.g. adapter = "arxiv"')
    for settings in listed:
        if sum(other.name == settings.name for other in listed) > 1:
            raise ConfigError(
                f"{path.name}: two sources are called {settings.name!r}; give each its own name"
            )
    database = folder / _text(path, "[canon]", canon, "database", "canon.db")
    bib = folder / _text(path, "[canon]", canon, "bib", "canon.bib")
    _apart(path, database, bib)
    return Config(
        folder=folder,
        database=database,
        bib=bib,
        persons=persons,
        sources=listed,
        contact=_text(path, "[network]", network, "contact"),
        venues=_venues(path, _rows(path, data, "venue"), folder),
    )


def _venues(path: Path, rows: Sequence[Mapping[str, Any]], folder: Path) -> Table | None:
    from harvester.venue_own import FILE as OWN
    from harvester.venue_own import own_table

    if not rows and not (folder / OWN).exists():
        return None
    try:
        return own_table(path.name, rows, folder)
    except ValueError as error:
        raise ConfigError(str(error)) from error


def _apart(path: Path, database: Path, bib: Path) -> None:
    """What harvest writes must not be one of the files it lives on."""
    files = {"database": database.resolve(), "bib": bib.resolve(), FILE: path.resolve()}
    for one in ("database", "bib"):
        for other in ("database", FILE):
            if one != other and files[one] == files[other]:
                raise ConfigError(f"{path.name}: [canon]: {one} would overwrite {other}; rename it")


def _rows(path: Path, data: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    rows = data.get(name, [])
    if not isinstance(rows, list):
        raise ConfigError(f"{path.name}: write [[{name}]], in double brackets")
    return [_table(path, row, f"[[{name}]]") for row in rows]


def _table(path: Path, value: Any, place: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ConfigError(f"{path.name}: {place} is not a table")
    return value


def _known(path: Path, place: str, table: Mapping[str, Any], names: Sequence[str]) -> None:
    for key in table:
        if key not in names:
            near = get_close_matches(key, names, 1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(names)}"
            raise ConfigError(f"{path.name}: {place} has an unknown setting {key!r}{hint}")


def _text(path: Path, place: str, table: Mapping[str, Any], key: str, default: str = "") -> str:
    value = table.get(key, default)
    if not isinstance(value, str):
        raise ConfigError(f"{path.name}: {place}: {key} must be text in quotes")
    return value


def _texts(path: Path, place: str, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(f"{path.name}: {place}: {key} must be a list of texts in quotes")
    return tuple(value)


def _person(path: Path, row: Mapping[str, Any]) -> Person:
    _known(path, "[[person]]", row, ("name", "aliases"))
    name = _text(path, "[[person]]", row, "name").strip()
    if not name:
        raise ConfigError(f"{path.name}: a [[person]] has no name")
    return Person(name, _texts(path, "[[person]]", row, "aliases"))


def _source(path: Path, number: int, row: Mapping[str, Any]) -> SourceSettings:
    place = f"[[source]] {number}"
    adapter = _text(path, place, row, "adapter")
    if adapter not in ADAPTERS:
        near = get_close_matches(adapter, list(ADAPTERS), 1)
        hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(ADAPTERS)}"
        said = f"unknown adapter {adapter!r}" if adapter else "has no adapter"
        raise ConfigError(f"{path.name}: {place}: {said}; {hint}")
    kinds, needed = ADAPTERS[adapter].settings, ADAPTERS[adapter].needed
    _known(path, place, row, ("adapter", "name", *kinds))
    for key, kind in kinds.items():
        if wrong := kind(row[key]) if key in row else "":
            raise ConfigError(f"{path.name}: {place}: {key} {wrong}")
    if not any(row.get(key) for key in needed):
        ways = " or ".join(needed)
        raise ConfigError(f"{path.name}: {place} ({adapter}) needs {ways}")
    name = _text(path, place, row, "name", adapter)
    if not name or ":" in name or name != name.strip():
        raise ConfigError(f"{path.name}: {place}: name must not be empty or contain ':'")
    return SourceSettings(adapter, name, row)


def build(config: Config, settings: SourceSettings, http: Callable[[], Http]) -> Source:
    """Make the source that a [[source]] table describes. `http` makes the one client, on demand.

    Raises SourceError for one that cannot be made.
    """
    wanted = Wanted(settings.name, settings.settings, config.folder, config.owner, http)
    return ADAPTERS[settings.adapter].make(wanted)


def write(
    name: str, aliases: Sequence[str], listed: Sequence[tuple[str, Mapping[str, object]]]
) -> str:
    """The text of a new harvest.toml that a person can read and edit."""
    lines = [
        "# Where this researcher's publications are listed, and where the canon goes.",
        "# Paths start at the folder of this file.",
        "",
        "[canon]",
        'database = "canon.db"',
        'bib = "canon.bib"',
        "",
        "[[person]]",
        f"name = {_quoted(name)}",
        f"aliases = [{', '.join(map(_quoted, aliases))}]",
    ]
    for adapter, settings in listed:
        lines += ["", "[[source]]", f"adapter = {_quoted(adapter)}"]
        lines += [f"{key} = {_value(value)}" for key, value in settings.items()]
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_quoted(str(item)) for item in value) + "]"
    return _quoted(str(value))


def _quoted(text: str) -> str:
    """A TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    plain = "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04x}" for c in escaped)
    return f'"{plain}"'
