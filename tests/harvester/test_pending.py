"""What is not asked again in a walk is what the canon, once derived, does not ask."""

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from making import record, seen

from benchmarks.queue import make
from db.reading import open_for_reading
from harvester import clerk, config, docket
from harvester.canon import Decision, Judgement
from harvester.cli import main
from harvester.contradictions import contradiction
from harvester.docket import ShelvedConflict
from harvester.pending import Pending
from harvester.questions import Answer, Answered, allowed, fingerprint
from harvester.reconcile import reconcile
from harvester.shelf import ShelvedClaim
from harvester.terminal import now
from sources.record import Stage


def conflict(kind: str, *records: str, field: str = "year", proposed: str = "") -> ShelvedConflict:
    claims = tuple(ShelvedClaim(f"20{n}", "", r, "", "", "", "") for n, r in enumerate(records, 10))
    pair = Judgement(records[0], records[-1], "review", 4.0, ())
    return ShelvedConflict(
        id="abcdef0",
        kind=kind,
        state="open",
        field=field if kind in ("field", "identifier") else "",
        slot="conference" if kind == "field" else "",
        works=("key",),
        title="",
        claims=() if kind == "duplicate" else claims,
        proposed=proposed,
        rule="",
        why="",
        judgement=pair if kind == "duplicate" else None,
    )


def taken(*records: str, slot: str = "conference", field: str = "year") -> Decision:
    claims = tuple((r, f"20{n}", "") for n, r in enumerate(records, 10))
    return Decision("take", records, field, slot, "2010", claims=claims)


YEAR = conflict("field", "a", "b")
PAIR = conflict("duplicate", "a", "b")


@pytest.mark.parametrize(
    ("asked", "decisions", "answered"),
    [
        (YEAR, [], False),
        (YEAR, [taken("a", "b")], True),
        (YEAR, [replace(taken("a", "b"), claims=())], True),
        (YEAR, [taken("a", "b", slot="journal")], False),
        (YEAR, [taken("a", "b", field="venue")], False),
        (YEAR, [taken("a", "b", "c")], False),
        # It is open although that holds: something is claimed that was not claimed then.
        (YEAR, [replace(taken("a", "b"), claims=(("a", "2010", ""), ("b", "1999", "")))], False),
        (YEAR, [Decision("not-mine", ("b",))], True),
        (YEAR, [Decision("mine", ("b",))], False),
        (PAIR, [Decision("same", ("a", "b"))], True),
        (PAIR, [Decision("apart", ("a", "b"))], True),
        (PAIR, [Decision("same", ("a", "c")), Decision("same", ("b", "c"))], True),
        (PAIR, [Decision("same", ("a", "c")), Decision("apart", ("b", "c"))], True),
        (PAIR, [Decision("apart", ("a", "c")), Decision("apart", ("b", "c"))], False),
        (conflict("person", "a"), [Decision("mine", ("a",))], True),
        (conflict("person", "a"), [Decision("mine", ("b",))], False),
        (
            conflict("identifier", "a", "b", field="doi", proposed="10.1/x"),
            [taken("a", "b", slot="id/10.1/x", field="doi")],
            True,
        ),
        (
            conflict("identifier", "a", "b", field="doi", proposed="10.1/y"),
            [taken("a", "b", slot="id/10.1/x", field="doi")],
            False,
        ),
    ],
)
def test_what_is_answered(
    asked: ShelvedConflict, decisions: list[Decision], answered: bool
) -> None:
    assert Pending(decisions).answers(asked) is answered


TITLE = "Notes on the analytical engine of difference"
BOTH = "Hrayr Harutyunyan, Greg Ver Steeg"
OTHERS = "Rob Brekelmans, Aram Galstyan"
RECORDS = [
    record("page:a", TITLE, seen("ICML 2019"), authors=BOTH),
    record("cv:b", TITLE, seen("Journal of Odd Things", "2019", stage=Stage.JOURNAL), authors=BOTH),
    record("bibtex:c", TITLE, seen("", "2019"), authors=OTHERS),
    record("scholar:d", TITLE, seen("", "2020"), authors="Daniel Moyer"),
]
PAIRS = list(combinations(sorted(r.key for r in RECORDS), 2))


@given(st.lists(st.tuples(st.sampled_from(["same", "apart"]), st.sampled_from(PAIRS)), max_size=3))
@settings(max_examples=50)
def test_pairs_that_need_no_asking_are_not_asked(made: list[tuple[str, tuple[str, str]]]) -> None:
    decisions = [Decision(kind, pair, id=n) for n, (kind, pair) in enumerate(made, 1)]
    pending = Pending(decisions)
    # same and apart that contradict each other are never kept.
    assume(not any(contradiction(decisions[:n], one) for n, one in enumerate(decisions)))
    asked = [c for c in reconcile(RECORDS, decisions).conflicts if c.judgement]
    assert asked or made
    for found in asked:
        assert found.judgement
        assert not pending.answers(conflict("duplicate", found.judgement.a, found.judgement.b))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six works, of which four have a year in question."""
    made = tmp_path_factory.mktemp("pending")
    make(made, works=6, questions=4)
    CliRunner().invoke(main, ["sync", "--config", str(made)])
    return made


@given(data=st.data())
@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_answer_settles_its_question(folder: Path, data: st.DataObject) -> None:
    found = config.load(folder / config.FILE)
    with open_for_reading(found.database) as reader:
        queue = docket.conflicts(reader, "open")
    kept = []
    for asked in queue:
        verb = data.draw(st.sampled_from(allowed(asked)))
        word = {"take": "a", "value": "1999"}.get(verb, "")
        answer = Answered(asked.id, fingerprint(asked), Answer(verb, word))
        kept += clerk.keep(found, [answer], now())
        assert all(Pending(kept).answers(one) for one in queue[: len(kept)])
        assert not any(Pending(kept).answers(one) for one in queue[len(kept) :])
    clerk.publish(found, now())
    with open_for_reading(found.database) as reader:
        assert docket.ids(reader, "open") == []
    for decision in kept:
        clerk.take_back(found, decision.id, now())
    clerk.publish(found, now())
    with open_for_reading(found.database) as reader:
        assert docket.conflicts(reader, "open") == queue
