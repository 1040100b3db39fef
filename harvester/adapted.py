"""What a large pool of records tells about itself: the scale that `dedupe` weighs by.

A workspace never adapts: there no verdict may move because an unrelated record arrived.
"""

from __future__ import annotations

from collections.abc import Sequence

from harvester.match import Scale, shipped
from harvester.serials import serials
from harvester.traits import read
from sources.record import Record


def adapted(records: Sequence[Record]) -> Scale:
    """The shipped weights, and the titles that recur among these records."""
    known = {record.key: read(record) for record in records}
    table = shipped()
    columns = serials([(record.source, known[record.key]) for record in records])
    return Scale(table.work, table.version, columns, known)
