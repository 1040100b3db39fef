"""What a large pool of records tells about itself: the scale that `dedupe` weighs by.

A workspace never adapts: there no verdict may move because an unrelated record arrived.
"""

from __future__ import annotations

from collections.abc import Sequence

from harvester.match import Scale, shipped
from harvester.serials import serials, tidy_sources
from harvester.traits import read
from sources.record import Record


def adapted(records: Sequence[Record]) -> Scale:
    """The shipped weights, and what the records show of titles that recur and sources that
    repeat none.
    """
    known = {record.key: read(record) for record in records}
    table = shipped()
    listed = [(record.source, known[record.key]) for record in records]
    return Scale(table.work, table.version, serials(listed), tidy_sources(listed), known)
