"""Which document each paper of a round prints that comes from the registry, and what stands on it. Pure.

A round names its papers freely; the kind follows from what it says of them. A paper that some nominees alone need
asks other bodies (征求意见表): each opinion of the round stands on the paper that fits its conditions best.
"""

from collections.abc import Sequence
from enum import StrEnum

from craftsmen.rules.facts import NomineeFacts, holds
from craftsmen.rules.round_rules import MaterialRule, OpinionRule

STORY = "story"  # the code by which presets and rounds name the story


class Form(StrEnum):
    """A kind of document."""

    APPROVAL = "approval"  # 推荐审批表, story included
    STORY = "story"  # 事迹材料
    OPINIONS = "opinions"  # 征求意见表


def form_of(rule: MaterialRule) -> Form:
    """What a paper of ours prints."""
    if rule.code == STORY:
        return Form.STORY
    return Form.OPINIONS if rule.when else Form.APPROVAL


def record_of(rule: MaterialRule) -> str:
    """The name under which prints of a paper are kept; of the approval form one, however a round calls it."""
    form = form_of(rule)
    return form.value if form is Form.APPROVAL else rule.code


def asked_on(
    rule: MaterialRule, papers: Sequence[MaterialRule], opinions: Sequence[OpinionRule], facts: NomineeFacts
) -> tuple[OpinionRule, ...]:
    """The opinions that stand on this paper for somebody like this, in the round's order."""
    asking = [one for one in papers if one.ours and form_of(one) is Form.OPINIONS and holds(one.when, facts)]
    return tuple(one for one in opinions if holds(one.when, facts) and _best(one, asking) == rule)


def _best(opinion: OpinionRule, papers: Sequence[MaterialRule]) -> MaterialRule | None:
    """The paper that shares most conditions with an opinion and has none that the opinion lacks; else the first."""
    names = {name for name, _ in opinion.when}
    fitting = [one for one in papers if {name for name, _ in one.when} <= names]
    return max(fitting, key=lambda one: len(one.when)) if fitting else next(iter(papers), None)
