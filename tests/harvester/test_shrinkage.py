"""Weights between the shipped ones and what many candidates show."""

from harvester import policy
from harvester.shrinkage import Pattern, estimate, pattern, shrunk


def of(title: str, authors: str, year: str = "same") -> Pattern:
    return (("title", title), ("authors", authors), ("year", year))


SEEN = {
    of("equal", "same"): 500,
    of("word added", "same"): 400,
    of("word added", "disjoint"): 20,
    of("word exchanged", "few in common", "some years apart"): 600,
    of("apart", "disjoint", "far apart"): 2000,
}
"""Where words are added under the same authors and year as often as not."""


def test_nothing_seen_leaves_the_table() -> None:
    assert shrunk(policy.WEIGHTS, {}, 0) == policy.WEIGHTS


def test_few_candidates_hardly_move_it_and_many_do() -> None:
    weight = ("title", "word added")
    few, many = (shrunk(policy.WEIGHTS, SEEN, size)[weight] for size in (50, 500_000))
    assert policy.WEIGHTS[weight] <= few < policy.WEIGHTS[weight] + 0.3
    assert many > policy.WEIGHTS[weight] + 4
    assert many <= policy.WEIGHTS[weight] + policy.FURTHEST


def test_a_size_of_kappa_is_half_way() -> None:
    bits = estimate(policy.WEIGHTS, SEEN)
    for weight, mixed in shrunk(policy.WEIGHTS, SEEN, policy.KAPPA).items():
        if weight in bits and abs(bits[weight] - policy.WEIGHTS[weight]) < policy.FURTHEST:
            assert abs(mixed - (bits[weight] + policy.WEIGHTS[weight]) / 2) <= 0.051


def test_only_what_was_seen_moves() -> None:
    mixed = shrunk(policy.WEIGHTS, SEEN, 500_000)
    seen = {weight for one in SEEN for weight in one}
    assert {w for w in mixed if mixed[w] != policy.WEIGHTS[w]} <= seen
    assert mixed.keys() == policy.WEIGHTS.keys()


def test_matches_stay_matches() -> None:
    bits = estimate(policy.WEIGHTS, SEEN)
    assert sum(bits[weight] for weight in of("equal", "same")) > policy.MATCH_AT
    assert sum(bits[weight] for weight in of("apart", "disjoint", "far apart")) < 0


def test_the_order_of_patterns_does_not_matter() -> None:
    turned = dict(reversed(SEEN.items()))
    assert shrunk(policy.WEIGHTS, SEEN, 9000) == shrunk(policy.WEIGHTS, turned, 9000)


def test_identifiers_and_columns_do_not_adapt() -> None:
    levels = [("id", "shared", "doi 10.1/a"), ("title", "equal", ""), ("column", "one place", "")]
    assert pattern(levels) == (("title", "equal"),)
