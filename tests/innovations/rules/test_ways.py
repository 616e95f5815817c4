"""Every way of this package, step by step from every stage: what is written here is possible, everything else is not.

The ways are those of TERMS.md, written a line a step as an office would say them: from, step, to.
"""

from collections.abc import Mapping
from enum import StrEnum

import pytest

from foundation.base.problem import Problem
from innovations.rules import exhibitions, innovations, proposals, review_steps, studio_calls, studios, subsidy_steps

PROPOSAL = """
draft hand_in submitted; returned hand_in submitted; draft enter_paper submitted
submitted return returned; accepted return returned; review return returned
submitted accept accepted; submitted not_accept not_accepted
submitted pass_on passed_on; accepted pass_on passed_on; review pass_on passed_on
accepted review review; review adopt adopted; review adopt_partly partly; review not_adopt not_adopted
not_adopted reconsider review; adopted carry_out carrying_out; partly carry_out carrying_out
carrying_out carried_out carried_out; carried_out verify verified; verified reward rewarded
not_accepted close closed; not_adopted close closed; passed_on close closed; verified close closed
rewarded close closed
submitted withdraw withdrawn; returned withdraw withdrawn; accepted withdraw withdrawn; review withdraw withdrawn
"""
INNOVATION = """
draft hand_in handed_in; returned hand_in handed_in; handed_in hand_in handed_in; awarded hand_in awarded
not_awarded hand_in handed_in; handed_in return returned; in_review return returned
handed_in take_in in_review; in_review award awarded; in_review not_award not_awarded; in_review release handed_in
awarded award awarded; awarded take_in_again awarded
handed_in withdraw withdrawn; returned withdraw withdrawn; not_awarded withdraw withdrawn; withdrawn take_up draft
handed_in merge merged; awarded merge merged; not_awarded merge merged
handed_in gain_credit handed_in; awarded gain_credit awarded; not_awarded gain_credit not_awarded
"""
REVIEW = """
draft freeze open; open close_entries assigning; assigning begin_marking marking; marking lock_marks deciding
deciding open_notice notice; notice decide_again deciding; notice decide decided
draft cancel cancelled; open cancel cancelled; assigning cancel cancelled; marking cancel cancelled
"""
SUBSIDY = """
draft freeze open; open close_applications checking; checking approve proposed; proposed check_again checking
proposed open_notice notice; notice check_again checking; notice grant granted; granted close closed
draft cancel cancelled; open cancel cancelled; checking cancel cancelled
"""
APPLICATION = """
draft hand_in handed_in; returned hand_in handed_in; handed_in return returned; handed_in admit admitted
handed_in not_admit not_admitted; returned not_admit not_admitted
admitted reopen handed_in; not_admitted reopen handed_in
admitted grant granted; admitted not_grant not_granted; granted report reported; reported report_again granted
reported settle settled; granted recover recovered; reported recover recovered; settled recover recovered
draft withdraw withdrawn; handed_in withdraw withdrawn; returned withdraw withdrawn; admitted withdraw withdrawn
withdrawn take_up draft; withdrawn complete returned; granted give_up withdrawn
"""
STUDIO = """
draft apply applied; applied return draft; applied recommend recommended; recommended take_off applied
applied not_name not_named; recommended not_name not_named; notice not_name not_named
recommended open_notice notice; notice choose_again recommended; notice name named; notice rise risen
named rise named; lapsed rise named
named renew named; lapsed renew named; named lapse lapsed; named end ended; lapsed end ended
draft withdraw withdrawn; applied withdraw withdrawn
"""

WAYS = {
    "proposal": (PROPOSAL, proposals.Stage, proposals.STEPS, proposals.after, proposals.STAGES),
    "innovation": (INNOVATION, innovations.Stage, innovations.STEPS, innovations.after, innovations.STAGES),
    "review": (REVIEW, review_steps.Stage, review_steps.STEPS, review_steps.after, review_steps.STAGES),
    "subsidy": (SUBSIDY, subsidy_steps.Stage, subsidy_steps.STEPS, subsidy_steps.after, subsidy_steps.STAGES),
    "application": (
        APPLICATION, subsidy_steps.ApplicationStage, subsidy_steps.APPLICATION_STEPS, subsidy_steps.application_after,
        subsidy_steps.APPLICATION_STAGES,
    ),
    "studio": (STUDIO, studios.Stage, studios.STEPS, studios.after, studios.STAGES),
}  # fmt: skip


def read(way: str) -> dict[tuple[str, str], str]:
    """(step, stage) to the stage after it."""
    parts = [line.split() for line in way.replace("\n", ";").split(";") if line.strip()]
    return {(step, before): after for before, step, after in parts}


@pytest.mark.parametrize("name", WAYS)
def test_every_step_from_every_stage(name):
    written, stages, steps, after, _ = WAYS[name]
    allowed = read(written)
    for step in {step for step, _ in steps}:
        for stage in stages:
            found = after(step, stage)
            if (step, str(stage)) in allowed:
                assert found == allowed[step, str(stage)], (step, stage)
            else:
                assert isinstance(found, Problem), (step, stage)
    assert allowed.keys() == {(step, str(stage)) for step, stage in steps}


@pytest.mark.parametrize("name", WAYS)
def test_every_stage_has_words_and_is_reached_from_a_draft(name):
    _, stages, steps, _, words = WAYS[name]
    assert set(words) == set(stages)
    assert reached("draft", steps) == set(stages)


@pytest.mark.parametrize(
    ("name", "ends"),
    [
        ("proposal", {"closed", "withdrawn"}),
        ("innovation", {"merged"}),
        ("review", {"decided", "cancelled"}),
        ("subsidy", {"closed", "cancelled"}),
        ("application", {"not_granted", "recovered"}),
        ("studio", {"not_named", "ended", "withdrawn", "risen"}),
    ],
)
def test_nothing_gets_stuck_but_at_its_ends(name, ends):
    _, stages, steps, _, _ = WAYS[name]
    left = {str(stage) for _, stage in steps}
    assert {str(stage) for stage in stages} - left == ends


@pytest.mark.parametrize(
    ("name", "before", "never"),
    [
        ("subsidy", "notice", "granted"),  # 公示 before 下达
        ("review", "notice", "decided"),
        ("studio", "notice", "risen"),
        ("proposal", "accepted", "adopted"),  # 受理 before 采纳
        ("proposal", "verified", "rewarded"),  # 效益核定 before 奖励
        ("application", "reported", "settled"),  # 使用情况报告 before 结项
        ("innovation", "in_review", "awarded"),
    ],
)
def test_one_thing_never_comes_without_the_other(name, before, never):
    _, _, steps, _, _ = WAYS[name]
    without = {key: stage for key, stage in steps.items() if before not in {str(key[1]), str(stage)}}
    assert never not in {str(stage) for stage in reached("draft", without)}


def test_calls_for_studios_and_exhibitions_have_no_step_that_nobody_can_take():
    for module in (studio_calls, exhibitions):
        for name, steps in vars(module).items():
            if name.endswith("STEPS") and isinstance(steps, Mapping):
                stages = {stage for key in steps for stage in key if isinstance(stage, StrEnum)}
                first = next(iter(type(next(iter(stages)))))
                assert stages <= reached(str(first), steps), name


def reached(first: str, steps: Mapping[tuple[str, StrEnum], StrEnum]) -> set[StrEnum]:
    """The stages to which steps lead from the first, which is among them."""
    found = {stage for key in steps for stage in key[1:] if str(stage) == first}
    while True:
        more = {after for (_, before), after in steps.items() if before in found} - found
        if not more:
            return found
        found |= more
