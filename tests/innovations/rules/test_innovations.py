"""The way of an innovation, its form, its versions and what is public of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from foundation.base.problem import Problem
from innovations.rules.innovation_form import Author, Body, Draft, Patent, draft_problems, equal_shares, gaps
from innovations.rules.innovation_kinds import KINDS, QUESTIONS
from innovations.rules.innovations import REMARKS, STAGES, STEP_WORDS, STEPS, WRITABLE, Stage, after
from innovations.rules.publicity import BenefitShown, Publicity, band, is_public, shown_benefit
from innovations.rules.version_changes import Change, Run, changes, compared
from tests.innovations.rules.foil import FOIL

WAN = 1_000_000  # 万元 in fen


def test_every_stage_and_step_has_words_and_every_stage_is_reached():
    assert set(STAGES) == set(Stage)
    assert {step for step, _ in STEPS} | set(REMARKS) == set(STEP_WORDS)
    assert {*STEPS.values(), Stage.DRAFT} == set(Stage)


@pytest.mark.parametrize(
    ("step", "stage", "becomes"),
    [
        ("hand_in", Stage.DRAFT, Stage.HANDED_IN),
        ("hand_in", Stage.IN_REVIEW, Problem("innovation_step_late")),
        ("take_in", Stage.DRAFT, Problem("innovation_step_late")),
        ("award", Stage.HANDED_IN, Problem("innovation_step_late")),
        ("award", Stage.IN_REVIEW, Stage.AWARDED),
        ("hand_in", Stage.AWARDED, Stage.AWARDED),
        ("hand_in", Stage.NOT_AWARDED, Stage.HANDED_IN),
        ("withdraw", Stage.IN_REVIEW, Problem("innovation_step_late")),
    ],
)
def test_steps(step, stage, becomes):
    assert after(step, stage) == becomes


def test_nobody_writes_on_what_is_being_reviewed():
    assert Stage.IN_REVIEW not in WRITABLE
    assert all(stage in WRITABLE for step, stage in STEPS if step == "hand_in")


def test_the_foil_of_the_made_up_province_is_complete():
    assert draft_problems(FOIL, ["C"], 2026) == gaps(FOIL) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_tells_each_gap_once(kind):
    empty = Draft("x", kind, "", 2026, Body())
    assert draft_problems(empty, ["C"], 2026) == []  # a draft may have gaps
    told = gaps(empty)
    needed = [f"section-{one.code}" for one in KINDS[kind].sections if one.needed]
    patents = ["patent-1"] if KINDS[kind].patents else []
    assert [one.field for one in told] == [
        "field",
        *needed,
        "author-1",
        *patents,
        *(f"answer-{one}" for one in QUESTIONS),
    ]


@pytest.mark.parametrize(
    ("draft", "told"),
    [
        (replace(FOIL, title=""), [Problem("innovation_title_empty", "title")]),
        (replace(FOIL, title="长" * 101), [Problem("innovation_long", "title", {"most": "100", "length": "101"})]),
        (replace(FOIL, kind="x"), [Problem("innovation_kind", "kind")]),
        (replace(FOIL, field="Z"), [Problem("innovation_field", "field")]),
        (replace(FOIL, year=2027), [Problem("innovation_year", "year", {"latest": "2026"})]),
        (replace(FOIL, authors=(Author("", 100),)), [Problem("innovation_author_unnamed", "author-1", {"place": "1"})]),
        (replace(FOIL, authors=(Author("甲", 0),)), [Problem("innovation_share", "author-1", {"place": "1"})]),
        (
            replace(FOIL, authors=(Author("甲", 50, worker=3), Author("乙", 50, worker=3))),
            [Problem("innovation_author_twice", "author-2", {"name": "乙"})],
        ),
        (replace(FOIL, authors=(Author("甲", 50, "一"), Author("甲", 50, "二"))), []),  # two of one name
        (
            replace(FOIL, body=Body(patents=(Patent("", "law"),))),
            [
                Problem("innovation_patent_number", "patent-1", {"place": "1"}),
                Problem("innovation_patent_kind", "patent-1", {"place": "1"}),
            ],
        ),
    ],
)
def test_what_cannot_be_kept(draft, told):
    assert draft_problems(draft, ["C"], 2026) == told


def test_shares_must_make_a_hundred():
    short = replace(FOIL, authors=FOIL.authors[:4])
    assert gaps(short) == [Problem("innovation_shares_sum", "author-1", {"sum": "90"})]


@given(st.integers(1, 15))
def test_equal_shares_make_a_hundred(count):
    shares = equal_shares(count)
    assert (sum(shares), len(shares), max(shares) - min(shares) <= 1) == (100, count, True)


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, ""),
        (-5, ""),
        (1, "less than 10,000 yuan"),
        (WAN - 1, "less than 10,000 yuan"),
        (WAN, "10,000 to 100,000 yuan"),
        (97_42_00_00, "500,000 to 1 million yuan"),
        (100 * WAN, "1 to 5 million yuan"),
        (1000 * WAN, "10 million yuan and more"),
    ],
)
def test_bands(fen, words):
    assert band(fen) == words


def test_only_a_verified_benefit_is_shown_and_only_as_the_unit_said():
    verified = 97_42_00_00
    assert shown_benefit(None, BenefitShown.FIGURE) == (None, "")
    assert shown_benefit(verified, BenefitShown.FIGURE) == (verified, "")
    assert shown_benefit(verified, BenefitShown.BAND) == (None, "500,000 to 1 million yuan")
    assert shown_benefit(verified, BenefitShown.HIDDEN) == (None, "")


@pytest.mark.parametrize(
    ("publicity", "cleared", "awarded", "shown"),
    [
        (Publicity.PUBLIC, True, True, True),
        (Publicity.PUBLIC, False, True, False),
        (Publicity.PUBLIC, True, False, False),
        (Publicity.INTERNAL, True, True, False),
    ],
)
def test_what_the_library_shows(publicity, cleared, awarded, shown):
    assert is_public(publicity, cleared, awarded) is shown


def test_changes_are_told_by_field_with_what_stayed():
    before = {"title": "铜箔", "done": "张力每班调3次", "use": "一条线"}
    after_ = {"title": "铜箔", "done": "张力按卷径调12次", "social": "少返工"}
    assert changes(before, after_) == [
        Change(
            "done",
            (Run("same", "张力"), Run("gone", "每班"), Run("same", "调"), Run("gone", "3"), Run("same", "次")),
            (Run("same", "张力"), Run("new", "按卷径"), Run("same", "调"), Run("new", "12"), Run("same", "次")),
        ),
        Change("social", (), (Run("new", "少返工"),)),
        Change("use", (Run("gone", "一条线"),), ()),
    ]


@given(st.text("张力调节12 \n", max_size=60), st.text("张力调节12 \n", max_size=60))
def test_runs_put_together_are_the_texts(before, after_):
    left, right = compared(before, after_)
    assert ("".join(one.text for one in left), "".join(one.text for one in right)) == (before, after_)
    assert [one.text for one in left if one.how == "same"] == [one.text for one in right if one.how == "same"]


def test_long_texts_are_compared_by_lines():
    before = "".join(f"第{number}行\n" for number in range(2000))
    left, right = compared(before, before.replace("第7行", "第七行"))
    assert [one.text for one in left if one.how == "gone"] == ["第7行\n"]
    assert [one.text for one in right if one.how == "new"] == ["第七行\n"]
