"""A round's rules as data: canonical text, presets, every inconsistency by name, amendments, dates, forms."""

import json
from dataclasses import asdict, replace
from datetime import date

import pytest

from craftsmen.presets.round_presets import KEYS, list_presets, load_preset
from craftsmen.rules import round_rows
from craftsmen.rules.facts import Filter, NomineeFacts, Role, UnitType, holds, nobody, wrong_part
from craftsmen.rules.materials import STAGE_PAPERS
from craftsmen.rules.nomination_steps import ROAD
from craftsmen.rules.round_amending import Used, amendment_problems
from craftsmen.rules.round_check import round_problems
from craftsmen.rules.round_dates import shifted
from craftsmen.rules.round_draft import read_draft
from craftsmen.rules.round_form import read_section
from craftsmen.rules.round_rules import (
    CompositionRow,
    MaterialRule,
    OpinionRule,
    Places,
    Question,
    RoundRules,
    SpecialQuota,
    StageRule,
    VoteRule,
    canonical,
    parsed,
    rules_hash,
)
from craftsmen.rules.round_stages import STEPS, Stage, after
from foundation.base.calendar import DayTable
from foundation.base.problem import Problem

CHANNELS = tuple(Places(number, name, 0) for number, name in ((2, "南昌"), (3, "景德镇"), (4, "萍乡")))
GOOD = replace(load_preset("ganpo-craftsman").rules, places=tuple(replace(one, places=7) for one in CHANNELS))


def wrong(**changes: object) -> list[tuple[str, str]]:
    return [(one.field, one.code) for one in round_problems(replace(GOOD, **changes))]  # type: ignore[arg-type]


def row(code: str, among: Filter, operator: str, percent: int, of: Filter = ()) -> CompositionRow:
    return CompositionRow(code, code, among, of, operator, percent)


WOMEN, FRONT = (("gender", "female"),), (("role", "front_line"),)

# --- presets ---


@pytest.mark.parametrize("key", KEYS)
def test_the_papers_that_stages_at_the_unit_wait_for_are_in_every_preset(key):
    rules = load_preset(key).rules
    asked = {code for stage, code in STAGE_PAPERS.items() if rules.stage(stage)}
    assert asked == {"minutes", "unit_notice"}
    assert asked <= {one.code for one in rules.materials}


# --- text ---


@pytest.mark.parametrize("rules", [GOOD, RoundRules(confer=1), *(load_preset(key).rules for key in KEYS)])
def test_the_text_gives_the_rules_again_and_the_rules_the_text(rules):
    assert parsed(canonical(rules)) == rules
    assert canonical(parsed(canonical(rules))) == canonical(rules)


def test_the_hash_is_the_one_it_was():
    """A change of the format, of a default or of the order changes what every old round is proved by: see it here."""
    assert rules_hash(canonical(RoundRules(confer=1))) == (
        "dd1ed542c542f2a1415d6e1ab987c1a49821a252bc826b5558d398c7d973146a"
    )


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "null", "{}", '{"format": "ganpo-round/2", "confer": 1}',
        canonical(GOOD).replace('"confer": 20', '"confer": "20"'),
        canonical(GOOD).replace('"confer": 20', '"confer": true'),
        canonical(GOOD).replace('"confer": 20, ', ""),
        canonical(GOOD).replace('{"composition"', '{"more": 1, "composition"'),
        canonical(GOOD) + " ", json.dumps(json.loads(canonical(GOOD)), ensure_ascii=True, sort_keys=True),
        canonical(GOOD).replace('"due": null', '"due": "2026-13-01"', 1),
    ],
)  # fmt: skip
def test_anything_else_is_no_text_of_rules(text):
    with pytest.raises(ValueError):
        parsed(text)


# --- facts ---


@pytest.mark.parametrize(
    "wanted, expected",
    [
        ((), True), (WOMEN, True), ((("gender", "male"),), False), ((("role", "front_line|technical"),), True),
        ((("gender", "female"), ("migrant", "no")), True), ((("gender", "female"), ("migrant", "yes")), False),
        ((("unit_type", "non_public"), ("team", "no"), ("minority", "yes")), True),
    ],
)  # fmt: skip
def test_a_filter_holds_where_each_of_its_parts_does(wanted, expected):
    facts = NomineeFacts(1, "female", Role.TECHNICAL, UnitType.NON_PUBLIC, minority=True)
    assert holds(wanted, facts) is expected


