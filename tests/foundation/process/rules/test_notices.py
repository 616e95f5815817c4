"""Rules of notices: steps, times, drafts and the table that may be shown."""

import hashlib
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.base.problem import Problem
from foundation.process.rules.notices import (
    STEPS,
    Customs,
    Stage,
    State,
    after,
    opening_problem,
    read_draft,
    read_time,
    reason_problem,
    state,
)
from foundation.process.rules.shown import (
    COLUMNS,
    Shown,
    column_code,
    looks_personal,
    pasted,
    read_shown,
    sha256,
    shown_problems,
    table_of,
    table_text,
)

END = datetime(2026, 5, 6, 9, 30, tzinfo=UTC)
FULLWIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def test_every_step_that_is_not_listed_is_refused() -> None:
    steps = {step for step, _ in STEPS}
    allowed = {(step, stage) for step in steps for stage in Stage if isinstance(after(step, stage), Stage)}
    assert allowed == set(STEPS)
    assert not [target for (_, stage), target in STEPS.items() if stage is Stage.OPEN and target is not Stage.STOPPED]


def test_results_wait_for_review() -> None:
    assert opening_problem(Stage.DRAFT, True) == Problem("notice_review_first")
    assert opening_problem(Stage.DRAFT, False, "contest:2026-1-01") == Problem("notice_review_about")
    assert [opening_problem(*one) for one in ((Stage.DRAFT, False), (Stage.READY, True))] == [None, None]


def test_a_notice_ends_at_its_moment() -> None:
    tick = timedelta(microseconds=1)
    assert [state(Stage.OPEN, END, at) for at in (END - tick, END)] == [State.RUNNING, State.ENDED]
    assert [state(stage, None, END) for stage in (Stage.DRAFT, Stage.REVIEW, Stage.READY)] == [None] * 3
    assert state(Stage.STOPPED, END, END - tick) is State.STOPPED


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("17:30", time(17, 30)), (" 9:05 ", time(9, 5)), ("17\uff1a30", time(17, 30)), ("24:00", None), ("17.30", None),
        ("", None), ("17:3", None), ("1730", None),
    ],
)  # fmt: skip
def test_times_of_day(text: str, at: time | None) -> None:
    assert read_time(text) == at


def test_a_draft_tells_everything_at_once() -> None:
    said, problems = read_draft({"days": "4", "end_time": "x", "about": "?", "text": "x" * 8001}, Customs())
    assert said is None
    assert problems == [
        Problem("notice_title_empty", "title"),
        Problem("notice_long", "text", {"most": "8000"}),
        Problem("notice_contact_empty", "contact"),
        Problem("notice_about_form", "about"),
        Problem("notice_days_few", "days", {"least": "5"}),
        Problem("notice_end_time", "end_time"),
    ]


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 2001])
def test_a_reason_is_given_and_can_be_read(reason: str) -> None:
    assert reason_problem(reason) is not None
    assert reason_problem("更正") is None


# --- the table ---


def test_a_table_is_read_as_it_is_pasted() -> None:
    text = "名次\t姓 名\n".replace(" ", "") + "1\t傅远山\n\n2\n"
    assert read_shown(text) == (Shown(("place", "name"), (("1", "傅远山"), ("2", ""))), [])
    assert read_shown(" \n\n") == (Shown(), [])


def test_headings_in_brackets_of_either_width() -> None:
    wanted = "职业" + "(工种)".translate(FULLWIDTH)
    assert [column_code(word) for word in (wanted, "职业(工种)", "NAME", "身份证号", "电话", "备注", "")] == [
        "trade", "trade", "name", None, None, None, None,
    ]  # fmt: skip


def test_what_a_table_may_not_be() -> None:
    assert read_shown("姓名\t身份证号\n王一\t1")[1] == [Problem("notice_column", "table", {"heading": "身份证号"})]
    assert read_shown("姓名")[1] == [Problem("notice_table_empty", "table")]
    assert read_shown("姓名\t姓名\n王一\t王一")[1] == [Problem("notice_column_twice", "table")]
    assert read_shown("姓名\n王一\t多")[1] == [Problem("notice_row_width", "table", {"row": "1"})]
    assert shown_problems(Shown(("name",), (("x" * 201,),))) == [
        Problem("notice_value_long", "table", {"row": "1", "most": "200"})
    ]
    assert shown_problems(Shown(("name",), (("x",),) * 1001)) == [
        Problem("notice_table_long", "table", {"most": "1000"})
    ]


PERSONAL = [
    "360000199003071234",
    "36000019900307123x",
    "13800001234",
    "138 0000 1234",
    "138-0000-1234",
    "6222021234567890",
]


@pytest.mark.parametrize("text", [*PERSONAL, *(text.translate(FULLWIDTH) for text in PERSONAL), "联系13800001234王"])
def test_personal_numbers_are_seen(text: str) -> None:
    assert looks_personal(text)


@pytest.mark.parametrize(
    "text", ["0791-86200000", "2026年11月23日", "92.5", "91360000MA35XXXX0X", "赣工发〔2026〕12号", "1000000000"]
)
def test_other_numbers_may_be_shown(text: str) -> None:
    assert not looks_personal(text)


values = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=8)


@given(st.lists(st.sampled_from(sorted(COLUMNS)), min_size=1, max_size=5, unique=True), st.data())
def test_a_table_comes_back_from_its_text_and_its_form(columns: list[str], data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.lists(values, min_size=len(columns), max_size=len(columns)), min_size=1, max_size=4))
    shown = Shown(tuple(columns), tuple(tuple(row) for row in rows))
    assert table_of(table_text(shown)) == shown
    assert read_shown(pasted(shown, {code: words[0] for code, words in COLUMNS.items()}))[0] == shown
    assert sha256(table_text(shown)) == hashlib.sha256(table_text(shown).encode()).hexdigest()
