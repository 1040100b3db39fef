"""Commands that rule, take back, and carry decisions: decide, undo, decisions."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from harvester.terminal import TROUBLE, config_option, fail, load, now, reading, show_lines, write


@click.group()
def decide() -> None:
    """Rule on a question: accept, take, same, apart, mine, not-mine, key."""


note_option = click.option("--note", default="", help="Why, for whoever reads it later.")


@decide.command()
@config_option
@note_option
@click.argument("conflict")
def accept(config_path: str | None, note: str, conflict: str) -> None:
    """Do in CONFLICT what is proposed, or keep what is published for now."""
    _decide(config_path, "accept", (conflict,), note)


@decide.command()
@config_option
@note_option
@click.argument("work")
@click.argument("citation_key")
def key(config_path: str | None, note: str, work: str, citation_key: str) -> None:
    """Give WORK another citation key. The one it had stays as an alias."""
    _decide(config_path, "key", (work, citation_key), note)


@decide.command()
@config_option
@note_option
@click.argument("records", nargs=-1, required=True)
def same(config_path: str | None, note: str, records: tuple[str, ...]) -> None:
    """These are one work: an id of `diff`, records, or works."""
    _decide(config_path, "same", records, note)


@decide.command()
@config_option
@note_option
@click.argument("records", nargs=-1, required=True)
def apart(config_path: str | None, note: str, records: tuple[str, ...]) -> None:
    """No two of these are one work: an id of `diff`, records, or works."""
    _decide(config_path, "apart", records, note)


@decide.command()
@config_option
@note_option
@click.argument("conflict")
@click.argument("value")
def take(config_path: str | None, note: str, conflict: str, value: str) -> None:
    """In CONFLICT take VALUE: a letter of `harvest diff`, or the value itself."""
    _decide(config_path, "take", (conflict, value), note)


@decide.command()
@config_option
@note_option
@click.argument("papers", nargs=-1, required=True)
def mine(config_path: str | None, note: str, papers: tuple[str, ...]) -> None:
    """These papers, found by name, are this person's. PAPERS: ids of `diff`, records, works."""
    _decide(config_path, "mine", papers, note)


@decide.command(name="not-mine")
@config_option
@note_option
@click.argument("papers", nargs=-1, required=True)
def not_mine(config_path: str | None, note: str, papers: tuple[str, ...]) -> None:
    """These papers are somebody else's, and are never listed."""
    _decide(config_path, "not-mine", papers, note)


def _decide(config_path: str | None, kind: str, words: tuple[str, ...], note: str) -> None:
    from dataclasses import replace

    from harvester import docket, report, ruling, shelf
    from harvester import sync as line
    from harvester.decisions import DecisionError
    from harvester.signature import signature

    config = load(config_path)
    try:
        with reading(config_path) as connection:
            works, conflicts = shelf.listed(connection), docket.conflicts(connection)
        decision = ruling.read(kind, words, note, works, conflicts)
        signed = replace(decision, who=signature())
        kept, changes = line.decide(config, signed, now())
    except DecisionError as error:
        fail(str(error), TROUBLE)
    else:
        show_lines(report.ruled(kept, changes))


@click.command()
@config_option
@click.argument("number", type=int, required=False)
def undo(config_path: str | None, number: int | None) -> None:
    """Take back the last decision, or the one with this number."""
    from harvester import report
    from harvester import sync as line
    from harvester.decisions import DecisionError

    try:
        lost, changes = line.undo(load(config_path), now(), number)
    except DecisionError as error:
        fail(str(error), TROUBLE)
    else:
        show_lines(report.unruled(lost, changes))


@click.group()
def decisions() -> None:
    """Carry what was decided to another machine, or keep it in git."""


@decisions.command(name="export")
@config_option
@click.argument("file", required=False, type=click.Path(path_type=Path))
def export_decisions(config_path: str | None, file: Path | None) -> None:
    """Write all decisions that hold to FILE, or to stdout."""
    from harvester import decisions_text, logbook

    with reading(config_path) as connection:
        text = decisions_text.write(logbook.held(connection))
    write(file or Path("-"), text)


@decisions.command(name="import")
@config_option
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
def import_decisions(config_path: str | None, file: Path) -> None:
    """Bring in the decisions of FILE that do not hold here yet; all of them or none."""
    from harvester import decisions_text, report
    from harvester.decisions_file import FileRefusedError, bring_in

    config = load(config_path)
    name = "stdin" if str(file) == "-" else str(file)
    data = sys.stdin.buffer.read() if name == "stdin" else file.read_bytes()
    try:
        placed, faults = decisions_text.read(data.decode("utf-8-sig"))
        if not faults:
            found = bring_in(config, placed, now())
    except UnicodeDecodeError:
        fail(f"{name}: is not UTF-8; nothing is kept", TROUBLE)
    except FileRefusedError as error:
        faults = list(error.faults)
    if faults:
        told = [f"{name}:{fault.line}: {fault.reason}" for fault in faults]
        fail("\n".join([*told, "Nothing is kept."]), TROUBLE)
    for fault in found.waiting:
        click.echo(report.inert(f"{name}:{fault.line}: {fault.reason}"), err=True)
    show_lines(report.brought_in(found))
