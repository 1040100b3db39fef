"""What a [[source]] may say, and that what it says reaches the adapter."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from harvester.adapters import ADAPTERS
from harvester.config import ConfigError, build, load
from sources.address import no_service
from sources.contract import SourceError
from sources.http import Http

LOCAL = "http://127.0.0.1:8"


def write(folder: Path, source: str, person: str = '[[person]]\nname = "Ada Byron"\n') -> Path:
    path = folder / "harvest.toml"
    path.write_text(f"{person}[[source]]\n{source}\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://export.arxiv.org", ""),
        ("https://mirror.example.org:8443/arxiv/", ""),
        ("http://127.0.0.1:8080", ""),
        ("http://localhost:8080/", ""),
        ("http://[::1]:8080", ""),
        ("http://mirror.example.org", "must begin with https"),
        ("http://127.0.0.1.example.org", "must begin with https"),
        ("http://10.0.0.1", "must begin with https"),
        ("https://me:hush@mirror.example.org", "without login"),
        ("https://:@mirror.example.org", "without login"),
        ("https://mirror.example.org/?token=hush", "without login"),
        ("https://mirror.example.org/#x", "without login"),
        ("ftp://mirror.example.org", "is no address"),
        ("mirror.example.org", "is no address"),
        ("https://", "is no address"),
        ("https://a b/", "is no address"),
        ("https://[::1", "is no address"),
        ("https://mirror.example.org:99999", "is no address"),
        ("", "is no address"),
    ],
)
def test_where_a_service_may_be_asked(url: str, said: str) -> None:
    found = no_service(url)
    assert said in found
    assert bool(said) == bool(found)
    assert "hush" not in found


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('adapter = "arxiv"\nnames = "yes"', "names must be true or false"),
        ('adapter = "arxiv"\nids = "2301.00001"', "ids must be a list"),
        ('adapter = "arxiv"\nauthor = 3', "author must be text"),
        (
            'adapter = "arxiv"\nauthor = "x_y_1"\nbase_url = "http://a.org"',
            "base_url must begin with https",
        ),
        ('adapter = "arxiv"\nauthor = "x_y_1"\nauthor_url = []', "author_url must be text"),
        (
            'adapter = "openreview"\nprofile = "~A_B1"\nbase_urls = "https://a.org"',
            "base_urls must be",
        ),
        ('adapter = "openreview"\nprofile = "~A_B1"\nbase_urls = []', "base_urls must be"),
        (
            'adapter = "openreview"\nprofile = "~A_B1"\nbase_urls = ["https://a.org", "b"]',
            "base_urls is no address",
        ),
        ('adapter = "arxiv"\nbase_url = "https://a.org"', "needs author or names or ids or path"),
    ],
)
def test_a_setting_of_the_wrong_kind_is_named_with_its_place(
    tmp_path: Path, source: str, said: str
) -> None:
    with pytest.raises(ConfigError) as error:
        load(write(tmp_path, source))
    assert str(error.value).startswith("harvest.toml: [[source]] 1")
    assert said in str(error.value)


def built(folder: Path, source: str) -> Any:
    config = load(write(folder, source))
    return build(config, config.sources[0], lambda: Http("1", sleep=lambda _: None))


@pytest.mark.parametrize(
    ("source", "asked"),
    [
        (
            f'adapter = "arxiv"\nnames = true\nbase_url = "{LOCAL}/m/"',
            f"{LOCAL}/m/api/query",
        ),
        (
            f'adapter = "arxiv"\nauthor = "x_y_1"\nauthor_url = "{LOCAL}"',
            f"{LOCAL}/a/x_y_1.atom2",
        ),
        (
            f'adapter = "openreview"\nprofile = "~A_B1"\nbase_urls = ["{LOCAL}"]',
            f"{LOCAL}/notes/search",
        ),
    ],
)
def test_the_address_that_is_set_is_the_one_that_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, asked: str
) -> None:
    for name in ("OPENREVIEW_TOKEN", "OPENREVIEW_USERNAME", "OPENREVIEW_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SourceError) as error:  # nobody answers there
        list(built(tmp_path, source).pages())
    assert error.value.place.startswith(asked)


def test_names_without_a_person_say_what_is_missing(tmp_path: Path) -> None:
    config = load(write(tmp_path, 'adapter = "arxiv"\nnames = true', person=""))
    with pytest.raises(SourceError, match=r"arxiv: names = true needs a \[\[person\]\]"):
        build(config, config.sources[0], lambda: pytest.fail("a client was made"))


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_what_is_needed_is_among_what_may_be_said(adapter: str) -> None:
    row = ADAPTERS[adapter]
    assert row.needed
    assert set(row.needed) <= set(row.settings)


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_every_adapter_is_made_from_a_path_without_a_client(tmp_path: Path, adapter: str) -> None:
    config = load(write(tmp_path, f'adapter = "{adapter}"\nname = "n"\npath = "x"'))
    source = build(config, config.sources[0], lambda: pytest.fail("a client was made"))
    assert (source.name, source.kind) == ("n", adapter)
    with pytest.raises(SourceError, match="no such file or folder"):
        list(source.pages())


def _says(settings: Mapping[str, object]) -> set[str]:
    return {key for key in settings if key.startswith(("base", "author_url"))}


def test_every_service_can_be_asked_elsewhere() -> None:
    """Those that are asked over the network, but a page, which is an address already."""
    asked = {name for name, row in ADAPTERS.items() if set(row.needed) - {"path", "url"}}
    assert asked >= {"arxiv", "openreview"}
    assert {name for name in asked if not _says(ADAPTERS[name].settings)} == set()
