"""Options and fixtures of the whole suite."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from world import Make


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate",
        action="store_true",
        help="write the .expected.json files of the golden test anew; read the diff afterwards",
    )


@pytest.fixture
def make_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Makes a workspace beside servers that play arXiv and OpenReview; it is the current folder."""
    from world import worlds

    with worlds(tmp_path, monkeypatch) as make:
        yield make