def test_filters_that_ask_for_what_there_is_not():
    assert wrong_part((("gender", "female"), ("age", "young"))) == ("age", "young")
    assert wrong_part((("role", "front_line|boss"),)) == ("role", "front_line|boss")
    assert wrong_part((("channel", "3"),)) == ("channel", "3")
    assert nobody((("gender", "female"), ("gender", "male")))
    assert not nobody((("role", "front_line|technical"), ("role", "technical|cadre")))


# --- presets ---


def test_presets_have_the_figures_of_the_field():
    rows = {one.code: (one.operator, one.percent) for one in load_preset("ganpo-craftsman").rules.composition}
    assert rows == {
        "front_line": (">=", 3500), "technical": (">=", 2000), "non_public": (">=", 3500), "migrant": (">=", 1000),
        "heads": ("<=", 1500), "women": (">=", 2000),
    }  # fmt: skip
    medal = load_preset("may-day-medal").rules
    assert {stage.code: stage.days for stage in medal.stages if stage.days} == {"unit_notice": 5, "notice": 5}
    assert [(one.copies, one.sheet) for one in medal.materials if one.code == "form"] == [(3, "A3")]
    assert (medal.vote.numerator, medal.vote.denominator, medal.vote.mode, medal.story_most) == (2, 3, "paper", 2000)
    assert load_preset("worker-pioneer").rules.holder == "team"
    assert [one.key for one in list_presets()] == list(KEYS)


def test_opinions_depend_on_role_and_unit():
    def asked(role: Role, unit: UnitType) -> list[str]:
        facts = NomineeFacts(1, "male", role, unit)
        return [one.code for one in load_preset("may-day-medal").rules.opinions if holds(one.when, facts)]

    five = ["market", "tax", "labour", "emergency", "environment"]
    assert asked(Role.FRONT_LINE, UnitType.STATE_ENTERPRISE) == []
    assert asked(Role.ENTERPRISE_HEAD, UnitType.NON_PUBLIC) == five
    assert asked(Role.ENTERPRISE_HEAD, UnitType.STATE_ENTERPRISE) == [*five, "audit", "discipline"]
    assert asked(Role.CADRE, UnitType.AUTHORITY) == ["discipline", "managing"]


@pytest.mark.parametrize("key", KEYS)
def test_a_preset_with_enough_places_fits_together(key):
    rules = load_preset(key).rules
    places = (Places(2, "南昌", rules.confer),)
    assert round_problems(replace(rules, places=places)) == []


# --- inconsistencies ---

