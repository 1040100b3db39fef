"""Fixes as a unified diff of the user's own files, which `patch -p0` applies."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from harvester import shelf
from harvester.corrections import splices
from harvester.listed import Listed
from harvester.shelf import ShelvedFix
from harvester.splices import Refused, Splice, spliced
from harvester.statements import statements
from sources.record import Record


@dataclass(frozen=True, slots=True)
class Patch:
    """What can be put right by a program, and what cannot."""

    text: bytes
    """The unified diff; its names start at `base`."""
    base: Path
    left: tuple[str, ...]
    """A line for each fix that is not in the diff: where, and why."""


def patch(
    connection: sqlite3.Connection, fixes: Iterable[ShelvedFix], folder: Path, here: Path
) -> Patch:
    """The patch for the files of a workspace. It changes no file."""
    works = {work.key: work for work in shelf.listed(connection)}
    by_file: dict[str, list[ShelvedFix]] = {}
    for fix in fixes:
        by_file.setdefault(fix.file, []).append(fix)
    made: dict[Path, tuple[str, str]] = {}
    left: list[str] = []
    for name, found in sorted(by_file.items()):
        try:
            path, old = _read(folder, name)
            changes, refused = _changes(connection, old, found, works)
        except Refused as why:
            left += [f"{_place(fix)}: {why}" for fix in found]
            continue
        left += refused
        if changes:
            made[path] = (old, spliced(old, changes))
    base = _base(list(made), here.resolve(), folder.resolve())
    text = "".join(_unified(_name(path, base), *pair) for path, pair in sorted(made.items()))
    return Patch(text.encode(), base, tuple(left))


def _place(fix: ShelvedFix) -> str:
    return f"{fix.file}:{fix.line}" if fix.line else fix.file


def _read(folder: Path, name: str) -> tuple[Path, str]:
    if "://" in name:
        raise Refused("is not a file on this machine; correct it where it is made")
    try:
        path = (folder / name).resolve(strict=True)
        return path, path.read_bytes().decode()
    except UnicodeDecodeError:
        raise Refused("is not UTF-8, a patch might spoil it; correct it by hand") from None
    except OSError as error:
        raise Refused(f"cannot be read ({error.strerror}); run `harvest sync`") from error


def _changes(
    connection: sqlite3.Connection,
    text: str,
    fixes: Sequence[ShelvedFix],
    works: Mapping[str, Listed],
) -> tuple[list[Splice], list[str]]:
    """Replacements that do not touch each other, and what was left to a person."""
    kept: list[Splice] = []
    left = []
    for fix in fixes:
        try:
            work = works[fix.work]
            record = _record(statements(connection, work.records), fix)
            more = list(splices(text, fix, record, work))
            spliced(text, [*kept, *more])
            kept += more
        except Refused as why:
            left.append(f"{_place(fix)}: {why}")
        except ValueError:
            left.append(f"{_place(fix)}: overlaps another correction; patch and sync, then again")
    return kept, left


def _record(records: Iterable[Record], fix: ShelvedFix) -> Record:
    """The record whose statement it is."""
    for record in records:
        last = record.line + record.raw.count("\n")
        same = (record.source, record.where) == (fix.source, fix.file)
        if same and record.line <= fix.line <= last:
            return record
    raise Refused("has changed since the last sync; run `harvest sync` first")


def _base(files: Sequence[Path], here: Path, folder: Path) -> Path:
    """The folder to apply the patch in: this one if all files are below it.

    GNU patch refuses names that are absolute or lead upwards.
    """
    for base in (here, folder):
        if all(file.is_relative_to(base) for file in files):
            return base
    return Path(os.path.commonpath([file.parent for file in files]))


def _name(path: Path, base: Path) -> str:
    """A name that patch reads whole: behind a blank it would take the rest for a date."""
    name = path.relative_to(base).as_posix()
    return f"{name}\t" if " " in name else name


def _unified(name: str, old: str, new: str) -> str:
    before, after = ([*_lines(text)] for text in (old, new))
    found = []
    for line in unified_diff(before, after, name, name):
        found.append(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n")
    return "".join(found)


def _lines(text: str) -> Iterator[str]:
    """Lines with their ends; only a newline ends one, as patch counts them."""
    *whole, last = text.split("\n")
    yield from (f"{line}\n" for line in whole)
    if last:
        yield last
