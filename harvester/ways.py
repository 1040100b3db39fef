"""The ways to answer what `harvest diff` asks: key by key, in an editor, in a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from harvester.config import Config

Command = Callable[..., Any]

_FILE = click.Path(path_type=Path, dir_okay=False, allow_dash=True)
_READABLE = click.Path(path_type=Path, dir_okay=False, allow_dash=True, exists=True)
_OPTIONS = (
    click.option("-i", "interactive", is_flag=True, help="Decide question by question, by keys."),
    click.option("--edit", is_flag=True, help="Decide in a text file, in $EDITOR."),
    click.option("--to", type=_FILE, metavar="FILE", help="Write that file, or a table (.csv)."),
    click.option("--from", "answers", type=_READABLE, metavar="FILE", help="Read it, and decide."),
)


@dataclass(frozen=True, slots=True)
class Ways:
    """Which way was asked for."""

    interactive: bool = False
    edit: bool = False
    to: Path | None = None
    answers: Path | None = None

    def __bool__(self) -> bool:
        """Whether any was. Raises UsageError for several; `--edit --to FILE` is `--to FILE`."""
        chosen = sum(map(bool, (self.interactive, self.to, self.answers)))
        if chosen > 1 or (self.interactive and self.edit):
            raise click.UsageError("-i, --to and --from are three ways; take one at a time")
        return bool(chosen or self.edit)

    def run(self, config: Config, ids: Sequence[str]) -> int:
        """Have the conflicts of these ids answered; the exit code."""
        if self.interactive:
            from harvester import interactive

            return interactive.run(config, ids)
        from harvester import written

        if self.to:
            return written.to_file(config, ids, self.to)
        return (
            written.from_file(config, self.answers)
            if self.answers
            else written.in_editor(config, ids)
        )


def options(command: Command) -> Command:
    """Give a command the options that make a `Ways`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
