"""Hand-made conflicts (fixtures/claims.toml), and what is true of every rule in all of them."""

from collections import Counter
from dataclasses import replace

import pytest
from claim_cases import Example, claim, examples
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester import policy
from harvester.canon import State
from harvester.resolve import loud
from harvester.rules import QUIET, RULES, rules_for
from harvester.rules_authors import contains

EXAMPLES = examples()
EVERY_RULE = {rule.name for rules in RULES.values() for rule in rules}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_case(example: Example) -> None:
    row, found = example.row, example.settled()
    assert (found.value, str(found.state), found.rule) == (
        row["value"],
        row.get("state", "settled"),
        row.get("rule", ""),
    )
    if "why" in row:
        assert found.why == row["why"]
    if "struck" in row:
        assert {claim.value: rule for claim, rule in found.struck} == row["struck"]
    assert loud(found) is (not row.get("quiet") and bool(found.rule or found.state is State.OPEN))
    if row.get("quiet"):
        assert found.struck


def test_there_are_enough_cases_and_each_has_a_name_of_its_own() -> None:
    assert len(EXAMPLES) >= 120
    assert max(Counter(example.name for example in EXAMPLES).values()) == 1


@pytest.mark.parametrize("rule", sorted(EVERY_RULE))
def test_every_rule_has_a_case_in_which_it_strikes_and_one_in_which_it_might(rule: str) -> None:
    """The negative case is one of a field that has the rule, with claims that disagree, in which
    it strikes nothing.
    """
    strikes = {e.name for e in EXAMPLES if rule in {name for _, name in e.settled().struck}}
    may = {
        e.name
        for e in EXAMPLES
        if rule in {r.name for r in rules_for(e.field)} and len({c.value for c in e.claims}) > 1
    }
    assert strikes
    assert may - strikes


@given(st.sampled_from(EXAMPLES), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_claims_does_not_matter(example: Example, random: object) -> None:
    shuffled = list(example.claims)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert replace(example, claims=tuple(shuffled)).settled() == example.settled()


@given(st.sampled_from(EXAMPLES))
def test_a_rule_only_strikes_out(example: Example) -> None:
    for rule in rules_for(example.field):
        kept = list(rule.keep(example.claims, example.case))
        assert all(claim in example.claims for claim in kept)
    found = example.settled()
    assert found.standing
    assert Counter(found.standing) + Counter(c for c, _ in found.struck) == Counter(example.claims)


WITNESSES = ("scholar", "scholar:9", "homepage", "cv", "bibtex", "news", "scholar-preprint")


@given(st.sampled_from(EXAMPLES), st.data())
@settings(max_examples=400, deadline=None)
def test_a_weaker_witness_makes_no_settled_answer_wrong(
    example: Example, data: st.DataObject
) -> None:
    """Metamorphic: whoever comes with another value, less trusted than all that name the right
    one, and of a voice that already speaks, may open a question but not settle it otherwise.
    """
    before = example.settled()
    if before.state is not State.SETTLED:
        return
    values = sorted({c.value for c in example.claims})
    source = data.draw(st.sampled_from(WITNESSES))
    value = data.draw(st.sampled_from(values))
    basis = next(c.basis for c in example.claims if c.value == value)
    basis = "date" if example.field == "year" else basis
    weaker = claim(example.field, f"{source} | {value} | {basis}", 99)
    right = [c for c in before.standing if c.value == before.value]
    if all(c.gone for c in right) or contains(weaker.value, before.value):
        return  # any live claim outranks them; a longer list is no matter of witnesses
    order = policy.TRUST.get(example.field) or policy.TRUST[""]
    if order.index(weaker.kind) <= min(order.index(c.kind) for c in right):
        return
    if weaker.voice not in {c.voice for c in example.claims}:
        return
    after = example.settled(weaker)
    finer = example.field == "date" and after.value.startswith(before.value)
    assert after.value == before.value or after.state is State.OPEN or finer


@given(st.sampled_from(EXAMPLES), st.data())
@settings(max_examples=300, deadline=None)
def test_who_agrees_with_a_settled_answer_changes_nothing(
    example: Example, data: st.DataObject
) -> None:
    before = example.settled()
    if before.state is not State.SETTLED:
        return
    source = data.draw(st.sampled_from([*WITNESSES, "arxiv", "dblp"]))
    basis = next(c.basis for c in before.standing if c.value == before.value)
    agreeing = claim(example.field, f"{source} | {before.value} | {basis}", 99)
    after = example.settled(agreeing)
    assert (after.value, after.state) == (before.value, before.state)


def test_every_loud_rule_has_a_sentence() -> None:
    for rules in RULES.values():
        for rule in rules:
            assert bool(rule.say) is (rule.name not in QUIET), rule.name
