"""What a large pool of records tells about itself: the scale that `dedupe` weighs by.

A workspace never adapts: there no verdict may move because an unrelated record arrived.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from harvester import policy
from harvester.blocking import candidates
from harvester.match import Scale
from harvester.serials import serials, tidy_sources
from harvester.shrinkage import pattern, shrunk
from harvester.signals import levels
from harvester.traits import read
from sources.record import Record


def adapted(records: Sequence[Record]) -> Scale:
    """The shipped weights, moved by what the candidate pairs show; titles that recur here, and
    sources that repeat none.
    """
    ordered = sorted(records, key=lambda record: record.key)
    known = {record.key: read(record) for record in ordered}
    listed = [(record.source, known[record.key]) for record in ordered]
    columns, tidy = serials(listed), tidy_sources(listed)
    traits = list(known.values())
    pairs = candidates(traits)
    step = max(1, len(pairs) // policy.SAMPLE)
    seen = Counter(pattern(levels(traits[a], traits[b], columns, tidy)) for a, b in pairs[::step])
    work = shrunk(policy.WEIGHTS, seen, len(pairs))
    return Scale(work, {**work, **policy.VERSION_WEIGHTS}, columns, tidy, known, pairs)