STAGES = GOOD.stages
CASES = [
    ({}, []),
    ({"confer": 0}, [("confer", "round_confer"), ("specials", "round_specials_many")]),
    ({"confer": 24}, [("places", "round_places_few")]),  # 21 places and 2 special ones
    ({"confer": 23}, []),
    ({"places": ()}, [("places", "round_places_none")]),
    ({"places": (*GOOD.places, Places(2, "南昌", 1))}, [("places-2", "round_channel_twice")]),
    ({"places": (*GOOD.places, Places(9, "九江", 0))}, [("places-9", "round_channel_places")]),
    ({"holder": "horse"}, [("holder", "round_holder")]),
    ({"holder": "team"}, [("own", "round_own_team")]),
    ({"story_least": 3000}, [("story_least", "round_story_least")]),
    ({"summary_most": 0}, [("summary_most", "round_characters")]),
    ({"specials": (SpecialQuota("a", "甲", 20),)}, [("specials", "round_specials_many")]),
    ({"specials": (SpecialQuota("a", "甲", 0),)}, [("specials-0-most", "round_special_most")]),
    # rows
    ({"composition": (row("a", (), ">=", 3500),)}, [("composition-0-among", "round_ratio_everybody")]),
    ({"composition": (row("a", WOMEN, ">=", 0),)}, [("composition-0-percent", "round_percent")]),
    ({"composition": (row("a", WOMEN, ">=", 10_001),)}, [("composition-0-percent", "round_percent")]),
    ({"composition": (row("a", WOMEN, "=", 1),)}, [("composition-0-operator", "round_operator")]),
    ({"composition": (row("a", (("age", "1"),), ">=", 1),)}, [("composition-0-among", "round_filter")]),
    ({"composition": (row("A b", WOMEN, ">=", 1),)}, [("composition-0-name", "round_code")]),
    ({"composition": (row("a", (*WOMEN, ("gender", "male")), ">=", 1),)},
     [("composition-0-among", "round_filter_nobody")]),
    ({"composition": (row("a", FRONT, ">=", 1000, (("role", "manager"),)),)},
     [("composition-0-of", "round_ratio_apart")]),
    ({"composition": (row("a", (("role", "front_line|technical"),), "<=", 1000, FRONT),)},
     [("composition-0-of", "round_ratio_always")]),
    ({"composition": (row("a", WOMEN, ">=", 2000), row("b", WOMEN, ">=", 3000))},
     [("composition-1-among", "round_ratio_twice")]),
    ({"composition": (row("a", WOMEN, ">=", 2000), row("a", FRONT, ">=", 3000))},
     [("composition-1-name", "round_row_twice"), ("composition-1-name", "round_code_twice")]),
    # together: more than everybody; at least above at most; one half of an odd number
    ({"composition": (row("a", FRONT, ">=", 6000), row("b", (("role", "technical"),), ">=", 4100),
                      row("c", WOMEN, ">=", 5000))},
     [("composition-0-percent", "round_ratios_against")]),
    ({"composition": (row("a", WOMEN, ">=", 3000), row("b", WOMEN, "<=", 2000))},
     [("composition-0-percent", "round_ratios_against")]),
    ({"composition": (row("a", WOMEN, ">=", 5000), row("b", WOMEN, "<=", 5000)), "confer": 7, "specials": ()},
     [("composition-0-percent", "round_ratios_against")]),
    ({"composition": (row("a", WOMEN, ">=", 5000), row("b", WOMEN, "<=", 5000)), "confer": 7}, []),  # one is special
    # stages
    ({"stages": STAGES[1:]}, [("stages-draft", "round_stage_missing")]),
    ({"stages": (*STAGES, StageRule("party"))}, [("stages", "round_stage_unknown")]),
    ({"stages": (*STAGES, STAGES[-1])}, [("stages-conferred", "round_stage_twice")]),
    ({"stages": (STAGES[1], STAGES[0], *STAGES[2:])}, [("stages", "round_stage_order")]),
    ({"stages": tuple(replace(one, days=min(one.days, 4)) for one in STAGES)},
     [("stages-unit_notice-days", "round_notice_short"), ("stages-notice-days", "round_notice_short")]),
    ({"stages": (replace(STAGES[0], days=5), *STAGES[1:])}, [("stages-draft-days", "round_days_no_notice")]),
    # lists
    ({"materials": (MaterialRule("a", "甲"), MaterialRule("b", "甲"))}, [("materials-1-name", "round_row_twice")]),
    ({"materials": (MaterialRule("a", " ", copies=0, sheet="B5"),)},
     [("materials-0-name", "round_row_empty"), ("materials-0-copies", "round_copies"),
      ("materials-0-sheet", "round_sheet")]),
    ({"opinions": (OpinionRule("tax", "税务"), OpinionRule("tax", "税务"))},
     [("opinions-1-name", "round_row_twice"), ("opinions-1-name", "round_code_twice")]),
    ({"opinions": (OpinionRule("tax", "税务", (("role", "boss"),), -1),)},
     [("opinions-0-when", "round_filter"), ("opinions-0-valid_days", "round_valid_days")]),
    ({"questions": (Question("q", "问", " ", "maybe"),)},
     [("questions-0-basis", "round_basis_empty"), ("questions-0-wanted", "round_wanted")]),
    # vote
    ({"vote": VoteRule(numerator=4)}, [("vote-numerator", "round_fraction")]),
    ({"vote": VoteRule(denominator=0)}, [("vote-numerator", "round_fraction")]),
    ({"vote": VoteRule(numerator=1)}, [("vote-numerator", "round_below_half")]),
    ({"vote": VoteRule(numerator=1, denominator=2)}, []),
    ({"vote": VoteRule(base="friends", ties="coin", mode="shout", most_ballots=0)},
     [("vote-base", "round_word"), ("vote-ties", "round_word"), ("vote-mode", "round_word"),
      ("vote-most_ballots", "round_ballots")]),
    ({"vote": VoteRule(ties="score"), "scheme": ""}, [("vote-ties", "round_ties_score")]),
    ({"scheme": "{}"}, [("scheme", "round_scheme")]),
    ({"scheme": GOOD.scheme + " "}, [("scheme", "round_scheme")]),
]  # fmt: skip


@pytest.mark.parametrize("changes, expected", CASES)
def test_every_inconsistency_is_named_at_its_field(changes, expected):
    assert wrong(**changes) == expected


