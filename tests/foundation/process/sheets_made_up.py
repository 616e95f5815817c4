"""A made-up kind of sheet with a table of its own: ideas of units, of which nobody knows but these tests.

As a program, a process that works on what is due, slowly, and can be killed:
`python -m tests.foundation.process.sheets_made_up URL`.
"""

import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from piccolo.columns import BigInt, Boolean, Integer, Serial, Text, Varchar
from piccolo.table import Table

from foundation.base.problem import Problem, Refused
from foundation.papers.sheet_columns import WAN, Choice, Column, Day, IdNumber, Money, Option, Values
from foundation.papers.sheet_columns import Text as Words
from foundation.people import privacy
from foundation.people.grants import Role
from foundation.people.permissions import Permission, holder
from foundation.process import sheet_kinds, sheets
from foundation.process.sheet_kinds import Batch, Kind, TakenRow
from foundation.store import bulk, engines
from foundation.store.commit import GroupCommit
from foundation.work import job_runner, jobs


class Idea(Table, tablename="made_up_idea"):
    """What a row becomes."""

    id: Serial
    batch = Integer()
    organisation = Integer()
    title = Varchar(length=100)
    who = Varchar(length=64)
    id_sealed = Text()
    benefit = BigInt(null=True, default=None)
    visible = Boolean(default=False)
    used = Boolean(default=False)  # something has been built on it


COLUMNS = (
    Column("title", "建议名称", Words(100), also=("题目",), required=True, example="窑车码放图上墙减少倒窑", width=30),
    Column("who", "建议人", Words(64), also=("姓名",), required=True, example="冯砚秋"),
    Column("benefit", "年效益", Money(WAN), also=("效益",), example="3.5", help="没有测算的留空。"),
    Column("id_number", "身份证号", IdNumber(), width=22),
    Column("on", "提出时间", Day("month", "month"), example="2025-10"),
    Column("state", "状态", Choice((Option("taken", "采纳"), Option("done", "已实施")))),
)


def check(values: Values) -> Sequence[Problem]:
    """No idea is called 合计错误."""
    return [Problem("reference_not_yours", "title", {"reference": "x"})] if values["title"] == "合计错误" else []


async def write_chunk(rows: Sequence[TakenRow], batch: Batch) -> None:
    await bulk.insert(
        Idea,
        [
            {
                "batch": batch.id,
                "organisation": batch.organisation_id,
                "title": row.values["title"],
                "who": row.values["who"],
                "id_sealed": privacy.seal(str(row.values.get("id_number", ""))),
                "benefit": row.values.get("benefit"),
                "visible": False,
                "used": False,
            }
            for row in rows
        ],
    )


async def show(batch: Batch) -> None:
    await Idea.update({Idea.visible: True}).where(Idea.batch == batch.id)


async def hide(batch: Batch) -> None:
    if await Idea.exists().where(Idea.batch == batch.id, Idea.used == True):  # noqa: E712
        raise Refused(Problem("sheet_is_visible"))
    await Idea.update({Idea.visible: False}).where(Idea.batch == batch.id)


async def take_back(batch: Batch, most: int) -> int:
    rows = await Idea.select(Idea.id).where(Idea.batch == batch.id).limit(most)
    if rows:
        await Idea.delete().where(Idea.id.is_in([row["id"] for row in rows]))
    return len(rows)


HAND_IN = Permission("hand_in_ideas", "hand in ideas", holder((Role.CLERK, Role.OFFICER), "clerks and officers"))
IDEAS = sheet_kinds.register(
    Kind("ideas", "Proposals", HAND_IN, COLUMNS, check, write_chunk, show, hide, take_back, home="/desk", most=60_000)
)


async def create_table() -> None:
    """The table is no part of the registry."""
    await Idea.create_table()
    await engines.current().run_ddl("CREATE INDEX made_up_idea_batch ON made_up_idea (batch, id)")


def rows(size: int, first: int = 0) -> list[list[object]]:
    """Headings as an office has them, and so many good rows."""
    lines: list[list[object]] = [
        ["合理化建议汇总表"],
        ["序号", "题目", "姓名", "效益（万元）", "身份证号", "提出时间", "状态"],
    ]
    for number in range(first, first + size):
        lines.append([number + 1, f"第{number}号：窑车码放图上墙", f"熊{number}", 0.5, None, "2025年10月", "采纳"])
    return lines


async def main(url: str) -> None:
    assert sheets.TAKE.code in jobs.KINDS  # as in every process of the registry
    write = IDEAS.write_chunk

    async def slowly(rows: Sequence[TakenRow], batch: Batch) -> None:
        await asyncio.sleep(0.05)
        await write(rows, batch)

    object.__setattr__(IDEAS, "write_chunk", slowly)
    insert = bulk.insert

    async def slow_insert(table: type[Table], rows: Sequence[dict[str, object]]) -> None:
        await asyncio.sleep(0.05)
        await insert(table, rows)

    bulk.insert = slow_insert  # type: ignore[assignment]
    bulk.Chunk.__init__.__defaults__ = (20, 20, 20)  # type: ignore[misc]
    engine = engines.open_engine(url)
    await engine.start()
    engines.use(engine)
    await GroupCommit(engine).start()
    await job_runner.run_due(lambda: datetime.now(UTC), timedelta(seconds=30))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
