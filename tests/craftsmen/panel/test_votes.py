"""Votes: paper with two tellers and a signed tally, electronic ballots that name nobody, further ballots and ties."""

import asyncio
import hashlib
import json
from collections import Counter
from dataclasses import replace

import pytest

from craftsmen import electronic, panel, vote_reads, votes
from craftsmen.panel_tables import Ballot, PanelVote, VoteCast
from craftsmen.rules.round_rules import VoteRule
from craftsmen.rules.votes import Choice, Stage, text_hash
from foundation.base.problem import NotFound, Problem, Refused
from foundation.files import stored, uses
from foundation.store import ledger
from tests.craftsmen.nominations.cast import NOW, PDF
from tests.craftsmen.panel.cast import MEMBERS, before_panel
from tests.craftsmen.panel.test_panel import refused


async def held(here, vote, **yes) -> vote_reads.Vote:
    """A paper ballot counted by both tellers and signed."""
    tally = here.tally(vote, **yes)
    for name in ("jian", "ji_clerk"):
        await votes.hand_in(vote.id, tally, here.account(name), NOW)
    paper = await stored.keep("计票单.pdf", PDF, here.account("sheng"), NOW)
    await votes.sign(vote.id, paper, here.account("sheng"), NOW)
    return await vote_reads.by_id(vote.id)


async def test_a_paper_ballot_counts_when_two_agree_and_the_signed_tally_is_there(database):
    here = await before_panel(scheme=False)
    vote = await here.opened()
    assert (vote.seats, sorted(vote.candidates)) == (2, sorted(here.nominations.values()))
    right = here.tally(vote, cheng=4, ji=1, xiong=4, kehe=1)
    wrong = replace(right, lines=(replace(right.lines[0], yes=3, no=1), *right.lines[1:]))
    with pytest.raises(NotFound):
        await votes.hand_in(vote.id, right, here.account("shu"), NOW)
    assert await votes.hand_in(vote.id, right, here.account("jian"), NOW) is Stage.OPEN
    assert await vote_reads.other_tallies(vote.id, here.account("ji_clerk")) == []
    assert await votes.hand_in(vote.id, wrong, here.account("ji_clerk"), NOW) is Stage.OPEN
    assert await vote_reads.other_tallies(vote.id, here.account("ji_clerk")) == [("监票人甲", right)]
    assert (await vote_reads.by_id(vote.id)).result is None
    assert await votes.hand_in(vote.id, right, here.account("ji_clerk"), NOW) is Stage.COUNTED
    counted = await vote_reads.by_id(vote.id)
    # 程砚秋: four may vote, 3 needed; 熊晓燕: five, 4 needed; 柯河's 1 of 5 is too few
    lines = {one.nomination: (one.base, one.needed, one.yes) for one in counted.result.lines}
    assert lines == {
        here.nominations["cheng"]: (4, 3, 4), here.nominations["ji"]: (4, 3, 1),
        here.nominations["xiong"]: (5, 4, 4), here.nominations["kehe"]: (5, 4, 1),
    }  # fmt: skip
    assert await vote_reads.chosen_of(here.round_id) == frozenset()  # nothing counts without the paper
    assert await refused(votes.hand_in(vote.id, right, here.account("jian"), NOW)) == ["vote_counted_already"]
    paper = await stored.keep("计票单.pdf", PDF, here.account("sheng"), NOW)
    await votes.sign(vote.id, paper, here.account("sheng"), NOW)
    assert await vote_reads.chosen_of(here.round_id) == {here.nominations["cheng"], here.nominations["xiong"]}
    assert [one.role for one in await uses.uses_of(vote.subject)] == ["signed_tally"]
    assert await refused(votes.break_off(vote.id, "不作数", here.account("sheng"), NOW)) == ["vote_closed_already"]


async def test_a_tally_that_cannot_be_saves_nothing(database):
    here = await before_panel(scheme=False)
    vote = await here.opened()
    tally = here.tally(vote, cheng=4)
    wrong = replace(tally, lines=(replace(tally.lines[0], yes=5), *tally.lines[1:]))
    assert await refused(votes.hand_in(vote.id, wrong, here.account("jian"), NOW)) == ["vote_line_sum"]
    with pytest.raises(NotFound):
        await votes.hand_in(vote.id, replace(tally, lines=tally.lines[1:]), here.account("jian"), NOW)
    assert await vote_reads.tally_of(vote.id, here.account("jian")) is None


