"""A user's own venues: read first, refused in words, and the same in every command."""

from collections.abc import Iterator
from contextvars import copy_context
from pathlib import Path

import pytest
from click.testing import CliRunner
from making import record, seen

from harvester import venue_strings, venue_table
from harvester.cli import main
from harvester.config import ConfigError, load
from harvester.match import shipped as weights
from harvester.match import weigh_version
from harvester.reconcile import reconcile
from harvester.traits import traits
from harvester.venues import full_name, shipped

HEAD = '[[source]]\nadapter = "bibtex"\npath = "mine.bib"\n'
ENTRY = """@inproceedings{a,
  title = {Failure Modes of Domain Generalization Algorithms},
  author = {Tigran Galstyan and Hrayr Harutyunyan},
  booktitle = {Proceedings of the Yerevan Meeting on Learning},
  year = {2022}
}
"""
ROW = """[[venue]]
key = "yml"
name = "YML"
full = "Proceedings of the Yerevan Meeting on Learning"
phrases = ["yerevan meeting on learning"]
"""


@pytest.fixture(autouse=True)
def shipped_again() -> Iterator[None]:
    yield
    venue_table.use(None)


def workspace(folder: Path, config: str = HEAD, own: str = "") -> Path:
    (folder / "harvest.toml").write_text(config, encoding="utf-8")
    (folder / "mine.bib").write_text(ENTRY, encoding="utf-8")
    if own:
        (folder / "venues.toml").write_text(own, encoding="utf-8")
    return folder / "harvest.toml"


def harvest(folder: Path, *words: str) -> str:
    done = CliRunner().invoke(main, [*words, "--config", str(folder)])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_without_rows_of_ones_own_there_is_no_table(tmp_path: Path) -> None:
    assert load(workspace(tmp_path)).venues is None


@pytest.mark.parametrize("where", ["harvest.toml", "venues.toml"])
def test_a_row_of_ones_own_is_in_the_list_and_in_the_bib(tmp_path: Path, where: str) -> None:
    workspace(tmp_path)
    harvest(tmp_path, "sync")
    assert '"venue_key": "yml"' not in harvest(tmp_path, "list", "--json")
    in_config = where == "harvest.toml"
    workspace(tmp_path, HEAD + (ROW if in_config else ""), "" if in_config else ROW)
    harvest(tmp_path, "sync")
    assert '"venue_key": "yml"' in harvest(tmp_path, "list", "--json").replace("'", '"')
    exported = harvest(tmp_path, "export")
    assert "booktitle = {Proceedings of the Yerevan Meeting on Learning}" in exported
    first = (tmp_path / "canon.bib").read_bytes()
    harvest(tmp_path, "sync")
    assert (tmp_path / "canon.bib").read_bytes() == first


def test_another_workspace_reads_by_the_shipped_table_again(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    workspace(tmp_path / "a", HEAD + ROW)
    workspace(tmp_path / "b")
    harvest(tmp_path / "a", "sync")
    assert venue_strings.read("Yerevan Meeting on Learning 2022").key == "yml"
    harvest(tmp_path / "b", "sync")
    assert not venue_strings.read("Yerevan Meeting on Learning 2022").known


def test_two_workspaces_in_one_process_never_see_each_others_venues() -> None:
    place = "Yerevan Meeting on Learning 2022"
    one = record("bibtex:a", "On estimation", seen(place))
    other = record("scholar:b", "On estimation", seen("YML 2022"))
    row = {
        "key": "yml",
        "name": "YML",
        "short": ["YML"],
        "phrases": ["yerevan meeting on learning"],
    }
    mine, theirs = shipped().under([row]), shipped().under([{**row, "key": "yerevan"}])
    bare = "yerevan-meeting-on-learning"
    for table, key in 2 * [(mine, "yml"), (theirs, "yerevan"), (None, bare), (mine, "yml")]:
        venue_table.use(table)
        assert venue_strings.read(place).key == key
        assert traits(one).places[0].key == key
        found = weigh_version(traits(one), traits(other), weights())
        levels = {piece.signal: piece.level for piece in found.evidence}
        assert (levels.get("venue") == "same") is (table is not None)
        [work] = reconcile([one]).works
        assert work.head.venue == ("YML" if table else "Yerevan Meeting on Learning")
        assert (full_name("yml", "") != "") is (table is mine)


def test_a_table_is_in_use_in_its_own_context_alone() -> None:
    mine = shipped().under([{"key": "yml", "short": ["YML"]}])
    inner = copy_context()
    inner.run(venue_table.use, mine)
    assert inner.run(venue_strings.read, "YML 2022").known
    assert not venue_strings.read("YML 2022").known


def test_harvest_toml_comes_before_venues_toml_and_both_before_the_shipped(tmp_path: Path) -> None:
    mine = '[[venue]]\nkey = "icml"\nname = "Mine"\n'
    other = '[[venue]]\nkey = "icml"\nname = "Other"\n[[venue]]\nkey = "kdd"\nname = "Other"\n'
    table = load(workspace(tmp_path, HEAD + mine, other)).venues
    assert table is not None
    assert (table["icml"].name, table["kdd"].name, table["cvpr"].name) == ("Mine", "Other", "CVPR")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ('name = "No key"', "harvest.toml: [[venue]] 1: venue '': a row needs a key, as in"),
        ('key = "Y M L"', "a key is lower-case letters, digits and hyphens"),
        ('key = "yml"\nnmae = "YML"', "has no 'nmae'; did you mean 'name'?"),
        ('key = "yml"\nname = 3', "name must be a string, in quotes"),
        ('key = "yml"\nphrases = "yerevan"', "phrases must be a list of strings"),
        ('key = "yml"\nphrases = ["2021"]', "each of phrases needs a letter"),
        ('key = "yml"\nkind = "party"', "kind is one of conference, journal, preprint"),
        ('key = "yml"\nmonth = 13', "month is a number from 1 to 12"),
        ('key = "yml"\nfirst = "1999"', "first must be a whole number"),
        ('key = "yml"\nseries = 3', "series must be a table"),
        ('key = "yml"\neditions = { 2021 = ["soon"] }', "an edition is YEAR = [first day,"),
    ],
)
def test_a_wrong_row_is_named_with_what_to_do(tmp_path: Path, row: str, says: str) -> None:
    config = workspace(tmp_path, f"{HEAD}[[venue]]\n{row}\n")
    with pytest.raises(ConfigError) as raised:
        load(config)
    assert says in str(raised.value)
    assert str(raised.value).startswith("harvest.toml: [[venue]] 1: venue '")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ("[[venue]\n", "venues.toml: is not TOML"),
        ('[venue]\nkey = "yml"\n', "venues.toml: holds [[venue]] tables and nothing else"),
        ("venues = []\n", "venues.toml: holds [[venue]] tables and nothing else"),
        (ROW + '[[venue]]\nname = "x"\n', "venues.toml: [[venue]] 2: venue '': a row needs a key"),
        ("venue = [3]\n", "venues.toml: [[venue]] 1: venue '': a row needs a key"),
    ],
)
def test_a_wrong_file_is_named_with_what_to_do(tmp_path: Path, own: str, says: str) -> None:
    with pytest.raises(ConfigError, match=r"^venues\.toml: ") as raised:
        load(workspace(tmp_path, HEAD, own))
    assert says in str(raised.value)
