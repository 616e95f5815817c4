"""What stands in an innovation now: its people, its text as a draft, what differs from what was typed, its digest.

Reads rows that a caller has loaded; knows nothing of who reads and writes nothing: `innovations` does.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec

from foundation.people.worker_tables import Worker
from innovations.innovation_tables import Innovation, InnovationAuthor, InnovationFile, InnovationPicture
from innovations.rules.innovation_form import Author, Body, Draft

Row = Mapping[str, Any]  # of `Innovation`
TOLD = (Innovation.id, Innovation.handed_title.as_alias("title"), Innovation.handed_year.as_alias("year"))
"""What anybody who may read of an innovation reads of it in a list."""


async def authors_of(innovation_id: int) -> tuple[Author, ...]:
    """Its people in order."""
    rows = await (
        InnovationAuthor.select()
        .where(InnovationAuthor.innovation == innovation_id)
        .order_by(InnovationAuthor.position)
    )
    return tuple(Author(row["name"], row["share"], row["unit_name"], row["part"], row["worker"] or 0) for row in rows)


async def records(workers: Collection[int]) -> dict[int, int]:
    """The record that stands now for each of these workers: that of another where it was merged into it."""
    rows = await Worker.select(Worker.id, Worker.merged_into).where(Worker.id.is_in(sorted(workers) or [0]))
    return {row["id"]: row["merged_into"] or row["id"] for row in rows}


def draft_of(row: Row, authors: Sequence[Author]) -> Draft:
    """What stands in a row."""
    body = msgspec.json.decode(row["body"], type=Body)
    return Draft(row["title"], row["kind"], row["field"], row["year"], body, tuple(authors))


def changed(before: Draft, now: Draft) -> list[str]:
    """The fields that differ, as a return names them."""
    found = [
        field
        for field in ("title", "kind", "field", "year", "authors")
        if getattr(before, field) != getattr(now, field)
    ]
    sections = sorted({*before.body.sections, *now.body.sections})
    found += [
        f"section-{code}" for code in sections if before.body.sections.get(code, "") != now.body.sections.get(code, "")
    ]
    found += [field for field in ("patents", "answers") if getattr(before.body, field) != getattr(now.body, field)]
    return found


async def digest_of(row: Row) -> str:
    """sha256 of all that would leave the unit: texts, people, papers and pictures."""
    files = await InnovationFile.select(InnovationFile.file).where(InnovationFile.innovation == row["id"])
    pictures = await InnovationPicture.select(InnovationPicture.picture, InnovationPicture.caption).where(
        InnovationPicture.innovation == row["id"]
    )
    value = {
        "draft": msgspec.to_builtins(draft_of(row, await authors_of(row["id"]))),
        "files": sorted(one["file"] for one in files),
        "pictures": sorted([one["picture"], one["caption"]] for one in pictures),
    }
    return hashlib.sha256(msgspec.json.encode(value, order="deterministic")).hexdigest()


async def is_cleared(row: Row) -> bool:
    """Whether what stands there now is what the unit looked through."""
    return bool(row["cleared_digest"]) and row["cleared_digest"] == await digest_of(row)