def test_all_of_them_are_named_at_once():
    found = wrong(confer=99, vote=VoteRule(numerator=9), stages=STAGES[1:], materials=(MaterialRule("a", ""),))
    assert [code for _, code in found] == [
        "round_places_few", "round_stage_missing", "round_row_empty", "round_fraction",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "dues, expected",
    [
        ({}, []),
        ({"draft": date(2026, 4, 10), "channel": date(2026, 4, 24), "notice": date(2026, 5, 11)}, []),
        # 2026-04-27 and four more working days around May Day end on 6 May: five days fit from the 27th on, not later
        ({"second": date(2026, 5, 6), "panel": date(2026, 4, 27), "notice": date(2026, 5, 6)}, []),
        ({"panel": date(2026, 4, 28), "notice": date(2026, 5, 6)}, [("stages-notice-due", "round_due_notice")]),
        ({"draft": date(2026, 4, 10), "channel": date(2026, 4, 9)}, [("stages-channel-due", "round_due_early")]),
        ({"draft": date(2026, 5, 1)}, [("stages-draft-due", "round_due_off")]),
        ({"draft": date(2031, 5, 6)}, [("stages-draft-due", "calendar_year_unknown")]),
    ],
)
def test_dates_follow_the_road_and_leave_notices_their_days(dues, expected):
    assert wrong(stages=tuple(replace(one, due=dues.get(one.code)) for one in STAGES)) == expected


def test_a_year_of_the_federations_own_table_is_known():
    stages = (replace(STAGES[0], due=date(2031, 5, 6)), *STAGES[1:])
    assert round_problems(replace(GOOD, stages=stages), table=DayTable({}, frozenset({2031}))) == []


# --- stages and amendments ---


def test_every_step_of_every_stage():
    steps = {step for step, _ in STEPS}
    assert {(step, stage): after(step, stage) for step in steps for stage in Stage if after(step, stage)} == STEPS
    assert all(after(step, stage) is None for step in steps for stage in (Stage.CONCLUDED, Stage.CANCELLED))


DUE = replace(GOOD, stages=(replace(STAGES[0], due=date(2026, 4, 10)), *STAGES[1:]))
LATER = replace(GOOD, stages=(replace(STAGES[0], due=date(2026, 4, 20)), *STAGES[1:]))


@pytest.mark.parametrize(
    "new, stage, used, expected",
    [
        (DUE, Stage.OPEN, Used(), ["round_amend_nothing"]),
        (LATER, Stage.OPEN, Used(), []),
        (LATER, Stage.DECIDING, Used(stages=frozenset({"draft"})), []),
        (replace(DUE, holder="team"), Stage.OPEN, Used(), ["round_amend_settled"]),
        (replace(DUE, confer=21), Stage.REVIEWING, Used(), []),
        (replace(DUE, confer=21), Stage.DECIDING, Used(), ["round_amend_settled"]),
        (replace(DUE, vote=VoteRule(numerator=1, denominator=2)), Stage.DECIDING, Used(), ["round_amend_settled"]),
        (replace(DUE, questions=()), Stage.REVIEWING, Used(), ["round_amend_settled"]),
        (replace(DUE, places=DUE.places[1:]), Stage.OPEN, Used({2: 0}), []),
        (replace(DUE, places=DUE.places[1:]), Stage.OPEN, Used({2: 1}), ["round_amend_taken"]),
        (replace(DUE, places=(replace(DUE.places[0], places=8), *DUE.places[1:])), Stage.OPEN,
         Used(handed_in=frozenset({2})), ["round_amend_handed_in"]),
        (replace(DUE, specials=()), Stage.OPEN, Used(specials={"frontier": 1}), ["round_amend_special"]),
        (replace(DUE, stages=DUE.stages[:1] + DUE.stages[2:]), Stage.OPEN, Used(), []),
        (replace(DUE, stages=DUE.stages[:1] + DUE.stages[2:]), Stage.OPEN, Used(stages=frozenset({"congress"})),
         ["round_amend_stage"]),
        (replace(DUE, stages=(replace(STAGES[0], due=date(2026, 3, 1)), *STAGES[1:])), Stage.OPEN, Used(),
         ["round_amend_past"]),
        (LATER, Stage.CONCLUDED, Used(), ["round_amend_settled"]),
    ],
)  # fmt: skip
def test_an_amendment_changes_nothing_decided(new, stage, used, expected):
    found = amendment_problems(DUE, new, stage, used, date(2026, 4, 13))
    assert [one.code for one in found] == expected


