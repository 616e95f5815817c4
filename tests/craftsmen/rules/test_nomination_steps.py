"""The road of a nomination: every step at every stage, with and without the stages that a round may leave out."""

import pytest

from craftsmen.rules.nomination_steps import ALWAYS, AUDITED, ENDED, ROAD, Stage, after, road_of

ALL = frozenset(stage.value for stage in ROAD)
NEXT = {
    Stage.DRAFT: Stage.CONGRESS,
    Stage.CONGRESS: Stage.UNIT_NOTICE,
    Stage.UNIT_NOTICE: Stage.COUNTY,
    Stage.COUNTY: Stage.CHANNEL,
    Stage.CHANNEL: Stage.PROVINCE,
    Stage.PROVINCE: Stage.PANEL,
    Stage.PANEL: Stage.NOTICE,
    Stage.NOTICE: Stage.SECOND,
    Stage.SECOND: Stage.PROPOSED,
    Stage.PROPOSED: Stage.CONFERRED,
}
BACK = {Stage.CONGRESS, Stage.UNIT_NOTICE, Stage.COUNTY, Stage.CHANNEL, Stage.PROVINCE}
LEFT_OUT = {
    Stage.COUNTY, Stage.CHANNEL, Stage.PROVINCE, Stage.PANEL, Stage.NOTICE, Stage.SECOND, Stage.PROPOSED,
}  # fmt: skip
WITHDRAWN = set(ROAD) - {Stage.PROPOSED, Stage.CONFERRED}


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("step", ["go_on", "send_back", "leave_out", "withdraw", "", "confer"])
def test_every_step_at_every_stage(step, stage):
    expected = {
        "go_on": NEXT.get(stage),
        "send_back": Stage.DRAFT if stage in BACK else None,
        "leave_out": Stage.NOT_CHOSEN if stage in LEFT_OUT else None,
        "withdraw": Stage.WITHDRAWN if stage in WITHDRAWN else None,
    }.get(step)
    assert after(step, stage, ALL) == expected


@pytest.mark.parametrize("stage", Stage)
def test_a_round_with_nothing_but_what_no_round_leaves_out(stage):
    expected = {
        Stage.DRAFT: Stage.CHANNEL, Stage.CONGRESS: Stage.CHANNEL, Stage.UNIT_NOTICE: Stage.CHANNEL,
        Stage.COUNTY: Stage.CHANNEL, Stage.CHANNEL: Stage.PROVINCE, Stage.PROVINCE: Stage.PROPOSED,
        Stage.PANEL: Stage.PROPOSED, Stage.NOTICE: Stage.PROPOSED, Stage.SECOND: Stage.PROPOSED,
        Stage.PROPOSED: Stage.CONFERRED,
    }.get(stage)  # fmt: skip
    assert after("go_on", stage, ()) == expected


def test_a_unit_directly_below_its_channel_passes_no_county():
    assert after("go_on", Stage.UNIT_NOTICE, ALL, below_county=False) == Stage.CHANNEL
    assert Stage.COUNTY not in road_of(ALL, below_county=False)
    assert road_of(ALL) == ROAD
    assert set(road_of(())) == ALWAYS


@pytest.mark.parametrize("asked", sorted(AUDITED))
def test_what_was_sent_back_goes_straight_back_to_whoever_asked(asked):
    assert after("go_on", Stage.DRAFT, ALL, asked_by=asked) == asked
    assert after("go_on", Stage.CONGRESS, ALL, asked_by=asked) == Stage.UNIT_NOTICE


def test_nothing_leaves_an_end():
    assert [after(step, stage, ALL) for stage in ENDED for step in ("go_on", "send_back", "leave_out", "withdraw")] == [
        None
    ] * 12
