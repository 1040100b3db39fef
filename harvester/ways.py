"""The ways to answer what `harvest diff` asks: key by key, in an editor, in a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from harvester.config import Config

Command = Callable[..., Any]

_OPTIONS = (
    click.option("-i", "interactive", is_flag=True, help="Decide question by question, by keys."),
)


@dataclass(frozen=True, slots=True)
class Ways:
    """Which way was asked for."""

    interactive: bool = False

    def __bool__(self) -> bool:
        """Whether any was."""
        return self.interactive

    def run(self, config: Config, ids: Sequence[str]) -> int:
        """Have the conflicts of these ids answered; the exit code."""
        from harvester import interactive

        return interactive.run(config, ids)


def options(command: Command) -> Command:
    """Give a command the options that make a `Ways`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
