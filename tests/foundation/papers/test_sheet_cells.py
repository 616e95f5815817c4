"""Cells and what their columns make of them: tables of cases, and whatever is written is read back."""

import asyncio
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from foundation.base.letters import cleaned
from foundation.base.problem import Problem
from foundation.papers import sheets_in
from foundation.papers.sheet_cells import FAILED, Cell, read_cell
from foundation.papers.sheet_columns import (
    WAN,
    YUAN,
    Choice,
    Code,
    Column,
    Day,
    Holds,
    IdNumber,
    Money,
    Option,
    Phone,
    Text,
    Whole,
    bare,
    scale_of,
)
from tests.foundation.papers.sheets_made_up import LING, TODAY, xlsx

MONTH = Day("month", "month")
AS_KNOWN = Day("day", "year")
PAST = Day("year", "year", past=True)
YES = Choice((Option("yes", "是", ("√", "有")), Option("no", "否", ("/",))))


def value_of(holds: Holds, cell: Cell, scale: int | None = None, *, required: bool = False) -> Any:
    """The value, or the problem's code."""
    value, problem = read_cell(Column("it", "列", holds, required=required), cell, scale, TODAY)
    assert value is None or problem is None
    assert problem is None or problem.field == "it"
    return f"! {problem.code}" if problem else value


@pytest.mark.parametrize(
    ("holds", "cell", "expected"),
    [
        (Text(), "  青花\u3000分水\n料 ", "青花 分水 料"),
        (Text(lines=True), " 一\r\n 二 ", "一\n二"),
        (Text(), 42, "42"),
        (Text(), 0.30000000000000004, "0.3"),
        (Text(), date(2025, 3, 1), "2025-03-01"),
        (Text(), 3.6e17, "! sheet_digits_lost"),
        (Text(3), "四个字了", "! sheet_text_long"),
        (Text(), "丢\ufffd字", "! sheet_character_lost"),
        (Text(), "﨑\u0007本", "﨑本"),
        (Text(), "—", None),
        (Text(), FAILED, "! sheet_failed"),
        (Code(), "00 12", "0012"),
        (Code(6), 1234, "! sheet_zeros_lost"),
        (Code(6), "1234", "! sheet_code_length"),
        (Code(), "3.6E+17", "! sheet_digits_lost"),
        (Whole(unit="人"), "1,200 人", 1200),
        (Whole(), "１２", 12),
        (Whole(), 12.0, 12),
        (Whole(), 12.5, "! sheet_whole"),
        (Whole(), "约12", "! sheet_whole"),
        (Whole(), "1,2", "! sheet_whole"),
        (Whole(), True, "! sheet_whole"),
        (Whole(1, 5), 6, "! sheet_whole_range"),
        (Money(), 97.42, 97_42),
        (Money(WAN), 97.42, 974_200_00),
        (Money(), "¥1,234.5元", 1_234_50),
        (Money(), "1.2万", 12_000_00),
        (Money(), "0.5 亿元", 50_000_000_00),
        (Money(), "3.333", "! sheet_money_fine"),
        (Money(), 10 / 3, "! sheet_money_fine"),
        (Money(), 0.1 + 0.2, 30),
        (Money(), "-5", "! sheet_money_range"),
        (Money(), "3-5", "! sheet_money"),
        (Money(), "1,00", "! sheet_money"),
        (Money(), date(2025, 1, 1), "! sheet_money"),
        (Money(), "/", None),
        (MONTH, date(2025, 10, 1), "2025-10"),
        (MONTH, "2025.10", "2025-10"),
        (MONTH, 2025.1, "! sheet_day_ambiguous"),
        (MONTH, "2025.1", "! sheet_day_ambiguous"),
        (MONTH, 2025.11, "2025-11"),
        (MONTH, 2025.01, "2025-01"),
        (MONTH, 2025.2, "2025-02"),
        (MONTH, "2025年3月", "2025-03"),
        (MONTH, "2025 年 3 月份", "2025-03"),
        (MONTH, 202510, "2025-10"),
        (MONTH, 20250301, "2025-03"),
        (MONTH, 2025, "! sheet_day_short_month"),
        (MONTH, "2025.13", "! sheet_day"),
        (MONTH, 45931, "! sheet_day_serial"),
        (Day(), "2025/3/1", "2025-03-01"),
        (Day(), "2025-3-1 08:30:00", "2025-03-01"),
        (Day(), "2025.3.1", "2025-03-01"),
        (Day(), "2025年3月1日", "2025-03-01"),
        (Day(), "2025-02-29", "! sheet_day"),
        (Day(), "2025-3", "! sheet_day_short_day"),
        (Day(), "三月", "! sheet_day"),
        (Day(), "1850-01-01", "! sheet_day"),
        (AS_KNOWN, "2019", "2019"),
        (AS_KNOWN, "2019年度", "2019"),
        (AS_KNOWN, "2019-5", "2019-05"),
        (PAST, 2026, "2026"),
        (PAST, 2027, "! sheet_day_future"),
        (YES, " 是 ", "yes"),
        (YES, "√", "yes"),
        (YES, True, "yes"),
        (YES, "/", "no"),
        (YES, "也许", "! sheet_choice"),
        (IdNumber(), LING.lower(), LING),
        (IdNumber(), f" {LING[:6]} {LING[6:]}", LING),
        (IdNumber(), 3.60000199003074e17, "! sheet_digits_lost"),
        (IdNumber(), "3.6E+17", "! sheet_digits_lost"),
        (IdNumber(), "3600001990", "! identity_length"),
        (IdNumber(), LING[:-1] + "0", "! identity_check"),
        (Phone(), 13800138000, "13800138000"),
        (Phone(), "+86 138-0013-8000", "13800138000"),
        (Phone(), "0791-88888888", "! identity_phone"),
    ],
)
def test_cells(holds: Holds, cell: Cell, expected: Any) -> None:
    assert value_of(holds, cell) == expected


