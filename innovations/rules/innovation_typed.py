"""The form of an innovation as it was typed: read into a draft, and its rows of people moved about. Pure.

Fields are named by section (`section-wrong`), question (`answer-own`) and row (`author-1`, `share-1`); rows that are
left empty are no rows, so the rows that are left are numbered anew.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from innovations.rules.innovation_form import LONGEST_NAME, MOST_AUTHORS, Author, Body, Draft, Patent, equal_shares
from innovations.rules.innovation_kinds import KINDS, QUESTIONS

AUTHOR_FIELDS = ("author", "share", "unit", "part", "worker")
PATENT_FIELDS = ("patent", "patent_kind")
MOST_PATENTS = 10
DEEDS = ("done", "measures", "steps")  # sections that say what was done
SPARE = 2  # empty rows that a form offers below the written ones

Values = Mapping[str, str]
Row = dict[str, str]


def read(values: Values, kind: str, workers: frozenset[tuple[str, int]] = frozenset()) -> Draft:
    """What was typed; a figure that is none becomes 0, which the rules of the form refuse.

    `workers` are the names and records that belong together: a form alone makes nobody of the registry an author, and a
    name that is written over another does not keep the other's record.
    """
    sections = KINDS[kind].sections
    texts = {one.code: _text(values, f"section-{one.code}") for one in sections}
    body = Body(
        sections={code: text for code, text in texts.items() if text},
        patents=tuple(Patent(row["patent"], row["patent_kind"]) for row in patent_rows(values)),
        answers=tuple(code for code in QUESTIONS if values.get(f"answer-{code}")),
    )
    authors = tuple(
        Author(row["author"], figure(row["share"]), row["unit"], row["part"], known)
        for row, known in ((row, _known(row, workers)) for row in author_rows(values))
    )
    return Draft(_text(values, "title"), kind, _text(values, "field"), figure(_text(values, "year")), body, authors)


def typed(draft: Draft) -> Row:
    """A draft as the fields of its form."""
    values = {"title": draft.title, "field": draft.field, "year": str(draft.year) if draft.year else ""}
    values |= {f"section-{code}": text for code, text in draft.body.sections.items()}
    values |= {f"answer-{code}": "1" for code in draft.body.answers}
    people = [
        {"author": one.name, "share": str(one.share or ""), "unit": one.unit, "part": one.part,
         "worker": str(one.worker or "")}
        for one in draft.authors
    ]  # fmt: skip
    patents = [{"patent": one.number, "patent_kind": one.kind} for one in draft.body.patents]
    return {**values, **numbered(people, AUTHOR_FIELDS), **numbered(patents, PATENT_FIELDS)}


def author_rows(values: Values) -> list[Row]:
    """The rows of people in which something is written."""
    return _rows(values, AUTHOR_FIELDS, 2 * MOST_AUTHORS, besides=("worker",))


def patent_rows(values: Values) -> list[Row]:
    """The rows of patents in which a number is written."""
    return _rows(values, PATENT_FIELDS, 2 * MOST_PATENTS, besides=("patent_kind",))


def closed_up(values: Values) -> Row:
    """The fields with their rows numbered anew, so that what is wrong with the third row stands at the third."""
    kept = {name: value for name, value in values.items() if not _is_row(name)}
    people = numbered(author_rows(values), AUTHOR_FIELDS)
    return {**kept, **people, **numbered(patent_rows(values), PATENT_FIELDS)}


def shared_equally(values: Values) -> Row:
    """The same with equal shares for everybody who is named."""
    rows = author_rows(values)
    for row, share in zip(rows, equal_shares(len(rows)), strict=True):
        row["share"] = str(share)
    return {**closed_up(values), **numbered(rows, AUTHOR_FIELDS)}


def moved_up(values: Values, place: int) -> Row:
    """The same with the person at `place`, from 1, one place further up."""
    rows = author_rows(values)
    if 1 < place <= len(rows):
        rows[place - 2], rows[place - 1] = rows[place - 1], rows[place - 2]
    return {**closed_up(values), **numbered(rows, AUTHOR_FIELDS)}


def numbered(rows: Sequence[Mapping[str, str]], names: Sequence[str]) -> Row:
    """Rows as fields."""
    return {f"{name}-{place}": row.get(name, "") for place, row in enumerate(rows, 1) for name in names}


def of_proposal(proposal: Mapping[str, Any], done: str, kind: str, year: int) -> Draft:
    """What a proposal that was carried out says already: nobody types it twice.

    `proposal` has title, problem, suggestion, name, others and worker; `done` is what its outcome says. It goes where
    the form of the kind asks what was wrong and what was done. What is no name by its length is cut: the form shows it.
    """
    deed = next(one.code for one in KINDS[kind].sections if one.code in DEEDS)
    names = [str(proposal["name"]), *_names(str(proposal["others"]))][:MOST_AUTHORS]
    names = [one for one in dict.fromkeys(name[:LONGEST_NAME] for name in names) if one]
    shares = equal_shares(len(names))
    worker = int(proposal["worker"] or 0)
    authors = tuple(
        Author(name, share, worker=0 if place else worker)
        for place, (name, share) in enumerate(zip(names, shares, strict=True))
    )
    sections = {"wrong": str(proposal["problem"]), deed: "\n".join([str(proposal["suggestion"]), done]).strip()}
    return Draft(str(proposal["title"]), kind, "", year, Body(sections=sections), authors)


def _names(text: str) -> list[str]:
    for mark in ",，;；、\n":
        text = text.replace(mark, " ")
    return text.split()


def _rows(values: Values, names: Sequence[str], most: int, besides: Sequence[str]) -> list[Row]:
    rows = [{name: _text(values, f"{name}-{place}") for name in names} for place in range(1, most + 1)]
    return [row for row in rows if any(text for name, text in row.items() if name not in besides)]


def _known(row: Row, workers: frozenset[tuple[str, int]]) -> int:
    worker = figure(row["worker"])
    return worker if (row["author"], worker) in workers else 0


def _is_row(name: str) -> bool:
    what, _, place = name.rpartition("-")
    return place.isdecimal() and what in {*AUTHOR_FIELDS, *PATENT_FIELDS}


def _text(values: Values, name: str) -> str:
    return values.get(name, "").strip()


def figure(text: str) -> int:
    """A whole number as people type it, of wide digits or with a percent sign; 0 for what is none."""
    text = unicodedata.normalize("NFKC", text).strip().removesuffix("%").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