def test_dates_are_moved_by_working_days_and_unknown_years_are_said():
    table = DayTable({}, frozenset({2027}))  # a plain year: Mondays to Fridays
    moved = shifted(LATER, date(2027, 3, 1), table)
    assert isinstance(moved, RoundRules)
    assert moved.stages[0].due == date(2027, 3, 1)
    assert shifted(LATER, date(2040, 3, 1), table) == Problem("calendar_year_unknown", "begin", {"year": "2040"})


# --- forms ---


@pytest.mark.parametrize("section", round_rows.SECTIONS)
def test_a_section_as_shown_reads_as_it_was(section):
    fields = round_rows.fields_of(section, GOOD, GOOD.places)
    assert read_section(section, fields, GOOD, GOOD.places) == (GOOD, [])
    assert round_rows.edited(section, fields, "show")[0] == fields


def test_rows_are_added_moved_and_removed_with_everything_typed():
    fields = {"specials-0-name": ["甲"], "specials-0-code": ["a"], "specials-0-most": ["x"], "revision": ["3"]}
    fields, go_to = round_rows.edited("specials", fields, "add")
    assert (fields["specials-1-code"], go_to) == (["row_1"], "specials-1-name")
    fields, go_to = round_rows.edited("specials", fields, "up-1")
    assert (fields["specials-1-most"], fields["revision"], go_to) == (["x"], ["3"], "specials-0-name")
    fields, go_to = round_rows.edited("specials", fields, "remove-0")
    assert fields == {
        "specials-0-name": ["甲"], "specials-0-code": ["a"], "specials-0-most": ["x"], "revision": ["3"],
    }  # fmt: skip
    for act in ("up-0", "down-0", "remove-7", "remove-", "drop-0", "add-1"):
        assert round_rows.edited("specials", fields, act)[0] == fields


@pytest.mark.parametrize(
    "section, field, typed, code",
    [
        ("general", "confer", "二十", "round_number"), ("general", "confer", "", "round_number"),
        ("places", "places-2", "3.5", "round_number"), ("places", "places-3", "-1", "round_number"),
        ("composition", "composition-0-percent", "35,5", "round_percent"),
        ("composition", "composition-0-percent", "35.555", "round_percent"),
        ("stages", "stages-draft-due", "2026-02-30", "round_due_form"),
        ("stages", "stages-notice-days", "五", "round_number"),
        ("opinions", "opinions-0-valid_days", "半年", "round_number"), ("vote", "scheme", "{", "round_scheme"),
        ("vote", "vote-numerator", "", "round_number"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_at_its_field(section, field, typed, code):
    fields = {**round_rows.fields_of(section, GOOD, GOOD.places), field: [typed]}
    made, problems = read_section(section, fields, GOOD, GOOD.places)
    assert (made, [(one.field, one.code) for one in problems]) == (None, [(field, code)])


@pytest.mark.parametrize("typed", ["2026-05-06", "2026/5/6", "2026.05.06", "2026年5月6日"])
def test_days_are_read_as_they_are_written(typed):
    fields = {**round_rows.fields_of("stages", GOOD, ()), "stages-panel-due": [typed]}
    made, _ = read_section("stages", fields, GOOD, ())
    assert made is not None
    assert made.stage("panel") == StageRule("panel", 0, date(2026, 5, 6))


def test_a_stage_that_is_unticked_goes_and_one_that_no_round_leaves_out_stays():
    made, _ = read_section("stages", {"stages-county-on": ["yes"]}, GOOD, ())
    assert made is not None
    assert [one.code for one in made.stages] == ["draft", "county", "channel", "province", "proposed", "conferred"]
    assert len(ROAD) == 11


@pytest.mark.parametrize(
    "changes, fields",
    [
        ({}, []), ({"edition": ""}, []), ({"title": "x"}, ["title"]), ({"title": "0"}, ["title"]),
        ({"year": "26"}, ["year"]), ({"year": "1800"}, ["year"]), ({"edition": "八"}, ["edition"]),
        ({"name": " "}, ["name"]), ({"name": "长" * 201}, ["name"]), ({"title": "", "year": ""}, ["title", "year"]),
    ],
)  # fmt: skip
def test_a_rounds_own_facts_are_read_or_each_told(changes, fields):
    draft, problems = read_draft({"title": "3", "year": "2026", "edition": "8", "name": "第八届", **changes})
    assert [one.field for one in problems] == fields
    assert (draft is None) is bool(fields)


def test_rules_are_plain_data():
    assert json.loads(canonical(GOOD))["vote"] == asdict(GOOD.vote)