def test_what_is_needed_and_missing_is_told() -> None:
    assert value_of(Text(), None, required=True) == "! sheet_empty"
    assert value_of(Money(), "—", required=True) == "! sheet_empty"
    assert value_of(Text(), None) is None


def test_the_heading_says_what_a_number_of_money_means() -> None:
    assert value_of(Money(), 1.5, scale_of("年效益（万元）")) == 15_000_00
    assert value_of(Money(WAN), 1.5, scale_of("年效益/元")) == 1_50
    assert value_of(Money(), "1.5元", scale_of("年效益（万元）")) == 1_50
    assert scale_of("年效益") is None


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("姓 名", "姓名"), ("*姓名：", "姓名"), ("姓名（必填）", "姓名"), ("1.姓名", "姓名"), ("效益(万元)", "效益"),
        ("效益/万元", "效益"), ("效益（单位：元）", "效益"), ("ＮＡＭＥ", "name"), ("元", "元"),
    ],
)  # fmt: skip
def test_headings_are_compared_without_what_is_around_them(heading: str, expected: str) -> None:
    assert bare(heading) == expected


def test_no_problem_repeats_an_id_number() -> None:
    for cell in (3.60000199003074e17, "3.60000199003074E+17", LING[:-1] + "0", LING[:-2]):
        _, problem = read_cell(Column("it", "列", IdNumber()), cell, None, TODAY)
        assert isinstance(problem, Problem)
        assert LING[:6] not in "".join(problem.params.values())


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z", "M"]), min_size=2, max_size=30)
COLUMNS = (
    Column("words", "内容", Text(60), required=True),
    Column("code", "编码", Code()),
    Column("whole", "件数", Whole()),
    Column("money", "金额（元）", Money()),
    Column("day", "日期", Day()),
    Column("choice", "是否", YES),
)
VALUES = st.fixed_dictionaries(
    {
        "words": WORDS.map(lambda text: f"字{text}"),
        "code": st.from_regex(r"[0-9]{1,20}", fullmatch=True),
        "whole": st.integers(0, 10**9),
        "money": st.integers(0, 10**12),
        "day": st.dates(date(1900, 3, 1), date(2100, 12, 31)).map(date.isoformat),
        "choice": st.sampled_from(["yes", "no"]),
    }
)


def _line(values: dict[str, Any]) -> list[Any]:
    money, day = values["money"] / YUAN, date.fromisoformat(values["day"])
    return [values["words"], values["code"], values["whole"], money, day, {"yes": "是", "no": "否"}[values["choice"]]]


@settings(max_examples=12, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(VALUES, min_size=1, max_size=40))
def test_whatever_is_written_is_read_back(rows: list[dict[str, Any]]) -> None:
    async def read() -> list[Any]:
        content = xlsx([[one.heading for one in COLUMNS], *map(_line, rows)])
        async with sheets_in.opened(content) as book:
            sheet, layout = sheets_in.choose(book, COLUMNS, {})
            assert sheet is not None
            return list(sheets_in.rows(sheet, layout, COLUMNS, TODAY))

    found = asyncio.run(read())
    expected = [{**one, "words": cleaned(one["words"])} for one in rows]
    assert [(one.values, one.problems) for one in found] == [(values, ()) for values in expected]
