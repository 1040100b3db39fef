"""What opens an account is in no file that a sync writes, and in nothing that it says."""

import logging
from pathlib import Path

import pytest
from world import ARXIV, OPENREVIEW, Make, World, run

TOKEN = "sesame-of-this-profile"
"""What the service accepts; a login is answered with it, so that it is as secret."""
PASSWORD = "hush-hush"
WRONG = "wrong-but-secret"


def written(world: World) -> list[Path]:
    return [path for path in world.folder.rglob("*") if path.is_file()]


def leaks(world: World, said: str) -> list[str]:
    """Where a secret stands that the environment holds or a login brought."""
    secrets = (TOKEN, PASSWORD, WRONG)
    found = [
        path.name
        for path in written(world)
        if any(secret.encode() in path.read_bytes() for secret in secrets)
    ]
    return found + [secret for secret in secrets if secret in said]


@pytest.mark.parametrize(
    ("account", "fault", "code"),
    [
        ({"TOKEN": TOKEN}, "", 0),
        ({"USERNAME": "ada", "PASSWORD": PASSWORD}, "", 0),
        # The service repeats what it was given: in a refusal, and in a page.
        ({"TOKEN": WRONG}, "", 1),
        ({"USERNAME": "ada", "PASSWORD": WRONG}, "", 1),
        ({"TOKEN": TOKEN}, "echo", 1),
        ({"TOKEN": TOKEN}, "redirect", 1),
        ({"TOKEN": TOKEN}, "503", 1),
        ({"TOKEN": TOKEN}, "hung up", 1),
        ({"TOKEN": TOKEN}, "web page", 1),
        ({"USERNAME": "ada", "PASSWORD": PASSWORD}, "503", 1),
        ({"USERNAME": "ada", "PASSWORD": PASSWORD}, "echo", 1),
        ({"USERNAME": "ada", "PASSWORD": PASSWORD}, "redirect", 1),
        # What cannot stand in a header is quoted by those who refuse it.
        ({"TOKEN": f"{WRONG}\nX: y"}, "", 1),
        ({"TOKEN": f"{WRONG}\N{SNOWMAN}"}, "", 1),
    ],
)
def test_a_secret_is_written_nowhere_and_never_said(
    make_world: Make,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    account: dict[str, str],
    fault: str,
    code: int,
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.delenv("OPENREVIEW_TOKEN")
    for name, value in account.items():
        monkeypatch.setenv(f"OPENREVIEW_{name}", value)
    world = make_world(5, older=2)
    world.write(ARXIV, OPENREVIEW)
    world.openreview.always = fault
    done = run("sync", "--keep", "kept")
    assert done.exit_code == code, done.output
    assert {"canon.db", "canon.bib", "0001", "index.json"} <= {path.name for path in written(world)}
    more = [run(*words).output for words in (["status"], ["log"], ["diff"], ["list", "--json"])]
    assert leaks(world, done.output + caplog.text + "".join(more)) == []
    if code:
        assert done.stderr.startswith(world.openreview.url)
        assert len(done.stderr.splitlines()) == 1
    # And the account was used: this is no test of a program that keeps quiet by asking nobody.
    sent = [str(asked.headers) + asked.body.decode() for asked in world.openreview.log]
    given = next(value for name, value in account.items() if name != "USERNAME")
    assert any(given in text for text in sent) or not given.isascii() or "\n" in given


def test_the_search_for_leaks_finds_them(make_world: Make) -> None:
    world = make_world(1)
    (world.folder / "canon.db").write_bytes(b"\0" + TOKEN.encode() + b"\0")
    assert leaks(world, f"Bearer {WRONG}") == ["canon.db", WRONG]


def test_without_an_account_nothing_is_sent(
    make_world: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENREVIEW_TOKEN")
    world = make_world(120)
    world.write(OPENREVIEW)
    assert run("sync").exit_code == 0
    assert world.alive("openreview") == 120
    assert {asked.path.split("?")[0] for asked in world.openreview.log} == {"/v2/notes/search"}
    assert not any("Authorization" in asked.headers for asked in world.openreview.log)


def test_a_host_is_told_only_its_own_token(
    make_world: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ArXiv is asked by the same client, and hears nothing of the account at OpenReview."""
    world = make_world(3)
    world.write(OPENREVIEW, ARXIV)
    assert run("sync").exit_code == 0
    assert world.arxiv.log
    assert not any("Authorization" in asked.headers for asked in world.arxiv.log)
