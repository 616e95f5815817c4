"""From the vote to the honour: what each step waits for, and what a notice shows. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from craftsmen.rules.nomination_steps import Stage
from foundation.base.problem import Problem

COLUMNS = ("number", "name", "unit", "trade", "recommender")


@dataclass(frozen=True, slots=True)
class Nominee:
    """A nomination as a notice shows it: nothing but what may be public."""

    id: int
    name: str
    unit: str
    trade: str
    channel: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class State:
    """Where a round stands between its vote and its conferral.

    `notice` is a word of `notice_word`, or "otherwise" where what ran to its end did not show who is to be named.
    """

    nominees: Sequence[Nominee]
    chosen: Collection[int]
    notice: str
    wanted: Collection[str]  # codes of the round's stages
    confer: int
    voting: bool  # a ballot is open, or its chair has still to decide
    due: bool = False  # seats are left, and a further ballot could be held

    def at(self, stage: str) -> list[Nominee]:
        """Who stands there; a page names the stage by its word."""
        return [one for one in self.nominees if one.stage == stage]

    @property
    def to_notice(self) -> list[Nominee]:
        """Whom a ballot has chosen and who still stand before the panel."""
        return [one for one in self.at(Stage.PANEL) if one.id in self.chosen]

    @property
    def to_show(self) -> list[Nominee]:
        """Whom a notice shows: the chosen, and after an earlier one was stopped also who has gone on already."""
        gone_on = (Stage.SECOND, Stage.PROPOSED) if Stage.NOTICE.value in self.wanted else ()
        ids = {one.id for one in self.to_notice}
        return [one for one in self.nominees if one.id in ids or one.stage in (Stage.NOTICE, *gone_on)]

    @property
    def waiting(self) -> list[Nominee]:
        """Who was shown in a notice and is still to be named."""
        return [one for one in self.nominees if one.stage in (Stage.NOTICE, Stage.SECOND, Stage.PROPOSED)]

    @property
    def left(self) -> list[Nominee]:
        """Who stands before the panel and was not chosen."""
        return [one for one in self.at(Stage.PANEL) if one.id not in self.chosen]


def notice_word(found: str, ended_at: datetime | None, stopped_at: datetime | None) -> str:
    """How the notices of a round stand together: held, running, passed, stopped, or "" for none.

    `found` says whether one runs, has passed, or an objection holds; the moments are of the last that ran to its end,
    and of the last that was stopped. What was stopped has to be shown again from the first day (RULES: each notice not
    fewer than 5 working days), even where an earlier one had passed.
    """
    if found in ("held", "running") or stopped_at is None:
        return found
    return found if ended_at is not None and ended_at > stopped_at else "stopped"


def notice_problems(state: State) -> list[Problem]:
    """Why the chosen cannot go on to the notice now."""
    if state.voting:
        return [Problem("conferral_voting")]
    if state.due:  # there is one notice of a round: whoever a later ballot chose could not stand in it
        return [Problem("conferral_ballot_due")]
    return [] if state.to_show else [Problem("conferral_nobody_chosen")]


def after_notice_problems(state: State) -> list[Problem]:
    """Why those in the notice, or after it, cannot go on now: an accepted objection stops all of them."""
    if Stage.NOTICE.value not in state.wanted:
        return []
    return [] if state.notice == "passed" else [Problem(f"conferral_notice_{state.notice or 'none'}")]


def confer_problems(state: State, document: str) -> list[Problem]:
    """Why the round cannot be conferred now."""
    problems = after_notice_problems(state)
    proposed = state.at(Stage.PROPOSED)
    if not proposed:
        problems.append(Problem("conferral_nobody_proposed"))
    if len(proposed) > state.confer:
        problems.append(Problem("conferral_too_many", "", {"n": str(len(proposed)), "most": str(state.confer)}))
    on_the_way = [one for one in state.nominees if one.stage not in (Stage.PROPOSED, Stage.CONFERRED)]
    if on_the_way:
        problems.append(Problem("conferral_on_the_way", "", {"n": str(len(on_the_way))}))
    if not document.strip():
        problems.append(Problem("honour_document_empty", "document"))
    return problems


def told(nominees: Sequence[Nominee], columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether a notice showed all of these, each in a row of their own: by name, and by unit or by who recommended.

    Its draft could be written on by hand, and units may have been renamed since.
    """
    if not {"name", "unit", "recommender"} <= set(columns):
        return not nominees
    name, unit, recommender = (columns.index(each) for each in ("name", "unit", "recommender"))
    left = list(rows)
    for one in nominees:
        found = next(
            (
                row
                for row in left
                if row[name] == one.name and (row[unit] == one.unit or row[recommender] == one.channel)
            ),
            None,
        )
        if found is None:
            return False
        left.remove(found)
    return True


def table(nominees: Sequence[Nominee]) -> tuple[tuple[str, ...], ...]:
    """The rows of the notice under `COLUMNS`: number, name, unit, trade, who recommended."""
    return tuple((str(n), one.name, one.unit, one.trade, one.channel) for n, one in enumerate(nominees, 1))
