"""Commands that change something: demo, init, sync, export."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harvester.terminal import (
    config_option,
    json_option,
    load,
    now,
    progress,
    show_json,
    show_lines,
    write,
)

if TYPE_CHECKING:
    from harvester.sync import Errand, Outcome

folder_type = click.Path(path_type=Path)


@click.command()
@click.argument("folder", default="harvest-demo", type=click.Path(path_type=Path))
def demo(folder: Path) -> None:
    """Make a workspace of a real researcher, offline, and sync it."""
    from harvester import report
    from harvester.demo import unpack
    from harvester.sync import Errand

    unpack(folder)
    found = load(str(folder))
    outcome = _run(Errand(found, found.sources, now()))
    show_lines(report.welcome(str(folder), outcome, _off_path()))
    sys.exit(outcome.exit_code)


def _off_path() -> str:
    """The folder of this program where its name alone does not start it, as in a new venv."""
    started, found = Path(sys.argv[0]).absolute(), shutil.which("harvest")
    known = started.name != "harvest" or (found and os.path.samefile(found, started))
    return "" if known else str(started.parent)


@click.command()
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


@click.command()
@config_option
@json_option
@click.option("--source", "names", multiple=True, metavar="NAME", help="Only this. Repeatable.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--keep", type=folder_type, metavar="DIR", help="Write each page here as it came.")
@click.option("--replay", type=folder_type, metavar="DIR", help="Read kept pages; no network.")
@click.option(
    "--accept", multiple=True, metavar="NAME", help="It did shrink: believe it. Repeatable."
)
def sync(
    config_path: str | None,
    as_json: bool,
    names: tuple[str, ...],
    dry_run: bool,
    keep: Path | None,
    replay: Path | None,
    accept: tuple[str, ...],
) -> None:
    """Read the sources and bring the canon up to date. For cron: quiet if nothing changed."""
    from harvester import report, shapes
    from harvester.config import ConfigError
    from harvester.sync import Errand

    config = load(config_path)
    known = [settings.name for settings in config.sources]
    for name in (*names, *accept):
        if name not in known:
            raise ConfigError(f"no source is called {name!r}; there are {', '.join(known)}")
    chosen = tuple(s for s in config.sources if not names or s.name in names)
    errand = Errand(config, chosen, now(), keep, replay, frozenset(accept))
    outcome = _run(errand, rehearse=dry_run)
    if as_json:
        show_json(shapes.outcome_json(outcome))
    else:
        show_lines(report.outcome(outcome))
    sys.exit(outcome.exit_code)


def _run(errand: Errand, *, rehearse: bool = False) -> Outcome:
    from harvester import report
    from harvester import sync as line

    say = progress()
    work = line.rehearse if rehearse else line.sync
    outcome = work(errand, say)
    say("")
    for text in report.troubles(outcome):
        click.echo(text, err=True)
    return outcome


@click.command()
@config_option
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File; default stdout.")
def export(config_path: str | None, output: Path | None) -> None:
    """Write the canonical .bib anywhere."""
    from harvester.sync import bib_text, refuse_foreign

    text = bib_text(load(config_path).database)
    if output and str(output) != "-" and output.is_file():
        refuse_foreign(output)
    write(output or Path("-"), text)
