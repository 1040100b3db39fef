"""The command line: read options, call one function, print, exit.

Every command imports what it needs when it runs, so that `harvest --help` stays fast.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from sqlite3 import Connection

    from harvester.canon import Listed
    from harvester.config import Config
    from harvester.sync import Errand, Outcome

TROUBLE = 2
LOCKED = 75
"""EX_TEMPFAIL: try again later."""

_Folder = click.Path(path_type=Path)
_config = click.option("--config", "config_path", metavar="FILE", help="Another harvest.toml.")
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


class _Group(click.Group):
    """Turns the world's faults into one line and an exit code, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        from db.files import Locked, StoreError
        from harvester.config import ConfigError

        try:
            return super().invoke(ctx)
        except Locked as error:
            _fail(str(error), LOCKED)
        except (StoreError, ConfigError) as error:
            _fail(str(error), TROUBLE)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="pubharvest", prog_name="harvest")
def main() -> None:
    """One canonical publication list out of a researcher's scattered records."""


def _fail(message: str, code: int) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(code)


def _load(config_path: str | None) -> Config:
    from harvester import config

    return config.load(config.find(Path.cwd(), config_path))


def _now() -> datetime:
    return datetime.now(UTC)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _print_json(data: object) -> None:
    import json

    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


@main.command()
@click.argument("folder", default="harvest-demo", type=click.Path(path_type=Path))
def demo(folder: Path) -> None:
    """Make a workspace of a real researcher, offline, and sync it."""
    from harvester import config, report
    from harvester.demo import unpack
    from harvester.sync import Errand

    unpack(folder)
    found = config.load(folder / config.FILE)
    outcome = _run(Errand(found, found.sources, _now()))
    _print(report.welcome(str(folder), outcome))
    sys.exit(outcome.exit_code)


@main.command()
@click.option("--name", help="Your name, as your papers have it.")
@click.option("--alias", "aliases", multiple=True, help="Another form of it. Repeatable.")
@click.option(
    "--arxiv", multiple=True, metavar="ID|FILE", help="Author identifier, or saved pages."
)
@click.option("--openreview", multiple=True, metavar="~ID|FILE", help="Profile, or saved pages.")
@click.option("--scholar", multiple=True, metavar="FILE", help="Google Scholar export.")
@click.option("--page", multiple=True, metavar="FILE|URL", help="Homepage or CV.")
@click.option("--bibtex", multiple=True, metavar="PATH", help="Your .bib file or a folder of them.")
@click.option("--force", is_flag=True, help="Write over a harvest.toml that is there.")
def init(name: str | None, force: bool, **given: tuple[str, ...]) -> None:
    """Write a harvest.toml here, from flags or by asking."""
    from harvester import setup

    def ask(question: str) -> str:
        return str(click.prompt(question, default="", show_default=False))

    path = setup.make(Path.cwd(), name, given, force=force, ask=ask if sys.stdin.isatty() else None)
    click.echo(f"{path.name} is written. Read it, then: harvest sync")


@main.command()
@_config
@_json
@click.option("--source", "names", multiple=True, metavar="NAME", help="Only this. Repeatable.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--keep", type=_Folder, metavar="DIR", help="Write each page here as it came.")
@click.option("--replay", type=_Folder, metavar="DIR", help="Read kept pages; no network.")
def sync(
    config_path: str | None,
    as_json: bool,
    names: tuple[str, ...],
    dry_run: bool,
    keep: Path | None,
    replay: Path | None,
) -> None:
    """Read the sources and bring the canon up to date. For cron: quiet if nothing changed."""
    from harvester import report, shapes
    from harvester.config import ConfigError
    from harvester.sync import Errand

    config = _load(config_path)
    known = [settings.name for settings in config.sources]
    for name in names:
        if name not in known:
            raise ConfigError(f"no source is called {name!r}; there are {', '.join(known)}")
    chosen = tuple(s for s in config.sources if not names or s.name in names)
    outcome = _run(Errand(config, chosen, _now(), keep, replay), rehearse=dry_run)
    if as_json:
        _print_json(shapes.outcome_json(outcome))
    else:
        _print(report.outcome(outcome))
    sys.exit(outcome.exit_code)


def _run(errand: Errand, *, rehearse: bool = False) -> Outcome:
    from harvester import report
    from harvester import sync as line

    progress = _progress() if sys.stderr.isatty() else lambda text: None
    work = line.rehearse if rehearse else line.sync
    outcome = work(errand, progress)
    progress("")
    for text in report.troubles(outcome):
        click.echo(text, err=True)
    return outcome


def _progress() -> Callable[[str], None]:
    def show(text: str) -> None:
        click.echo(f"\r\x1b[K{text}", nl=False, err=True)

    return show