async def test_a_ballot_opens_only_when_it_may(database):
    here = await before_panel()
    assert await refused(here.opened()) == ["vote_marks_first"]
    await here.mark_all()
    await here.lock()
    with pytest.raises(Refused) as refusal:
        await here.opened("wan", "shu", tellers=("jian",))
    assert refusal.value.problems == (
        Problem("vote_no_quorum", "attending", {"n": "2"}), Problem("vote_tellers", "tellers"),
    )  # fmt: skip
    await here.opened("wan", "shu", "shao", "zhang")
    assert await refused(here.opened()) == ["panel_vote_open"]
    seat = here.seats["zhang"].id
    declare = panel.recuse(here.round_id, seat, here.nominations["kehe"], "有利害关系", here.account("zhang"), NOW)
    assert await refused(declare) == ["panel_vote_open"]


async def test_further_ballots_are_about_the_seats_that_are_left(database):
    here = await before_panel(scheme=False)
    first = await held(here, await here.opened(), cheng=4, ji=1, xiong=3, kehe=2)
    assert first.result.chosen == (here.nominations["cheng"],)
    second = await here.opened()
    assert (second.seats, len(second.candidates)) == (1, 3)
    second = await held(here, second, ji=3, kehe=1)  # 3 of 4 reach it: three are needed
    assert second.result.chosen == (here.nominations["ji"],)
    assert await refused(here.opened()) == ["vote_nobody_due"]


async def test_equals_stand_again_alone(database):
    here = await before_panel(VoteRule(numerator=1, denominator=2), scheme=False, confer=1)
    xiong, kehe = here.nominations["xiong"], here.nominations["kehe"]
    there = ("wan", "xiongj", "shu", "zhang")
    first = await held(here, await here.opened(*there), xiong=2, kehe=2)
    assert (first.result.chosen, first.result.tied) == ((), (xiong, kehe))
    second = await here.opened(*there)
    assert second.candidates == (xiong, kehe)
    second = await held(here, second, kehe=3)
    assert second.result.chosen == (kehe,)
    assert await vote_reads.chosen_of(here.round_id) == {kehe}


async def test_the_chair_decides_between_equals_where_the_rule_says_so(database):
    here = await before_panel(VoteRule(ties="chair", numerator=1, denominator=2), scheme=False, confer=1)
    xiong, kehe = here.nominations["xiong"], here.nominations["kehe"]
    vote = await here.opened("wan", "xiongj", "shu", "zhang")
    vote = await held(here, vote, xiong=2, kehe=2)
    assert (vote.result.tied, vote.result.seats_left) == ((xiong, kehe), 1)
    with pytest.raises(NotFound):
        await votes.pick(vote.id, [xiong], here.account("shu"))
    assert await refused(votes.pick(vote.id, [xiong, kehe], here.account("wan"))) == ["vote_tie_pick"]
    await votes.pick(vote.id, [kehe], here.account("wan"))
    assert await vote_reads.chosen_of(here.round_id) == {kehe}
    assert await refused(votes.pick(vote.id, [xiong], here.account("wan"))) == ["vote_tie_pick"]


async def test_scores_decide_between_equals_where_the_rule_says_so(database):
    here = await before_panel(VoteRule(ties="score", numerator=1, denominator=2), confer=1)
    await here.mark_all()
    await here.lock()
    vote = await held(here, await here.opened("wan", "xiongj", "shu", "zhang"), xiong=2, kehe=2)
    assert (vote.result.chosen, vote.result.by) == ((here.nominations["kehe"],), "score")  # 85.5 before 84.5


async def test_a_miscount_is_counted_again_and_a_broken_ballot_counts_nothing(database):
    here = await before_panel(scheme=False)
    vote = await here.opened()
    tally = here.tally(vote, cheng=4, xiong=4)
    for name in ("jian", "ji_clerk"):
        await votes.hand_in(vote.id, tally, here.account(name), NOW)
    assert await refused(votes.count_again(vote.id, "", here.account("sheng"))) == ["vote_reason_empty"]
    await votes.count_again(vote.id, "漏数一张", here.account("sheng"))
    again = await vote_reads.by_id(vote.id)
    assert (again.stage, again.result) == (Stage.OPEN, None)
    await votes.break_off(vote.id, "票面印错", here.account("sheng"), NOW)
    assert (await here.opened()).ordinal == 2


ELECTRONIC = VoteRule(mode="electronic")
WORDS = {  # three choices that nobody else makes, so that a pattern would name its member
    "wan": "yyna", "xiongj": "ynyn", "shu": "nyan", "shao": "--yy", "zhang": "annn",
}  # fmt: skip
CHOICES = {"y": Choice.YES, "n": Choice.NO, "a": Choice.ABSTAIN, "-": None}


async def cast(here, vote, member) -> None:
    given = {here.nominations[name]: CHOICES[word] for name, word in zip(NOMINEES, WORDS[member], strict=True)}
    await electronic.cast(vote.id, given, here.account(member))


NOMINEES = ("cheng", "ji", "xiong", "kehe")


