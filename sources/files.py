"""Pages that are files: one file, all of a folder, or a glob."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sources.contract import Page, SourceError

_WEB_PAGE = re.compile(r"(?i)\s*<(!doctype|html|\?xml|head|body)\b")


def refuse_web_page(text: str, where: str) -> None:
    """Raise SourceError for the page that a download left in place of a file."""
    if _WEB_PAGE.match(text):
        raise SourceError(where, "is a web page, not the file; save the file itself")


def saved_pages(path: str, base: Path, suffixes: tuple[str, ...]) -> Iterator[Page]:
    """One page a file, sorted by path. Raises SourceError where there is none."""
    for file in files_at(path, base, suffixes):
        yield page_of(file, base)


def page_of(file: Path, base: Path) -> Page:
    """The file as a page; `where` is its path as the user would name it."""
    where = _named(file, base)
    try:
        return Page(where, file.read_bytes())
    except OSError as error:
        raise SourceError(where, f"cannot be read: {error.strerror}") from error


def files_at(path: str, base: Path, suffixes: tuple[str, ...]) -> list[Path]:
    """The files that a path means, at least one, sorted by path.

    `path` is relative to `base`, the workspace folder. A folder means all its files with one
    of the suffixes, at any depth, hidden ones left out. Raises SourceError where there is none.
    """
    target = base / Path(path).expanduser()
    if target.is_file():
        return [target]
    if target.is_dir():
        found = [file for file in target.rglob("*") if file.suffix.lower() in suffixes]
        seen = [file for file in found if not _hidden(file.relative_to(target))]
        missing = f"no {' or '.join(suffixes)} file in this folder"
    elif any(mark in path for mark in "*?["):
        # Only the pattern is a pattern: the workspace's own path may hold a bracket.
        anchor = Path(target.anchor) if Path(path).expanduser().is_absolute() else base
        found = list(anchor.glob(str(target.relative_to(anchor))))
        seen = [file for file in found if not _hidden(file.relative_to(anchor))]
        missing = "no file matches"
    else:
        raise SourceError(path, "no such file or folder; check the path in harvest.toml")
    files = sorted({file for file in seen if file.is_file()}, key=lambda file: file.as_posix())
    if not files:
        raise SourceError(path, f"{missing}; check the path in harvest.toml")
    return files


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") and part != ".." for part in path.parts)


def _named(file: Path, base: Path) -> str:
    try:
        return file.relative_to(base).as_posix()
    except ValueError:
        return file.as_posix()
