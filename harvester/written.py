"""Answers in writing: the queue as a file, for an editor, a spreadsheet or a pull request."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import NoReturn

import click

from db.files import Locked, StoreError
from db.reading import open_for_reading
from harvester import afterwards, docket, editfile, sheet
from harvester.config import Config
from harvester.editfile import Fault
from harvester.report import count, plain
from harvester.terminal import LOCKED, TROUBLE, fail, now, show_lines, write


def to_file(config: Config, ids: Sequence[str], path: Path) -> int:
    """Write the conflicts of these ids to a file that is not there yet; the exit code.

    A name that ends in .csv makes it a table.
    """
    if str(path) != "-" and path.exists():
        raise StoreError(path, "is there already, maybe with answers in it; name another file")
    text = _form(path).write(_conflicts(config, ids))
    if not path.parent.is_dir():
        raise StoreError(path, "cannot be written, there is no such folder; make it first")
    write(path, text)
    if str(path) != "-":
        told = f"{path}: {count(len(ids), 'question')}. Answer there, then: harvest diff --from"
        click.echo(f"{plain(told)} {plain(path)}", err=True)
    return 1 if ids else 0


def from_file(config: Config, path: Path) -> int:
    """Keep what is answered in a file, all of it or nothing; the exit code."""
    raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    code, told = _decide(config, path, raw)
    if code >= TROUBLE:
        fail("\n".join(told), code)
    show_lines(told)
    return code


def in_editor(config: Config, ids: Sequence[str]) -> int:
    """Have the conflicts of these ids answered in $VISUAL or $EDITOR; the exit code.

    Where anything goes wrong the file stays, and is named.
    """
    if not ids:
        click.echo("No question is open.")
        return 0
    if not sys.stdin.isatty() and not (os.environ.get("VISUAL") or os.environ.get("EDITOR")):
        reason = "has no terminal for an editor; set $EDITOR, or `harvest diff --to FILE`"
        fail(f"harvest diff --edit: {reason}", TROUBLE)
    text = editfile.write(_conflicts(config, ids)).encode()
    handle, name = tempfile.mkstemp(prefix="harvest-", suffix=".txt")
    path = Path(name)
    with os.fdopen(handle, "wb") as file:
        file.write(text)
    try:
        click.edit(filename=name)
    except click.ClickException as error:
        _keep(path, [error.message], TROUBLE)
    try:
        code, told = _decide(config, path, path.read_bytes())
    except StoreError as error:
        _keep(path, [str(error)], LOCKED if isinstance(error, Locked) else TROUBLE)
    if code >= TROUBLE:
        _keep(path, told, code)
    path.unlink()
    show_lines(told)
    return code


def _keep(path: Path, lines: Sequence[str], code: int) -> NoReturn:
    last = f"What you wrote is in {path}; mend it, then: harvest diff --from {path}"
    fail("\n".join([*lines, last]), code)


def _conflicts(config: Config, ids: Sequence[str]) -> list[docket.ShelvedConflict]:
    with open_for_reading(config.database) as connection:
        return docket.read(connection, ids)


def _form(path: Path) -> ModuleType:
    return sheet if path.suffix.casefold() == ".csv" else editfile


def _decide(config: Config, path: Path, raw: bytes) -> tuple[int, list[str]]:
    """The exit code and what to say. Raises Locked, StoreError."""
    try:
        lines, faults = _form(path).read(raw.decode())
    except UnicodeDecodeError as error:
        number = raw.count(b"\n", 0, error.start) + 1
        lines, faults = [], [Fault(number, "is not UTF-8; save the file as UTF-8")]
    if not faults and lines:
        from harvester import clerk

        try:
            kept, changes = clerk.rule(config, [line.answered for line in lines], now())
        except clerk.RefusedError as error:
            faults = [Fault(lines[at].number, reason) for at, reason in error.faults]
        else:
            questions, fixes = afterwards.left(config)
            told = list(afterwards.told(kept, changes, questions))
            return (1 if questions or fixes else 0), told
    if faults:
        told = [plain(f"{path}:{fault.number}: {fault.reason}") for fault in faults]
        return TROUBLE, [*told, "Nothing is decided."]
    questions, fixes = afterwards.left(config)
    return (1 if questions or fixes else 0), list(afterwards.told((), (), questions))
