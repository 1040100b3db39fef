"""The command line: read options, call one function, print, exit.

Every command imports what it needs when it runs, so that `harvest --help` stays fast.
"""

from __future__ import annotations

import click

from harvester import commands_deciding, commands_files, commands_reading, commands_writing
from harvester.terminal import Commands


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="pubharvest", prog_name="harvest")
def main() -> None:
    """One canonical publication list out of a researcher's scattered records."""


for command in (
    commands_writing.demo,
    commands_writing.init,
    commands_writing.sync,
    commands_reading.diff,
    commands_reading.list_,
    commands_reading.show,
    commands_deciding.decide,
    commands_deciding.undo,
    commands_deciding.decisions,
    commands_writing.export,
    commands_files.dedupe,
    commands_reading.status,
    commands_reading.log,
):
    main.add_command(command)