async def test_an_electronic_ballot_is_cast_once_by_who_is_there(database):
    here = await before_panel(ELECTRONIC, scheme=False)
    vote = await here.opened("wan", "xiongj", "shu", "shao")
    await cast(here, vote, "shao")
    assert await refused(cast(here, vote, "shao")) == ["vote_cast_already"]
    assert await refused(cast(here, vote, "zhang")) == ["vote_not_there"]
    with pytest.raises(NotFound):
        await electronic.cast(vote.id, {}, here.account("sheng"))
    assert await refused(electronic.cast(vote.id, {}, here.account("wan"))) == ["vote_choice_missing"] * 4
    all_yes = dict.fromkeys(here.nominations.values(), Choice.YES)
    assert await refused(electronic.cast(vote.id, all_yes, here.account("wan"))) == ["vote_too_many_yes"]
    twins = await asyncio.gather(cast(here, vote, "wan"), cast(here, vote, "wan"), return_exceptions=True)
    assert [type(one) for one in twins].count(Refused) == 1
    assert await Ballot.count() == 2 + 4


async def test_after_closing_the_ballots_add_up_to_their_hash_and_their_result(database):
    here = await before_panel(ELECTRONIC, scheme=False)
    vote = await here.opened()
    for member in MEMBERS:
        await cast(here, vote, member)
    with pytest.raises(NotFound):
        await vote_reads.ballots_text(vote)
    await electronic.close(vote.id, here.account("sheng"), NOW)
    closed = await vote_reads.by_id(vote.id)
    text = await vote_reads.ballots_text(closed)
    assert text_hash(text) == closed.ballots_hash == hashlib.sha256(text.encode()).hexdigest()
    assert (await ledger.entries(vote.subject, limit=1))[0].payload == {"ballots": closed.ballots_hash, "cast": 5}
    recounted = Counter(tuple(line.split(",")) for line in text.splitlines()[1:])
    addresses = {one.id: one.address for one in await vote_reads.candidates_of(closed)}
    for line in closed.result.lines:
        said = [recounted[addresses[line.nomination], choice.value] for choice in Choice]
        assert said == [line.yes, line.no, line.abstain]
    assert {one.nomination: one.yes for one in closed.result.lines} == {
        here.nominations["cheng"]: 2, here.nominations["ji"]: 2, here.nominations["xiong"]: 2,
        here.nominations["kehe"]: 1,
    }  # fmt: skip
    assert await refused(electronic.close(vote.id, here.account("sheng"), NOW)) == ["vote_closed_already"]
    assert await refused(cast(here, vote, "wan")) == ["vote_closed_already"]


async def test_nothing_in_the_database_pairs_a_member_with_what_they_chose(database):
    here = await before_panel(ELECTRONIC, scheme=False)
    vote = await here.opened()
    for member in MEMBERS:
        await cast(here, vote, member)
    before = {row["key"] for row in await Ballot.select(Ballot.key)}
    await electronic.close(vote.id, here.account("sheng"), NOW)

    # Ballots: no column but chance, the ballot, whom it is about, and what was said; new keys, in the order of keys.
    rows = await Ballot.select()
    assert {tuple(sorted(row)) for row in rows} == {("choice", "key", "nomination", "vote")}
    keys = [row["key"] for row in rows]
    assert not before & set(keys)
    by_place = "SELECT key FROM vote_ballot ORDER BY ctid"
    lying = await Ballot.raw(by_place if database.engine_type == "postgres" else "SELECT key FROM vote_ballot")
    assert [row["key"] for row in lying] == sorted(keys)
    if database.engine_type == "postgres":  # one transaction wrote all of them, and no cast is of that transaction
        wrote = {row["x"] for row in await Ballot.raw("SELECT xmin::text AS x FROM vote_ballot")}
        cast_in = {row["x"] for row in await Ballot.raw("SELECT xmin::text AS x FROM vote_cast")}
        assert len(wrote) == 1
        assert not wrote & cast_in
    else:
        with pytest.raises(Exception, match="rowid"):
            await Ballot.raw("SELECT rowid FROM vote_ballot")

    # One member's choices are not together: of every two ballots about different people nothing says they are one's.
    by_nomination = Counter(row["nomination"] for row in rows)
    assert by_nomination == {here.nominations[name]: 5 - (name in ("cheng", "ji")) for name in NOMINEES}

    # Who voted: a seat, and nothing that stands in a ballot; the ledger the same.
    assert sorted((await VoteCast.select())[0]) == ["id", "seat", "vote"]
    for entry in await ledger.entries(vote.subject):
        text = json.dumps(entry.payload)
        if entry.act == "vote.cast":
            assert set(entry.payload) == {"seat"}
            assert entry.about == ""
        assert not [key for key in {*keys, *before} if key in text]
    kept = await PanelVote.select().where(PanelVote.id == vote.id).first()
    assert not [key for key in {*keys, *before} if key in json.dumps(kept, default=str)]
