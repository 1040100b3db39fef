"""Commands that only look: diff, list, show, status, log. They write nothing."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from harvester import ways
from harvester.terminal import (
    TROUBLE,
    config_option,
    fail,
    json_option,
    load,
    named_work,
    now,
    reading,
    show_bytes,
    show_json,
    show_lines,
)

if TYPE_CHECKING:
    from sqlite3 import Connection

    from harvester.config import Config
    from harvester.selection import Wanted
    from harvester.shelf import ShelvedFix


@click.command()
@config_option
@json_option
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write a page to look at.",
)
@click.option("--patch", "as_patch", is_flag=True, help="Print the fixes as a diff for patch -p0.")
@click.option("--since", default="", metavar="RUN|DAY", help="Only what came up then or later.")
@click.option("--source", default="", metavar="NAME", help="Only what this source has part in.")
@click.option("--all", "everything", is_flag=True, help="Also all that was settled and decided.")
@ways.options
@click.argument("work", nargs=-1)
def diff(
    config_path: str | None,
    as_json: bool,
    page: Path | None,
    as_patch: bool,
    since: str,
    source: str,
    everything: bool,
    work: tuple[str, ...],
    **answering: Any,
) -> None:
    """Show what needs a person: questions, what changed, and what is wrong in your own pages.

    WORK is a citation key, an identifier, words of one title, or the id of a question: then
    its whole story. Exits 0 if nothing is open and nothing to fix, 1 if something is.
    """
    from harvester import selection, shelf
    from harvester.selection import Wanted

    way = ways.Ways(**answering)
    if sum(map(bool, (page, as_json, as_patch, way))) > 1:
        raise click.UsageError(
            "--html, --json, --patch and answering exclude each other; ask for one at a time"
        )
    if page:
        sys.exit(_page(page, load(config_path), work))
    try:
        with reading(config_path) as connection:
            conflict = selection.named_conflict(connection, work)
            named = named_work(shelf.listed(connection), work) if work and not conflict else None
            wanted = Wanted(since, source, everything, named, conflict)
            if as_patch:
                fixes = selection.statements(connection, wanted)
                sys.exit(_patch(connection, load(config_path), fixes))
            if not way:
                sys.exit(_show(connection, wanted, as_json=as_json))
            queue = selection.queue(connection, wanted)
    except selection.SelectionError as error:
        fail(str(error), TROUBLE)
    sys.exit(way.run(load(config_path), queue))


def _page(page: Path, config: Config, work: tuple[str, ...]) -> int:
    """Write the page; 1 if anything needs a person."""
    from harvester import html_file

    return 1 if html_file.written(page, config, work) else 0


def _show(connection: Connection, wanted: Wanted, *, as_json: bool) -> int:
    """Print the review; 1 if anything needs a person."""
    from harvester import logbook, overview, selection
    from harvester.brief import Brief
    from harvester.report import count

    if as_json:
        data = selection.review(connection, wanted)
        show_json(data)
        return 1 if data["open"] or data["fixes"] else 0
    if behind := logbook.behind(connection, now().isoformat()):
        told = f"{count(behind, 'decision')} that the canon does not follow yet: harvest sync"
        click.echo(told, err=True)
    if failed := [source.name for source in logbook.sources(connection) if source.failure]:
        told = f"{count(len(failed), 'source')} failed in the last sync: harvest status"
        click.echo(told, err=True)
    brief = Brief(connection, wanted)
    show_lines(overview.diff(brief))
    return 1 if brief.needs else 0


def _patch(connection: Connection, config: Config, fixes: Sequence[ShelvedFix]) -> int:
    """Print the patch, on stderr what is not in it; 1 if anything is to be put right."""
    from harvester.patch import patch
    from harvester.report import plain

    found = patch(connection, fixes, config.folder, Path.cwd())
    show_bytes(found.text)
    for line in found.left:
        click.echo(plain(line), err=True)
    if found.text and found.base != Path.cwd().resolve():
        click.echo(f"apply it there: patch -p0 -d {shlex.quote(str(found.base))}", err=True)
    return 1 if fixes else 0


@click.command(name="list")
@config_option
@json_option
def list_(config_path: str | None, as_json: bool) -> None:
    """Show the canonical list, newest first."""
    from harvester import report, shapes, shelf

    with reading(config_path) as connection:
        data = shapes.works_json(shelf.listed(connection))
    if as_json:
        show_json(data)
    else:
        show_lines(report.works(data["works"]))


@click.command()
@config_option
@json_option
@click.argument("work", nargs=-1, required=True)
def show(config_path: str | None, as_json: bool, work: tuple[str, ...]) -> None:
    """Show one work with every claim. WORK: a key, an identifier, words of the title."""
    from harvester import selection, shapes, shelf, story
    from harvester.statements import statements
    from harvester.timeline import happenings

    with reading(config_path) as connection:
        found = named_work(shelf.listed(connection), work)
        fields = shelf.fields(connection, found.key)
        happened = happenings(fields, statements(connection, found.records))
        data = selection.story(connection, found) | shapes.show_json(
            found, fields, shelf.judgements(connection, found.key)
        )
    data |= shapes.dates_json(happened)
    if as_json:
        show_json(data)
    else:
        show_lines(story.work(data))


@click.command()
@config_option
@json_option
def status(config_path: str | None, as_json: bool) -> None:
    """Show the sources: when each was last read, what failed, what is not listed."""
    from harvester import logbook, report, shapes
    from harvester.lapsed import lapsed

    with reading(config_path) as connection:
        data = shapes.status_json(logbook.sources(connection))
        data |= shapes.lapsed_json(lapsed(connection))
    if as_json:
        show_json(data)
    else:
        show_lines(report.status(data["sources"]))
        show_lines(report.lapsed(data["lapsed"]))


@click.command()
@config_option
@json_option
@click.option("-n", "number", default=10, show_default=True, help="How many runs.")
def log(config_path: str | None, as_json: bool, number: int) -> None:
    """Show the last runs and what each changed."""
    from harvester import logbook, report, shapes

    with reading(config_path) as connection:
        data = shapes.log_json(logbook.runs(connection, number))
    if as_json:
        show_json(data)
    else:
        show_lines(report.log(data["runs"]))