@main.command()
@_config
@_json
@click.argument("work", nargs=-1)
def diff(config_path: str | None, as_json: bool, work: tuple[str, ...]) -> None:
    """Show what needs a person: questions, fixes, and what rules settled.

    Exits 0 if nothing is open and nothing to fix, 1 if something is.
    """
    from harvester import review, shapes, shelf

    with _reading(config_path) as connection:
        data = shapes.diff_json(
            shelf.conflicts(connection), shelf.fixes(connection), shelf.changed(connection)
        )
        if work:
            data = shapes.about(data, _find(shelf.listed(connection), work).key)
    if as_json:
        _print_json(data)
    else:
        _print(review.diff(data))
    sys.exit(1 if data["open"] or data["fixes"] else 0)


@main.command(name="list")
@_config
@_json
def list_(config_path: str | None, as_json: bool) -> None:
    """Show the canonical list, newest first."""
    from harvester import report, shapes, shelf

    with _reading(config_path) as connection:
        data = shapes.works_json(shelf.listed(connection))
    if as_json:
        _print_json(data)
    else:
        _print(report.works(data["works"]))


@main.command()
@_config
@_json
@click.argument("work", nargs=-1, required=True)
def show(config_path: str | None, as_json: bool, work: tuple[str, ...]) -> None:
    """Show one work with every claim. WORK: a key, an identifier, words of the title."""
    from harvester import report, shapes, shelf

    with _reading(config_path) as connection:
        found = _find(shelf.listed(connection), work)
        data = shapes.show_json(
            found, shelf.fields(connection, found.key), shelf.judgements(connection, found.key)
        )
    if as_json:
        _print_json(data)
    else:
        _print(report.work(data))


def _reading(config_path: str | None) -> AbstractContextManager[Connection]:
    from db.reading import open_for_reading

    return open_for_reading(_load(config_path).database)


def _find(works: Sequence[Listed], words: tuple[str, ...]) -> Listed:
    from harvester.find import FindError, find_work

    try:
        return find_work(works, " ".join(words))
    except FindError as error:
        _fail(str(error), TROUBLE)


@main.group(cls=_Group)
def decide() -> None:
    """Rule on a question: same, apart, take. `harvest undo` takes it back."""


_note = click.option("--note", default="", help="Why, for whoever reads it later.")


@decide.command()
@_config
@_note
@click.argument("records", nargs=-1, required=True)
def same(config_path: str | None, note: str, records: tuple[str, ...]) -> None:
    """These records or works are one work."""
    _decide(config_path, "same", records, note)


@decide.command()
@_config
@_note
@click.argument("records", nargs=-1, required=True)
def apart(config_path: str | None, note: str, records: tuple[str, ...]) -> None:
    """No two of these records or works are one work."""
    _decide(config_path, "apart", records, note)


@decide.command()
@_config
@_note
@click.argument("conflict")
@click.argument("value")
def take(config_path: str | None, note: str, conflict: str, value: str) -> None:
    """In CONFLICT take VALUE: a letter of `harvest diff`, or the value itself."""
    _decide(config_path, "take", (conflict, value), note)


def _decide(config_path: str | None, kind: str, words: tuple[str, ...], note: str) -> None:
    from harvester import report, ruling, shelf
    from harvester import sync as line
    from harvester.decisions import DecisionError

    config = _load(config_path)
    try:
        with _reading(config_path) as connection:
            works, conflicts = shelf.listed(connection), shelf.conflicts(connection)
        decision = ruling.read(kind, words, note, works, conflicts)
        kept, changes = line.decide(config, decision, _now())
    except DecisionError as error:
        _fail(str(error), TROUBLE)
    else:
        _print(report.ruled(kept, changes))


@main.command()
@_config
@click.argument("number", type=int, required=False)
def undo(config_path: str | None, number: int | None) -> None:
    """Take back the last decision, or the one with this number."""
    from harvester import report
    from harvester import sync as line
    from harvester.decisions import DecisionError

    try:
        lost, changes = line.undo(_load(config_path), _now(), number)
    except DecisionError as error:
        _fail(str(error), TROUBLE)
    else:
        _print(report.unruled(lost, changes))


@main.command()
@_config
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File; default stdout.")
def export(config_path: str | None, output: Path | None) -> None:
    """Write the canonical .bib anywhere."""
    from db.files import atomic_write
    from harvester.sync import bib_text

    text = bib_text(_load(config_path).database)
    if output is None:
        click.echo(text, nl=False)
    else:
        atomic_write(output, text.encode("ascii"))


@main.command()
@_config
@_json
def status(config_path: str | None, as_json: bool) -> None:
    """Show the sources: when each was last read, what failed, what is not listed."""
    from harvester import logbook, report, shapes

    with _reading(config_path) as connection:
        data = shapes.status_json(logbook.sources(connection))
    if as_json:
        _print_json(data)
    else:
        _print(report.status(data["sources"]))


@main.command()
@_config
@_json
@click.option("-n", "number", default=10, show_default=True, help="How many runs.")
def log(config_path: str | None, as_json: bool, number: int) -> None:
    """Show the last runs and what each changed."""
    from harvester import logbook, report, shapes

    with _reading(config_path) as connection:
        data = shapes.log_json(logbook.runs(connection, number))
    if as_json:
        _print_json(data)
    else:
        _print(report.log(data["runs"]))
