"""The command that needs no workspace: dedupe."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from harvester.terminal import TROUBLE, fail, progress

PARTLY = 1
NOTHING = 3
file_type = click.Path(path_type=Path)


@click.command()
@click.argument("files", nargs=-1, required=True, type=file_type)
@click.option("-o", "--output", type=file_type, metavar="FILE", help="The .bib; default stdout.")
@click.option("--clusters", type=file_type, metavar="FILE", help="Write id,cluster as CSV.")
@click.option("--pairs", type=file_type, metavar="FILE", help="Write matches and questions as CSV.")
@click.option(
    "--by",
    type=click.Choice(["version", "work"]),
    default="work",
    show_default=True,
    help="What is one: records of a version, or versions of a work.",
)
@click.option(
    "--clean-source",
    "clean",
    multiple=True,
    metavar="NAME",
    help="Source without duplicates, as the column 'source' or the file says. Repeatable.",
)
def dedupe(
    files: tuple[Path, ...],
    output: Path | None,
    clusters: Path | None,
    pairs: Path | None,
    by: str,
    clean: tuple[str, ...],
) -> None:
    """Deduplicate .bib, .csv, .ris and .enw files, without a workspace.

    Exits 1 if a file could not be read, 3 if none could.
    """
    from harvester import dedupe as line
    from harvester import dedupe_report as written

    targets = [path for path in (output, clusters, pairs) if path and str(path) != "-"]
    _keep_apart(files, targets)
    say = progress()
    pool = line.read_files(files, say)
    say("")
    for text in written.troubles(pool):
        click.echo(text, err=True)
    if len(pool.failures) == len(files):
        sys.exit(NOTHING)
    if unknown := sorted(set(clean) - set(pool.sources)):
        fail(f"--clean-source: no source {unknown[0]!r}; there are {_some(pool.sources)}", TROUBLE)
    say(f"comparing {len(pool.records)} records")
    found = line.dedupe(pool, clean=frozenset(clean), by_version=by == "version")
    say("writing")
    if clusters:
        _write(clusters, written.clusters_csv(pool, found))
    if pairs:
        _write(pairs, written.pairs_csv(pool, found))
    text = written.bib(found)
    say("")
    _write(output or Path("-"), text)
    for text in written.report(pool, found, by_version=by == "version"):
        click.echo(text, err=True)
    sys.exit(PARTLY if pool.failures else 0)


def _keep_apart(files: Sequence[Path], targets: Sequence[Path]) -> None:
    """The output has less than the input: no file is written over itself, or twice."""
    taken = {os.path.realpath(path) for path in files}
    for target in targets:
        if os.path.realpath(target) in taken:
            fail(f"{target}: is read or written already; name another for the output", TROUBLE)
        if not target.exists() or target.is_file():
            taken.add(os.path.realpath(target))


def _some(names: Sequence[str]) -> str:
    return ", ".join(map(repr, names[:8])) + (", …" if len(names) > 8 else "")


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all; a pipe or a device as it comes."""
    from db.files import atomic_write

    if str(path) == "-":
        click.echo(text, nl=False)
    elif path.exists() and not path.is_file():
        path.write_text(text, encoding="utf-8")
    else:
        atomic_write(path, text.encode())
