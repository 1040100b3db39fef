"""The arrows of the house: sources and db know nobody, harvester knows both, and few know db."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = ("sources", "db", "harvester")
FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for package in OURS
    for path in (ROOT / package).rglob("*.py")
    if "demo_pages" not in path.parts
)

VOCABULARY = {"sources.record", "sources.contract", "sources.ids", "sources.names", "sources.latex"}
KNOW_DB = {
    "harvester/afterwards.py",
    "harvester/clerk.py",
    "harvester/commands_deciding.py",
    "harvester/commands_files.py",
    "harvester/commands_writing.py",
    "harvester/terminal.py",
    "harvester/walk.py",
    "harvester/written.py",
    "harvester/decisions.py",
    "harvester/decisions_file.py",
    "harvester/html_file.py",
    "harvester/interactive.py",
    "harvester/ledger.py",
    "harvester/pagecache.py",
    "harvester/publish.py",
    "harvester/rows.py",
    "harvester/sync.py",
}
"""The ledger's files, the straight line, and the command line."""
KNOW_ADAPTERS = {"harvester/adapters.py", "harvester/dedupe.py"}
FETCH = {"harvester/config.py", "harvester/network.py", "harvester/pagecache.py"}
"""Who may speak of the HTTP client and its cache."""
POLICY = {
    "harvester/adapted.py",
    "harvester/beside.py",
    "harvester/blocking.py",
    "harvester/canon.py",
    "harvester/claims.py",
    "harvester/cluster.py",
    "harvester/copies.py",
    "harvester/contradictions.py",
    "harvester/columns.py",
    "harvester/correct_bib.py",
    "harvester/correct_names.py",
    "harvester/corrections.py",
    "harvester/disjoint.py",
    "harvester/editions.py",
    "harvester/fixes.py",
    "harvester/identifiers.py",
    "harvester/identity.py",
    "harvester/lacking.py",
    "harvester/leftover.py",
    "harvester/linkage.py",
    "harvester/lists.py",
    "harvester/match.py",
    "harvester/numerals.py",
    "harvester/opposites.py",
    "harvester/partners.py",
    "harvester/people.py",
    "harvester/places.py",
    "harvester/policy.py",
    "harvester/reconcile.py",
    "harvester/reopened.py",
    "harvester/resolve.py",
    "harvester/rule.py",
    "harvester/rules.py",
    "harvester/rules_authors.py",
    "harvester/rules_venues.py",
    "harvester/rules_witnesses.py",
    "harvester/rules_years.py",
    "harvester/screening.py",
    "harvester/sightings_placed.py",
    "harvester/spellings.py",
    "harvester/splices.py",
    "harvester/timeline.py",
    "harvester/serials.py",
    "harvester/shrinkage.py",
    "harvester/signals.py",
    "harvester/title_ends.py",
    "harvester/title_match.py",
    "harvester/title_traits.py",
    "harvester/titles.py",
    "harvester/traits.py",
    "harvester/venue_index.py",
    "harvester/venue_strings.py",
    "harvester/venue_whole.py",
    "harvester/venue_words.py",
    "harvester/venues.py",
    "harvester/versions.py",
    "harvester/whereabouts.py",
    "harvester/when.py",
    "harvester/wording.py",
    "harvester/works.py",
}
"""Decide: data in, data out. No clock, no file but their own tables, no session, no colour."""
OF_THE_WORLD = {"click", "httpx", "os", "pathlib", "random", "socket", "sqlalchemy", "sqlite3"}
OF_THE_WORLD |= {"sqlmodel", "subprocess", "sys", "tempfile", "time"}
SAYS_NOTHING = {"utils", "util", "helpers", "common", "core", "misc", "manager"}


def imports(file: str) -> Iterator[str]:
    """Every module that a file imports, wherever in it, with the names taken from our own."""
    for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: a relative import"
            module = node.module or ""
            yield module
            if module in OURS:
                yield from (f"{module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("file", FILES)
def test_arrows(file: str) -> None:
    package = file.split("/")[0]
    for module in imports(file):
        top = module.split(".")[0]
        if package in ("sources", "db") and top in OURS:
            assert top == package, f"{file} imports {module}"
        if package == "harvester" and top == "db":
            assert file in KNOW_DB, f"{file} imports {module}"
        if package == "harvester" and top == "sources" and module not in VOCABULARY | {"sources"}:
            fetching = (
                module in ("sources.http", "sources.answer", "sources.pace") and file in FETCH
            )
            assert fetching or file in KNOW_ADAPTERS, f"{file} imports {module}"
        if top == "httpx":
            assert file == "sources/http.py"
        if file in POLICY:
            assert top not in OF_THE_WORLD, f"{file} imports {module}"


@pytest.mark.parametrize("file", [file for file in FILES if file.endswith("__init__.py")])
def test_init_files_hold_a_docstring_and_nothing_else(file: str) -> None:
    [only] = ast.parse((ROOT / file).read_text(encoding="utf-8")).body
    assert isinstance(only, ast.Expr)
    assert isinstance(only.value, ast.Constant)


def test_lists_of_files_are_true() -> None:
    """A file that was renamed would otherwise slip out of its rule."""
    assert set(FILES) >= KNOW_DB | KNOW_ADAPTERS | FETCH | POLICY


@pytest.mark.parametrize("file", FILES)
def test_names_say_something(file: str) -> None:
    assert Path(file).stem not in SAYS_NOTHING


def test_a_source_is_added_with_one_file_of_under_80_lines() -> None:
    lines = (ROOT / "sources" / "dblp.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) < 80
