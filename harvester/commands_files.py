"""The command that needs no workspace: dedupe."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import click

from harvester.terminal import TROUBLE, fail, progress, write

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
    """Deduplicate .bib, .csv, .ris and .enw files, or '-' for stdin, without a workspace.

    With -o /dev/null the .bib is not made, and --clusters and --pairs are there sooner.

    Exits 1 if a file could not be read, 3 if none could.
    """
    targets = [path for path in (output, clusters, pairs) if path and str(path) != "-"]
    _keep_apart(files, targets)
    if [str(path) for path in (output or Path("-"), clusters, pairs)].count("-") > 1:
        fail("only one table or the .bib can go to stdout; name files, or -o /dev/null", TROUBLE)
    # Nothing that is kept here refers back to itself; to look for it costs a fifth of the time.
    collecting = gc.isenabled()
    gc.disable()
    # Nor before the process ends, and its memory with it.
    atexit.register(gc.freeze)
    try:
        sys.exit(_dedupe(files, _Outputs(output, clusters, pairs), by == "version", clean))
    finally:
        if collecting:
            gc.enable()


class _Outputs(NamedTuple):
    """Where to write what; None where nobody asked."""

    bib: Path | None
    clusters: Path | None
    pairs: Path | None


def _dedupe(files: Sequence[Path], to: _Outputs, by_version: bool, clean: Sequence[str]) -> int:
    from harvester import dedupe as line
    from harvester import dedupe_report as written

    say = progress()
    pool = line.read_files(files, say)
    say("")
    for text in written.troubles(pool):
        click.echo(text, err=True)
    if len(pool.failures) == len(files):
        return NOTHING
    if unknown := sorted(set(clean) - set(pool.sources)):
        fail(f"--clean-source: no source {unknown[0]!r}; there are {_some(pool.sources)}", TROUBLE)
    say(f"comparing {len(pool.records)} records")
    found = line.dedupe(pool, clean=frozenset(clean), by_version=by_version)
    say("writing")
    if to.clusters:
        write(to.clusters, written.clusters_csv(pool, found))
    if to.pairs:
        write(to.pairs, written.pairs_csv(pool, found))
    lines = list(written.report(pool, found, by_version=by_version))
    if to.clusters or to.pairs:
        lines += written.repeated(pool)
    if not _is_nowhere(to.bib):
        canon = line.canon(pool, found)
        write(to.bib or Path("-"), written.bib(canon))
        lines += written.left_out(canon)
    say("")
    for text in lines:
        click.echo(text, err=True)
    return PARTLY if pool.failures else 0


def _keep_apart(files: Sequence[Path], targets: Sequence[Path]) -> None:
    """The output has less than the input: no file is written over itself, or twice.

    What cannot be written is said before anything is read: a large file takes minutes.
    """
    taken = {os.path.realpath(path) for path in files if str(path) != "-"}
    for target in targets:
        if os.path.realpath(target) in taken:
            fail(f"{target}: is read or written already; name another for the output", TROUBLE)
        if target.is_dir():
            fail(f"{target}: is a folder; name a file in it for the output", TROUBLE)
        if not Path(os.path.realpath(target)).parent.is_dir():
            fail(f"{target}: cannot be written, there is no such folder; make it first", TROUBLE)
        if not target.exists() or target.is_file():
            taken.add(os.path.realpath(target))


def _is_nowhere(output: Path | None) -> bool:
    """Whether the .bib would go to the null device. It costs more than the tables do."""
    try:
        target = output.stat() if output and str(output) != "-" else os.fstat(sys.stdout.fileno())
        return os.path.samestat(target, os.stat(os.devnull))
    except OSError:  # a new file, or an output that is none
        return False


def _some(names: Sequence[str]) -> str:
    return ", ".join(map(repr, names[:8])) + (", …" if len(names) > 8 else "")
