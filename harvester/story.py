"""`harvest show` for people: one work, its versions, every claim, and why its records are one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harvester.report import WIDTH, Row, beside, bold, count, cut, dim, plain, wrapped


def work(data: Row) -> Iterator[str]:
    """`harvest show`: one work, its versions, every claim, and why its records are one."""
    yield bold(plain(data["key"]))
    yield from wrapped(data["title"], 0)
    yield from wrapped("; ".join(data["authors"]) + _open_list(data), 0)
    if data["status"]:
        yield from wrapped(data["status"], 0)
    for version in (None, *range(len(data["versions"]))):
        fields = [field for field in data["fields"] if field["version"] == version]
        yield ""
        yield bold("The work" if version is None else _place(data["versions"][version]))
        for field in fields:
            yield from _field(field)
    yield from _happened(data["dates"])
    joined = [row for row in data["decisions"] if row["kind"] == "same"]
    if data["judgements"] or joined:
        yield ""
        yield bold("Why these records are one work")
        for row in joined:
            yield ""
            yield from wrapped(" · ".join(row["records"]), 2)
            yield f"    a person said so: decision {row['id']}"
        for judgement in _strongest(data["judgements"]):
            yield from _judgement(judgement)
    yield ""
    yield from decisions(data["decisions"])
    yield from history(data["history"])


def _open_list(data: Row) -> str:
    return "" if data["authors_complete"] else "; and others"


def _place(version: Row) -> str:
    return " ".join(plain(p) for p in (version["stage"], version["venue"], version["year"]) if p)


def _field(field: Row) -> Iterator[str]:
    mark = "" if field["state"] == "settled" else field["state"]
    value = cut(field["value"], WIDTH - 15 - len(mark))
    gap = " " * (WIDTH - 13 - len(value) - len(mark)) if mark else ""
    yield f"  {field['field']:<11}{value}{gap}{dim(mark) if mark else ''}"
    for claim in field["claims"]:
        place = f"{claim['source']} {claim['where']}"
        if claim["struck_by"]:
            yield beside(f"- {claim['value']}", f"{place}  {claim['struck_by']}", 13)
        else:
            yield " " * 13 + dim(cut(f"+ {place}", WIDTH - 13))
    if field["why"]:
        yield from wrapped(field["why"], 13)


def _happened(dates: Sequence[Row]) -> Iterator[str]:
    """What happened to the work in the order of time, with who says so."""
    if not dates:
        return
    yield ""
    yield bold("When")
    for row in dates:
        says = ", ".join(row["sources"])
        day = f"{'-' if row['struck_by'] else ' '} {row['days']}"
        rest = beside(row["label"], f"{says} {row['struck_by']}".strip(), 26)
        yield f"  {day:<24}{rest[26:]}"


def _strongest(judgements: Sequence[Row]) -> list[Row]:
    """The surest pairs that together hold all records, one fewer than there are records."""
    group: dict[str, str] = {}

    def root(key: str) -> str:
        while group.get(key, key) != key:
            key = group[key]
        return key

    kept = []
    for judgement in judgements:
        a, b = (root(key) for key in judgement["records"])
        if a != b:
            group[b] = a
            kept.append(judgement)
    return kept


def _judgement(judgement: Row) -> Iterator[str]:
    yield ""
    total = f"{judgement['bits']:+.0f} bits: {judgement['verdict']}"
    for number, key in enumerate(judgement["records"]):
        yield beside(key, "" if number else total, 2)
    for piece in judgement["evidence"]:
        words = " ".join((piece["signal"], piece["level"], piece["detail"]))
        yield f"    {piece['bits']:>+4.0f}  {cut(words, WIDTH - 10)}"


def decisions(rows: Sequence[Row]) -> Iterator[str]:
    """What people decided about one work: what, who, when, why, and how to take it back."""
    if not rows:
        return
    yield bold(count(len(rows), "decision"))
    for row in rows:
        yield ""
        who = f" by {row['who']}" if row["who"] else ""
        yield beside(_ruling(row), f"{row['when'][:10]}{who}", 2)
        if row["note"]:
            yield from wrapped(f"“{row['note']}”", 4)
        yield from wrapped(" · ".join(row["records"]), 4)
        yield f"    harvest undo {row['id']}"
    yield ""


def _ruling(row: Row) -> str:
    """'take year 2022', 'apart'."""
    return " ".join(filter(None, (row["kind"], row["field"], row["value"])))


def history(rows: Sequence[Row]) -> Iterator[str]:
    """What became of one work, run by run."""
    if not rows:
        return
    yield bold("History")
    yield ""
    for row in rows:
        first = f"  {row['when'][:10]}  {row['kind']}"
        yield from wrapped(row["text"], 24, f"{first:<23} ")
    yield ""
