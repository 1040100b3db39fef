"""What all commands share: options, one way to fail, one way to print."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from sqlite3 import Connection

    from harvester.config import Config
    from harvester.listed import Listed

TROUBLE = 2
LOCKED = 75
"""EX_TEMPFAIL: try again later."""

config_option = click.option(
    "--config", "config_path", metavar="FILE", help="Another harvest.toml."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


class Commands(click.Group):
    """Turns the world's faults into one line and an exit code, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        from db.files import Locked, StoreError
        from harvester.config import ConfigError

        try:
            return super().invoke(ctx)
        except Locked as error:
            fail(str(error), LOCKED)
        except (StoreError, ConfigError) as error:
            fail(str(error), TROUBLE)
        except BrokenPipeError:
            raise
        except OSError as error:
            fail(f"{error.filename or 'output'}: {error.strerror}", TROUBLE)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which a newcomer needs them."""
        return list(self.commands)


def fail(message: str, code: int) -> NoReturn:
    """Say what is wrong on stderr and exit. What the message quotes may come from outside."""
    from harvester.report import inert

    for line in message.split("\n"):
        click.echo(inert(line), err=True)
    sys.exit(code)


def load(config_path: str | None) -> Config:
    """The workspace's configuration; its venues are in use from now on. Raises ConfigError."""
    from harvester import config, venue_table

    found = config.load(config.find(Path.cwd(), config_path))
    venue_table.use(found.venues)
    return found


def now() -> datetime:
    """The moment of the command; everything below is told the time."""
    return datetime.now(UTC)


def show_lines(lines: Iterable[str]) -> None:
    """Print lines as they come. What differs from its neighbours is underlined on a terminal
    and bracketed where nobody would see that.
    """
    from harvester.wording import painted

    seen = coloured()
    marks = ("\x1b[4m", "\x1b[24m") if seen else ("[", "]")
    for line in lines:
        click.echo(painted(line, *marks), color=seen)


def show_bytes(data: bytes) -> None:
    """Print bytes as they are; on a terminal without what could move it."""
    from harvester.report import inert

    if sys.stdout.isatty():
        text = data.decode(errors="replace")
        data = "\n".join(map(inert, text.split("\n"))).encode()
    click.echo(data, nl=False)


def write(path: Path, text: str) -> None:
    """Write a file that a person named, whole or not at all; '-' is stdout."""
    from db.files import atomic_write

    if str(path) == "-":
        click.echo(text, nl=False)
    else:
        atomic_write(path, text.encode())


def coloured() -> bool:
    """Whether stdout is a terminal that shows colour, and nobody asked for none."""
    return (
        sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def show_json(data: object) -> None:
    """Print data for a program; what could move a terminal is spelled out, as JSON allows."""
    import json

    def spelled(line: str) -> str:
        if line.isprintable():
            return line
        return "".join(char if char.isprintable() else json.dumps(char)[1:-1] for char in line)

    lines = json.dumps(data, ensure_ascii=False, indent=2).split("\n")
    click.echo("\n".join(map(spelled, lines)))


def progress() -> Callable[[str], None]:
    """Shows one line of progress on a terminal, and nothing elsewhere."""
    if not sys.stderr.isatty():
        return lambda text: None

    def show(text: str) -> None:
        click.echo(f"\r\x1b[K{text}", nl=False, err=True)

    return show


def reading(config_path: str | None) -> AbstractContextManager[Connection]:
    """The workspace's database, to read from. Raises StoreError, ConfigError."""
    from db.reading import open_for_reading

    return open_for_reading(load(config_path).database)


def named_work(works: Sequence[Listed], words: tuple[str, ...]) -> Listed:
    """The work that the words name; exits where they name none or several."""
    from harvester.find import FindError, find_work

    try:
        return find_work(works, " ".join(words))
    except FindError as error:
        fail(str(error), TROUBLE)
