"""Lists of honours as those who register them see them: a list, and what is wrong at each line. Writes nothing."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from craftsmen import may
from craftsmen.honour_tables import HonourList, HonourListRow
from craftsmen.rules.honours import Holder, PartialDate
from craftsmen.rules.lists import Stage, State
from foundation.base.problem import NotFound, Problem
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn

SIZE = 50


@dataclass(frozen=True, slots=True)
class ListFacts:
    """One list."""

    id: int
    name: str
    title_name: str
    holder: Holder
    organisation_id: int  # that keeps the title
    on: PartialDate
    edition: int | None
    body: str
    document: str
    stage: Stage
    size: int
    wrong: int
    again: int
    made: int
    job: int | None
    created_at: datetime
    pages: bool  # whether holders of the title have pages
    unused: tuple[str, ...]  # files of its zip that no line asks for

    @property
    def ready(self) -> int:
        """How many lines can be registered, while nothing has been."""
        return self.size - self.wrong - self.again


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One line of a list."""

    id: int
    line: int
    given: Mapping[str, str]
    state: State
    problems: tuple[Problem, ...]
    worker: bool  # whether the registry knows who is meant
    honour: int | None
    new_worker: bool  # whether a record is made of who it means
    picture: bool
    picture_problems: tuple[Problem, ...]


_COLUMNS = (
    *HonourList.all_columns(exclude=["text_sealed"]),
    HonourList.title.name.as_alias("title_name"),
    HonourList.title.holder.as_alias("holder"),
    HonourList.title.pages.as_alias("pages"),
    HonourList.title.organisation.as_alias("organisation_id"),
)
_SAME = (
    "id", "name", "title_name", "organisation_id", "edition", "body", "document", "size", "wrong", "again", "made",
    "job", "created_at", "pages",
)  # fmt: skip


def _facts(row: Mapping[str, Any]) -> ListFacts:
    return ListFacts(
        holder=Holder(row["holder"]),
        on=PartialDate(row["year"], row["month"], row["day"]),
        stage=Stage(row["stage"]),
        unused=tuple(json.loads(row["unused"] or "[]")),
        **{name: row[name] for name in _SAME},
    )


async def for_officer(user: SignedIn, list_id: int) -> ListFacts:
    """The list, if this person keeps its title. NotFound for strangers."""
    if not 0 < list_id < 2**31:
        raise NotFound
    row = await permitted(HonourList.select(*_COLUMNS).where(HonourList.id == list_id), may.KEEP_LISTS, user).first()
    if row is None:
        raise NotFound
    return _facts(row)


async def listing(user: SignedIn, before: int | None = None, size: int = SIZE) -> list[ListFacts]:
    """The newest `size + 1` lists of this hat."""
    query = permitted(HonourList.select(*_COLUMNS), may.KEEP_LISTS, user)
    if before is not None:
        query = query.where(HonourList.id < before)
    return [_facts(row) for row in await query.order_by(HonourList.id, ascending=False).limit(size + 1)]


async def lines(list_id: int, state: str = "", after: int | None = None, size: int = SIZE) -> list[LineFacts]:
    """The next `size + 1` lines of a list, those of one state or all, after the line with the id `after`."""
    query = HonourListRow.select().where(HonourListRow.honour_list == list_id)
    if state:
        query = query.where(HonourListRow.state == state)
    if after is not None:
        query = query.where(HonourListRow.id > after)
    return [
        LineFacts(
            id=row["id"],
            line=row["line"],
            given=json.loads(row["given"]),
            state=State(row["state"]),
            problems=_problems(row["problems"]),
            worker=row["worker"] is not None,
            honour=row["honour"],
            new_worker=row["keeper"] is not None,
            picture=row["picture"] is not None,
            picture_problems=_problems(row["picture_problems"]),
        )
        for row in await query.order_by(HonourListRow.id).limit(size + 1)
    ]


async def counted_photographs(list_id: int) -> tuple[int, int]:
    """How many lines have their photograph, and how many ask for one that is missing, doubled or unfit."""
    here = HonourListRow.honour_list == list_id
    kept = await HonourListRow.count().where(here, HonourListRow.picture.is_not_null())
    return kept, await HonourListRow.count().where(here, HonourListRow.picture_problems != "")


def _problems(text: str) -> tuple[Problem, ...]:
    return tuple(Problem(code, field, params) for code, field, params in json.loads(text or "[]"))
